#include "postprocess/validation_results.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "postprocess/files.hpp"
#include "postprocess/text_table.hpp"

namespace nerveload {
namespace {

std::string short_number(const std::optional<double>& v) { return v ? figure_words(*v) : "–"; }
std::string published_text(const ValidatedQuantity& q) {
  if (!q.published) return "–";
  return figure_words(*q.published) + (q.spread ? " ± " + figure_words(*q.spread) : "");
}

std::string accepted_text(const ValidatedQuantity& q) {
  const bool low = std::isfinite(q.accept_low), high = std::isfinite(q.accept_high);
  if (low && high) return figure_words(q.accept_low) + " to " + figure_words(q.accept_high);
  if (low) return "at least " + figure_words(q.accept_low);
  if (high) return "at most " + figure_words(q.accept_high);
  return "–";
}

std::string role_words(const std::string& role) { return role == "held_out" ? "held out" : role; }
std::string validation_words(ValidationStatus s) { return s == ValidationStatus::not_comparable ? "not comparable" : to_string(s); }

}  // namespace

std::string figure_words(double v) {
  std::array<char, 32> text;
  std::snprintf(text.data(), text.size(), "%.4g", v);
  return text.data();
}

std::string unit_words(const std::string& unit) {
  if (unit == "percent") return "%";
  if (unit == "deg") return "°";
  if (unit == "cm2") return "cm²";
  if (unit == "mm2") return "mm²";
  return unit;
}

const char* to_string(ValidationStatus status) {
  switch (status) {
    case ValidationStatus::inside: return "inside";
    case ValidationStatus::outside: return "outside";
    case ValidationStatus::not_comparable: return "not_comparable";
    case ValidationStatus::failed: return "failed";
  }
  return "";
}

bool ValidatedTarget::simulated() const {
  return std::any_of(quantities.begin(), quantities.end(), [](const ValidatedQuantity& q) { return q.model.has_value(); });
}

ValidationStatus ValidatedTarget::status() const {
  for (const ValidationStatus s : {ValidationStatus::outside, ValidationStatus::failed, ValidationStatus::inside})
    if (std::any_of(quantities.begin(), quantities.end(), [s](const ValidatedQuantity& q) { return q.status == s; })) return s;
  return ValidationStatus::not_comparable;
}

bool ValidatedTarget::within_record() const {
  return std::all_of(quantities.begin(), quantities.end(), [](const ValidatedQuantity& q) { return q.within_record; });
}

ValidationCount count_targets(const std::vector<ValidatedTarget>& targets) {
  ValidationCount c;
  for (const ValidatedTarget& t : targets) {
    c.simulated += t.simulated();
    c.beyond_record += !t.within_record();
    c.unrecorded +=
        static_cast<int>(std::count_if(t.quantities.begin(), t.quantities.end(), [](const ValidatedQuantity& q) { return q.model && !q.band_low; }));
    switch (t.status()) {
      case ValidationStatus::inside:
        ++c.inside;
        c.held_out_inside += t.role == "held_out";
        break;
      case ValidationStatus::outside: ++c.outside; break;
      case ValidationStatus::not_comparable: ++c.not_comparable; break;
      case ValidationStatus::failed: ++c.failed; break;
    }
  }
  return c;
}

std::string validation_csv(const std::vector<ValidatedTarget>& targets, const std::string& fidelity) {
  std::string csv =
      "id,quantity,model,published,spread,tolerance,status,role,unit,accept_low,accept_high,band_low,band_high,within_record,fidelity,source,"
      "reason\n";
  for (const ValidatedTarget& t : targets)
    for (const ValidatedQuantity& q : t.quantities) {
      const double tolerance = 0.5 * (q.accept_high - q.accept_low);
      csv += t.id + "," + q.name + "," + number_text(q.model) + "," + number_text(q.published) + "," + number_text(q.spread) + "," +
             (std::isfinite(tolerance) && tolerance > 0.0 ? number_text(tolerance) : "") + "," + to_string(q.status) + "," + t.role + "," + q.unit +
             "," + number_text(q.accept_low) + "," + number_text(q.accept_high) + "," + number_text(q.band_low) + "," + number_text(q.band_high) +
             "," +
             (!q.within_record ? "0"
              : q.band_low     ? "1"
                               : "") +
             "," + fidelity + "," + csv_text(q.source) + "," + csv_text(q.reason) + "\n";
    }
  return csv;
}

std::string validation_text(const std::vector<ValidatedTarget>& targets) {
  const TableRow head = {"target", "quantity", "model", "published", "accepted", "unit", "outcome", "role"};
  std::vector<TableRow> rows = {head};
  for (const ValidatedTarget& t : targets)
    for (const ValidatedQuantity& q : t.quantities)
      rows.push_back({&q == &t.quantities.front() ? t.id : "", q.title, short_number(q.model), published_text(q), accepted_text(q),
                      unit_words(q.unit), validation_words(q.status) + (q.within_record ? "" : " (not as recorded)"), role_words(t.role)});
  std::string text = plain_table(rows);
  const ValidationCount c = count_targets(targets);
  text += "\n" + std::to_string(targets.size()) + (targets.size() == 1 ? " target, " : " targets, ") + std::to_string(c.simulated) +
          " simulated: " + std::to_string(c.inside) + " inside (" + std::to_string(c.held_out_inside) + " of them held out), " +
          std::to_string(c.outside) + " outside, " + std::to_string(c.not_comparable) + " not comparable" +
          (c.failed ? ", " + std::to_string(c.failed) + " failed" : "") + "\n";
  if (c.unrecorded > 0) text += std::to_string(c.unrecorded) + (c.unrecorded == 1 ? " figure has" : " figures have") + " no record on this mesh\n";
  for (const ValidatedTarget& t : targets)
    for (const ValidatedQuantity& q : t.quantities)
      if (!q.within_record)
        text += "not as recorded: " + t.id + " " + q.name + " = " + short_number(q.model) + " " + q.unit + ", recorded " + short_number(q.band_low) +
                " to " + short_number(q.band_high) + (q.reason.empty() ? "" : " (" + q.reason + ")") + "\n";
  return text;
}

namespace {

/// Those of the targets held out and inside that are less than they seem.
std::string caveat_words(const std::vector<ValidatedTarget>& targets) {
  std::string ids;
  for (const ValidatedTarget& t : targets)
    if (t.status() == ValidationStatus::inside && t.role == "held_out" && !t.caveat.empty()) ids += (ids.empty() ? "" : ", ") + t.id;
  return ids.empty() ? "" : " Of those held out, " + ids + " come with a caveat, told below.";
}

}  // namespace

std::string validation_page(const std::vector<ValidatedTarget>& targets, const std::string& fidelity) {
  const ValidationCount c = count_targets(targets);
  std::string page =
      "# The model beside published measurements\n\nMade by `nerveload validate --fidelity " + fidelity +
      "` (`./dev validation` writes docs/validation.md); titles, findings and reasons come from scenarios/validation.\n\n" +
      std::to_string(targets.size()) + " targets, " + std::to_string(c.simulated) + " of them simulated: **" + std::to_string(c.inside) +
      " inside** what is accepted (" + std::to_string(c.held_out_inside) + " held out), " + std::to_string(c.outside) + " outside, " +
      std::to_string(c.not_comparable) + " not comparable" + (c.failed ? ", " + std::to_string(c.failed) + " failed" : "") + "." +
      caveat_words(targets) +
      "\n\n*Training*: parameters were fitted to it or taken from it. *Held out*: none was. *Verification*: an exact solution or a given input, "
      "where the program "
      "and "
      "not the model is on trial.\nIn the pictures a grey band is what counts as inside, black is the published figure with its standard "
      "deviation where there is one, the diamond the model. A target is inside when every figure that can be compared is.\n"
      "Sources are keys of docs/theory/references.bib; \"derived\" says that the figure was worked out from what they measured.\n\n"
      "| target | what | role | outcome |\n|---|---|---|---|\n";
  for (const ValidatedTarget& t : targets)
    page += "| [" + t.id + "](#" +
            [&] {
              std::string anchor;
              for (const char ch : t.id) anchor += static_cast<char>(std::tolower(static_cast<unsigned char>(ch)));
              return anchor;
            }() +
            ") | " + t.title + " | " + role_words(t.role) + " | " + validation_words(t.status()) + " |\n";
  for (const ValidatedTarget& t : targets) {
    page += "\n## " + t.id + "\n\n**" + t.title + "** (" + role_words(t.role) + ", " + validation_words(t.status()) + "; how: scenarios/validation/" +
            t.page + "/README.md)\n\n";
    if (t.simulated()) page += "![" + t.title + "](pictures/" + t.id + ".png)\n\n";
    page += "| quantity | unit | model | published | accepted | outcome | source |\n|---|---|---|---|---|---|---|\n";
    for (const ValidatedQuantity& q : t.quantities)
      page += "| " + q.title + " | " + unit_words(q.unit) + " | " + short_number(q.model) + " | " + published_text(q) + " | " + accepted_text(q) +
              " | " + validation_words(q.status) + " | " + q.source + " |\n";
    if (!t.caveat.empty()) page += "\n*Caveat*: " + t.caveat + "\n";
    std::vector<std::string> told;
    for (const ValidatedQuantity& q : t.quantities) {
      if (q.reason.empty() || std::find(told.begin(), told.end(), q.reason) != told.end()) continue;
      told.push_back(q.reason);
      page += "\n*" + q.title + "*: " + q.reason + "\n";
    }
    if (!t.within_record()) page += "\n**Not as recorded**: a figure or an outcome has left the band of scenarios/validation/" + t.page + ".\n";
  }
  return page;
}

}  // namespace nerveload
