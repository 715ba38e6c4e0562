#include "sweeps/answers.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <random>
#include <set>

#include "postprocess/thresholds.hpp"
#include "postprocess/validation_results.hpp"
#include "scenarios/leg_input.hpp"
#include "scenarios/read_scenario.hpp"
#include "scenarios/run_figures.hpp"
#include "sweeps/statistics_program.hpp"

namespace nerveload {
namespace {

using json = nlohmann::ordered_json;
constexpr std::size_t most_analysed = 2000;

/// A value of an input as a number; words by their place.
double input_number(AnswerInput& input, const json& value) {
  if (value.is_number()) return value.get<double>();
  const std::string word = value.is_string() ? value.get<std::string>() : value.dump();
  const auto at = std::find(input.words.begin(), input.words.end(), word);
  if (at != input.words.end()) return double(at - input.words.begin());
  input.words.push_back(word);
  return double(input.words.size() - 1);
}

std::string called(const json& distribution) {
  std::string text = distribution.at("kind").get<std::string>() + "(";
  for (const auto& a : distribution.at("arguments")) text += (text.back() == '(' ? "" : ", ") + figure_words(a.get<double>());
  text += ")";
  if (!distribution.contains("between")) return text;
  return text + " between " + figure_words(distribution["between"][0].get<double>()) + " and " +
         figure_words(distribution["between"][1].get<double>());
}

/// The inputs that vary, and the values of complete points: all of them or, of many, as many as are analysed, drawn evenly.
struct Points {
  std::vector<AnswerInput> inputs;
  std::vector<std::set<double>> values;  ///< of each input that occur
  std::vector<std::vector<double>> x;
  std::vector<json> figures;
  std::size_t complete = 0, computed = 0;
};

/// Where a complete point is kept: in turn while there is room, then in place of a point by chance, so that each is as likely as any other
/// (Vitter 1985, algorithm R); none = not.
std::optional<std::size_t> place_of(std::size_t number, std::mt19937_64& random) {
  if (number < most_analysed) return number;
  const std::size_t at = random() % (number + 1);
  return at < most_analysed ? std::optional(at) : std::nullopt;
}

Points read_answered(const SweepStore& store, const json& design) {
  Points all;
  for (const auto& p : design.at("parameters")) {
    AnswerInput input;
    input.key = p.at("key").get<std::string>();
    for (const auto& v : p.value("values", json::array()))
      if (const json value = json::parse(v.get<std::string>()); !value.is_number()) input_number(input, value);
    if (p.contains("distribution")) input.distribution = p["distribution"];
    all.inputs.push_back(std::move(input));
  }
  all.values.resize(all.inputs.size());
  std::mt19937_64 random(design.at("design").at("seed").get<std::uint64_t>());
  store.visit([&](const StoredPoint& p) {
    ++all.computed;
    if (p.status != "complete") return true;
    const json inputs = json::parse(p.inputs);
    std::vector<double> row;
    for (std::size_t k = 0; k < all.inputs.size(); ++k) {
      row.push_back(input_number(all.inputs[k], inputs.at(all.inputs[k].key)));
      all.values[k].insert(row.back());
    }
    if (const auto at = place_of(all.complete++, random)) {
      all.x.resize(std::max(all.x.size(), *at + 1));
      all.figures.resize(all.x.size());
      all.x[*at] = std::move(row);
      all.figures[*at] = json::parse(p.figures);
    }
    return true;
  });
  return all;
}

/// Fills in what an input is drawn from where the design does not say, by what occurs.
/// @param drawn  points were drawn, a listed value as likely as any other; else all between the ends is taken for equally likely
void complete_inputs(Points& all, bool drawn) {
  for (std::size_t k = 0; k < all.inputs.size(); ++k) {
    AnswerInput& input = all.inputs[k];
    const std::set<double>& values = all.values[k];
    input.low = values.empty() ? 0.0 : *values.begin();
    input.high = values.empty() ? 0.0 : *values.rbegin();
    input.label = input.key;
    for (std::size_t w = 0; w < input.words.size(); ++w) input.label += (w ? ", " : " (") + std::to_string(w) + " = " + input.words[w];
    if (!input.words.empty()) input.label += ")";
    if (!input.distribution.is_null()) {
      input.taken = called(input.distribution);
      continue;
    }
    if (drawn) input.distribution = {{"kind", "values"}, {"arguments", values}};
    else input.distribution = {{"kind", "uniform"}, {"arguments", {input.low, input.high}}};
    if (!input.words.empty()) {
      for (const std::string& w : input.words) input.taken += (input.taken.empty() ? "" : ", ") + w;
    } else {
      input.taken = std::to_string(values.size()) + (values.size() == 1 ? " value" : " values") + " from " + figure_words(input.low) + " to " +
                    figure_words(input.high);
    }
  }
}

/// Levels that a figure may exceed, of the base scenario.
json thresholds_for(const std::string& figure, const Scenario& base) {
  json all = json::array();
  const JudgementContext context = judgement_context(base);
  for (int k = 1; k <= 3; ++k) {
    double level = 0.0;
    if (figure == "nerve.peak_compression_kPa") level = base.thresholds.compression_kPa(k, LadderColumn::healthy, context.hold_min);
    else if (figure == "nerve.peak_strain_percent") level = base.thresholds.strain_percent(k, LadderColumn::healthy);
    else continue;
    if (std::isfinite(level)) all.push_back({{"name", base.thresholds.levels[k].name}, {"value", level}});
  }
  if (figure.ends_with("_utilisation") || figure.ends_with("combined_index"))
    all.push_back({{"name", base.thresholds.levels[1].name}, {"value", 1.0}});
  return all;
}

FigureAnswer answer_figure(const std::string& figure, const Points& points, const Scenario& base, const json& design, bool drawn) {
  FigureAnswer a{figure, figure_title(figure), {}, {}, {}, {}};
  json request = {{"do", "analyse"}, {"seed", design.at("design").at("seed")}, {"drawn", drawn}, {"thresholds", thresholds_for(figure, base)}};
  std::vector<std::size_t> varying;
  for (std::size_t k = 0; k < points.inputs.size(); ++k)
    if (points.inputs[k].low < points.inputs[k].high) varying.push_back(k);
  for (const std::size_t k : varying) {
    json input = points.inputs[k].distribution;
    input["name"] = points.inputs[k].label;
    request["inputs"].push_back(std::move(input));
  }
  for (std::size_t i = 0; i < points.x.size(); ++i) {
    const auto value = points.figures[i].find(figure);
    if (value == points.figures[i].end() || !value->is_number()) continue;
    json row = json::array();
    for (const std::size_t k : varying) row.push_back(points.x[i][k]);
    request["x"].push_back(std::move(row));
    request["y"].push_back(json::array({*value}));
    a.x.push_back(points.x[i]);
    a.y.push_back(value->get<double>());
  }
  // Points without the figure count like those that failed, each kept point for as many as it stands for.
  const double kept = points.x.empty() ? 0.0 : double(a.y.size()) / double(points.x.size());
  request["unanswered"] = points.computed == 0 ? 0.0 : 1.0 - kept * double(points.complete) / double(points.computed);
  const std::size_t least = std::max<std::size_t>(8, 3 * varying.size());
  if (a.y.size() < least) a.missing = std::to_string(a.y.size()) + " complete points have it; a surrogate wants at least " + std::to_string(least);
  else if (*std::max_element(a.y.begin(), a.y.end()) - *std::min_element(a.y.begin(), a.y.end()) <= 1e-12 * std::abs(a.y.front()))
    a.missing = "it is the same at every point";
  if (!a.missing.empty()) return a;
  try {
    a.answer = json::parse(ask_statistics(request.dump()));
  } catch (const StatisticsError& e) {
    a.missing = e.what();
  }
  return a;
}

}  // namespace

std::string figure_title(const std::string& figure) {
  static const std::pair<const char*, const char*> known[] = {{"nerve.peak_compression_kPa", "Largest pressure on the nerve"},
                                                              {"nerve.peak_strain_percent", "Largest stretch of the nerve beyond rest"},
                                                              {"nerve.peak_tension_N", "Largest tension of the nerve"},
                                                              {"nerve.peak_flattening_percent", "Largest flattening of the nerve"},
                                                              {"verdict.compression_utilisation", "Pressure over the level of caution"},
                                                              {"verdict.tension_utilisation", "Stretch over the level of caution"}};
  for (const auto& [name, title] : known)
    if (figure == name) return title;
  return figure;
}

std::string q2_words(double q2) { return figure_words(std::floor(q2 * 1e4) / 1e4); }

std::string axis_title(const std::string& figure) {
  const std::string title = figure_title(figure);
  if (title == figure) return figure;
  const std::string unit(unit_suffix(figure));
  return title + (unit.empty() ? "" : " (" + unit_words(unit) + ")");
}

SweepAnswers answer_sweep(const SweepStore& store) {
  const json design = json::parse(store.head().design);
  SweepAnswers all;
  all.design = design.at("design").at("kind").get<std::string>();
  all.drawn = all.design == "lhs" || all.design == "sobol";
  all.correlated = !design.at("correlations").empty();
  Points points = read_answered(store, design);
  complete_inputs(points, all.drawn);
  all.complete = points.complete;
  all.analysed = points.x.size();
  const Scenario base = read_scenario_text(design.at("base").get<std::string>(), "base.toml");
  for (const std::string& figure : store.head().answers) all.figures.push_back(answer_figure(figure, points, base, design, all.drawn));
  all.inputs = std::move(points.inputs);
  return all;
}

}  // namespace nerveload
