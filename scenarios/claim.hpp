#pragma once
#include <filesystem>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "postprocess/claim_results.hpp"
#include "scenarios/run_figure_reader.hpp"

namespace nerveload {

/// What was found earlier on a mesh, and how far a run may stray from it before somebody must look.
struct RecordedTest {
  TestOutcome outcome = TestOutcome::shown;
  double low = 0.0, high = 0.0;  ///< in the test's unit
};

/// A comparison of runs that speaks for a claim or against it. Spans are in `unit`.
struct ClaimTest : ComparedFigure {
  std::string name, title;
  bool same_effect = false;  ///< as the first test's, under another assumption or at another place
  double supports_low = std::numeric_limits<double>::quiet_NaN(), supports_high = std::numeric_limits<double>::quiet_NaN();
  double contradicts_low = std::numeric_limits<double>::quiet_NaN(), contradicts_high = std::numeric_limits<double>::quiet_NaN();
  std::map<std::string, RecordedTest> recorded;  ///< by fidelity
};

/// One claim of the article as data: its wording, the runs that decide it, what would speak for it, and the literature.
struct Claim {
  std::string id, title, statement, finding, depends_on, undecidable, limits;
  bool quick = false;  ///< among those that every test run computes
  std::string folder;
  std::filesystem::path path;
  std::map<std::string, std::string> texts;
  std::vector<CaseRun> runs;
  std::vector<ClaimTest> tests;
  std::vector<ClaimEvidence> evidence;
  std::map<std::string, ClaimOutcome> recorded;  ///< by fidelity
};

/// The claims that the program was built with, in their order. @throws InputError
std::vector<Claim> built_in_claims();

/// Every claim in a folder of folders that hold a claim.toml. @throws InputError with the faults of all; FileError
std::vector<Claim> read_claims(const std::filesystem::path& folder);

/// One claim from the texts of its files, `claim.toml` among them. @throws InputError with every fault
Claim read_claim(const std::filesystem::path& path, std::map<std::string, std::string> texts);

}  // namespace nerveload
