#pragma once
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "meshes/anatomy_shape.hpp"
#include "meshes/muscle_paths.hpp"
#include "postprocess/output_frame.hpp"
#include "postprocess/pictures/picture_style.hpp"
#include "postprocess/uncertainty.hpp"
#include "postprocess/verdict.hpp"
#include "solver/newton.hpp"
#include "solver/terms/indenter.hpp"

namespace nerveload {

/// One converged state with what was measured there.
struct ResultStep {
  enum class Phase { reference, pose, press, stroke, hold };
  Phase phase = Phase::reference;
  const State* state = nullptr;
  ContactReport contact;        ///< of the roller; empty before it touches
  double indentation_mm = 0.0;  ///< travel since touching
  double loaded_s = 0.0;        ///< of a stroke or hold: since the load was on
  int iterations = 0;
  double time_s = 0.0;  ///< see assign_times
  NerveProfile nerve;   ///< utilisations are set by judge_results
  Verdict verdict;      ///< of this step alone, set by judge_results
};
const char* to_string(ResultStep::Phase phase);

/// What the roller does at full load.
struct MotionText {
  bool stroke = false;
  double duration_s = 60.0;  ///< of the whole session of rolling or holding
  double press_s = 1.0;      ///< in which the load comes on
};

/// What the solver did, for the summary.
struct SolverText {
  SolveStatistics statistics;
  double wall_s = 0.0;
  int threads = 1, free_unknowns = 0;
  std::string linear_solver;
};

/// What another mesh of the same leg came to: how far the figures still move with the mesh.
struct MeshFigures {
  std::string fidelity;
  std::size_t cells = 0;
  Peak compression, strain;  ///< kPa, %
  ContactReport contact;     ///< empty without a roller
  double indentation_mm = 0.0;
  std::vector<std::array<double, 3>> pressing;  ///< indentation mm, force N, largest compression kPa of each state on the way
};

/// What was simulated, in words and in the few numbers that a drawing needs.
struct ScenarioStory {
  std::vector<std::pair<std::string, std::string>> facts;  ///< label, text: "Posture", "hip bent by 60°, …"
  JointAngles pose;
  double thigh_mm = 0.0;  ///< from the hip joint to the knee
  double shank_mm = 0.0;  ///< from the knee to the sole, for the drawing only
  double trunk_mm = 0.0;  ///< from the hip joint to the top of the head, for the drawing only
};

/// Everything that is written about one run. Plain values; the pointers belong to the caller and outlive the writing.
struct Results {
  std::string name, description;
  ScenarioStory story;
  bool complete = true;
  std::string reason;  ///< why it is not
  const AnatomyMesh* anatomy = nullptr;
  const ElasticBody* body = nullptr;
  const Indenter* roller = nullptr;  ///< none without one
  OutputFrame frame;
  std::vector<ResultStep> steps;      ///< the reference state first
  std::vector<MuscleLength> muscles;  ///< lines of action in this pose
  MotionText motion;
  ThresholdLadder ladder;
  JudgementContext context;
  int governing_step = 0;  ///< set by judge_results
  Verdict verdict;         ///< that of the governing step
  SolverText solver;
  std::string fidelity = "standard";            ///< "coarse" is called a preview
  std::vector<MeshFigures> coarser;             ///< the same run on coarser meshes, coarsest first
  std::optional<Sensitivities> sensitivities;   ///< where they were asked for
  std::optional<Uncertainty> uncertainty;       ///< where there are derivatives
  std::optional<CriticalForce> critical_force;  ///< where it was asked for
  std::string scenario_toml;                    ///< complete and resolved
  std::string scenario_values;                  ///< the same without comments on where values come from, for its hash
  std::string parameters;                       ///< text of all defaults, constants and levels, for its hash
  std::vector<std::string> fields;              ///< of the tissue that are written for ParaView, without units; empty = all
  bool every_step = true;                       ///< fields of every step, or of the first, the governing and the last
  bool pictures = true;
  PictureStyle picture_style = PictureStyle::both;
  bool report = true;
};

/// Times of the steps: the pose within the first second (quasi-static, and so a matter of order), pressing within `motion.press_s` after it, in
/// proportion to the indentation, and from there on the time of a stroke or a hold itself.
void assign_times(Results& results);

/// Judges every step and chooses the governing one among those that carry the load: the last step of pressing and the stroke or hold after it;
/// without a roller, or when the load was not reached, the last step.
/// @throws ContractError without steps
void judge_results(Results& results);

/// How long the worst-placed station of the nerve is at or above each level.
struct Exposure {
  std::array<double, ladder_levels> seconds_per_minute{};  ///< entry 0 unused
  double seconds_above_caution = 0.0;                      ///< in the whole session, by compression
};
/// A hold is at its load all the time, and where tissue relaxes its states are followed in time; rolling to and fro passes each place in both
/// directions alike.
Exposure measure_exposure(const Results& results);

/// First of the steps at full load: the last one of pressing (without a roller, of the pose); a stroke or hold comes after it.
int first_loaded_step(const Results& results);

/// Largest figures of one region at one step, over its cells (means over each cell).
struct RegionPeaks {
  double von_mises_kPa = 0.0, pressure_kPa = 0.0, min_principal_stretch = 1.0;
};

}  // namespace nerveload
