#pragma once
#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "meshes/anatomy_mesh.hpp"
#include "postprocess/pictures/picture_style.hpp"
#include "postprocess/verdict.hpp"
#include "scenarios/leg_model.hpp"
#include "scenarios/load_leg.hpp"
#include "solver/materials/material.hpp"

namespace nerveload {

enum class Sex { man, woman };
enum class Side { right, left };
enum class MuscleState { resting, guarded };

/// The person. Lengths mm, mass kg.
struct Subject {
  Sex sex = Sex::man;
  double stature_mm = 0.0, mass_kg = 0.0;
  Side side = Side::right;
  double femur_length_mm = 0.0, inter_hip_width_mm = 0.0;
  double muscularity = 0.0;               ///< muscle hull, linear, over the muscular man of the data set
  double thigh_girth_mm = 0.0;            ///< at the gluteal furrow
  double fat_thickness_mm = 0.0;          ///< posterior mid-thigh
  double buttock_fat_thickness_mm = 0.0;  ///< over the piriformis
  double skin_thickness_mm = 0.0, gluteus_maximus_thickness_mm = 0.0, piriformis_thickness_mm = 0.0;
  double bone_scale = 1.0, nerve_scale = 1.0, nerve_lateral_shift_mm = 0.0, nerve_posterior_shift_mm = 0.0;
  MuscleState muscle_state = MuscleState::guarded;
  bool fascia = true;
  bool fascia_planes = false;  ///< superficial muscles slide on the deep ones
  bool fibre_tension = false;  ///< hamstrings and piriformis carry the passive fibre stress of the pose
  /// Hip–knee length over that of the reference man; every station and bone scales with it.
  double length_scale() const;
};

/// What the piriformis squeezes the nerve by: its swelling, the force of its fibres, or both.
enum class PiriformisSqueeze { thickening, spasm, both };

/// What the person has.
struct ConditionState {
  Condition kind = Condition::healthy;
  bool acute = false;
  double root_pressure_kPa = 0.0;
  bool root_tether = false;              ///< the root holds ten times as firmly
  double piriformis_thickness_mm = 0.0;  ///< with the condition
  double piriformis_tone = 1.0;          ///< factor on the muscle's stiffness
  PiriformisVariant piriformis_variant = PiriformisVariant::A;
  PiriformisSqueeze piriformis_squeeze = PiriformisSqueeze::thickening;
  double spasm_force_mN = 0.0;  ///< of the whole muscle, when it is in spasm
};

/// The roller and where it stands.
struct RollerState {
  std::string kind;  ///< name of a preset; "none" = no roller
  bool present = true;
  bool seat = false;  ///< a level plane instead of a cylinder
  double diameter_mm = 0.0, foam_modulus_kPa = 0.0, foam_thickness_mm = 0.0, length_mm = 0.0;
  double position_mm = 0.0, lateral_offset_mm = 0.0, azimuth = 0.0, yaw = 0.0, friction = 0.0;
};

struct Motion {
  enum class Kind { hold, stroke };
  Kind kind = Kind::hold;
  double duration_s = 0.0, from_mm = 0.0, to_mm = 0.0;
  double cadence_per_s = 0.0;
  bool relaxation = false;        ///< tissue relaxes with time; else all values are those of a load of a second
  double press_duration_s = 0.0;  ///< in which the load comes on
};

/// One line of the resolved scenario, and where it comes from.
struct ResolvedEntry {
  std::string table;        ///< dotted, empty for the top
  std::string key;          ///< with its unit
  std::string text;         ///< as TOML
  std::string origin;       ///< "default: gordon2014", "hip.toml:7", "preset figure_four: …"
  bool is_default = false;  ///< no user said it, but at most a preset
};

/// Of an entry's origin: no user said it.
inline bool is_unsaid(const std::string& origin) { return origin.starts_with("default: ") || origin.starts_with("preset "); }

/// What a tissue is made of.
struct TissueLaw {
  std::string name;  ///< as in [materials.NAME]
  Matrix matrix;     ///< of resting tissue
  double bulk_modulus_kPa = 0.0;
  Prony relaxation;                     ///< counts where the motion's `relaxation` is on
  std::vector<ResolvedEntry> resolved;  ///< all of these with their origins
};

/// Passive fibres of posed muscle.
struct MuscleFibres {
  double stress_scale_kPa = 0.0, exponent = 0.0;
};

struct OutputChoice {
  bool every_step = true, pictures = true, report = true;
  PictureStyle picture_style = PictureStyle::both;
  std::vector<std::string> fields;  ///< of the tissue; empty = all
};

/// A figure that a validation scenario expects.
struct Expectation {
  std::string key;  ///< dotted, of summary.json
  double low, high;
  std::string source;
};

/// [defaults] of a resolved file: numbers that no user had said, as TOML, by dotted key with its unit. A value of the file counts as
/// a default as long as it is still the one listed here.
using ListedDefaults = std::map<std::string, std::string>;

/// Whether an entry counts as a default by its origin or by such a list.
inline bool counts_as_default(const ResolvedEntry& e, const ListedDefaults& listed) {
  const auto at = listed.find(e.table + "." + e.key);
  return is_unsaid(e.origin) || (at != listed.end() && at->second == e.text);
}

/// A case, fully patched: everything decided, in internal units.
struct Scenario {
  std::string name, description;
  std::string source;  ///< the file
  Subject subject;
  ConditionState condition;
  std::string pose_preset;
  JointAngles pose;
  RollerState roller;
  LoadGoal load;
  Motion motion;
  std::vector<TissueLaw> tissues;  ///< defaults first, then what only the user named
  MuscleFibres muscle_fibres;
  MuscleFilm muscle_film;  ///< counts with subject.fascia_planes
  NerveCableParameters nerve;
  ThresholdLadder thresholds;
  Fidelity fidelity = Fidelity::standard;
  OutputChoice output;
  std::vector<Expectation> expect;
  std::vector<ResolvedEntry> resolved;
};

}  // namespace nerveload
