#pragma once
#include <optional>

#include "solver/terms/elastic_body.hpp"

namespace nerveload {

/// A material point of a mesh: its cell and parent coordinates there.
struct MeshPoint {
  int cell = -1;
  Vec<double> xi{};  ///< in [−1, 1]³
};

/// The cell that holds a reference position; for a position outside by at most `slack_mm` the nearest point of that cell's
/// parent cube. Among several cells the lowest number.
std::optional<MeshPoint> locate(const Mesh& mesh, const Vec3& X, double slack_mm = 1e-6);

/// Displacement there, mm.
Vec3 displacement_at(const Mesh& mesh, const MeshPoint& at, const State& state);
/// Deformation gradient there.
Mat3<double> deformation_gradient_at(const Mesh& mesh, const MeshPoint& at, const State& state);
/// Cauchy stress there, kPa, order XX YY ZZ XY YZ XZ: isochoric part of the local deformation, pressure of the cell.
Sym3<double> cauchy_stress_at(const ElasticBody& body, const MeshPoint& at, const State& state);

}  // namespace nerveload
