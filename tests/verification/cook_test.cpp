/// Cook's membrane in plane strain: a tapered panel, clamped at its left, sheared at its right edge; from compressible to incompressible.
#include <gtest/gtest.h>

#include "solver/terms/traction.hpp"
#include "tests/support/blocks.hpp"
#include "tests/support/path.hpp"
#include "tests/support/solids.hpp"
#include "tests/support/verified.hpp"

namespace nerveload {
namespace {

constexpr double shear_modulus = 80193.8, load_N_per_mm = 100.0;  // kPa

struct CookResult {
  double tip_mm, alternating, range_kPa;
};

/// Corners (0, 0), (48, 44), (48, 60), (0, 44) mm, 1 mm thick, n × n cells or boxes of tetrahedra.
CookResult cook(int n, double bulk_over_shear, const std::string& shape = "hex8") {
  Mesh mesh = block_of_shape(shape, {1, 1, 1}, {n, 1, n});
  for (Vec3& X : mesh.X) {
    const double s = X[0] + 0.5, t = X[2];
    X = Vec3(48.0 * s, X[1], 44.0 * s + t * (44.0 - 28.0 * s));
  }
  Solid panel(std::move(mesh), {material(NeoHookean{shear_modulus}, bulk_over_shear * shear_modulus, Volumetric::Law::logarithmic)});
  panel.prescribe("xmin", Vec3::Zero());
  panel.prescribe("all", Vec3::Zero(), {1});
  const Vec3 traction(0, 0, load_N_per_mm * 1000.0 / 16.0);
  panel.model.terms.push_back(
      std::make_unique<Traction>(panel.mesh, panel.mesh.facet_sets.at("xmax"), traction, 0.0, [](double path) { return path; }));
  Problem problem(panel.model, make_linear_solver(LinearSolverKind::best_available, 1));
  State state = problem.assembly.initial_state(panel.model);
  EXPECT_EQ(run_path(problem, state, 4, {}, 1e-7).ending, Ending::converged);
  CookResult r{};
  for (std::size_t k = 0; k < panel.mesh.X.size(); ++k)
    if ((panel.mesh.X[k] - Vec3(48, panel.mesh.X[k][1], 60)).norm() < 1e-9) r.tip_mm = state.unknowns[3 * static_cast<int>(k) + 2];
  if (shape != "hex8") return r;
  // The alternating part of the element pressure: its projection on + − + − in both directions.
  double low = 1e300, high = -1e300;
  for (std::size_t c = 0; c < panel.mesh.cells.size(); ++c) {
    Vec3 centre = Vec3::Zero();
    for (const int node : panel.mesh.cells[c]) centre += panel.mesh.X[node] / 8.0;
    const double s = centre[0] / 48.0, t = (centre[2] - 44.0 * s) / (44.0 - 28.0 * s);
    const int i = static_cast<int>(s * n), j = static_cast<int>(t * n);
    const double p = state.mixed[panel.body->pressure_index(static_cast<int>(c))];
    r.alternating += ((i + j) % 2 ? -p : p) / (double(n) * n);
    low = std::min(low, p);
    high = std::max(high, p);
  }
  r.range_kPa = high - low;
  return r;
}

class Cook : public testing::TestWithParam<double> {};
INSTANTIATE_TEST_SUITE_P(BulkOverShear, Cook, testing::Values(2.0, 50.0, 5000.0));

TEST_P(Cook, TheTipConvergesWithoutLocking) {
  const CookResult c8 = cook(8, GetParam()), c16 = cook(16, GetParam()), c32 = cook(32, GetParam());
  const double ratio = (c16.tip_mm - c8.tip_mm) / (c32.tip_mm - c16.tip_mm), limit = c32.tip_mm + (c32.tip_mm - c16.tip_mm) / (ratio - 1.0);
  EXPECT_GT(ratio, 1.5);
  const std::string problem = "Cook's membrane, K/G = " + digits(GetParam());
  expect_verified({problem, "tip displacement at 32 cells a side, mm", c32.tip_mm, limit, 1.0, "extrapolated from 8, 16 and 32"});
  expect_at_most(problem, "alternating pressure, % of its range", 100.0 * std::abs(c32.alternating) / c32.range_kPa, 2.0, "smooth field");
}

/// The same limit, reached by hexahedra and by quadratic tetrahedra; linear ones lock.
TEST(CookTetrahedra, QuadraticOnesDoNotLockAndLinearOnesDo) {
  const double h16 = cook(16, 5000.0).tip_mm, h32 = cook(32, 5000.0).tip_mm;
  const double limit = h32 + (h32 - h16) / 3.0;  // second order
  expect_verified({"Cook's membrane, K/G = 5000, tet10", "tip displacement at 16 boxes a side, mm", cook(16, 5000.0, "tet10").tip_mm, limit, 1.0,
                   "limit of hexahedra"});
  expect_at_most("Cook's membrane, K/G = 5000, tet4", "tip displacement at 16 boxes a side, mm", cook(16, 5000.0, "tet4").tip_mm, 0.7 * limit,
                 "locks: what `nerveload solve` warns of");
}

}  // namespace
}  // namespace nerveload
