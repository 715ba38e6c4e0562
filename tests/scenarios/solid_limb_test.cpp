/// What a solid model of a limb is made of: its mesh, membranes, discs, ridged rollers, settings of one entry of a list.
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "postprocess/solid_results.hpp"
#include "scenarios/input_error.hpp"
#include "scenarios/solve_solid.hpp"
#include "scenarios/text_filter.hpp"

namespace nerveload {
namespace {

const std::string block = "schema = 1\nkind = \"solid\"\n[mesh]\nblock = { size_mm = [10, 10, 10], cells = [2, 2, 2] }\n";
const std::string soft = "[[material]]\nmodel = \"neo_hookean\"\nshear_modulus_kPa = 3\nbulk_modulus_kPa = 300\n";
const std::string floor_held = "[[fix]]\nset = \"zmin\"\n";
const std::string limb =
    "schema = 1\nkind = \"solid\"\n[mesh.limb]\nradius_mm = 60\nlength_mm = 100\n[mesh.limb.cells]\nlength = 4\ngirth = 6\nmuscle = 3\n";
std::string tissue(const std::string& region, const std::string& shear) {
  return "[[material]]\nregion = \"" + region + "\"\nmodel = \"neo_hookean\"\nshear_modulus_kPa = " + shear + "\nbulk_modulus_kPa = 300\n";
}
const std::string tissues = tissue("muscle", "3.5") + tissue("fat", "0.75") + tissue("skin", "15");
const std::string held =
    "[[fix]]\nset = \"bone\"\n[[fix]]\nset = \"symmetry_x\"\ncomponents = \"x\"\n[[fix]]\nset = \"symmetry_y\"\ncomponents = \"y\"\n";
const std::string sheet = "[[membrane]]\nset = \"fascia\"\nthickness_mm = 0.8\nmodulus_along_MPa = 70\nmodulus_across_MPa = 10\nalong = [1, 0, 0]\n";

SolidModel read(const std::string& text, const std::vector<std::string>& settings = {}) { return read_solid_text(text, "a.toml", settings); }
void expect_fault(const std::string& text, const std::string& part, const std::vector<std::string>& settings = {}) {
  std::string found;
  try {
    read(text, settings);
  } catch (const InputError& e) {
    found = e.what();
  }
  EXPECT_NE(found.find(part), std::string::npos) << "wanted: " << part << "\nfound: " << found << "\nin:\n" << text;
}

TEST(SolidLimb, IsReadWithItsFascia) {
  const SolidModel m = read(limb + tissues + held + sheet);
  EXPECT_EQ(m.mesh.region_names, (std::vector<std::string>{"muscle", "fat", "skin"}));
  ASSERT_EQ(m.membranes.size(), 1u);
  EXPECT_EQ(m.membranes[0].facets.size(), 24u);
  EXPECT_EQ(m.membranes[0].facets[0].thickness, 0.8);
  EXPECT_EQ(m.membranes[0].along.modulus, 70000.0);
  EXPECT_EQ(m.membranes[0].across.toe, 0.03);
  // The same by the regions that it lies between, and a part of it by a box.
  std::string between = sheet, part = sheet;
  between.replace(between.find("set = \"fascia\""), 14, "between = [\"muscle\", \"fat\"]");
  EXPECT_EQ(read(limb + tissues + held + between).membranes[0].facets.size(), 24u);
  part.replace(part.find("fascia"), 6, "lateral");
  const std::string box = "[[set]]\nname = \"lateral\"\non = \"fascia\"\nbox_mm = [[0, 0, 0], [50, 60, 60]]\n";
  const SolidModel some = read(limb + box + tissues + held + part);
  EXPECT_GT(some.membranes[0].facets.size(), 0u);
  EXPECT_LT(some.membranes[0].facets.size(), 24u);
}

TEST(SolidLimb, FaultsOfItsShape) {
  auto with = [](const std::string& keys) { return "schema = 1\nkind = \"solid\"\n[mesh]\nlimb = { " + keys + " }\n" + tissues + held; };
  expect_fault(with("radius_mm = 40, bone_offset_mm = 25"), "the bone does not lie inside the muscle");
  expect_fault(with("radius_kPa = 40"), "does not measure a length");
  expect_fault(with("part = \"third\""), "\"quarter\"");
  expect_fault(with("cells = { girth = 2 }"), "girth");
  expect_fault(with("cells = { girths = 20 }"), "did you mean mesh.limb.cells.girth?");
  expect_fault(with("cells = { girth = 9000, length = 9000 }"), "at most 4 000 000 cells");
  expect_fault(with("grading = 0"), "grading");
  expect_fault("schema = 1\nkind = \"solid\"\n[mesh]\nlimb = { }\nblock = { size_mm = [1, 1, 1], cells = [1, 1, 1] }\n" + soft + floor_held,
               "only one of");
  expect_fault("schema = 1\nkind = \"solid\"\n[mesh]\nblock = { size_mm = [1, 1, 1], cells = [1, 1, 1], grading = [1, 0, 1] }\n" + soft + floor_held,
               "grading");
}

TEST(SolidLimb, FaultsOfAMembrane) {
  auto changed = [](const std::string& from, const std::string& to) {
    std::string text = sheet;
    text.replace(text.find(from), from.size(), to);
    return limb + tissues + held + text;
  };
  expect_fault(changed("set = \"fascia\"\n", ""), "expected one of \"set\" or \"between\"");
  expect_fault(changed("fascia", "facsia"), "did you mean fascia?");
  expect_fault(changed("set = \"fascia\"", "between = [\"muscle\", \"skin\"]"), "no facet lies between muscle and skin");
  expect_fault(changed("set = \"fascia\"", "between = [\"muscle\"]"), "the names of two regions");
  expect_fault(changed("thickness_mm = 0.8\n", ""), "thickness_mm");
  expect_fault(changed("modulus_along_MPa = 70", "modulus_along_MPa = -70"), "modulus_along_MPa = -70");
  expect_fault(changed("along = [1, 0, 0]", "along = [0, 0, 0]"), "zero vector");
  expect_fault(changed("along = [1, 0, 0]\n", ""), "missing: expected along = [x, y, z]");
  expect_fault(changed("along = [1, 0, 0]", "along = [1, 0, 0]\ntoe = 0"), "toe");
  std::string tets = block;
  tets.replace(tets.find(" }"), 2, ", element = \"tet10\" }");
  std::string top = sheet;
  top.replace(top.find("fascia"), 6, "zmax");
  std::string upright = top;
  upright.replace(upright.find("[1, 0, 0]"), 9, "[0, 0, 1]");
  expect_fault(block + soft + floor_held + upright, "stands upright");
  expect_fault(tets + soft + floor_held + top, "has triangles");
  // Loads and indenters act on the outside: a sheet within is none.
  expect_fault(limb + tissues + held + "[[traction]]\nset = \"fascia\"\npressure_kPa = 1\n", "no whole facet of the surface");
}

TEST(SolidLimb, MembraneStiffensABlock) {
  // A block pulled by 10 % with a sheet on its top: the reaction grows by the sheet's own force, E (ε − toe/2) thickness width.
  const std::string pulled =
      "[[fix]]\nset = \"xmin\"\ncomponents = \"x\"\n[[fix]]\nset = \"ymin\"\ncomponents = \"y\"\n[[fix]]\nset = \"zmin\"\ncomponents = "
      "\"z\"\n[[move]]\nset = \"xmax\"\ncomponent = \"x\"\nvalue_mm = 1\n[steps]\ncount = 2\n";
  const std::string sheet_on_top =
      "[[membrane]]\nset = \"zmax\"\nthickness_mm = 0.25\nmodulus_along_kPa = 400\nmodulus_across_kPa = 0\nalong = [1, 0, 0]\ntoe = 0.02\n";
  auto pull = [&](const std::string& more) {
    const SolidSolution s = solve_solid(read(block + soft + more + pulled));
    EXPECT_TRUE(s.results.complete) << s.results.reason;
    for (const auto& [set, force] : s.results.steps.back().reactions_mN)
      if (set == "xmax") return force[0];
    return 0.0;
  };
  const double sheet_force = 400.0 * (0.1 - 0.01) * 0.25 * 10.0;
  EXPECT_NEAR(pull(sheet_on_top) - pull(""), sheet_force, 0.01 * sheet_force);
}

TEST(SolidSets, ADiscHasItsArea) {
  const std::string fine = "schema = 1\nkind = \"solid\"\n[mesh]\nblock = { size_mm = [40, 40, 10], cells = [40, 40, 1] }\n";
  const std::string disc = "[[set]]\nname = \"disc\"\non = \"zmax\"\ncentre_mm = [0, 0, 10]\nradius_mm = 15\n";
  const SolidModel m = read(fine + disc + soft + floor_held + "[[traction]]\nset = \"disc\"\npressure_kPa = 1\n");
  EXPECT_NEAR(double(m.tractions.at(0).facets.size()), 3.14159 * 225.0, 10.0);
  expect_fault(fine + "[[set]]\nname = \"d\"\nradius_mm = 15\n" + soft + floor_held, "missing: expected centre_mm");
  expect_fault(fine + "[[set]]\nname = \"d\"\n" + soft + floor_held, "missing: expected box_mm");
  expect_fault(fine + "[[set]]\nname = \"d\"\ncentre_mm = [99, 0, 0]\nradius_mm = 5\n" + soft + floor_held, "no node of all lies in it");
  expect_fault(fine + "[[set]]\nname = \"d\"\ncentre_mm = [0, 0, 0]\nbox_mm = [[0, 0, 0], [9, 9, 9]]\n" + soft + floor_held, "goes with radius_mm");
}

TEST(SolidIndenters, RingsOnACore) {
  auto with = [](const std::string& keys) {
    return block + soft + floor_held +
           "[[indenter]]\nshape = \"cylinder\"\nradius_mm = 5\nlength_mm = 30\naxis = [0, 1, 0]\ncentre_mm = [0, 0, 15.5]\n" +
           "direction = [0, 0, -1]\ntravel_mm = 1\n" + keys;
  };
  const SolidModel m = read(with("ring_spacing_mm = 6\nring_width_mm = 4\ngroove_depth_mm = 1\n"));
  EXPECT_EQ(std::get<Cylinder>(m.indenters.at(0).options.shape).ring_spacing, 6.0);
  expect_fault(with("ring_spacing_mm = 6\n"), "ring_width_mm");
  expect_fault(with("ring_spacing_mm = 6\nring_width_mm = 6\ngroove_depth_mm = 1\n"), "a groove between two rings");
  expect_fault(with("ring_spacing_mm = 6\nring_width_mm = 4\ngroove_depth_mm = 5\n"), "less than the radius");
}

TEST(SolidSettings, ReachAnEntryOfAList) {
  const std::string text = limb + tissues + held + sheet;
  const SolidModel m = read(text, {"material.fat.shear_modulus_kPa=2", "material.0.shear_modulus_kPa=7", "membrane.0.thickness_mm=0.25"});
  EXPECT_EQ(m.membranes[0].facets[0].thickness, 0.25);
  EXPECT_EQ(std::get<NeoHookean>(m.materials[0].matrix).shear_modulus, 7.0);
  EXPECT_EQ(std::get<NeoHookean>(m.materials[1].matrix).shear_modulus, 2.0);
  expect_fault(text, "material.fta: there is no such [[material]]: expected a number from 0 to 2, muscle, fat, skin",
               {"material.fta.shear_modulus_kPa=2"});
  expect_fault(text, "material.fat: expected a key of it", {"material.fat=2"});
  expect_fault(text, "shear_modulus_kPa = -2", {"material.fat.shear_modulus_kPa=-2"});
}

TEST(SolidSummary, HasTheMeanPressureOfAnIndenter) {
  const SolidSolution s =
      solve_solid(read(block + soft + floor_held +
                       "[[indenter]]\nshape = \"plane\"\ncentre_mm = [0, 0, 10.1]\ndirection = [0, 0, -1]\ntravel_mm = 4.1\n[steps]\ncount = 4\n"));
  ASSERT_TRUE(s.results.complete) << s.results.reason;
  const ContactReport& c = s.results.steps.back().indenters.at(0);
  EXPECT_GT(c.mean_pressure, 2.0);
  EXPECT_NEAR(c.mean_pressure * c.area, c.force.norm(), 1e-6 * c.force.norm());  // all of a plane's contact is above 2 kPa here
  EXPECT_NE(solid_summary_json(s.results).find("\"mean_pressure_kPa\": "), std::string::npos);
}

TEST(SolidGauges, MeasureTheDistanceOfTwoPoints) {
  const std::string pulled =
      "[[fix]]\nset = \"zmin\"\n[[move]]\nset = \"zmax\"\ncomponent = \"z\"\nvalue_mm = 2\n[[fix]]\nset = \"zmax\"\ncomponents = \"xy\"\n";
  const std::string gauge = "[[gauge]]\nname = \"height\"\nfrom_mm = [1, 2, 0]\nto_mm = [1, 2, 10]\n";
  const SolidSolution s = solve_solid(read(block + soft + pulled + gauge + "[steps]\ncount = 4\n"));
  ASSERT_TRUE(s.results.complete) << s.results.reason;
  EXPECT_NEAR(s.results.steps.back().gauges_mm.at(0), 12.0, 1e-9);
  const auto last = nlohmann::json::parse(solid_summary_json(s.results))["steps"].back()["gauge"]["height"];
  EXPECT_NEAR(last["length_mm"].get<double>(), 12.0, 1e-9);
  EXPECT_NEAR(last["strain"].get<double>(), 0.2, 1e-10);
  EXPECT_NEAR(last["strain_change"].get<double>(), 0.05, 1e-10);
  expect_fault(block + soft + pulled + gauge + gauge, "a gauge of this name already");
  expect_fault(block + soft + pulled + "[[gauge]]\nname = \"g\"\nfrom_mm = [0, 0, 0]\n", "missing: expected to_mm");
  expect_fault(block + soft + pulled + "[[gauge]]\nname = \"g\"\nfrom_mm = [0, 0, 0]\nto_mm = [0, 0, 0]\n", "another point");
  expect_fault(block + soft + pulled + "[[gauge]]\nname = \"g\"\nfrom_mm = [0, 0, 0]\nto_mm = [0, 0, 11]\n", "outside the mesh");
}

TEST(LateralThigh, IsTheSameForBothRollers) {
  // What was fitted on the soft roller is judged on the rigid one: the two cases may differ in the roller alone, by settings.
  const std::string folder = NERVELOAD_SOURCE_DIR "/scenarios/validation/";
  EXPECT_EQ(read_text_file(folder + "T01_soft_roller_lateral_thigh/model.toml"),
            read_text_file(folder + "T02_rigid_roller_lateral_thigh/model.toml"));
}

}  // namespace
}  // namespace nerveload
