#include "postprocess/muscle_pressing.hpp"

#include <algorithm>

#include "solver/base/units.hpp"

namespace nerveload {
namespace {

/// Those that a roller is meant to reach; what lies beneath them is filling between bone and nerve.
constexpr Tissue muscles[] = {Tissue::gluteus_maximus, Tissue::hamstrings, Tissue::quadriceps_adductors};

double compressive(const Sym3<double>& sigma, const Vec3& d) {
  double along = 0.0;
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 3; ++j) along += d[i] * sigma(i, j) * d[j];
  return std::max(0.0, -along);
}

}  // namespace

std::array<MusclePressing, tissue_count> measure_pressing(const AnatomyMesh& anatomy, const ElasticBody& body, const State& state,
                                                          const Vec3& direction) {
  std::array<double, tissue_count> first{}, second{};
  for (std::size_t c = 0; c < anatomy.tissue_of_cell.size(); ++c) {
    const Tissue tissue = anatomy.tissue_of_cell[c];
    if (std::find(std::begin(muscles), std::end(muscles), tissue) == std::end(muscles)) continue;
    const CellPoints points = body.points(static_cast<int>(c), state);
    for (const CellPoint& at : points.points()) {
      const double q = compressive(at.cauchy, direction), v = at.J * at.weight;
      first[static_cast<int>(tissue)] += v * q;
      second[static_cast<int>(tissue)] += v * q * q;
    }
  }
  std::array<MusclePressing, tissue_count> pressing;
  for (int t = 0; t < tissue_count; ++t)
    if (first[t] > 0.0) pressing[t] = {second[t] / first[t], first[t] / mN_per_N};
  return pressing;
}

Tissue most_pressed(const std::array<MusclePressing, tissue_count>& pressing) {
  return *std::max_element(std::begin(muscles), std::end(muscles),
                           [&](Tissue a, Tissue b) { return pressing[static_cast<int>(a)].amount_N_mm < pressing[static_cast<int>(b)].amount_N_mm; });
}

}  // namespace nerveload
