#include "postprocess/mesh_convergence.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "solver/base/error.hpp"

namespace nerveload {
namespace {

TEST(MeshLimit, IsExactForAFigureThatConvergesWithTheOrder) {
  const double order = 2.4, ratio = 1.5;
  const auto figure = [&](double h) { return 7.74 - 0.5 * std::pow(h, order); };
  const MeshLimit limit = mesh_limit(figure(ratio), figure(1.0), ratio, order);
  EXPECT_NEAR(limit.extrapolated, 7.74, 1e-12);
  // The index: a quarter more than the step, on either side of the finer mesh's figure.
  EXPECT_NEAR(limit.high - figure(1.0), 1.25 * 0.5, 1e-12);
  EXPECT_NEAR(figure(1.0) - limit.low, 1.25 * 0.5, 1e-12);
  EXPECT_THROW(mesh_limit(1.0, 2.0, 1.0, 2.0), ContractError);
  EXPECT_THROW(mesh_limit(1.0, 2.0, 1.5, 0.0), ContractError);
}

/// Three meshes of the library's scenarios (docs/uncertainty.md): what two of them foretell is what the third one finds, within the index.
TEST(MeshLimit, ForetellsTheFineMesh) {
  struct Case {
    const char* scenario;
    double coarse_cells, standard_cells, coarse_kPa, standard_kPa, fine_kPa;
  };
  for (const Case& c :
       {Case{"default", 15116, 48838, 6.357, 7.208, 7.50}, Case{"hamstring_straight_leg", 15242, 49146, 10.51, 11.06, 11.1},
        Case{"figure_four_healthy", 14948, 48354, 6.415, 7.248, 7.524}, Case{"figure_four_piriformis_syndrome", 14948, 48354, 6.150, 7.030, 7.303},
        Case{"hamstring_bent_knee", 15242, 49146, 10.422, 10.844, 10.869},
        Case{"piriformis_syndrome_no_roller", 15116, 48838, 1.744, 1.385, 1.256}}) {
    const MeshLimit limit = mesh_limit(c.coarse_kPa, c.standard_kPa, std::cbrt(c.standard_cells / c.coarse_cells), mesh_order);
    EXPECT_GE(c.fine_kPa, limit.low) << c.scenario;
    EXPECT_LE(c.fine_kPa, limit.high) << c.scenario;
  }
}

}  // namespace
}  // namespace nerveload
