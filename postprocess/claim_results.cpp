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

std::string outcome_words(ClaimOutcome o) { return o == ClaimOutcome::not_decidable ? "not decidable by mechanics" : to_string(o); }

std::string outcome_words(TestOutcome o) {
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

std::string csv_number(const std::optional<double>& v) { return v ? number_text(*v) : ""; }

std::string interval_words(const JudgedClaim& c) {
  const auto i = c.interval();
  return i ? figure_words(i->first) + " to " + with_unit(i->second, c.effect()->unit) : "";
}

int count(const std::vector<JudgedClaim>& claims, ClaimOutcome outcome) {
  return static_cast<int>(std::count_if(claims.begin(), claims.end(), [&](const JudgedClaim& c) { return c.outcome == outcome; }));
}

std::string counts_words(const std::vector<JudgedClaim>& claims) {
  std::string text;
  for (const ClaimOutcome o : {ClaimOutcome::supported, ClaimOutcome::contradicted, ClaimOutcome::depends, ClaimOutcome::not_decidable})
    text += (text.empty() ? "" : ", ") + std::to_string(count(claims, o)) + " " + outcome_words(o);
  return text;
}

std::string lower(std::string words) {
  for (char& c : words) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return words;
}

std::string section(const JudgedClaim& c) {
  std::string page =
      "\n## " + c.id + "\n\n**" + c.title + ".** " + c.statement + "\n\n**Outcome: " + outcome_words(c.outcome) + ".** " + c.reason + "\n";
  if (!c.finding.empty()) page += "\n" + c.finding + "\n";
  if (c.effect()) page += "\n![" + c.title + "](pictures/" + c.id + ".png)\n";
  if (!c.tests.empty()) {
    page += "\n| what was compared | found | would speak for it | says |\n|---|---|---|---|\n";
    for (const JudgedTest& t : c.tests)
      page += "| " + t.title + " | " + value_words(t) + " | " + span_words(t.supports_low, t.supports_high, t.unit) + " | " +
              outcome_words(t.outcome) + (t.reason.empty() ? "" : ": " + t.reason) + " |\n";
  }
  for (const char* side : {"for", "against", "open"})
    for (const ClaimEvidence& e : c.evidence)
      if (e.side == side)
        page += "\n*" +
                std::string(e.side == "open"  ? "Not known"
                            : e.side == "for" ? "Published, for it"
                                              : "Published, against it") +
                "*: " + e.text + (e.source.empty() ? "" : " [" + e.source + "]") + "\n";
  if (!c.limits.empty()) page += "\n*Limits*: " + c.limits + "\n";
  if (!c.within_record()) page += "\n**Not as recorded** in scenarios/claims/" + c.folder + ".\n";
  return page;
}

}  // namespace

const char* to_string(ClaimOutcome outcome) {
  switch (outcome) {
    case ClaimOutcome::supported: return "supported";
    case ClaimOutcome::contradicted: return "contradicted";
    case ClaimOutcome::depends: return "depends";
    case ClaimOutcome::not_decidable: return "not_decidable";
  }
  return "";
}

const char* to_string(TestOutcome outcome) {
  switch (outcome) {
    case TestOutcome::supports: return "supports";
    case TestOutcome::contradicts: return "contradicts";
    case TestOutcome::no_effect: return "no_effect";
    case TestOutcome::shown: return "shown";
    case TestOutcome::failed: return "failed";
  }
  return "";
}

bool JudgedClaim::within_record() const {
  return (!recorded || *recorded == outcome) && std::all_of(tests.begin(), tests.end(), [](const JudgedTest& t) { return t.within_record; });
}

const JudgedTest* JudgedClaim::effect() const { return !tests.empty() && tests.front().value ? &tests.front() : nullptr; }

std::optional<std::pair<double, double>> JudgedClaim::interval() const {
  std::vector<double> v;
  for (std::size_t i = 0; i < tests.size(); ++i)
    if (tests[i].value && (i == 0 || tests[i].same_effect)) v.push_back(*tests[i].value);
  if (!effect() || v.size() < 2) return {};
  const auto [low, high] = std::minmax_element(v.begin(), v.end());
  return std::pair(*low, *high);
}

void decide(JudgedClaim& c) {
  int judged = 0, supporting = 0;
  c.outcome = ClaimOutcome::not_decidable;
  for (const JudgedTest& t : c.tests) {
    if (t.outcome == TestOutcome::failed) {
      c.reason = "a run failed: " + t.reason;
      return;
    }
    judged += t.outcome != TestOutcome::shown;
    supporting += t.outcome == TestOutcome::supports;
  }
  if (!c.undecidable.empty() || judged == 0) {
    c.reason = c.undecidable;
    return;
  }
  c.outcome = supporting == judged ? ClaimOutcome::supported : supporting == 0 ? ClaimOutcome::contradicted : ClaimOutcome::depends;
  const std::string of =
      std::to_string(supporting) + " of " + std::to_string(judged) + (judged == 1 ? " comparison speaks" : " comparisons speak") + " for it";
  c.reason = of + (c.outcome == ClaimOutcome::depends && !c.depends_on.empty() ? "; it depends on " + c.depends_on + "." : ".");
}

std::string claims_csv(const std::vector<JudgedClaim>& claims, const std::string& fidelity) {
  std::string csv = "id,outcome,effect,interval,reason,effect_unit,effect_of,interval_low,interval_high,recorded,within_record,fidelity,title\n";
  for (const JudgedClaim& c : claims) {
    const JudgedTest* effect = c.effect();
    const auto interval = c.interval();
    csv += c.id + "," + to_string(c.outcome) + "," + (effect ? number_text(*effect->value) : "") + "," + csv_text(interval_words(c)) + "," +
           csv_text(c.reason) + "," + (effect ? effect->unit : "") + "," + csv_text(effect ? effect->title : "") + "," +
           (interval ? number_text(interval->first) + "," + number_text(interval->second) : ",") + "," + (c.recorded ? to_string(*c.recorded) : "") +
           "," + (c.recorded ? (c.within_record() ? "1" : "0") : "") + "," + fidelity + "," + csv_text(c.title) + "\n";
  }
  return csv;
}

std::string claim_tests_csv(const std::vector<JudgedClaim>& claims, const std::string& fidelity) {
  std::string csv =
      "id,test,value,unit,outcome,supports_low,supports_high,contradicts_low,contradicts_high,band_low,band_high,within_record,fidelity,title,"
      "reason\n";
  for (const JudgedClaim& c : claims)
    for (const JudgedTest& t : c.tests)
      csv += c.id + "," + t.name + "," + csv_number(t.value) + "," + t.unit + "," + to_string(t.outcome) + "," + number_text(t.supports_low) + "," +
             number_text(t.supports_high) + "," + number_text(t.contradicts_low) + "," + number_text(t.contradicts_high) + "," +
             csv_number(t.band_low) + "," + csv_number(t.band_high) + "," + (t.band_low ? (t.within_record ? "1" : "0") : "") + "," + fidelity + "," +
             csv_text(t.title) + "," + csv_text(t.reason) + "\n";
  return csv;
}

std::string claims_text(const std::vector<JudgedClaim>& claims) {
  std::vector<TableRow> rows = {{"claim", "", "outcome", "effect", "over what was varied", "of"}};
  for (const JudgedClaim& c : claims) {
    const JudgedTest* effect = c.effect();
    rows.push_back({c.id, c.title, outcome_words(c.outcome) + (c.within_record() ? "" : " (not as recorded)"), effect ? value_words(*effect) : "–",
                    c.interval() ? interval_words(c) : "–", effect ? effect->title : c.reason});
  }
  std::string text =
      plain_table(rows) + "\n" + std::to_string(claims.size()) + (claims.size() == 1 ? " claim: " : " claims: ") + counts_words(claims) + "\n";
  for (const JudgedClaim& c : claims) {
    if (c.recorded && *c.recorded != c.outcome)
      text += "not as recorded: " + c.id + " is " + to_string(c.outcome) + ", recorded " + to_string(*c.recorded) + " (" + c.reason + ")\n";
    for (const JudgedTest& t : c.tests)
      if (!t.within_record)
        text += "not as recorded: " + c.id + " " + t.name + " = " + value_words(t) + " (" + to_string(t.outcome) + "), recorded " +
                (t.band_low ? figure_words(*t.band_low) + " to " + figure_words(*t.band_high) : "none") +
                (t.reason.empty() ? "" : " (" + t.reason + ")") + "\n";
  }
  return text;
}

std::string claims_page(const std::vector<JudgedClaim>& claims, const std::string& fidelity) {
  std::string page =
      "# The article's claims, tested\n\nAn article advises people with sciatica how to use a foam roller. Each of its claims is put to the model "
      "here: the "
      "same leg is computed with and without what the claim is about, and the load on the sciatic nerve is compared. Made by `nerveload claims "
      "--fidelity " +
      fidelity + "`; the runs, what would have spoken for a claim, and the literature stand in scenarios/claims.\n\n" +
      std::to_string(claims.size()) + " claims: " + counts_words(claims) +
      ".\n\nA model of mechanics says how much a nerve is pressed and stretched. It knows no pain, no healing and no diagnosis. " +
      mesh_bias_text(fidelity) + "\n\n| claim | what it says | outcome | effect | over what was varied |\n|---|---|---|---|---|\n";
  for (const JudgedClaim& c : claims)
    page += "| [" + c.id + "](#" + lower(c.id) + ") | " + c.title + " | " + outcome_words(c.outcome) + " | " +
            (c.effect() ? value_words(*c.effect()) + ": " + c.effect()->title : "–") + " | " + (c.interval() ? interval_words(c) : "–") + " |\n";
  page +=
      "\nThe last column spans the variants that were run (place, muscle state, roller, law of the nerve's tether); it is no statement of "
      "probability.\n";
  for (const JudgedClaim& c : claims) page += section(c);
  page += "\n## Whatever the outcome\n\n";
  for (const std::string& s : safety_texts()) page += "- " + s + "\n";
  return page;
}

}  // namespace nerveload
