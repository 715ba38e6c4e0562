#pragma once
#include <memory>
#include <vector>

#include "solver/elements/hex8.hpp"
#include "solver/mesh.hpp"
#include "solver/terms/term.hpp"

namespace nerveload {

/// The solid: all hexahedra of a mesh, a material per region.
class ElasticBody final : public Term {
 public:
  /// @param materials  one per region of the mesh
  ElasticBody(const Mesh& mesh, std::vector<Material> materials);

  void claim(Layout& layout) override;
  void add(const State& state, NewtonSystem& system) const override;
  /// p ← U'(θ) + U''/V G·du: the pressure of the linearised constraint.
  void update_mixed(const State& from, const Eigen::VectorXd& du, State& to) const override;

  const Mesh& mesh() const { return *mesh_; }
  const Material& material_of(int cell) const { return materials_[mesh_->region[cell]]; }
  hex8::Motion motion(int cell, const Eigen::VectorXd& unknowns) const;
  Vec<double> fibre(int cell) const;
  std::array<Sym3<double>, hex8::points> cauchy_stress(int cell, const Eigen::VectorXd& unknowns) const {
    return hex8::cauchy_stress(material_of(cell), fibre(cell), motion(cell, unknowns));
  }

 private:
  const Mesh* mesh_;
  std::vector<Material> materials_;
  std::vector<hex8::Positions> X_;
  std::vector<std::vector<int>> colours_;  ///< block numbers
  BlockRange blocks_;
  int first_pressure_ = 0;
};

}  // namespace nerveload
