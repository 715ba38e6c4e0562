#include "solver/terms/elastic_body.hpp"

#include "solver/assembly.hpp"
#include "solver/base/error.hpp"

namespace nerveload {

ElasticBody::ElasticBody(const Mesh& mesh, std::vector<Material> materials, std::optional<Growth> growth)
    : mesh_(&mesh), materials_(std::move(materials)), growth_(std::move(growth)), growth_entry_(mesh.hexes.size(), -1) {
  if (growth_)
    for (std::size_t i = 0; i < growth_->cells.size(); ++i) growth_entry_[growth_->cells[i]] = static_cast<int>(i);
  NL_EXPECT(mesh.region.size() == mesh.hexes.size(), "one region for each cell");
  for (const int region : mesh.region) NL_EXPECT(region >= 0 && region < static_cast<int>(materials_.size()), "a material for each region");
  X_.resize(mesh.hexes.size());
  for (std::size_t c = 0; c < mesh.hexes.size(); ++c)
    for (int n = 0; n < hex8::nodes; ++n)
      for (int i = 0; i < 3; ++i) X_[c][n][i] = mesh.X[mesh.hexes[c][n]][i];
}

void ElasticBody::claim(Layout& layout) {
  first_pressure_ = layout.claim_mixed(static_cast<int>(mesh_->hexes.size()));
  blocks_ = {layout.blocks(), static_cast<int>(mesh_->hexes.size())};
  std::array<int, hex8::dofs> unknowns;
  for (const Hex& hex : mesh_->hexes) {
    for (int n = 0; n < hex8::nodes; ++n)
      for (int i = 0; i < 3; ++i) unknowns[3 * n + i] = 3 * hex[n] + i;
    layout.couple(unknowns);
  }
  colours_ = layout.colours(blocks_);
}

Vec<double> ElasticBody::fibre(int cell) const {
  if (mesh_->fibre.empty()) return {1.0, 0.0, 0.0};
  const Vec3& f = mesh_->fibre[cell];
  return {f[0], f[1], f[2]};
}

hex8::Motion ElasticBody::motion(int cell, const State& state) const {
  hex8::Positions u;
  for (int n = 0; n < hex8::nodes; ++n)
    for (int i = 0; i < 3; ++i) u[n][i] = state.unknowns[3 * mesh_->hexes[cell][n] + i];
  if (growth_entry_[cell] < 0) return hex8::motion(X_[cell], u);
  Mat3<double> G = Mat3<double>::identity();
  const Vec3& n = growth_->direction[growth_entry_[cell]];
  const double extra = (growth_->ratio - 1.0) * growth_->activation(state.path);
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 3; ++j) G(i, j) += extra * n[i] * n[j];
  return hex8::motion(X_[cell], u, G);
}

void ElasticBody::add(const State& state, NewtonSystem& system) const {
  const bool tangent = system.request.tangent;
  for (const auto& colour : colours_) {
#pragma omp parallel for schedule(static)
    for (std::size_t k = 0; k < colour.size(); ++k) {
      const int cell = colour[k] - blocks_.first;
      const hex8::Motion m = motion(cell, state);
      if (m.inverted) {
        system.report_inverted(cell);
        continue;
      }
      hex8::System s;
      hex8::integrate(material_of(cell), fibre(cell), m, state.mixed[first_pressure_ + cell], tangent, s);
      system.add(colour[k], s.residual.data(), s.tangent.data());
    }
  }
}

void ElasticBody::update_mixed(const State& from, const Eigen::VectorXd& du, State& to) const {
#pragma omp parallel for schedule(static)
  for (std::size_t cell = 0; cell < mesh_->hexes.size(); ++cell) {
    const int c = static_cast<int>(cell);
    const hex8::Motion m = motion(c, from);
    const Volumetric& law = material_of(c).volumetric;
    double change = 0.0;
    for (int n = 0; n < hex8::nodes; ++n)
      for (int i = 0; i < 3; ++i) change += m.G[3 * n + i] * du[3 * mesh_->hexes[cell][n] + i];
    to.mixed[first_pressure_ + c] = law.pressure(m.theta) + law.stiffness(m.theta) / m.volume * change;
  }
}

}  // namespace nerveload
