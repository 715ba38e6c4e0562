#pragma once
#include <optional>

#include "meshes/anatomy_mesh.hpp"
#include "meshes/nerve_path_length.hpp"
#include "solver/quasistatic.hpp"
#include "solver/terms/elastic_body.hpp"
#include "solver/terms/indenter.hpp"
#include "solver/terms/sliding_cable.hpp"

namespace nerveload {

/// The nerve along its path: nerve_cable parameters, units mm, kPa, mN (docs/theory/nerve.md §parameters).
struct NerveCableParameters {
  CableFibre fibre;                         ///< doering2022, cap at the last measured tangent
  double section_area_mm2 = 50.0;           ///< unstressed; chen2018
  double relaxing_share = 0.39;             ///< of the stress beyond rest, lost in an hour; kwan1991
  double pre_strain = 0.08;                 ///< ε_0 from slack in situ; georgeu2005
  double bed_stiffness_kPa_per_mm = 0.006;  ///< fitted to ridehalgh2014
  double perimeter_mm = 32.0;
  double slip_scale_mm = 0.0;  ///< 0 = linear tether; > 0 saturating
  double root_stiffness_mN_per_mm = 4000.0;
  double foot_stiffness_mN_per_mm = 5000.0;
  double length_mm = 950.0;  ///< root to ankle of the reference man
};

/// The roller as mechanics: where it stands and what it is.
struct RollerModel {
  Cylinder cylinder;  ///< its axis is set from the anatomy
  bool seat = false;  ///< a level plane that presses upwards instead; of the places below none matters then
  std::optional<FoamLayer> foam;
  double station_mm = 0.0;  ///< centre of contact along the nerve
  double lateral_offset_mm = 0.0;
  double azimuth_rad = 0.0, yaw_rad = 0.0;
  double friction = 0.0;               ///< Coulomb's coefficient on the skin; the roller turns freely about its axis
  double force_mN = 0.0;               ///< when force controls
  std::optional<double> stroke_to_mm;  ///< station where a stroke ends; none = hold
};

/// A film of loose tissue between superficial and deep muscles, on which they slide.
struct MuscleFilm {
  double thickness_mm = 0.0;
  double shear_modulus = 0.0;  ///< kPa
};

/// How long what takes, s.
struct LoadTimes {
  bool relaxation = false;  ///< of the materials that have a series; a hold then has states of its own
  double press_s = 1.0;     ///< pose and load come on, at a constant rate of the elastic stress
  double stroke_s = 0.0;    ///< then a stroke, or
  double hold_s = 0.0;      ///< everything stays
  /// Since the load began to come on, at a value of the load path. A hold's time goes in steps that grow: relaxation is fast at first.
  double at(double path) const;
};

/// Everything that decides the mechanics of one leg, in plain values: the last page before equations.
struct LegInput {
  AnatomyShape shape;
  std::vector<Material> materials;  ///< per Tissue, in the enumeration's order
  bool fascia = true;
  std::optional<MuscleFilm> muscle_film;  ///< none: they are one
  NerveCableParameters nerve;
  double piriformis_swelling = 1.0;  ///< thickness over its own healthy thickness
  std::optional<RollerModel> roller;
  LoadTimes times;
};

/// The load path has four stretches, each with its own clock (LoadTimes).
inline constexpr double pose_path = 1.0;       ///< 0…1 brings the pose effects (nerve tension, swelling) on
inline constexpr double press_path = 1.0;      ///< 1 + mm of travel since touching: the roller presses
inline constexpr double stroke_path = 5000.0;  ///< 5000…5001: the roller travels along its stroke
inline constexpr double hold_path = 6000.0;    ///< 6000…6001: everything is held

/// One leg as equations.
struct LegModel {
  /// @param neighbour  a leg of a similar person or pose, whose mesh this one's starts from or follows; that of the same shape is taken as it is
  explicit LegModel(const LegInput& input, const LegModel* neighbour = nullptr, Likeness likeness = Likeness::start);
  LegModel(const LegModel&) = delete;
  LegModel& operator=(const LegModel&) = delete;

  AnatomyShape shape;
  AnatomyMesh anatomy;
  std::optional<Mesh> filmed;  ///< the same mesh with materials and directions of its own where a film lies, for the solid
  Model model;
  const ElasticBody* body = nullptr;
  const SlidingCable* nerve = nullptr;
  const Indenter* roller = nullptr;         ///< null without one
  std::vector<double> cable_arc_length_mm;  ///< neutral arc length of each cable node, from the S1 foramen
  LoadTimes times;
  double root_path_mm = 0.0;     ///< elongation of the whole path by the pose
  double roller_force_mN = 0.0;  ///< along the pressing direction, where the travel is free
};

/// Arc length of station zero (level of the ischial tuberosity) from the S1 foramen in the reference man, mm.
inline constexpr double tuberosity_arc_length_mm = 151.0;

}  // namespace nerveload
