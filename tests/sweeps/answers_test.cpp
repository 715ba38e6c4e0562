#include "sweeps/answers.hpp"

#include <gtest/gtest.h>

#include <numbers>

#include "sweeps/statistics_program.hpp"
#include "sweeps/sweep_report.hpp"
#include "tests/support/has.hpp"
#include "tests/sweeps/sweep_fixture.hpp"

using namespace nerveload;
using json = nlohmann::ordered_json;

namespace {

/// Drawn points over force and position with a known figure.
SweepPlan drawn(int points) {
  return read_sweep_text(
      "name = \"<drawn>\"\nbase = \"default.toml\"\n[[parameter]]\nkey = \"load.force_N\"\nrange = [100, 300]\n"
      "[[parameter]]\nkey = \"roller.position_mm\"\nrange = [-40, 40]\n"
      "[answers]\nfigures = [\"nerve.peak_compression_kPa\", \"nerve.nothing\"]\n[design]\nkind = \"sobol\"\npoints = " +
          std::to_string(points) + "\n",
      "s.toml");
}

/// y = a + b u + c v + d u v in u, v uniform on [-1, 1]: the indices are b²/3, c²/3 and d²/9 over their sum.
PointOutcome bilinear(const PointTask& task) {
  const json inputs = json::parse(task.inputs);
  const double u = (inputs.at("load.force_N").get<double>() - 200.0) / 100.0, v = inputs.at("roller.position_mm").get<double>() / 40.0;
  PointOutcome o;
  o.figures = {{"nerve.peak_compression_kPa", 4.0 + 2.0 * u + v + 1.5 * u * v}};
  if (task.number == 3) o.status = PointOutcome::Status::incomplete;
  return o;
}

}  // namespace

/// Ishigami's function, whose indices are known: the published test of sensitivity methods.
TEST(Statistics, PolynomialChaosFindsIshigamisIndices) {
  constexpr double pi = std::numbers::pi, a = 7.0, b = 0.1;
  json request = {{"do", "sample"}, {"design", "sobol"}, {"points", 256}, {"seed", 1}, {"rank_correlations", json::array()}};
  for (const char* name : {"x1", "x2", "x3"}) request["inputs"].push_back({{"name", name}, {"kind", "uniform"}, {"arguments", {-pi, pi}}});
  std::istringstream lines(ask_statistics(request.dump()));
  json x = json::array(), y = json::array();
  for (double p, q, r; lines >> p >> q >> r;) {
    x.push_back({p, q, r});
    y.push_back(json::array({std::sin(p) + a * std::pow(std::sin(q), 2) + b * std::pow(r, 4) * std::sin(p)}));
  }
  ASSERT_EQ(x.size(), 256u);
  request["do"] = "analyse";
  request["x"] = x;
  request["y"] = y;
  request["drawn"] = true;
  request["thresholds"] = {{{"name", "half"}, {"value", 3.5}}};
  const json answer = json::parse(ask_statistics(request.dump()));
  // Exact: V1 = (1 + bπ⁴/5)²/2, V2 = a²/8, V13 = 8 b²π⁸/225.
  const double v1 = 0.5 * std::pow(1.0 + b * std::pow(pi, 4) / 5.0, 2), v2 = a * a / 8.0, v13 = 8.0 * b * b * std::pow(pi, 8) / 225.0,
               v = v1 + v2 + v13;
  const auto& s = answer["sobol"];
  EXPECT_NEAR(s[0]["first"]["value"].get<double>(), v1 / v, 0.03);
  EXPECT_NEAR(s[1]["first"]["value"].get<double>(), v2 / v, 0.03);
  EXPECT_NEAR(s[2]["first"]["value"].get<double>(), 0.0, 0.02);
  EXPECT_NEAR(s[2]["total"]["value"].get<double>(), v13 / v, 0.03);
  EXPECT_NEAR(answer["interactions"][1]["index"]["value"].get<double>(), v13 / v, 0.03) << answer["interactions"].dump();
  for (const auto& i : s) {
    EXPECT_LE(i["first"]["low"].get<double>(), i["first"]["high"].get<double>());
    EXPECT_LT(i["total"]["high"].get<double>() - i["total"]["low"].get<double>(), 0.3);
  }
  EXPECT_GT(answer["surrogates"][0]["q2"].get<double>(), 0.8);
  EXPECT_GT(answer["surrogates"][1]["q2"].get<double>(), 0.8);
  const auto& counted = answer["exceedance"][0]["counted"];
  EXPECT_NEAR(counted["value"].get<double>(), 0.5, 0.05);
  EXPECT_NEAR(answer["exceedance"][0]["by_surrogate"]["value"].get<double>(), counted["value"].get<double>(), 0.05);
}

TEST(Answers, AKnownFigureComesOutWithItsIndices) {
  const ScratchFolder folder;
  const auto out = folder.path() / "out";
  SweepOptions options;
  options.jobs = 2;
  run_sweep(drawn(64), out, bilinear, options);
  const SweepStore store = SweepStore::read(out / store_name);
  const SweepAnswers all = answer_sweep(store);
  ASSERT_EQ(all.figures.size(), 2u);
  ASSERT_EQ(all.figures[0].missing, "");
  EXPECT_TRUE(has(all.figures[1].missing, "0 complete points have it"));
  const json& a = all.figures[0].answer;
  EXPECT_EQ(a["points"], 63) << "the incomplete one does not count";
  const double sum = 4.0 / 3.0 + 1.0 / 3.0 + 2.25 / 9.0;
  EXPECT_NEAR(a["sobol"][0]["first"]["value"].get<double>(), 4.0 / 3.0 / sum, 1e-6);
  EXPECT_NEAR(a["sobol"][1]["first"]["value"].get<double>(), 1.0 / 3.0 / sum, 1e-6);
  EXPECT_NEAR(a["interactions"][0]["index"]["value"].get<double>(), 0.25 / sum, 1e-6);
  EXPECT_GT(a["surrogates"][0]["q2"].get<double>(), 0.999999);
  EXPECT_NEAR(a["effects"][0]["mean"][0].get<double>(), 4.0 - 2.0 * 0.98, 0.05);
  EXPECT_EQ(a["exceedance"].size(), 3u);
}

TEST(Answers, ThePageHoldsItsPicturesAndSaysWhatFailed) {
  const ScratchFolder folder;
  const auto out = folder.path() / "out";
  SweepOptions options;
  run_sweep(drawn(32), out, bilinear, options);
  const auto remarks = write_sweep_report(SweepStore::read(out / store_name), out);
  const std::string page = text_of_file(out / "sweep_report.html");
  for (const char* part : {"&lt;drawn&gt;", "a Sobol' sequence", "incomplete", "first-order index", "load.force_N", "How often a level is reached",
                           "not medical advice"})
    EXPECT_TRUE(has(page, part)) << part;
  EXPECT_FALSE(has(page, "<drawn>"));
  ASSERT_EQ(remarks.size(), 1u) << remarks.back();
  for (const char* picture : {"effects", "indices", "map"})
    EXPECT_GT(std::filesystem::file_size(out / "pictures" / (std::string("nerve_peak_compression_kPa_") + picture + ".png")), 5000u);
  EXPECT_EQ(json::parse(text_of_file(out / "answers.json"))["figures"].size(), 2u);
}

TEST(Answers, AFigureThatNeverChangesHasNone) {
  const ScratchFolder folder;
  const auto out = folder.path() / "out";
  run_sweep(tiny_plan(4), out,
            [](const PointTask&) {
              PointOutcome o;
              o.figures = {{"nerve.peak_compression_kPa", 3.0}};
              return o;
            },
            {});
  EXPECT_EQ(answer_sweep(SweepStore::read(out / store_name)).figures[0].missing, "it is the same at every point");
}
