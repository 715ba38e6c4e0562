#include "solver/terms/elastic_body.hpp"

#include "solver/assembly.hpp"
#include "solver/base/error.hpp"

namespace nerveload {
ElasticBody::ElasticBody(const Mesh& mesh, std::vector<Material> materials, std::optional<Growth> growth, PathClock clock,
                         const ElementKernels& kernels)
    : mesh_(&mesh), materials_(std::move(materials)), growth_(std::move(growth)), growth_entry_(mesh.cells.size(), -1), kernels_(&kernels),
      clock_(std::move(clock)) {
  if (growth_)
    for (std::size_t i = 0; i < growth_->cells.size(); ++i) growth_entry_[growth_->cells[i]] = static_cast<int>(i);
  NL_EXPECT(mesh.region.size() == mesh.cells.size(), "one region for each cell");
  for (const int region : mesh.region) NL_EXPECT(region >= 0 && region < static_cast<int>(materials_.size()), "a material for each region");
}

void ElasticBody::claim(Layout& layout) {
  first_pressure_ = layout.claim_mixed(static_cast<int>(mesh_->cells.size()));
  first_block_ = layout.blocks();
  batches_ = CellBatches(*mesh_, kernels_->lanes);
  for (const CellBatches::Batch& batch : batches_.batches())
    for (int lane = 0; lane < batch.count; ++lane) layout.couple_cell(mesh_->cells[batch.cell[lane]]);
  if (std::none_of(materials_.begin(), materials_.end(), [](const Material& m) { return m.viscosity.history_size() > 0; })) return;
  time_of_commit_ = layout.claim_history(1);
  for (std::size_t c = 0; c < mesh_->cells.size(); ++c) {
    const int points = with_shape(mesh_->cells[c].size(), []<class Shape>(Shape) { return Shape::points; });
    memory_.push_back(layout.claim_history(points * static_cast<int>(material_of(static_cast<int>(c)).viscosity.history_size())));
  }
}

std::vector<Prony::Step> ElasticBody::steps_to(const State& state) const {
  std::vector<Prony::Step> steps;
  if (memory_.empty()) return steps;
  const double passed = std::max(0.0, clock_.at(state.path) - state.history[time_of_commit_]);
  for (const Material& m : materials_) steps.push_back(m.viscosity.step(passed));
  return steps;
}

std::span<const double> ElasticBody::memory_of(int cell, int point, const State& state) const {
  const std::size_t size = material_of(cell).viscosity.history_size();
  return {state.history.data() + memory_[cell] + static_cast<std::size_t>(point) * size, size};
}

template <class Visit>
decltype(auto) ElasticBody::with_law(int cell, const State& state, std::array<Sym3<double>, CellBatches::most_points>& frozen, Visit&& visit) const {
  const Material& material = material_of(cell);
  const bool relaxes = !material.viscosity.terms.empty();
  double share = 1.0;
  if (relaxes) {
    const Prony::Step step = steps_to(state)[mesh_->region[cell]];
    const int points = with_shape(mesh_->cells[cell].size(), []<class Shape>(Shape) { return Shape::points; });
    for (int q = 0; q < points; ++q) frozen[q] = Prony::frozen_stress(step, memory_of(cell, q, state));
    share = step.share;
  }
  return with_ground(material, [&]<class Ground>(const Ground& ground) {
    return visit(PointLaw<double, Ground>{material, ground, fibre(cell), share, relaxes ? frozen.data() : nullptr});
  });
}

Vec<double> ElasticBody::fibre(int cell) const {
  if (mesh_->fibre.empty()) return {1.0, 0.0, 0.0};
  const Vec3& f = mesh_->fibre[cell];
  return {f[0], f[1], f[2]};
}

Mat3<double> ElasticBody::growth_of(int cell, const State& state) const {
  Mat3<double> G = Mat3<double>::identity();
  if (growth_entry_[cell] < 0) return G;
  const Vec3& n = growth_->direction[growth_entry_[cell]];
  const double extra = (growth_->ratio - 1.0) * growth_->activation(state.path);
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 3; ++j) G(i, j) += extra * n[i] * n[j];
  return G;
}

template <class Shape>
typename MeanDilatation<Shape, double>::Motion ElasticBody::motion(int cell, const State& state) const {
  using Element = MeanDilatation<Shape, double>;
  typename Element::Vectors X, u;
  for (int n = 0; n < Element::nodes; ++n) {
    const int node = mesh_->cells[cell][n];
    for (int i = 0; i < 3; ++i) {
      X[n][i] = mesh_->X[node][i];
      u[n][i] = state.unknowns[3 * node + i];
    }
  }
  const Mat3<double> growth = growth_of(cell, state);
  typename Element::Motion m;
  Element::move(X, u, growth_entry_[cell] < 0 ? nullptr : &growth, material_of(cell).small_strain, m);
  return m;
}

/// What the kernels read and write for a batch.
struct ElasticBody::Workspace {
  static constexpr int lanes = CellBatches::most_lanes, dofs = 3 * CellBatches::most_nodes, points = CellBatches::most_points;
  alignas(64) double u[dofs * lanes], du[dofs * lanes], growth[9 * lanes], frozen[6 * points * lanes], mixed[lanes], upright[lanes];
  alignas(64) double residual[dofs * lanes], tangent[9 * pair_index(CellBatches::most_nodes, 0) * lanes];
};

ElementBatch ElasticBody::gather(const CellBatches::Batch& batch, const State& state, const std::vector<Prony::Step>& steps, Workspace& to) const {
  const int lanes = kernels_->lanes;
  const Material& material = material_of(batch.cell[0]);
  const int* nodes = batches_.nodes(batch);
  const double* u = state.unknowns.data();
  for (int n = 0; n < batch.nodes; ++n)
    for (int lane = 0; lane < lanes; ++lane)
      for (int i = 0; i < 3; ++i) to.u[(3 * n + i) * lanes + lane] = u[3 * nodes[n * lanes + lane] + i];
  bool grows = false;
  for (int lane = 0; lane < lanes; ++lane) {
    to.mixed[lane] = state.mixed[first_pressure_ + batch.cell[lane]];
    grows = grows || growth_entry_[batch.cell[lane]] >= 0;
  }
  if (grows)
    for (int lane = 0; lane < lanes; ++lane) {
      const Mat3<double> G = growth_of(batch.cell[lane], state);
      for (int i = 0; i < 9; ++i) to.growth[i * lanes + lane] = G.a[i];
    }
  const bool relaxes = !steps.empty() && !material.viscosity.terms.empty();  // for forces; pressures have no past
  if (relaxes)
    for (int lane = 0; lane < lanes; ++lane)
      for (int q = 0; q < CellBatches::most_points && (batch.nodes > 4 || q == 0); ++q) {
        const Sym3<double> H = Prony::frozen_stress(steps[mesh_->region[batch.cell[lane]]], memory_of(batch.cell[lane], q, state));
        for (int i = 0; i < 6; ++i) to.frozen[(6 * q + i) * lanes + lane] = H[i];
      }
  return {&material,
          batches_.X(batch),
          to.u,
          grows ? to.growth : nullptr,
          batches_.fibre(batch),
          relaxes ? to.frozen : nullptr,
          relaxes ? steps[mesh_->region[batch.cell[0]]].share : 1.0,
          to.du,
          to.mixed,
          to.residual,
          to.tangent,
          to.upright};
}

void ElasticBody::add(const State& state, NewtonSystem& system) const {
  const std::vector<Prony::Step> steps = steps_to(state);
  batches_.for_each_apart([&](const CellBatches::Batch& batch, const CellBatches::Batch* next) {
    Workspace space;
    const ElementBatch b = gather(batch, state, steps, space);
    const ElementKernels::OfShape& kernels = kernels_->of(batch.nodes);
    (system.request.tangent ? kernels.residual_and_tangent : kernels.residual)(b);
    for (int lane = 0; lane < batch.count; ++lane) {
      if (space.upright[lane] == 0.0) system.report_inverted(batch.cell[lane]);
      else system.add_pairs(first_block_ + batch.first_cell + lane, space.residual + lane, space.tangent + lane, kernels_->lanes);
      if (next && lane < next->count) system.prefetch_pairs(first_block_ + next->first_cell + lane);
    }
  });
}

void ElasticBody::update_mixed(const State& from, const Eigen::VectorXd& du, State& to) const {
#pragma omp parallel for schedule(static)
  for (std::size_t k = 0; k < batches_.batches().size(); ++k) {
    const CellBatches::Batch& batch = batches_.batches()[k];
    const int lanes = kernels_->lanes;
    Workspace space;
    const ElementBatch b = gather(batch, from, {}, space);
    const int* nodes = batches_.nodes(batch);
    for (int n = 0; n < batch.nodes; ++n)
      for (int lane = 0; lane < lanes; ++lane)
        for (int i = 0; i < 3; ++i) space.du[(3 * n + i) * lanes + lane] = du[3 * nodes[n * lanes + lane] + i];
    kernels_->of(batch.nodes).pressures(b);
    for (int lane = 0; lane < batch.count; ++lane) to.mixed[first_pressure_ + batch.cell[lane]] = space.mixed[lane];
  }
}

void ElasticBody::commit(State& state) const {
  if (memory_.empty() || !clock_.commits(state.path)) return;
  const std::vector<Prony::Step> steps = steps_to(state);
#pragma omp parallel for schedule(static)
  for (std::size_t cell = 0; cell < mesh_->cells.size(); ++cell) {
    const int c = static_cast<int>(cell);
    const Material& material = material_of(c);
    const std::size_t size = material.viscosity.history_size();
    if (size == 0) continue;
    with_shape(mesh_->cells[cell].size(), [&]<class Shape>(Shape) {
      const auto m = motion<Shape>(c, state);
      for (int q = 0; q < Shape::points; ++q)
        material.commit(m.F[q], fibre(c), steps[mesh_->region[c]], {state.history.data() + memory_[c] + q * size, size});
    });
  }
  state.history[time_of_commit_] = clock_.at(state.path);
}

Sym3<double> ElasticBody::cauchy_stress(int cell, const Mat3<double>& F, const State& state) const {
  const Material& material = material_of(cell);
  std::array<Sym3<double>, CellBatches::most_points> frozen;
  const CellPoints all = points(cell, state);
  return with_law(cell, state, frozen, [&](auto law) {
    // The frozen stress is linear in the memory: its mean over the points is that of the mean memory.
    Sym3<double> mean;
    for (int q = 0; q < all.count; ++q)
      for (int i = 0; i < 6; ++i) mean[i] += frozen[q][i] / all.count;
    if (law.frozen) law.frozen = &mean;
    Sym3<double> sigma = law.template respond<NoTangent<double>>(0, F).tau;
    const double J = material.small_strain ? 1.0 : determinant(F);
    for (int i = 0; i < 6; ++i) sigma[i] = sigma[i] / J + (i < 3 ? material.volumetric.pressure(all.theta) : 0.0);
    return sigma;
  });
}

CellPoints ElasticBody::points(int cell, const State& state) const {
  std::array<Sym3<double>, CellBatches::most_points> frozen;
  return with_shape(mesh_->cells[cell].size(), [&]<class Shape>(Shape) {
    const auto m = motion<Shape>(cell, state);
    return with_law(cell, state, frozen, [&](const auto& law) {
      CellPoints p{m.volume, m.theta, {}, Shape::points};
      for (int q = 0; q < Shape::points; ++q) {
        Sym3<double> sigma = law.template respond<NoTangent<double>>(q, m.F[q]).tau;
        const double J = law.small_strain ? 1.0 : m.J[q], pressure = law.volumetric().pressure(m.theta);
        for (int i = 0; i < 6; ++i) sigma[i] = sigma[i] / J + (i < 3 ? pressure : 0.0);
        p.at[q] = {m.F[q], m.J[q], m.weight[q], sigma};
      }
      return p;
    });
  });
}

}  // namespace nerveload
