#include "scenarios/validation_case.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <limits>
#include <regex>
#include <set>
#include <sstream>

#include "scenarios/validate.hpp"
#include "tests/support/has.hpp"

using namespace nerveload;

namespace {

/// A block that is pressed together by a tenth and then by a fifth, uniform stress.
const char* const block = R"(schema = 1
kind = "solid"
name = "block"
mesh.block = { size_mm = [10, 10, 10], cells = [2, 2, 2] }
material = [{ region = 1, model = "neo_hookean", shear_modulus_kPa = 3, bulk_modulus_kPa = 1500 }]
fix = [{ set = "zmin", components = "z" }, { set = "xmin", components = "x" }, { set = "ymin", components = "y" }]
move = [{ set = "zmax", component = "z", value_mm = -2 }]
probe = [{ name = "stress", at_mm = [1, 1, 5], field = "cauchy_stress" }]
steps.count = 2
)";

const std::string head = R"(schema = 1
id = "X1"
title = "a block"
role = "held_out"
[[run]]
name = "half"
file = "half.toml"
set = ["name=pressed half as far"]
[[run]]
name = "full"
file = "block.toml"
)";

std::string quantity(const std::string& rest) { return "[[quantity]]\nname = \"q\"\nsource = \"rivlin1949\"\n" + rest; }

/// The block, and the same pressed half as far.
ValidationCase read(const std::string& expected) {
  std::string half = block;
  half.replace(half.find("value_mm = -2"), 13, "value_mm = -1");
  return read_validation_case("cases/X1", {{"expected.toml", expected}, {"block.toml", block}, {"half.toml", half}});
}

std::string faults(const std::string& expected) {
  try {
    read(expected);
  } catch (const InputError& e) {
    return e.what();
  }
  return {};
}

ValidatedQuantity outcome(const std::string& rest) { return validate({read(head + quantity(rest))}).targets.front().quantities.front(); }

/// Cauchy stress of an incompressible neo-Hookean bar at a stretch.
double exact(double stretch) { return 3.0 * (stretch * stretch - 1.0 / stretch); }

}  // namespace

TEST(ValidationCase, IsReadAsWritten) {
  const ValidationCase c = read(head + quantity("run = \"full\"\nfigure = \"steps.last.indenter.0.max_pressure_kPa\"\npublished_mmHg = 30\n"
                                                "spread_mmHg = 5\naccept_mmHg = [20, inf]\nfinding = \"why\"\n[quantity.recorded.coarse]\n"
                                                "outcome = \"outside\"\nband_mmHg = [10, 12]\n"));
  EXPECT_EQ(c.id, "X1");
  EXPECT_EQ(c.runs.size(), 2u);
  EXPECT_EQ(c.runs[0].settings, std::vector<std::string>{"name=pressed half as far"});
  const ValidationQuantity& q = c.quantities.at(0);
  EXPECT_EQ(q.unit, "mmHg");
  EXPECT_NEAR(q.factor, 0.133322, 1e-6);
  EXPECT_DOUBLE_EQ(*q.published, 30.0);
  EXPECT_NEAR(q.accept_low, 20.0, 1e-12);
  EXPECT_EQ(q.accept_high, std::numeric_limits<double>::infinity());
  EXPECT_FALSE(q.recorded.at("coarse").inside);
  EXPECT_NEAR(q.recorded.at("coarse").high, 12.0, 1e-12);
}

TEST(ValidationCase, EveryFaultIsTold) {
  const std::string figure = "run = \"full\"\nfigure = \"steps.last.indenter.0.max_pressure_kPa\"\n";
  EXPECT_TRUE(has(faults("schema = 1\n"), "id: missing")) << faults("schema = 1\n");
  EXPECT_TRUE(has(faults("schema = 1\n"), "quantity: missing"));
  EXPECT_TRUE(has(faults(head + quantity(figure + "published_mm = 3\naccept_kPa = [1, 2]\n")), "the unit mm does not measure a pressure"));
  EXPECT_TRUE(has(faults(head + quantity(figure + "accept = [1, 2]\n")), "wants a unit"));
  EXPECT_TRUE(has(faults(head + quantity(figure)), "accept: missing"));
  EXPECT_TRUE(has(faults(head + quantity(figure + "accept_kPa = [2, 1]\n")), "lower bound first"));
  EXPECT_TRUE(has(faults(head + "[[quantity]]\nname = \"q\"\n" + figure + "accept_kPa = [1, 2]\n"), "source: missing"));
  EXPECT_TRUE(has(faults(head + quantity("run = \"ful\"\nfigure = \"a.b_kPa\"\naccept_kPa = [1, 2]\n")), "did you mean \"full\"?"));
  EXPECT_TRUE(has(faults(head + quantity("run = \"full\"\nfigure = \"nerve_profile.strain_percnt@10\"\naccept_percent = [1, 2]\n")),
                  "did you mean strain_percent?"));
  EXPECT_TRUE(has(faults(head + quantity("run = \"full\"\nfigure = \"nerve_profile.strain_percent\"\naccept_percent = [1, 2]\n")), "STATION"));
  EXPECT_TRUE(has(faults(head + quantity(figure + "acept_kPa = [1, 2]\naccept_kPa = [1, 2]\n")), "unknown key"));
  EXPECT_TRUE(has(faults(head + quantity(figure + "accept_kPa = [1, 2]\n[quantity.recorded.coarse]\noutcome = \"outside\"\nband_kPa = [1, 2]\n")),
                  "wants a finding"));
  EXPECT_TRUE(has(faults(head + quantity(figure + "over = \"half\"\nminus = \"half\"\naccept_kPa = [1, 2]\n")), "only one of"));
  EXPECT_TRUE(has(
      faults(head + quantity("not_comparable = \"no\"\naccept_kPa = [1, 2]\n[quantity.recorded.coarse]\noutcome = \"inside\"\nband_kPa = [1, 2]\n")),
      "what is not comparable has none"));
  EXPECT_TRUE(has(faults("schema = 1\nid = \"a\"\ntitle = \"b\"\nrole = \"heldout\"\n" + quantity("not_comparable = \"no\"\n")), "held_out"));
  EXPECT_TRUE(has(faults(head + "[[run]]\nname = \"third\"\nfile = \"blok.toml\"\n" + quantity("not_comparable = \"no\"\n")),
                  "did you mean \"block.toml\"?"));
}

TEST(Validate, SetsFiguresBesideEachOther) {
  const std::string stress = "run = \"full\"\nfigure = \"steps.last.probe.stress.2\"\n";
  const ValidatedQuantity value = outcome(stress + "published_kPa = -1.8\naccept_kPa = [-3, -1]\n");
  EXPECT_NEAR(*value.model, exact(0.8), 0.01);
  EXPECT_EQ(value.status, ValidationStatus::inside);
  const ValidatedQuantity bare = outcome(stress + "accept = [-3, -1]\n");
  EXPECT_DOUBLE_EQ(*bare.model, *value.model);  // a probe's figure may stand without a unit
  const ValidatedQuantity difference = outcome(stress + "minus_figure = \"steps.0.probe.stress.2\"\naccept_kPa = [0, 1]\nfinding = \"softer\"\n");
  EXPECT_NEAR(*difference.model, exact(0.8) - exact(0.9), 0.01);
  EXPECT_EQ(difference.status, ValidationStatus::outside);
  EXPECT_EQ(difference.reason, "softer");
  const ValidatedQuantity ratio = outcome(stress + "over = \"half\"\naccept = [2, 3]\n");
  EXPECT_NEAR(*ratio.model, exact(0.8) / exact(0.9), 0.01);
  const ValidatedQuantity change = outcome(stress + "change_from_figure = \"steps.0.probe.stress.2\"\naccept_percent = [100, 200]\n");
  EXPECT_NEAR(*change.model, 100.0 * (exact(0.8) / exact(0.9) - 1.0), 1.0);
  const ValidatedQuantity solver = outcome("run = \"full\"\nfigure = \"mesh.cells\"\naccept = [8, 8]\n");
  EXPECT_EQ(solver.status, ValidationStatus::inside);
}

TEST(Validate, TellsWhatLeftItsRecord) {
  const std::string stress = "run = \"full\"\nfigure = \"steps.last.probe.stress.2\"\naccept_kPa = [-3, -1]\n";
  const std::string band = "[quantity.recorded.standard]\noutcome = \"inside\"\nband_kPa = ";
  EXPECT_TRUE(outcome(stress + band + "[-1.9, -1.7]\n").within_record);
  EXPECT_FALSE(outcome(stress + band + "[-1.7, -1.6]\n").within_record);
  EXPECT_TRUE(outcome(stress).within_record);
}

TEST(Validate, FindsACrossing) {
  // The stretch at which the stress passes a level, between a run to nine tenths and one to eight tenths.
  const std::string text = head +
                           "[[quantity]]\nname = \"q\"\nsource = \"a\"\nfigure = \"steps.last.probe.stress.2\"\naccept_mm = [1, 2]\n"
                           "crossing = { runs = [\"half\", \"full\"], at_mm = [1, 2], level = -1.4 }\n";
  const ValidatedQuantity q = validate({read(text)}).targets.front().quantities.front();
  EXPECT_NEAR(*q.model, 1.0 + (1.4 + exact(0.9)) / (exact(0.9) - exact(0.8)), 0.01);
  std::string never = text;
  never.replace(never.find("-1.4"), 4, "-9.4");
  const ValidatedQuantity missed = validate({read(never)}).targets.front().quantities.front();
  EXPECT_EQ(missed.status, ValidationStatus::failed);
  EXPECT_FALSE(missed.within_record);
}

TEST(Validate, AFigureThatNoRunHasIsAFaultOfTheFile) {
  try {
    outcome("run = \"full\"\nfigure = \"steps.last.prob.stress.2\"\naccept_kPa = [1, 2]\n");
    FAIL();
  } catch (const InputError& e) {
    EXPECT_TRUE(has(e.what(), "did you mean \"probe\"?")) << e.what();
    EXPECT_TRUE(has(e.what(), "expected.toml:")) << e.what();
  }
}

TEST(Validate, EachDifferentRunIsSolvedOnce) {
  const ValidationCase c = read(head + quantity("run = \"full\"\nfigure = \"steps.last.probe.stress.2\"\naccept_kPa = [-3, -1]\n"));
  ValidationCase again = c;
  again.id = "X2";
  int solved = 0;
  RunOptions options;
  options.observer = [&](const RunProgress& p) {
    solved += p.figures != nullptr;
    return true;
  };
  validate({c, again}, options);
  EXPECT_EQ(solved, 2);
  options.kept = [](const std::string&) { return RunFigures{true, {}, "{\"steps\": [{\"probe\": {\"stress\": [0, 0, -2]}}]}", {}}; };
  const Validation kept = validate({c}, options);
  EXPECT_EQ(solved, 2);
  EXPECT_DOUBLE_EQ(*kept.targets.front().quantities.front().model, -2.0);
}

TEST(BuiltInValidation, CasesAreCompleteAndCited) {
  std::ifstream file(std::string(NERVELOAD_SOURCE_DIR) + "/docs/theory/references.bib");
  std::stringstream bibliography;
  bibliography << file.rdbuf();
  const std::string keys = bibliography.str();
  const std::vector<ValidationCase> cases = built_in_validation_cases();
  ASSERT_GE(cases.size(), 10u);
  for (const ValidationCase& c : cases) {
    const std::string folder = std::string(NERVELOAD_SOURCE_DIR) + "/scenarios/validation/" + c.folder;
    EXPECT_TRUE(std::filesystem::exists(folder + "/README.md")) << c.id;
    EXPECT_TRUE(c.folder.starts_with(c.id + "_")) << c.id;
    for (const ValidationQuantity& q : c.quantities) {
      const std::regex word("[a-z]+[0-9]{4}[a-z]*");
      for (std::sregex_iterator i(q.source.begin(), q.source.end(), word), end; i != end; ++i)
        EXPECT_TRUE(has(keys, "{" + i->str() + ",")) << c.id << " " << i->str();
      if (!q.not_comparable.empty()) continue;
      for (const char* fidelity : {"coarse", "standard"}) EXPECT_TRUE(q.recorded.contains(fidelity)) << c.id << " " << q.name << " " << fidelity;
    }
  }
}

TEST(Validate, WhatCannotBeComparedIsNotJudged) {
  const ValidatedQuantity bare = outcome("not_comparable = \"no source\"\n");
  EXPECT_EQ(bare.status, ValidationStatus::not_comparable);
  EXPECT_EQ(bare.reason, "no source");
  EXPECT_FALSE(bare.model);
  const ValidatedQuantity shown =
      outcome("run = \"full\"\nfigure = \"steps.last.probe.stress.2\"\naccept_kPa = [1, 2]\nnot_comparable = \"other posture\"\n");
  EXPECT_EQ(shown.status, ValidationStatus::not_comparable);
  EXPECT_TRUE(shown.model);
}

TEST(ValidationCase, UnitsOfOneQuantityMayDiffer) {
  const ValidationCase c = read(head + quantity("run = \"full\"\nfigure = \"steps.last.indenter.0.max_pressure_kPa\"\npublished_MPa = 0.03\n"
                                                "spread_Pa = 500\naccept_kPa = [20, 40]\n"));
  const ValidationQuantity& q = c.quantities.front();
  // All are told in the unit that is written first.
  EXPECT_EQ(q.unit, "MPa");
  EXPECT_NEAR(*q.published, 0.03, 1e-12);
  EXPECT_NEAR(*q.spread, 0.0005, 1e-12);
  EXPECT_NEAR(q.accept_high, 0.04, 1e-12);
}

TEST(ValidationCase, NamesAndSeriesAreChecked) {
  EXPECT_TRUE(
      has(faults("schema = 1\nid = \"../x\"\ntitle = \"b\"\nrole = \"held_out\"\n" + quantity("not_comparable = \"no\"\n")), "letters, digits"));
  const std::string series = "[[quantity]]\nname = \"q\"\nsource = \"a\"\nfigure = \"steps.last.probe.stress.2\"\naccept_mm = [1, 2]\n";
  EXPECT_TRUE(has(faults(head + series + "crossing = { level = 3 }\n"), "a series of two or more"));
  EXPECT_TRUE(has(faults(head + series + "crossing = { runs = [\"full\"], at_mm = [1], level = 3 }\n"), "a series of two or more"));
  EXPECT_TRUE(has(faults(head + quantity("run = \"full\"\nfigure = \"steps.last.reaction_N.zmax.2\"\naccept_mm = [1, 2]\n")),
                  "the unit mm does not measure a force"));
  EXPECT_TRUE(has(faults(head + quantity("run = \"full\"\nfigure = \"steps.last.probe.stress.2\"\naccept_MPa = [1, 2]\n")), "in kPa or mm"));
}

TEST(Validate, ALoneBoundIsASign) {
  const std::string none = "run = \"full\"\nfigure = \"steps.last.probe.stress.2\"\nminus = \"full\"\nfinding = \"no effect\"\n";
  EXPECT_EQ(outcome(none + "accept_kPa = [0, inf]\n").status, ValidationStatus::outside);
  EXPECT_EQ(outcome(none + "accept_kPa = [-inf, 0]\n").status, ValidationStatus::outside);
  EXPECT_EQ(outcome(none + "accept_kPa = [0, 1]\n").status, ValidationStatus::inside);
}

TEST(Validate, ARatioToNothingIsNoFigure) {
  const ValidatedQuantity q =
      outcome("run = \"full\"\nfigure = \"steps.last.probe.stress.2\"\nover_figure = \"solver.indefinite_tangents\"\naccept = [1, inf]\n");
  EXPECT_EQ(q.status, ValidationStatus::failed);
  EXPECT_FALSE(q.within_record);
}
