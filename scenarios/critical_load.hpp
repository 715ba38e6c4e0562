#pragma once
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "postprocess/verdict.hpp"
#include "scenarios/scenario.hpp"

namespace nerveload {

/// How hard a roller may press at one place before a level of the ladder is reached.
struct CriticalLoad {
  enum class Status {
    reached,          ///< at `force_mN`
    not_reached,      ///< not even at the greatest force asked about
    reached_by_pose,  ///< without any force
    failed            ///< `reason` says why there is no answer
  };
  Status status = Status::failed;
  std::string reason;
  double force_mN = 0.0;           ///< that reaches the level, along the direction of pressing; the greatest one where none does
  double mean_pressure_kPa = 0.0;  ///< of the contact, at the force solved nearest to it
  Verdict::Governing governing = Verdict::Governing::none;  ///< what is nearest to the level there
  double governing_at_mm = 0.0;                             ///< its station
  LevelUtilisation pose, last;                              ///< of the level: without the roller, and at the force solved nearest to `force_mN`
  int forces = 0;                                           ///< solved on the wanted mesh
};
const char* to_string(CriticalLoad::Status status);

struct CriticalLoadOptions {
  int level = 1;         ///< of the ladder, 1…3
  double most_mN = 0.0;  ///< greatest force of interest
  double tolerance = 0.01;
  int threads = 2;
  /// Compression in neutral poses, kept between searches of one person that differ in pose and roller only, by where the mesh is finest.
  std::map<double, std::vector<NerveCompression>>* neutral = nullptr;
  std::function<bool()> stopped;  ///< asked within a solve; the search then fails as interrupted
};

/// Presses along one loading path: a coarser mesh is pressed step by step and tells how the nerve's load grows, the wanted mesh is solved at
/// the force that this suggests and corrected until the answer is known to the tolerance. Pose, reference and meshes are made once.
/// The scenario's load, stroke and time are left out of account: the roller stands still where the scenario has it.
/// A solve that does not come to its end, or a pose that cannot be meshed, is a failed search and no exception.
/// @pre a roller that does not rub (scenario_of_search refuses the others)
CriticalLoad find_critical_load(const Scenario& scenario, const CriticalLoadOptions& options);

}  // namespace nerveload
