#pragma once
#include <functional>
#include <optional>
#include <vector>

#include "solver/elements/hex8.hpp"
#include "solver/mesh.hpp"
#include "solver/terms/term.hpp"

namespace nerveload {

/// Stress-free growth of some cells along a direction each:  G = 1 + (ratio − 1) a(path) n⊗n.
struct Growth {
  std::vector<int> cells;
  std::vector<Vec3> direction;  ///< per cell of the list, unit
  double ratio = 1.0;           ///< grown over original length, > 0
  std::function<double(double path)> activation = [](double) { return 1.0; };
};

/// The solid: all hexahedra of a mesh, a material per region.
class ElasticBody final : public Term {
 public:
  /// @param materials  one per region of the mesh
  ElasticBody(const Mesh& mesh, std::vector<Material> materials, std::optional<Growth> growth = {});

  void claim(Layout& layout) override;
  void add(const State& state, NewtonSystem& system) const override;
  /// p ← U'(θ) + U''/V G·du: the pressure of the linearised constraint.
  void update_mixed(const State& from, const Eigen::VectorXd& du, State& to) const override;

  const Mesh& mesh() const { return *mesh_; }
  const Material& material_of(int cell) const { return materials_[mesh_->region[cell]]; }
  hex8::Motion motion(int cell, const State& state) const;
  Vec<double> fibre(int cell) const;
  /// Where the cell's mixed pressure stands in State::mixed.
  int pressure_index(int cell) const { return first_pressure_ + cell; }
  std::array<Sym3<double>, hex8::points> cauchy_stress(int cell, const State& state) const {
    return hex8::cauchy_stress(material_of(cell), fibre(cell), motion(cell, state));
  }

 private:
  const Mesh* mesh_;
  std::vector<Material> materials_;
  std::optional<Growth> growth_;
  std::vector<int> growth_entry_;  ///< per cell, −1 = does not grow
  std::vector<hex8::Positions> X_;
  std::vector<std::vector<int>> colours_;  ///< block numbers
  BlockRange blocks_;
  int first_pressure_ = 0;
};

}  // namespace nerveload
