#pragma once
#include <functional>
#include <string>
#include <vector>

namespace nerveload {

/// A demand g ≤ 0 on what a change leads to.
struct Demand {
  bool firm = false;  ///< never traded for another
};

/// What is known of the demands at a change: values, and slopes by each part of the change.
struct Trial {
  std::string failure;  ///< why nothing is known; empty = it is
  std::vector<double> demands;
  std::vector<std::vector<double>> slopes;  ///< [demand][part]
  std::vector<double> change;               ///< as it was tried, rounded perhaps; empty = as it was asked for
};

/// What each part of a change may be, in units of effort; zero is no change.
struct ChangeBox {
  std::vector<double> low, high;
};

/// Of all changes y in the box the least, ½|y|², that meets every demand as linearised about `at`,  g + slopes · (y − at) ≤ −margin.  In closed
/// form y = clip(−Σ λ_j slopes_j) with a multiplier λ_j ≥ 0 a demand, found by raising the dual function demand by demand. Where the box leaves no
/// such change, the multipliers are capped: y is then the least of ½|y|² + Σ cap_j · (what is left of demand j), which moves each part as far as
/// it is worth, and breaks firm demands last.
std::vector<double> least_linear_change(const Trial& known, const std::vector<double>& at, const std::vector<Demand>& demands, const ChangeBox& box,
                                        double margin);

struct LeastChangeOptions {
  int most_trials = 6;      ///< beyond the first
  double margin = 0.03;     ///< by how much demands are aimed at being met: what linearisation and rounding leave open
  double radius = 3.0;      ///< how far linearisation is trusted at first, in effort along each part
  double least_gain = 0.1;  ///< a change that meets all demands is made less only where that saves this part of its effort
};

struct LeastChange {
  bool met = false;            ///< every demand, by a trial
  std::vector<double> change;  ///< the least that met all; else the one that came nearest
  Trial trial;                 ///< there
  int trials = 0;              ///< beyond the first
  std::string last_failure;    ///< of a trial
};

/// How far from meeting all demands: the worst of them, firm ones counted ten times; below zero all are met.
double shortfall(const Trial& trial, const std::vector<Demand>& demands);

/// Effort of a change, |y|.
double effort(const std::vector<double>& change);

/// The least change that meets all demands: propose by least_linear_change within a radius, try, linearise anew, until it is met and cannot be had
/// for noticeably less, or the trials are used up. This is the search for the design point of structural reliability [hasofer1974, rackwitz1978] with a
/// trust region. A trial that fails, or does not come nearer, halves the radius.
/// @param start  the trial at no change
LeastChange find_least_change(const Trial& start, const std::vector<Demand>& demands, const ChangeBox& box,
                              const std::function<Trial(const std::vector<double>& change)>& attempt, const LeastChangeOptions& options = {});

}  // namespace nerveload
