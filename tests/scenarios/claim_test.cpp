#include "scenarios/claim.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

#include "scenarios/claims.hpp"
#include "scenarios/read_scenario.hpp"
#include "tests/support/has.hpp"

using namespace nerveload;

namespace {

const char* const block = R"(schema = 1
kind = "solid"
mesh.block = { size_mm = [10, 10, 10], cells = [2, 2, 2] }
material = [{ region = 1, model = "neo_hookean", shear_modulus_kPa = 3, bulk_modulus_kPa = 1500 }]
fix = [{ set = "zmin", components = "z" }, { set = "xmin", components = "x" }, { set = "ymin", components = "y" }]
move = [{ set = "zmax", component = "z", value_mm = -2 }]
probe = [{ name = "stress", at_mm = [1, 1, 5], field = "cauchy_stress" }]
steps.count = 2
)";

const std::string head =
    "schema = 1\nid = \"C1\"\ntitle = \"pressed twice as far\"\nstatement = \"it is so\"\ndepends_on = \"the sign\"\n"
    "[[evidence]]\nside = \"for\"\ntext = \"measured\"\nsource = \"rivlin1949\"\n"
    "[[run]]\nname = \"half\"\nfile = \"half.toml\"\n[[run]]\nname = \"full\"\nfile = \"block.toml\"\n";

std::string test(const std::string& name, const std::string& rest) {
  return "[[test]]\nname = \"" + name + "\"\ntitle = \"stress, full over half\"\nrun = \"full\"\nfigure = \"steps.last.probe.stress.2\"\n" + rest;
}

Claim read(const std::string& text) {
  std::string half = block;
  half.replace(half.find("value_mm = -2"), 13, "value_mm = -1");
  return read_claim("claims/C1_block", {{"claim.toml", text}, {"block.toml", block}, {"half.toml", half}});
}

std::string faults(const std::string& text) {
  try {
    read(text);
  } catch (const InputError& e) {
    return e.what();
  }
  return {};
}

JudgedClaim judged(const std::string& text) { return judge_claims({read(text)}).claims.front(); }

// Stress of the block pressed by a fifth over that pressed by a tenth: 2.03 by hand.
const std::string above = "over = \"half\"\nsupports = [1.5, inf]\ncontradicts = [-inf, 1]\n";
const std::string below = "over = \"half\"\nsupports = [-inf, 1]\ncontradicts = [1.5, inf]\n";
const std::string between = "over = \"half\"\nsupports = [3, inf]\ncontradicts = [-inf, 1]\n";

}  // namespace

TEST(Claims, AreSupportedContradictedOrDependOnSomething) {
  const JudgedClaim yes = judged(head + test("a", above));
  EXPECT_EQ(yes.outcome, ClaimOutcome::supported);
  ASSERT_TRUE(yes.effect());
  const double stress = [](double l) { return l * l - 1.0 / l; }(0.8), half = [](double l) { return l * l - 1.0 / l; }(0.9);
  EXPECT_NEAR(*yes.effect()->value, stress / half, 0.01);
  const JudgedClaim no = judged(head + test("a", below) + test("b", between));
  EXPECT_EQ(no.outcome, ClaimOutcome::contradicted);
  EXPECT_EQ(no.tests[0].outcome, TestOutcome::contradicts);
  EXPECT_EQ(no.tests[1].outcome, TestOutcome::no_effect);
  const JudgedClaim mixed = judged(head + test("a", above) + test("b", below));
  EXPECT_EQ(mixed.outcome, ClaimOutcome::depends);
  EXPECT_TRUE(has(mixed.reason, "1 of 2 comparisons speak for it; it depends on the sign")) << mixed.reason;
}

TEST(Claims, MechanicsCannotDecideThem) {
  const JudgedClaim c = judged("not_decidable = \"pain is not mechanics\"\n" + head +
                               "[[test]]\nname = \"a\"\ntitle = \"stress\"\nrun = \"full\"\nfigure = \"steps.last.probe.stress.2\"\n" +
                               std::string("[recorded]\nstandard = \"not_decidable\"\n"));
  EXPECT_EQ(c.outcome, ClaimOutcome::not_decidable);
  EXPECT_EQ(c.tests[0].outcome, TestOutcome::shown);
  EXPECT_EQ(c.reason, "Pain is not mechanics.");
  EXPECT_TRUE(c.within_record());
}

TEST(Claims, SpanTheVariantsOfTheirEffect) {
  const JudgedClaim c = judged(head + test("a", above) + "[[test]]\nname = \"b\"\ntitle = \"the other way round\"\nrun = \"half\"\nfigure = " +
                               "\"steps.last.probe.stress.2\"\nover = \"full\"\nsame_effect = true\n" + test("c", above));
  ASSERT_TRUE(c.variants());
  EXPECT_NEAR(c.variants()->first * c.variants()->second, 1.0, 1e-9);
}

TEST(Claims, LeaveTheirRecord) {
  const auto with = [&](const std::string& outcome, const std::string& band, const std::string& whole) {
    return judged(head + test("a", above) + "[test.recorded.standard]\noutcome = \"" + outcome + "\"\nband = " + band +
                  "\n[recorded]\nstandard = \"" + whole + "\"\n")
        .within_record();
  };
  EXPECT_TRUE(with("supports", "[2, 2.1]", "supported"));
  EXPECT_FALSE(with("no_effect", "[2, 2.1]", "supported"));
  EXPECT_FALSE(with("supports", "[1.1, 1.3]", "supported"));
  EXPECT_FALSE(with("supports", "[2, 2.1]", "contradicted"));
}

TEST(Claims, SayWhenARunFails) {
  std::string stuck = block;
  stuck.replace(stuck.find("value_mm = -2"), 13, "value_mm = -30");
  const Claim c = read_claim("claims/C1_block", {{"claim.toml", head + test("a", above)}, {"block.toml", stuck}, {"half.toml", block}});
  const JudgedClaim j = judge_claims({c}).claims.front();
  EXPECT_EQ(j.outcome, ClaimOutcome::no_answer);
  EXPECT_EQ(j.tests[0].outcome, TestOutcome::failed);
  EXPECT_TRUE(has(j.reason, "Run full did not reach its end")) << j.reason;
  EXPECT_FALSE(j.within_record());
}

TEST(Claims, RefuseWhatIsWrongInAFile) {
  EXPECT_TRUE(has(faults(head), "claim.toml:1:1: not_decidable: missing")) << faults(head);
  EXPECT_TRUE(has(faults(head + test("a", "over = \"hlf\"\nsupports = [1, 2]\n")), "did you mean \"half\"?"));
  EXPECT_TRUE(has(faults(head + test("a", "over = \"half\"\nsupports = [1, inf]\ncontradicts = [0, 2]\n")), "overlaps"));
  EXPECT_TRUE(has(faults(head + test("a", "over = \"half\"\ncontradicts = [0, 2]\n")), "wants supports"));
  EXPECT_TRUE(has(faults(head + test("a", above) + test("b", "supports_kPa = [1, 2]\nsame_effect = true\n")), "is not measured as the first"));
  EXPECT_TRUE(has(faults(head + test("a", above) + "[[run]]\nname = \"c\"\nscenario = \"defalt\"\n"), "did you mean \"default\"?"));
  EXPECT_TRUE(has(faults(head + test("a", above) + "[recorded]\nstandard = \"yes\"\n"), "claim.toml:"));
  EXPECT_TRUE(has(faults(head + test("a", above) + "[recorded]\nstandard = \"no_answer\"\n"), "claim.toml:"));  // nothing to record
  EXPECT_TRUE(has(faults(head + test("a", above) + "[[evidence]]\nside = \"for\"\ntext = \"x\"\n"), "references.bib"));
}

TEST(Claims, TheBuiltInOnesAreWhole) {
  std::ifstream file(std::string(NERVELOAD_SOURCE_DIR) + "/docs/theory/references.bib");
  std::stringstream bibliography;
  bibliography << file.rdbuf();
  const std::vector<Claim> claims = built_in_claims();
  ASSERT_EQ(claims.size(), 13u);
  for (std::size_t i = 0; i < claims.size(); ++i) {
    const Claim& c = claims[i];
    EXPECT_EQ(c.id, "C" + std::to_string(i + 1));
    EXPECT_TRUE(c.folder.starts_with(c.id + "_")) << c.folder;
    for (const ClaimEvidence& e : c.evidence) {
      const std::regex word("[a-z]+[0-9]{4}[a-z]*");
      for (std::sregex_iterator it(e.source.begin(), e.source.end(), word), end; it != end; ++it)
        EXPECT_TRUE(has(bibliography.str(), "{" + it->str() + ",")) << c.id << " cites " << it->str();
    }
    for (const CaseRun& run : c.runs)
      EXPECT_NO_THROW(read_scenario_text(c.texts.at(run.file), c.path / run.file, run.settings)) << c.id << " " << run.name;
  }
}

/// Claims that compare a bent with a straight knee hang on how the nerve is tethered: both laws must be run.
TEST(Claims, ThatCompareKneesAreRunWithBothTethers) {
  for (const char* id : {"C5", "C6"}) {
    const std::vector<Claim> claims = built_in_claims();
    const auto c = std::find_if(claims.begin(), claims.end(), [&](const Claim& k) { return k.id == id; });
    int saturating = 0;
    for (const CaseRun& run : c->runs)
      for (const std::string& s : run.settings) saturating += has(s, "bed_slip_scale_mm=15");
    EXPECT_GE(saturating, 2) << id;
  }
}
