#include "postprocess/safe_rolling_page.hpp"

#include <algorithm>
#include <vector>

#include "postprocess/mesh_bias.hpp"
#include "postprocess/report/words.hpp"
#include "postprocess/verdict.hpp"

namespace nerveload {
namespace {

std::string pose_words(const EnvelopePoint& p) {
  return place_words(p.position_mm) + ", hip bent by " + rounded(p.hip_flexion_deg, "%g") + " and knee by " + rounded(p.knee_flexion_deg, "%g") +
         " degrees, " + p.roller + " roller";
}

int points_with(const Envelope& e, const std::string& status, const std::string& governing = {}) {
  return static_cast<int>(std::count_if(e.points.begin(), e.points.end(), [&](const EnvelopePoint& p) {
    return p.status == status && (governing.empty() || p.governing == governing);
  }));
}

/// What the level is, so that nobody takes a higher one for a limit to roll by.
const char* level_words(int level) {
  switch (level) {
    case 1:
      return "The level is the first sign of a disturbance in experiments on nerves, far below what injured them; staying below it is cautious.";
    case 2:
      return "At this level blood flow in a nerve is slowed and people have felt tingling or numbness: it is no limit to roll by; the map for "
             "caution gives one.";
    default: return "At this level blood flow in a nerve stopped in experiments: it is no limit to roll by; the map for caution gives one.";
  }
}

/// Whose nerve was judged.
std::string nerve_words(const Envelope& e) {
  if (!e.healthy)
    return "Computed for a nerve that is **not healthy**: where it is irritated or its root compressed, pressure may reach the level from " +
           pressure_words(e.vulnerable_kPa) + ", elsewhere from " + pressure_words(e.healthy_kPa) + ".";
  return "Computed for a **healthy** nerve: pressure reaches the level from " + pressure_words(e.healthy_kPa) +
         ". A nerve that is irritated already, or whose root is compressed, may be judged from " + pressure_words(e.vulnerable_kPa) +
         ": less weight reaches it than stands here. **This page is not for somebody with sciatica.**";
}

std::string share_words(const EnvelopePoint& p, const Envelope& e) {
  if (p.status == "not_reached") return "more than " + share_of_weight_words(e.most_fraction);
  if (p.status == "reached_by_pose") return "0 (pose)";
  if (p.status == "failed") return "no answer";
  return share_of_weight_words(*p.critical_body_weight_fraction);
}

std::vector<const EnvelopePoint*> reached_by_force(const Envelope& e) {
  std::vector<const EnvelopePoint*> points;
  for (const EnvelopePoint& p : e.points)
    if (p.status == "reached") points.push_back(&p);
  std::sort(points.begin(), points.end(), [](const auto* a, const auto* b) { return *a->critical_force_N < *b->critical_force_N; });
  return points;
}

/// What the grid says, in sentences.
std::string findings(const Envelope& e) {
  std::string text = "- Of " + std::to_string(e.points.size()) + " combinations of place and pose, " + std::to_string(points_with(e, "not_reached")) +
                     " stay below the level with " + share_of_weight_words(e.most_fraction) + " of the body weight on the roller (" +
                     force_words(e.most_N) + " N), " + std::to_string(points_with(e, "reached")) + " reach it with less, and in " +
                     std::to_string(points_with(e, "reached_by_pose")) + " the pose alone does, before any roller touches.\n";
  if (const int failed = points_with(e, "failed")) text += "- For " + std::to_string(failed) + " there is no answer (envelope.csv says why).\n";
  const auto points = reached_by_force(e);
  if (!points.empty()) {
    text += "- Least force that reaches it: " + force_words(*points.front()->critical_force_N) + " N (" +
            share_of_weight_words(*points.front()->critical_body_weight_fraction) + " of body weight), " + pose_words(*points.front()) + ".\n";
    text += "- Greatest: " + force_words(*points.back()->critical_force_N) + " N (" +
            share_of_weight_words(*points.back()->critical_body_weight_fraction) + "), " + pose_words(*points.back()) + ".\n";
    text += "- Pressure decides in " + std::to_string(points_with(e, "reached", "compression")) + " of those reached by force, stretch in " +
            std::to_string(points_with(e, "reached", "tension")) + ".\n";
  }
  return text;
}

std::string table(const Envelope& e, const std::string& roller, double knee) {
  std::string text = "\n| hip bent by |";
  std::string rule = "|---|";
  for (const double position : e.positions_mm) {
    text += " " + rounded(position, "%g") + " mm |";
    rule += "---|";
  }
  text += "\n" + rule + "\n";
  for (const double hip : e.hip_flexion_deg) {
    text += "| " + rounded(hip, "%g") + "° |";
    for (const double position : e.positions_mm) {
      const auto p = std::find_if(e.points.begin(), e.points.end(), [&](const EnvelopePoint& q) {
        return q.roller == roller && q.knee_flexion_deg == knee && q.hip_flexion_deg == hip && q.position_mm == position;
      });
      text += " " + (p == e.points.end() ? "–" : share_words(*p, e)) + " |";
    }
    text += "\n";
  }
  return text;
}

}  // namespace

std::string safe_rolling_page(const Envelope& e, const std::string& command) {
  std::string page =
      "# Rolling with care: where, and how hard\n\nHow much weight may lie on the roller before the sciatic nerve is loaded to the **" +
      e.level_name + "** level? Computed for: " + e.name + " (" + e.fidelity + " mesh). Made by `" + command + "`.\n\n" + level_words(e.level) + " " +
      nerve_words(e) + "\n\n" + mesh_bias_text(e.fidelity) + "\n\n## What was found\n\n" + findings(e);
  for (const std::string& roller : e.rollers)
    for (const double knee : e.knee_flexion_deg) {
      const std::string picture = "pictures/envelope_" + roller + "_knee_" + rounded(knee, "%g") + ".png";
      page += "\n## " + roller + " roller, knee bent by " + rounded(knee, "%g") + " degrees\n\n![Map of the force that reaches the level](" +
              picture +
              ")\n\nShare of the body weight that reaches the level. Places along the nerve: 0 is level with the sitting bone, negative above it, "
              "positive "
              "towards the knee.\n" +
              table(e, roller, knee);
    }
  page +=
      "\n## How to read this\n\n- A number is the share of the whole body weight on one roller, cut off after two digits; rolling the front of the "
      "thigh puts about a third on it [baumgart2019], which is assumed for buttock and back of the thigh too. Hands and feet on the floor take "
      "weight "
      "off.\n- Pressure and stretch count each by itself. Counted together, and with what is not known of tissue, the force may be far smaller or "
      "greater: docs/uncertainty.md gives both for sitting on the roller.\n- Weight is what one can change most easily; docs/claims.md says what "
      "softness, "
      "pose and moving aside are worth.\n- One computed body, one set of tissue constants: nerve depth, fat and muscle differ between people, and "
      "the force with them.\n- The "
      "roller stands still and lies straight across the limb; rolling to and fro passes each place in turn.\n- The "
      "model's "
      "contact is wider and softer than measured ones (docs/status.md), so real pressure may reach the nerve sooner.\n\n## Always\n\n";
  for (const std::string& s : safety_texts()) page += "- " + s + "\n";
  return page;
}

}  // namespace nerveload
