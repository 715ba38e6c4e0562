#pragma once
#include <filesystem>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "postprocess/uncertainty.hpp"

namespace nerveload {

enum class ClaimOutcome {
  supported,
  contradicted,
  depends,
  not_decidable,  ///< by mechanics
  no_answer       ///< a run failed or was stopped: nothing was found
};
const char* to_string(ClaimOutcome outcome);
/// In plain words.
std::string outcome_words(ClaimOutcome outcome);

/// What one comparison of runs says of a claim.
enum class TestOutcome {
  supports,
  contradicts,
  no_effect,  ///< neither: too small, or not in the direction
  shown,      ///< a figure that decides nothing
  failed      ///< a run did not reach its end
};
const char* to_string(TestOutcome outcome);

/// What is not known of tissue and body, carried to a comparison (first order; a parameter that both runs share moves both).
struct ComparisonUncertainty {
  std::string reason;  ///< why there is none; empty = there is
  Interval range;      ///< holds nine tenths
  /// What one standard deviation of a parameter does, the greatest first.
  std::vector<std::pair<std::string, double>> parameters;
  bool crosses = false;  ///< somewhere in the range the comparison would say something else
};

/// One comparison. Values are in `unit`.
struct JudgedTest {
  std::string name, title, unit;
  bool same_effect = false;  ///< as the first test's, under another assumption or at another place: counts for the effect's interval
  /// What would support the claim, and what would speak against it; not a number where nothing is judged, infinite = no bound.
  double supports_low = std::numeric_limits<double>::quiet_NaN(), supports_high = std::numeric_limits<double>::quiet_NaN();
  double contradicts_low = std::numeric_limits<double>::quiet_NaN(), contradicts_high = std::numeric_limits<double>::quiet_NaN();
  std::optional<double> value;
  TestOutcome outcome = TestOutcome::shown;
  std::string reason;                         ///< of a failure
  std::optional<double> band_low, band_high;  ///< recorded for this mesh
  bool within_record = true;
  std::map<std::string, TestOutcome> other_meshes;   ///< what is recorded for them, by fidelity
  std::optional<ComparisonUncertainty> uncertainty;  ///< none: nobody asked

  bool has_range() const { return uncertainty && uncertainty->reason.empty(); }
};

struct ClaimEvidence {
  std::string side;  ///< for, against, open
  std::string text, source;
};

/// A claim of the article and what came of it.
struct JudgedClaim {
  std::string id, title;
  std::string statement;    ///< in our own words
  std::string folder;       ///< of its file
  std::string finding;      ///< what the model says of it, in plain words
  std::string depends_on;   ///< of an outcome that is not one
  std::string undecidable;  ///< why mechanics cannot decide it; empty = it can
  std::string limits;
  std::vector<ClaimEvidence> evidence;
  std::vector<JudgedTest> tests;
  ClaimOutcome outcome = ClaimOutcome::not_decidable;
  std::string reason;  ///< why this outcome
  std::optional<ClaimOutcome> recorded;
  std::map<std::string, ClaimOutcome> other_meshes;  ///< what is recorded for them, by fidelity
  /// Never without an answer.
  bool within_record() const;
  /// The first test's figure: the size of the effect.
  const JudgedTest* effect() const;
  /// Least and greatest of the tests that measure the same effect, under other assumptions or at other places; none with fewer than two.
  std::optional<std::pair<double, double>> variants() const;
  /// Whether somebody asked what is not known of tissue and body.
  bool asked_uncertainty() const;
};

/// From its tests: supported when each supports it, contradicted when none does, depends otherwise; not decidable when it says so itself or has
/// no judged test; no answer when a run failed or was stopped, whatever else was found. Sets outcome and reason.
void decide(JudgedClaim& claim);

/// A row a claim: id, outcome, effect, interval (nine tenths, where somebody asked), reason, and the rest.
std::string claims_csv(const std::vector<JudgedClaim>& claims, const std::string& fidelity);
/// A row a test.
std::string claim_tests_csv(const std::vector<JudgedClaim>& claims, const std::string& fidelity);
/// A table for a terminal.
std::string claims_text(const std::vector<JudgedClaim>& claims);
/// A page in plain words; pictures are named `pictures/ID.png`.
std::string claims_page(const std::vector<JudgedClaim>& claims, const std::string& fidelity);

/// Draws pictures/ID.png for every claim that has a figure.
/// @return why there are none; empty when all were drawn
std::string draw_claims(const std::vector<JudgedClaim>& claims, const std::filesystem::path& dir);

}  // namespace nerveload
