#include "postprocess/claim_results.hpp"

#include <algorithm>
#include <cmath>

#include "postprocess/files.hpp"
#include "postprocess/mesh_bias.hpp"
#include "postprocess/text_table.hpp"
#include "postprocess/validation_results.hpp"
#include "postprocess/verdict.hpp"

namespace nerveload {
namespace {

std::string with_unit(double v, const std::string& unit) { return figure_words(v) + (unit.empty() ? "" : " " + unit_words(unit)); }

std::string value_words(const JudgedTest& t) { return t.value ? with_unit(*t.value, t.unit) : "–"; }

std::string says_words(TestOutcome o) {
  switch (o) {
    case TestOutcome::supports: return "speaks for it";
    case TestOutcome::contradicts: return "speaks against it";
    case TestOutcome::no_effect: return "no such effect";
    case TestOutcome::shown: return "for information";
    case TestOutcome::failed: return "failed";
  }
  return "";
}

std::string span_words(double low, double high, const std::string& unit) {
  if (std::isnan(low)) return "–";
  if (std::isinf(high)) return "above " + with_unit(low, unit);
  if (std::isinf(low)) return "below " + with_unit(high, unit);
  return figure_words(low) + " to " + with_unit(high, unit);
}

std::string variants_words(const JudgedClaim& c) {
  const auto i = c.variants();
  return i ? figure_words(i->first) + " to " + with_unit(i->second, c.effect()->unit) : "";
}

/// "3.1 to 8.2 kPa", or why there is none.
std::string range_words(const JudgedTest& t) {
  if (!t.uncertainty) return "–";
  if (!t.has_range()) return "none: " + t.uncertainty->reason;
  return figure_words(t.uncertainty->range.low) + " to " + with_unit(t.uncertainty->range.high, t.unit);
}

/// Two columns.
std::string range_csv(const JudgedTest& t) {
  return t.has_range() ? number_text(t.uncertainty->range.low) + "," + number_text(t.uncertainty->range.high) : ",";
}

std::string quoted(const std::string& title) { return "\u201c" + title + "\u201d"; }

/// A parameter's key as words: "materials.muscle.shear_modulus_kPa" is the muscle's shear modulus.
std::string parameter_words(std::string key) {
  if (key.starts_with("materials.") || key.starts_with("subject.")) key.erase(0, key.find('.') + 1);
  for (const char* unit : {"_kPa_per_mm", "_kPa", "_mm", "_percent", "_deg", "_N"})
    if (key.ends_with(unit)) {
      key.erase(key.size() - std::string(unit).size());
      break;
    }
  for (char& c : key)
    if (c == '.' || c == '_') c = ' ';
  return key;
}

/// The parameters that matter most, with what one standard deviation of each does.
std::string hangs_on_words(const JudgedTest& t) {
  constexpr std::size_t most = 3;
  if (!t.has_range()) return "";
  std::string words;
  for (std::size_t i = 0; i < std::min(most, t.uncertainty->parameters.size()); ++i) {
    const auto& [parameter, effect] = t.uncertainty->parameters[i];
    words += (i ? ", " : "") + parameter_words(parameter) + " (" + (effect > 0.0 ? "+" : "") + figure_words(effect) + ")";
  }
  return words;
}

std::string hangs_on_line(const JudgedTest& t) { return t.has_range() ? t.title + ": most by " + hangs_on_words(t) + "." : ""; }

/// Whether what is not known could turn comparisons round; empty where nobody asked or a run failed.
std::string crossing_words(const JudgedClaim& c) {
  if (!c.asked_uncertainty()) return "";
  int with = 0, without = 0;
  std::string turning;
  for (const JudgedTest& t : c.tests) {
    if (t.outcome == TestOutcome::failed) return "";
    if (t.outcome == TestOutcome::shown) continue;
    (t.has_range() ? with : without) += 1;
    if (t.has_range() && t.uncertainty->crosses) turning += (turning.empty() ? "" : ", ") + quoted(t.title);
  }
  if (with == 0) return without == 0 ? "" : " No judged comparison has a range of what is not known.";
  return " Over nine tenths of what is not known of tissue and body " +
         (turning.empty() ? std::string(with == 1 ? "it says the same" : "each says the same") : "these could say something else: " + turning) +
         (without ? " (" + std::to_string(without) + " without a range)." : ".");
}

int count(const std::vector<JudgedClaim>& claims, ClaimOutcome outcome) {
  return static_cast<int>(std::count_if(claims.begin(), claims.end(), [&](const JudgedClaim& c) { return c.outcome == outcome; }));
}

std::string counts_words(const std::vector<JudgedClaim>& claims) {
  std::string text;
  for (const ClaimOutcome o : {ClaimOutcome::supported, ClaimOutcome::contradicted, ClaimOutcome::depends, ClaimOutcome::not_decidable})
    text += (text.empty() ? "" : ", ") + std::to_string(count(claims, o)) + " " + outcome_words(o);
  if (const int without = count(claims, ClaimOutcome::no_answer)) text += ", " + std::to_string(without) + " without an answer";
  return text;
}

std::string lower(std::string words) {
  for (char& c : words) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return words;
}

std::string tests_table(const JudgedClaim& c) {
  const bool ranges = c.asked_uncertainty();
  std::string page = std::string("\n| what was compared | found | ") + (ranges ? "nine tenths | " : "") + "would speak for it | says |" +
                     (ranges ? " hangs most on |" : "") + "\n|---|---|---|---|" + (ranges ? "---|---|" : "") + "\n";
  for (const JudgedTest& t : c.tests)
    page += "| " + t.title + " | " + value_words(t) + " | " + (ranges ? range_words(t) + " | " : "") +
            span_words(t.supports_low, t.supports_high, t.unit) + " | " + says_words(t.outcome) + (t.reason.empty() ? "" : ": " + t.reason) +
            (t.has_range() && t.uncertainty->crosses ? ", not over the whole range" : "") + (ranges ? " | " + hangs_on_words(t) : "") + " |\n";
  return page;
}

/// Where there is no answer here there is nothing to compare another mesh's with.
bool answered(const JudgedClaim& c) { return c.outcome != ClaimOutcome::no_answer; }

bool hangs_on_mesh(const JudgedClaim& c) {
  return answered(c) && std::any_of(c.other_meshes.begin(), c.other_meshes.end(), [&](const auto& mesh) { return mesh.second != c.outcome; });
}

/// What other meshes said, where it is recorded: an outcome that hangs on the mesh is told as such.
std::string mesh_words(const JudgedClaim& c) {
  if (!answered(c)) return "";
  std::string text;
  for (const auto& [mesh, outcome] : c.other_meshes)
    text += outcome == c.outcome ? " On the " + mesh + " mesh it is the same."
                                 : " **On the " + mesh + " mesh it is " + outcome_words(outcome) + ": the outcome hangs on the mesh.**";
  for (const JudgedTest& t : c.tests)
    for (const auto& [mesh, outcome] : t.other_meshes)
      if (outcome != t.outcome)
        text += " (On the " + mesh + " mesh " + quoted(t.title) + (outcome == TestOutcome::no_effect ? " shows " : " ") + says_words(outcome) + ".)";
  return text;
}

std::string section(const JudgedClaim& c) {
  std::string page = "\n## " + c.id + "\n\n**" + c.title + ".** " + c.statement + "\n\n**Outcome: " + outcome_words(c.outcome) + ".** " + c.reason +
                     crossing_words(c) + mesh_words(c) + "\n";
  if (answered(c) && !c.finding.empty()) page += "\n" + c.finding + "\n";
  if (c.effect()) page += "\n![" + c.title + "](pictures/" + c.id + ".png)\n";
  if (!c.tests.empty()) page += tests_table(c);
  for (const char* side : {"for", "against", "open"})
    for (const ClaimEvidence& e : c.evidence)
      if (e.side == side)
        page += "\n*" +
                std::string(e.side == "open"  ? "Not known"
                            : e.side == "for" ? "Published, for it"
                                              : "Published, against it") +
                "*: " + e.text + (e.source.empty() ? "" : " [" + e.source + "]") + "\n";
  if (!c.limits.empty()) page += "\n*Limits*: " + c.limits + "\n";
  if (answered(c) && !c.within_record()) page += "\n**Not as recorded** in scenarios/claims/" + c.folder + ".\n";
  return page;
}

}  // namespace

std::string claims_csv(const std::vector<JudgedClaim>& claims, const std::string& fidelity) {
  std::string csv =
      "id,outcome,effect,interval,reason,effect_unit,effect_of,interval_low,interval_high,hangs_on,variants_low,variants_high,recorded,within_record,"
      "fidelity,title\n";
  for (const JudgedClaim& c : claims) {
    const JudgedTest* effect = c.effect();
    const auto variants = c.variants();
    const bool ranged = effect && effect->has_range();
    const std::string fields[] = {c.id,
                                  to_string(c.outcome),
                                  effect ? number_text(*effect->value) : "",
                                  csv_text(ranged ? range_words(*effect) : ""),
                                  csv_text(c.reason + crossing_words(c)),
                                  effect ? effect->unit : "",
                                  csv_text(effect ? effect->title : ""),
                                  ranged ? range_csv(*effect) : ",",
                                  csv_text(ranged ? hangs_on_words(*effect) : ""),
                                  variants ? number_text(variants->first) + "," + number_text(variants->second) : ",",
                                  c.recorded ? to_string(*c.recorded) : "",
                                  c.recorded ? (c.within_record() ? "1" : "0") : "",
                                  fidelity,
                                  csv_text(c.title)};
    for (std::size_t i = 0; i < std::size(fields); ++i) csv += (i ? "," : "") + fields[i];
    csv += "\n";
  }
  return csv;
}

std::string claim_tests_csv(const std::vector<JudgedClaim>& claims, const std::string& fidelity) {
  std::string csv =
      "id,test,value,unit,outcome,supports_low,supports_high,contradicts_low,contradicts_high,band_low,band_high,within_record,fidelity,title,"
      "reason,range_low,range_high,crosses,hangs_on,no_range\n";
  for (const JudgedClaim& c : claims)
    for (const JudgedTest& t : c.tests)
      csv += c.id + "," + t.name + "," + number_text(t.value) + "," + t.unit + "," + to_string(t.outcome) + "," + number_text(t.supports_low) + "," +
             number_text(t.supports_high) + "," + number_text(t.contradicts_low) + "," + number_text(t.contradicts_high) + "," +
             number_text(t.band_low) + "," + number_text(t.band_high) + "," + (t.band_low ? (t.within_record ? "1" : "0") : "") + "," + fidelity +
             "," + csv_text(t.title) + "," + csv_text(t.reason) + "," + range_csv(t) + "," +
             (t.has_range() ? (t.uncertainty->crosses ? "1" : "0") : "") + "," + csv_text(hangs_on_words(t)) + "," +
             csv_text(t.uncertainty ? t.uncertainty->reason : "") + "\n";
  return csv;
}

std::string claims_text(const std::vector<JudgedClaim>& claims) {
  std::vector<TableRow> rows = {{"claim", "", "outcome", "effect", "nine tenths", "over what was varied", "of"}};
  for (const JudgedClaim& c : claims) {
    const JudgedTest* effect = c.effect();
    rows.push_back({c.id, c.title, outcome_words(c.outcome) + (answered(c) && !c.within_record() ? " (not as recorded)" : ""),
                    effect ? value_words(*effect) : "–", effect && effect->has_range() ? range_words(*effect) : "–",
                    c.variants() ? variants_words(c) : "–",
                    effect        ? effect->title
                    : answered(c) ? c.reason
                                  : "–"});
  }
  std::string text =
      plain_table(rows) + "\n" + std::to_string(claims.size()) + (claims.size() == 1 ? " claim: " : " claims: ") + counts_words(claims) + "\n";
  for (const JudgedClaim& c : claims) {
    if (c.asked_uncertainty()) text += c.id + ":" + crossing_words(c) + (c.effect() ? " " + hangs_on_line(*c.effect()) : "") + "\n";
    if (!answered(c)) text += "no answer: " + c.id + " (" + c.reason + ")\n";
    for (const auto& [mesh, outcome] : c.other_meshes)
      if (answered(c) && outcome != c.outcome) text += "hangs on the mesh: " + c.id + " is " + to_string(outcome) + " on the " + mesh + " mesh\n";
    if (answered(c) && c.recorded && *c.recorded != c.outcome)
      text += "not as recorded: " + c.id + " is " + to_string(c.outcome) + ", recorded " + to_string(*c.recorded) + " (" + c.reason + ")\n";
    for (const JudgedTest& t : c.tests)
      if (t.value && !t.within_record)
        text += "not as recorded: " + c.id + " " + t.name + " = " + value_words(t) + " (" + to_string(t.outcome) + "), recorded " +
                (t.band_low ? figure_words(*t.band_low) + " to " + figure_words(*t.band_high) : "none") + "\n";
  }
  return text;
}

std::string claims_page(const std::vector<JudgedClaim>& claims, const std::string& fidelity) {
  const bool asked = std::any_of(claims.begin(), claims.end(), [](const JudgedClaim& c) { return c.asked_uncertainty(); });
  std::string page =
      "# The article's claims, tested\n\nAn article for lay people advises those with sciatica how to use a foam roller; its claims are told here in "
      "other words than its own. Each is put to the model: the same leg is computed with and without what the claim is about, and the load on the "
      "sciatic nerve is compared. Made by `nerveload claims "
      "--fidelity " +
      fidelity + (asked ? " --uncertainty" : "") +
      "`; the runs, what would have spoken for a claim, and the literature stand in scenarios/claims.\n\n" + std::to_string(claims.size()) +
      " claims: " + counts_words(claims) +
      ".\n\nA model of mechanics says how much a nerve is pressed and stretched. It knows no pain, no healing and no diagnosis. " +
      mesh_bias_text(fidelity) + "\n\n| claim | what it says | outcome | effect | nine tenths | over what was varied |\n|---|---|---|---|---|---|\n";
  for (const JudgedClaim& c : claims)
    page += "| [" + c.id + "](#" + lower(c.id) + ") | " + c.title + " | " + outcome_words(c.outcome) +
            (hangs_on_mesh(c) ? " (hangs on the mesh)" : "") + " | " + (c.effect() ? value_words(*c.effect()) + ": " + c.effect()->title : "–") +
            " | " + (c.effect() && c.effect()->has_range() ? range_words(*c.effect()) : "–") + " | " + (c.variants() ? variants_words(c) : "–") +
            " |\n";
  page +=
      "\n*Nine tenths*: where the effect lies in nine of ten cases, given what is not known of tissue and body (docs/uncertainty.md). First order, "
      "with "
      "the derivatives of each run on its own mesh; a parameter that both runs of a comparison share moves both. Dashes where there is none: "
      "levels are whole numbers, and tissue that relaxes remembers the way. *Hangs most on*: what one standard deviation more of the parameter "
      "does.\n\n*Over what was varied*: least and greatest of the variants that were "
      "run (place, muscle state, roller, law of the nerve's tether); no statement of probability.\n";
  for (const JudgedClaim& c : claims) page += section(c);
  page += "\n## Whatever the outcome\n\n";
  for (const std::string& s : safety_texts()) page += "- " + s + "\n";
  return page;
}

}  // namespace nerveload
