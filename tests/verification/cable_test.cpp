/// The sliding cable on paths where its tension is known on paper.
#include <gtest/gtest.h>

#include <numbers>

#include "solver/newton.hpp"
#include "solver/terms/sliding_cable.hpp"
#include "tests/support/verified.hpp"

namespace nerveload {
namespace {

/// A cable whose nodes are carried by points that are held; what it does to each of them is the residual there.
struct HeldCable {
  Mesh mesh;
  Model model;
  const SlidingCable* cable = nullptr;
  SlidingCable::Report report;
  Eigen::VectorXd residual;
  State state;

  /// @param material  coordinate at rest of each point's node, mm; sliding starts from there
  HeldCable(std::vector<Vec3> points, const std::vector<double>& material, const std::vector<double>& tether, CableOptions options) {
    mesh.X = std::move(points);
    model.mesh = &mesh;
    const int n = static_cast<int>(mesh.X.size());
    std::vector<CableNode> nodes;
    for (int i = 0; i < n; ++i) {
      nodes.push_back({mesh.X[i], {i}, {1.0}, material[i], {tether[i], 0.0}});
      for (int k = 0; k < 3; ++k) model.supports.push_back({3 * i + k, 0.0});
    }
    auto term = std::make_unique<SlidingCable>(std::move(nodes), std::move(options));
    cable = term.get();
    model.terms.push_back(std::move(term));
    Problem problem(model, make_linear_solver(LinearSolverKind::best_available, 1));
    state = problem.assembly.initial_state(model);
    for (int i = 1; i + 1 < n; ++i) state.unknowns[3 * n + i - 1] = material[i];
    NewtonOptions newton;
    newton.tolerance = 1e-12;
    newton.absolute_tolerance = 1e-8;
    newton.max_iterations = 60;
    EXPECT_TRUE(solve_newton(problem, state, {1.0, {}}, newton).converged());
    report = cable->report(state);
    residual = problem.system.residual;
  }
};

double order(double coarse, double fine) { return std::log2(std::abs(coarse / fine)); }

/// Without a tether the cable lies over a round bed like a rope over a pulley: one tension T = A σ(λ), λ = arc over unstressed length,
/// and T/R of inward push for each millimetre of arc. Points and rest coordinates are spaced unevenly, so that it has to slide.
struct Pulley {
  static constexpr double radius = 100.0, arc = 0.5 * std::numbers::pi * radius, stretch = 1.08;
  double tension, least, most, push, sideways;

  explicit Pulley(int segments) {
    std::vector<Vec3> points;
    std::vector<double> angle, rest;
    for (int i = 0; i <= segments; ++i) {
      const double t = double(i) / segments;
      angle.push_back(0.5 * std::numbers::pi * (t + 0.06 * std::sin(2.0 * std::numbers::pi * t)));
      points.emplace_back(radius * std::cos(angle[i]), radius * std::sin(angle[i]), 0.0);
      rest.push_back(radius * (angle[i] + 0.02 * std::sin(2.0 * angle[i])) / stretch);
    }
    const HeldCable c(points, rest, std::vector<double>(points.size(), 0.0), {});
    const auto [low, high] = std::minmax_element(c.report.tension.begin(), c.report.tension.end());
    least = *low;
    most = *high;
    tension = c.report.tension[segments / 2];
    push = sideways = 0.0;
    for (int i = 1; i < segments; ++i) {
      const Vec3 force = -c.residual.segment<3>(3 * i), inwards = -points[i].normalized();
      const double length = 0.5 * radius * (angle[i + 1] - angle[i - 1]), here = force.dot(inwards) / length;
      if (i == segments / 2) push = here;
      sideways = std::max(sideways, (force - force.dot(inwards) * inwards).norm() / length / here);
    }
  }
};

TEST(Cable, RunsOverARoundBedLikeARopeOverAPulley) {
  const double exact = CableOptions{}.area * CableFibre{}.at(Pulley::stretch).stress;
  const Pulley coarse(64), fine(128);
  expect_verified({"Cable over a round bed, 128 segments", "tension, mN", fine.tension, exact, 0.1, "A σ(arc/unstressed length)"});
  expect_verified({"Cable over a round bed, 128 segments", "lateral force, mN/mm", fine.push, exact / Pulley::radius, 0.1, "T/R"});
  expect_at_most("Cable over a round bed, 128 segments", "range of the tension along it, %", 100.0 * (fine.most / fine.least - 1.0), 1e-6,
                 "one tension all along");
  expect_at_most("Cable over a round bed, 128 segments", "push along the bed over push across it", fine.sideways, 0.01,
                 "none but from uneven chords");
  expect_at_least("Cable over a round bed, 128 segments", "order of the tension", order(coarse.tension - exact, fine.tension - exact), 1.9,
                  "2 for chords of an arc");
}

/// A straight cable in an elastic bed, pulled at one end by a little slip q_L. With λ₀ the stretch at rest, κ the bed's stiffness
/// for each millimetre of path and q = m − m⁰, equilibrium d/ds A(w − λσ) = κ q is for small slip
///   E A λ₀³ q'' = κ q,   q = q_L sinh(s/ℓ)/sinh(L/ℓ),   ℓ² = E A λ₀³/κ,
///   ΔT = −E A λ₀² q' = −E A λ₀² q_L/ℓ · cosh(s/ℓ)/sinh(L/ℓ).
struct BedStiffness {
  static constexpr double length = 400.0, decay = 100.0, stretch = 1.08, modulus = 2000.0, area = 50.0, pull = 1e-4;
  static double exact_slip(double s) { return -pull * std::sinh(s / decay) / std::sinh(length / decay); }
  static double exact_change(double s) {
    return modulus * area * stretch * stretch * pull / decay * std::cosh(s / decay) / std::sinh(length / decay);
  }
  double slip_error = 0.0, tension_error = 0.0;  ///< over the largest
  double pulled = 0.0;                           ///< change of the tension in the last segment's middle, mN
  double pulled_exact = 0.0;

  explicit BedStiffness(int segments) {
    const double step = length / segments, kappa = modulus * area * std::pow(stretch, 3) / (decay * decay);
    std::vector<Vec3> points;
    std::vector<double> rest;
    for (int i = 0; i <= segments; ++i) {
      points.emplace_back(0, 0, -step * i);
      rest.push_back(step * i / stretch);
    }
    rest.back() -= pull;
    CableOptions options;
    options.fibre = {1.0, modulus, modulus};  // linear from the start
    options.area = area;
    const HeldCable c(points, rest, std::vector<double>(points.size(), kappa * step), options);
    const double before = area * modulus * (stretch - 1.0);
    for (int i = 0; i <= segments; ++i)
      slip_error = std::max(slip_error, std::abs(c.report.material[i] - step * i / stretch - exact_slip(step * i)) / pull);
    for (int j = 0; j < segments; ++j)
      tension_error = std::max(tension_error, std::abs(c.report.tension[j] - before - exact_change(step * (j + 0.5))) / exact_change(length));
    pulled = c.report.tension.back() - before;
    pulled_exact = exact_change(length - 0.5 * step);
  }
};

TEST(Cable, TensionDiesAwayInAnElasticBed) {
  const BedStiffness coarse(32), fine(64);
  expect_verified({"Cable in an elastic bed, 64 segments", "tension added at the pulled end, mN", fine.pulled, fine.pulled_exact, 0.1,
                   "E A λ₀² q/ℓ cosh(s/ℓ)/sinh(L/ℓ)"});
  expect_at_most("Cable in an elastic bed, 64 segments", "largest error of the slip, % of the slip at the end", 100.0 * fine.slip_error, 0.1,
                 "q sinh(s/ℓ)/sinh(L/ℓ)");
  expect_at_most("Cable in an elastic bed, 64 segments", "largest error of the added tension, % of its peak", 100.0 * fine.tension_error, 0.1,
                 "E A λ₀² q/ℓ cosh(s/ℓ)/sinh(L/ℓ)");
  expect_at_least("Cable in an elastic bed, 64 segments", "order of the slip", order(coarse.slip_error, fine.slip_error), 1.9,
                  "2 for straight segments");
  expect_at_least("Cable in an elastic bed, 64 segments", "order of the tension", order(coarse.tension_error, fine.tension_error), 1.9,
                  "2 in the segments' middles");
}

}  // namespace
}  // namespace nerveload
