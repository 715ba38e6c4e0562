#include "postprocess/claim_results.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "tests/support/has.hpp"
#include "tests/support/run_program.hpp"

using namespace nerveload;

namespace {

constexpr double inf = std::numeric_limits<double>::infinity();
JudgedTest judged(const std::string& name, double value, TestOutcome outcome, bool same = false) {
  JudgedTest t;
  t.name = name;
  t.title = "pressure, " + name;
  t.unit = "kPa";
  t.same_effect = same;
  t.supports_low = 1.0;
  t.supports_high = inf;
  t.contradicts_low = -inf;
  t.contradicts_high = 0.0;
  t.value = value;
  t.outcome = outcome;
  return t;
}

JudgedClaim claim() {
  JudgedClaim c;
  c.id = "C1";
  c.title = "it presses";
  c.statement = "The \"roller\" presses.";
  c.folder = "C1_it";
  c.depends_on = "the place";
  c.evidence = {{"for", "measured", "rydevik1981"}, {"open", "nobody knows", ""}};
  c.tests = {judged("buttock", 1.5, TestOutcome::supports), judged("thigh", -0.5, TestOutcome::contradicts, true),
             judged("other", 7.0, TestOutcome::supports)};
  return c;
}

}  // namespace

TEST(ClaimResults, OutcomeFollowsFromTheTests) {
  JudgedClaim c = claim();
  decide(c);
  EXPECT_EQ(c.outcome, ClaimOutcome::depends);
  EXPECT_EQ(c.reason, "2 of 3 comparisons speak for it; it depends on the place.");
  EXPECT_EQ(c.variants(), std::pair(-0.5, 1.5));
  c.tests.erase(c.tests.begin() + 1);
  decide(c);
  EXPECT_EQ(c.outcome, ClaimOutcome::supported);
  EXPECT_FALSE(c.variants());
  for (JudgedTest& t : c.tests) t.outcome = TestOutcome::no_effect;
  decide(c);
  EXPECT_EQ(c.outcome, ClaimOutcome::contradicted);
  for (JudgedTest& t : c.tests) t.outcome = TestOutcome::shown;
  c.undecidable = "pain";
  decide(c);
  EXPECT_EQ(c.outcome, ClaimOutcome::not_decidable);
  EXPECT_EQ(c.reason, "Pain.");
}

// A run that failed or was stopped found nothing: neither that mechanics cannot decide, nor that another mesh says otherwise, nor what the record says.
TEST(ClaimResults, AFailedRunIsNoFinding) {
  JudgedClaim c = claim(), other = claim();
  c.finding = "The nerve is pressed.";
  c.tests[1].value.reset();
  c.tests[1].outcome = TestOutcome::failed;
  c.tests[1].reason = "run thigh did not reach its end: interrupted";
  c.tests[1].within_record = false;
  c.recorded = c.other_meshes["coarse"] = ClaimOutcome::depends;
  c.tests[0].other_meshes["coarse"] = TestOutcome::contradicts;
  decide(c);
  decide(other);
  EXPECT_EQ(c.outcome, ClaimOutcome::no_answer);
  EXPECT_EQ(c.reason, "Run thigh did not reach its end: interrupted.");
  EXPECT_FALSE(c.within_record());
  c.recorded.reset();
  c.tests[1].within_record = true;
  EXPECT_FALSE(c.within_record());
  const std::string text = claims_text({c, other}), page = claims_page({c, other}, "standard"), csv = claims_csv({c}, "standard");
  EXPECT_TRUE(has(text, "2 claims: 0 supported, 0 contradicted, 1 depends, 0 not decidable by mechanics, 1 without an answer\n")) << text;
  EXPECT_TRUE(has(text, "no answer: C1 (Run thigh did not reach its end: interrupted.)")) << text;
  EXPECT_TRUE(has(page, "**Outcome: no answer.** Run thigh did not reach its end: interrupted.\n")) << page;
  EXPECT_TRUE(has(page, "| it presses | no answer | 1.5 kPa")) << page;
  EXPECT_TRUE(has(page, "| pressure, thigh | – | above 1 kPa | failed: run thigh did not reach its end: interrupted |")) << page;
  for (const char* words : {"mesh it is", "hangs on", "On the coarse", "ot as recorded", "The nerve is pressed."})
    EXPECT_FALSE(has(text + page, words)) << words << "\n" << text << page;
  EXPECT_TRUE(has(csv, "\nC1,no_answer,1.5,")) << csv;
}

TEST(ClaimResults, TablesAndPageSayIt) {
  JudgedClaim c = claim();
  decide(c);
  c.recorded = ClaimOutcome::supported;
  EXPECT_FALSE(c.within_record());
  const std::string csv = claims_csv({c}, "coarse");
  EXPECT_TRUE(csv.starts_with("id,outcome,effect,interval,reason,")) << csv;
  EXPECT_TRUE(has(csv, "\nC1,depends,1.5,\"\",\"2 of 3")) << csv;
  EXPECT_TRUE(has(claim_tests_csv({c}, "coarse"), "\nC1,thigh,-0.5,kPa,contradicts,1,,,0,"));
  const std::string text = claims_text({c});
  EXPECT_TRUE(has(text, "depends (not as recorded)") && has(text, "not as recorded: C1 is depends, recorded supported")) << text;
  const std::string page = claims_page({c}, "coarse");
  for (const char* words : {"## C1\n", "**Outcome: depends.**", "| pressure, thigh | -0.5 kPa | above 1 kPa | speaks against it |", "[rydevik1981]",
                            "*Not known*: nobody knows\n", "(pictures/C1.png)", "**Not as recorded**", "emergency care at once"})
    EXPECT_TRUE(has(page, words)) << words << "\n" << page;
}

TEST(ClaimResults, SayWhereTheOutcomeHangsOnTheMesh) {
  JudgedClaim c = claim();
  decide(c);
  c.other_meshes["coarse"] = c.outcome;
  c.tests.front().other_meshes["coarse"] = c.tests.front().outcome;
  EXPECT_TRUE(has(claims_page({c}, "standard"), "On the coarse mesh it is the same."));
  EXPECT_FALSE(has(claims_text({c}), "hangs on the mesh"));
  c.other_meshes["coarse"] = ClaimOutcome::contradicted;
  c.tests.front().other_meshes["coarse"] = TestOutcome::contradicts;
  const std::string page = claims_page({c}, "standard");
  EXPECT_TRUE(has(page, "**On the coarse mesh it is contradicted: the outcome hangs on the mesh.**")) << page;
  EXPECT_TRUE(has(page, "| depends (hangs on the mesh) |")) << page;
  EXPECT_TRUE(has(page, "(On the coarse mesh \u201c" + c.tests.front().title + "\u201d speaks against it.)")) << page;
  EXPECT_TRUE(has(claims_text({c}), "hangs on the mesh: C1 is contradicted on the coarse mesh"));
  c.tests.front().other_meshes["coarse"] = TestOutcome::no_effect;
  EXPECT_TRUE(has(claims_page({c}, "standard"), "(On the coarse mesh \u201c" + c.tests.front().title + "\u201d shows no such effect.)"));
}

TEST(ClaimResults, SayWhatIsNotKnown) {
  JudgedClaim c = claim();
  decide(c);
  EXPECT_FALSE(has(claims_page({c}, "coarse"), "hangs most on"));
  c.tests[0].uncertainty =
      ComparisonUncertainty{{}, {1.5, 1.2, 1.8}, {{"materials.fat.shear_modulus_kPa", -0.15}, {"subject.skin_thickness_mm", 0.1}}, false};
  c.tests[1].uncertainty = ComparisonUncertainty{{}, {-0.5, -1.5, 0.5}, {}, true};
  c.tests[2].uncertainty = ComparisonUncertainty{"friction remembers the way", {}, {}, false};
  const std::string page = claims_page({c}, "coarse");
  for (const char* words :
       {"these could say something else: \u201cpressure, thigh\u201d (1 without a range).", "| 1.5 kPa | 1.2 to 1.8 kPa |",
        "none: friction remembers the way", "fat shear modulus (-0.15), skin thickness (+0.1)", "speaks against it, not over the whole range"})
    EXPECT_TRUE(has(page, words)) << words << "\n" << page;
  const std::string csv = claims_csv({c}, "coarse");
  EXPECT_TRUE(has(csv, "\nC1,depends,1.5,\"1.2 to 1.8 kPa\",\"2 of 3 comparisons speak for it; it depends on the place. Over nine tenths")) << csv;
  EXPECT_TRUE(has(claims_text({c}), "C1: Over nine tenths of what is not known")) << claims_text({c});
  c.tests[1].uncertainty->crosses = false;
  EXPECT_TRUE(has(claims_text({c}), "each says the same"));
}

TEST(ClaimResults, PictureIsDrawn) {
  const ScratchFolder folder;
  JudgedClaim c = claim(), without = claim();
  c.tests[0].uncertainty = ComparisonUncertainty{{}, {1.5, 1.2, 1.8}, {}, false};
  without.id = "C2";
  without.tests.clear();
  decide(c);
  ASSERT_EQ(draw_claims({c, without}, folder.path()), "");
  EXPECT_GT(std::filesystem::file_size(folder.path() / "C1.png"), 10000u);
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "C2.png"));
}
