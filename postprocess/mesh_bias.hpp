#pragma once
#include <string>
#include <vector>

namespace nerveload {

/// How far a scenario's largest pressure and strain at the nerve are on one mesh from those on `fine`.
struct MeshBias {
  std::string scenario;
  double compression_kPa, strain_percent;            ///< what `fine` gives
  double compression_difference, strain_difference;  ///< this mesh less `fine`, in kPa and in percent of length
  double compression_percent() const { return 100.0 * compression_difference / compression_kPa; }
};

/// Every scenario that was carried to `fine` (docs/uncertainty.md, "The mesh"); empty for `fine` itself, which has nothing to be compared with.
std::vector<MeshBias> mesh_bias(const std::string& fidelity);

/// The same in a sentence, the scenarios where the nerve is hardly pressed apart.
std::string mesh_bias_text(const std::string& fidelity);

}  // namespace nerveload
