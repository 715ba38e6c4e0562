#pragma once
#include <functional>
#include <optional>
#include <vector>

#include "solver/elements/element_kernels.hpp"
#include "solver/elements/mean_dilatation.hpp"
#include "solver/elements/shapes.hpp"
#include "solver/mesh.hpp"
#include "solver/terms/cell_batches.hpp"
#include "solver/terms/path_clock.hpp"
#include "solver/terms/term.hpp"

namespace nerveload {

/// Stress-free growth of some cells along a direction each:  G = 1 + (ratio − 1) a(path) n⊗n.
struct Growth {
  std::vector<int> cells;
  std::vector<Vec3> direction;  ///< per cell of the list, unit
  double ratio = 1.0;           ///< grown over original length, > 0
  std::function<double(double path)> activation = [](double) { return 1.0; };
};

/// What a quadrature point of a cell knows, whatever the cell's shape.
struct CellPoint {
  Mat3<double> F;       ///< deformation gradient from the grown state
  double J, weight;     ///< det F; reference volume that the point stands for, mm³
  Sym3<double> cauchy;  ///< Cauchy stress, kPa, order XX YY ZZ XY YZ XZ
};
struct CellPoints {
  double volume, theta;                             ///< reference volume, mm³; mean dilatation
  std::span<const CellPoint> points() && = delete;  // a loop over a temporary's points would outlive them
  std::span<const CellPoint> points() const& { return {at.data(), static_cast<std::size_t>(count)}; }
  std::array<CellPoint, 8> at;
  int count;
};

/// The solid: all cells of a mesh, a material per region.
class ElasticBody final : public Term {
 public:
  /// @param materials  one per region of the mesh
  /// @param clock      of the path, for materials that relax; none: no time passes
  /// @param kernels    the element for some instruction set
  ElasticBody(const Mesh& mesh, std::vector<Material> materials, std::optional<Growth> growth = {}, PathClock clock = {},
              const ElementKernels& kernels = element_kernels());

  void claim(Layout& layout) override;
  void add(const State& state, NewtonSystem& system) const override;
  /// p ← U'(θ) + U''/V G·du: the pressure of the linearised constraint.
  void update_mixed(const State& from, const Eigen::VectorXd& du, State& to) const override;
  /// The memories of relaxing materials move on to the step's end.
  void commit(State& state) const override;

  const Mesh& mesh() const { return *mesh_; }
  const Material& material_of(int cell) const { return materials_[mesh_->region[cell]]; }
  Vec<double> fibre(int cell) const;
  /// Cauchy stress at deformation gradient F anywhere in a cell, kPa: isochoric part there, the cell's pressure and, where the material
  /// relaxes, the mean memory of the cell's points.
  Sym3<double> cauchy_stress(int cell, const Mat3<double>& F, const State& state) const;
  /// Where the cell's mixed pressure stands in State::mixed.
  int pressure_index(int cell) const { return first_pressure_ + cell; }
  /// Motion and stress at the quadrature points of a cell.
  CellPoints points(int cell, const State& state) const;

 private:
  /// Motion of one cell, by the reference element.
  template <class Shape>
  typename MeanDilatation<Shape, double>::Motion motion(int cell, const State& state) const;
  /// Calls `visit` with the PointLaw of a cell, by the reference element; frozen: room for the points' frozen stresses.
  template <class Visit>
  decltype(auto) with_law(int cell, const State& state, std::array<Sym3<double>, CellBatches::most_points>& frozen, Visit&& visit) const;
  Mat3<double> growth_of(int cell, const State& state) const;
  /// What a point of a cell's material keeps of its past at the step's beginning: memory_of(cell, point).
  std::span<const double> memory_of(int cell, int point, const State& state) const;
  struct Workspace;
  /// Fills the workspace with what a batch needs of the state.
  ElementBatch gather(const CellBatches::Batch& batch, const State& state, const std::vector<Prony::Step>& steps, Workspace& to) const;
  /// Per material, the step from the last commit to the state's time.
  std::vector<Prony::Step> steps_to(const State& state) const;
  const Mesh* mesh_;
  std::vector<Material> materials_;
  std::optional<Growth> growth_;
  std::vector<int> growth_entry_;  ///< per cell, −1 = does not grow
  const ElementKernels* kernels_;
  CellBatches batches_;
  int first_block_ = 0;  ///< of the cells in the order of the batches
  int first_pressure_ = 0;
  PathClock clock_;
  std::vector<int> memory_;  ///< per cell, where its points' memories stand in State::history; empty: nothing relaxes
  int time_of_commit_ = -1;  ///< in State::history
};

}  // namespace nerveload
