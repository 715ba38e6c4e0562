#include "solver/materials/prony.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "tests/solver/materials/derivatives.hpp"

namespace nerveload {
namespace {

const Prony two_terms{{{0.5, 3.0}, {0.2, 60.0}}};

double relaxation(const Prony& prony, double t) {
  double g = 1.0;
  for (const Prony::Term& term : prony.terms) g -= term.g * (1.0 - std::exp(-t / term.tau_s));
  return g;
}

/// Ogden solid with two families in tension and, if wanted, tone.
Material fibrous(double tone = 0.0) {
  Material m;
  m.matrix = Ogden{{{3.5, -1.25}, {0.6, 6.0}}};
  m.fibres = FibreFamily{0.3, 12.0, 40.0, 1.15, tone};
  m.second_fibres = DirectedFibres{FibreFamily{0.5, 7.0, 25.0, 1.2, 0.0}, {0.8, 0.6, 0.0}};
  m.viscosity = two_terms;
  return m;
}
const Vec<double> a0{0.6, 0.0, 0.8};

std::vector<double> at_rest(const Material& m) { return std::vector<double>(m.viscosity.history_size(), 0.0); }

/// Takes the history through a step and answers the stress at its end.
Sym3<double> advance(const Material& m, const Mat3<double>& F, double dt_s, std::vector<double>& history) {
  const Prony::Step step = m.viscosity.step(dt_s);
  const Sym3<double> tau = m.respond(F, a0, step, history).tau;
  m.commit(F, a0, step, history);
  return tau;
}

void expect_near(const Sym3<double>& found, const Sym3<double>& wanted, double tolerance, double factor = 1.0) {
  for (int i = 0; i < 6; ++i) EXPECT_NEAR(found[i], factor * wanted[i], tolerance) << "component " << i;
}

TEST(Prony, StressAfterASuddenStrainFallsAsTheSeriesSays) {
  const Material m = fibrous();
  const Sym3<double> elastic = m.respond(general, a0).tau;
  for (const double dt : {0.01, 0.7, 25.0, 1000.0}) {
    std::vector<double> history = at_rest(m);
    expect_near(advance(m, general, 0.0, history), elastic, 1e-13);
    for (int k = 1; k <= 20; ++k) expect_near(advance(m, general, dt, history), elastic, 1e-12, relaxation(m.viscosity, k * dt));
  }
}

/// Stress of a point whose elastic stress grows as D t: (1 − Σ g) D t + Σ g τ (1 − e^(−t/τ)) D, in steps of any lengths.
TEST(Prony, AStressThatGrowsSteadilyIsTheClosedForm) {
  const Prony prony{{{0.4, 0.5}, {0.3, 8.0}}};
  const Mat3<double> F = Mat3<double>::identity();
  const Sym3<double> D{{2.0, -0.5, -1.5, 0.3, 0.7, -0.2}};
  std::vector<double> history(prony.history_size(), 0.0);
  double t = 0.0;
  for (const double dt : {1e-9, 0.1, 0.1, 1.7, 0.003, 12.0, 40.0}) {
    t += dt;
    Response<double> elastic;
    for (int i = 0; i < 6; ++i) elastic.tau[i] = t * D[i];
    const Prony::Step step = prony.step(dt);
    const Response<double> r = Prony::respond(step.share, Prony::frozen_stress(step, history), F, elastic);
    Prony::commit(step, F, elastic.tau, history);
    double factor = 0.3 * t;
    for (const Prony::Term& term : prony.terms) factor -= term.g * term.tau_s * std::expm1(-t / term.tau_s);
    expect_near(r.tau, D, 1e-13 * (1.0 + t), factor);
  }
}

/// Neo-Hookean simple shear, γ = rate t. S̃_XY = μ (γ + γ³/3), so that
///   τ_XY = (1 − g) μ (γ + γ³/3) + S̃'s memory, with F = 1 + γ e_X⊗e_Y acting on all of S̃ and Q; the memory of tⁿ is a closed form.
class ShearRamp {
 public:
  static constexpr double mu = 2.0, rate = 0.25, end = 4.0;  // γ = 1
  static constexpr Prony::Term term{0.6, 1.5};

  static Sym3<double> exact() {
    // S̃ = μ (1 − (1 + γ²/3) C⁻¹), C⁻¹ = [1 + γ², −γ; −γ, 1]: coefficients of the powers of γ.
    const double third = 1.0 / 3.0;
    const double xx[] = {0, 0, -4 * third, 0, -third}, yy[] = {0, 0, -third, 0, 0}, xy[] = {0, 1, 0, third, 0};
    const Sym3<double> S{{held(xx), held(yy), held(yy), held(xy), 0, 0}};
    const double g = rate * end;
    const Sym3<double> t{{S[0] + 2 * g * S[3] + g * g * S[1], S[1], S[2], S[3] + g * S[1], 0, 0}};
    const double mean = (t[0] + t[1] + t[2]) / 3.0;
    return {{t[0] - mean, t[1] - mean, t[2] - mean, t[3], 0, 0}};
  }

  static double error(int steps) {
    Material m;
    m.matrix = NeoHookean{mu};
    m.viscosity = {{term}};
    std::vector<double> history = at_rest(m);
    Sym3<double> tau;
    for (int k = 1; k <= steps; ++k) tau = advance(m, {{1, rate * end * k / steps, 0, 0, 1, 0, 0, 0, 1}}, end / steps, history);
    double worst = 0.0;
    for (int i = 0; i < 6; ++i) worst = std::max(worst, std::abs(tau[i] - exact()[i]));
    return worst;
  }

 private:
  /// (1 − g) S̃ + Q at the end. Q of tⁿ:  I_n = ∫ e^(−(end − s)/τ) n sⁿ⁻¹ ds = n τ (endⁿ⁻¹ − I_{n−1}), I_1 = τ (1 − e^(−end/τ)).
  static double held(const double (&powers)[5]) {
    double sum = 0.0, memory = 0.0;
    for (int n = 1; n < 5; ++n) {
      memory = n == 1 ? -term.tau_s * std::expm1(-end / term.tau_s) : n * term.tau_s * (std::pow(end, n - 1) - memory);
      sum += mu * powers[n] * std::pow(rate, n) * ((1.0 - term.g) * std::pow(end, n) + term.g * memory);
    }
    return sum;
  }
};

TEST(Prony, AShearRampConvergesToTheConvolutionIntegralWithTheSquareOfTheStep) {
  const double coarse = ShearRamp::error(20), fine = ShearRamp::error(40), finest = ShearRamp::error(80);
  EXPECT_NEAR(coarse / fine, 4.0, 0.1);
  EXPECT_NEAR(fine / finest, 4.0, 0.05);
  EXPECT_LT(finest, 2e-4 * ShearRamp::exact()[3]);
}

TEST(Prony, EndlessStepsAreRelaxedAndSuddenOnesElastic) {
  const Material m = fibrous();
  const Sym3<double> elastic = m.respond(general, a0).tau, before = m.respond(squeezed, a0).tau;
  for (const double dt : {1e12, std::numeric_limits<double>::infinity()}) {
    std::vector<double> history = at_rest(m);
    advance(m, squeezed, 1.0, history);
    expect_near(advance(m, general, dt, history), elastic, 1e-8, 0.3);
  }
  for (const double dt : {0.0, 1e-300, 1e-13}) {
    std::vector<double> history = at_rest(m);
    expect_near(advance(m, squeezed, dt, history), before, 1e-10);
    expect_near(advance(m, general, dt, history), elastic, 1e-10);
  }
}

/// What it says about the length of the step it says smoothly: no digits are lost in k for short ones.
TEST(Prony, FactorsKeepTheirDigits) {
  const Prony prony{{{0.5, 1.0}}};
  for (const double x : {1e-12, 1e-8, 1e-5, 1e-3}) {
    const double k = 1.0 - x / 2.0 + x * x / 6.0 - x * x * x / 24.0 + x * x * x * x / 120.0;
    EXPECT_NEAR(prony.step(x).factors[0].gain, 0.5 * k, 1e-15);
    EXPECT_NEAR(prony.step(x).share, 0.5 + 0.5 * k, 1e-15);
  }
}

/// In a step the solid is hyperelastic: share W + ½ H : C̄.
struct WithinAStep {
  Material material;
  Prony::Step step;
  std::vector<double> history;
  template <class T>
  T energy(const Mat3<T>& F) const {
    const Sym3<double> H = Prony::frozen_stress(step, history);
    T w = T(0.0);
    for (int i = 0; i < 3; ++i)
      for (int j = 0; j < 3; ++j)
        for (int k = 0; k < 3; ++k) w += 0.5 * H(i, j) * F(k, i) * F(k, j);
    return step.share * WholeMaterial{material, a0}.energy(F) + exp(-(2.0 / 3.0) * log(determinant(F))) * w;
  }
  template <class T>
  Response<T> respond(const Mat3<T>& F) const {
    return material.respond(F, a0, step, history);
  }
};

TEST(Prony, StressAndTangentOfAStepAreDerivativesOfItsEnergy) {
  const Material m = fibrous();
  std::vector<double> history = at_rest(m);
  advance(m, squeezed, 2.0, history);
  advance(m, general, 5.0, history);
  for (const double dt : {0.0, 0.4, 30.0}) {
    const WithinAStep step{m, m.viscosity.step(dt), history};
    for (const Mat3<double>& F : {general, squeezed}) {
      expect_derivatives(step, F, 1e-10);
    }
  }
}

TEST(Prony, RotationsThatGrowOnTheWayOnlyTurnTheStress) {
  const Material m = fibrous(5.0);
  std::vector<double> still = at_rest(m), turned = still;
  Mat3<double> Q = Mat3<double>::identity();
  for (int k = 1; k <= 4; ++k) {
    Mat3<double> F = Mat3<double>::identity();
    for (int i = 0; i < 9; ++i) F.a[i] += 0.25 * k * (general.a[i] - F.a[i]);
    Q = product(rotation(), Q);
    const Sym3<double> a = advance(m, F, 1.5, still), b = advance(m, product(Q, F), 1.5, turned);
    for (int i = 0; i < 3; ++i)
      for (int j = 0; j < 3; ++j) {
        double expected = 0.0;
        for (int p = 0; p < 3; ++p)
          for (int q = 0; q < 3; ++q) expected += Q(i, p) * a(p, q) * Q(j, q);
        EXPECT_NEAR(b(i, j), expected, 1e-11);
      }
  }
  for (std::size_t i = 0; i < still.size(); ++i) EXPECT_NEAR(still[i], turned[i], 1e-11);
}

TEST(Prony, ToneDoesNotRelax) {
  const Material m = fibrous(20.0);
  Material tone_only;
  tone_only.matrix = NeoHookean{0.0};
  tone_only.fibres = m.fibres->tone();
  std::vector<double> history = at_rest(m);
  const Sym3<double> passive = fibrous().respond(general, a0).tau, tone = tone_only.respond(general, a0).tau;
  expect_near(advance(m, general, 0.0, history), m.respond(general, a0).tau, 1e-12);
  const Sym3<double> late = advance(m, general, 1e12, history);
  for (int i = 0; i < 6; ++i) EXPECT_NEAR(late[i], 0.3 * passive[i] + tone[i], 1e-9);
}

/// A step of length 0 in the shape of the last one: the stress that the history stands for.
TEST(Prony, TheHistoryKnowsItsStress) {
  const Material m = fibrous(3.0);
  std::vector<double> history = at_rest(m);
  advance(m, squeezed, 2.0, history);
  const Sym3<double> tau = advance(m, general, 5.0, history);
  const std::vector<double> before = history;
  expect_near(advance(m, general, 0.0, history), tau, 1e-12);
  for (std::size_t i = 0; i < history.size(); ++i) EXPECT_NEAR(history[i], before[i], 1e-12);
}

TEST(Prony, NoTermsAreElastic) {
  Material m = fibrous();
  m.viscosity = {};
  EXPECT_EQ(m.viscosity.history_size(), 0u);
  std::vector<double> history;
  const Sym3<double> tau = advance(m, general, 1.0, history), elastic = m.respond(general, a0).tau;
  for (int i = 0; i < 6; ++i) EXPECT_EQ(tau[i], elastic[i]);
}

}  // namespace
}  // namespace nerveload
