#pragma once
#include <optional>
#include <string>

#include "postprocess/results.hpp"

namespace nerveload {

/// A figure carried to cells of no size, from what two meshes of similar kind gave: Richardson's extrapolation f + (f − f_c) / (r^p − 1), and the
/// range of the grid convergence index around f, 1.25 times that step on either side [roache1994].
struct MeshLimit {
  double extrapolated = 0.0, low = 0.0, high = 0.0;
};
/// @param ratio  how many times longer the coarser mesh's cells are, > 1
/// @throws ContractError  for a ratio of 1 or less or an order of 0 or less
MeshLimit mesh_limit(double coarser, double finer, double ratio, double order);

/// How far a run's own figures are from the limit of fine meshes, as far as the coarser mesh that led it can tell.
struct MeshError {
  std::string coarser;            ///< mesh that it is compared with
  double ratio = 1.0;             ///< of the edges of cells, from their number
  MeshLimit compression, strain;  ///< of the nerve's largest, kPa and %
};

/// Order at which the nerve's pressure nears its limit: measured, docs/uncertainty.md, "The mesh".
constexpr double mesh_order = 2.4;

/// @return none without a coarser mesh of similar kind: `rough` is not, its cells differ in shape
std::optional<MeshError> mesh_error(const Results& results);

/// The same in a sentence; empty for none.
std::string mesh_error_text(const std::optional<MeshError>& error);

}  // namespace nerveload
