#include "solver/terms/traction.hpp"

#include "solver/assembly.hpp"
#include "solver/base/error.hpp"
#include "solver/terms/facet.hpp"

namespace nerveload {
namespace {

/// v× as a matrix.
Mat3d cross_matrix(const Vec3& v) { return (Mat3d() << 0, -v[2], v[1], v[2], 0, -v[0], -v[1], v[0], 0).finished(); }

}  // namespace

Traction::Traction(const Mesh& mesh, std::vector<Quad> facets, const Vec3& dead_kPa, double pressure_kPa, std::function<double(double)> scale)
    : mesh_(&mesh), facets_(std::move(facets)), dead_(dead_kPa), pressure_(pressure_kPa), scale_(std::move(scale)) {
  NL_EXPECT(!facets_.empty(), "facets to load");
}

void Traction::claim(Layout& layout) {
  first_block_ = layout.blocks();
  for (const Quad& q : facets_) {
    std::array<int, 12> unknowns;
    for (int n = 0; n < 4; ++n)
      for (int i = 0; i < 3; ++i) unknowns[3 * n + i] = 3 * q[n] + i;
    layout.couple(unknowns);
  }
}

void Traction::add(const State& state, NewtonSystem& system) const {
  const double s = scale_(state.path), p = s * pressure_;
  for (std::size_t f = 0; f < facets_.size(); ++f) {
    std::array<Vec3, 4> reference, current;
    for (int n = 0; n < 4; ++n) {
      reference[n] = mesh_->X[facets_[f][n]];
      current[n] = reference[n] + state.unknowns.segment<3>(3 * facets_[f][n]);
    }
    Eigen::Matrix<double, 12, 1> residual = Eigen::Matrix<double, 12, 1>::Zero();
    Eigen::Matrix<double, 12, 12> K = Eigen::Matrix<double, 12, 12>::Zero();
    for (int q = 0; q < 4; ++q) {
      const FacetPoint old = facet_point(reference, q), now = facet_point(current, q);
      const Vec3 force = p * now.area_vector - s * old.area_vector.norm() * dead_;
      const Mat3d xi = cross_matrix(now.tangent_xi), eta = cross_matrix(now.tangent_eta);
      for (int a = 0; a < 4; ++a) {
        residual.segment<3>(3 * a) += now.N[a] * force;
        for (int b = 0; b < 4; ++b) K.block<3, 3>(3 * a, 3 * b) += p * now.N[a] * (now.dN_deta[b] * xi - now.dN_dxi[b] * eta);
      }
    }
    std::array<double, 78> lower;
    for (int i = 0, k = 0; i < 12; ++i)
      for (int j = 0; j <= i; ++j) lower[k++] = 0.5 * (K(i, j) + K(j, i));
    system.add(first_block_ + static_cast<int>(f), residual.data(), lower.data());
  }
}

}  // namespace nerveload
