#include "postprocess/sitting.hpp"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <numbers>

#include "postprocess/tissue_fields.hpp"
#include "solver/base/error.hpp"
#include "solver/base/units.hpp"
#include "solver/mesh_point.hpp"

namespace nerveload {
namespace {

SittingLayer& layer_of(Sitting& s, Tissue tissue) {
  switch (tissue) {
    case Tissue::skin: return s.skin;
    case Tissue::fat: return s.fat;
    case Tissue::hamstring_tendon:
    case Tissue::fascicles:
    case Tissue::epineurium:
    case Tissue::paraneurium: return s.other;
    default: return s.muscle;
  }
}

/// 1 − least principal stretch, mean over the points of a cell.
double compression_of(const ElasticBody& body, const State& state, int cell) {
  const CellPoints points = body.points(cell, state);
  double sum = 0.0, weight = 0.0;
  for (const CellPoint& at : points.points()) {
    Mat3d F;
    for (int i = 0; i < 3; ++i)
      for (int j = 0; j < 3; ++j) F(i, j) = at.F(i, j);
    const double least = Eigen::SelfAdjointEigenSolver<Mat3d>(F.transpose() * F, Eigen::EigenvaluesOnly).eigenvalues()[0];
    sum += at.weight * (1.0 - std::sqrt(std::max(0.0, least)));
    weight += at.weight;
  }
  return sum / weight;
}

Vec3 displacement(const State& state, int node) { return state.unknowns.segment<3>(3 * static_cast<Eigen::Index>(node)); }

/// Bones are held, so their lowest point is the same in every state.
Vec3 lowest_of_ischium(const AnatomyMesh& anatomy, const Vec3& up) {
  const auto& nodes = anatomy.mesh.node_sets.at("bone_pelvis");
  NL_EXPECT(!nodes.empty(), "a pelvis");
  const auto& X = anatomy.mesh.X;
  return X[*std::min_element(nodes.begin(), nodes.end(), [&](int a, int b) { return X[a].dot(up) < X[b].dot(up); })];
}

/// Walks down from the bone through the deformed mesh and adds up what it passes.
void measure_thickness(const AnatomyMesh& anatomy, const State& state, const Vec3& bone, const Vec3& up, double SittingLayer::*thickness,
                       Sitting& s) {
  Mesh now = anatomy.mesh;
  for (std::size_t n = 0; n < now.X.size(); ++n) now.X[n] += displacement(state, static_cast<int>(n));
  const PointLocator locator(now);
  constexpr double step_mm = 0.1;
  constexpr int most_steps = 3000;
  bool inside = false;
  for (int step = 0; step < most_steps; ++step) {
    const auto at = locator.find(bone - (step + 0.5) * step_mm * up);
    if (!at && inside) break;
    inside = inside || at;
    if (at) layer_of(s, anatomy.tissue_of_cell[at->cell]).*thickness += step_mm;
  }
}

void measure_peaks(const AnatomyMesh& anatomy, const ElasticBody& body, const State& loaded, const Vec3& bone, const Vec3& up, Sitting& s) {
  const TissueFields f = tissue_fields(body, loaded);
  const Mesh& mesh = anatomy.mesh;
  for (std::size_t c = 0; c < mesh.cells.size(); ++c) {
    Vec3 middle = Vec3::Zero();
    for (const int n : mesh.cells[c]) middle += (mesh.X[n] + displacement(loaded, n)) / mesh.cells[c].size();
    const Vec3 r = middle - bone;
    if (r.dot(up) > 0.0 || (r - r.dot(up) * up).norm() > under_bone_radius_mm) continue;
    const auto& t = f.cauchy_stress_kPa[c];
    Mat3d stress;
    stress << t[0], t[3], t[5], t[3], t[1], t[4], t[5], t[4], t[2];
    const double least = Eigen::SelfAdjointEigenSolver<Mat3d>(stress, Eigen::EigenvaluesOnly).eigenvalues()[0];
    SittingLayer& layer = layer_of(s, anatomy.tissue_of_cell[c]);
    layer.compressive_stress_kPa = std::max(layer.compressive_stress_kPa, -least);
    layer.compressive_strain_percent = std::max(layer.compressive_strain_percent, 100.0 * compression_of(body, loaded, static_cast<int>(c)));
  }
}

}  // namespace

Sitting measure_sitting(const AnatomyMesh& anatomy, const ElasticBody& body, const Indenter& seat, const State& unloaded, const State& loaded) {
  Sitting s;
  const Vec3 up = seat.placement(loaded.path).direction, bone = lowest_of_ischium(anatomy, up);
  measure_thickness(anatomy, unloaded, bone, up, &SittingLayer::unloaded_mm, s);
  measure_thickness(anatomy, loaded, bone, up, &SittingLayer::loaded_mm, s);
  measure_peaks(anatomy, body, loaded, bone, up, s);
  double force = 0.0;
  for (const ContactSample& at : seat.samples(loaded)) {
    const Vec3 r = at.at - bone;
    if ((r - r.dot(up) * up).norm() <= interface_radius_mm) force += at.pressure * at.area;
  }
  s.interface_pressure_kPa = force / (std::numbers::pi * interface_radius_mm * interface_radius_mm);
  return s;
}

std::optional<Sitting> sitting_of(const Results& r) {
  if (!r.roller || !std::holds_alternative<Plane>(r.roller->options().shape)) return {};
  const ResultStep& loaded = r.steps[r.governing_step];
  for (const ResultStep& s : r.steps)
    if (s.phase == ResultStep::Phase::pose && loaded.phase == ResultStep::Phase::press)
      return measure_sitting(*r.anatomy, *r.body, *r.roller, *s.state, *loaded.state);
  return {};
}

}  // namespace nerveload
