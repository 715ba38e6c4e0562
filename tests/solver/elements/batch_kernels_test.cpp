/// Packs of cells against the same text on single numbers, in every instruction set that this processor has.
#include <gtest/gtest.h>
#include <omp.h>

#include "tests/support/blocks.hpp"
#include "tests/support/solids.hpp"
#include "tests/support/term_check.hpp"

namespace nerveload {
namespace {

/// Residual, tangent and pressure of every cell by the reference element, put together without batches, slabs or packs.
struct Reference {
  Eigen::VectorXd residual;
  Eigen::MatrixXd tangent;
  Eigen::VectorXd mixed;

  Reference(const Mesh& mesh, const std::vector<Material>& materials, const State& s, const Eigen::VectorXd& du)
      : residual(Eigen::VectorXd::Zero(s.unknowns.size())), tangent(Eigen::MatrixXd::Zero(s.unknowns.size(), s.unknowns.size())), mixed(s.mixed) {
    for (int c = 0; c < static_cast<int>(mesh.cells.size()); ++c) {
      const Material& material = materials[mesh.region[c]];
      with_shape(mesh.cells[c].size(),
                 [&]<class Shape>(Shape) { with_ground(material, [&](const auto& ground) { add_cell<Shape>(mesh, c, material, ground, s, du); }); });
    }
  }

 private:
  template <class Shape, class Ground>
  void add_cell(const Mesh& mesh, int c, const Material& material, const Ground& ground, const State& s, const Eigen::VectorXd& du) {
    using Element = MeanDilatation<Shape, double>;
    const Cell& cell = mesh.cells[c];
    typename Element::Vectors X, u, G, f;
    for (int n = 0; n < Shape::nodes; ++n)
      for (int i = 0; i < 3; ++i) {
        X[n][i] = mesh.X[cell[n]][i];
        u[n][i] = s.unknowns[3 * cell[n] + i];
      }
    typename Element::Motion m;
    Element::move(X, u, nullptr, material.small_strain, m);
    const Vec3& a0 = mesh.fibre[c];
    const PointLaw<double, Ground> law{material, ground, {a0[0], a0[1], a0[2]}};
    PairBlocks<Shape, double> K;
    Element::integrate(law, m, s.mixed[c], f, K);
    Element::dilatation_gradient(m, material.small_strain, G);
    double change = 0.0;
    for (int a = 0; a < Shape::nodes; ++a)
      for (int i = 0; i < 3; ++i) {
        residual[3 * cell[a] + i] += f[a][i];
        change += G[a][i] * du[3 * cell[a] + i];
        for (int b = 0; b <= a; ++b)
          for (int k = 0; k < (a == b ? i + 1 : 3); ++k) {
            const double entry = K[pair_index(a, b)][3 * i + k];
            const int row = 3 * cell[a] + i, column = 3 * cell[b] + k;
            tangent(row, column) += entry;
            if (row != column) tangent(column, row) += entry;
          }
      }
    mixed[c] = material.volumetric.pressure(m.theta) + material.volumetric.stiffness(m.theta) / m.volume * change;
  }
};

std::vector<Material> some_materials() {
  std::vector<Material> m{material(NeoHookean{3.0}, 1500.0, Volumetric::Law::logarithmic), material(MooneyRivlin{1.0, 0.5}, 1500.0),
                          material(Ogden{{{3.5, -1.25}, {0.4, 5.0}}}, 200.0), material(NeoHookean{2.0}, 50.0),
                          material(Ogden{{{0.75, -4.5}}}, 750.0)};
  m[2].fibres = FibreFamily{0.3, 12.0, 40.0, 1.05, 4.0};
  m[3].small_strain = true;
  m[4].fibres = FibreFamily{0.3, 8.0, 30.0, 1.02, 0.0};
  m[4].second_fibres = DirectedFibres{FibreFamily{0.5, 7.0, 25.0, 1.2, 1.0}, {0.0, 0.6, 0.8}};
  return m;
}

struct Case {
  const ElementKernels* kernels;
  const char* shape;
};
std::vector<Case> cases() {
  std::vector<Case> all;
  for (const ElementKernels* k : usable_kernels())
    for (const char* shape : cell_shapes) all.push_back({k, shape});
  return all;
}

class BatchKernels : public testing::TestWithParam<Case> {};
INSTANTIATE_TEST_SUITE_P(ModesAndShapes, BatchKernels, testing::ValuesIn(cases()), [](const auto& sample) {
  std::string name = std::string(sample.param.kernels->name) + "_" + sample.param.shape;
  std::erase(name, '-');
  return name;
});

/// Regions of different sizes leave batches that are not full.
TEST_P(BatchKernels, AreTheReferenceElementInEveryLane) {
  Mesh mesh = block_of_shape(GetParam().shape, {3, 3, 2}, {3, 3, 2});
  distort(mesh, 0.05);
  mesh.fibre.assign(mesh.cells.size(), Vec3(0.6, 0.0, 0.8));
  const std::vector<Material> materials = some_materials();
  for (std::size_t c = 0; c < mesh.cells.size(); ++c) mesh.region[c] = static_cast<int>(c * c + c / 3) % 5;
  Solid solid(mesh, materials, {}, {}, *GetParam().kernels);
  const Assembly assembly(solid.model);
  State s = assembly.initial_state(solid.model);
  for (const double size : {1e-9, 0.06}) {  // not 0: there fibres are at the kink between slack and taut, and rounding decides
    s.unknowns = wiggle(s.unknowns.size(), size);
    s.mixed = wiggle(s.mixed.size(), 3.0);
    const Eigen::VectorXd du = wiggle(s.unknowns.size(), 1e-3).reverse();
    const Reference reference(mesh, materials, s, du);
    const Eigen::MatrixXd K = full_tangent(solid.model, assembly, s);
    EXPECT_LT((K - reference.tangent).cwiseAbs().maxCoeff(), 1e-12 * reference.tangent.cwiseAbs().maxCoeff());
    const double force = std::max(1.0, reference.residual.cwiseAbs().maxCoeff());
    NewtonSystem system(assembly);
    system.evaluate(solid.model, s);
    EXPECT_LT((system.residual - reference.residual).cwiseAbs().maxCoeff(), 1e-12 * force);
    EXPECT_LT((residual_at(solid.model, assembly, s) - reference.residual).cwiseAbs().maxCoeff(), 1e-12 * force);
    State after = s;
    solid.body->update_mixed(s, du, after);
    EXPECT_LT((after.mixed - reference.mixed).cwiseAbs().maxCoeff(), 1e-12 * 1500.0);
  }
}

TEST_P(BatchKernels, NameTheLowestInvertedCell) {
  Solid solid(block_of_shape(GetParam().shape, {5, 4, 2}, {5, 4, 2}), {material(NeoHookean{3.0}, 1500.0)}, {}, {}, *GetParam().kernels);
  const Assembly assembly(solid.model);
  State s = assembly.initial_state(solid.model);
  NewtonSystem system(assembly);
  const int count = static_cast<int>(solid.mesh.cells.size());
  for (const int cell : {count - 1, count / 2, 7}) {
    const int node = solid.mesh.cells[cell][0];
    s.unknowns.setZero();
    s.unknowns.segment<3>(3 * node) = 3.0 * (solid.mesh.X[solid.mesh.cells[cell][1]] - solid.mesh.X[node]);
    int lowest = -1;
    for (int c = count - 1; c >= 0; --c) {
      const CellPoints cell_points = solid.body->points(c, s);
      for (const CellPoint& p : cell_points.points())
        if (!(p.J > 0.0)) lowest = c;
    }
    ASSERT_GE(lowest, 0);
    for (const bool tangent : {true, false}) {
      system.request.tangent = tangent;
      system.evaluate(solid.model, s);
      EXPECT_EQ(system.inverted_cell, lowest);
    }
  }
  s.unknowns.setConstant(std::nan(""));
  system.evaluate(solid.model, s);
  EXPECT_EQ(system.inverted_cell, 0);
}

TEST_P(BatchKernels, PutTheSameBitsForAnyNumberOfThreads) {
  Mesh mesh = block_of_shape(GetParam().shape, {9, 5, 5}, {9, 5, 5});
  distort(mesh, 0.05);
  Solid solid(std::move(mesh), {material(Ogden{{{3.5, -1.25}}}, 7500.0)}, {}, {}, *GetParam().kernels);
  solid.prescribe("zmin", Vec3::Zero());
  const Assembly assembly(solid.model);
  State s = assembly.initial_state(solid.model);
  s.unknowns = wiggle(s.unknowns.size(), 0.03);
  const int before = omp_get_max_threads();
  omp_set_num_threads(1);
  NewtonSystem one(assembly);
  one.evaluate(solid.model, s);
  ASSERT_EQ(one.inverted_cell, -1);
  for (const int threads : {2, 3, 5}) {
    omp_set_num_threads(threads);
    NewtonSystem many(assembly);
    for (int repeat = 0; repeat < 5; ++repeat) {
      many.evaluate(solid.model, s);
      EXPECT_TRUE((one.residual.array() == many.residual.array()).all());
      EXPECT_TRUE((one.tangent.coeffs() == many.tangent.coeffs()).all());
    }
  }
  omp_set_num_threads(before);
}

/// The hexahedron's sums by modes against the plain sums over its points.
TEST(ParentSums, OfTheHexahedronAreThePlainOnes) {
  using Shape = Hex8Shape;
  auto number = [](int k) { return std::sin(1.0 + 0.7 * k * k); };
  Nodal<Shape, double> x, f, G;
  AtPoints<Shape, Mat3<double>> S, dx;
  ParentStiffness<Shape, double> D;
  PairBlocks<Shape, double> K;
  int k = 0;
  for (auto& node : x)
    for (double& v : node) v = number(++k);
  for (auto& node : G)
    for (double& v : node) v = number(++k);
  for (auto& point : S)
    for (double& v : point.a) v = number(++k);
  for (auto& part : D)
    for (auto& entry : part)
      for (double& v : entry) v = number(++k);
  const auto given = D;
  ParentSums<Shape>::derivatives(x, dx);
  ParentSums<Shape>::forces(S, f);
  ParentSums<Shape>::stiffness(D, 0.3, G, K);
  const auto& g = gradients_at_points<Shape>;
  for (int q = 0; q < Shape::points; ++q)
    for (int i = 0; i < 3; ++i)
      for (int d = 0; d < 3; ++d) {
        double sum = 0.0;
        for (int n = 0; n < Shape::nodes; ++n) sum += x[n][i] * g[q][n][d];
        EXPECT_NEAR(dx[q](i, d), sum, 1e-15);
      }
  for (int a = 0; a < Shape::nodes; ++a)
    for (int i = 0; i < 3; ++i) {
      double force = 0.0;
      for (int q = 0; q < Shape::points; ++q)
        for (int d = 0; d < 3; ++d) force += S[q](i, d) * g[q][a][d];
      EXPECT_NEAR(f[a][i], force, 1e-14);
      for (int b = 0; b <= a; ++b)
        for (int j = 0; j < (a == b ? i + 1 : 3); ++j) {
          double sum = 0.3 * G[a][i] * G[b][j];
          for (int q = 0; q < Shape::points; ++q)
            for (int d = 0; d < 3; ++d)
              for (int e = 0; e < 3; ++e) {
                // Of (i,k) with i < k the transposed is there, of i = k its half with d ≥ e.
                const bool turned = i < j || (i == j && d < e);
                const double entry = given[pair_index(std::max(i, j), std::min(i, j))][turned ? 3 * e + d : 3 * d + e][q];
                sum += g[q][a][d] * entry * g[q][b][e];
              }
          EXPECT_NEAR(K[pair_index(a, b)][3 * i + j], sum, 1e-14);
        }
    }
}

}  // namespace
}  // namespace nerveload
