#include "scenarios/muscle_tension.hpp"

#include <cmath>

#include "meshes/anatomy_tables.hpp"
#include "meshes/muscle_paths.hpp"
#include "scenarios/tissues.hpp"

namespace nerveload {

void add_fibre_tension(const Scenario& scenario, const JointAngles& angles, std::vector<Material>& materials) {
  if (!scenario.subject.fibre_tension) return;
  const auto [c, k] = scenario.muscle_fibres;
  const auto parts = muscle_lengths(angles);
  for (const Tissue tissue : {Tissue::hamstrings, Tissue::piriformis}) {
    FibreFamily f;
    f.c3 = c;
    f.c4 = k;
    f.lambda_max = fibres_linear_from;
    f.c5 = c * k * std::exp(k * (f.lambda_max - 1.0));
    f.pre_stretch = group_length(parts, to_string(tissue)).belly_stretch;
    materials[static_cast<std::size_t>(tissue)].fibres = f;
  }
}

void add_piriformis_spasm(const Scenario& scenario, std::vector<Material>& materials) {
  if (scenario.condition.piriformis_squeeze == PiriformisSqueeze::thickening) return;
  // The band runs from its upper to its lower edge along the limb; its fibres cross it aslant.
  const double along_limb_mm = (piriformis_lower_s - piriformis_upper_s) * scenario.subject.length_scale();
  const double area_mm2 = scenario.subject.piriformis_thickness_mm * along_limb_mm * piriformis_fibre_across;
  std::optional<FibreFamily>& fibres = materials[static_cast<std::size_t>(Tissue::piriformis)].fibres;
  if (!fibres) fibres = FibreFamily{};
  fibres->active_stress = scenario.condition.spasm_force_mN / area_mm2;
}

}  // namespace nerveload
