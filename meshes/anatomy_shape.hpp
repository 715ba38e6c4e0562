#pragma once

namespace nerveload {

/// Joint angles of a pose, radians; signs as in docs/theory/anatomy.md (flexion, abduction and external rotation positive).
struct JointAngles {
  double hip_flexion = 0.0, hip_abduction = 0.0, hip_external_rotation = 0.0, knee_flexion = 0.0, ankle_dorsiflexion = 0.0;
  bool operator==(const JointAngles&) const = default;
};

enum class Fidelity { coarse, standard, fine, rough };

/// How the nerve passes the piriformis: types of beaton1937 that one undivided nerve can stand for.
///   A below it (in front); B its lateral part through it; D all of it through it; F above it (behind).
enum class PiriformisVariant { A, B, D, F };

/// What decides the geometry of one leg: plain numbers. The defaults are the reference man (1.70 m, 75 kg) of
/// docs/theory/anatomy.md in the neutral pose; a right leg (a left one is its mirror image).
struct AnatomyShape {
  double length_scale = 1.0;              ///< hip–knee length over 408 mm: bones, nerve path, stations [gordon2014]
  double pelvis_width_scale = 1.0;        ///< inter-hip width over 154.5 mm
  double bone_scale = 1.0;                ///< thickness of the bones at given length
  double muscle_scale = 1.0;              ///< muscle hull over that of the default man (muscularity 0.92, assumed)
  double fat_buttock_mm = 24.0;           ///< over the piriformis [park2011]
  double fat_thigh_mm = 8.0;              ///< posterior mid-thigh; the fold and the popliteal end follow in proportion [krauze2019]
  double skin_mm = 2.0;                   ///< assumed
  double gluteus_scale = 1.0;             ///< gluteus maximus thickness over the default's (46 mm · 0.92 at the tuberosity level)
  double piriformis_thickness_mm = 17.0;  ///< healthy, as meshed [psmri2017]; a syndrome's swelling is a load, not a shape
  PiriformisVariant piriformis_variant = PiriformisVariant::A;
  double nerve_scale = 1.0;       ///< both axes of the nerve's section
  double nerve_lateral_mm = 0.0;  ///< shift of the nerve's path
  double nerve_posterior_mm = 0.0;
  JointAngles angles;
  double focus_station_mm = 0.0;  ///< where the mesh is finest along the path: the roller's station
  double focus_azimuth = 0.0;     ///< … and around the limb, radians, lateral positive
  Fidelity fidelity = Fidelity::standard;
  bool operator==(const AnatomyShape&) const = default;
};

}  // namespace nerveload
