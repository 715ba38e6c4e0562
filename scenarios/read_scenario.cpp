#include "scenarios/read_scenario.hpp"

#include <algorithm>
#include <map>
#include <memory>

#include "scenarios/layers.hpp"
#include "scenarios/parameters.hpp"
#include "scenarios/read_material.hpp"
#include "scenarios/run_figures.hpp"
#include "scenarios/scenario_checks.hpp"

namespace nerveload {
namespace {

const std::vector<std::string>& names_of_fields() {
  static const std::vector<std::string> names = {"displacement",          "cauchy_stress", "pressure", "von_mises",
                                                 "min_principal_stretch", "region",        "fibre"};
  return names;
}

std::string toml_text(const std::string& words) {
  std::string text = "\"";
  for (const char c : words) {
    switch (c) {
      case '\n': text += "\\n"; break;
      case '\t': text += "\\t"; break;
      case '\r': text += "\\r"; break;
      case '"':
      case '\\': text += '\\'; [[fallthrough]];
      default: text += c;
    }
  }
  return text + "\"";
}

/// Walks the table of parameters over a document: what is said is checked and taken, the rest decided by default.
class ScenarioReader {
 public:
  ScenarioReader(const DocumentTable& document, std::string source) : top_(document, faults_) { scenario_.source = std::move(source); }

  Scenario read() {
    read_top();
    read_defaults();
    for (const Parameter& p : scenario_parameters())
      if (TableReader* t = open(p.table))
        if (const auto v = t->peek(p.name, p.dimension)) given_[p.dotted()] = *v;
    if (TableReader* load = open("load")) load->require_one_of({"force", "body_weight_fraction", "mean_pressure", "indentation"}, false);
    for (const Parameter& p : scenario_parameters()) decide(p);
    read_tissues(open("materials"), defaults_, scenario_);
    read_fields();
    if (TableReader* expect = open("expect")) read_expectations(*expect, "");
    check_scenario(scenario_, given_, [this](const std::string& table, const std::string& key, const std::string& message) {
      TableReader* t = open(table);
      t ? t->fault(key, message) : top_.fault(table, message);
    });
    for (auto& [path, reader] : readers_)
      if (reader) reader->finish();
    top_.finish();
    faults_.throw_if_any();
    return std::move(scenario_);
  }

 private:
  void read_top() {
    top_.integer("schema", 1, 1);
    top_.choice("kind", {"roller"});
    scenario_.name = top_.text("name").value_or("Scenario");
    scenario_.description = top_.text("description").value_or("");
    record("", "schema", "1", {});
    record("", "kind", toml_text("roller"), {});
    record("", "name", toml_text(scenario_.name), {});
    record("", "description", toml_text(scenario_.description), {});
  }

  void read_defaults() {
    TableReader* t = open("defaults");
    if (!t) return;
    for (const std::string& key : t->keys())
      if (const auto value = t->quantity(key, Dimension::none, {-1e12, 1e12, {}})) defaults_[key] = written_number(value->written);
  }

  /// The reader of a dotted table, null when the document does not have it.
  TableReader* open(const std::string& path) {
    const auto known = readers_.find(path);
    if (known != readers_.end()) return known->second.get();
    const std::size_t dot = path.rfind('.');
    TableReader* outer = dot == std::string::npos ? &top_ : open(path.substr(0, dot));
    std::unique_ptr<TableReader> reader;
    if (outer)
      if (auto t = outer->table(dot == std::string::npos ? path : path.substr(dot + 1))) reader = std::make_unique<TableReader>(*t);
    return (readers_[path] = std::move(reader)).get();
  }

  void decide(const Parameter& p) {
    const auto said = take(p);
    if (said) return p.set(scenario_, *said);
    if (const auto d = p.fallback(scenario_, given_)) {
      p.set(scenario_, d->value * p.factor());
      if (matters(p)) record(p.table, p.key(), text_of(p, d->value), "default: " + d->source);
    }
  }

  /// What the document says, internal units; recorded as it was said.
  std::optional<double> take(const Parameter& p) {
    TableReader* t = open(p.table);
    if (!t) return {};
    if (p.kind == Parameter::Kind::quantity) {
      Range range = p.range(scenario_);
      range.low *= p.factor();
      range.high *= p.factor();
      const auto q = t->quantity(p.name, p.dimension, range);
      if (!q) return {};
      if (matters(p)) record(p.table, q->suffix.empty() ? p.name : p.name + "_" + q->suffix, written_number(q->written), to_string(q->place));
      return q->value;
    }
    std::optional<double> v;
    if (p.kind == Parameter::Kind::boolean) {
      if (const auto b = t->boolean(p.name)) v = *b ? 1.0 : 0.0;
    } else if (const auto i = t->choice(p.name, p.choices)) {
      v = *i;
    }
    if (v && matters(p)) record(p.table, p.name, text_of(p, *v), to_string(t->raw(p.name)->place));
    return v;
  }

  std::string text_of(const Parameter& p, double v) const {
    if (p.kind == Parameter::Kind::boolean) return v != 0.0 ? "true" : "false";
    if (p.kind == Parameter::Kind::choice) return toml_text(p.choices[static_cast<std::size_t>(v)]);
    return written_number(v);
  }

  /// Without a roller nothing about it, the load or the motion belongs to the resolved scenario, but that a pose is held where tissue relaxes;
  /// of a seat nothing that a plane has not.
  bool matters(const Parameter& p) const {
    if (scenario_.roller.present && scenario_.roller.seat && p.table == "roller")
      return std::find(std::begin(not_of_a_plane), std::end(not_of_a_plane), p.name) == std::end(not_of_a_plane);
    if (scenario_.roller.present) return true;
    if (p.table == "motion" && scenario_.motion.relaxation) return p.name == "relaxation" || p.name == "press_duration" || p.name == "duration";
    return p.table != "load" && p.table != "motion" && (p.table != "roller" || p.name == "kind");
  }

  void read_fields() {
    TableReader* output = open("output");
    if (output)
      if (const auto names = output->texts("fields", names_of_fields())) scenario_.output.fields = *names;
    std::string text;
    for (const std::string& f : scenario_.output.fields.empty() ? names_of_fields() : scenario_.output.fields)
      text += (text.empty() ? "" : ", ") + toml_text(f);
    record("output", "fields", "[" + text + "]", scenario_.output.fields.empty() ? "default: all" : to_string(output->raw("fields")->place));
  }

  /// { between = [lo, hi], source = ".." } under dotted keys of summary.json, quoted or nested.
  void read_expectations(TableReader& table, const std::string& prefix) {
    for (const std::string& key : table.keys()) {
      const std::string path = prefix.empty() ? key : prefix + "." + key;
      auto inner = table.table(key);
      if (!inner) continue;
      if (!inner->has("between")) {
        if (inner->keys().empty()) inner->fault("between", "missing: expected between = [lo, hi]");
        read_expectations(*inner, path);
        continue;
      }
      const auto between = inner->quantities("between", Dimension::none, {-1e12, 1e12, {}}, 2, 2);
      const std::string source = inner->text("source").value_or("");
      inner->finish();
      if (!between) continue;
      if (const std::string wrong = fault_of_figure(path); !wrong.empty()) inner->fault("between", wrong);
      if ((*between)[0] > (*between)[1]) inner->fault("between", "expected the lower bound first");
      scenario_.expect.push_back({path, (*between)[0], (*between)[1], source});
      record("expect", toml_text(path),
             "{ between = [" + written_number((*between)[0]) + ", " + written_number((*between)[1]) + "], source = " + toml_text(source) + " }", {});
    }
  }

  void record(std::string table, std::string key, std::string text, std::string origin) {
    ResolvedEntry& e = scenario_.resolved.emplace_back(ResolvedEntry{std::move(table), std::move(key), std::move(text), std::move(origin)});
    e.is_default = counts_as_default(e, defaults_);
  }

  Faults faults_;
  TableReader top_;
  Scenario scenario_;
  std::map<std::string, std::unique_ptr<TableReader>> readers_;  ///< by dotted table
  GivenValues given_;
  ListedDefaults defaults_;
};

}  // namespace

Scenario read_scenario(const std::filesystem::path& file, std::span<const std::string> settings) {
  const DocumentTable document = layered_document(file, settings);
  return ScenarioReader(document, file.string()).read();
}

Scenario read_scenario_text(std::string_view text, const std::filesystem::path& name, std::span<const std::string> settings) {
  const DocumentTable document = layered_text(text, name, settings);
  return ScenarioReader(document, name.string()).read();
}

}  // namespace nerveload
