#include <gtest/gtest.h>

#include <cmath>

#include "postprocess/files.hpp"
#include "postprocess/report/explorer_page.hpp"
#include "postprocess/report/explorer_table.hpp"
#include "tests/support/block_results.hpp"
#include "tests/support/scratch_folder.hpp"

namespace nerveload {
namespace {
using json = nlohmann::ordered_json;

/// A point whose pressure is a hill of a height at a place, judged by one column of the ladder.
json point(int number, double place, double force, const std::string& roller, double caution_kPa = 2.66644) {
  json s = json::array(), p = json::array(), used = json::array(), e = json::array(), stretched = json::array();
  for (double at = -100.0; at <= 200.0; at += 7.5) {
    const bool inside = at <= 150.0;
    const double kPa = 0.02 * force * std::exp(-std::pow((at - place) / 50.0, 2));
    s.push_back(at);
    p.push_back(inside ? json(kPa) : json(nullptr));
    used.push_back(inside ? json(kPa / caution_kPa) : json(nullptr));
    e.push_back(2.0);
    stretched.push_back(0.4);
  }
  return {
      {"point", number},
      {"inputs", {{"roller.position_mm", place}, {"load.force_N", force}, {"roller.kind", roller}}},
      {"status", "complete"},
      {"figures", {{"verdict.level", 1}}},
      {"nerve_profile",
       {{"arc_length_mm", s}, {"compression_kPa", p}, {"compression_utilisation", used}, {"strain_percent", e}, {"tension_utilisation", stretched}}}};
}

std::vector<json> grid() {
  std::vector<json> points;
  for (const char* roller : {"soft", "hard"})
    for (const double place : {0.0, 60.0})
      for (const double force : {100.0, 200.0}) points.push_back(point(static_cast<int>(points.size()), place, force, roller));
  return points;
}

std::string refusal(const std::vector<json>& points) {
  try {
    explorer_page({"grid", "", {}, 1.0}, points);
  } catch (const OutputError& e) {
    return e.what();
  }
  return "";
}

TEST(Explorer, TableHasInputsWithRangesAndWordsAndProfilesOnCommonStations) {
  const json table = explorer_table({"grid", "", {}, 1.0}, grid());
  ASSERT_EQ(table["inputs"].size(), 3u);
  EXPECT_EQ(table["inputs"][0]["unit"], "mm");
  EXPECT_EQ(table["inputs"][1]["levels"], json::parse("[100.0, 200.0]"));
  EXPECT_EQ(table["inputs"][2]["words"], json::parse(R"(["soft", "hard"])"));
  ASSERT_EQ(table["points"].size(), 8u);
  EXPECT_EQ(table["points"][7]["x"], json::parse("[60.0, 200.0, 1.0]"));
  const auto stations = table["stations"].get<std::vector<double>>();
  EXPECT_EQ(stations.front(), -100.0);
  EXPECT_EQ(stations.back(), 145.0);  // nothing beyond the last place that has a pressure (147.5)
  for (const json& p : table["points"]) EXPECT_EQ(p["compression_kPa"].size(), stations.size());
  const auto at = static_cast<std::size_t>(std::find(stations.begin(), stations.end(), 50.0) - stations.begin());
  EXPECT_NEAR(table["points"][0]["compression_kPa"][at].get<double>(), 2.0 * std::exp(-1.0), 0.01);
  EXPECT_EQ(table["levels"][3]["healthy"]["compression_kPa"], nullptr);  // not reached in a minute
}

TEST(Explorer, ColumnsOfTheLadderComeFromThePoints) {
  std::vector<json> points = grid();
  points[1] = point(1, 0.0, 200.0, "soft", 1.33322);  // judged by the lower levels everywhere: a root
  const json table = explorer_table({"grid", "", {}, 1.0}, points);
  ASSERT_EQ(table["columns"].size(), 2u);
  EXPECT_EQ(table["columns"][0][0], "healthy");
  EXPECT_EQ(table["columns"][table["points"][1]["column"].get<std::size_t>()][0], "root");
  for (std::size_t i = 0; i < 10; ++i)
    points[2]["nerve_profile"]["compression_utilisation"][i] = 2.0 * points[2]["nerve_profile"]["compression_utilisation"][i].get<double>();
  const json part = explorer_table({"grid", "", {}, 1.0}, points);
  const json columns = part["columns"][part["points"][2]["column"].get<std::size_t>()];
  EXPECT_EQ(columns[2], "irritated");
  EXPECT_EQ(columns[40], "healthy");
}

TEST(Explorer, PageIsWholeAndSaysHowManyPointsThereAre) {
  std::vector<json> points = grid();
  points[3]["status"] = "incomplete";
  points[3].erase("nerve_profile");
  const std::string page = explorer_page({"a <b> name", "", {}, 1.0}, points);
  EXPECT_TRUE(page.starts_with("<!doctype html>"));
  EXPECT_TRUE(page.ends_with("</html>\n"));
  EXPECT_NE(page.find("<h1>a &lt;b&gt; name</h1>"), std::string::npos);
  EXPECT_NE(page.find("7 of 8 settings were computed to their end"), std::string::npos);
  for (const std::string& line : safety_texts()) EXPECT_NE(page.find(line.substr(0, 30)), std::string::npos);
}

TEST(Explorer, RefusesWhatDoesNotFit) {
  EXPECT_NE(refusal({}).find("no complete points"), std::string::npos);
  std::vector<json> points = grid();
  points[2]["inputs"].erase("load.force_N");
  EXPECT_NE(refusal(points).find("point 2 of the table has no load.force_N"), std::string::npos) << refusal(points);
  points = grid();
  points[5]["nerve_profile"].erase("strain_percent");
  EXPECT_NE(refusal(points).find("point 5"), std::string::npos);
  points = grid();
  points[1]["inputs"]["roller.kind"] = 3;
  EXPECT_NE(refusal(points).find("a number in one point and a word in another"), std::string::npos);
  const ScratchFolder folder;
  write_text(folder.path() / "results.jsonl", "{\"point\": 0}\n{\"point\": 1\n");
  try {
    read_points(folder.path() / "results.jsonl");
    FAIL();
  } catch (const OutputError& e) {
    EXPECT_NE(std::string(e.what()).find("line 2"), std::string::npos) << e.what();
  }
  EXPECT_THROW(read_points(folder.path() / "nothing.jsonl"), OutputError);
}

}  // namespace
}  // namespace nerveload
