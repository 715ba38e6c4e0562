#pragma once
#include <optional>

#include "solver/terms/elastic_body.hpp"

namespace nerveload {

/// A material point of a mesh: its cell and parent coordinates there.
struct MeshPoint {
  int cell = -1;
  Vec<double> xi{};  ///< in the cell's parent cell (solver/elements/shapes.hpp)
};

/// Finds material points of a mesh by their reference position: a grid of boxes, each with the cells that reach into it.
class PointLocator {
 public:
  explicit PointLocator(const Mesh& mesh);
  /// The cell that holds X; for a position outside by at most `slack_mm` the nearest point of a cell.
  /// Among several cells the lowest number.
  std::optional<MeshPoint> find(const Vec3& X, double slack_mm = 1e-6) const;

 private:
  using Box = Eigen::Array3i;
  Box box_of(const Vec3& X) const;
  std::size_t index(const Box& b) const;
  const Mesh* mesh_;
  Vec3 low_, high_;
  double width_ = 1.0;  ///< of a box, mm
  Box boxes_ = Box::Ones();
  std::vector<std::vector<int>> cells_;  ///< per box, ascending
};

/// One position in a mesh; for many, keep a PointLocator.
std::optional<MeshPoint> locate(const Mesh& mesh, const Vec3& X, double slack_mm = 1e-6);

/// Displacement there, mm.
Vec3 displacement_at(const Mesh& mesh, const MeshPoint& at, const State& state);
/// Deformation gradient there.
Mat3<double> deformation_gradient_at(const Mesh& mesh, const MeshPoint& at, const State& state);
/// Cauchy stress there, kPa, order XX YY ZZ XY YZ XZ: isochoric part of the local deformation, pressure of the cell.
Sym3<double> cauchy_stress_at(const ElasticBody& body, const MeshPoint& at, const State& state);

}  // namespace nerveload
