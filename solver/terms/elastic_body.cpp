#include "solver/terms/elastic_body.hpp"

#include "solver/assembly.hpp"
#include "solver/base/error.hpp"

namespace nerveload {
namespace {

/// Calls `visit` with the element of a cell's shape: visit(Hex8{}).
template <class Visit>
decltype(auto) with_element(const Cell& cell, Visit&& visit) {
  return with_shape(cell.size(), [&]<class Shape>(Shape) -> decltype(auto) { return visit(MeanDilatation<Shape>{}); });
}

}  // namespace

ElasticBody::ElasticBody(const Mesh& mesh, std::vector<Material> materials, std::optional<Growth> growth, std::function<double(double)> time_s)
    : mesh_(&mesh), materials_(std::move(materials)), growth_(std::move(growth)), growth_entry_(mesh.cells.size(), -1), time_s_(std::move(time_s)) {
  if (growth_)
    for (std::size_t i = 0; i < growth_->cells.size(); ++i) growth_entry_[growth_->cells[i]] = static_cast<int>(i);
  NL_EXPECT(mesh.region.size() == mesh.cells.size(), "one region for each cell");
  for (const int region : mesh.region) NL_EXPECT(region >= 0 && region < static_cast<int>(materials_.size()), "a material for each region");
}

void ElasticBody::claim(Layout& layout) {
  first_pressure_ = layout.claim_mixed(static_cast<int>(mesh_->cells.size()));
  blocks_ = {layout.blocks(), static_cast<int>(mesh_->cells.size())};
  for (const Cell& cell : mesh_->cells) layout.couple_nodes(cell);
  colours_ = layout.colours(blocks_);
  if (std::none_of(materials_.begin(), materials_.end(), [](const Material& m) { return m.viscosity.history_size() > 0; })) return;
  time_of_commit_ = layout.claim_history(1);
  for (std::size_t c = 0; c < mesh_->cells.size(); ++c) {
    const int points = with_element(mesh_->cells[c], []<class Element>(Element) { return Element::points; });
    memory_.push_back(layout.claim_history(points * static_cast<int>(material_of(static_cast<int>(c)).viscosity.history_size())));
  }
}

std::vector<Prony::Step> ElasticBody::steps_to(const State& state) const {
  std::vector<Prony::Step> steps;
  if (memory_.empty()) return steps;
  const double passed = time_s_ ? std::max(0.0, time_s_(state.path) - state.history[time_of_commit_]) : 0.0;
  for (const Material& m : materials_) steps.push_back(m.viscosity.step(passed));
  return steps;
}

PointLaw ElasticBody::law(int cell, const State& state, const std::vector<Prony::Step>& steps) const {
  const Material& material = material_of(cell);
  if (material.viscosity.terms.empty()) return {material, fibre(cell), nullptr, {}};
  const std::size_t first = static_cast<std::size_t>(memory_[cell]);
  const std::span<const double> all(state.history.data(), static_cast<std::size_t>(state.history.size()));
  return {material, fibre(cell), &steps[mesh_->region[cell]], all.subspan(first)};
}

Vec<double> ElasticBody::fibre(int cell) const {
  if (mesh_->fibre.empty()) return {1.0, 0.0, 0.0};
  const Vec3& f = mesh_->fibre[cell];
  return {f[0], f[1], f[2]};
}

template <class Element>
typename Element::Motion ElasticBody::motion(int cell, const State& state) const {
  typename Element::Positions X, u;
  for (int n = 0; n < Element::nodes; ++n) {
    const int node = mesh_->cells[cell][n];
    for (int i = 0; i < 3; ++i) {
      X[n][i] = mesh_->X[node][i];
      u[n][i] = state.unknowns[3 * node + i];
    }
  }
  if (growth_entry_[cell] < 0) return Element::motion(X, u, Mat3<double>::identity(), material_of(cell).small_strain);
  Mat3<double> G = Mat3<double>::identity();
  const Vec3& n = growth_->direction[growth_entry_[cell]];
  const double extra = (growth_->ratio - 1.0) * growth_->activation(state.path);
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 3; ++j) G(i, j) += extra * n[i] * n[j];
  return Element::motion(X, u, G);
}

template <class Element>
void ElasticBody::add_cell(int block, const State& state, const std::vector<Prony::Step>& steps, NewtonSystem& system) const {
  const int cell = block - blocks_.first;
  const typename Element::Motion m = motion<Element>(cell, state);
  if (m.inverted) return system.report_inverted(cell);
  typename Element::System s;
  Element::integrate(law(cell, state, steps), m, state.mixed[first_pressure_ + cell], system.request.tangent, s);
  system.add(block, s.residual.data(), s.tangent.data());
}

void ElasticBody::add(const State& state, NewtonSystem& system) const {
  const std::vector<Prony::Step> steps = steps_to(state);
  for (const auto& colour : colours_) {
#pragma omp parallel for schedule(static)
    for (std::size_t k = 0; k < colour.size(); ++k)
      with_element(mesh_->cells[colour[k] - blocks_.first], [&]<class Element>(Element) { add_cell<Element>(colour[k], state, steps, system); });
  }
}

void ElasticBody::update_mixed(const State& from, const Eigen::VectorXd& du, State& to) const {
#pragma omp parallel for schedule(static)
  for (std::size_t cell = 0; cell < mesh_->cells.size(); ++cell) {
    const int c = static_cast<int>(cell);
    const Cell& nodes = mesh_->cells[cell];
    with_element(nodes, [&]<class Element>(Element) {
      const typename Element::Motion m = motion<Element>(c, from);
      const Volumetric& law = material_of(c).volumetric;
      double change = 0.0;
      for (int n = 0; n < Element::nodes; ++n)
        for (int i = 0; i < 3; ++i) change += m.G[3 * n + i] * du[3 * nodes[n] + i];
      to.mixed[first_pressure_ + c] = law.pressure(m.theta) + law.stiffness(m.theta) / m.volume * change;
    });
  }
}

void ElasticBody::commit(State& state) const {
  if (memory_.empty()) return;
  const std::vector<Prony::Step> steps = steps_to(state);
#pragma omp parallel for schedule(static)
  for (std::size_t cell = 0; cell < mesh_->cells.size(); ++cell) {
    const int c = static_cast<int>(cell);
    const Material& material = material_of(c);
    const std::size_t size = material.viscosity.history_size();
    if (size == 0) continue;
    with_element(mesh_->cells[cell], [&]<class Element>(Element) {
      const typename Element::Motion m = motion<Element>(c, state);
      for (int q = 0; q < Element::points; ++q)
        material.commit(m.at[q].F, fibre(c), steps[mesh_->region[c]], {state.history.data() + memory_[c] + q * size, size});
    });
  }
  if (time_s_) state.history[time_of_commit_] = time_s_(state.path);
}

Sym3<double> ElasticBody::cauchy_stress(int cell, const Mat3<double>& F, const State& state) const {
  const std::vector<Prony::Step> steps = steps_to(state);
  PointLaw here = law(cell, state, steps);
  const CellPoints all = points(cell, state);
  const std::size_t size = here.material.viscosity.history_size();
  std::vector<double> mean(size, 0.0);
  for (int q = 0; q < all.count; ++q)
    for (std::size_t i = 0; i < size; ++i) mean[i] += here.memory_of(q)[i] / all.count;
  if (here.step) here.memory = mean;
  Sym3<double> sigma = here.respond(0, F).tau;
  const double J = here.material.small_strain ? 1.0 : determinant(F);
  for (int i = 0; i < 6; ++i) sigma[i] = sigma[i] / J + (i < 3 ? here.material.volumetric.pressure(all.theta) : 0.0);
  return sigma;
}

CellPoints ElasticBody::points(int cell, const State& state) const {
  return with_element(mesh_->cells[cell], [&]<class Element>(Element) {
    const typename Element::Motion m = motion<Element>(cell, state);
    const auto sigma = Element::cauchy_stress(law(cell, state, steps_to(state)), m);
    CellPoints p{m.volume, m.theta, {}, Element::points};
    for (int q = 0; q < Element::points; ++q) p.at[q] = {m.at[q].F, m.at[q].J, m.at[q].weight, sigma[q]};
    return p;
  });
}

}  // namespace nerveload
