#include "sweeps/answers.hpp"

#include <gtest/gtest.h>

#include <functional>

#include "sweeps/report_page.hpp"
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

/// What a sweep answers whose points come to `value` of their inputs, for one figure.
SweepAnswers answered(const SweepPlan& plan, const std::string& figure, const std::function<double(const json&)>& value) {
  const ScratchFolder folder;
  run_sweep(plan, folder.path() / "out",
            [&](const PointTask& task) {
              PointOutcome o;
              o.figures = {{figure, value(json::parse(task.inputs))}};
              return o;
            },
            {});
  return answer_sweep(SweepStore::read(folder.path() / "out" / store_name));
}

}  // namespace

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
  const json& counted = a["exceedance"][0]["counted"];
  EXPECT_NEAR(counted["of_all"][0].get<double>(), counted["value"].get<double>() * 63.0 / 64.0, 1e-12);
  EXPECT_NEAR(counted["of_all"][1].get<double>(), counted["of_all"][0].get<double>() + 1.0 / 64.0, 1e-12);
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
  const SweepAnswers all = answered(tiny_plan(4), "nerve.peak_compression_kPa", [](const json&) { return 3.0; });
  EXPECT_EQ(all.figures[0].missing, "it is the same at every point");
}

/// A grid's first input is its slowest: what stands last must count as much as what stands first.
TEST(Answers, OfManyPointsSomeAreAnalysedDrawnEvenly) {
  const SweepPlan plan = read_sweep_text(
      "base = \"default.toml\"\n[[parameter]]\nkey = \"roller.position_mm\"\nvalues = [-20, 0, 40, 100]\n"
      "[[parameter]]\nkey = \"load.force_N\"\nrange = [100, 300]\ncount = 700\n"
      "[answers]\nfigures = [\"nerve.peak_compression_kPa\"]\n[design]\nkind = \"grid\"\n",
      "s.toml");
  const SweepAnswers all = answered(plan, "nerve.peak_compression_kPa",
                                    [](const json& inputs) { return inputs.at("roller.position_mm").get<double>() > 99.0 ? 12.0 : 1.0; });
  EXPECT_EQ(all.complete, 2800u);
  EXPECT_EQ(all.analysed, 2000u);
  EXPECT_EQ(all.inputs[0].taken, "4 values from -20 to 100");
  const FigureAnswer& f = all.figures[0];
  EXPECT_NEAR(double(std::count(f.y.begin(), f.y.end(), 12.0)), 500.0, 50.0) << "a quarter of them";
  EXPECT_GT(f.answer["sobol"][0]["first"]["value"].get<double>(), 0.95) << f.missing;
}

/// A value that is listed is as likely as any other, and nothing lies between: y = u + v with u of 0, 1 and v between 0 and 1.
TEST(Answers, ListedValuesOfADrawnDesignStayWhatTheyAre) {
  const SweepPlan plan = read_sweep_text(
      "base = \"default.toml\"\n[[parameter]]\nkey = \"load.force_N\"\nvalues = [100, 200]\n"
      "[[parameter]]\nkey = \"roller.position_mm\"\nrange = [-40, 40]\n"
      "[answers]\nfigures = [\"verdict.compression_utilisation\"]\n[design]\nkind = \"sobol\"\npoints = 64\n",
      "s.toml");
  const SweepAnswers all = answered(plan, "verdict.compression_utilisation", [](const json& inputs) {
    const double u = (inputs.at("load.force_N").get<double>() - 100.0) / 100.0, v = (inputs.at("roller.position_mm").get<double>() + 40.0) / 80.0;
    return 0.5 * (u + v) + 0.25;
  });
  const FigureAnswer& f = all.figures[0];
  ASSERT_EQ(f.missing, "");
  EXPECT_NEAR(f.answer["sobol"][0]["first"]["value"].get<double>(), 0.75, 1e-6) << "of variances 1/16 and 1/48";
  EXPECT_NEAR(f.answer["sobol"][1]["first"]["value"].get<double>(), 0.25, 1e-6);
  EXPECT_EQ(f.answer["effects"][0]["x"], json::parse("[100.0, 200.0]"));
  EXPECT_NEAR(f.answer["exceedance"][0]["by_surrogate"]["value"].get<double>(), 0.25, 0.01) << "1 is reached from u + v = 1.5";
}

TEST(Answers, ThePageWarnsOfIndicesThatKrigingAloneCouldTell) {
  const ScratchFolder folder;
  const auto out = folder.path() / "out";
  run_sweep(drawn(128), out,
            [](const PointTask& task) {
              const json inputs = json::parse(task.inputs);
              const double u = (inputs.at("load.force_N").get<double>() - 200.0) / 100.0, v = inputs.at("roller.position_mm").get<double>() / 40.0;
              PointOutcome o;
              o.figures = {{"nerve.peak_compression_kPa", 4.0 + 0.5 * std::sin(10.0 * u) + 0.25 * v}};
              return o;
            },
            {});
  const SweepStore store = SweepStore::read(out / store_name);
  const SweepAnswers all = answer_sweep(store);
  const json& a = all.figures[0].answer;
  ASSERT_EQ(a["best"], "Kriging");
  ASSERT_GT(a["surrogates"][1]["q2"].get<double>(), 0.8);
  ASSERT_LT(a["indices_q2"].get<double>(), 0.8);
  EXPECT_TRUE(has(report_page(store, all, {"a", "b"}, out / "pictures"), "The indices are those of the polynomial chaos"));
}
