#include "scenarios/snapshots.hpp"

#include <cmath>
#include <limits>

namespace nerveload {

KrigingWeights kriging_weights(const Eigen::MatrixXd& known, const Eigen::VectorXd& at) {
  constexpr double width = 2.0;  // of the covariance, over as far as places vary: nearly flat, for states change smoothly
  constexpr double first_nugget = 1e-9, last_nugget = 1e-2, largest_sum = 2.5;
  const Eigen::Index n = known.cols();
  const auto covariance = [&](const auto& a, const auto& b) { return std::exp(-0.5 * (a - b).squaredNorm() / (width * width)); };
  Eigen::MatrixXd K = Eigen::MatrixXd::Zero(n + 1, n + 1);
  Eigen::VectorXd r = Eigen::VectorXd::Ones(n + 1);
  for (Eigen::Index i = 0; i < n; ++i) {
    for (Eigen::Index j = 0; j < n; ++j) K(i, j) = covariance(known.col(i), known.col(j));
    K(i, n) = K(n, i) = 1.0;
    r[i] = covariance(known.col(i), at);
  }
  // Large weights of both signs enlarge what states differ by for other reasons: then the fit is loosened.
  for (double nugget = first_nugget;; nugget *= 10.0) {
    Eigen::MatrixXd loosened = K;
    loosened.diagonal().head(n).array() += nugget;
    const Eigen::VectorXd w = loosened.fullPivLu().solve(r);
    if (w.head(n).cwiseAbs().sum() <= largest_sum || nugget >= last_nugget) return {w.head(n), std::sqrt(std::max(0.0, 1.0 - w.dot(r)))};
  }
}

void Snapshots::add(const Eigen::VectorXd& at, RelativeState state) {
  constexpr std::size_t most = 48;  // enough for curvature in several directions, few enough for memory
  constexpr double same = 1e-12;
  for (const Kept& k : kept_)
    if (k.at.size() == at.size() && (k.at - at).squaredNorm() < same) return;
  double power = 0.0;
  constexpr double least_power = 1e-3;
  if (const auto before = mixed(at, power); before && before->state.unknowns.size() == state.unknowns.size()) {
    const double error = (before->state.unknowns - state.unknowns).norm() * std::sqrt(3.0 / double(state.unknowns.size()));
    squared_error_over_power_ += std::pow(error / std::max(power, least_power), 2);
    ++guessed_;
  }
  kept_.push_back({at, std::move(state)});
  if (kept_.size() > most) kept_.pop_front();
}

std::optional<StateGuess> Snapshots::mixed(const Eigen::VectorXd& at, double& power) const {
  std::vector<const Kept*> fellows;
  for (const Kept& k : kept_)
    if (k.at.size() == at.size() && k.state.unknowns.size() == kept_.back().state.unknowns.size() &&
        k.state.pressures.size() == kept_.back().state.pressures.size())
      fellows.push_back(&k);
  if (fellows.empty()) return {};
  Eigen::MatrixXd known(at.size(), static_cast<Eigen::Index>(fellows.size()));
  for (std::size_t i = 0; i < fellows.size(); ++i) known.col(static_cast<Eigen::Index>(i)) = fellows[i]->at;
  const KrigingWeights w = kriging_weights(known, at);
  power = w.power;
  StateGuess guess;
  guess.state.unknowns = Eigen::VectorXd::Zero(fellows[0]->state.unknowns.size());
  guess.state.pressures = Eigen::VectorXd::Zero(fellows[0]->state.pressures.size());
  for (std::size_t i = 0; i < fellows.size(); ++i) {
    guess.state.unknowns += w.weights[static_cast<Eigen::Index>(i)] * fellows[i]->state.unknowns;
    guess.state.pressures += w.weights[static_cast<Eigen::Index>(i)] * fellows[i]->state.pressures;
  }
  return guess;
}

std::optional<StateGuess> Snapshots::guess(const Eigen::VectorXd& at) const {
  double power = 0.0;
  std::optional<StateGuess> g = mixed(at, power);
  if (g) g->error_mm = guessed_ > 0 ? power * std::sqrt(squared_error_over_power_ / guessed_) : std::numeric_limits<double>::infinity();
  return g;
}

}  // namespace nerveload
