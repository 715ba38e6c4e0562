#include "solver/linearisation.hpp"

#include "solver/linear/conjugate_gradients.hpp"

namespace nerveload {
namespace {
constexpr double linear_tolerance = 1e-8;
constexpr int most_iterations = 60;
}  // namespace

Linearisation::Linearisation(Problem& problem, const State& state, std::vector<bool> free_border) : problem_(problem) {
  const auto& borders = problem.assembly.layout().borders();
  NL_EXPECT(free_border.size() == borders.size(), "a choice for each border unknown");
  for (std::size_t b = 0; b < borders.size(); ++b)
    if (free_border[b]) free_borders_.push_back(static_cast<int>(b));
  problem.system.request = {true, nullptr};
  problem.system.evaluate(*problem.model, state);
  ++problem.statistics.factorisations;
  problem.factor_ready = problem.system.inverted_cell < 0 && problem.solver->factorise(problem.system.tangent);
  if (!problem.factor_ready) {
    fault_ = "the tangent is not positive definite";
    return;
  }
  Eigen::MatrixXd columns(problem.assembly.free_count(), static_cast<Eigen::Index>(free_borders_.size()));
  for (std::size_t k = 0; k < free_borders_.size(); ++k) columns.col(static_cast<Eigen::Index>(k)) = problem.system.border.col(free_borders_[k]);
  border_columns_ = solve_inner(columns);
}

Eigen::MatrixXd Linearisation::solve_inner(const Eigen::MatrixXd& forces) const {
  Eigen::MatrixXd x;
  if (forces.cols() == 0) return forces;
  const CgReport r = conjugate_gradients(problem_.system.tangent, *problem_.solver, forces, linear_tolerance, most_iterations, x);
  problem_.statistics.cg_iterations += r.iterations;
  if (r.ending != CgEnding::converged) throw NotSolved("the linearised equations were not solved to " + std::to_string(linear_tolerance));
  return x;
}

Eigen::MatrixXd Linearisation::solve(const Eigen::MatrixXd& forces) const {
  const NewtonSystem& s = problem_.system;
  const auto& borders = problem_.assembly.layout().borders();
  const auto& free = problem_.assembly.free_unknowns();
  const Eigen::Index nb = static_cast<Eigen::Index>(free_borders_.size());
  Eigen::MatrixXd inner(problem_.assembly.free_count(), forces.cols());
  for (std::size_t i = 0; i < free.size(); ++i) inner.row(static_cast<Eigen::Index>(i)) = forces.row(free[i]);
  Eigen::MatrixXd x = solve_inner(inner);
  Eigen::MatrixXd y(nb, forces.cols());
  if (nb > 0) {
    Eigen::MatrixXd schur(nb, nb), rest(nb, forces.cols());
    for (Eigen::Index k = 0; k < nb; ++k) {
      const int b = free_borders_[static_cast<std::size_t>(k)];
      rest.row(k) = forces.row(borders[b]) - s.border.col(b).transpose() * x;
      for (Eigen::Index l = 0; l < nb; ++l)
        schur(k, l) = s.border_corner(b, free_borders_[static_cast<std::size_t>(l)]) - s.border.col(b).dot(border_columns_.col(l));
    }
    y = schur.fullPivLu().solve(rest);
    x -= border_columns_ * y;
  }
  Eigen::MatrixXd du = Eigen::MatrixXd::Zero(problem_.assembly.layout().unknowns(), forces.cols());
  for (std::size_t i = 0; i < free.size(); ++i) du.row(free[i]) = x.row(static_cast<Eigen::Index>(i));
  for (Eigen::Index k = 0; k < nb; ++k) du.row(borders[free_borders_[static_cast<std::size_t>(k)]]) = y.row(k);
  return du;
}

Eigen::VectorXd residual_of_variant(Problem& problem, const Model& variant, const State& state) {
  const Layout& own = problem.assembly.layout();
  Layout layout(static_cast<int>(variant.mesh->X.size()));
  for (const auto& term : variant.terms) term->claim(layout);
  NL_EXPECT(
      layout.unknowns() == own.unknowns() && layout.blocks() == own.blocks() && layout.mixed() == own.mixed() && layout.borders() == own.borders(),
      "a variant of the same topology");
  problem.system.request = {false, nullptr};  // leaves the tangent as it is
  problem.system.evaluate(variant, state);
  return problem.system.residual;
}

}  // namespace nerveload
