#include "solver/quasistatic.hpp"

#include <gtest/gtest.h>

#include "tests/support/moved_block.hpp"
#include "tests/support/path.hpp"

namespace nerveload {
namespace {

TEST(FollowPath, HalvesAStepThatFailsAndGoesOn) {
  const MovedBlock block(Vec3(0, 0, -5.0), {4, 4, 4}, 1500.0);
  Problem problem = block.problem();
  State state = problem.assembly.initial_state(block.solid.model);
  PathOptions options;
  options.first_step = options.max_step = 1.0;  // half the height at once: too much
  options.newton.max_iterations = 5;
  const PathReport report = follow_path(problem, state, 1.0, path_alone, options);
  EXPECT_EQ(report.ending, Ending::converged);
  EXPECT_EQ(state.path, 1.0);
  EXPECT_GT(report.steps.size(), 1u);
}

TEST(FollowPath, EndsWithTheReasonWhereNothingHelps) {
  const MovedBlock block(Vec3(0, 0, -12.0));  // below the floor: impossible
  Problem problem = block.problem();
  State state = problem.assembly.initial_state(block.solid.model);
  PathOptions options;
  options.min_step = 0.01;
  const PathReport report = follow_path(problem, state, 1.0, path_alone, options);
  EXPECT_NE(report.ending, Ending::converged);
  EXPECT_GT(state.path, 0.3);
  EXPECT_LT(state.path, 10.0 / 12.0);
  EXPECT_FALSE(report.last.message.empty());
}

/// What a multiplier does that finds no rest beyond half the path.
class Restless final : public Term {
 public:
  void claim(Layout&) override {}
  void add(const State&, NewtonSystem&) const override {}
  bool augment(State& s) const override { return s.path <= 0.5; }
};

TEST(FollowPath, WhatDoesNotSettleIsAStepThatFailed) {
  MovedBlock block(Vec3(0, 0, -1.0));
  block.solid.model.terms.push_back(std::make_unique<Restless>());
  Problem problem = block.problem();
  State state = problem.assembly.initial_state(block.solid.model);
  PathOptions options;
  options.max_augmentations = 3;
  options.min_step = 0.02;
  const PathReport report = follow_path(problem, state, 1.0, path_alone, options);
  EXPECT_EQ(report.ending, Ending::unsettled);
  EXPECT_EQ(report.last.message, "contact did not settle");
  EXPECT_GT(state.path, 0.45);
  EXPECT_LE(state.path, 0.5);
}

TEST(FollowPath, TheObserverCanStopIt) {
  const MovedBlock block(Vec3(0, 0, -1.0));
  Problem problem = block.problem();
  State state = problem.assembly.initial_state(block.solid.model);
  int seen = 0;
  const PathReport report = follow_path(problem, state, 1.0, path_alone, {}, [&](const State&, const StepReport&) { return ++seen < 3; });
  EXPECT_TRUE(report.stopped);
  EXPECT_EQ(report.steps.size(), 3u);
  EXPECT_NEAR(state.path, 0.3, 1e-12);
}

}  // namespace
}  // namespace nerveload
