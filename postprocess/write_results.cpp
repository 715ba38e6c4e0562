#include "postprocess/write_results.hpp"

#include "postprocess/files.hpp"
#include "postprocess/pictures/pictures.hpp"
#include "postprocess/summary.hpp"
#include "postprocess/vtk_writer.hpp"
#include "solver/base/error.hpp"

namespace nerveload {

std::vector<std::string> write_results(const Results& r, const std::filesystem::path& dir) {
  NL_EXPECT(r.anatomy && r.body && !r.steps.empty(), "a mesh, a body and steps");
  std::vector<std::string> remarks;
  clear_output(dir);
  write_text(dir / "scenario.toml", r.scenario_toml);
  write_text(dir / "history.csv", history_csv(r));
  write_text(dir / "nerve_profile.csv", nerve_profile_csv(r));
  write_vtk(r, dir);
  if (r.pictures) {
    const PictureReport drawn = draw_pictures(r, dir / "pictures");
    if (!drawn.reason.empty()) remarks.push_back("no pictures were drawn: " + drawn.reason);
  }
  write_text(dir / "summary.json", summary_json(r));
  return remarks;
}

}  // namespace nerveload
