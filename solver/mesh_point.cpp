#include "solver/mesh_point.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace nerveload {
namespace {

auto reference(const Mesh& mesh) {
  return [&mesh](int n) -> const Vec3& { return mesh.X[n]; };
}
Vec3 position(const Mesh& mesh, int cell, const Vec<double>& xi) { return interpolate(mesh.cells[cell], xi, reference(mesh)); }

/// Newton's method for the parent coordinates, kept in the parent cell.
Vec<double> parent_coordinates(const Mesh& mesh, int cell, const Vec3& X) {
  return with_shape(mesh.cells[cell].size(), [&]<class Shape>(Shape) {
    Vec<double> xi = Shape::middle();
    for (int i = 0; i < 20; ++i) {
      const Mat3d J = parent_derivative(mesh.cells[cell], xi, reference(mesh));
      const Vec3 step = J.partialPivLu().solve(X - position(mesh, cell, xi));
      if (!step.allFinite()) break;
      xi = Shape::nearest({xi[0] + step[0], xi[1] + step[1], xi[2] + step[2]});
      if (step.norm() < 1e-13) break;
    }
    return xi;
  });
}

std::pair<Vec3, Vec3> bounds(const Mesh& mesh, int cell) {
  Vec3 low = mesh.X[mesh.cells[cell][0]], high = low;
  for (const int n : mesh.cells[cell]) {
    low = low.cwiseMin(mesh.X[n]);
    high = high.cwiseMax(mesh.X[n]);
  }
  return {low, high};
}

template <class Visit>
void for_each_box(const Eigen::Array3i& from, const Eigen::Array3i& to, Visit&& visit) {
  for (int k = from[2]; k <= to[2]; ++k)
    for (int j = from[1]; j <= to[1]; ++j)
      for (int i = from[0]; i <= to[0]; ++i) visit(Eigen::Array3i(i, j, k));
}

}  // namespace

PointLocator::PointLocator(const Mesh& mesh) : mesh_(&mesh) {
  low_ = high_ = mesh.X.empty() ? Vec3::Zero() : mesh.X[0];
  for (const Vec3& X : mesh.X) {
    low_ = low_.cwiseMin(X);
    high_ = high_.cwiseMax(X);
  }
  // About as many boxes as cells.
  const Vec3 size = (high_ - low_).cwiseMax(1e-9);
  width_ = std::cbrt(size.prod() / std::max<double>(1.0, static_cast<double>(mesh.cells.size())));
  boxes_ = (size.array() / width_).floor().min(1000.0).cast<int>() + 1;
  cells_.resize(static_cast<std::size_t>(boxes_.prod()));
  for (std::size_t c = 0; c < mesh.cells.size(); ++c) {
    const auto [low, high] = bounds(mesh, static_cast<int>(c));
    for_each_box(box_of(low), box_of(high), [&](const Box& b) { cells_[index(b)].push_back(static_cast<int>(c)); });
  }
}

PointLocator::Box PointLocator::box_of(const Vec3& X) const {
  return ((X - low_).array() / width_).floor().max(0.0).min((boxes_ - 1).cast<double>()).cast<int>();
}

std::size_t PointLocator::index(const Box& b) const { return (static_cast<std::size_t>(b[2]) * boxes_[1] + b[1]) * boxes_[0] + b[0]; }

std::optional<MeshPoint> PointLocator::find(const Vec3& X, double slack_mm) const {
  double best = std::numeric_limits<double>::infinity();
  MeshPoint found;
  const Vec3 slack = Vec3::Constant(slack_mm);
  std::vector<int> candidates;
  for_each_box(box_of(X - slack), box_of(X + slack),
               [&](const Box& b) { candidates.insert(candidates.end(), cells_[index(b)].begin(), cells_[index(b)].end()); });
  std::sort(candidates.begin(), candidates.end());
  candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
  for (const int cell : candidates) {
    const auto [low, high] = bounds(*mesh_, cell);
    if ((low - X).cwiseMax(X - high).cwiseMax(0.0).norm() > std::min(slack_mm, best)) continue;
    const Vec<double> xi = parent_coordinates(*mesh_, cell, X);
    const double distance = (position(*mesh_, cell, xi) - X).norm();
    if (distance < best - 1e-12) {
      best = distance;
      found = {cell, xi};
    }
  }
  if (best > slack_mm) return {};
  return found;
}

std::optional<MeshPoint> locate(const Mesh& mesh, const Vec3& X, double slack_mm) { return PointLocator(mesh).find(X, slack_mm); }

Vec3 displacement_at(const Mesh& mesh, const MeshPoint& at, const State& state) {
  return interpolate(mesh.cells[at.cell], at.xi, [&](int n) { return state.unknowns.segment<3>(3 * n); });
}

Mat3<double> deformation_gradient_at(const Mesh& mesh, const MeshPoint& at, const State& state) {
  const Cell& cell = mesh.cells[at.cell];
  const Mat3d dX = parent_derivative(cell, at.xi, reference(mesh));
  const Mat3d du = parent_derivative(cell, at.xi, [&](int n) { return Vec3(state.unknowns.segment<3>(3 * n)); });
  const Mat3d F = Mat3d::Identity() + du * dX.inverse();
  Mat3<double> result;
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 3; ++j) result(i, j) = F(i, j);
  return result;
}

Sym3<double> cauchy_stress_at(const ElasticBody& body, const MeshPoint& at, const State& state) {
  return body.cauchy_stress(at.cell, deformation_gradient_at(body.mesh(), at, state), state);
}

}  // namespace nerveload
