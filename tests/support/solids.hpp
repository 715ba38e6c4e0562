#pragma once
#include <cmath>

#include "solver/block.hpp"
#include "solver/newton.hpp"
#include "solver/terms/elastic_body.hpp"

namespace nerveload {

/// A block of one material as a model; sets xmin … zmax as usual.
struct Solid {
  Mesh mesh;
  Model model;
  ElasticBody* body = nullptr;

  Solid(Mesh m, std::vector<Material> materials, std::optional<Growth> growth = {}, PathClock clock = {},
        const ElementKernels& kernels = element_kernels())
      : mesh(std::move(m)) {
    model.mesh = &mesh;
    auto term = std::make_unique<ElasticBody>(mesh, std::move(materials), std::move(growth), std::move(clock), kernels);
    body = term.get();
    model.terms.push_back(std::move(term));
  }
  Solid(const Solid&) = delete;
  Solid& operator=(const Solid&) = delete;

  /// Prescribes `rate` per unit path for the given components of a set's nodes.
  void prescribe(const std::string& set, const Vec3& rate, std::initializer_list<int> components = {0, 1, 2}) {
    for (const int n : mesh.node_sets.at(set))
      for (const int i : components) prescribe(3 * n + i, rate[i]);
  }
  void prescribe(int unknown, double rate) {
    for (const Prescribed& p : model.supports)
      if (p.unknown == unknown) return;
    model.supports.push_back({unknown, rate});
  }
};

/// Moves the inner nodes of a mesh about, so that no cell stays a box.
inline void distort(Mesh& mesh, double size) {
  std::vector<bool> outer(mesh.X.size(), false);
  for (const char* set : {"xmin", "xmax", "ymin", "ymax", "zmin", "zmax"})
    for (const int n : mesh.node_sets.at(set)) outer[n] = true;
  for (std::size_t n = 0; n < mesh.X.size(); ++n)
    if (!outer[n])
      for (int i = 0; i < 3; ++i) mesh.X[n][i] += size * std::sin(2.3 * double(n) + 1.9 * i);
}

inline Material material(Matrix matrix, double bulk_modulus, Volumetric::Law law = Volumetric::Law::quadratic) {
  Material m;
  m.matrix = std::move(matrix);
  m.volumetric = {bulk_modulus, law};
  return m;
}

/// Sum of the residual (force that the supports exert) over a node set, mN.
inline Vec3 reaction(const Mesh& mesh, const std::string& set, const Eigen::VectorXd& residual) {
  Vec3 sum = Vec3::Zero();
  for (const int n : mesh.node_sets.at(set)) sum += residual.segment<3>(3 * n);
  return sum;
}

inline Mat3<double> matrix(std::array<double, 9> a) { return {a}; }

}  // namespace nerveload
