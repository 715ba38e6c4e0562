#include "postprocess/write_results.hpp"

#include "postprocess/files.hpp"
#include "postprocess/pictures/pictures.hpp"
#include "postprocess/run_folder.hpp"
#include "postprocess/summary.hpp"
#include "postprocess/vtk_writer.hpp"
#include "postprocess/write_report.hpp"
#include "solver/base/error.hpp"

namespace nerveload {
namespace {

/// Pictures and report are made from what lies in the folder, as they are later on by rebuild_report. A run's figures never get lost by them.
void show_results(const Results& r, const std::filesystem::path& dir, const std::string& summary, std::vector<std::string>& remarks) {
  try {
    const RunFolder run = read_run_folder(dir, summary);
    if (r.pictures) {
      const PictureReport drawn = draw_pictures(run, dir / "pictures", r.picture_style);
      if (!drawn.reason.empty()) remarks.push_back("no pictures were drawn: " + drawn.reason);
    }
    if (r.report) write_report(run);
  } catch (const OutputError& e) {
    remarks.push_back(std::string("no report was written: ") + e.what());
  }
}

}  // namespace

std::vector<std::string> write_results(const Results& r, const std::filesystem::path& dir) {
  NL_EXPECT(r.anatomy && r.body && !r.steps.empty(), "a mesh, a body and steps");
  std::vector<std::string> remarks;
  clear_output(dir);
  write_text(dir / "scenario.toml", r.scenario_toml);
  write_text(dir / "history.csv", history_csv(r));
  write_text(dir / "nerve_profile.csv", nerve_profile_csv(r));
  write_view_script(dir);
  Results all = r;
  all.fields.clear();
  write_vtk(all, dir);
  const std::string summary = summary_json(r);
  if (r.pictures || r.report) show_results(r, dir, summary, remarks);
  if (!r.fields.empty()) write_vtk(r, dir);  // only now thinned out: pictures and report show more than what is kept
  write_text(dir / "summary.json", summary);
  return remarks;
}

}  // namespace nerveload
