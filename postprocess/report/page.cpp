#include "postprocess/report/page.hpp"

#include <fstream>
#include <sstream>

#include "postprocess/files.hpp"
#include "postprocess/pictures/look.hpp"
#include "postprocess/report/drawing.hpp"
#include "postprocess/report/page_data.hpp"
#include "postprocess/report/page_parts.hpp"
#include "postprocess/report/page_template.hpp"
#include "postprocess/report/words.hpp"

namespace nerveload {
namespace {

/// A picture's bytes as a link that holds them; empty when there is none.
std::string held_picture(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  const std::string png = bytes.str();
  return in && png.starts_with("\x89PNG") ? "data:image/png;base64," + base64_of(png) : std::string();
}

/// A picture that the run drew, within the page: the dark one where the page is dark, as far as there are both; empty when there is none.
std::string picture(const RunFolder& run, const std::string& name, const std::string& words) {
  const std::string light = held_picture(run.dir / "pictures" / (name + ".png")),
                    dark = held_picture(run.dir / "pictures" / (name + dark_look().file_ending + ".png"));
  if (light.empty() && dark.empty()) return {};
  const std::string source = light.empty() || dark.empty() ? "" : "<source media=\"(prefers-color-scheme: dark)\" srcset=\"" + dark + "\">";
  return "<figure><picture>" + source + "<img alt=\"" + html(words) + "\" width=\"1400\" height=\"900\" src=\"" + (light.empty() ? dark : light) +
         "\"></picture><figcaption>" + html(words) + "</figcaption></figure>\n";
}

std::string pictures_part(const RunFolder& run) {
  std::string tornado;
  if (run.summary.value("uncertainty", nlohmann::ordered_json()).is_object())
    tornado = picture(run, "tornado", "What the uncertain parameters do to pressure and stretch: bars either side of the computed figure.");
  return tornado + picture(run, "section",
                           "A cut across the leg where the roller or the largest pressure is, seen from the knee: tissues on the "
                           "left, pressure on the right; the nerve has a black outline.");
}

}  // namespace

std::string run_page(const RunFolder& run) {
  try {
    const ModelSurfaces model = model_surfaces(run);
    return filled_page("report", {{"name", html(summary_text(run, "name"))},
                                  {"description", html(summary_text(run, "scenario.description"))},
                                  {"notices", notices_part(run)},
                                  {"verdict", verdict_part(run)},
                                  {"figures", figures_part(run)},
                                  {"safety", safety_part(run)},
                                  {"facts", facts_part(run)},
                                  {"drawing", pose_drawing(run, model)},
                                  {"pictures", pictures_part(run)},
                                  {"thresholds", thresholds_part(run)},
                                  {"sources", sources_part(run)},
                                  {"certainty", certainty_part(run)},
                                  {"provenance", provenance_part(run)},
                                  {"scenario", html(run.scenario_toml)},
                                  {"data", json_for_page(page_data(run, model))}});
  } catch (const nlohmann::json::exception& e) {
    throw OutputError("'" + (run.dir / "summary.json").string() + "' is damaged or from another version: " + e.what());
  }
}

}  // namespace nerveload
