#include "sweeps/design.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <charconv>
#include <cstdlib>
#include <set>

#include "sweeps/statistics_program.hpp"
#include "tests/sweeps/sweep_fixture.hpp"

using namespace nerveload;

namespace {

std::vector<DesignPoint> points_of(const SweepPlan& plan) {
  std::vector<DesignPoint> all;
  visit_design(plan, [&](const DesignPoint& p) {
    all.push_back(p);
    return true;
  });
  return all;
}

double number(const std::string& text) { return std::strtod(text.c_str(), nullptr); }

SweepPlan drawn_plan(const std::string& kind, int points, const std::string& more = {}) {
  return read_sweep_text(
      "base = \"default.toml\"\n[[parameter]]\nkey = \"load.force_N\"\ndistribution = \"truncated(normal(150, 30), 80, 220)\"\n"
      "[[parameter]]\nkey = \"roller.position_mm\"\nrange = [-40, 20]\n"
      "[[parameter]]\nkey = \"roller.kind\"\nvalues = [\"soft\", \"standard\", \"hard\"]\n"
      "[design]\nkind = \"" +
          kind + "\"\npoints = " + std::to_string(points) + "\n" + more,
      "s.toml");
}

/// Peak memory of a process that walks a design to its end, MB.
double peak_MB(const SweepPlan& plan) {
  int ends[2];
  if (pipe(ends) != 0) return -1.0;
  const pid_t child = fork();
  if (child == 0) {
    std::int64_t n = 0;
    visit_design(plan, [&](const DesignPoint&) { return ++n > 0; });
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const double mb = n == plan.design.points ? double(usage.ru_maxrss) / 1024.0 : -1.0;
    _exit(write(ends[1], &mb, sizeof mb) == sizeof mb ? 0 : 1);
  }
  double mb = -1.0;
  if (read(ends[0], &mb, sizeof mb) != sizeof mb) mb = -1.0;
  waitpid(child, nullptr, 0);
  close(ends[0]);
  close(ends[1]);
  return mb;
}

}  // namespace

TEST(Design, AGridHasEveryPointOnceAndNeighboursAfterEachOther) {
  const auto all = points_of(tiny_plan(5));
  std::set<std::int64_t> numbers;
  std::set<std::vector<std::string>> values;
  for (std::size_t i = 0; i < all.size(); ++i) {
    numbers.insert(all[i].number);
    values.insert(all[i].values);
    if (i == 0) continue;
    const bool same_place = all[i].values[1] == all[i - 1].values[1];
    EXPECT_EQ(same_place, all[i].family == all[i - 1].family);
    if (same_place) {
      EXPECT_GT(number(all[i].values[0]), number(all[i - 1].values[0])) << "loads rise";
    } else {
      EXPECT_EQ(std::abs(number(all[i].values[1]) - number(all[i - 1].values[1])), 20.0) << "one step at a time";
    }
  }
  EXPECT_EQ(numbers.size(), 20u);
  EXPECT_EQ(*numbers.begin(), 1);
  EXPECT_EQ(*numbers.rbegin(), 20);
  EXPECT_EQ(values.size(), 20u);
}

TEST(Design, DrawnPointsAreTheSameAgainAndFollowTheirDistributions) {
  for (const char* kind : {"lhs", "sobol"}) {
    const auto all = points_of(drawn_plan(kind, 300)), again = points_of(drawn_plan(kind, 300));
    const auto other = points_of(drawn_plan(kind, 300, "seed = 2\n"));
    ASSERT_EQ(all.size(), 300u);
    double mean = 0.0, least = 1e9, most = -1e9;
    int soft = 0, different = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
      EXPECT_EQ(all[i].values, again[i].values);
      different += all[i].values != other[i].values;
      const double f = number(all[i].values[0]);
      mean += f / 300.0;
      least = std::min(least, f);
      most = std::max(most, f);
      soft += all[i].values[2] == "\"soft\"";
    }
    EXPECT_GT(different, 290) << kind;
    EXPECT_NEAR(mean, 150.0, 2.0) << kind;
    EXPECT_GE(least, 80.0);
    EXPECT_LE(most, 220.0);
    EXPECT_NEAR(soft, 100, 4) << kind;
  }
}

TEST(Design, CorrelatedInputsHaveTheRankCorrelationAskedFor) {
  const SweepPlan plan = drawn_plan("sobol", 2000, "[[correlation]]\nbetween = [\"load.force_N\", \"roller.position_mm\"]\nrank_correlation = 0.7\n");
  auto all = points_of(plan);
  auto ranks = [&](int k) {
    std::vector<std::pair<double, std::size_t>> order;
    for (std::size_t i = 0; i < all.size(); ++i) order.emplace_back(number(all[i].values[k]), i);
    std::sort(order.begin(), order.end());
    std::vector<double> rank(all.size());
    for (std::size_t i = 0; i < order.size(); ++i) rank[order[i].second] = double(i);
    return rank;
  };
  const auto a = ranks(0), b = ranks(1);
  const double n = double(all.size());
  double squares = 0.0;
  for (std::size_t i = 0; i < all.size(); ++i) squares += (a[i] - b[i]) * (a[i] - b[i]);
  EXPECT_NEAR(1.0 - 6.0 * squares / (n * (n * n - 1.0)), 0.7, 0.02);
}

TEST(Design, CorrelationsThatContradictEachOtherAreRefused) {
  const std::string pair =
      "[[correlation]]\nbetween = [\"load.force_N\", \"roller.position_mm\"]\nrank_correlation = 0.9\n"
      "[[correlation]]\nbetween = [\"load.force_N\", \"roller.azimuth_deg\"]\nrank_correlation = 0.9\n"
      "[[correlation]]\nbetween = [\"roller.azimuth_deg\", \"roller.position_mm\"]\nrank_correlation = -0.9\n";
  const SweepPlan plan = drawn_plan("lhs", 8, pair + "[[parameter]]\nkey = \"roller.azimuth_deg\"\nrange = [-5, 5]\n");
  EXPECT_THROW(points_of(plan), StatisticsError);
}

TEST(Design, AMillionPointsTakeNoMoreMemoryThanTenThousand) {
  const ScratchFolder folder;
  auto table = [&](int rows) {
    std::string csv = "load.force_N,roller.position_mm\n";
    for (int i = 0; i < rows; ++i) csv += std::to_string(50 + i % 200) + "," + std::to_string(i % 37) + "\n";
    folder.write("p" + std::to_string(rows) + ".csv", csv);
    return read_sweep_text("base = \"default.toml\"\n[design]\nkind = \"table\"\nfile = \"p" + std::to_string(rows) + ".csv\"\n",
                           folder.path() / "s.toml");
  };
  auto grid = [](int n) {
    return read_sweep_text("base = \"default.toml\"\n[[parameter]]\nkey = \"load.force_N\"\nrange = [50, 250]\ncount = " + std::to_string(n) +
                               "\n[[parameter]]\nkey = \"roller.position_mm\"\nrange = [-40, 40]\ncount = 100\n"
                               "[[parameter]]\nkey = \"roller.yaw_deg\"\nrange = [0, 5]\ncount = 100\n",
                           "s.toml");
  };
  const std::pair<SweepPlan, SweepPlan> designs[] = {
      {grid(2), grid(100)}, {table(10'000), table(1'000'000)}, {drawn_plan("sobol", 10'000), drawn_plan("sobol", 1'000'000)}};
  for (const auto& [small, large] : designs) {
    ASSERT_EQ(large.design.points, 1'000'000);
    const double few = peak_MB(small), many = peak_MB(large);
    ASSERT_GT(few, 0.0);
    EXPECT_NEAR(many, few, 4.0) << to_string(large.design.kind);
  }
}
