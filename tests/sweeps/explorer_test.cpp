#include <gtest/gtest.h>

#include "sweeps/sweep_explorer.hpp"
#include "tests/sweeps/sweep_fixture.hpp"

using namespace nerveload;
namespace fs = std::filesystem;
using nlohmann::json;

namespace {

/// A point with a profile of every column that a page needs, under the healthy ladder; the last force does not converge.
PointOutcome profiled_point(const PointTask& task) {
  PointOutcome o = tiny_point(task);
  const auto inputs = json::parse(task.inputs);
  const double force = inputs.at("load.force_N").get<double>(), place = inputs.at("roller.position_mm").get<double>();
  if (force > 249.0) {
    o.status = PointOutcome::Status::incomplete;
    return o;
  }
  json profile;
  for (double s = -50.0; s <= 100.0; s += 10.0) {
    const double kPa = 0.03 * force * std::exp(-std::pow((s - place) / 40.0, 2));
    profile["arc_length_mm"].push_back(s);
    profile["compression_kPa"].push_back(kPa);
    profile["compression_utilisation"].push_back(kPa / 2.66644);
    profile["strain_percent"].push_back(2.0);
    profile["tension_utilisation"].push_back(0.4);
  }
  o.profile = profile.dump();
  return o;
}

}  // namespace

TEST(SweepExplorer, HoldsEveryPointAndTheLadderOfTheBase) {
  const ScratchFolder folder;
  const fs::path out = folder.path() / "out";
  run_sweep(tiny_plan(3), out, profiled_point, {});
  EXPECT_EQ(write_explorer(SweepStore::read(out / store_name), out), "");
  const std::string page = text_of_file(out / "explorer.html");
  EXPECT_TRUE(page.ends_with("</html>\n"));
  EXPECT_NE(page.find("8 of 12 settings were computed to their end"), std::string::npos);
  const std::string start = "id=\"data\">";
  const std::size_t from = page.find(start) + start.size();
  const json table = json::parse(page.substr(from, page.find("</script>", from) - from));
  EXPECT_EQ(table["points"].size(), 12u);
  EXPECT_EQ(table["inputs"][0]["levels"], json::parse("[50.0, 150.0, 250.0]"));
  EXPECT_EQ(table["inputs"][1]["unit"], "mm");
  EXPECT_NEAR(table["levels"][0]["healthy"]["compression_kPa"].get<double>(), 2.66644, 1e-9);
  EXPECT_EQ(table["columns"].size(), 1u);
}

TEST(SweepExplorer, SaysWhyThereIsNone) {
  const ScratchFolder folder;
  const fs::path out = folder.path() / "out";
  run_sweep(tiny_plan(2), out, tiny_point, {});  // its profiles lack columns
  const std::string why = write_explorer(SweepStore::read(out / store_name), out);
  EXPECT_NE(why.find("no explorer.html: point"), std::string::npos) << why;
  EXPECT_FALSE(fs::exists(out / "explorer.html"));
}
