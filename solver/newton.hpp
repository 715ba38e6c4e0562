#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "solver/assembly.hpp"
#include "solver/linear/linear_solver.hpp"

namespace nerveload {

enum class Ending { converged, iteration_limit, inverted_element, singular_tangent, not_finite, step_too_small, unsettled, stopped };
const char* to_string(Ending ending);

struct NewtonIteration {
  double residual;  ///< norm over the free unknowns, mN
  double relative;  ///< the same over the reference force
  double step;      ///< part of the Newton increment that was taken, 0 when converged
  double shift;     ///< what the tangent's diagonal was raised by to make it definite, over its mean; 0 = not at all
};

/// How one equilibrium was or was not reached. Failing to converge is a value, not an exception.
struct SolveReport {
  Ending ending = Ending::iteration_limit;
  std::vector<NewtonIteration> iterations;
  int inverted_cell = -1;     ///< or NewtonSystem::not_a_cell, of a cable
  int worst_unknown = -1;     ///< free, with the largest residual at the end; none where nothing was evaluated
  double worst_residual = 0;  ///< there, mN
  std::string message;
  bool converged() const { return ending == Ending::converged; }
};

struct NewtonOptions {
  double tolerance = 1e-6;           ///< residual over reference force
  double absolute_tolerance = 1e-7;  ///< residual that counts as none, mN (about a nanogram's weight)
  int max_iterations = 16;
  /// What an indefinite tangent's diagonal is raised by at least, over its mean. Less finds the way along softer modes, but costs more
  /// factorisations where the modes are stiff: a raised diagonal closes only a part λ/(λ + shift) of the distance along a mode of stiffness λ.
  double least_shift = 1e-4;
  int max_cuts = 5;  ///< halvings of one increment on inversion, non-finite numbers or by the line search
  /// Accept an increment p only when |g(u + p)·p| ≤ 0.9 |g(u)·p| (the directional derivative; energies fall below rounding).
  /// Prescribed motion that is still to be made goes first. With friction this is what keeps points from jumping between sticking and slipping.
  bool line_search = false;
  /// The start is a guess far from equilibrium, where an increment with too little a shift explodes: accept one only when it leaves
  /// the residual below three times what it was, and where cutting does not help raise the diagonal (Levenberg-Marquardt). Not from an
  /// equilibrium, where a prescribed motion always raises the residual.
  bool far_start = false;
  std::function<bool(const NewtonIteration&)> observer;  ///< sees every residual as it is found; false stops there
};

/// What it took, over a whole run.
struct SolveStatistics {
  int steps = 0, newton_iterations = 0, factorisations = 0, indefinite_tangents = 0, cg_iterations = 0;
  double assembly_s = 0.0, linear_s = 0.0;
};

/// One problem ready to be solved: the model, where its blocks go, a system to fill and a factorisation.
struct Problem {
  Problem(const Model& m, std::unique_ptr<LinearSolver> s);
  /// Goes on to another model whose assembly is the same (Assembly::fits): pattern and symbolic factorisation stay, what was counted starts anew.
  /// @return false, and nothing is changed, where it does not fit
  bool take(const Model& m);
  const Model* model;
  Assembly assembly;
  NewtonSystem system;
  std::unique_ptr<LinearSolver> solver;
  SolveStatistics statistics;
  bool factor_ready = false;  ///< the solver holds a factorisation, perhaps of an older tangent or of a raised one
};

/// What a step wants: the path parameter (prescribed unknown = rate · path) and for each border unknown a prescribed
/// value or nothing, that is, its own equation (force control).
struct StepTarget {
  double path = 0.0;
  std::vector<std::optional<double>> border;
  std::optional<double> motion = {};  ///< factor of the prescribed motions; none = path
};

/// Newton's method with mixed element pressures and, where the tangent is indefinite, a raised diagonal, from `state` to
/// equilibrium at `target`.
/// On success `state` is the equilibrium; on failure it is left as it came.
SolveReport solve_newton(Problem& problem, State& state, const StepTarget& target, const NewtonOptions& options);

}  // namespace nerveload
