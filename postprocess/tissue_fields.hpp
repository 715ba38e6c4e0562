#pragma once
#include <map>
#include <string>
#include <vector>

#include "postprocess/results.hpp"

namespace nerveload {

/// Fields of the solid at one state, in the mesh's axes. Cell values are means over the current volume of the cell.
struct TissueFields {
  std::vector<std::array<double, 6>> cauchy_stress_kPa;  ///< XX YY ZZ XY YZ XZ
  std::vector<double> pressure_kPa;                      ///< −⅓ tr σ, compression positive
  std::vector<double> von_mises_kPa;
  std::vector<double> min_principal_stretch;  ///< least at the cell's points
  std::vector<double> node_pressure_kPa;      ///< of the cells around a node, weighted with their volume
};
TissueFields tissue_fields(const ElasticBody& body, const State& state);

/// Peaks per region of the mesh that has cells.
std::map<std::string, RegionPeaks> region_peaks(const Mesh& mesh, const TissueFields& fields);

}  // namespace nerveload
