/// Damaged scenarios that are run: an answer, or words. Half an hour and more: NERVELOAD_STUDY=FOLDER keeps what is done, NERVELOAD_SHARD=1/2 shares it.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <random>

#include "tests/support/mutants.hpp"
#include "tests/support/run_program.hpp"
#include "tests/support/sound_scenarios.hpp"
#include "tests/support/study_store.hpp"

namespace nerveload {
namespace {

constexpr int mutants = 500, limit_s = 600;

/// What became of a run, and whether it kept what the program promises: a status and words, and a summary that agrees with them.
std::string outcome_of(const std::string& text) {
  const ScratchFolder folder;
  folder.write("mutated.toml", text);
  const ProgramResult r = run_program({"run", "mutated.toml", "--fidelity", "coarse", "--threads", "1", "-q", "-o", "out"}, folder.path(),
                                      "timeout -s KILL " + std::to_string(limit_s));
  const auto summary_file = folder.path() / "out" / "summary.json";
  const std::string first_line = r.err.substr(0, r.err.find('\n'));
  const auto broken = [&](const std::string& why) { return "BROKEN status " + std::to_string(r.code) + ", " + why + ": " + first_line; };
  if (r.code == 2) {
    if (r.err.find("mutated.toml:") == std::string::npos) return broken("no line");
    if (std::filesystem::exists(summary_file)) return broken("a summary of what was refused");
    return "refused " + first_line;
  }
  if (r.code != 0 && r.code != 3) return broken("neither an answer nor a refusal");
  if (!std::filesystem::exists(summary_file)) return r.code == 3 && !r.err.empty() ? "without an answer: " + first_line : broken("no summary");
  const auto summary = nlohmann::json::parse(text_of_file(summary_file), nullptr, false);
  if (summary.is_discarded()) return broken("a summary that cannot be read");
  if (summary["status"] != (r.code == 0 ? "complete" : "incomplete")) return broken("a summary that says otherwise");
  for (const auto& [key, figure] : summary["nerve"].items())
    if (figure.is_null()) return broken("no number for " + key);
  if (r.code == 0) return "complete";
  return summary.value("reason", "").empty() ? broken("no reason") : "incomplete " + summary["reason"].get<std::string>();
}

TEST(StudyMutatedRuns, EndWithAnAnswerOrInWords) {
  const std::vector<std::string> seeds = sound_scenarios();
  StudyStore store("mutated_runs");
  std::mt19937_64 random(11);
  for (int i = 0; i < mutants; ++i) {
    const std::string text = mutant(seeds[random() % seeds.size()], random);
    if (!store.is_open(i)) continue;
    const std::string outcome = outcome_of(text);
    store.keep(i, outcome);
    EXPECT_FALSE(outcome.starts_with("BROKEN")) << outcome << "\n--- mutant " << i << "\n" << text;
  }
  std::map<std::string, int> counts;
  for (const auto& [i, outcome] : store.done()) ++counts[outcome.substr(0, outcome.find(' '))];
  for (const auto& [kind, count] : counts) std::printf("%s: %d\n", kind.c_str(), count);
  EXPECT_EQ(counts.count("BROKEN"), 0u);
}

}  // namespace
}  // namespace nerveload
