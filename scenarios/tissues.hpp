#pragma once
#include <string>
#include <vector>

#include "solver/materials/material.hpp"
#include "solver/terms/fibre_membrane.hpp"
#include "solver/terms/sliding_cable.hpp"

namespace nerveload {

/// Constants of one soft tissue with where they come from; a key of docs/theory/references.bib or `assumed`.
struct TissueConstants {
  std::string name;      ///< as in [materials.NAME]
  double shear_modulus;  ///< μ, kPa (initial shear modulus; Ogden convention W = Σ 2μ/α² (Σλ^α − 3))
  double alpha;          ///< Ogden exponent
  std::string source;
  Prony relaxation;               ///< of its isochoric stress, where a scenario asks for it; none: elastic at all times
  std::string relaxation_source;  ///< the same for it
};

/// The constants above are those of a load that comes on at a constant rate within this time, s (the 1 s stroke of a roll). What a sudden
/// load would find is stiffer by 1/share of a ramp this long, solver/materials/prony.hpp (docs/decisions/0022).
inline constexpr double reference_ramp_s = 1.0;

/// The muscle's state: `resting` has the published constants, `guarded` twice the shear modulus.
/// Guarding by two lies in the range of 1.5 to 4 that is found for a tense muscle, and is assumed until calibrated.
inline constexpr double guarded_muscle_factor = 2.0;

/// One bulk modulus for every soft tissue, kPa (assumed): K/G ≥ 500 for the stiffest muscle.
inline constexpr double tissue_bulk_modulus_kPa = 7500.0;

/// Beyond this stretch passive muscle fibres go on with the tangent reached there (assumed): poses stretch bellies by up to 30 %.
inline constexpr double fibres_linear_from = 1.3;
/// Relaxation of a stretched nerve that loses `share` of its stress in the end: kwan1991 measured an hour and no times, so the times are those of
/// its transverse relaxation (assumed).
Prony nerve_tension_relaxation(double share);

/// Every tissue's defaults, in the order of the Tissue enumeration's names.
const std::vector<TissueConstants>& tissue_defaults();

/// Fascia lata as a sheet, derived: 0.25 mm; 70 MPa along the limb, the least of the moduli that otsuka2018 measured (72 to 276 MPa); a toe of 3 % and 10 MPa
/// across are assumed.
inline constexpr double fascia_thickness_mm = 0.25;
inline constexpr SheetFibre fascia_along{70000.0, 0.03};
inline constexpr SheetFibre fascia_across{10000.0, 0.03};

}  // namespace nerveload
