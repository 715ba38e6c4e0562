#pragma once
#include <array>

#include "meshes/anatomy_mesh.hpp"
#include "solver/terms/elastic_body.hpp"

namespace nerveload {

/// How the roller presses one muscle.
struct MusclePressing {
  double stress_kPa = 0.0;   ///< ∫ q² dv / ∫ q dv, the mean of q weighted with itself: what the pressed part of the muscle bears
  double amount_N_mm = 0.0;  ///< ∫ q dv: the muscle that takes most of it is the one that is rolled
};

/// Per tissue, of q = max(0, −d·σ·d), the compressive stress along the direction of pressing; zero for what is no superficial muscle.
/// Smooth in everything a scenario may change, and it falls as the roller leaves the muscle: no place has to be chosen.
/// @param direction  unit, in which the roller presses
std::array<MusclePressing, tissue_count> measure_pressing(const AnatomyMesh& anatomy, const ElasticBody& body, const State& state,
                                                          const Vec3& direction);

/// The superficial muscle (gluteus maximus, hamstrings, quadriceps and adductors) that takes most of the pressing.
Tissue most_pressed(const std::array<MusclePressing, tissue_count>& pressing);

}  // namespace nerveload
