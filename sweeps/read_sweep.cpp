#include <algorithm>
#include <cmath>
#include <set>

#include "postprocess/sha256.hpp"
#include "scenarios/input.hpp"
#include "scenarios/layers.hpp"
#include "scenarios/parse_toml.hpp"
#include "scenarios/read_scenario.hpp"
#include "scenarios/run_figures.hpp"
#include "scenarios/text_filter.hpp"
#include "sweeps/check_inputs.hpp"
#include "sweeps/sweep_plan.hpp"
#include "sweeps/table_columns.hpp"

namespace nerveload {
namespace {

constexpr std::int64_t most_points = 100'000'000, most_lhs_points = 200'000;
constexpr int most_levels = 100'000;

const std::vector<std::string>& default_answers() {
  static const std::vector<std::string> figures{"nerve.peak_compression_kPa", "nerve.peak_strain_percent"};
  return figures;
}

/// A value of an array as the text of a setting; empty for what cannot be one.
std::string setting_value(const DocumentValue& v) {
  if (const auto* b = std::get_if<bool>(&v.data())) return *b ? "true" : "false";
  if (const auto* i = std::get_if<std::int64_t>(&v.data())) return std::to_string(*i);
  if (const auto* d = std::get_if<double>(&v.data())) return std::isfinite(*d) ? written_number(*d) : std::string();
  if (const auto* s = std::get_if<std::string>(&v.data())) return s->empty() ? std::string() : quoted_value(*s);
  return {};
}

class SweepReader {
 public:
  SweepReader(const DocumentTable& document, std::filesystem::path file, std::span<const std::string> settings) : top_(document, faults_), plan_{} {
    plan_.file = std::move(file);
    plan_.settings.assign(settings.begin(), settings.end());
  }

  SweepPlan read() {
    top_.integer("schema", 1, 1);
    top_.choice("kind", {"sweep"});
    plan_.name = top_.text("name").value_or(plan_.file.stem().string());
    plan_.description = top_.text("description").value_or("");
    if (const auto base = top_.text("base")) {
      try {
        plan_.base = named_scenario(plan_.file.parent_path(), *base);
      } catch (const FileError& e) {
        top_.fault("base", e.what());
      }
    } else if (!top_.has("base")) {
      faults_.add({top_place(), "base", {}, "missing: expected base = \"SCENARIO.toml\", a file beside this one or the name of a library scenario"});
    }
    read_design();
    for (TableReader& t : top_.tables("parameter")) read_parameter(t);
    if (plan_.design.kind == SweepDesign::Kind::table) read_table();
    for (TableReader& t : top_.tables("correlation")) read_correlation(t);
    read_answers();
    top_.finish();
    count_points();
    check_pairs();
    faults_.throw_if_any();
    check_against_scenario();
    faults_.throw_if_any();
    plan_.hash = sha256(plan_.text() + table_hash_);
    return std::move(plan_);
  }

 private:
  Place top_place() const { return {plan_.file.string(), 1, 1}; }
  bool sampled() const { return plan_.design.kind == SweepDesign::Kind::lhs || plan_.design.kind == SweepDesign::Kind::sobol; }

  void read_design() {
    SweepDesign& d = plan_.design;
    auto design = top_.table("design");
    if (!design) return;
    if (const auto kind = design->choice("kind", {"grid", "lhs", "sobol", "table"})) d.kind = static_cast<SweepDesign::Kind>(*kind);
    const bool has_points = design->has("points");
    if (const auto points = design->integer("points", 1, static_cast<int>(most_points))) d.points = *points;
    if (const auto seed = design->integer("seed", 0, 2'000'000'000)) d.seed = *seed;
    if (const auto file = design->text("file")) {
      d.table = plan_.file.parent_path() / *file;
      table_place_ = design->raw("file")->place;
    }
    if (sampled() && !has_points) design->fault("points", "missing: expected how many points to draw");
    if (!sampled() && has_points) design->fault("points", "only lhs and sobol are told how many points; a grid and a table have theirs");
    if (d.kind == SweepDesign::Kind::lhs && d.points > most_lhs_points)
      design->fault("points", "a Latin hypercube is drawn as a whole: at most " + std::to_string(most_lhs_points) + "; use kind = \"sobol\"");
    if (d.kind == SweepDesign::Kind::table && d.table.empty()) design->fault("file", "missing: expected the CSV file with a column for each input");
    if (d.kind != SweepDesign::Kind::table && !d.table.empty()) design->fault("file", "only kind = \"table\" reads one");
    design->finish();
    design_place_ = design->place();
  }

  void read_parameter(TableReader& t) {
    SweepParameter p;
    p.place = p.at = t.place();
    if (const auto key = t.text("key")) {
      p.key = *key;
      p.place = t.raw("key")->place;
    } else if (!t.has("key")) {
      t.fault("key", "missing: expected the key of an input with its unit, such as \"load.force_N\"");
    }
    if (plan_.design.kind == SweepDesign::Kind::table) t.fault("key", "the columns of a table are its inputs; expected no [[parameter]] beside it");
    t.require_one_of({"values", "range", "distribution"});
    read_values(t, p);
    read_range(t, p);
    if (const auto text = t.text("distribution")) {
      p.at = t.raw("distribution")->place;
      p.written = *text;
      auto d = parse_distribution(*text);
      if (const auto* fault = std::get_if<std::string>(&d)) t.fault("distribution", *fault);
      else p.distribution = std::get<Distribution>(d);
      if (plan_.design.kind == SweepDesign::Kind::grid)
        t.fault("distribution", "a grid takes values, or range and count; a distribution is for lhs and sobol");
    }
    t.finish();
    if (!p.key.empty()) plan_.parameters.push_back(std::move(p));
  }

  void read_values(TableReader& t, SweepParameter& p) {
    const DocumentValue* v = t.raw("values");
    if (!v) return;
    p.at = v->place;
    p.written = v->text;
    const DocumentArray* array = v->array();
    if (!array || array->empty()) return t.fault("values", "expected an array of values, such as [100, 200, 300]");
    for (const DocumentValue& item : *array) {
      const std::string value = setting_value(item);
      if (value.empty()) return t.fault("values", "expected numbers, texts in quotes, true or false");
      if (std::find(p.values.begin(), p.values.end(), value) != p.values.end()) return t.fault("values", "has " + value + " twice");
      p.values.push_back(value);
    }
  }

  void read_range(TableReader& t, SweepParameter& p) {
    const auto range = t.quantities("range", Dimension::none, {-1e12, 1e12, {}}, 2, 2);
    const bool counted = t.has("count");
    const auto count = t.integer("count", 2, most_levels);
    if (!range) {
      if (counted && !t.has("range")) t.fault("count", "goes with range = [low, high]");
      return;
    }
    const DocumentValue* v = t.raw("range");
    p.at = v->place;
    p.written = v->text;
    const double low = (*range)[0], high = (*range)[1];
    if (!(low < high)) return t.fault("range", "expected [low, high], the lower end first");
    if (sampled()) {
      p.distribution = Distribution{Distribution::Kind::uniform, {low, high}, {}, {}};
      if (counted) t.fault("count", "lhs and sobol take their number of points from design.points");
      return;
    }
    if (!counted) t.fault("count", "missing: expected into how many values the range is divided");
    // Rounded to twelve digits, so that a level reads as it was meant: 0.3, not 0.30000000000000004.
    for (int i = 0; count && i < *count; ++i) {
      char text[40];
      std::snprintf(text, sizeof text, "%.12g", low + (high - low) * i / (*count - 1));
      p.values.emplace_back(text);
    }
  }

  void read_table() {
    if (plan_.design.table.empty()) return;
    TableContent content;
    try {
      content = scan_table(plan_.design.table, faults_);
    } catch (const FileError& e) {
      faults_.add({table_place_, "design.file", "\"" + plan_.design.table.filename().string() + "\"", e.what()});
      return;
    }
    plan_.design.points = content.rows;
    table_hash_ = content.hash;
    for (TableColumn& c : content.columns) {
      SweepParameter p;
      p.key = c.key;
      p.place = p.at = {plan_.design.table.string(), 1, 1};
      for (const auto& e : c.extremes) p.values.push_back(e.value);
      plan_.parameters.push_back(std::move(p));
      extremes_.push_back(std::move(c.extremes));
    }
  }

  void read_correlation(TableReader& t) {
    const auto names = t.texts("between", {});
    const auto r = t.quantity("rank_correlation", Dimension::none, {-0.999, 0.999, "1 would be one input, not two"});
    if (!t.has("between")) t.fault("between", "missing: expected the keys of two inputs");
    if (!t.has("rank_correlation")) t.fault("rank_correlation", "missing: expected Spearman's coefficient, -0.999 to 0.999");
    t.finish();
    if (!names || !r) return;
    if (!sampled()) return t.fault("between", "inputs of a grid or a table are what they are; correlations are for lhs and sobol");
    std::vector<std::size_t> at;
    for (const std::string& name : *names)
      for (std::size_t i = 0; i < plan_.parameters.size(); ++i)
        if (plan_.parameters[i].key == name && plan_.parameters[i].distribution) at.push_back(i);
    if (names->size() != 2 || at.size() != 2 || at[0] == at[1])
      return t.fault("between", "expected the keys of two different [[parameter]] tables with a range or a distribution");
    for (const SweepCorrelation& c : plan_.correlations)
      if (std::set{c.first, c.second} == std::set{at[0], at[1]}) return t.fault("between", "this pair is given twice");
    plan_.correlations.push_back({at[0], at[1], r->value});
  }

  void read_answers() {
    plan_.answers = default_answers();
    auto answers = top_.table("answers");
    if (!answers) return;
    if (const auto figures = answers->texts("figures", {})) plan_.answers = *figures;
    for (const std::string& f : plan_.answers)
      if (const std::string fault = fault_of_figure(f); !fault.empty() || f.starts_with("nerve_profile."))
        answers->fault("figures", f + ": " + (fault.empty() ? "expected a figure of summary.json" : fault));
    answers->finish();
  }

  void count_points() {
    SweepDesign& d = plan_.design;
    if (plan_.parameters.empty() && !faults_.any())
      faults_.add({top_place(), "parameter", {}, "missing: expected at least one [[parameter]] to vary"});
    if (d.kind == SweepDesign::Kind::grid) {
      d.points = 1;
      for (const SweepParameter& p : plan_.parameters) {
        d.points *= std::max<std::int64_t>(1, static_cast<std::int64_t>(p.values.size()));
        if (d.points > most_points) return faults_.add({p.at, p.key, p.written, "the grid has more than 10^8 points"});
      }
    } else if (d.points < static_cast<std::int64_t>(plan_.parameters.size()) && !faults_.any()) {
      faults_.add({design_place_,
                   "design",
                   {},
                   std::to_string(d.points) + (d.points == 1 ? " point" : " points") + " cannot tell " + std::to_string(plan_.parameters.size()) +
                       " inputs apart; expected at least as many points as inputs"});
    }
  }

  /// The same quantity twice, perhaps in two units; two kinds of load.
  void check_pairs() {
    std::set<std::string> seen;
    bool load = false;
    for (const SweepParameter& p : plan_.parameters) {
      const std::size_t dot = p.key.rfind('.');
      const std::string last = dot == std::string::npos ? p.key : p.key.substr(dot + 1);
      const std::string quantity = p.key.substr(0, p.key.size() - last.size()) + std::string(split_key(last).stem);
      if (!seen.insert(quantity).second) faults_.add({p.place, p.key, {}, "is varied twice"});
      else if (p.is_load() && load) faults_.add({p.place, p.key, {}, "a second load: each would replace the other; expected one of them"});
      load = load || p.is_load();
    }
  }

  void check_against_scenario() {
    try {
      plan_.base_values = resolved_toml(read_scenario(plan_.base, plan_.settings), false);
    } catch (const FileError& e) {
      return top_.fault("base", e.what());
    }
    check_inputs(plan_, extremes_, faults_);
  }

  Faults faults_;
  TableReader top_;
  SweepPlan plan_;
  Place table_place_, design_place_;
  std::string table_hash_;
  std::vector<std::vector<TableColumn::Extreme>> extremes_;  ///< of a table's columns
};

}  // namespace

SweepPlan read_sweep_text(std::string_view text, const std::filesystem::path& name, std::span<const std::string> settings) {
  const DocumentTable document = parse_toml(text, name.string());
  return SweepReader(document, name, settings).read();
}

SweepPlan read_sweep(const std::filesystem::path& file, std::span<const std::string> settings) {
  return read_sweep_text(read_text_file(file), file, settings);
}

}  // namespace nerveload
