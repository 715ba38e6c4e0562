#include "scenarios/leg_input.hpp"

#include <algorithm>

#include "scenarios/anthropometry.hpp"
#include "scenarios/muscle_tension.hpp"
#include "scenarios/read_material.hpp"
#include "scenarios/tissues.hpp"
#include "solver/base/error.hpp"
#include "solver/base/units.hpp"

namespace nerveload {
namespace {

constexpr double tethered_root_factor = 10.0;
constexpr double greater_notch_mm = -120.0, piriformis_border_mm = -63.0;  // of the reference man

const TissueLaw* find_law(const Scenario& s, const std::string& name) {
  for (const TissueLaw& law : s.tissues)
    if (law.name == name) return &law;
  return nullptr;
}

AnatomyShape anatomy_shape(const Scenario& s) {
  const Subject& p = s.subject;
  AnatomyShape shape;
  shape.length_scale = p.length_scale();
  shape.pelvis_width_scale = p.inter_hip_width_mm / reference_inter_hip_width_mm;
  shape.bone_scale = p.bone_scale;
  shape.muscle_scale = p.muscularity / reference_muscularity;
  shape.fat_buttock_mm = p.buttock_fat_thickness_mm;
  shape.fat_thigh_mm = p.fat_thickness_mm;
  shape.skin_mm = p.skin_thickness_mm;
  shape.gluteus_scale = p.gluteus_maximus_thickness_mm / (reference_gluteus_maximus_mm * shape.length_scale);
  shape.piriformis_thickness_mm = p.piriformis_thickness_mm;
  shape.piriformis_variant = s.condition.piriformis_variant;
  shape.nerve_scale = p.nerve_scale;
  shape.nerve_lateral_mm = p.nerve_lateral_shift_mm;
  shape.nerve_posterior_mm = p.nerve_posterior_shift_mm;
  shape.angles = s.pose;
  shape.fidelity = s.fidelity;
  if (s.roller.present) {
    shape.focus_station_mm = s.motion.kind == Motion::Kind::stroke ? 0.5 * (s.motion.from_mm + s.motion.to_mm) : s.roller.position_mm;
    shape.focus_azimuth = s.roller.azimuth;
  }
  return shape;
}

RollerModel roller_model(const Scenario& s) {
  const RollerState& r = s.roller;
  RollerModel model;
  model.seat = r.seat;
  model.cylinder.radius = 0.5 * r.diameter_mm;
  model.cylinder.length = r.length_mm;
  model.cylinder.edge_radius = std::min({10.0, 0.2 * r.diameter_mm, 0.2 * r.length_mm});
  FoamLayer foam;
  foam.modulus = r.foam_modulus_kPa;
  foam.thickness = r.foam_thickness_mm;
  model.foam = foam;
  model.station_mm = r.position_mm;
  if (s.motion.kind == Motion::Kind::stroke) {
    model.station_mm = s.motion.from_mm;
    model.stroke_to_mm = s.motion.to_mm;
  }
  model.lateral_offset_mm = r.lateral_offset_mm;
  model.azimuth_rad = r.azimuth;
  model.yaw_rad = r.yaw;
  model.friction = r.friction;
  if (s.load.kind == LoadGoal::Kind::force) model.force_mN = s.load.value;
  return model;
}

/// A tissue `factor` times as stiff as its law, under a load that comes on in reference_ramp_s. What exceeds 1 is the muscle's own doing.
Material relaxing_material(const TissueLaw& law, double factor) {
  const double passive = std::min(factor, 1.0) / law.relaxation.step(reference_ramp_s).share, active = std::max(factor - 1.0, 0.0);
  Material m;
  m.matrix = stiffened(law.matrix, passive + active);
  m.viscosity = law.relaxation;
  for (Prony::Term& term : m.viscosity.terms) term.g *= passive / (passive + active);
  return m;
}

LoadTimes load_times(const Motion& m) {
  LoadTimes t;
  t.relaxation = m.relaxation;
  t.press_s = m.press_duration_s;
  if (m.kind == Motion::Kind::stroke) t.stroke_s = 0.5 / m.cadence_per_s;
  else t.hold_s = std::max(0.0, m.duration_s - m.press_duration_s);
  return t;
}

}  // namespace

std::string tissue_group(Tissue tissue) {
  switch (tissue) {
    case Tissue::skin: return "skin";
    case Tissue::fat: return "fat";
    case Tissue::hamstring_tendon: return "hamstring_tendon";
    case Tissue::fascicles:
    case Tissue::epineurium: return "nerve";
    case Tissue::paraneurium: return "paraneurium";
    default: return "muscle";
  }
}

std::vector<Material> tissue_materials(const Scenario& scenario, double piriformis_tone, bool relaxing) {
  std::vector<Material> materials;
  for (int i = 0; i < tissue_count; ++i) {
    const Tissue tissue = static_cast<Tissue>(i);
    const TissueLaw* law = find_law(scenario, to_string(tissue));
    if (!law) law = find_law(scenario, tissue_group(tissue));
    NL_EXPECT(law, std::string("constants of ") + to_string(tissue));
    double factor = 1.0;
    if (tissue_group(tissue) == "muscle" && scenario.subject.muscle_state == MuscleState::guarded) factor *= guarded_muscle_factor;
    if (tissue == Tissue::piriformis) factor *= piriformis_tone;
    Material m;
    if (relaxing) m = relaxing_material(*law, factor);
    else m.matrix = factor == 1.0 ? law->matrix : stiffened(law->matrix, factor);
    m.volumetric.bulk_modulus = law->bulk_modulus_kPa;
    materials.push_back(std::move(m));
  }
  return materials;
}

LegInput leg_input(const Scenario& scenario) {
  LegInput input;
  input.shape = anatomy_shape(scenario);
  input.materials = tissue_materials(scenario, scenario.condition.piriformis_tone, scenario.motion.relaxation);
  add_fibre_tension(scenario, scenario.pose, input.materials);
  add_piriformis_spasm(scenario, input.materials);
  input.times = load_times(scenario.motion);
  input.fascia = scenario.subject.fascia;
  if (scenario.subject.fascia_planes) input.muscle_film = scenario.muscle_film;
  input.nerve = scenario.nerve;
  if (scenario.condition.root_tether) input.nerve.root_stiffness_mN_per_mm *= tethered_root_factor;
  if (scenario.condition.piriformis_squeeze != PiriformisSqueeze::spasm)
    input.piriformis_swelling = scenario.condition.piriformis_thickness_mm / scenario.subject.piriformis_thickness_mm;
  if (scenario.roller.present) input.roller = roller_model(scenario);
  return input;
}

LegInput baseline_leg_input(const Scenario& scenario) {
  LegInput input = leg_input(scenario);
  input.shape.angles = {};
  input.materials = tissue_materials(scenario, 1.0);
  add_fibre_tension(scenario, {}, input.materials);
  input.nerve = scenario.nerve;
  input.piriformis_swelling = 1.0;
  input.times = {};
  input.roller.reset();
  return input;
}

bool needs_baseline(const Scenario& scenario) {
  const JointAngles& a = scenario.pose;
  const bool neutral =
      a.hip_flexion == 0.0 && a.hip_abduction == 0.0 && a.hip_external_rotation == 0.0 && a.knee_flexion == 0.0 && a.ankle_dorsiflexion == 0.0;
  const ConditionState& c = scenario.condition;
  const bool sound = c.piriformis_tone == 1.0 && !c.root_tether && c.piriformis_squeeze == PiriformisSqueeze::thickening &&
                     c.piriformis_thickness_mm == scenario.subject.piriformis_thickness_mm;
  return !neutral || !sound;
}

LoadGoal load_goal(const Scenario& scenario) { return scenario.roller.present ? scenario.load : LoadGoal{}; }

JudgementContext judgement_context(const Scenario& scenario) {
  const double k = scenario.subject.length_scale();
  JudgementContext context;
  context.condition = scenario.condition.kind;
  context.acute = scenario.condition.acute;
  context.root_pressure_kPa = scenario.condition.root_pressure_kPa;
  context.irritated_from_mm = greater_notch_mm * k;
  context.piriformis_border_mm = piriformis_border_mm * k;
  const double held_s = scenario.motion.kind == Motion::Kind::hold ? scenario.motion.duration_s
                                                                   : std::min(scenario.motion.duration_s, 1.0 / scenario.motion.cadence_per_s);
  context.hold_min = held_s / s_per_min;
  return context;
}

}  // namespace nerveload
