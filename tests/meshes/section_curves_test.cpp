#include "meshes/section_curves.hpp"

#include <gtest/gtest.h>

namespace nerveload {
namespace {

class SectionCurvesAt : public testing::TestWithParam<double> {
 protected:
  Divisions divisions = divisions_of(Fidelity::coarse);
  SectionTopology topology{divisions};
  SectionShape shape = SectionShapes{AnatomyShape{}}.at(GetParam());
  SectionCurves curves{topology, divisions, shape};
};

TEST_P(SectionCurvesAt, TheSkinIsAsThickAsAsked) {
  const auto& outside = topology.rings.back();
  const auto& inside = topology.rings[topology.rings.size() - 2];
  for (int p = 0; p < topology.around; ++p) {
    const Vec2 a = curves.at(topology.nodes[inside[p]], 0.0).x, b = curves.at(topology.nodes[outside[p]], 0.0).x;
    EXPECT_NEAR((b - a).norm(), 2.0, 1e-12);
  }
}

/// Surface nodes are densest at the roller's azimuth, counter-clockwise, the whole way round once.
TEST_P(SectionCurvesAt, SurfaceNodesAreDensestUnderTheRoller) {
  double least = 1e9, turn = 0.0;
  int where = -1;
  const auto& ring = topology.rings.back();
  auto at = [&](int p) { return curves.at(topology.nodes[ring[p % topology.around]], 0.0).x; };
  for (int p = 0; p < topology.around; ++p) {
    const Vec2 a = at(p) - shape.muscle.centre, b = at(p + 1) - shape.muscle.centre;
    const double angle = std::atan2(a[0] * b[1] - a[1] * b[0], a.dot(b));
    EXPECT_GT(angle, 0.0);
    turn += angle;
    if ((at(p + 1) - at(p)).norm() < least) {
      least = (at(p + 1) - at(p)).norm();
      where = p;
    }
  }
  EXPECT_NEAR(turn, 2.0 * M_PI, 1e-9);
  EXPECT_LT((0.5 * (at(where) + at(where + 1)) - shape.surface_centre).norm(), 2.0 * least);
  EXPECT_LE(least, 1.02 * divisions.surface_spacing);
}

/// Nodes lie on slightly larger ellipses, so that their polygons have the ellipses' areas.
TEST_P(SectionCurvesAt, PolygonsHaveTheAreasOfTheirEllipses) {
  auto area = [&](const std::vector<int>& loop, const std::vector<double>& rest, int layer) {
    double sum = 0.0;
    for (std::size_t i = 0; i < loop.size(); ++i) {
      SectionNode a = topology.nodes[loop[i]], b = topology.nodes[loop[(i + 1) % loop.size()]];
      a.layer = b.layer = layer;
      const Vec2 p = curves.at(a, rest[i]).x, q = curves.at(b, rest[(i + 1) % rest.size()]).x;
      sum += 0.5 * (p[0] * q[1] - p[1] * q[0]);
    }
    return sum;
  };
  EXPECT_NEAR(area(topology.medial_loop, curves.medial_rest, 0), shape.medial.area(), 1e-9 * shape.medial.area());
  EXPECT_NEAR(area(topology.lateral_loop, curves.lateral_rest, 0), shape.lateral.area(), 1e-9 * shape.lateral.area());
  EXPECT_NEAR(area(topology.nerve_loop, curves.nerve_rest, divisions.paraneurium_rings), shape.nerve.area(), 1e-9 * shape.nerve.area());
  EXPECT_NEAR(area(topology.nerve_loop, curves.nerve_rest, divisions.paraneurium_rings + 1) / shape.nerve.area(), 0.52, 0.01);
}

INSTANTIATE_TEST_SUITE_P(Levels, SectionCurvesAt, testing::Values(-40.0, 40.0, 205.0, 350.0));

}  // namespace
}  // namespace nerveload
