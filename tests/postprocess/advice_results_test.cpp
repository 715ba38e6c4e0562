#include "postprocess/advice_results.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "postprocess/verdict.hpp"
#include "tests/support/has.hpp"

using namespace nerveload;

namespace {

using Status = AdviceProposal::Status;

AdvisedLoad load(double compression, double muscle_kPa) {
  AdvisedLoad l;
  l.level = compression < 1.0 ? 0 : 1;
  l.level_name = l.level ? "caution" : "below notice";
  l.compression = compression;
  l.tension = 0.4;
  l.muscle_kPa = muscle_kPa;
  return l;
}

AdviceProposal proposal(const std::string& name, Status status, double effort, AdvisedLoad after) {
  AdviceProposal p;
  p.name = name;
  p.status = status;
  p.effort = effort;
  p.changes = {{"roller.position_mm", "120", "90"}};
  p.after = std::move(after);
  p.scenario_toml = "schema = 1\n";
  p.runs = 2;
  return p;
}

Advice advice() {
  Advice a;
  a.name = "a thigh";
  a.fidelity = "coarse";
  a.level_name = "caution";
  a.muscle = "hamstrings";
  a.before = load(1.6, 20.0);
  a.levers = {{"roller.position_mm", 120.0, -120.0, 310.0, 10.0}};
  a.proposals = {proposal("far", Status::reaches, 9.0, load(0.9, 19.0)), proposal("short", Status::falls_short, 1.0, load(1.2, 20.0)),
                 proposal("near", Status::reaches, 3.0, load(0.95, 15.0))};
  a.runs = 7;
  return a;
}

}  // namespace

TEST(AdviceResults, TheLeastChangeThatReachesComesFirst) {
  Advice a = advice();
  conclude(a);
  EXPECT_EQ(a.status, Advice::Status::found);
  EXPECT_EQ(a.proposals[0].name, "near");
  EXPECT_EQ(a.proposals[1].name, "far");
  const std::string text = advice_text(a);
  EXPECT_TRUE(has(text, "The smallest change found: roller.position_mm 120 -> 90.")) << text;
  EXPECT_TRUE(has(text, "the hamstrings keeps 75 % of its stress (proposals/near.toml)")) << text;
  EXPECT_TRUE(has(text, "15 kPa (75 %)")) << text;
}

TEST(AdviceResults, WhereNothingReachesTheNearestIsTold) {
  Advice a = advice();
  for (AdviceProposal& p : a.proposals) p.status = Status::falls_short;
  a.proposals[0].after = load(1.1, 20.0);
  a.proposals[2].after = load(1.4, 20.0);
  a.proposals.push_back(proposal("stuck", Status::failed, 0.0, {}));
  conclude(a);
  EXPECT_EQ(a.status, Advice::Status::none_reaches);
  EXPECT_EQ(a.proposals[0].name, "far");
  EXPECT_EQ(a.proposals.back().name, "stuck");
  EXPECT_TRUE(has(advice_text(a), "at 110 % of the level instead of 160 %")) << advice_text(a);
  a.before = load(0.8, 20.0);
  conclude(a);
  EXPECT_EQ(a.status, Advice::Status::already_under);
  EXPECT_TRUE(has(advice_text(a), "nothing needs to change"));
  a.before.failure = "a cell inverts";
  conclude(a);
  EXPECT_EQ(a.status, Advice::Status::failed);
  EXPECT_TRUE(has(advice_text(a), "did not reach its end: a cell inverts"));
}

// What `run` says of the same leg is not contradicted: neither figure reaches caution, both together do.
TEST(AdviceResults, PressureAndStretchTogetherAreToldAtCaution) {
  Advice a = advice();
  a.before = load(0.8, 20.0);
  a.before.combined_index = 1.2;
  conclude(a);
  EXPECT_EQ(a.status, Advice::Status::already_under);
  EXPECT_TRUE(has(advice_text(a), exceed_together_text)) << advice_text(a);
  EXPECT_FALSE(has(advice_text(a), "nothing needs to change"));
  a.level = 2;  // the index is against caution, which may be exceeded then
  EXPECT_TRUE(has(advice_text(a), "nothing needs to change"));
  a = advice();
  a.proposals[2].after.combined_index = 1.1;
  conclude(a);
  EXPECT_TRUE(has(advice_text(a), "The smallest change found") && has(advice_text(a), exceed_together_text)) << advice_text(a);
}

// A leg that was solved is not said to have failed where it only has no derivatives.
TEST(AdviceResults, WithoutDerivativesTheRunIsStillTold) {
  Advice a = advice();
  a.proposals.clear();
  a.fault_of_slopes = "the neutral pose was not kept";
  conclude(a);
  EXPECT_EQ(a.status, Advice::Status::failed);
  const std::string text = advice_text(a);
  EXPECT_TRUE(has(text, "Without derivatives no change can be looked for: the neutral pose was not kept") && has(text, "as it is")) << text;
  EXPECT_FALSE(has(text, "did not reach its end"));
  EXPECT_EQ(nlohmann::json::parse(advice_json(a)).at("before").at("compression_utilisation"), 1.6);
  a.before = load(0.8, 20.0);
  conclude(a);
  EXPECT_EQ(a.status, Advice::Status::already_under);
}

TEST(AdviceResults, JsonHoldsBeforeAndAfter) {
  Advice a = advice();
  conclude(a);
  const auto j = nlohmann::json::parse(advice_json(a));
  EXPECT_EQ(j.at("status"), "found");
  EXPECT_EQ(j.at("before").at("muscle_stress_kPa"), 20.0);
  EXPECT_EQ(j.at("proposals").at(0).at("after").at("muscle_stress_kept"), 0.75);
  EXPECT_EQ(j.at("proposals").at(0).at("file"), "proposals/near.toml");
  EXPECT_EQ(j.at("levers").at(0).at("effort_of_one"), 10.0);
}
