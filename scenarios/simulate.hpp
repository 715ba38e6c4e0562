#pragma once
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "postprocess/results.hpp"
#include "scenarios/leg_input.hpp"
#include "scenarios/leg_lead.hpp"

namespace nerveload {

/// How far a simulation is, for a progress line.
struct Progress {
  enum class Stage {
    baseline,  ///< the same person in the neutral pose
    guide,     ///< the same on a coarser mesh
    loading
  };
  Stage stage = Stage::loading;
  const LegStep* step = nullptr;  ///< the converged step
  double part = 0.0;              ///< of the load, 0…1
  double elapsed_s = 0.0;
};
/// false asks to stop: the outcome is then incomplete and says so.
using ProgressObserver = std::function<bool(const Progress&)>;

/// Compression in neutral poses that several simulations of one person share, by what decides it.
using BaselineStore = std::map<std::string, std::vector<NerveCompression>>;

struct Simulation;

struct SimulationOptions {
  int threads = 2;
  BaselineStore* baselines = nullptr;  ///< read and added to; none = each simulation makes its own
  bool keep_baseline = false;          ///< Simulation::baseline is wanted: makes its own
  /// A simulation that is used up: where its leg differs from this one's in nothing but its load, the leg and what it came to are taken over and the
  /// new load is solved for from there. Figures agree to the solver's tolerance; those of coarser meshes are left out.
  Simulation* earlier = nullptr;
  /// Other legs' states as guesses in place of a rough mesh, read and added to; the outcome agrees with that without them to the solver's tolerance.
  LegLead* lead = nullptr;
  LeadPlace place;  ///< of this scenario among them
  ProgressObserver observer;
  std::function<bool(const NewtonIteration&)> iteration_observer;  ///< false stops within a step
};

/// A leg at equilibrium.
struct SettledLeg {
  std::unique_ptr<LegModel> leg;
  State state;
};

/// A finished simulation. `results` points into the rest, so the whole is kept together.
struct Simulation {
  std::unique_ptr<LegModel> leg;
  LegOutcome outcome;
  std::vector<NerveCompression> neutral;  ///< same person, neutral pose, no pathology; empty when the scenario is that itself
  std::optional<SettledLeg> baseline;     ///< that neutral pose, if it was asked for and needed
  Results results;                        ///< timed and judged
  std::string leg_key;                    ///< what decides the leg: everything resolved but its load and what is done with the outcome
  std::vector<LegStep> loaded;            ///< states of this leg under all loads so far, by rising indentation
  bool led = false;                       ///< by an earlier simulation of this leg
  bool guessed = false;                   ///< the load was reached from a guess by other legs
};

/// The pipeline: scenario → posed anatomy → equations → equilibria → nerve → verdict.
/// A solve that does not reach its end is a result with `results.complete` false.
/// @throws MeshRefusal for a pose or person that cannot be meshed
Simulation simulate(const Scenario& scenario, const SimulationOptions& options = {});

}  // namespace nerveload
