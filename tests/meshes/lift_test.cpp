#include "meshes/lift.hpp"

#include <gtest/gtest.h>
#include <omp.h>

#include <set>

#include "meshes/quality.hpp"
#include "tests/support/random_legs.hpp"

namespace nerveload {
namespace {

/// A flexed leg at coarse, where lifting is off by default, before and after it.
class LiftTest : public ::testing::Test {
 protected:
  static constexpr int rounds = 6;
  static Divisions with_lifts() {
    Divisions d = divisions_of(Fidelity::coarse);
    d.lifts = rounds;
    return d;
  }
  AnatomyShape leg = random_leg(109, Fidelity::coarse);
  Divisions divisions = with_lifts();
  SectionTopology topology{divisions};
  SectionShapes shapes{leg};
  LayerPlan plan = layer_plan(leg);
  SectionSolver solver{topology, divisions};
  SweptSections before = sweep(section_places(leg, shapes, plan), shapes, solver);

  SweptSections lifted() const {
    SweptSections s = before;
    lift_worst_cells(solver, plan, s);
    return s;
  }
  double quality(const SweptSections& s, int layer, const SectionQuad& q) const {
    std::array<Vec3, 8> x;
    for (int i = 0; i < 4; ++i) {
      x[i] = s.shapes[layer + 1].frame.world(s.solutions[layer + 1].x[q.nodes[i]]);
      x[i + 4] = s.shapes[layer].frame.world(s.solutions[layer].x[q.nodes[i]]);
    }
    return scaled_jacobian(x);
  }
  bool is_bone(int layer, const SectionQuad& q) const { return q.part == Part::medial && layer < plan.ischium_end(); }
  /// Sorted qualities of all cells.
  std::vector<double> qualities(const SweptSections& s) const {
    std::vector<double> all;
    for (int layer = 0; layer + 1 < plan.sections(); ++layer)
      for (const SectionQuad& q : topology.quads)
        if (!is_bone(layer, q)) all.push_back(quality(s, layer, q));
    std::sort(all.begin(), all.end());
    return all;
  }
};

TEST_F(LiftTest, RaisesTheWorstAndKeepsTheGood) {
  const std::vector<double> a = qualities(before), b = qualities(lifted());
  EXPECT_GT(b.front(), a.front() + 0.02);
  EXPECT_GT(b[b.size() / 100], a[a.size() / 100] + 0.02);
  EXPECT_NEAR(b[b.size() / 2], a[a.size() / 2], 0.005);
}

TEST_F(LiftTest, LeavesEndsSkinAndGoodCellsWhereTheyAre) {
  const SweptSections after = lifted();
  const int last = plan.sections() - 1;
  // What may move in six rounds: nodes of cells below q₀, and of their neighbours' neighbours, six times over.
  std::vector<char> poor(plan.sections(), 0);
  for (int layer = 0; layer < last; ++layer)
    for (const SectionQuad& q : topology.quads)
      if (!is_bone(layer, q) && quality(before, layer, q) < 0.45)
        for (int k = std::max(layer - rounds, 1); k <= std::min(layer + 1 + rounds, last - 1); ++k) poor[k] = 1;
  int moved = 0;
  for (int k = 0; k <= last; ++k)
    for (std::size_t n = 0; n < topology.nodes.size(); ++n) {
      const bool same = (after.solutions[k].x[n] - before.solutions[k].x[n]).norm() < 1e-12;
      const Binding binding = topology.nodes[n].binding;
      moved += !same;
      if (!poor[k] || binding == Binding::skin_inside || binding == Binding::skin_outside) {
        EXPECT_TRUE(same) << k << ' ' << n;
      }
    }
  EXPECT_GT(moved, 50);
  EXPECT_LT(moved, plan.sections() * static_cast<int>(topology.nodes.size()) / 3);
}

/// Places and unknowns say the same, so bound nodes are still on their curves; the piriformis keeps its thickness.
TEST_F(LiftTest, StaysOnTheCurves) {
  const SweptSections after = lifted();
  for (int k = 0; k < plan.sections(); ++k) {
    const SectionCurves curves(topology, divisions, after.shapes[k]);
    std::vector<CurvePoint> x;
    solver.energy().place(curves, after.solutions[k].unknowns, x);
    for (std::size_t n = 0; n < x.size(); ++n) EXPECT_LT((x[n].x - after.solutions[k].x[n]).norm(), 1e-12);
    for (const int n : topology.piriformis_front)
      EXPECT_TRUE(after.shapes[k].piriformis_hold <= 0.0 || after.solutions[k].x[n][1] == before.solutions[k].x[n][1]) << k;
  }
}

TEST_F(LiftTest, IsTheSameForAnyNumberOfThreads) {
  const int threads = omp_get_max_threads();
  omp_set_num_threads(1);
  const SweptSections one = lifted();
  omp_set_num_threads(3);
  const SweptSections three = lifted();
  omp_set_num_threads(threads);
  for (int k = 0; k < plan.sections(); ++k) EXPECT_EQ(one.solutions[k].unknowns, three.solutions[k].unknowns);
}

}  // namespace
}  // namespace nerveload
