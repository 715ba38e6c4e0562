#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "postprocess/run_folder.hpp"

namespace nerveload {

/// A surface that a page shows: triangles over vertices that move from step to step.
struct ShownSurface {
  std::string name;                           ///< "skin", "cut", "nerve", "bones", "roller"
  double cut_mm = 0.0;                        ///< of a cut: distance from the nerve, positive to the outside
  std::vector<std::uint32_t> triangles;       ///< three vertices each
  std::vector<std::uint8_t> region;           ///< per vertex; of skin and cuts
  std::vector<float> side_mm;                 ///< per vertex: distance from the nerve in the unloaded leg, positive to the outside
  std::vector<std::uint32_t> station;         ///< per vertex of the nerve: nearest station
  std::vector<std::vector<float>> xyz;        ///< per frame, or one for all
  std::vector<std::vector<float>> values[3];  ///< per field and frame; empty for what has no fields or was not written
};

/// A field of the tissue that can be shown.
struct ShownField {
  const char* array;  ///< in the tissue's files
  bool of_cells;      ///< else of points
  const char* title;
  const char* unit;
};
/// Mean pressure, what changes shape, and how far tissue is squeezed (100 (1 − least principal stretch)).
inline constexpr ShownField shown_fields[3] = {{"pressure_kPa", false, "pressure in the tissue", "kPa"},
                                               {"von_mises_kPa", true, "stress that changes shape (von Mises)", "kPa"},
                                               {"min_principal_stretch", true, "largest shortening", "%"}};

struct ModelSurfaces {
  std::vector<ShownSurface> surfaces;
  std::vector<std::string> region_names;
  bool displaced = true;  ///< false: the run wrote no displacements, all frames show the unloaded leg
};

/// Surfaces of every frame of a run: skin and cut ends, cuts along the nerve, nerve, bones, roller.
/// @throws OutputError that names a file which is missing or damaged
ModelSurfaces model_surfaces(const RunFolder& run);

}  // namespace nerveload
