#include "postprocess/verdict.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "solver/base/error.hpp"

namespace nerveload {
namespace {

struct Graded {
  int level = 0;
  int by_compression = 0, by_tension = 0;
};

Graded grade(const NerveStation& s, const ThresholdLadder& ladder, LadderColumn column, double hold_min) {
  NL_EXPECT(!std::isnan(s.compression_kPa) && !std::isnan(s.strain_percent), "figures of the nerve that are numbers");
  Graded g;
  for (int k = 1; k < ladder_levels; ++k) {
    if (s.compression_kPa >= ladder.compression_kPa(k, column, hold_min)) g.by_compression = k;
    if (s.strain_percent >= ladder.strain_percent(k, column)) g.by_tension = k;
  }
  g.level = std::max(g.by_compression, g.by_tension);
  return g;
}

LevelUtilisation utilisation(const NerveStation& s, const ThresholdLadder& ladder, int level, LadderColumn column, double hold_min) {
  LevelUtilisation u;
  u.compression = std::max(0.0, s.compression_kPa) / ladder.compression_kPa(level, column, hold_min);
  u.tension = std::max(0.0, s.strain_percent) / ladder.strain_percent(level, column);
  u.compression_at_mm = u.tension_at_mm = s.arc_length_mm;
  u.combined = u.compression + u.tension;
  return u;
}

void keep_largest(LevelUtilisation& all, const LevelUtilisation& here) {
  if (here.compression > all.compression) {
    all.compression = here.compression;
    all.compression_at_mm = here.compression_at_mm;
  }
  if (here.tension > all.tension) {
    all.tension = here.tension;
    all.tension_at_mm = here.tension_at_mm;
  }
  all.combined = std::max(all.combined, here.combined);
}

/// With a decimal point in every locale.
std::string number(double value, int digits) {
  std::array<char, 400> text;
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed, digits).ptr;
  return {text.data(), end};
}

std::string place(double station) {
  if (std::abs(station) < 0.5) return "level with the sitting bone";
  return number(std::abs(station), 0) + " mm " + (station > 0.0 ? "below" : "above") + " the sitting bone along the nerve";
}

/// What a level means, in words a teacher can read.
const char* meaning(int level) {
  switch (level) {
    case 0: return "The load on the sciatic nerve stays below every published level at which something was noticed.";
    case 1: return "The load on the sciatic nerve reaches the caution level, at which the return of blood from a nerve begins to be disturbed.";
    case 2:
      return "The load on the sciatic nerve reaches the irritation level, at which flow in the finest blood vessels of a nerve is slowed "
             "and people have felt tingling or numbness.";
    case 3: return "The load on the sciatic nerve reaches the block level, at which blood flow in a nerve stopped in experiments.";
    default: return "The load on the sciatic nerve reaches the structural level, at which nerves recovered incompletely in experiments.";
  }
}

void add_reason(const NerveProfile& profile, Verdict& v) {
  const auto at =
      std::find_if(profile.stations.begin(), profile.stations.end(), [&](const NerveStation& s) { return s.arc_length_mm == v.governing_at_mm; });
  if (at == profile.stations.end()) return;
  if (v.level == 0) {
    v.text += " The nearest it comes is " + number(100.0 * std::max(v.compression_utilisation, v.tension_utilisation), 0) +
              " % of the caution level, " + place(v.governing_at_mm) + ".";
  } else if (v.governing == Verdict::Governing::compression) {
    v.text += " What decides is pressure: " + number(at->compression_kPa, 1) + " kPa on the nerve, " + place(v.governing_at_mm) + ".";
  } else {
    v.text += " What decides is stretch: " + number(at->strain_percent, 1) + " % beyond the nerve's resting state, " + place(v.governing_at_mm) + ".";
  }
}

void add_remarks(const JudgementContext& context, Verdict& v) {
  if (v.level == 0 && v.combined_index >= 1.0) v.text += std::string(" ") + exceed_together_text;
  if (v.double_site_applied) {
    v.text += " The nerve root is already under pressure, so a small load further down counts (double-site rule, a cautious assumption); ";
    v.text += v.level != v.without_double_site ? "without the rule the level would be " + std::to_string(v.without_double_site) + "."
                                               : "the level is the same without the rule.";
  }
  if (context.condition == Condition::piriformis_syndrome)
    v.text += " Between the pelvis' opening and just below the piriformis the nerve is judged as an irritated one.";
  v.text += " This is a calculated mechanical load, not pain and not medical advice.";
}

/// Decides which station and which of the two governs: the highest level, then the largest utilisation of that level.
void find_governing(const NerveProfile& profile, const ThresholdLadder& ladder, const JudgementContext& context, Verdict& v) {
  const int wanted = std::max(1, v.level);
  double best = -1.0;
  for (const NerveStation& s : profile.stations) {
    const LadderColumn column = column_at(s.arc_length_mm, ladder, context);
    const LevelUtilisation u = utilisation(s, ladder, wanted, column, context.hold_min);
    if (std::max(u.compression, u.tension) <= best) continue;
    best = std::max(u.compression, u.tension);
    v.governing_at_mm = s.arc_length_mm;
    v.governing = v.level == 0                 ? Verdict::Governing::none
                  : u.compression >= u.tension ? Verdict::Governing::compression
                                               : Verdict::Governing::tension;
  }
}

}  // namespace

const char* to_string(Condition condition) {
  switch (condition) {
    case Condition::radiculopathy: return "radiculopathy";
    case Condition::piriformis_syndrome: return "piriformis_syndrome";
    default: return "healthy";
  }
}

const char* to_string(Verdict::Governing governing) {
  switch (governing) {
    case Verdict::Governing::compression: return "compression";
    case Verdict::Governing::tension: return "tension";
    default: return "none";
  }
}

LadderColumn column_at(double station, const ThresholdLadder& ladder, const JudgementContext& c, bool with_double_site) {
  if (c.condition == Condition::piriformis_syndrome && station >= c.irritated_from_mm && station <= c.piriformis_border_mm + c.irritated_below_mm)
    return LadderColumn::irritated;
  if (with_double_site && ladder.double_site && c.condition == Condition::radiculopathy && c.acute &&
      c.root_pressure_kPa >= ladder.double_site_root_kPa)
    return LadderColumn::root;
  return LadderColumn::healthy;
}

Verdict judge(NerveProfile& profile, const ThresholdLadder& ladder, const JudgementContext& context) {
  NL_EXPECT(ladder.fault().empty(), "a sound ladder: " + ladder.fault());
  Verdict v;
  for (NerveStation& s : profile.stations) {
    const LadderColumn column = column_at(s.arc_length_mm, ladder, context);
    v.double_site_applied = v.double_site_applied || column == LadderColumn::root;
    for (int k = 1; k < ladder_levels; ++k) keep_largest(v.by_level[k], utilisation(s, ladder, k, column, context.hold_min));
    const LevelUtilisation caution = utilisation(s, ladder, 1, column, context.hold_min);
    s.compression_utilisation = caution.compression;
    s.tension_utilisation = caution.tension;
    s.irritation_level = grade(s, ladder, column, context.hold_min).level;
    v.level = std::max(v.level, s.irritation_level);
    v.without_double_site =
        std::max(v.without_double_site, grade(s, ladder, column_at(s.arc_length_mm, ladder, context, false), context.hold_min).level);
  }
  v.level_name = ladder.levels[v.level].name;
  v.compression_utilisation = v.by_level[1].compression;
  v.tension_utilisation = v.by_level[1].tension;
  v.combined_index = v.by_level[1].combined;
  find_governing(profile, ladder, context, v);
  v.text = meaning(v.level);
  add_reason(profile, v);
  add_remarks(context, v);
  return v;
}

std::string structural_limit_text(const ThresholdLadder& ladder, const JudgementContext& context) {
  const double limit = ladder.compression_kPa(ladder_levels - 1, LadderColumn::healthy, context.hold_min);
  if (!std::isfinite(limit)) return "not reached";
  return number(limit, 1) + " kPa held for " + number(context.hold_min, 0) + " minutes";
}

const std::vector<std::string>& safety_texts() {
  static const std::vector<std::string> texts = {
      "New numbness, tingling or weakness in the leg or foot: stop and have it assessed.",
      "Loss or change of bladder, bowel or sexual function, numbness in the saddle area, or weakness in both legs: "
      "this is an emergency; seek emergency care at once.",
      "Pain that spreads further down the leg is a sign to stop.",
      "This model calculates mechanical load on a parametric leg for research and teaching. It predicts no pain, makes no "
      "diagnosis, gives no medical advice and no risk for a particular person.",
  };
  return texts;
}

}  // namespace nerveload
