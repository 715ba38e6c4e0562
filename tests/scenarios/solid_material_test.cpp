/// The [[material]] tables of solid models.
#include <gtest/gtest.h>

#include "scenarios/export_inp.hpp"
#include "scenarios/input_error.hpp"
#include "scenarios/solve_solid.hpp"

namespace nerveload {
namespace {

const std::string head = "schema = 1\nkind = \"solid\"\n[mesh]\nblock = { size_mm = [10, 10, 10], cells = [2, 2, 2] }\n";
const std::string floor_held = "[[fix]]\nset = \"zmin\"\n";
const std::string crossed =
    "model = \"transversely_isotropic\"\nc10_kPa = 1.2\nc3_kPa = 0.3\nc4 = 12\nc5_kPa = 40\nlambda_max = 1.2\n"
    "bulk_modulus_MPa = 7.5\nfibre = [3, 4, 0]\n";

SolidModel read(const std::string& material, const std::string& rest = floor_held) {
  return read_solid_text(head + "[[material]]\n" + material + rest, "a.toml");
}
void expect_fault(const std::string& material, const std::string& part, const std::string& rest = floor_held) {
  std::string found;
  try {
    read(material, rest);
  } catch (const InputError& e) {
    found = e.what();
  }
  EXPECT_NE(found.find(part), std::string::npos) << "wanted: " << part << "\nfound: " << found << "\nin:\n" << material;
}

TEST(SolidMaterial, ASecondFibreFamilyTakesFromTheFirstWhatItDoesNotSay) {
  const Material m = read(crossed + "active_stress_kPa = 4\nsecond_family = { fibre = [3, -4, 0], c5_MPa = 0.06 }\n").materials.at(0);
  ASSERT_TRUE(m.second_fibres);
  EXPECT_EQ(m.second_fibres->a0, (Vec<double>{0.6, -0.8, 0.0}));
  EXPECT_EQ(m.second_fibres->family.c5, 60.0);
  EXPECT_EQ(m.second_fibres->family.c3, 0.3);
  EXPECT_EQ(m.second_fibres->family.c4, 12.0);
  EXPECT_EQ(m.second_fibres->family.lambda_max, 1.2);
  EXPECT_EQ(m.second_fibres->family.active_stress, 4.0);
  EXPECT_EQ(m.fibres->c5, 40.0);
  EXPECT_FALSE(read(crossed).materials.at(0).second_fibres);
}

TEST(SolidMaterial, RefusesBadSecondFamilies) {
  expect_fault(crossed + "second_family = { c3_kPa = 1 }\n", "material[1].second_family.fibre: missing: expected fibre = [x, y, z]");
  expect_fault(crossed + "second_family = { fibre = [0, 0, 0] }\n", "zero vector");
  expect_fault(crossed + "second_family = { fibre = [0, 0, 1], c3_kPa = -1 }\n", "second_family.c3_kPa = -1: expected 0 to");
  expect_fault(crossed + "second_family = { fibre = [0, 0, 1], lamda_max = 1.1 }\n", "did you mean material[1].second_family.lambda_max?");
  expect_fault(crossed + "second_family = 3\n", "expected a table");
  expect_fault("model = \"neo_hookean\"\nshear_modulus_kPa = 1\nbulk_modulus_kPa = 300\nsecond_family = { fibre = [0, 0, 1] }\n",
               "expected model = \"transversely_isotropic\"");
}

const std::string soft = "model = \"neo_hookean\"\nshear_modulus_kPa = 1\nbulk_modulus_kPa = 300\n";

TEST(SolidMaterial, ReadsAPronySeries) {
  const Prony p = read(soft + "prony = [{ g = 0.55, tau_s = 6.0 }, { g = 0.2, tau_min = 2 }]\n").materials.at(0).viscosity;
  ASSERT_EQ(p.terms.size(), 2u);
  EXPECT_EQ(p.terms[0].g, 0.55);
  EXPECT_EQ(p.terms[0].tau_s, 6.0);
  EXPECT_EQ(p.terms[1].g, 0.2);
  EXPECT_EQ(p.terms[1].tau_s, 120.0);
  EXPECT_EQ(read(soft + "[[material.prony]]\ng = 0.5\ntau_s = 2\n").materials.at(0).viscosity.terms.size(), 1u);
  EXPECT_TRUE(read(soft).materials.at(0).viscosity.terms.empty());
  EXPECT_TRUE(read(soft + "prony = []\n").materials.at(0).viscosity.terms.empty());
  EXPECT_EQ(read(crossed + "prony = [{ g = 0.5, tau_s = 6 }]\n").materials.at(0).viscosity.terms.size(), 1u);
}

TEST(SolidMaterial, RefusesBadPronySeries) {
  expect_fault(soft + "prony = [{ g = 0.5, tau_s = 6 }, { g = 0, tau_s = 6 }]\n", "material[1].prony[2].g = 0: expected more than 0");
  expect_fault(soft + "prony = [{ g = 1.5, tau_s = 6 }]\n", "prony[1].g = 1.5: expected more than 0");
  expect_fault(soft + "prony = [{ g = 0.5, tau_s = 0 }]\n", "tau_s = 0: expected more than 0");
  expect_fault(soft + "prony = [{ g = 0.5, tau_s = inf }]\n", "tau_s = inf: expected more than 0");
  expect_fault(soft + "prony = [{ g = 0.5, tau_mm = 1 }]\n", "does not measure a time: expected tau_s, tau_min or tau_ms");
  expect_fault(soft + "prony = [{ g = 0.5 }]\n", "prony[1].tau: missing: expected tau_s");
  expect_fault(soft + "prony = [{ tau_s = 5 }]\n", "prony[1].g: missing");
  expect_fault(soft + "prony = [{ g = 0.5, tau_s = 6, beta = 1 }]\n", "prony[1].beta = 1: unknown key");
  expect_fault(soft + "prony = [{ g = 0.5, tau_s = 6 }, { g = 0.5, tau_s = 60 }]\n", "come to 1: expected less than 1");
  expect_fault(soft + "prony = [{ g = 1, tau_s = 6 }]\n", "come to 1: expected less than 1");
  expect_fault(soft + "prony = [0.5, 6]\n", "expected a table");
  expect_fault(soft + "prony = 3\n", "prony = 3: expected");
  std::string many = "prony = [";
  for (int k = 0; k < 21; ++k) many += "{ g = 0.01, tau_s = 1 },";
  expect_fault(soft + many + "]\n", "at most 20 terms");
}

TEST(SolidMaterial, LinearElasticityFromEitherPairOfModuli) {
  const Material a = read("model = \"linear_elastic\"\nyoung_modulus_kPa = 9\npoisson_ratio = 0.25\n").materials.at(0);
  EXPECT_TRUE(a.small_strain);
  EXPECT_NEAR(std::get<NeoHookean>(a.matrix).shear_modulus, 3.6, 1e-15);
  EXPECT_NEAR(a.volumetric.bulk_modulus, 6.0, 1e-15);
  const Material b = read("model = \"linear_elastic\"\nshear_modulus_kPa = 3.6\nbulk_modulus_Pa = 6000\n").materials.at(0);
  EXPECT_TRUE(b.small_strain);
  EXPECT_EQ(std::get<NeoHookean>(b.matrix).shear_modulus, 3.6);
  EXPECT_EQ(b.volumetric.bulk_modulus, 6.0);
  EXPECT_FALSE(read(soft).materials.at(0).small_strain);
  const std::string deck = inp_text(deck_of(read("model = \"linear_elastic\"\nshear_modulus_kPa = 3.6\nbulk_modulus_kPa = 6\n")));
  EXPECT_NE(deck.find("*ELASTIC\n9, 0.25\n"), std::string::npos) << deck;
  EXPECT_EQ(deck.find("NLGEOM"), std::string::npos);
  EXPECT_NE(inp_text(deck_of(read(soft))).find("*STEP, NLGEOM, INC"), std::string::npos);
}

TEST(SolidMaterial, RefusesBadLinearElasticity) {
  const std::string linear = "model = \"linear_elastic\"\n";
  expect_fault(linear, "missing: expected shear_modulus and bulk_modulus, or young_modulus and poisson_ratio");
  expect_fault(linear + "young_modulus_kPa = 3\n", "material[1].poisson_ratio: missing");
  expect_fault(linear + "poisson_ratio = 0.3\n", "material[1].young_modulus: missing");
  expect_fault(linear + "shear_modulus_kPa = 3\n", "material[1].bulk_modulus: missing");
  expect_fault(linear + "young_modulus_kPa = 3\npoisson_ratio = 0.5\n", "poisson_ratio = 0.5: expected more than -1");
  expect_fault(linear + "young_modulus_kPa = 3\npoisson_ratio = -1\n", "poisson_ratio = -1: expected more than -1");
  expect_fault(linear + "young_modulus_kPa = 3\npoisson_ratio = 0.3\nbulk_modulus_kPa = 3\n",
               "expected either shear_modulus and bulk_modulus or young_modulus and poisson_ratio");
  expect_fault(linear + "shear_modulus_kPa = 0\nbulk_modulus_kPa = 6\n", "shear_modulus_kPa = 0");
  expect_fault(linear + "shear_modulus_kPa = 3\nbulk_modulus_kPa = 6\nprony = [{ g = 0.5, tau_s = 6 }]\n", "material[1].prony");
  expect_fault(linear + "shear_modulus_kPa = 3\nbulk_modulus_kPa = 6\nactive_stress_kPa = 2\n", "active_stress_kPa = 2: unknown key");
  expect_fault("model = \"linear_elstic\"\nbulk_modulus_kPa = 6\n", "did you mean \"linear_elastic\"?");
}

TEST(SolidSteps, ReadTheTimesOfLoadAndHold) {
  const SolidModel plain = read(soft);
  EXPECT_EQ(plain.duration_s, 1.0);
  EXPECT_EQ(plain.hold_s, 0.0);
  EXPECT_EQ(plain.hold_steps, 0);
  const SolidModel m = read(soft, floor_held + "[steps]\ncount = 5\nduration_ms = 200\nhold_min = 2\n");
  EXPECT_EQ(m.steps, 5);
  EXPECT_NEAR(m.duration_s, 0.2, 1e-15);
  EXPECT_EQ(m.hold_s, 120.0);
  EXPECT_EQ(m.hold_steps, 10);
  EXPECT_EQ(read(soft, floor_held + "[steps]\nhold_s = 3\nhold_count = 7\n").hold_steps, 7);
  EXPECT_EQ(read(soft, floor_held + "[steps]\nhold_s = 0\nhold_count = 7\n").hold_steps, 0);
  expect_fault(soft, "steps.duration_s = 0: expected more than 0", floor_held + "[steps]\nduration_s = 0\n");
  expect_fault(soft, "steps.hold_s = -0.5: expected 0 to", floor_held + "[steps]\nhold_s = -0.5\n");
  expect_fault(soft, "steps.hold_count = 0: expected a whole number", floor_held + "[steps]\nhold_s = 1\nhold_count = 0\n");
  expect_fault(soft, "there is no hold: expected also hold_s", floor_held + "[steps]\nhold_count = 5\n");
  expect_fault(soft, "the key wants a unit for a time: duration_s", floor_held + "[steps]\nduration = 5\n");
  expect_fault(soft, "did you mean steps.count?", floor_held + "[steps]\ncoun = 5\n");
}

TEST(SolidMaterial, AnExportSaysWhatItLeavesOut) {
  const std::string plain = inp_text(deck_of(read(soft)));
  EXPECT_NE(plain.find("All of the model is here"), std::string::npos) << plain;
  const std::string deck = inp_text(
      deck_of(read(crossed + "second_family = { fibre = [3, -4, 0] }\nprony = [{ g = 0.5, tau_s = 6 }]\n", floor_held + "[steps]\nhold_s = 60\n")));
  for (const char* part : {"Fibres, of one family or two", "Relaxation: CalculiX has none", "The hold: the deck ends"})
    EXPECT_NE(deck.find(std::string("** Left out or changed: ") + part), std::string::npos) << part;
}

/// A strip of two families at ±53° to X, drawn to λ₁ = 1.2 with free sides: λ₂ from τ₂ = τ₃ in the incompressible closed form.
TEST(SolidMaterial, AStripOfTwoFamiliesIsTheClosedForm) {
  std::string material = crossed + "second_family = { fibre = [3, -4, 0] }\n";
  material.replace(material.find("bulk_modulus_MPa = 7.5"), 22, "bulk_modulus_MPa = 750");
  const SolidSolution s = solve_solid(read(material,
                                           "[[fix]]\nset = \"zmin\"\ncomponents = \"z\"\n[[fix]]\nset = \"xmin\"\ncomponents = \"x\"\n"
                                           "[[fix]]\nset = \"ymin\"\ncomponents = \"y\"\n[[move]]\nset = \"xmax\"\ncomponent = \"x\"\nvalue_mm = 2\n"
                                           "[[probe]]\nname = \"F\"\nat_mm = [1, 1, 5]\nfield = \"deformation_gradient\"\n"
                                           "[[probe]]\nname = \"s\"\nat_mm = [1, 1, 5]\nfield = \"cauchy_stress\"\n[steps]\ncount = 4\n"));
  ASSERT_TRUE(s.results.complete) << s.results.reason;
  const double first = 1.44 * 0.36;
  auto stress = [&](double l2, double share_x, double share_y, double l) {  // τ − τ₃
    const double square = first + l2 * l2 * 0.64, f = 0.3 * (std::exp(12.0 * (std::max(1.0, std::sqrt(square)) - 1.0)) - 1.0);
    return 2.4 * (l * l - 1.0 / (1.44 * l2 * l2)) + 2.0 * f * (share_x * first + share_y * l2 * l2 * 0.64) / square;
  };
  double low = 0.5, high = 1.5;
  for (int i = 0; i < 60; ++i) (stress(0.5 * (low + high), 0.0, 1.0, 0.5 * (low + high)) < 0.0 ? low : high) = 0.5 * (low + high);
  ASSERT_LT(low, 0.99);
  const SolidStep& last = s.results.steps.back();
  EXPECT_NEAR(last.probes[0][4], low, 1e-5);
  EXPECT_NEAR(last.probes[1][0], stress(low, 1.0, 0.0, 1.2), 1e-4 * stress(low, 1.0, 0.0, 1.2));
  EXPECT_NEAR(last.probes[1][1], 0.0, 1e-6);
}

}  // namespace
}  // namespace nerveload
