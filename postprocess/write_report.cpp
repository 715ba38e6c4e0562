#include "postprocess/write_report.hpp"

#include <string_view>
#include <utility>

#include "postprocess/files.hpp"
#include "postprocess/pictures/pictures.hpp"
#include "postprocess/report/page.hpp"

namespace nerveload {

std::vector<std::pair<std::string_view, std::string_view>> embedded_paraview();  // postprocess/paraview, by cmake/embed.cmake

void write_view_script(const std::filesystem::path& dir) {
  for (const auto& [name, text] : embedded_paraview()) write_text(dir / name, text);
}

void write_report(const RunFolder& run) { write_text(run.dir / "report.html", run_page(run)); }

std::vector<std::string> rebuild_report(const std::filesystem::path& dir, bool pictures, std::optional<PictureStyle> style) {
  const RunFolder run = read_run_folder(dir);
  std::vector<std::string> remarks;
  if (pictures) {
    const PictureReport drawn = draw_pictures(run, dir / "pictures", style.value_or(picture_style_of(run)));
    if (!drawn.reason.empty()) remarks.push_back("no pictures were drawn: " + drawn.reason);
  }
  write_view_script(dir);
  write_report(run);
  return remarks;
}

}  // namespace nerveload
