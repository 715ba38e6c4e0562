#pragma once
#include <numbers>
#include <random>

#include "meshes/anatomy_shape.hpp"

namespace nerveload {

/// One of a fixed list of random persons and poses: every parameter of the shape even over its range, the roller anywhere.
/// The same on every machine: no distribution of the standard library is used.
inline AnatomyShape random_leg(int number, Fidelity fidelity) {
  std::mt19937 engine(1000u + static_cast<unsigned>(number));
  auto even = [&](double low, double high) {
    const double first = static_cast<double>(engine()), second = static_cast<double>(engine());
    return low + (high - low) * ((first + second * 0x1.0p32) * 0x1.0p-64);
  };
  constexpr double degree = std::numbers::pi / 180.0;
  AnatomyShape leg;
  leg.fidelity = fidelity;
  leg.length_scale = even(0.9, 1.1);
  leg.pelvis_width_scale = leg.length_scale;
  leg.bone_scale = even(0.92, 1.08);
  leg.muscle_scale = even(0.85, 1.2);
  leg.fat_thigh_mm = even(4.0, 25.0);
  leg.fat_buttock_mm = even(10.0, 45.0);
  leg.nerve_scale = even(0.85, 1.15);
  leg.nerve_lateral_mm = even(-5.0, 5.0);
  leg.nerve_posterior_mm = even(-3.0, 3.0);
  leg.piriformis_thickness_mm = even(12.0, 25.0);
  leg.gluteus_scale = even(0.75, 1.25);
  leg.angles.hip_flexion = even(0.0, 90.0) * degree;
  leg.angles.hip_abduction = even(-15.0, 30.0) * degree;
  leg.angles.hip_external_rotation = even(0.0, 50.0) * degree;
  leg.focus_station_mm = even(-120.0, 310.0) * leg.length_scale;
  return leg;
}

}  // namespace nerveload
