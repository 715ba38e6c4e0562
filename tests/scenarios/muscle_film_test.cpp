#include "scenarios/muscle_film.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "scenarios/leg_input.hpp"
#include "scenarios/read_material.hpp"
#include "scenarios/read_scenario.hpp"
#include "scenarios/tissues.hpp"

using namespace nerveload;

namespace {

LegInput read(const std::string& text) { return leg_input(read_scenario_text(text + "mesh.fidelity = 'coarse'\n", "t.toml")); }

TEST(MuscleFilm, IsOffUnlessAskedFor) {
  EXPECT_FALSE(read("").muscle_film);
  const LegInput on = read("subject.fascia_planes = true\nmaterials.fascia_planes.thickness_mm = 0.5\n");
  ASSERT_TRUE(on.muscle_film);
  EXPECT_EQ(on.muscle_film->thickness_mm, 0.5);
}

/// Under a load of a second a leg that relaxes is the elastic one (decision 0022), its film too.
TEST(MuscleFilm, RelaxesFromAsHighAboveItsModulusAsMuscle) {
  const auto first_plane = [](const std::string& more) {
    const LegInput input = read("subject.muscle_state = 'resting'\nsubject.fascia_planes = true\n" + more);
    const AnatomyMesh anatomy = build_anatomy(input.shape);
    std::vector<Material> materials = input.materials;
    const Mesh mesh = with_muscle_film(anatomy, *input.muscle_film, materials);
    return materials[mesh.region[anatomy.muscle_plane.front().cell]];
  };
  const Material elastic = first_plane(""), relaxing = first_plane("motion.relaxation = true\n");
  const auto across = [](const Material& m) { return std::get<NeoHookean>(m.matrix).shear_modulus - m.plane->softening; };
  EXPECT_NEAR(across(relaxing) * relaxing.viscosity.step(reference_ramp_s).share, across(elastic), 1e-9 * across(elastic));
}

TEST(MuscleFilm, LaminatesTheCellsAgainstTheDeepMusclesAndNoOthers) {
  const LegInput input = read("subject.fascia_planes = true\n");
  const AnatomyMesh anatomy = build_anatomy(input.shape);
  std::vector<Material> materials = input.materials;
  const Mesh mesh = with_muscle_film(anatomy, *input.muscle_film, materials);
  EXPECT_EQ(mesh.region_names.size(), materials.size());
  std::set<int> filmed;
  for (const MusclePlaneCell& c : anatomy.muscle_plane) {
    filmed.insert(c.cell);
    const Material& m = materials[mesh.region[c.cell]];
    ASSERT_TRUE(m.plane);
    EXPECT_EQ(mesh.region_names[mesh.region[c.cell]], to_string(anatomy.tissue_of_cell[c.cell]));
    EXPECT_EQ(mesh.fibre[c.cell], c.normal);
    // Layers in series, the share of film rounded to a tenth of itself.
    const double muscle = initial_shear_modulus(materials[anatomy.mesh.region[c.cell]].matrix),
                 across = std::get<NeoHookean>(m.matrix).shear_modulus - m.plane->softening;
    const double share = (muscle / across - 1.0) / (muscle / input.muscle_film->shear_modulus - 1.0);
    const double wanted = std::min(0.9, input.muscle_film->thickness_mm / c.depth_mm);
    EXPECT_NEAR(share / wanted, 1.0, 0.051);
  }
  for (std::size_t c = 0; c < mesh.cells.size(); ++c) {
    if (filmed.contains(static_cast<int>(c))) continue;
    EXPECT_EQ(mesh.region[c], anatomy.mesh.region[c]);
    EXPECT_EQ(mesh.fibre[c], anatomy.mesh.fibre[c]);
    EXPECT_FALSE(materials[mesh.region[c]].plane);
  }
}

}  // namespace
