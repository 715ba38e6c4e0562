#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <numbers>
#include <sstream>

#include "solver/base/held_signals.hpp"
#include "sweeps/statistics_program.hpp"
#include "tests/support/scratch_folder.hpp"

namespace {

using json = nlohmann::ordered_json;

/// An index with its interval: near what it is on paper, and the interval holds both.
void expect_index(const json& index, double exact, double tolerance) {
  EXPECT_NEAR(index["value"].get<double>(), exact, tolerance);
  EXPECT_LE(index["low"].get<double>(), std::min(exact, index["value"].get<double>()) + 0.2 * tolerance) << index.dump();
  EXPECT_GE(index["high"].get<double>(), std::max(exact, index["value"].get<double>()) - 0.2 * tolerance) << index.dump();
}

}  // namespace

/// Ishigami's function, whose indices are known: the published test of sensitivity methods.
TEST(Statistics, PolynomialChaosFindsIshigamisIndices) {
  constexpr double pi = std::numbers::pi, a = 7.0, b = 0.1;
  json request = {{"do", "sample"}, {"design", "sobol"}, {"points", 256}, {"seed", 1}, {"rank_correlations", json::array()}};
  for (const char* name : {"x1", "x2", "x3"}) request["inputs"].push_back({{"name", name}, {"kind", "uniform"}, {"arguments", {-pi, pi}}});
  std::istringstream lines(nerveload::ask_statistics(request.dump()));
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
  request["unanswered"] = 0.0;
  request["thresholds"] = {{{"name", "half"}, {"value", 3.5}}};
  const json answer = json::parse(nerveload::ask_statistics(request.dump()));
  // Exact: V1 = (1 + bπ⁴/5)²/2, V2 = a²/8, V13 = 8 b²π⁸/225.
  const double v1 = 0.5 * std::pow(1.0 + b * std::pow(pi, 4) / 5.0, 2), v2 = a * a / 8.0, v13 = 8.0 * b * b * std::pow(pi, 8) / 225.0,
               v = v1 + v2 + v13;
  const auto& s = answer["sobol"];
  expect_index(s[0]["first"], v1 / v, 0.03);
  expect_index(s[1]["first"], v2 / v, 0.03);
  EXPECT_NEAR(s[2]["first"]["value"].get<double>(), 0.0, 0.02);
  expect_index(s[2]["total"], v13 / v, 0.03);
  expect_index(answer["interactions"][1]["index"], v13 / v, 0.03);
  for (const auto& i : s) EXPECT_LT(i["total"]["high"].get<double>() - i["total"]["low"].get<double>(), 0.3);
  EXPECT_GT(answer["surrogates"][0]["q2"].get<double>(), 0.8);
  EXPECT_GT(answer["surrogates"][1]["q2"].get<double>(), 0.8);
  const auto& counted = answer["exceedance"][0]["counted"];
  EXPECT_NEAR(counted["value"].get<double>(), 0.5, 0.05);
  EXPECT_FALSE(counted.contains("of_all")) << "every point has an answer";
  EXPECT_NEAR(answer["exceedance"][0]["by_surrogate"]["value"].get<double>(), counted["value"].get<double>(), 0.05);
}

/// It may be stopped while the program holds back what stops it.
TEST(Statistics, ItsProgramHoldsNoSignalsBack) {
  const nerveload::ScratchFolder folder;
  const auto script = folder.path() / "statistics";
  folder.write("statistics", "#!/bin/sh\ncat >/dev/null\nexec grep SigBlk /proc/self/status\n");
  std::filesystem::permissions(script, std::filesystem::perms::owner_all);
  setenv("NERVELOAD_STATISTICS", script.c_str(), 1);
  sigset_t before;
  sigprocmask(SIG_SETMASK, nullptr, &before);
  nerveload::hold_stop_signals();
  const std::string answer = nerveload::ask_statistics("{}");
  sigprocmask(SIG_SETMASK, &before, nullptr);
  unsetenv("NERVELOAD_STATISTICS");
  EXPECT_NE(answer.find("0000000000000000"), std::string::npos) << answer;
}
