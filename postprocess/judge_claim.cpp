/// What the tests of a claim come to together; how it is told stands in claim_results.cpp.
#include <algorithm>
#include <cctype>

#include "postprocess/claim_results.hpp"

namespace nerveload {
namespace {

/// With a capital and a stop, as sentences may come before it and after.
std::string sentence(std::string words) {
  if (words.empty()) return words;
  words.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(words.front())));
  return words.ends_with('.') ? words : words + ".";
}

}  // namespace

const char* to_string(ClaimOutcome outcome) {
  switch (outcome) {
    case ClaimOutcome::supported: return "supported";
    case ClaimOutcome::contradicted: return "contradicted";
    case ClaimOutcome::depends: return "depends";
    case ClaimOutcome::not_decidable: return "not_decidable";
    case ClaimOutcome::no_answer: return "no_answer";
  }
  return "";
}

std::string outcome_words(ClaimOutcome outcome) {
  switch (outcome) {
    case ClaimOutcome::not_decidable: return "not decidable by mechanics";
    case ClaimOutcome::no_answer: return "no answer";
    default: return to_string(outcome);
  }
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
  return outcome != ClaimOutcome::no_answer && (!recorded || *recorded == outcome) &&
         std::all_of(tests.begin(), tests.end(), [](const JudgedTest& t) { return t.within_record; });
}

const JudgedTest* JudgedClaim::effect() const { return !tests.empty() && tests.front().value ? &tests.front() : nullptr; }

std::optional<std::pair<double, double>> JudgedClaim::variants() const {
  std::vector<double> v;
  for (std::size_t i = 0; i < tests.size(); ++i)
    if (tests[i].value && (i == 0 || tests[i].same_effect)) v.push_back(*tests[i].value);
  if (!effect() || v.size() < 2) return {};
  const auto [low, high] = std::minmax_element(v.begin(), v.end());
  return std::pair(*low, *high);
}

bool JudgedClaim::asked_uncertainty() const {
  return std::any_of(tests.begin(), tests.end(), [](const JudgedTest& t) { return t.uncertainty.has_value(); });
}

void decide(JudgedClaim& c) {
  int judged = 0, supporting = 0;
  c.outcome = ClaimOutcome::not_decidable;
  for (const JudgedTest& t : c.tests) {
    if (t.outcome == TestOutcome::failed) {
      c.outcome = ClaimOutcome::no_answer;
      c.reason = sentence(t.reason);
      return;
    }
    judged += t.outcome != TestOutcome::shown;
    supporting += t.outcome == TestOutcome::supports;
  }
  if (!c.undecidable.empty() || judged == 0) {
    c.reason = sentence(c.undecidable);
    return;
  }
  c.outcome = supporting == judged ? ClaimOutcome::supported : supporting == 0 ? ClaimOutcome::contradicted : ClaimOutcome::depends;
  const std::string of =
      std::to_string(supporting) + " of " + std::to_string(judged) + (judged == 1 ? " comparison speaks" : " comparisons speak") + " for it";
  c.reason = of + (c.outcome == ClaimOutcome::depends && !c.depends_on.empty() ? "; it depends on " + c.depends_on + "." : ".");
}

}  // namespace nerveload
