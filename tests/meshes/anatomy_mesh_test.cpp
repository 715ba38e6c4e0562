#include "meshes/anatomy_mesh.hpp"

#include <gtest/gtest.h>

#include <numbers>
#include <set>

namespace nerveload {
namespace {

AnatomyShape sitting() {
  AnatomyShape shape;
  shape.fidelity = Fidelity::coarse;
  shape.angles = {60.0 * std::numbers::pi / 180.0, 10.0 * std::numbers::pi / 180.0, 10.0 * std::numbers::pi / 180.0, 0.0, 0.0};
  shape.focus_station_mm = 10.0;
  return shape;
}

const AnatomyMesh& sitting_mesh() {
  static const AnatomyMesh mesh = build_anatomy(sitting());
  return mesh;
}

bool same_connectivity(const AnatomyMesh& a, const AnatomyMesh& b) {
  return a.mesh.cells == b.mesh.cells && a.mesh.region == b.mesh.region && a.mesh.facet_sets.size() == b.mesh.facet_sets.size() &&
         a.mesh.X.size() == b.mesh.X.size();
}

TEST(AnatomyMesh, OneConnectivityForEveryPersonAndPoseOfAFamily) {
  AnatomyShape other = sitting();
  other.angles = {0.1, 0.0, 0.3, 0.0, 0.0};
  other.length_scale = 1.06;
  other.fat_buttock_mm = 35.0;
  other.piriformis_thickness_mm = 21.0;
  other.focus_station_mm = 40.0;
  const AnatomyMesh neutral = build_anatomy(other);
  EXPECT_EQ(neutral.family, sitting_mesh().family);
  EXPECT_TRUE(same_connectivity(neutral, sitting_mesh()));
}

TEST(AnatomyMesh, APlaneLiesBetweenSuperficialAndDeepMuscles) {
  const AnatomyMesh& a = sitting_mesh();
  // One cell for each interval of a ring and each layer, of muscle, none twice.
  ASSERT_FALSE(a.muscle_plane.empty());
  EXPECT_EQ(a.muscle_plane.size() % static_cast<std::size_t>(a.sections - 1), 0u);
  std::set<int> seen;
  for (const MusclePlaneCell& c : a.muscle_plane) {
    EXPECT_TRUE(seen.insert(c.cell).second);
    const Tissue t = a.tissue_of_cell[c.cell];
    EXPECT_TRUE(t == Tissue::gluteus_maximus || t == Tissue::hamstrings || t == Tissue::quadriceps_adductors) << to_string(t);
    EXPECT_NEAR(c.normal.norm(), 1.0, 1e-12);
    EXPECT_GT(c.depth_mm, 0.5);
    EXPECT_LT(c.depth_mm, 40.0);
    // Outwards: the middle of the cell lies on that side of the face it shares with deep muscle.
    const Cell& hex = a.mesh.cells[c.cell];
    Vec3 middle = Vec3::Zero(), face = Vec3::Zero();
    for (int i = 0; i < 8; ++i) middle += a.mesh.X[hex[i]] / 8.0;
    for (const int i : {0, 3, 4, 7}) face += a.mesh.X[hex[i]] / 4.0;
    EXPECT_GT((middle - face).dot(c.normal), 0.0);
  }
}

TEST(AnatomyMesh, WarmEqualsCold) {
  AnatomyShape other = sitting();
  other.angles.hip_flexion += 0.1;
  other.fat_thigh_mm = 11.0;
  const AnatomyMesh cold = build_anatomy(other), warm = build_anatomy(other, &sitting_mesh());
  ASSERT_TRUE(same_connectivity(cold, warm));
  double largest = 0.0;
  for (std::size_t n = 0; n < cold.mesh.X.size(); ++n) largest = std::max(largest, (cold.mesh.X[n] - warm.mesh.X[n]).norm());
  EXPECT_LT(largest, 1e-6);
}

TEST(AnatomyMesh, SaysWhatItIsMadeOf) {
  const AnatomyMesh& a = sitting_mesh();
  const std::size_t cells = a.mesh.cells.size();
  EXPECT_EQ(a.tissue_of_cell.size(), cells);
  EXPECT_EQ(a.mesh.region.size(), cells);
  EXPECT_EQ(a.mesh.fibre.size(), cells);
  EXPECT_EQ(a.thickness_dir.size(), cells);
  EXPECT_EQ(a.mesh.region_names.size(), static_cast<std::size_t>(tissue_count));
  std::set<Tissue> tissues(a.tissue_of_cell.begin(), a.tissue_of_cell.end());
  EXPECT_EQ(tissues.size(), static_cast<std::size_t>(tissue_count));
  for (std::size_t c = 0; c < cells; ++c) {
    EXPECT_EQ(a.mesh.region[c], static_cast<int>(a.tissue_of_cell[c]));
    EXPECT_NEAR(a.mesh.fibre[c].norm(), 1.0, 1e-12);
    EXPECT_NEAR(a.thickness_dir[c].norm(), 1.0, 1e-12);
  }
  std::set<int> used;
  for (const Cell& h : a.mesh.cells) used.insert(h.begin(), h.end());
  EXPECT_EQ(used.size(), a.mesh.X.size());  // no node without a cell
  EXPECT_GE(a.quality.min_scaled_jacobian, 0.1);
  EXPECT_GE(a.quality.min_near_roller, 0.2);
  EXPECT_GE(a.quality.first_percentile, 0.33);
  EXPECT_LE(a.quality.worst_outline_mm, 1.0);
}

TEST(AnatomyMesh, NamesTheNodesThatAreHeld) {
  const AnatomyMesh& a = sitting_mesh();
  for (const char* name : {"bone_femur", "bone_pelvis", "anterior_cut", "medial_plane", "end_top", "end_bottom"})
    EXPECT_FALSE(a.mesh.node_sets.at(name).empty()) << name;
  auto plane = [&](const char* name, const Vec3& normal, double width) {
    double low = 1e9, high = -1e9;
    for (const int n : a.mesh.node_sets.at(name)) {
      low = std::min(low, normal.dot(a.mesh.X[n]));
      high = std::max(high, normal.dot(a.mesh.X[n]));
    }
    EXPECT_LT(high - low, width) << name;
  };
  plane("end_top", Vec3::UnitZ(), 1e-6);
  plane("end_bottom", a.end_bottom_normal, 1e-6);
  // No roller touches what is held in front.
  const std::set<int> cut(a.mesh.node_sets.at("anterior_cut").begin(), a.mesh.node_sets.at("anterior_cut").end());
  for (const Facet& q : a.mesh.facet_sets.at("skin"))
    for (const int n : q) EXPECT_FALSE(cut.contains(n));
}

TEST(AnatomyMesh, FollowsTheNerve) {
  const AnatomyMesh& a = sitting_mesh();
  ASSERT_EQ(a.nerve.sections.size(), static_cast<std::size_t>(a.sections));
  ASSERT_EQ(a.nerve.layers.size() + 1, a.nerve.sections.size());
  for (std::size_t k = 0; k < a.nerve.sections.size(); ++k) {
    const NerveSection& s = a.nerve.sections[k];
    double sum = 0.0;
    for (const double w : s.weights) {
      EXPECT_GT(w, 0.0);
      sum += w;
    }
    EXPECT_NEAR(sum, 1.0, 1e-12);
    EXPECT_NEAR(s.width_dir.dot(s.thickness_dir), 0.0, 1e-12);
    if (k == 0) continue;
    EXPECT_GT(s.station_mm, a.nerve.sections[k - 1].station_mm);
    EXPECT_GT((s.centre - a.nerve.sections[k - 1].centre).dot(s.tangent), 0.0);
  }
  std::set<int> cells;
  for (const NerveLayer& layer : a.nerve.layers) {
    for (const int c : layer.cells) EXPECT_TRUE(a.tissue_of_cell[c] == Tissue::fascicles || a.tissue_of_cell[c] == Tissue::epineurium);
    for (const int c : layer.paraneurium_cells) EXPECT_EQ(a.tissue_of_cell[c], Tissue::paraneurium);
    cells.insert(layer.cells.begin(), layer.cells.end());
  }
  EXPECT_EQ(cells.size(), static_cast<std::size_t>(std::count_if(a.tissue_of_cell.begin(), a.tissue_of_cell.end(),
                                                                 [](Tissue t) { return t == Tissue::fascicles || t == Tissue::epineurium; })));
}

TEST(AnatomyMesh, RefusesAnImpossiblePose) {
  AnatomyShape shape = sitting();
  shape.angles = {2.4, -1.2, 1.6, 0.0, 0.0};
  try {
    build_anatomy(shape);
    FAIL() << "meshed";
  } catch (const MeshRefusal& refusal) {
    EXPECT_NE(std::string(refusal.what()), "");
  }
}

}  // namespace
}  // namespace nerveload
