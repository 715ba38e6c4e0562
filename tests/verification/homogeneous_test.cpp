/// States of uniform strain: the patch test, and materials in uniaxial and equibiaxial tension and in simple shear.
#include <gtest/gtest.h>

#include <functional>

#include "tests/support/blocks.hpp"
#include "tests/support/path.hpp"
#include "tests/support/solids.hpp"
#include "tests/support/verified.hpp"

namespace nerveload {
namespace {

struct Errors {
  double displacement = 0.0, stress = 0.0;  ///< largest, over the largest value
};

/// x = F X on the surface of a block of 4 × 4 × 4 cells; inside it must be found exactly, with the one stress that belongs to it:
///   σ = μ J^{−5/3} (b − ⅓ tr b 1) + K (J − 1) 1.
Errors patch(double distortion, const Mat3d& turn, const char* shape = "hex8") {
  constexpr double mu = 3.0, bulk = 1500.0;
  const Mat3d strain = (Mat3d() << 1.15, 0.1, -0.05, 0.02, 0.92, 0.08, 0.05, -0.1, 0.97).finished(), F = turn * strain;
  Mesh mesh = block_of_shape(shape, {4, 4, 4}, {4, 4, 4});
  distort(mesh, distortion);
  for (Vec3& X : mesh.X) X = turn * X;
  Solid solid(std::move(mesh), {material(NeoHookean{mu}, bulk)});
  const Mat3d gradient = F - Mat3d::Identity();
  for (const char* set : {"xmin", "xmax", "ymin", "ymax", "zmin", "zmax"})
    for (const int n : solid.mesh.node_sets.at(set))
      for (int i = 0; i < 3; ++i) solid.prescribe(3 * n + i, (gradient * solid.mesh.X[n])[i]);
  Problem problem(solid.model, make_linear_solver(LinearSolverKind::best_available, 1));
  State state = problem.assembly.initial_state(solid.model);
  EXPECT_EQ(run_path(problem, state, 4, {}, 1e-14).ending, Ending::converged);
  const double J = F.determinant();
  const Mat3d b = F * F.transpose(), one = Mat3d::Identity();
  const Mat3d sigma = mu * std::pow(J, -5.0 / 3.0) * (b - b.trace() / 3.0 * one) + bulk * (J - 1.0) * one;
  Errors e;
  double largest = 0.0;
  for (std::size_t n = 0; n < solid.mesh.X.size(); ++n) {
    const Vec3 exact = gradient * solid.mesh.X[n];
    largest = std::max(largest, exact.norm());
    e.displacement = std::max(e.displacement, (state.unknowns.segment<3>(3 * static_cast<Eigen::Index>(n)) - exact).norm());
  }
  e.displacement /= largest;
  for (std::size_t c = 0; c < solid.mesh.cells.size(); ++c)
    for (const CellPoints points = solid.body->points(static_cast<int>(c), state); const CellPoint& at : points.points())
      for (int i = 0; i < 3; ++i)
        for (int j = 0; j < 3; ++j) e.stress = std::max(e.stress, std::abs(at.cauchy(i, j) - sigma(i, j)) / sigma.norm());
  return e;
}

TEST(Patch, UniformStrainIsFoundExactly) {
  const Mat3d none = Mat3d::Identity(), turn = Eigen::AngleAxisd(1.1, Vec3(1, 2, -1).normalized()).toRotationMatrix();
  const char* const source = "uniform strain";
  const Errors regular = patch(0.0, none), distorted = patch(0.2, none), turned = patch(0.2, turn);
  const Errors tet10 = patch(0.05, turn, "tet10"), tet4 = patch(0.1, turn, "tet4");
  expect_at_most("Patch test, regular cells", "largest error of the displacement, of the largest", regular.displacement, 1e-10, source);
  expect_at_most("Patch test, regular cells", "largest error of the stress, of the largest", regular.stress, 1e-10, source);
  expect_at_most("Patch test, distorted cells", "largest error of the displacement, of the largest", distorted.displacement, 1e-10, source);
  expect_at_most("Patch test, distorted cells", "largest error of the stress, of the largest", distorted.stress, 1e-10, source);
  expect_at_most("Patch test, distorted cells, turned by 63°", "largest error of the displacement, of the largest", turned.displacement, 1e-10,
                 source);
  expect_at_most("Patch test, distorted cells, turned by 63°", "largest error of the stress, of the largest", turned.stress, 1e-10, source);
  expect_at_most("Patch test, curved tet10, turned by 63°", "largest error of the displacement, of the largest", tet10.displacement, 1e-10, source);
  expect_at_most("Patch test, curved tet10, turned by 63°", "largest error of the stress, of the largest", tet10.stress, 1e-10, source);
  expect_at_most("Patch test, distorted tet4, turned by 63°", "largest error of the displacement, of the largest", tet4.displacement, 1e-10, source);
  expect_at_most("Patch test, distorted tet4, turned by 63°", "largest error of the stress, of the largest", tet4.stress, 1e-10, source);
}

/// A material with its separable response f(λ) = λ ∂W/∂λ: incompressible, σ_i − σ_j = f(λ_i) − f(λ_j). Fibres along z add
/// g(λ_z) to σ along themselves.
struct Law {
  std::string name;
  Matrix matrix;
  std::optional<FibreFamily> fibres;
  std::function<double(double)> f;
  double g(double stretch) const {
    if (!fibres || stretch <= 1.0) return 0.0;
    const double toe = std::min(stretch, fibres->lambda_max);
    return fibres->c3 * (std::exp(fibres->c4 * (toe - 1.0)) - 1.0) + fibres->c5 * (stretch - toe);
  }
};

std::vector<Law> laws() {
  const NeoHookean neo{3.5};
  const MooneyRivlin mooney{1.1, 0.4};
  const Ogden ogden{{{3.5, -1.25}, {0.6, 6.0}}};
  auto neo_f = [=](double l) { return neo.shear_modulus * l * l; };
  return {{"neo-Hookean", neo, {}, neo_f},
          {"Mooney-Rivlin", mooney, {}, [=](double l) { return 2.0 * (mooney.c10 * l * l - mooney.c01 / (l * l)); }},
          {"Ogden",
           ogden,
           {},
           [=](double l) {
             double sum = 0.0;
             for (const Ogden::Term& t : ogden.terms) sum += 2.0 * t.mu / t.alpha * std::pow(l, t.alpha);
             return sum;
           }},
          {"neo-Hookean with fibres", neo, FibreFamily{0.3, 12.0, 40.0, 1.15, 0.0}, neo_f}};
}

/// A block of 10 mm with distorted cells and K/G about a million.
struct Sample : Solid {
  static Mesh cells() {
    Mesh mesh = block_mesh({10, 10, 10}, {3, 3, 3});
    distort(mesh, 0.4);
    mesh.fibre.assign(mesh.cells.size(), Vec3::UnitZ());
    return mesh;
  }
  static Material of(const Law& law) {
    Material m = material(law.matrix, 3e6);
    m.fibres = law.fibres;
    return m;
  }
  explicit Sample(const Law& law) : Solid(cells(), {of(law)}) {}
  void hold_planes() {
    prescribe("xmin", Vec3::Zero(), {0});
    prescribe("ymin", Vec3::Zero(), {1});
    prescribe("zmin", Vec3::Zero(), {2});
  }
  /// Force on a face of 100 mm² over its area, kPa.
  Vec3 nominal_stress(const std::string& face) {
    Problem problem(model, make_linear_solver(LinearSolverKind::best_available, 1));
    State state = problem.assembly.initial_state(model);
    EXPECT_EQ(run_path(problem, state, 4, {}, 1e-9).ending, Ending::converged);
    return reaction(mesh, face, problem.system.residual) / 100.0;
  }
};

TEST(Homogeneous, UniaxialTension) {
  const double l = 1.5;
  for (const Law& law : laws()) {
    Sample s(law);
    s.hold_planes();
    s.prescribe("zmax", Vec3(0, 0, 10.0 * (l - 1.0)), {2});
    const double exact = (law.f(l) - law.f(1.0 / std::sqrt(l)) + law.g(l)) / l;
    expect_verified({"Uniaxial tension by 50 %, K/G = 10⁶", law.name + ", nominal stress, kPa", s.nominal_stress("zmax")[2], exact, 0.01,
                     "closed form, incompressible"});
  }
}

/// In the plane y, z; the fibres lie in it.
TEST(Homogeneous, EquibiaxialTension) {
  const double l = 1.4;
  for (const Law& law : laws()) {
    Sample s(law);
    s.hold_planes();
    s.prescribe("ymax", Vec3(0, 10.0 * (l - 1.0), 0), {1});
    s.prescribe("zmax", Vec3(0, 0, 10.0 * (l - 1.0)), {2});
    const double exact = (law.f(l) - law.f(1.0 / (l * l)) + law.g(l)) / l;
    expect_verified({"Equibiaxial tension by 40 %, K/G = 10⁶", law.name + ", nominal stress, kPa", s.nominal_stress("zmax")[2], exact, 0.01,
                     "closed form, incompressible"});
  }
}

/// u_x = γ z. Principal stretches λ, 1/λ with λ − 1/λ = γ:  σ_xz = (f(λ) − f(1/λ))/(λ + 1/λ) + g(√(1 + γ²)) γ/(1 + γ²).
TEST(Homogeneous, SimpleShear) {
  const double gamma = 0.6, l = 0.5 * (gamma + std::sqrt(gamma * gamma + 4.0));
  for (const Law& law : laws()) {
    Sample s(law);
    for (const char* set : {"xmin", "xmax", "ymin", "ymax", "zmin", "zmax"})
      for (const int n : s.mesh.node_sets.at(set))
        for (int i = 0; i < 3; ++i) s.prescribe(3 * n + i, i == 0 ? gamma * s.mesh.X[n][2] : 0.0);
    const double exact = (law.f(l) - law.f(1.0 / l)) / (l + 1.0 / l) + law.g(std::sqrt(1.0 + gamma * gamma)) * gamma / (1.0 + gamma * gamma);
    expect_verified({"Simple shear by 0.6, K/G = 10⁶", law.name + ", shear stress, kPa", s.nominal_stress("zmax")[0], exact, 0.01,
                     "closed form, incompressible"});
  }
}

}  // namespace
}  // namespace nerveload
