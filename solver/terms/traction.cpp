#include "solver/terms/traction.hpp"

#include "solver/assembly.hpp"
#include "solver/base/error.hpp"
#include "solver/terms/facet.hpp"

namespace nerveload {
namespace {

/// v× as a matrix.
Mat3d cross_matrix(const Vec3& v) { return (Mat3d() << 0, -v[2], v[1], v[2], 0, -v[0], -v[1], v[0], 0).finished(); }

}  // namespace

Traction::Traction(const Mesh& mesh, std::vector<Facet> facets, const Vec3& dead_kPa, double pressure_kPa, std::function<double(double)> scale)
    : mesh_(&mesh), facets_(std::move(facets)), dead_(dead_kPa), pressure_(pressure_kPa), scale_(std::move(scale)) {
  NL_EXPECT(!facets_.empty(), "facets to load");
}

void Traction::claim(Layout& layout) {
  first_block_ = layout.blocks();
  for (const Facet& f : facets_) layout.couple_nodes(f);
}

void Traction::add(const State& state, NewtonSystem& system) const {
  constexpr int most = 3 * most_facet_nodes;
  const double s = scale_(state.path), p = s * pressure_;
  for (std::size_t f = 0; f < facets_.size(); ++f) {
    const Facet& facet = facets_[f];
    const FacetCorners reference = facet_corners(facet, [&](int n) { return mesh_->X[n]; });
    const FacetCorners current = facet_corners(facet, [&](int n) { return Vec3(mesh_->X[n] + state.unknowns.segment<3>(3 * n)); });
    Eigen::Matrix<double, most, 1> residual = Eigen::Matrix<double, most, 1>::Zero();
    Eigen::Matrix<double, most, most> K = Eigen::Matrix<double, most, most>::Zero();
    for (int q = 0; q < facet_points(facet.size()); ++q) {
      const FacetPoint old = facet_point(reference, q), now = facet_point(current, q);
      const Vec3 force = p * now.area_vector - s * old.area_vector.norm() * dead_;
      const Mat3d xi = cross_matrix(now.tangent_xi), eta = cross_matrix(now.tangent_eta);
      for (int a = 0; a < facet.size(); ++a) {
        residual.segment<3>(3 * a) += now.N[a] * force;
        for (int b = 0; b < facet.size(); ++b) K.block<3, 3>(3 * a, 3 * b) += p * now.weight * now.N[a] * (now.dN_deta[b] * xi - now.dN_dxi[b] * eta);
      }
    }
    const int size = 3 * facet.size();
    const Eigen::MatrixXd symmetric = 0.5 * (K + K.transpose()).topLeftCorner(size, size);
    system.add_full(first_block_ + static_cast<int>(f), residual, symmetric);
  }
}

}  // namespace nerveload
