/// The mesh of the default man against the figures of its anatomy (docs/theory/anatomy.md).
#include <gtest/gtest.h>

#include <cstdio>
#include <numbers>

#include "meshes/anatomy_mesh.hpp"
#include "meshes/anatomy_tables.hpp"
#include "meshes/sweep.hpp"

namespace nerveload {
namespace {

/// A man of the default's size in the neutral pose, with the sections that his mesh is made of.
struct Man {
  AnatomyShape shape;
  Divisions divisions;
  SectionTopology topology;
  SectionShapes shapes;
  LayerPlan plan;
  std::vector<double> places;
  explicit Man(AnatomyShape s)
      : shape(s), divisions(divisions_of(s.fidelity)), topology(divisions), shapes(s), plan(layer_plan(s)), places(section_places(s, shapes, plan)) {}
  SweptSections swept() const { return sweep(places, shapes, SectionSolver(topology, divisions)); }
};

AnatomyShape neutral(Fidelity fidelity) {
  AnatomyShape shape;
  shape.fidelity = fidelity;
  return shape;
}

/// Straight behind the nerve, from its centre to the skin, at the levels of the table of layers: muscle measured on the Visible
/// Human Male scaled to this man [andreassen2022]; fat [park2011, frank2019, krauze2019] and skin partly assumed.
TEST(Anatomy, DepthOfTheNerveBelowTheSkin) {
  const AnatomyMesh mesh = build_anatomy(neutral(Fidelity::standard));
  const SectionShapes shapes(neutral(Fidelity::standard));
  struct Row {
    const char* station;
    double y_mm, depth_mm;
  };
  constexpr Row table[] = {{"infrapiriform exit", 9, 72},   {"ischial level", -40, 74},      {"gluteal fold", -100, 53},
                           {"25 % of the thigh", -125, 42}, {"50 % of the thigh", -205, 55}, {"75 % of the thigh", -305, 35},
                           {"division", -345, 20}};
  for (const Row& row : table) {
    const auto& s = mesh.nerve.sections;
    std::size_t k = 0;
    while (k + 2 < s.size() && s[k + 1].centre[2] > row.y_mm) ++k;
    const double t = (row.y_mm - s[k].centre[2]) / (s[k + 1].centre[2] - s[k].centre[2]);
    const Vec3 centre = (1.0 - t) * s[k].centre + t * s[k + 1].centre;
    const SkinPoint skin = skin_at(mesh, (1.0 - t) * s[k].station_mm + t * s[k + 1].station_mm);
    const double depth = (skin.position - centre).norm();
    std::printf("%-20s %5.1f mm of %g\n", row.station, depth, row.depth_mm);
    EXPECT_NEAR(depth, row.depth_mm, 4.0) << row.station;
  }
}

TEST(Anatomy, BoneOutlinesAreTheirEllipses) {
  for (const Fidelity fidelity : {Fidelity::coarse, Fidelity::standard}) EXPECT_LE(build_anatomy(neutral(fidelity)).quality.worst_outline_mm, 1.0);
}

/// Behind the nerve, from the paraneurium to the gluteus, in every section of the muscle.
TEST(Anatomy, PiriformisIsAsThickAsAsked) {
  for (const Fidelity fidelity : {Fidelity::coarse, Fidelity::standard})
    for (const double flexion : {0.0, 75.0})
      for (const double asked : {12.0, 17.0, 25.0}) {
        AnatomyShape shape = neutral(fidelity);
        shape.piriformis_thickness_mm = asked;
        shape.angles.hip_flexion = flexion * std::numbers::pi / 180.0;
        const Man man(shape);
        const SweptSections all = man.swept();
        double worst = 0.0;
        for (int k = man.plan.piriformis_from(); k <= man.plan.piriformis_to(); ++k) {
          const std::vector<Vec2>& x = all.solutions[k].x;
          const int front =
              *std::max_element(man.topology.nerve_loop.begin(), man.topology.nerve_loop.end(), [&](int a, int b) { return x[a][1] < x[b][1]; });
          // The back line runs from medial to lateral: where it passes the nerve.
          const std::vector<int>& back = man.topology.piriformis_back;
          for (std::size_t i = 0; i + 1 < back.size(); ++i) {
            const double t = (x[front][0] - x[back[i]][0]) / (x[back[i + 1]][0] - x[back[i]][0]);
            if (t < 0.0 || t > 1.0) continue;
            worst = std::max(worst, std::abs((1.0 - t) * x[back[i]][1] + t * x[back[i + 1]][1] - x[front][1] - asked));
          }
        }
        std::printf("flexion %g, %g mm asked: off by %.2f mm\n", flexion, asked, worst);
        EXPECT_LE(worst, 0.5);
      }
}

double volume(const Mesh& mesh, const Cell& hex) {
  // Trilinear cell: two points a direction integrate its Jacobian exactly.
  const double g = 1.0 / std::numbers::sqrt3;
  constexpr int corner[8][3] = {{-1, -1, -1}, {1, -1, -1}, {1, 1, -1}, {-1, 1, -1}, {-1, -1, 1}, {1, -1, 1}, {1, 1, 1}, {-1, 1, 1}};
  double sum = 0.0;
  for (const auto& at : corner) {
    Mat3d J = Mat3d::Zero();
    for (int n = 0; n < 8; ++n)
      for (int i = 0; i < 3; ++i) {
        double slope = 0.125 * corner[n][i];
        for (int j = 0; j < 3; ++j)
          if (j != i) slope *= 1.0 + corner[n][j] * at[j] * g;
        J.col(i) += slope * mesh.X[hex[n]];
      }
    sum += J.determinant();
  }
  return sum;
}

/// Areas between smooth curves: nerve, fat and skin of a section.
struct Areas {
  double nerve, fat, skin;
};
Areas areas_of(const SectionShape& s) {
  constexpr int pieces = 4000;
  auto enclosed = [&](auto&& point) {
    double sum = 0.0;
    Vec2 before = point(0.0);
    for (int i = 1; i <= pieces; ++i) {
      const Vec2 here = point(2.0 * std::numbers::pi * i / pieces);
      sum += 0.5 * (before[0] * here[1] - before[1] * here[0]);
      before = here;
    }
    return sum;
  };
  const double muscle = enclosed([&](double t) { return s.muscle.at(t).x; });
  const double outside = enclosed([&](double t) { return s.outside.at(t).x; });
  const double inside = enclosed([&](double t) -> Vec2 {
    const CurvePoint p = s.outside.at(t);
    return p.x - s.skin * Vec2(p.first[1], -p.first[0]).normalized();
  });
  return {s.nerve.area(), inside - muscle, outside - inside};
}

/// In the neutral pose the sections are parallel, so a volume is the integral of an area along the leg.
TEST(Anatomy, VolumesOfNerveFatAndSkin) {
  for (const Fidelity fidelity : {Fidelity::coarse, Fidelity::standard}) {
    const AnatomyMesh a = build_anatomy(neutral(fidelity));
    const SectionShapes shapes(neutral(fidelity));
    Areas found{}, expected{};
    for (std::size_t c = 0; c < a.mesh.cells.size(); ++c) {
      const double v = volume(a.mesh, a.mesh.cells[c]);
      switch (a.tissue_of_cell[c]) {
        case Tissue::fascicles:
        case Tissue::epineurium: found.nerve += v; break;
        case Tissue::fat: found.fat += v; break;
        case Tissue::skin: found.skin += v; break;
        default: break;
      }
    }
    constexpr int pieces = 400;
    for (int i = 0; i < pieces; ++i) {  // midpoint rule
      const double step = (sweep_end_s - sweep_begin_s) / pieces;
      const Areas here = areas_of(shapes.at(sweep_begin_s + (i + 0.5) * step));
      expected.nerve += step * here.nerve;
      expected.fat += step * here.fat;
      expected.skin += step * here.skin;
    }
    std::printf("nerve %.1f of %.1f cm³, fat %.0f of %.0f, skin %.0f of %.0f\n", 1e-3 * found.nerve, 1e-3 * expected.nerve, 1e-3 * found.fat,
                1e-3 * expected.fat, 1e-3 * found.skin, 1e-3 * expected.skin);
    EXPECT_NEAR(found.nerve / expected.nerve, 1.0, 0.01);
    EXPECT_NEAR(found.fat / expected.fat, 1.0, 0.01);
    EXPECT_NEAR(found.skin / expected.skin, 1.0, 0.01);
  }
}

}  // namespace
}  // namespace nerveload
