#include "postprocess/tissue_fields.hpp"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>

namespace nerveload {
namespace {

double von_mises(const std::array<double, 6>& s) {
  const double a = s[0] - s[1], b = s[1] - s[2], c = s[2] - s[0];
  return std::sqrt(0.5 * (a * a + b * b + c * c) + 3.0 * (s[3] * s[3] + s[4] * s[4] + s[5] * s[5]));
}

double least_stretch(const Mat3<double>& F) {
  Mat3d m;
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 3; ++j) m(i, j) = F(i, j);
  const Mat3d C = m.transpose() * m;
  const double least = Eigen::SelfAdjointEigenSolver<Mat3d>(C, Eigen::EigenvaluesOnly).eigenvalues()[0];
  return std::sqrt(std::max(0.0, least));
}

}  // namespace

TissueFields tissue_fields(const ElasticBody& body, const State& state) {
  const Mesh& mesh = body.mesh();
  const std::size_t cells = mesh.cells.size();
  TissueFields f;
  f.cauchy_stress_kPa.assign(cells, {});
  f.pressure_kPa.assign(cells, 0.0);
  f.von_mises_kPa.assign(cells, 0.0);
  f.min_principal_stretch.assign(cells, 1.0);
  std::vector<double> volume(cells, 0.0);
#pragma omp parallel for schedule(static)
  for (std::size_t c = 0; c < cells; ++c) {
    const int cell = static_cast<int>(c);
    const CellPoints points = body.points(cell, state);
    auto& mean = f.cauchy_stress_kPa[c];
    double least = std::numeric_limits<double>::infinity();
    for (const CellPoint& at : points.points()) {
      const double v = at.J * at.weight;
      for (int i = 0; i < 6; ++i) mean[i] += v * at.cauchy[i];
      volume[c] += v;
      least = std::min(least, least_stretch(at.F));
    }
    for (double& s : mean) s /= volume[c];
    f.pressure_kPa[c] = -(mean[0] + mean[1] + mean[2]) / 3.0;
    f.von_mises_kPa[c] = von_mises(mean);
    f.min_principal_stretch[c] = least;
  }
  f.node_pressure_kPa.assign(mesh.X.size(), 0.0);
  std::vector<double> around(mesh.X.size(), 0.0);
  for (std::size_t c = 0; c < cells; ++c)
    for (const int n : mesh.cells[c]) {
      f.node_pressure_kPa[n] += volume[c] * f.pressure_kPa[c];
      around[n] += volume[c];
    }
  for (std::size_t n = 0; n < around.size(); ++n)
    if (around[n] > 0.0) f.node_pressure_kPa[n] /= around[n];
  return f;
}

std::map<std::string, RegionPeaks> region_peaks(const Mesh& mesh, const TissueFields& f) {
  std::map<std::string, RegionPeaks> peaks;
  for (std::size_t c = 0; c < mesh.cells.size(); ++c) {
    RegionPeaks& p = peaks[mesh.region_names[mesh.region[c]]];
    p.von_mises_kPa = std::max(p.von_mises_kPa, f.von_mises_kPa[c]);
    p.pressure_kPa = std::max(p.pressure_kPa, f.pressure_kPa[c]);
    p.min_principal_stretch = std::min(p.min_principal_stretch, f.min_principal_stretch[c]);
  }
  return peaks;
}

}  // namespace nerveload
