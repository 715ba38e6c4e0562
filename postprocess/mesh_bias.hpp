#pragma once
#include <string>
#include <vector>

namespace nerveload {

/// What a scenario's largest pressure and strain at the nerve came to on one mesh, as parts of what `fine` gives.
struct MeshBias {
  std::string scenario;
  double compression_percent, strain_percent;  ///< difference from `fine`
};

/// Every scenario that was carried to `fine` (docs/status.md, "Mesh error"); empty for `fine` itself, which has nothing to be compared with.
std::vector<MeshBias> mesh_bias(const std::string& fidelity);

/// The same in a sentence.
std::string mesh_bias_text(const std::string& fidelity);

}  // namespace nerveload
