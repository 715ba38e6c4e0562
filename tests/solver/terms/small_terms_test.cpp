#include <gtest/gtest.h>

#include "solver/terms/fibre_membrane.hpp"
#include "solver/terms/sliding_cable.hpp"
#include "solver/terms/sliding_support.hpp"
#include "tests/support/solids.hpp"
#include "tests/support/term_check.hpp"

namespace nerveload {
namespace {

struct Sheet {
  Mesh mesh;
  Model model;
  explicit Sheet(double size, SheetFibre along, SheetFibre across, bool bent = true) : mesh(block_mesh({size, size, 1}, {4, 4, 1})) {
    if (bent)
      for (Vec3& X : mesh.X) X[2] += 0.05 * X[0] * X[0] - 0.03 * X[0] * X[1];
    std::vector<FibreMembrane::Facet> facets;
    for (const Facet& q : mesh.facet_sets.at("zmax")) facets.push_back({Quad{q[0], q[1], q[2], q[3]}, Vec3(1, 0.4, 0).normalized(), 0.25});
    model.mesh = &mesh;
    model.terms.push_back(std::make_unique<FibreMembrane>(mesh, facets, along, across));
  }
};

TEST(SheetFibre, LawIsSmoothAndTensionOnly) {
  const SheetFibre f{1000.0, 0.03};
  EXPECT_EQ(f.at(-0.1).stress, 0.0);
  EXPECT_EQ(f.at(0.0).stiffness, 0.0);
  EXPECT_NEAR(f.at(0.03).stress, f.at(0.03 + 1e-13).stress, 1e-9);
  EXPECT_NEAR(f.at(0.03).stiffness, f.at(0.03 + 1e-13).stiffness, 1e-9);
  const double h = 1e-7;
  for (const double e : {0.01, 0.029, 0.05}) EXPECT_NEAR(f.at(e).stiffness, (f.at(e + h).stress - f.at(e - h).stress) / (2 * h), 1e-4);
}

TEST(FibreMembrane, TangentIsTheDerivativeOfTheResidual) {
  const Sheet sheet(8.0, {1000.0, 0.03}, {300.0, 0.03});
  State s = Assembly(sheet.model).initial_state(sheet.model);
  for (std::size_t n = 0; n < sheet.mesh.X.size(); ++n)  // stretched by 10 % both ways, and uneven
    s.unknowns.segment<3>(3 * n) = 0.10 * sheet.mesh.X[n];
  s.unknowns += wiggle(s.unknowns.size(), 0.02);
  EXPECT_LT(tangent_error(sheet.model, s, 1e-6), 1e-7);
}

TEST(FibreMembrane, PullsWithModulusTimesSection) {
  Sheet sheet(8.0, {1000.0, 0.03}, {0.0, 0.03}, false);
  std::vector<FibreMembrane::Facet> facets;
  for (const Facet& q : sheet.mesh.facet_sets.at("zmax")) facets.push_back({Quad{q[0], q[1], q[2], q[3]}, Vec3::UnitX(), 0.25});
  sheet.model.terms.clear();
  sheet.model.terms.push_back(std::make_unique<FibreMembrane>(sheet.mesh, facets, SheetFibre{1000.0, 0.03}, SheetFibre{0.0, 0.03}));
  const Assembly assembly(sheet.model);
  State s = assembly.initial_state(sheet.model);
  for (std::size_t n = 0; n < sheet.mesh.X.size(); ++n) s.unknowns[3 * n] = 0.1 * sheet.mesh.X[n][0];
  const Eigen::VectorXd r = residual_at(sheet.model, assembly, s);
  const double expected = 1000.0 * (0.1 - 0.015) * 0.25 * 8.0;  // mN
  EXPECT_NEAR(reaction(sheet.mesh, "xmax", r)[0], expected, 1e-9 * expected);
  EXPECT_NEAR(reaction(sheet.mesh, "xmin", r)[0], -expected, 1e-9 * expected);
}

TEST(FibreMembrane, GivesWayToCompressionAndRigidMotion) {
  const Sheet sheet(8.0, {1000.0, 0.03}, {300.0, 0.03});
  const Assembly assembly(sheet.model);
  State s = assembly.initial_state(sheet.model);
  for (std::size_t n = 0; n < sheet.mesh.X.size(); ++n) s.unknowns.segment<3>(3 * n) = -0.1 * sheet.mesh.X[n];
  EXPECT_EQ(residual_at(sheet.model, assembly, s).norm(), 0.0);
  const Mat3d R = Eigen::AngleAxisd(0.8, Vec3(1, -2, 0.5).normalized()).toRotationMatrix();
  for (std::size_t n = 0; n < sheet.mesh.X.size(); ++n) s.unknowns.segment<3>(3 * n) = R * sheet.mesh.X[n] - sheet.mesh.X[n] + Vec3(3, 2, 1);
  EXPECT_LT(residual_at(sheet.model, assembly, s).norm(), 1e-10);
}

TEST(SlidingSupport, HoldsTheNormalAloneAndHasItsTangent) {
  const Mesh mesh = block_mesh({2, 2, 2}, {1, 1, 1});
  const Vec3 n = Vec3(1, 2, 2) / 3.0;
  Model model;
  model.mesh = &mesh;
  model.terms.push_back(std::make_unique<SlidingSupport>(mesh.node_sets.at("zmin"), n, 500.0));
  const Assembly assembly(model);
  State s = assembly.initial_state(model);
  for (const int k : mesh.node_sets.at("zmin")) s.unknowns.segment<3>(3 * k) = n.cross(Vec3(1, -1, 3)) + 0.2 * n;
  const Eigen::VectorXd r = residual_at(model, assembly, s);
  for (const int k : mesh.node_sets.at("zmin")) EXPECT_LT((r.segment<3>(3 * k) - 100.0 * n).norm(), 1e-10);
  EXPECT_LT(tangent_error(model, s), 1e-8);
}

TEST(SlidingCable, TangentIsTheDerivativeOfTheResidualThroughSectionMeans) {
  const Mesh mesh = block_mesh({8, 2, 2}, {4, 1, 1});
  std::vector<CableNode> nodes;
  for (int i = 0; i <= 4; ++i) {
    std::vector<int> carriers;
    Vec3 centre = Vec3::Zero();
    for (std::size_t n = 0; n < mesh.X.size(); ++n)
      if (std::abs(mesh.X[n][0] - (2.0 * i - 4.0)) < 1e-9) {
        carriers.push_back(static_cast<int>(n));
        centre += 0.25 * mesh.X[n];
      }
    nodes.push_back({centre + Vec3(0, 0.1 * i * i, 0), carriers, std::vector<double>(4, 0.25), 2.0 * i / 1.08, {3.0, i % 2 ? 0.5 : 0.0}});
  }
  CableOptions options;
  options.root = {true, 400.0, 30.0};
  options.foot = {true, 500.0, 30.0};
  Model model;
  model.mesh = &mesh;
  model.terms.push_back(std::make_unique<SlidingCable>(nodes, options));
  State s = Assembly(model).initial_state(model);
  s.unknowns.head(3 * mesh.X.size()) = wiggle(3 * mesh.X.size(), 0.05);
  EXPECT_LT(tangent_error(model, s, 1e-6), 1e-7);
}

}  // namespace
}  // namespace nerveload
