#include "scenarios/claim.hpp"

#include <algorithm>
#include <charconv>

#include "scenarios/parse_toml.hpp"
#include "scenarios/preset.hpp"
#include "scenarios/text_filter.hpp"

namespace nerveload {

EmbeddedFiles embedded_claims();  ///< "C1_root_or_piriformis/claim.toml", …

namespace {

constexpr const char* fidelities[] = {"coarse", "standard", "fine"};

/// Reads one claim.toml.
class ClaimReader : private RunFigureReader {
 public:
  ClaimReader(const DocumentTable& document, const std::string& file, Claim& result)
      : RunFigureReader(result.runs, result.texts), top_(document, faults_, {}, {file, 1, 1}), claim_(result) {}

  void read() {
    if (!top_.integer("schema", 1, 1)) missing(top_, "schema", "expected schema = 1");
    claim_.id = required_name(top_, "id");
    claim_.title = required_text(top_, "title");
    claim_.statement = required_text(top_, "statement");
    claim_.finding = top_.text("finding").value_or("");
    claim_.depends_on = top_.text("depends_on").value_or("");
    claim_.undecidable = top_.text("not_decidable").value_or("");
    claim_.limits = top_.text("limits").value_or("");
    claim_.quick = top_.boolean("quick").value_or(false);
    for (TableReader& t : top_.tables("run")) read_run(t);
    for (TableReader& t : top_.tables("test")) read_test(t);
    for (TableReader& t : top_.tables("evidence")) read_evidence(t);
    if (claim_.evidence.empty() && !top_.has("evidence")) missing(top_, "evidence", "expected at least one [[evidence]]");
    check_judged();
    if (auto recorded = top_.table("recorded")) read_recorded(*recorded);
    top_.finish();
    faults_.throw_if_any();
  }

 private:
  void read_test(TableReader& t) {
    ClaimTest test;
    test.place = t.place();
    test.name = required_name(t, "name");
    if (std::any_of(claim_.tests.begin(), claim_.tests.end(), [&](const ClaimTest& o) { return o.name == test.name; }))
      t.fault("name", "given twice; each test has a name of its own");
    test.title = required_text(t, "title");
    test.same_effect = t.boolean("same_effect").value_or(false);
    read_figures(t, test);
    const UnitOf unit = written_unit(t, test, {"supports", "contradicts"});
    test.unit = unit.suffix;
    test.factor = unit.factor;
    read_span(t, "supports", unit, test.supports_low, test.supports_high);
    read_span(t, "contradicts", unit, test.contradicts_low, test.contradicts_high);
    if (t.has("contradicts") && !t.has("supports")) t.fault("contradicts", "wants supports = [lo, hi] beside it");
    if (test.contradicts_high > test.supports_low && test.contradicts_low < test.supports_high)
      t.fault("contradicts", "overlaps what supports the claim");
    if (!claim_.tests.empty() && test.same_effect && (test.unit != claim_.tests.front().unit || test.kind != claim_.tests.front().kind))
      t.fault("same_effect", "is not measured as the first test is");
    if (auto recorded = t.table("recorded")) read_recorded(*recorded, test, unit);
    t.finish();
    claim_.tests.push_back(std::move(test));
  }

  void read_recorded(TableReader& recorded, ClaimTest& test, const UnitOf& unit) {
    for (const char* fidelity : fidelities) {
      auto t = recorded.table(fidelity);
      if (!t) continue;
      RecordedTest r;
      if (const auto i = t->choice("outcome", {"supports", "contradicts", "no_effect", "shown"})) r.outcome = static_cast<TestOutcome>(*i);
      missing(*t, "outcome", "expected what the test said");
      if (!t->has("band")) t->fault("band", "missing: expected band = [lo, hi] around the figure that was found");
      read_span(*t, "band", unit, r.low, r.high);
      t->finish();
      test.recorded[fidelity] = r;
    }
    recorded.finish();
  }

  void read_recorded(TableReader& recorded) {
    for (const char* fidelity : fidelities)
      if (const auto i = recorded.choice(fidelity, {"supported", "contradicted", "depends", "not_decidable"})) {
        claim_.recorded[fidelity] = static_cast<ClaimOutcome>(*i);
        if (claim_.recorded[fidelity] == ClaimOutcome::depends && claim_.depends_on.empty())
          recorded.fault(fidelity, "an outcome that depends wants depends_on = \"what on\"");
      }
    recorded.finish();
  }

  void read_evidence(TableReader& t) {
    ClaimEvidence e;
    if (const auto i = t.choice("side", {"for", "against", "open"})) e.side = std::vector<std::string>{"for", "against", "open"}[*i];
    missing(t, "side", "expected \"for\", \"against\" or \"open\"");
    e.text = required_text(t, "text");
    e.source = t.text("source").value_or("");
    if (e.side != "open" && e.source.empty()) t.fault("source", "missing: expected keys of docs/theory/references.bib");
    t.finish();
    claim_.evidence.push_back(std::move(e));
  }

  void check_judged() {
    const bool judged = std::any_of(claim_.tests.begin(), claim_.tests.end(), [](const ClaimTest& t) { return t.supports_low == t.supports_low; });
    if (judged && !claim_.undecidable.empty()) top_.fault("not_decidable", "but a test says what would support the claim");
    if (!judged && claim_.undecidable.empty()) missing(top_, "not_decidable", "no test says what would support the claim; expected the reason");
  }

  Faults faults_;
  TableReader top_;
  Claim& claim_;
};

/// C2 before C10.
int claim_number(const std::string& id) {
  const std::size_t digit = id.find_first_of("0123456789");
  int n = 0;
  if (digit != std::string::npos) std::from_chars(id.data() + digit, id.data() + id.size(), n);
  return n;
}

std::vector<Claim> read_all_claims(const FolderTexts& folders) {
  std::vector<Claim> claims = read_folders(folders, "claim.toml", "claim", read_claim);
  std::stable_sort(claims.begin(), claims.end(), [](const Claim& a, const Claim& b) { return claim_number(a.id) < claim_number(b.id); });
  return claims;
}

}  // namespace

Claim read_claim(const std::filesystem::path& path, std::map<std::string, std::string> texts) {
  Claim claim;
  claim.path = path;
  claim.folder = path.filename().string();
  claim.texts = std::move(texts);
  const std::string file = (path / "claim.toml").string();
  const DocumentTable document = parse_toml(claim.texts.at("claim.toml"), file);
  ClaimReader(document, file, claim).read();
  return claim;
}

std::vector<Claim> built_in_claims() { return read_all_claims(by_folder(embedded_claims(), "scenarios/claims")); }

std::vector<Claim> read_claims(const std::filesystem::path& folder) {
  std::vector<Claim> claims = read_all_claims(toml_by_folder(folder));
  if (claims.empty()) throw FileError("no claim in '" + folder.string() + "': expected folders with a claim.toml");
  return claims;
}

}  // namespace nerveload
