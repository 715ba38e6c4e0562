#include "scenarios/solid_model.hpp"

#include <gtest/gtest.h>

#include "scenarios/input_error.hpp"
#include "scenarios/solve_solid.hpp"

namespace nerveload {
namespace {

const std::string head = "schema = 1\nkind = \"solid\"\n[mesh]\nblock = { size_mm = [10, 10, 10], cells = [2, 2, 2] }\n";
const std::string soft = "[[material]]\nregion = 1\nmodel = \"neo_hookean\"\nshear_modulus_kPa = 3\nbulk_modulus_kPa = 300\n";
const std::string floor_held = "[[fix]]\nset = \"zmin\"\n";

SolidModel read(const std::string& text) { return read_solid_text(text, "a.toml"); }
std::string faults(const std::string& text) {
  try {
    read(text);
  } catch (const InputError& e) {
    return e.what();
  }
  return {};
}
void expect_fault(const std::string& text, const std::string& part) {
  const std::string found = faults(text);
  EXPECT_NE(found.find(part), std::string::npos) << "wanted: " << part << "\nfound: " << found << "\nin:\n" << text;
}

TEST(SolidModel, ReadsEveryTable) {
  const SolidModel m = read(head +
                            "[[material]]\nmodel = \"transversely_isotropic\"\nc10_kPa = 1.2\nc3_kPa = 0.3\nc4 = 12\nc5_kPa = 40\nlambda_max = 1.2\n"
                            "bulk_modulus_MPa = 7.5\nactive_stress_kPa = 4\nfibre = [0, 3, 4]\nvolumetric = \"log\"\n"
                            "[[set]]\nname = \"corner\"\non = \"zmax\"\nbox_mm = [[0, 0, 9], [5, 5, 11]]\n" +
                            floor_held +
                            "[[move]]\nset = \"corner\"\ncomponent = \"z\"\nvalue_cm = -0.1\n"
                            "[[traction]]\nset = \"xmax\"\npressure_mmHg = 10\n[[traction]]\nset = \"xmin\"\ntraction_kPa = [0, 0, 1]\n"
                            "[[indenter]]\nshape = \"sphere\"\nradius_mm = 5\ncentre_mm = [0, 0, 15.5]\ndirection = [0, 0, -2]\nforce_N = 0.2\n"
                            "[[probe]]\nname = \"p\"\nat_mm = [0, 0, 5]\nfield = \"pressure\"\n[steps]\ncount = 4\n");
  EXPECT_EQ(m.steps, 4);
  ASSERT_EQ(m.materials.size(), 1u);
  EXPECT_EQ(m.materials[0].volumetric.bulk_modulus, 7500.0);
  EXPECT_EQ(m.materials[0].volumetric.law, Volumetric::Law::logarithmic);
  ASSERT_TRUE(m.materials[0].fibres);
  EXPECT_EQ(m.materials[0].fibres->active_stress, 4.0);
  EXPECT_LT((m.mesh.fibre.at(3) - Vec3(0, 0.6, 0.8)).norm(), 1e-15);
  EXPECT_EQ(m.mesh.node_sets.at("corner").size(), 4u);
  EXPECT_EQ(m.motions.back().value_mm, -1.0);
  EXPECT_NEAR(m.tractions[0].pressure_kPa, 1.33322, 1e-9);
  EXPECT_EQ(m.tractions[1].dead_kPa, Vec3(0, 0, 1));
  EXPECT_EQ(*m.indenters.at(0).force_mN, 200.0);
  EXPECT_EQ(m.indenters[0].facets.size(), 4u);
}

TEST(SolidModel, TellsEveryFaultAtOnceWithItsPlace) {
  const std::string text =
      "schema = 2\nkind = \"solid\"\n[mesh]\nblock = { size_mm = [10, 10], cells = [2, 2, 0] }\nfile = \"a.vtu\"\n"
      "[[material]]\nmodel = \"neo_hokean\"\nbulk_modulus = 3\n[[fix]]\nset = 3\n[stepps]\ncount = 1\n";
  const std::string found = faults(text);
  for (const char* part : {"a.toml:1:", "size_mm = [10, 10]", "cells", "only one of", "did you mean \"neo_hookean\"", "bulk_modulus_kPa",
                           "expected a text", "did you mean steps"})
    EXPECT_NE(found.find(part), std::string::npos) << part << "\n" << found;
}

TEST(SolidModel, RefusesWhatCannotBeSolved) {
  expect_fault(head + soft, "nothing holds the body in x");
  expect_fault(head + soft + "[[fix]]\nset = \"zmim\"\n", "did you mean zmin?");
  expect_fault(head + floor_held, "no material for region 1");
  expect_fault(head + soft + soft + floor_held, "has a material already");
  expect_fault(head + soft + floor_held + "[[move]]\nset = \"zmin\"\ncomponent = \"x\"\nvalue_mm = 1\n", "prescribed twice");
  expect_fault(head + soft + "[[fix]]\nset = \"zmin\"\ncomponents = \"xw\"\n", "letters of \"xyz\"");
  expect_fault(head + soft + floor_held + "[[set]]\nname = \"s\"\nbox_mm = [[20, 20, 20], [30, 30, 30]]\n", "no node of all lies in it");
  expect_fault(head + soft + floor_held + "[[set]]\nname = \"zmin\"\nbox_mm = [[0, 0, 0], [3, 3, 3]]\n", "a set of this name already");
  expect_fault(head + soft + floor_held + "[[probe]]\nname = \"p\"\nat_mm = [0, 0, 11]\nfield = \"pressure\"\n", "outside the mesh");
  expect_fault(head + soft + floor_held + "[[traction]]\nset = \"zmax\"\n", "expected one of \"pressure\" or \"traction\"");
  expect_fault(head + soft + floor_held + "[[traction]]\nset = \"zmax\"\npressure_kPa = inf\n", "expected");
  expect_fault("schema = 1\nkind = \"solid\"\n[mesh]\nblock = { size_mm = [10, 10, 1e308], cells = [9999, 9999, 9999] }\n", "size_mm");
  expect_fault("", "missing: expected kind");
}

TEST(SolidModel, RefusesBadMaterialsAndIndenters) {
  auto with_material = [](const std::string& m) { return head + "[[material]]\n" + m + floor_held; };
  expect_fault(with_material("model = \"neo_hookean\"\nbulk_modulus_kPa = 300\n"), "missing: expected shear_modulus_kPa");
  expect_fault(with_material("model = \"neo_hookean\"\nshear_modulus_kPa = -1\nbulk_modulus_kPa = 300\n"), "shear_modulus_kPa = -1");
  expect_fault(with_material("model = \"ogden\"\nmu_kPa = [1, 2]\nalpha = [2]\nbulk_modulus_kPa = 300\n"), "as many exponents");
  expect_fault(with_material("model = \"ogden\"\nmu_kPa = [1]\nalpha = [0]\nbulk_modulus_kPa = 300\n"), "other than 0");
  expect_fault(with_material("model = \"mooney_rivlin\"\nc10_kPa = 1\nc01_kPa = -2\nbulk_modulus_kPa = 300\n"), "c10 + c01 > 0");
  expect_fault(with_material("model = \"neo_hookean\"\nshear_modulus_kPa = 1\nbulk_modulus_kPa = 300\nactive_stress_kPa = 5\n"),
               "expected fibre = [x, y, z]");
  expect_fault(with_material("model = \"neo_hookean\"\nshear_modulus_mm = 1\nbulk_modulus_kPa = 300\n"), "does not measure a pressure");
  auto with_indenter = [](const std::string& i) { return head + soft + floor_held + "[[indenter]]\n" + i; };
  const std::string good = "shape = \"sphere\"\nradius_mm = 5\ncentre_mm = [0, 0, 15]\ndirection = [0, 0, -1]\n";
  expect_fault(with_indenter(good), "expected one of \"travel\" or \"force\"");
  expect_fault(with_indenter(good + "force_N = 1\ntravel_mm = 1\n"), "only one of");
  expect_fault(with_indenter(good + "force_N = 1\nfriction = 2.5\n"), "a coefficient of friction");
  expect_fault(with_indenter(good + "force_N = 1\nfriction = 0.5\nturning = true\n"), "only a cylinder turns");
  expect_fault(with_indenter(good + "force_N = 1\n[steps]\ncount = 2\nslide_count = 3\n"), "no indenter slides");
  expect_fault(with_indenter(good + "force_N = 1\nfoam_modulus_kPa = 10\n"), "foam_thickness_mm");
  expect_fault(with_indenter("shape = \"cylinder\"\nradius_mm = 5\ncentre_mm = [0, 0, 15]\ndirection = [0, 0, 0]\ntravel_mm = 1\n"), "zero vector");
}

TEST(SolveSolid, TensionOfABlockIsTheClosedForm) {
  // Incompressible neo-Hookean in uniaxial tension, λ = 1.3: nominal stress μ (λ − 1/λ²).
  std::string text = head + soft +
                     "[[fix]]\nset = \"zmin\"\ncomponents = \"z\"\n[[fix]]\nset = \"xmin\"\ncomponents = \"x\"\n"
                     "[[fix]]\nset = \"ymin\"\ncomponents = \"y\"\n[[move]]\nset = \"zmax\"\ncomponent = \"z\"\nvalue_mm = 3\n"
                     "[[probe]]\nname = \"F\"\nat_mm = [1, 1, 5]\nfield = \"deformation_gradient\"\n"
                     "[[probe]]\nname = \"s\"\nat_mm = [1, 1, 5]\nfield = \"cauchy_stress\"\n[steps]\ncount = 3\n";
  text.replace(text.find("bulk_modulus_kPa = 300"), 22, "bulk_modulus_kPa = 300000");
  const SolidSolution s = solve_solid(read(text));
  ASSERT_TRUE(s.results.complete) << s.results.reason;
  ASSERT_EQ(s.results.steps.size(), 4u);
  const SolidStep& last = s.results.steps.back();
  const double nominal = 3.0 * (1.3 - 1.0 / 1.69);
  for (const auto& [set, force] : last.reactions_mN) {
    if (set == "zmax") {
      EXPECT_NEAR(force[2], 100.0 * nominal, 1e-3 * 100.0 * nominal);
    }
  }
  EXPECT_NEAR(last.probes[0][8], 1.3, 1e-12);
  EXPECT_NEAR(last.probes[0][0], 1.0 / std::sqrt(1.3), 1e-4);
  EXPECT_NEAR(last.probes[1][2], 1.3 * nominal, 1e-3 * 1.3 * nominal);
  EXPECT_NEAR(last.probes[1][0], 0.0, 1e-6);
}

TEST(SolveSolid, AnImpossibleLoadEndsIncompleteWithWhatConverged) {
  const SolidSolution s = solve_solid(read(head + soft + floor_held +
                                           "[[fix]]\nset = \"zmax\"\ncomponents = \"xy\"\n"
                                           "[[move]]\nset = \"zmax\"\ncomponent = \"z\"\nvalue_mm = -12\n"));
  EXPECT_FALSE(s.results.complete);
  EXPECT_FALSE(s.results.reason.empty());
  EXPECT_GT(s.results.steps.size(), 2u);
}

TEST(SolveSolid, AnIndenterThatMissesSaysSo) {
  const SolidSolution s = solve_solid(read(
      head + soft + floor_held + "[[indenter]]\nshape = \"sphere\"\nradius_mm = 5\ncentre_mm = [100, 0, 15]\ndirection = [0, 0, -1]\nforce_N = 1\n"));
  EXPECT_FALSE(s.results.complete);
  EXPECT_NE(s.results.reason.find("never meets"), std::string::npos);
}

}  // namespace
}  // namespace nerveload
