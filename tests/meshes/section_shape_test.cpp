#include "meshes/section_shape.hpp"

#include <gtest/gtest.h>

#include "meshes/anatomy_tables.hpp"

namespace nerveload {
namespace {

AnatomyShape flexed(double flexion_deg) {
  AnatomyShape shape;
  shape.angles.hip_flexion = flexion_deg * std::numbers::pi / 180.0;
  return shape;
}

/// In the neutral pose the sections are horizontal: inclusions and nerve come back as they stand in the tables.
TEST(SectionShapes, NeutralSectionsReproduceTheTables) {
  const SectionShapes shapes{AnatomyShape{}};
  for (const InclusionRow& r : lateral_bone()) {
    if (r.s < sweep_begin_s || r.s > sweep_end_s) continue;
    const SectionShape c = shapes.at(r.s);
    EXPECT_LT((c.lateral.centre - Vec2(r.xi, r.eta)).norm(), 1e-6) << r.s;
    EXPECT_NEAR(c.lateral.area(), M_PI * r.a * r.b, 1e-6 * r.a * r.b) << r.s;
  }
  for (const NerveRow& r : nerve_path()) {
    if (r.s < 100.0 || r.s > sweep_end_s) continue;
    const SectionShape c = shapes.at(r.s);
    EXPECT_LT((c.nerve.centre - Vec2(r.xi, r.eta)).norm(), 0.1) << r.s;  // clearances round the corner of "never nearer than"
    EXPECT_NEAR(c.nerve_width, r.width, 1e-9);
    EXPECT_NEAR(c.nerve_thickness, r.thickness, 1e-9);
    // An oblique cut is larger by the cosine of its angle, no more.
    EXPECT_NEAR(c.nerve.area() * -c.nerve_tangent[2], M_PI / 4.0 * r.width * r.thickness, 0.01 * r.width * r.thickness) << r.s;
  }
}

TEST(SectionShapes, StationsRunFromTheTuberosity) {
  const SectionShapes shapes{AnatomyShape{}};
  EXPECT_NEAR(shapes.station(tuberosity_s), 0.0, 1e-6);
  double before = -1e9;
  for (double s = -120.0; s < 390.0; s += 5.0) {
    EXPECT_GT(shapes.station(s), before);
    before = shapes.station(s);
    EXPECT_NEAR(shapes.s_of_station(before), s, 1e-8);
  }
  // Arc lengths of the path's table, 88 at the infrapiriform exit and 464 at the division, less the tuberosity's 151.
  EXPECT_NEAR(shapes.station(-9.0), 88.0 - 151.0, 2.0);
  EXPECT_NEAR(shapes.station(350.0), 464.0 - 151.0, 2.0);
}

/// Inclusions keep clear of one another in every section of every pose.
TEST(SectionShapes, InclusionsDoNotTouch) {
  for (const double flexion : {0.0, 45.0, 90.0})
    for (const double abduction : {-15.0, 0.0, 30.0}) {
      AnatomyShape shape = flexed(flexion);
      shape.angles.hip_abduction = abduction * std::numbers::pi / 180.0;
      const SectionShapes shapes(shape);
      for (double s = -122.0; s < 390.0; s += 8.0) {
        const SectionShape c = shapes.at(s);
        for (double t = 0.0; t < 2.0 * M_PI; t += 0.05) {
          auto inside = [](const Ellipse& e, const Vec2& x) { return (e.S.inverse() * (x - e.centre)).norm() < 1.0; };
          EXPECT_FALSE(inside(c.medial, c.nerve.grown(1.0).at(t).x)) << flexion << ' ' << abduction << ' ' << s;
          EXPECT_FALSE(inside(c.lateral, c.nerve.grown(1.0).at(t).x)) << flexion << ' ' << abduction << ' ' << s;
          EXPECT_FALSE(inside(c.lateral, c.medial.at(t).x)) << flexion << ' ' << abduction << ' ' << s;
        }
      }
    }
}

TEST(SectionShapes, PersonsDifferWhereTheyShould) {
  AnatomyShape fat, thick, wide;
  fat.fat_thigh_mm = 20.0;
  thick.piriformis_thickness_mm = 22.0;
  wide.nerve_scale = 1.1;
  const SectionShapes reference{AnatomyShape{}}, fatter(fat), thicker(thick), wider(wide);
  EXPECT_NEAR(fatter.at(205.0).outside.posterior - reference.at(205.0).outside.posterior, 12.0, 0.01);
  const SectionShape band = thicker.at(-35.0);
  EXPECT_NEAR(band.piriformis_back - band.piriformis_front, 22.0, 1e-12);
  EXPECT_NEAR(wider.at(220.0).nerve.area() / reference.at(220.0).nerve.area(), 1.21, 1e-9);
}

}  // namespace
}  // namespace nerveload
