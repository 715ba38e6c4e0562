/// A displacement field is chosen, the body force that it needs is computed with dual numbers, and the solver must find the
/// field again: second order in the displacement, first in the stress.
#include <gtest/gtest.h>

#include "solver/base/dual.hpp"
#include "tests/support/blocks.hpp"
#include "tests/support/path.hpp"
#include "tests/support/solids.hpp"
#include "tests/support/verified.hpp"

namespace nerveload {
namespace {

constexpr double side = 10.0;
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
Mat3<T> first_piola(const Mat3<T>& F, double bulk) {
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
Vec3 body_force(const Vec3& X, double bulk) {
  Vec3 b = Vec3::Zero();
  for (int j = 0; j < 3; ++j) {
    Vec<Dual> Xd;
    for (int i = 0; i < 3; ++i) Xd[i] = Dual(X[i], i == j ? 1.0 : 0.0);
    const Mat3<Dual> P = first_piola(deformation(Xd), bulk);
    for (int i = 0; i < 3; ++i) b[i] -= P(i, j).slope;
  }
  return b;
}

/// Visits the quadrature points of a mesh: visit(cell, point, position, reference volume, shape functions).
template <class Visit>
void for_each_point(const Mesh& mesh, Visit&& visit) {
  for (std::size_t c = 0; c < mesh.cells.size(); ++c) {
    const Cell& cell = mesh.cells[c];
    with_shape(cell.size(), [&]<class Shape>(Shape) {
      for (int q = 0; q < Shape::points; ++q) {
        const Vec<double> xi = Shape::point(q);
        auto reference = [&](int n) { return mesh.X[n]; };
        const double volume = Shape::weight(q) * parent_derivative(cell, xi, reference).determinant();
        visit(static_cast<int>(c), q, interpolate(cell, xi, reference), volume, Shape::shape_functions(xi));
      }
    });
  }
}

/// The force that holds the field, as a dead nodal load scaled with the path.
class BodyForce final : public Term {
 public:
  BodyForce(const Mesh& mesh, double bulk) : load_(Eigen::VectorXd::Zero(3 * mesh.X.size())) {
    for_each_point(mesh, [&](int c, int, const Vec3& X, double volume, const auto& N) {
      const Vec3 b = volume * body_force(X, bulk);
      for (std::size_t n = 0; n < N.size(); ++n) load_.segment<3>(3 * mesh.cells[c][static_cast<int>(n)]) += N[n] * b;
    });
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

/// L2 errors on n³ cells or boxes of tetrahedra; the mesh is smoothly distorted by the same map at every size.
Errors errors(const std::string& shape, int n, double bulk) {
  Mesh mesh = block_of_shape(shape, {side, side, side}, {n, n, n});
  for (Vec3& X : mesh.X) {
    const Vec3 s = X;
    auto bump = [&](int i) { return std::sin(std::numbers::pi * (i == 2 ? s[i] : s[i] + 0.5 * side) / side); };
    X += 0.6 * bump(0) * bump(1) * bump(2) * Vec3(1, -1, 0.5);
  }
  Solid solid(std::move(mesh), {material(ground, bulk)});
  solid.model.terms.push_back(std::make_unique<BodyForce>(solid.mesh, bulk));
  auto exact = [](const Vec3& X) {
    const Vec<double> u = field(Vec<double>{X[0], X[1], X[2]});
    return Vec3(u[0], u[1], u[2]);
  };
  for (const char* set : {"xmin", "xmax", "ymin", "ymax", "zmin", "zmax"})
    for (const int k : solid.mesh.node_sets.at(set))
      for (int i = 0; i < 3; ++i) solid.prescribe(3 * k + i, exact(solid.mesh.X[k])[i]);
  Problem problem(solid.model, make_linear_solver(LinearSolverKind::best_available, 1));
  State state = problem.assembly.initial_state(solid.model);
  EXPECT_EQ(run_path(problem, state, 1, {}, 1e-8).ending, Ending::converged);
  Errors e{0.0, 0.0};
  for_each_point(solid.mesh, [&](int c, int q, const Vec3& X, double volume, const auto& N) {
    Vec3 u = Vec3::Zero();
    for (std::size_t k = 0; k < N.size(); ++k) u += N[k] * state.unknowns.segment<3>(3 * solid.mesh.cells[c][static_cast<int>(k)]);
    e.displacement += volume * (u - exact(X)).squaredNorm();
    const Sym3<double> found = solid.body->points(c, state).at[q].cauchy;
    const Mat3<double> F = deformation(Vec<double>{X[0], X[1], X[2]}), P = first_piola(F, bulk);
    const double J = determinant(F);
    for (int i = 0; i < 3; ++i)
      for (int j = 0; j < 3; ++j) {
        const double s = (P(i, 0) * F(j, 0) + P(i, 1) * F(j, 1) + P(i, 2) * F(j, 2)) / J;
        e.stress += volume * std::pow(found(i, j) - s, 2);
      }
  });
  return {std::sqrt(e.displacement), std::sqrt(e.stress)};
}

struct Orders {
  double displacement, stress;
};

/// Between a mesh of n³ and one of half its size.
Orders orders(const std::string& shape, int n, double bulk) {
  const Errors coarse = errors(shape, n, bulk), fine = errors(shape, 2 * n, bulk);
  const Orders o{std::log2(coarse.displacement / fine.displacement), std::log2(coarse.stress / fine.stress)};
  std::printf("%s: displacement %.3e %.3e order %.2f; stress %.3e %.3e order %.2f\n", shape.c_str(), coarse.displacement, fine.displacement,
              o.displacement, coarse.stress, fine.stress, o.stress);
  return o;
}

TEST(ManufacturedSolution, ConvergesWithTheOrderOfHexahedra) {
  const Orders o = orders("hex8", 8, 60.0);
  expect_at_least("Manufactured solution, distorted hex8, K/G = 15", "order of the displacement", o.displacement, 1.9,
                  "2 for linear shape functions");
  expect_at_least("Manufactured solution, distorted hex8, K/G = 15", "order of the stress", o.stress, 0.9, "1 for linear shape functions");
}

/// With one pressure a cell, quadratic tetrahedra come to their order of 2 from below and late (their error without it is of third order,
/// and small): 1.60, 1.73, 1.81 at K/G = 15 on 4, 6 and 8 boxes a side and twice as many; 1.79, 1.86, 1.90 at K/G = 1.
TEST(ManufacturedSolution, ConvergesWithTheOrderOfQuadraticTetrahedra) {
#ifdef NERVELOAD_HAVE_MULTIFRONTAL
  constexpr int boxes = 8;
  constexpr double least = 1.88;
#else  // minutes instead of seconds on the finer pair
  constexpr int boxes = 4;
  constexpr double least = 1.77;
#endif
  const Orders o = orders("tet10", boxes, 4.0);
  expect_at_least("Manufactured solution, curved tet10, K/G = 1", "order of the displacement", o.displacement, least, "2 for one pressure a cell");
  expect_at_least("Manufactured solution, curved tet10, K/G = 1", "order of the stress", o.stress, 0.9, "1 for one pressure a cell");
}

TEST(ManufacturedSolution, ConvergesWithTheOrderOfLinearTetrahedra) {
  const Orders o = orders("tet4", 8, 60.0);
  expect_at_least("Manufactured solution, distorted tet4, K/G = 15", "order of the displacement", o.displacement, 1.9,
                  "2 for linear shape functions");
  expect_at_least("Manufactured solution, distorted tet4, K/G = 15", "order of the stress", o.stress, 0.9, "1 for linear shape functions");
}

}  // namespace
}  // namespace nerveload
