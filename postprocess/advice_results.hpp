#pragma once
#include <string>
#include <vector>

namespace nerveload {

/// What one full run came to, as advice is judged by.
struct AdvisedLoad {
  std::string failure;  ///< why there is nothing; empty = there is
  int level = 0;        ///< of the ladder
  std::string level_name;
  double compression = 0.0, tension = 0.0;             ///< utilisations of the level that shall not be reached; it is reached at 1
  double compression_kPa = 0.0, strain_percent = 0.0;  ///< peaks of the nerve
  double combined_index = 0.0;                         ///< of the verdict, against caution
  double muscle_kPa = 0.0;                             ///< stress of the rolled muscle (muscle_pressing.hpp)
  /// Each of the two by itself, as the ladder has it; together they may still exceed caution.
  bool under() const { return failure.empty() && compression < 1.0 && tension < 1.0; }
};

/// Something that may be changed, and how far.
struct AdviceLever {
  std::string key;          ///< dotted, with its unit
  double value, low, high;  ///< in that unit
  double effort_unit;       ///< change that counts as an effort of 1; assumed
};

struct AdvisedChange {
  std::string key, from, to;
};

/// One way to change the scenario.
struct AdviceProposal {
  enum class Status {
    reaches,      ///< under the level, and the muscle keeps its share, by a full run
    falls_short,  ///< the best of its runs is not
    failed,       ///< no run of it came to an end
    not_tried     ///< the derivatives promise less of it than of those that were
  };
  std::string name;  ///< "combined", "roller_position", "roller_soft"; its file is proposals/NAME.toml
  Status status = Status::not_tried;
  std::vector<AdvisedChange> changes;
  double effort = 0.0;  ///< root of the sum of squares of the changes over their effort units; another roller has none
  int runs = 0;
  AdvisedLoad after;
  std::string remark;
  std::string scenario_toml;  ///< complete and resolved: a run of it gives `after`; empty where there was none
};
const char* to_string(AdviceProposal::Status status);

/// The smallest changes that bring a scenario under a level.
struct Advice {
  enum class Status {
    already_under,  ///< nothing was looked for
    found,
    none_reaches,
    failed,  ///< the scenario itself did not reach its end, or has no derivatives to look with
    interrupted
  };
  Status status = Status::failed;
  std::string name, fidelity;
  int level = 1;
  std::string level_name;
  double keep = 0.5;   ///< share of the muscle's stress that must be left
  std::string muscle;  ///< the one that takes most of the roller's pressing in the scenario as it is
  AdvisedLoad before;
  std::string fault_of_slopes;  ///< why it has no derivatives; empty = it has
  std::vector<AdviceLever> levers;
  std::vector<AdviceProposal> proposals;  ///< those that reach first, by effort; then those that come near
  int runs = 0;                           ///< in full, all together
};
const char* to_string(Advice::Status status);

/// Sets the order of proposals and the status of a search that came to its end.
void conclude(Advice& advice);

std::string advice_json(const Advice& advice);
/// For a terminal.
std::string advice_text(const Advice& advice);

}  // namespace nerveload
