#include "scenarios/solid_model.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "scenarios/parse_toml.hpp"
#include "scenarios/read_solid_mesh.hpp"
#include "scenarios/read_solid_parts.hpp"
#include "scenarios/solid_settings.hpp"
#include "scenarios/text_filter.hpp"
#include "solver/block.hpp"

namespace nerveload {
namespace {

/// One model under reading.
class SolidReader {
 public:
  SolidReader(const DocumentTable& document, const std::filesystem::path& file)
      : folder_(file.parent_path()), top_(document, faults_, {}, Place{file.string(), 1, 1}) {
    model_.name = file.stem().string();
  }

  SolidModel read() {
    if (!top_.has("schema")) top_.fault("schema", "missing: expected schema = 1");
    top_.integer("schema", 1, 1);
    if (!top_.has("kind")) top_.fault("kind", "missing: expected kind = \"solid\"");
    top_.choice("kind", {"solid"});
    if (const auto name = top_.text("name")) model_.name = *name;
    top_.text("description");
    read_solid_mesh(top_, folder_, model_);
    for (TableReader& t : top_.tables("set")) read_solid_set(t, model_);
    read_solid_materials(top_, model_);
    for (TableReader& t : top_.tables("membrane")) read_solid_membrane(t, model_);
    for (TableReader& t : top_.tables("fix")) read_fix(t);
    for (TableReader& t : top_.tables("move")) read_move(t);
    for (TableReader& t : top_.tables("traction")) read_solid_traction(t, model_);
    for (TableReader& t : top_.tables("indenter")) read_solid_indenter(t, model_);
    for (TableReader& t : top_.tables("probe")) read_solid_probe(t, model_);
    for (TableReader& t : top_.tables("gauge")) read_solid_gauge(t, model_);
    if (auto steps = top_.table("steps")) read_steps(*steps);
    if (model_.slide_steps == 0 && slides()) model_.slide_steps = model_.steps;
    check_held();
    top_.finish();
    faults_.throw_if_any();
    return std::move(model_);
  }

 private:
  void read_fix(TableReader& t) {
    const auto set = read_set_name(t, "set", model_);
    const std::string components = t.text("components").value_or("xyz");
    t.finish();
    std::vector<int> held;
    for (const char c : components) {
      const auto at = std::string("xyz").find(c);
      if (at == std::string::npos || std::count(components.begin(), components.end(), c) > 1)
        return t.fault("components", "expected letters of \"xyz\", each at most once");
      held.push_back(static_cast<int>(at));
    }
    if (held.empty()) return t.fault("components", "expected letters of \"xyz\"");
    if (set)
      for (const int i : held) prescribe(t, {*set, i, 0.0});
  }

  void read_move(TableReader& t) {
    const auto set = read_set_name(t, "set", model_);
    if (!t.has("component")) t.fault("component", "missing: expected \"x\", \"y\" or \"z\"");
    const auto component = t.choice("component", {"x", "y", "z"});
    const double value = t.required_quantity("value", Dimension::length, {-1e4, 1e4, {}});
    t.finish();
    if (set && component) prescribe(t, {*set, *component, value});
  }

  void read_steps(TableReader& t) {
    constexpr int most = 10000, usual_hold = 10;
    const Range time = positive(1e7);
    model_.steps = t.integer("count", 1, most).value_or(model_.steps);
    model_.slide_steps = t.integer("slide_count", 1, most).value_or(0);
    if (model_.slide_steps > 0 && !slides()) t.fault("slide_count", "no indenter slides: expected slide_mm = [x, y, z] in an [[indenter]]");
    model_.duration_s = t.quantity_or("duration", Dimension::time, model_.duration_s, time);
    model_.hold_s = t.quantity_or("hold", Dimension::time, 0.0, {0.0, time.high, {}});
    const auto hold_count = t.integer("hold_count", 1, most);
    if (model_.hold_s > 0.0) model_.hold_steps = hold_count.value_or(usual_hold);
    else if (hold_count && !t.has("hold")) t.fault("hold_count", "there is no hold: expected also " + accepted_keys("hold", Dimension::time));
    t.finish();
  }

  /// Two motions may not disagree about a component of a node.
  void prescribe(TableReader& t, const SolidMotion& motion) {
    values_.resize(3 * model_.mesh.X.size());
    for (const int n : model_.mesh.node_sets.at(motion.set)) {
      auto& value = values_[3 * n + motion.component];
      if (value && *value != motion.value_mm) {
        const Vec3& X = model_.mesh.X[n];
        return t.fault("set", std::string("component ") + "xyz"[motion.component] + " of the node at " + written_number(X[0]) + ", " +
                                  written_number(X[1]) + ", " + written_number(X[2]) + " mm is prescribed twice, with different values");
      }
      value = motion.value_mm;
    }
    model_.motions.push_back(motion);
  }

  bool slides() const {
    return std::any_of(model_.indenters.begin(), model_.indenters.end(), [](const SolidIndenter& in) { return !in.slide_mm.isZero(0.0); });
  }

  void check_held() {
    if (model_.mesh.cells.empty() || faults_.any()) return;
    for (int i = 0; i < 3; ++i)
      if (std::none_of(model_.motions.begin(), model_.motions.end(), [&](const SolidMotion& m) { return m.component == i; }))
        top_.fault("fix", std::string("nothing holds the body in ") + "xyz"[i] + ": expected a [[fix]] or [[move]] of that component");
    if (!faults_.any()) check_parts_held();
  }

  /// Each part of a mesh that falls into several has to be held by itself.
  void check_parts_held() {
    const Mesh& mesh = model_.mesh;
    const std::vector<int> part = parts_of(mesh);
    std::map<int, std::array<bool, 3>> held;
    for (std::size_t n = 0; n < part.size(); ++n)
      for (int i = 0; i < 3; ++i) held[part[n]][i] = held[part[n]][i] || values_[3 * n + i];
    for (const auto& [first, by] : held)
      for (int i = 0; i < 3; ++i)
        if (!by[i]) {
          const Vec3& X = mesh.X[first];
          return top_.fault("fix", "the mesh falls into " + std::to_string(held.size()) + " parts, and nothing holds the one with the node at " +
                                       written_number(X[0]) + ", " + written_number(X[1]) + ", " + written_number(X[2]) + " mm in " + "xyz"[i]);
        }
  }

  std::filesystem::path folder_;
  Faults faults_;
  TableReader top_;
  SolidModel model_;
  std::vector<std::optional<double>> values_;  ///< per component, what has been prescribed
};

}  // namespace

std::vector<std::string> component_names(ProbeField field) {
  switch (field) {
    case ProbeField::displacement: return {"X_mm", "Y_mm", "Z_mm"};
    case ProbeField::cauchy_stress: return {"XX_kPa", "YY_kPa", "ZZ_kPa", "XY_kPa", "YZ_kPa", "XZ_kPa"};
    case ProbeField::pressure: return {"kPa"};
    case ProbeField::deformation_gradient: return {"XX", "XY", "XZ", "YX", "YY", "YZ", "ZX", "ZY", "ZZ"};
  }
  return {};
}

SolidModel read_solid_text(std::string_view text, const std::filesystem::path& name, std::span<const std::string> settings) {
  DocumentTable document = parse_toml(text, name.string());
  std::string patches;  // what is written with the results names them
  for (const std::string& s : settings) {
    const DocumentTable patch = parse_setting(s);
    apply_setting(document, patch);
    patches += "# solved with --set '" + s + "' on top of what follows\n";
  }
  SolidModel model = SolidReader(document, name).read();
  model.text = patches + std::string(text);
  return model;
}

SolidModel read_solid_model(const std::filesystem::path& file, std::span<const std::string> settings) {
  return read_solid_text(read_text_file(file), file, settings);
}

}  // namespace nerveload
