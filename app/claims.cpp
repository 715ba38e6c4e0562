#include "scenarios/claims.hpp"

#include <algorithm>
#include <iostream>

#include "app/recorded_runs.hpp"
#include "postprocess/verdict.hpp"

namespace po = boost::program_options;

namespace nerveload::app {
namespace {

std::vector<Claim> chosen_claims(const po::variables_map& map) {
  std::vector<Claim> claims = map.count("claims") ? read_claims(map["claims"].as<std::string>()) : built_in_claims();
  if (map.count("quick")) std::erase_if(claims, [](const Claim& c) { return !c.quick; });
  return only_named(std::move(claims), map, "claim");
}

int write_and_print(const ClaimsOutcome& outcome, const std::filesystem::path& dir, const std::string& fidelity) {
  write_text(dir / "claims.csv", claims_csv(outcome.claims, fidelity));
  write_text(dir / "claim_tests.csv", claim_tests_csv(outcome.claims, fidelity));
  write_text(dir / "claims.md", claims_page(outcome.claims, fidelity));
  std::filesystem::create_directories(dir / "pictures");
  const std::string undrawn = draw_claims(outcome.claims, dir / "pictures");
  std::cout << claims_text(outcome.claims) << "\n";
  for (const std::string& s : safety_texts()) std::cout << s << "\n";
  std::cout << "\nresults: " << dir.string() << "\n";
  if (!undrawn.empty()) std::cerr << "nerveload: no pictures: " << undrawn << "\n";
  if (outcome.stopped) return interrupted;
  const auto without_answer = [](const JudgedClaim& c) { return c.outcome == ClaimOutcome::no_answer; };
  if (std::any_of(outcome.claims.begin(), outcome.claims.end(), without_answer)) return not_converged;
  const bool as_recorded = std::all_of(outcome.claims.begin(), outcome.claims.end(), [](const JudgedClaim& c) { return c.within_record(); });
  return as_recorded ? static_cast<int>(done) : left_record;
}

int run(const Verb& verb, const std::vector<std::string>& words) {
  po::options_description options = recorded_options("out/claims", "claim");
  options.add_options()("quick", "only those that take seconds")(
      "uncertainty", "carry what is not known of tissue and body to each comparison: derivatives of every run, up to twice the time")(
      "claims", po::value<std::string>()->value_name("FOLDER"), "claims of your own: a folder of folders with a claim.toml each");
  const auto map = parse_words(verb, words, options, {});
  if (!map) return done;
  const std::string fidelity = leg_fidelity(*map);
  const Parallelism parallelism = parallelism_of(*map, fidelity);
  const std::vector<Claim> claims = chosen_claims(*map);
  const std::filesystem::path dir = (*map)["output"].as<std::string>();
  const auto judge = [&](RunOptions how) {
    how.uncertainty = map->count("uncertainty") > 0;
    return judge_claims(claims, how);
  };
  return with_kept_runs(*map, dir, {"claims.csv", "claims.md", "claim_tests.csv", "pictures"}, fidelity, parallelism, judge,
                        [&](const auto& found) { return write_and_print(found, dir, fidelity); });
}

}  // namespace

Verb claims_verb() {
  return {"claims",
          "[--only ID]... [--quick] [--uncertainty] [-o DIR] [--fidelity coarse|standard|fine] [--claims FOLDER] [--resume] [--jobs N] [--threads N] "
          "[--force]",
          "put the article's claims to the model; exit status 1 when an outcome is not as recorded, 3 when a claim is without an answer",
          "nerveload claims --only C5 --fidelity coarse -o out", run};
}

}  // namespace nerveload::app
