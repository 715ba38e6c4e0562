#pragma once
#include <Eigen/Dense>
#include <memory>

#include "solver/assembly.hpp"

namespace nerveload {

/// Makes the mixed fields of a state what its displacements say (p = U'(θ)): only there is the tangent the residual's derivative.
inline State consistent(const Model& model, State state) {
  const Eigen::VectorXd none = Eigen::VectorXd::Zero(state.unknowns.size());
  const State from = state;
  for (const auto& term : model.terms) term->update_mixed(from, none, state);
  return state;
}

/// Residual of all unknowns at a state.
inline Eigen::VectorXd residual_at(const Model& model, const Assembly& assembly, const State& state) {
  NewtonSystem system(assembly);
  system.request.tangent = false;
  system.evaluate(model, state);
  return system.residual;
}

/// Tangent over all unknowns, border ones included, as a full matrix. Nothing may be prescribed.
inline Eigen::MatrixXd full_tangent(const Model& model, const Assembly& assembly, const State& state) {
  NewtonSystem system(assembly);
  system.evaluate(model, state);
  const Eigen::MatrixXd lower = Eigen::MatrixXd(system.tangent);
  const Eigen::MatrixXd sparse = lower.selfadjointView<Eigen::Lower>();
  const auto& free = assembly.free_unknowns();
  const auto& borders = assembly.layout().borders();
  Eigen::MatrixXd K = Eigen::MatrixXd::Zero(assembly.layout().unknowns(), assembly.layout().unknowns());
  for (std::size_t i = 0; i < free.size(); ++i) {
    for (std::size_t j = 0; j < free.size(); ++j) K(free[i], free[j]) = sparse(i, j);
    for (std::size_t b = 0; b < borders.size(); ++b) K(free[i], borders[b]) = K(borders[b], free[i]) = system.border(i, b);
  }
  for (std::size_t a = 0; a < borders.size(); ++a)
    for (std::size_t b = 0; b < borders.size(); ++b) K(borders[a], borders[b]) = system.border_corner(a, b);
  return K;
}

/// Largest difference between the tangent and central differences of the residual, over the largest entry of the tangent.
/// Works for any Term or sum of terms; the state is made consistent first.
inline double tangent_error(const Model& model, const State& at, double step = 1e-5) {
  const Assembly assembly(model);
  const State state = consistent(model, at);
  const Eigen::MatrixXd K = full_tangent(model, assembly, state);
  double worst = 0.0;
  for (int u = 0; u < assembly.layout().unknowns(); ++u) {
    State plus = state, minus = state;
    plus.unknowns[u] += step;
    minus.unknowns[u] -= step;
    const Eigen::VectorXd slope = (residual_at(model, assembly, plus) - residual_at(model, assembly, minus)) / (2.0 * step);
    worst = std::max(worst, (slope - K.col(u)).cwiseAbs().maxCoeff());
  }
  return worst / K.cwiseAbs().maxCoeff();
}

/// A repeatable displacement field of about `size` mm on all unknowns.
inline Eigen::VectorXd wiggle(Eigen::Index count, double size) {
  Eigen::VectorXd u(count);
  for (Eigen::Index i = 0; i < count; ++i) u[i] = size * std::sin(1.7 * double(i * i % 101) + 0.3);
  return u;
}

}  // namespace nerveload
