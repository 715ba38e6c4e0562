#include "meshes/sweep.hpp"

#include <gtest/gtest.h>

#include <set>

#include "meshes/anatomy_tables.hpp"

namespace nerveload {
namespace {

AnatomyShape leg(double flexion_deg, double station, double scale = 1.0) {
  AnatomyShape shape;
  shape.fidelity = Fidelity::coarse;
  shape.angles.hip_flexion = flexion_deg * std::numbers::pi / 180.0;
  shape.length_scale = scale;
  shape.focus_station_mm = station * scale;
  return shape;
}

/// At most four site families; a family's plan knows the roller's place only, not the person or the pose.
TEST(LayerPlan, OnePerSiteFamily) {
  std::set<std::string> families;
  for (double station = -120.0; station <= 310.0; station += 10.0) {
    const LayerPlan plan = layer_plan(leg(0.0, station)), other = layer_plan(leg(85.0, station, 0.9));
    families.insert(plan.family);
    EXPECT_EQ(plan.family, other.family);
    EXPECT_EQ(plan.anchor, other.anchor);
    for (int i = 0; i < 5; ++i) EXPECT_GE(plan.anchor[i + 1], plan.anchor[i] + 2);
    EXPECT_EQ(plan.anchor[5], divisions_of(Fidelity::coarse).layers);
  }
  EXPECT_EQ(families, (std::set<std::string>{"piriformis", "ischial", "proximal_thigh", "thigh"}));
}

TEST(SectionPlaces, PassTheAnchorsInOrder) {
  for (const double flexion : {0.0, 60.0, 90.0})
    for (const double station : {-60.0, 10.0, 120.0, 250.0}) {
      const AnatomyShape shape = leg(flexion, station);
      const SectionShapes shapes(shape);
      const LayerPlan plan = layer_plan(shape);
      const std::vector<double> places = section_places(shape, shapes, plan);
      ASSERT_EQ(places.size(), static_cast<std::size_t>(plan.sections()));
      for (std::size_t k = 1; k < places.size(); ++k) EXPECT_GT(places[k], places[k - 1]);
      EXPECT_NEAR(places.front(), sweep_begin_s, 1e-6);
      EXPECT_NEAR(places.back(), sweep_end_s, 1e-6);
      // Within what the two splines of the density round off.
      EXPECT_NEAR(shapes.at(places[plan.piriformis_from()]).nerve_s, piriformis_upper_s, 0.1);
      EXPECT_NEAR(shapes.at(places[plan.piriformis_to()]).nerve_s, piriformis_lower_s, 0.1);
      EXPECT_NEAR(shapes.at(places[plan.ischium_end()]).medial_s, ischium_end_s, 0.1);
      EXPECT_NEAR(shapes.at(places[plan.fold()]).nerve_s, gluteal_fold_s, 0.1);
    }
}

/// The finest layers are at the roller.
TEST(SectionPlaces, AreDensestAtTheRoller) {
  for (const double station : {-60.0, 10.0, 120.0, 250.0}) {
    const AnatomyShape shape = leg(0.0, station);
    const SectionShapes shapes(shape);
    const std::vector<double> places = section_places(shape, shapes, layer_plan(shape));
    const double focus = shapes.s_of_station(station);
    double near = 0.0, all = 0.0;
    for (std::size_t k = 1; k < places.size(); ++k) {
      const double length = places[k] - places[k - 1];
      all = std::max(all, length);
      if (std::abs(0.5 * (places[k] + places[k - 1]) - focus) < 30.0) near = std::max(near, length);
    }
    EXPECT_LT(near, 0.6 * all) << station;
  }
}

}  // namespace
}  // namespace nerveload
