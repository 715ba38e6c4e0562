#include "postprocess/muscle_pressing.hpp"

#include <gtest/gtest.h>

#include "solver/newton.hpp"
#include "tests/support/solids.hpp"

namespace nerveload {
namespace {

/// Cells of 1 × 1 mm in a row, of the given lengths and bulk moduli, all pressed to 0.98 along x: σ = diag(κ (J − 1) + shear).
struct Row {
  AnatomyMesh anatomy;
  std::vector<Tissue> tissues;
  std::unique_ptr<Solid> solid;
  State state;

  static constexpr double J = 0.98, shear_modulus = 1.0;
  /// Compressive stress along x and along y, kPa, of a cell with that bulk modulus.
  static double along_x(double bulk) { return bulk * (1.0 - J) - shear_modulus * std::pow(J, -5.0 / 3.0) * 2.0 / 3.0 * (J * J - 1.0); }
  static double along_y(double bulk) { return bulk * (1.0 - J) + shear_modulus * std::pow(J, -5.0 / 3.0) / 3.0 * (J * J - 1.0); }

  Row(const std::vector<double>& lengths, const std::vector<double>& bulk, std::vector<Tissue> of) : tissues(std::move(of)) {
    const int n = static_cast<int>(lengths.size());
    Mesh mesh = block_mesh({double(n), 1.0, 1.0}, {n, 1, 1});
    std::vector<double> ends{0.0};
    for (const double l : lengths) ends.push_back(ends.back() + l);
    for (Vec3& X : mesh.X) X.x() = ends[std::lround(X.x() + 0.5 * n)];
    mesh.region_names.clear();
    std::vector<Material> materials;
    for (int c = 0; c < n; ++c) {
      mesh.region_names.push_back("cell " + std::to_string(c));
      mesh.region[c] = c;
      materials.push_back(material(NeoHookean{shear_modulus}, bulk[c]));
    }
    solid = std::make_unique<Solid>(std::move(mesh), std::move(materials));
    anatomy.tissue_of_cell = tissues;
    state = Assembly(solid->model).initial_state(solid->model);
    for (std::size_t k = 0; k < solid->mesh.X.size(); ++k) state.unknowns[3 * k] = (J - 1.0) * solid->mesh.X[k].x();
  }
  auto pressing(const Vec3& direction) const { return measure_pressing(anatomy, *solid->body, state, direction); }
};

TEST(MusclePressing, IsTheMeanStressWeightedWithItself) {
  const Row row({1.0, 2.0, 3.0}, {100.0, 300.0, 200.0}, {Tissue::hamstrings, Tissue::hamstrings, Tissue::gluteus_maximus});
  for (const auto& [direction, stress] : {std::pair(Vec3(1, 0, 0), &Row::along_x), std::pair(Vec3(0, -1, 0), &Row::along_y)}) {
    const auto found = row.pressing(direction);
    const double a = stress(100.0), b = stress(300.0), c = stress(200.0);
    const MusclePressing& hamstrings = found[static_cast<int>(Tissue::hamstrings)];
    EXPECT_NEAR(hamstrings.stress_kPa, (a * a + 2.0 * b * b) / (a + 2.0 * b), 1e-9);
    EXPECT_NEAR(hamstrings.amount_N_mm, Row::J * (a + 2.0 * b) / 1000.0, 1e-12);  // kPa mm³ = mN mm
    const MusclePressing& gluteus = found[static_cast<int>(Tissue::gluteus_maximus)];
    EXPECT_NEAR(gluteus.stress_kPa, c, 1e-9);
    EXPECT_NEAR(gluteus.amount_N_mm, Row::J * 3.0 * c / 1000.0, 1e-12);
    EXPECT_EQ(most_pressed(found), Tissue::hamstrings);
  }
}

TEST(MusclePressing, LeavesOutTensionAndWhatIsNoSuperficialMuscle) {
  // Along y the first is in tension: its volume hardly resists.
  const Row row({1.0, 1.0, 1.0}, {0.1, 500.0, 50.0}, {Tissue::hamstrings, Tissue::piriformis, Tissue::quadriceps_adductors});
  ASSERT_LT(Row::along_y(0.1), 0.0);
  const auto found = row.pressing(Vec3(0, 1, 0));
  EXPECT_EQ(found[static_cast<int>(Tissue::hamstrings)].stress_kPa, 0.0);
  EXPECT_EQ(found[static_cast<int>(Tissue::piriformis)].amount_N_mm, 0.0);
  EXPECT_EQ(most_pressed(found), Tissue::quadriceps_adductors);
}

}  // namespace
}  // namespace nerveload
