/// A displacement field is chosen, the body force that it needs is computed with dual numbers, and the solver must find the
/// field again: second order in the displacement, first in the stress.
#include <gtest/gtest.h>

#include "solver/base/dual.hpp"
#include "tests/support/path.hpp"
#include "tests/support/solids.hpp"
#include "tests/support/verified.hpp"

namespace nerveload {
namespace {

constexpr double side = 10.0, bulk = 60.0;
const Ogden ground{{{3.0, 2.0}, {1.0, -3.0}}};

/// u and its gradient at X, cubic and exponential; about 12 % of strain.
template <class T>
Vec<T> field(const Vec<T>& X) {
  const T x = X[0] / side, y = X[1] / side, z = X[2] / side;
  return {side * 0.10 * (x * x * y + z * z * z / 3.0), side * 0.08 * (y * y * z - x * z * z + exp(0.5 * x)),
          side * 0.09 * (x * y * z + x * x - y * y * y)};
}
template <class T>
Mat3<T> deformation(const Vec<T>& X) {
  const T x = X[0] / side, y = X[1] / side, z = X[2] / side;
  Mat3<T> F = Mat3<T>::identity();
  F(0, 0) += 0.10 * 2.0 * x * y;
  F(0, 1) += 0.10 * x * x;
  F(0, 2) += 0.10 * z * z;
  F(1, 0) += 0.08 * (0.5 * exp(0.5 * x) - z * z);
  F(1, 1) += 0.08 * 2.0 * y * z;
  F(1, 2) += 0.08 * (y * y - 2.0 * x * z);
  F(2, 0) += 0.09 * (y * z + 2.0 * x);
  F(2, 1) += 0.09 * (x * z - 3.0 * y * y);
  F(2, 2) += 0.09 * x * y;
  return F;
}

/// Kirchhoff stress with its volumetric part, and P = τ F⁻ᵀ.
template <class T>
Mat3<T> first_piola(const Mat3<T>& F) {
  const T J = determinant(F);
  Response<T> r = ground.respond(F);
  for (int i = 0; i < 3; ++i) r.tau[i] += bulk * (J - 1.0) * J;
  const Mat3<T> G = inverse(F, J);
  Mat3<T> P;
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 3; ++j)
      for (int k = 0; k < 3; ++k) P(i, j) += r.tau(i, k) * G(j, k);
  return P;
}

/// b = −Div P.
Vec3 body_force(const Vec3& X) {
  Vec3 b = Vec3::Zero();
  for (int j = 0; j < 3; ++j) {
    Vec<Dual> Xd;
    for (int i = 0; i < 3; ++i) Xd[i] = Dual(X[i], i == j ? 1.0 : 0.0);
    const Mat3<Dual> P = first_piola(deformation(Xd));
    for (int i = 0; i < 3; ++i) b[i] -= P(i, j).slope;
  }
  return b;
}

/// The force that holds the field, as a dead nodal load scaled with the path.
class BodyForce final : public Term {
 public:
  explicit BodyForce(const Mesh& mesh) : load_(Eigen::VectorXd::Zero(3 * mesh.X.size())) {
    for (const Hex& hex : mesh.hexes) {
      hex8::Positions X;
      for (int n = 0; n < 8; ++n)
        for (int i = 0; i < 3; ++i) X[n][i] = mesh.X[hex[n]][i];
      const hex8::Motion m = hex8::motion(X, {});
      for (int q = 0; q < hex8::points; ++q) {
        const auto N = shape(q);
        Vec3 at = Vec3::Zero();
        for (int n = 0; n < 8; ++n) at += N[n] * mesh.X[hex[n]];
        const Vec3 b = m.at[q].weight * body_force(at);
        for (int n = 0; n < 8; ++n) load_.segment<3>(3 * hex[n]) += N[n] * b;
      }
    }
  }
  static std::array<double, 8> shape(int q) {
    static constexpr int corner[8][3] = {{-1, -1, -1}, {1, -1, -1}, {1, 1, -1}, {-1, 1, -1}, {-1, -1, 1}, {1, -1, 1}, {1, 1, 1}, {-1, 1, 1}};
    const double a = 1.0 / std::sqrt(3.0);
    std::array<double, 8> N;
    for (int n = 0; n < 8; ++n) {
      N[n] = 0.125;
      for (int d = 0; d < 3; ++d) N[n] *= 1.0 + corner[n][d] * a * corner[q][d];
    }
    return N;
  }
  void claim(Layout& layout) override {
    for (int u = 0; u < load_.size(); ++u) blocks_.push_back(layout.couple(std::array{u}));
  }
  void add(const State& s, NewtonSystem& system) const override {
    const double none = 0.0;
    for (int u = 0; u < load_.size(); ++u) {
      const double r = -s.path * load_[u];
      system.add(blocks_[u], &r, &none);
    }
  }

 private:
  Eigen::VectorXd load_;
  std::vector<int> blocks_;
};

struct Errors {
  double displacement, stress;
};

/// L2 errors on n³ cells; the mesh is smoothly distorted by the same map at every size.
Errors errors(int n) {
  Mesh mesh = block_mesh({side, side, side}, {n, n, n});
  for (Vec3& X : mesh.X) {
    const Vec3 s = X;
    auto bump = [&](int i) { return std::sin(std::numbers::pi * (i == 2 ? s[i] : s[i] + 0.5 * side) / side); };
    X += 0.6 * bump(0) * bump(1) * bump(2) * Vec3(1, -1, 0.5);
  }
  Solid solid(std::move(mesh), {material(ground, bulk)});
  solid.model.terms.push_back(std::make_unique<BodyForce>(solid.mesh));
  auto exact = [](const Vec3& X) {
    const Vec<double> u = field(Vec<double>{X[0], X[1], X[2]});
    return Vec3(u[0], u[1], u[2]);
  };
  for (const char* set : {"xmin", "xmax", "ymin", "ymax", "zmin", "zmax"})
    for (const int k : solid.mesh.node_sets.at(set))
      for (int i = 0; i < 3; ++i) solid.prescribe(3 * k + i, exact(solid.mesh.X[k])[i]);
  Problem problem(solid.model, make_linear_solver(LinearSolverKind::best_available, 1));
  State state = problem.assembly.initial_state(solid.model);
  EXPECT_EQ(run_path(problem, state, 2, {}, 1e-10).ending, Ending::converged);
  Errors e{0.0, 0.0};
  for (std::size_t c = 0; c < solid.mesh.hexes.size(); ++c) {
    const hex8::Motion m = solid.body->motion(static_cast<int>(c), state);
    const auto sigma = solid.body->cauchy_stress(static_cast<int>(c), state);
    for (int q = 0; q < hex8::points; ++q) {
      const auto N = BodyForce::shape(q);
      Vec3 X = Vec3::Zero(), u = Vec3::Zero();
      for (int k = 0; k < 8; ++k) {
        X += N[k] * solid.mesh.X[solid.mesh.hexes[c][k]];
        u += N[k] * state.unknowns.segment<3>(3 * solid.mesh.hexes[c][k]);
      }
      e.displacement += m.at[q].weight * (u - exact(X)).squaredNorm();
      const Mat3<double> F = deformation(Vec<double>{X[0], X[1], X[2]}), P = first_piola(F);
      const double J = determinant(F);
      for (int i = 0; i < 3; ++i)
        for (int j = 0; j < 3; ++j) {
          const double s = (P(i, 0) * F(j, 0) + P(i, 1) * F(j, 1) + P(i, 2) * F(j, 2)) / J;
          e.stress += m.at[q].weight * std::pow(sigma[q](i, j) - s, 2);
        }
    }
  }
  return {std::sqrt(e.displacement), std::sqrt(e.stress)};
}

TEST(ManufacturedSolution, ConvergesWithTheElementsOrder) {
  const Errors coarse = errors(4), middle = errors(8), fine = errors(16);
  const double u_order = std::log2(middle.displacement / fine.displacement);
  const double stress_order = std::log2(middle.stress / fine.stress);
  RecordProperty("displacement_order", std::to_string(u_order));
  EXPECT_LT(middle.displacement, coarse.displacement);
  expect_at_least("Manufactured solution, distorted hexahedra", "order of the displacement", u_order, 1.9, "2 for linear shape functions");
  expect_at_least("Manufactured solution, distorted hexahedra", "order of the stress", stress_order, 0.9, "1 for linear shape functions");
  std::printf("displacement %.3e %.3e %.3e order %.2f; stress %.3e %.3e %.3e order %.2f\n", coarse.displacement, middle.displacement,
              fine.displacement, u_order, coarse.stress, middle.stress, fine.stress, stress_order);
}

}  // namespace
}  // namespace nerveload
