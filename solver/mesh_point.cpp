#include "solver/mesh_point.hpp"

#include <algorithm>
#include <limits>

namespace nerveload {
namespace {

Vec3 position(const Mesh& mesh, int cell, const Vec<double>& xi) {
  const auto N = hex8::shape_functions(xi);
  Vec3 X = Vec3::Zero();
  for (int n = 0; n < hex8::nodes; ++n) X += N[n] * mesh.X[mesh.hexes[cell][n]];
  return X;
}

/// ∂v/∂ξ of a nodal field.
template <class Field>
Mat3d parent_derivative(const Mesh& mesh, int cell, const Vec<double>& xi, Field&& value) {
  const hex8::Gradients g = hex8::parent_gradients(xi);
  Mat3d d = Mat3d::Zero();
  for (int n = 0; n < hex8::nodes; ++n) d += value(mesh.hexes[cell][n]) * Vec3(g[n][0], g[n][1], g[n][2]).transpose();
  return d;
}

/// Newton's method for the parent coordinates, kept in the parent cube.
Vec<double> parent_coordinates(const Mesh& mesh, int cell, const Vec3& X) {
  Vec3 xi = Vec3::Zero();
  for (int i = 0; i < 20; ++i) {
    const Vec<double> at{xi[0], xi[1], xi[2]};
    const Mat3d J = parent_derivative(mesh, cell, at, [&](int n) { return mesh.X[n]; });
    const Vec3 step = J.partialPivLu().solve(X - position(mesh, cell, at));
    if (!step.allFinite()) break;
    xi = (xi + step).cwiseMax(-1.0).cwiseMin(1.0);
    if (step.norm() < 1e-13) break;
  }
  return {xi[0], xi[1], xi[2]};
}

}  // namespace

std::optional<MeshPoint> locate(const Mesh& mesh, const Vec3& X, double slack_mm) {
  double best = std::numeric_limits<double>::infinity();
  MeshPoint found;
  for (std::size_t c = 0; c < mesh.hexes.size(); ++c) {
    const int cell = static_cast<int>(c);
    Vec3 low = mesh.X[mesh.hexes[c][0]], high = low;
    for (const int n : mesh.hexes[c]) {
      low = low.cwiseMin(mesh.X[n]);
      high = high.cwiseMax(mesh.X[n]);
    }
    const Vec3 outside = (low - X).cwiseMax(X - high).cwiseMax(0.0);
    if (outside.norm() > slack_mm) continue;
    const Vec<double> xi = parent_coordinates(mesh, cell, X);
    const double distance = (position(mesh, cell, xi) - X).norm();
    if (distance < best - 1e-12) {
      best = distance;
      found = {cell, xi};
    }
  }
  if (best > slack_mm) return {};
  return found;
}

Vec3 displacement_at(const Mesh& mesh, const MeshPoint& at, const State& state) {
  const auto N = hex8::shape_functions(at.xi);
  Vec3 u = Vec3::Zero();
  for (int n = 0; n < hex8::nodes; ++n) u += N[n] * state.unknowns.segment<3>(3 * mesh.hexes[at.cell][n]);
  return u;
}

Mat3<double> deformation_gradient_at(const Mesh& mesh, const MeshPoint& at, const State& state) {
  const Mat3d dX = parent_derivative(mesh, at.cell, at.xi, [&](int n) { return mesh.X[n]; });
  const Mat3d du = parent_derivative(mesh, at.cell, at.xi, [&](int n) { return Vec3(state.unknowns.segment<3>(3 * n)); });
  const Mat3d F = Mat3d::Identity() + du * dX.inverse();
  Mat3<double> result;
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 3; ++j) result(i, j) = F(i, j);
  return result;
}

Sym3<double> cauchy_stress_at(const ElasticBody& body, const MeshPoint& at, const State& state) {
  const Mat3<double> F = deformation_gradient_at(body.mesh(), at, state);
  const Material& material = body.material_of(at.cell);
  const double p = material.volumetric.pressure(body.motion(at.cell, state).theta), J = determinant(F);
  Sym3<double> sigma = material.respond(F, body.fibre(at.cell)).tau;
  for (int i = 0; i < 6; ++i) sigma[i] = sigma[i] / J + (i < 3 ? p : 0.0);
  return sigma;
}

}  // namespace nerveload
