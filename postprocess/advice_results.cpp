#include "postprocess/advice_results.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "postprocess/summary_parts.hpp"
#include "postprocess/text_table.hpp"
#include "postprocess/validation_results.hpp"
#include "postprocess/verdict.hpp"

namespace nerveload {
namespace {

using json = nlohmann::ordered_json;
using Status = AdviceProposal::Status;

constexpr const char* effort_words = "root of the sum of squares of the changes over 10 mm and 10 degrees (assumed); another roller has none";

std::string share_in_percent(double share) { return figure_words(100.0 * share) + " %"; }

bool has_run(const AdviceProposal& p) { return p.status == Status::reaches || p.status == Status::falls_short; }

double worst(const AdvisedLoad& load) { return std::max(load.compression, load.tension); }

json load_json(const AdvisedLoad& l, double muscle_before_kPa) {
  if (!l.failure.empty()) return {{"failure", l.failure}};
  return {{"level", l.level},
          {"level_name", l.level_name},
          {"compression_utilisation", finite(l.compression)},
          {"tension_utilisation", finite(l.tension)},
          {"peak_compression_kPa", finite(l.compression_kPa)},
          {"peak_strain_percent", finite(l.strain_percent)},
          {"combined_index", finite(l.combined_index)},
          {"muscle_stress_kPa", finite(l.muscle_kPa)},
          {"muscle_stress_kept", finite(l.muscle_kPa / muscle_before_kPa)}};
}

json proposal_json(const AdviceProposal& p, double muscle_before_kPa) {
  json changes = json::array();
  for (const AdvisedChange& c : p.changes) changes.push_back({{"key", c.key}, {"from", c.from}, {"to", c.to}});
  json out = {{"name", p.name}, {"status", to_string(p.status)}, {"changes", changes}, {"effort", finite(p.effort)}, {"runs", p.runs}};
  if (has_run(p)) out["after"] = load_json(p.after, muscle_before_kPa);
  if (!p.remark.empty()) out["remark"] = p.remark;
  out["file"] = p.scenario_toml.empty() ? json(nullptr) : json("proposals/" + p.name + ".toml");
  return out;
}

std::string status_words(Status status) {
  switch (status) {
    case Status::reaches: return "under it";
    case Status::falls_short: return "not under it";
    case Status::failed: return "failed";
    case Status::not_tried: return "not tried";
  }
  return "";
}

std::string changes_words(const AdviceProposal& p) {
  std::string words;
  for (const AdvisedChange& c : p.changes) words += (words.empty() ? "" : ", ") + c.key + " " + c.from + " -> " + c.to;
  return words;
}

TableRow row(const AdviceProposal& p, double muscle_before_kPa) {
  TableRow cells = {p.name, status_words(p.status), p.effort > 0.0 ? figure_words(p.effort) : "–"};
  if (has_run(p)) {
    cells.insert(cells.end(),
                 {share_in_percent(p.after.compression), share_in_percent(p.after.tension), std::to_string(p.after.level) + " " + p.after.level_name,
                  figure_words(p.after.muscle_kPa) + " kPa (" + share_in_percent(p.after.muscle_kPa / muscle_before_kPa) + ")"});
  } else {
    cells.insert(cells.end(), 4, "–");
  }
  cells.push_back(changes_words(p) + (p.remark.empty() ? "" : (p.changes.empty() ? "" : "; ") + p.remark));
  return cells;
}

/// Whether both together exceed the level that neither exceeds; the index is against caution.
bool exceeds_together(const Advice& a, const AdvisedLoad& load) { return a.level == 1 && load.under() && load.combined_index >= 1.0; }

/// The answer in a few sentences.
std::string conclusion(const Advice& a) {
  switch (a.status) {
    case Advice::Status::already_under:
      if (exceeds_together(a, a.before)) return std::string(exceed_together_text) + " No change was looked for, as advice takes each by itself.";
      return "It is under the " + a.level_name + " level as it is; nothing needs to change.";
    case Advice::Status::found: {
      const AdviceProposal& p = a.proposals.front();
      return "The smallest change found: " + changes_words(p) + ". It stays under the " + a.level_name + " level and the " + a.muscle + " keeps " +
             share_in_percent(p.after.muscle_kPa / a.before.muscle_kPa) + " of its stress (proposals/" + p.name + ".toml)." +
             (exceeds_together(a, p.after) ? std::string(" ") + exceed_together_text : "");
    }
    case Advice::Status::none_reaches: {
      std::string words = "No change of place, lean, roller or leg that was tried brings it under the " + a.level_name + " level with " +
                          share_in_percent(a.keep) + " of the muscle's stress.";
      if (!a.proposals.empty() && has_run(a.proposals.front())) {
        const AdviceProposal& p = a.proposals.front();
        words += " Best: " + changes_words(p) + ", at " + share_in_percent(worst(p.after)) + " of the level instead of " +
                 share_in_percent(worst(a.before)) + ". Less weight on the roller is what is left: nerveload envelope tells how much.";
      }
      return words;
    }
    case Advice::Status::failed:
      return a.before.failure.empty() ? "Without derivatives no change can be looked for: " + a.fault_of_slopes
                                      : "The scenario itself did not reach its end: " + a.before.failure;
    case Advice::Status::interrupted: return "Interrupted; --resume goes on.";
  }
  return "";
}

}  // namespace

const char* to_string(Status status) {
  switch (status) {
    case Status::reaches: return "reaches";
    case Status::falls_short: return "falls_short";
    case Status::failed: return "failed";
    case Status::not_tried: return "not_tried";
  }
  return "";
}

const char* to_string(Advice::Status status) {
  switch (status) {
    case Advice::Status::already_under: return "already_under";
    case Advice::Status::found: return "found";
    case Advice::Status::none_reaches: return "none_reaches";
    case Advice::Status::failed: return "failed";
    case Advice::Status::interrupted: return "interrupted";
  }
  return "";
}

void conclude(Advice& a) {
  std::stable_sort(a.proposals.begin(), a.proposals.end(), [&](const AdviceProposal& p, const AdviceProposal& q) {
    if (p.status != q.status) return p.status < q.status;
    if (p.status == Status::reaches) return p.effort < q.effort;
    return has_run(p) && worst(p.after) < worst(q.after);
  });
  if (!a.before.failure.empty()) a.status = Advice::Status::failed;
  else if (a.before.under()) a.status = Advice::Status::already_under;
  else if (!a.fault_of_slopes.empty()) a.status = Advice::Status::failed;
  else a.status = !a.proposals.empty() && a.proposals.front().status == Status::reaches ? Advice::Status::found : Advice::Status::none_reaches;
}

std::string advice_json(const Advice& a) {
  json out = {{"schema", 1},
              {"name", a.name},
              {"status", to_string(a.status)},
              {"text", conclusion(a)},
              {"fidelity", a.fidelity},
              {"level", a.level},
              {"level_name", a.level_name},
              {"muscle", a.muscle},
              {"muscle_share_kept_at_least", a.keep},
              {"effort", effort_words},
              {"runs", a.runs}};
  out["before"] = load_json(a.before, a.before.muscle_kPa);
  out["levers"] = json::array();
  for (const AdviceLever& l : a.levers)
    out["levers"].push_back({{"key", l.key}, {"value", l.value}, {"low", l.low}, {"high", l.high}, {"effort_of_one", l.effort_unit}});
  out["proposals"] = json::array();
  for (const AdviceProposal& p : a.proposals) out["proposals"].push_back(proposal_json(p, a.before.muscle_kPa));
  return out.dump(2) + "\n";
}

std::string advice_text(const Advice& a) {
  std::string text = a.name + " (" + a.fidelity + ")\n\n" + conclusion(a) + "\n\n";
  if (!a.before.failure.empty()) return text;
  std::vector<TableRow> rows = {{"", "", "effort", "pressure", "stretch", "level", a.muscle, "change"}};
  AdviceProposal now;
  now.name = "as it is";
  now.status = a.before.under() ? Status::reaches : Status::falls_short;
  now.after = a.before;
  rows.push_back(row(now, a.before.muscle_kPa));
  for (const AdviceProposal& p : a.proposals) rows.push_back(row(p, a.before.muscle_kPa));
  return text + plain_table(rows) + "\nPressure and stretch of the nerve: share of the " + a.level_name +
         " level, which is reached at 100 %. Muscle: mean compressive stress along the roller's pressing.\nEffort: " + effort_words + ".\n";
}

}  // namespace nerveload
