#include "solver/terms/fibre_membrane.hpp"

#include "solver/assembly.hpp"
#include "solver/base/error.hpp"
#include "solver/terms/facet.hpp"

namespace nerveload {

FibreMembrane::FibreMembrane(const Mesh& mesh, std::vector<Facet> facets, SheetFibre along, SheetFibre across)
    : mesh_(&mesh), facets_(std::move(facets)), law_{along, across} {
  for (const Facet& facet : facets_) {
    const FacetCorners corner = facet_corners(facet.nodes, [&](int n) { return mesh.X[n]; });
    auto& strands = strands_.emplace_back();
    for (int p = 0; p < 4; ++p) {
      const FacetPoint f = facet_point(corner, p);
      const double area = f.area_vector.norm();
      const Vec3 normal = f.area_vector / area;
      const Vec3 along_axis = (facet.long_axis - facet.long_axis.dot(normal) * normal).normalized();
      const Vec3 axes[2] = {along_axis, normal.cross(along_axis)};
      // Contravariant base: ∂ξ/∂s = a¹·e with a¹ = (t_η × n)/area, a² = (n × t_ξ)/area.
      const Vec3 a1 = f.tangent_eta.cross(normal) / area, a2 = normal.cross(f.tangent_xi) / area;
      for (int k = 0; k < 2; ++k) {
        for (int n = 0; n < 4; ++n) strands[p][k].b[n] = a1.dot(axes[k]) * f.dN_dxi[n] + a2.dot(axes[k]) * f.dN_deta[n];
        strands[p][k].volume = area * facet.thickness;
      }
    }
  }
}

void FibreMembrane::claim(Layout& layout) {
  first_block_ = layout.blocks();
  for (const Facet& facet : facets_) {
    std::array<int, 12> unknowns;
    for (int n = 0; n < 4; ++n)
      for (int i = 0; i < 3; ++i) unknowns[3 * n + i] = 3 * facet.nodes[n] + i;
    layout.couple(unknowns);
  }
}

void FibreMembrane::add(const State& state, NewtonSystem& system) const {
  for (std::size_t f = 0; f < facets_.size(); ++f) {
    std::array<double, 12> residual{};
    std::array<double, 78> lower{};
    for (const auto& families : strands_[f])
      for (int k = 0; k < 2; ++k) {
        const Strand& s = families[k];
        Vec3 a = Vec3::Zero();
        for (int n = 0; n < 4; ++n) a += s.b[n] * (mesh_->X[facets_[f].nodes[n]] + state.unknowns.segment<3>(3 * facets_[f].nodes[n]));
        const double stretch = a.norm();
        const SheetFibre::Law law = law_[k].at(stretch - 1.0);
        if (law.stress == 0.0) continue;
        const Vec3 t = a / stretch;
        const Mat3d tangent = s.volume * (law.stiffness * t * t.transpose() + law.stress / stretch * (Mat3d::Identity() - t * t.transpose()));
        for (int n = 0; n < 4; ++n)
          for (int i = 0; i < 3; ++i) {
            const int row = 3 * n + i;
            residual[row] += s.volume * law.stress * s.b[n] * t[i];
            for (int col = 0; col <= row; ++col) lower[row * (row + 1) / 2 + col] += s.b[n] * s.b[col / 3] * tangent(i, col % 3);
          }
      }
    system.add(first_block_ + static_cast<int>(f), residual.data(), lower.data());
  }
}

}  // namespace nerveload
