#include "scenarios/least_change.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace nerveload {
namespace {

/// Caps on multipliers. The first is beyond what any demand asks for that can be met. The second weighs effort against a demand that cannot:
/// a part that changes its logarithm by a tenth per unit is moved by three.
constexpr double no_cap = 1e4, worth = 30.0, firm_over_soft = 10.0;

double dot(const std::vector<double>& a, const std::vector<double>& b) { return std::inner_product(a.begin(), a.end(), b.begin(), 0.0); }

std::vector<double> clipped(std::vector<double> y, const ChangeBox& box) {
  for (std::size_t i = 0; i < y.size(); ++i) y[i] = std::clamp(y[i], box.low[i], box.high[i]);
  return y;
}

/// y(λ) = clip(−Σ λ_j slopes_j)
std::vector<double> primal(const std::vector<std::vector<double>>& slopes, const std::vector<double>& multipliers, const ChangeBox& box) {
  std::vector<double> y(box.low.size(), 0.0);
  for (std::size_t j = 0; j < slopes.size(); ++j)
    for (std::size_t i = 0; i < y.size(); ++i) y[i] -= multipliers[j] * slopes[j][i];
  return clipped(std::move(y), box);
}

/// The multiplier of one demand at which it is just met, the others as they are: what is left of it falls with its multiplier.
double just_met(const std::function<double(double)>& left, double most) {
  if (left(0.0) <= 0.0) return 0.0;
  if (left(most) > 0.0) return most;
  double low = 0.0, high = most;
  for (int i = 0; i < 80; ++i) {
    const double middle = 0.5 * (low + high);
    (left(middle) > 0.0 ? low : high) = middle;
  }
  return high;
}

ChangeBox trusted(const ChangeBox& box, const std::vector<double>& about, double radius) {
  ChangeBox t = box;
  for (std::size_t i = 0; i < about.size(); ++i) {
    t.low[i] = std::max(box.low[i], about[i] - radius);
    t.high[i] = std::min(box.high[i], about[i] + radius);
  }
  return t;
}

double farthest(const std::vector<double>& a, const std::vector<double>& b) {
  double d = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) d = std::max(d, std::abs(a[i] - b[i]));
  return d;
}

}  // namespace

double effort(const std::vector<double>& change) { return std::sqrt(dot(change, change)); }

double shortfall(const Trial& trial, const std::vector<Demand>& demands) {
  double worst = -std::numeric_limits<double>::infinity();
  for (std::size_t j = 0; j < demands.size(); ++j) {
    const double g = trial.demands[j];
    worst = std::max(worst, demands[j].firm && g > 0.0 ? firm_over_soft * g : g);
  }
  return worst;
}

std::vector<double> least_linear_change(const Trial& known, const std::vector<double>& at, const std::vector<Demand>& demands, const ChangeBox& box,
                                        double margin) {
  const auto left = [&](std::size_t j, const std::vector<double>& y) {
    return known.demands[j] + dot(known.slopes[j], y) - dot(known.slopes[j], at) + margin;
  };
  std::vector<double> y;
  for (const double cap : {no_cap, worth}) {
    std::vector<double> multipliers(demands.size(), 0.0);
    y = primal(known.slopes, multipliers, box);
    constexpr int most_rounds = 500;
    for (int round = 0; round < most_rounds; ++round) {
      const std::vector<double> before = y;
      for (std::size_t j = 0; j < demands.size(); ++j) {
        const auto left_with = [&](double multiplier) {
          std::vector<double> tried = multipliers;
          tried[j] = multiplier;
          return left(j, primal(known.slopes, tried, box));
        };
        multipliers[j] = just_met(left_with, cap * (demands[j].firm ? firm_over_soft : 1.0));
      }
      y = primal(known.slopes, multipliers, box);
      if (round > 0 && farthest(y, before) < 1e-9) break;
    }
    bool met = true;
    for (std::size_t j = 0; j < demands.size(); ++j) met = met && left(j, y) < 1e-6;
    if (met) break;
  }
  return y;
}

LeastChange find_least_change(const Trial& start, const std::vector<Demand>& demands, const ChangeBox& box,
                              const std::function<Trial(const std::vector<double>& change)>& attempt, const LeastChangeOptions& options) {
  LeastChange found;
  found.change.assign(box.low.size(), 0.0);
  found.trial = start;
  found.met = shortfall(start, demands) < 0.0;
  double radius = options.radius;
  constexpr double least_radius = 0.05;
  while (found.trials < options.most_trials && radius >= least_radius && !(found.met && effort(found.change) == 0.0)) {
    const std::vector<double> next = least_linear_change(found.trial, found.change, demands, trusted(box, found.change, radius), options.margin);
    if (farthest(next, found.change) < 1e-6) break;
    if (found.met && effort(next) > (1.0 - options.least_gain) * effort(found.change)) break;
    const Trial trial = attempt(next);
    ++found.trials;
    if (!trial.failure.empty()) {
      found.last_failure = trial.failure;
      radius *= 0.5;
      continue;
    }
    const double was = shortfall(found.trial, demands), is = shortfall(trial, demands);
    if (found.met ? is > -0.5 * options.margin : is >= was) {  // what is met is not given away for less effort; else every step comes nearer
      radius = 0.5 * std::min(radius, farthest(next, found.change));
      continue;
    }
    if (farthest(next, found.change) > 0.99 * radius) radius *= 1.5;
    found.change = trial.change.empty() ? next : trial.change;
    found.trial = trial;
    found.met = is < 0.0;
  }
  return found;
}

}  // namespace nerveload
