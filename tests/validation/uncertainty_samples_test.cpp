#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <iterator>
#include <numeric>
#include <random>
#include <sstream>

#include "postprocess/headline_figures.hpp"
#include "scenarios/read_scenario.hpp"
#include "scenarios/sensitivity.hpp"
#include "scenarios/uncertainty.hpp"
#include "tests/support/study_store.hpp"

namespace nerveload {
namespace {

/// A Latin hypercube of probabilities: `count` points, each of `dimensions` numbers.
std::vector<std::vector<double>> latin_hypercube(int count, std::size_t dimensions, unsigned seed) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> inside(0.0, 1.0);
  std::vector<std::vector<double>> points(count, std::vector<double>(dimensions));
  for (std::size_t d = 0; d < dimensions; ++d) {
    std::vector<int> cell(count);
    std::iota(cell.begin(), cell.end(), 0);
    std::shuffle(cell.begin(), cell.end(), random);
    for (int i = 0; i < count; ++i) points[i][d] = (cell[i] + inside(random)) / count;
  }
  return points;
}

double percentile(std::vector<double> v, double p) {
  std::sort(v.begin(), v.end());
  return v[static_cast<std::size_t>(p * double(v.size() - 1) + 0.5)];
}

Fidelity wanted_fidelity() {
  const char* text = std::getenv("NERVELOAD_SAMPLES_FIDELITY");
  return text && std::string(text) == "rough" ? Fidelity::rough : Fidelity::coarse;
}

/// The headline figures of a complete run as a line; none of one that did not reach its end.
std::string line_of(const std::vector<double>& figures) {
  std::ostringstream line;
  for (const double f : figures) line << f << ' ';
  return line.str();
}
std::vector<double> figures_of(const std::string& line) {
  std::istringstream in(line);
  return {std::istream_iterator<double>(in), {}};
}

/// What docs/uncertainty.md records: the first-order range beside 200 sampled runs. NERVELOAD_STUDY=FOLDER keeps what each run came to;
/// NERVELOAD_SAMPLES_FIDELITY=rough for a quick look.
TEST(StudyUncertainty, FirstOrderBesideSampledRuns) {
  constexpr int count = 200;
  Scenario s = read_scenario("default");
  s.fidelity = wanted_fidelity();
  SimulationOptions options;
  options.keep_baseline = true;
  const Simulation sim = simulate(s, options);
  const Sensitivities d = measure_sensitivities(s, sim, {.threads = options.threads});
  ASSERT_TRUE(d.reason.empty()) << d.reason;
  const Uncertainty u = measure_uncertainty(s, sim.results, d);

  const std::vector<UncertainQuantity> quantities = uncertain_quantities(s);
  const auto points = latin_hypercube(count, quantities.size(), 7);
  StudyStore store("uncertainty_samples");
  // One after the other they lead each other, as the points of a sweep do: the same figures, sooner.
  LegLead lead;
  Simulation last;
  for (int i = 0; i < count; ++i) {
    if (!store.is_open(i)) continue;
    std::vector<double> row;
    try {
      Scenario sample = s;
      for (std::size_t k = 0; k < quantities.size(); ++k)
        sample = with_value(sample, quantities[k].quantity.key, quantities[k].quantile(points[i][k]));
      SimulationOptions how;
      how.lead = &lead;
      how.place = {"", Eigen::Map<const Eigen::VectorXd>(points[i].data(), static_cast<Eigen::Index>(points[i].size())), Eigen::VectorXd()};
      how.earlier = last.leg ? &last : nullptr;
      Simulation run = simulate(sample, how);
      if (run.results.complete) row = headline_values(run.results.steps[run.results.governing_step].nerve);
      last = std::move(run);
    } catch (const MeshRefusal& e) {
      std::printf("sample %d: %s\n", i, e.what());
    }
    store.keep(i, line_of(row));
  }
  std::vector<std::vector<double>> done;
  for (const auto& [i, line] : store.done())
    if (!figures_of(line).empty()) done.push_back(figures_of(line));
  EXPECT_LE(static_cast<int>(store.done().size() - done.size()), count / 20);
  for (int k = 0; k < headline_count; ++k) {
    std::vector<double> values;
    for (const auto& row : done) values.push_back(row[k]);
    const double low = percentile(values, 0.05), middle = percentile(values, 0.5), high = percentile(values, 0.95);
    std::printf("%s: first order %.3g (%.3g to %.3g); %zu samples: median %.3g (%.3g to %.3g)\n", headline_keys()[k].c_str(), u.figures[k].value,
                u.figures[k].low, u.figures[k].high, values.size(), middle, low, high);
    // First order says how wide the range is within a half of its width on either side.
    const double width = high - low;
    EXPECT_NEAR(u.figures[k].low, low, 0.5 * width) << headline_keys()[k];
    EXPECT_NEAR(u.figures[k].high, high, 0.5 * width) << headline_keys()[k];
  }
}

}  // namespace
}  // namespace nerveload
