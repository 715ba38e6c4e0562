#pragma once
#include <array>
#include <string>
#include <vector>

#include "postprocess/nerve_profile.hpp"
#include "postprocess/thresholds.hpp"

namespace nerveload {

enum class Condition { healthy, radiculopathy, piriformis_syndrome };
const char* to_string(Condition condition);

/// What decides which column of the ladder holds where, and for how long.
struct JudgementContext {
  Condition condition = Condition::healthy;
  bool acute = true;                    ///< of radiculopathy: the double-site rule is for acute loading only [mao1998]
  double root_pressure_kPa = 0.0;       ///< of radiculopathy, at the root
  double irritated_from_mm = -120.0;    ///< station of the greater sciatic notch
  double piriformis_border_mm = -63.0;  ///< station where the nerve leaves below the piriformis
  double irritated_below_mm = 60.0;     ///< so far below the piriformis a piriformis syndrome irritates
  double hold_min = 1.0;                ///< how long the load is held at one place, minutes
};

/// Column that holds at a station. @param with_double_site  false leaves the double-site rule out
LadderColumn column_at(double station_mm, const ThresholdLadder& ladder, const JudgementContext& context, bool with_double_site = true);

/// How near to a level: value over figure, largest along the nerve. A level is reached at 1.
struct LevelUtilisation {
  double compression = 0.0, tension = 0.0;
  double compression_at_mm = 0.0, tension_at_mm = 0.0;  ///< stations of the two
  double combined = 0.0;                                ///< largest sum of both at one place: a stretched nerve bears less pressure [elongcomp2001]
};

/// The answer to "is this safe for the nerve", as load on the ladder. It is no diagnosis.
struct Verdict {
  enum class Governing { none, compression, tension };
  int level = 0;
  std::string level_name;
  Governing governing = Governing::none;  ///< what reached the level; none at level 0
  double governing_at_mm = 0.0;           ///< station; at level 0 where caution is nearest
  double compression_utilisation = 0.0;   ///< against L1 (caution), largest along the nerve
  double tension_utilisation = 0.0;
  double combined_index = 0.0;  ///< against L1; 1 or more is flagged in the text even at level 0
  int without_double_site = 0;  ///< level when the double-site rule is left out
  bool double_site_applied = false;
  std::array<LevelUtilisation, ladder_levels> by_level;  ///< entry 0 unused
  std::string text;                                      ///< in plain words
};
const char* to_string(Verdict::Governing governing);

/// Told at level 0 with a combined index of 1 or more.
inline constexpr const char* exceed_together_text =
    "Pressure and stretch together exceed the caution level though neither does alone; a stretched nerve bears less pressure.";

/// Sets utilisations and level of every station, and judges the whole. Negative pressure or strain counts as none.
/// @throws ContractError for a ladder with a fault
Verdict judge(NerveProfile& profile, const ThresholdLadder& ladder, const JudgementContext& context);

/// What pressure on a healthy nerve, held as long as the context says, is known to injure its structure, in words: "not reached" where no
/// experiment held one for so short a time.
std::string structural_limit_text(const ThresholdLadder& ladder, const JudgementContext& context);

/// What every report, log and summary carries, whatever the result: warning signs and what the model is not.
const std::vector<std::string>& safety_texts();

}  // namespace nerveload
