#include "postprocess/safe_rolling_page.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "postprocess/mesh_bias.hpp"
#include "postprocess/verdict.hpp"

namespace nerveload {
namespace {

std::string station_words(double position_mm) {
  if (position_mm == 0.0) return "level with the sitting bone";
  return rounded(std::abs(position_mm)) + " mm " + (position_mm > 0.0 ? "below" : "above") + " the sitting bone";
}

std::string pose_words(const EnvelopePoint& p) {
  return station_words(p.position_mm) + ", hip bent by " + rounded(p.hip_flexion_deg) + " and knee by " + rounded(p.knee_flexion_deg) + " degrees, " +
         p.roller + " roller";
}

int points_with(const Envelope& e, const std::string& status, const std::string& governing = {}) {
  return static_cast<int>(std::count_if(e.points.begin(), e.points.end(), [&](const EnvelopePoint& p) {
    return p.status == status && (governing.empty() || p.governing == governing);
  }));
}

std::string share_words(const EnvelopePoint& p, const Envelope& e) {
  if (p.status == "not_reached") return "more than " + rounded(e.most_fraction, "%.2f");
  if (p.status == "reached_by_pose") return "0 (pose)";
  if (p.status == "failed") return "no answer";
  return rounded(*p.critical_body_weight_fraction, "%.2f");
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
                     " stay below the level with " + rounded(e.most_fraction, "%.2f") + " of the body weight on the roller (" + rounded(e.most_N) +
                     " N), " + std::to_string(points_with(e, "reached")) + " reach it with less, and in " +
                     std::to_string(points_with(e, "reached_by_pose")) + " the pose alone does, before any roller touches.\n";
  if (const int failed = points_with(e, "failed")) text += "- For " + std::to_string(failed) + " there is no answer (envelope.csv says why).\n";
  const auto points = reached_by_force(e);
  if (!points.empty()) {
    text += "- Least force that reaches it: " + rounded(*points.front()->critical_force_N) + " N (" +
            rounded(*points.front()->critical_body_weight_fraction, "%.2f") + " of body weight), " + pose_words(*points.front()) + ".\n";
    text += "- Greatest: " + rounded(*points.back()->critical_force_N) + " N (" + rounded(*points.back()->critical_body_weight_fraction, "%.2f") +
            "), " + pose_words(*points.back()) + ".\n";
    text += "- Pressure decides in " + std::to_string(points_with(e, "reached", "compression")) + " of those reached by force, stretch in " +
            std::to_string(points_with(e, "reached", "tension")) + ".\n";
  }
  return text;
}

std::string table(const Envelope& e, const std::string& roller, double knee) {
  std::string text = "\n| hip bent by |";
  std::string rule = "|---|";
  for (const double position : e.positions_mm) {
    text += " " + rounded(position) + " mm |";
    rule += "---|";
  }
  text += "\n" + rule + "\n";
  for (const double hip : e.hip_flexion_deg) {
    text += "| " + rounded(hip) + "° |";
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
      e.level_name + "** level? Computed for: " + e.name + " (" + e.fidelity + " mesh). Made by `" + command +
      "`.\n\nThe level is the first sign of a disturbance in experiments on nerves, far below what injured them; staying below it is cautious. " +
      mesh_bias_text(e.fidelity) + "\n\n## What was found\n\n" + findings(e);
  for (const std::string& roller : e.rollers)
    for (const double knee : e.knee_flexion_deg) {
      const std::string picture = "pictures/envelope_" + roller + "_knee_" + rounded(knee) + ".png";
      page += "\n## " + roller + " roller, knee bent by " + rounded(knee) + " degrees\n\n![Map of the force that reaches the level](" + picture +
              ")\n\nShare of the body weight that reaches the level. Places along the nerve: 0 is level with the sitting bone, negative above it, "
              "positive "
              "towards the knee.\n" +
              table(e, roller, knee);
    }
  page +=
      "\n## How to read this\n\n- A number is the share of the whole body weight on one roller; sitting freely on one side puts about a third on it "
      "[baumgart2019], hands and feet on the floor take weight off.\n- Weight is what one can change most easily; docs/claims.md says what softness, "
      "pose and moving aside are worth.\n- One computed body: nerve depth, fat and muscle differ between people, and the force with them.\n- The "
      "roller stands still and lies straight across the limb; rolling to and fro passes each place in turn.\n- The "
      "model's "
      "contact is wider and softer than measured ones (docs/status.md), so real pressure may reach the nerve sooner.\n\n## Always\n\n";
  for (const std::string& s : safety_texts()) page += "- " + s + "\n";
  return page;
}

}  // namespace nerveload
