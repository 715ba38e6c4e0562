#include "sweeps/report_page.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>

#include "postprocess/validation_results.hpp"
#include "postprocess/verdict.hpp"
#include "scenarios/run_figures.hpp"

namespace nerveload {
namespace {

using json = nlohmann::ordered_json;

constexpr const char* style = R"(
body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#111;background:#fff}
h1{font-size:1.6rem}h2{font-size:1.25rem;margin-top:2.2rem;border-top:1px solid #ccc;padding-top:1rem}h3{font-size:1.05rem}
table{border-collapse:collapse;margin:.8rem 0}th,td{border:1px solid #ccc;padding:.25rem .6rem;text-align:left;vertical-align:top}
td.n{text-align:right;font-variant-numeric:tabular-nums}th{background:#f2f2f2}img{max-width:100%;height:auto}
.note{color:#444;font-size:.92rem}.warn{background:#fff4e0;border-left:4px solid #d88a1f;padding:.5rem .8rem})";

std::string escaped(const std::string& text) {
  std::string all;
  for (const char c : text) all += c == '<' ? "&lt;" : c == '>' ? "&gt;" : c == '&' ? "&amp;" : c == '"' ? "&quot;" : std::string(1, c);
  return all;
}

std::string cells(const std::vector<std::string>& row, bool head = false) {
  std::string text = "<tr>";
  for (std::size_t i = 0; i < row.size(); ++i) text += (head ? "<th>" : i ? "<td class=\"n\">" : "<td>") + row[i] + (head ? "</th>" : "</td>");
  return text + "</tr>\n";
}

std::string with_interval(const json& v, double factor = 1.0) {
  auto part = [&](const char* key) { return figure_words(std::round(factor * v.at(key).get<double>() * 1000.0) / 1000.0); };
  return part("value") + " (" + part("low") + " to " + part("high") + ")";
}

std::string picture(const std::filesystem::path& file, const std::string& words) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return {};
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  std::string text(4 * ((bytes.size() + 2) / 3) + 1, '\0');
  const int n = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), reinterpret_cast<const unsigned char*>(bytes.data()),
                                static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(n));
  return "<p><img alt=\"" + escaped(words) + "\" src=\"data:image/png;base64," + text + "\"></p>\n";
}

std::string design_section(const SweepStore& store, const SweepAnswers& all) {
  const StoreHead& head = store.head();
  std::string page = "<h2>The design</h2>\n<p>" + std::to_string(head.points) + " points, ";
  page += all.design == "grid"    ? "every value of an input with every value of the others."
          : all.design == "lhs"   ? "a Latin hypercube."
          : all.design == "sobol" ? "a Sobol' sequence."
                                  : "given as a table.";
  page += "</p>\n<table>" + cells({"input", "taken"}, true);
  for (const AnswerInput& i : all.inputs) page += "<tr><td>" + escaped(i.key) + "</td><td>" + escaped(i.taken) + "</td></tr>\n";
  page += "</table>\n";
  if (all.correlated)
    page +=
        "<p class=\"warn\">Some inputs were drawn together. Indices, curves and the surrogate's probabilities below take each input for itself; the "
        "counted probabilities do not.</p>\n";
  if (!all.drawn)
    page +=
        "<p class=\"note\">The points were chosen, not drawn: indices and probabilities hold as if every value between the ends of each input were "
        "equally likely.</p>\n";
  if (all.analysed < all.complete)
    page += "<p class=\"note\">Surrogates, indices and shares below are those of " + std::to_string(all.analysed) + " points drawn evenly from the " +
            std::to_string(all.complete) + " complete ones.</p>\n";
  return page;
}

/// Counts, what failed and why, and what a point cost.
std::string points_section(const SweepStore& store) {
  std::string page = "<h2>The points</h2>\n<table>" + cells({"outcome", "points"}, true);
  std::int64_t all = 0;
  for (const auto& [status, n] : store.counts()) {
    page += cells({status, std::to_string(n)});
    all += n;
  }
  if (all < store.head().points) page += cells({"missing", std::to_string(store.head().points - all)});
  page += "</table>\n";
  double first_s = 0.0, led_s = 0.0;
  int first = 0, led = 0, shown = 0;
  std::string failures;
  store.visit([&](const StoredPoint& p) {
    if (p.status == "complete") {
      (p.led ? led_s : first_s) += p.cpu_s;
      ++(p.led ? led : first);
    } else if (++shown <= 20) {
      failures += "<tr><td class=\"n\">" + std::to_string(p.number) + "</td><td>" + escaped(p.inputs) + "</td><td>" + p.status + "</td><td>" +
                  escaped(p.reason) + "</td></tr>\n";
    }
    return true;
  });
  if (!failures.empty())
    page += "<h3>Not complete</h3>\n<table>" + cells({"point", "inputs", "outcome", "why"}, true) + failures + "</table>\n" +
            (shown > 20 ? "<p class=\"note\">and " + std::to_string(shown - 20) + " more: results.csv has them.</p>\n" : "");
  if (first + led > 0) page += "<p class=\"note\">A point took " + figure_words((first_s + led_s) / (first + led)) + " s of a processor on average";
  if (first > 0 && led > 0)
    page += ": " + figure_words(first_s / first) + " s from the start (" + std::to_string(first) + " points), " + figure_words(led_s / led) +
            " s where another point led to it (" + std::to_string(led) + ")";
  return page + (first + led > 0 ? ".</p>\n" : "");
}

std::string indices_table(const json& answer) {
  std::string page = "<table>" + cells({"input", "alone: first-order index", "with others: total index"}, true);
  for (const auto& s : answer.at("sobol"))
    page += cells({escaped(s.at("input").get<std::string>()), with_interval(s.at("first")), with_interval(s.at("total"))});
  page += "</table>\n";
  std::string pairs;
  for (const auto& p : answer.at("interactions"))
    if (p.at("index").at("value").get<double>() >= 0.005)
      pairs += cells({escaped(p.at("inputs")[0].get<std::string>() + " with " + p.at("inputs")[1].get<std::string>()), with_interval(p.at("index"))});
  if (pairs.empty()) return page + "<p class=\"note\">No two inputs share half a per cent of the variance or more: they act for themselves.</p>\n";
  return page + "<table>" + cells({"interaction", "second-order index"}, true) + pairs + "</table>\n";
}

std::string counted_words(const json& c) {
  if (!c.contains("of_all")) return with_interval(c, 100.0);
  const auto percent = [&](int end) { return figure_words(std::round(c["of_all"][end].get<double>() * 1e5) / 1e3); };
  return with_interval(c, 100.0) + "; of all, those without an answer below it or not: " + percent(0) + " to " + percent(1);
}

std::string exceedance_table(const json& answer, const std::string& unit) {
  if (answer.at("exceedance").empty()) return {};
  std::string page =
      "<h3>How often a level is reached</h3>\n<table>" +
      cells({"level of a healthy nerve", std::string("from") + (unit.empty() ? "" : ", " + unit), "counted, %", "by the surrogate, %"}, true);
  for (const auto& e : answer.at("exceedance"))
    page += cells({escaped(e.at("name").get<std::string>()), figure_words(e.at("value").get<double>()),
                   e.contains("counted") ? counted_words(e["counted"]) : "–", with_interval(e.at("by_surrogate"), 100.0)});
  return page +
         "</table>\n<p class=\"note\">Intervals of 95 %: counted shares by Clopper and Pearson, the surrogate's by resampling the points. They say "
         "nothing about "
         "whether the model is right.</p>\n";
}

std::string figure_section(const FigureAnswer& f, const std::string& stem, const std::filesystem::path& pictures) {
  std::string page = "<h2>" + escaped(f.title) + "</h2>\n<p class=\"note\"><code>" + escaped(f.figure) + "</code></p>\n";
  if (!f.missing.empty()) return page + "<p class=\"warn\">No answer: " + escaped(f.missing) + ".</p>\n";
  const json& a = f.answer;
  const std::string unit = unit_words(std::string(unit_suffix(f.figure))), in_unit = unit.empty() ? "" : " " + unit;
  page += "<p>Mean " + figure_words(a.at("mean").get<double>()) + in_unit + ", standard deviation " +
          figure_words(a.at("standard_deviation").get<double>()) + in_unit + " over " + std::to_string(f.y.size()) + " points.</p>\n<table>" +
          cells({"surrogate", "Q² (cross-validated)", std::string("error (RMS)") + (unit.empty() ? "" : ", " + unit)}, true);
  double best = -1e9;
  for (const auto& s : a.at("surrogates")) {
    std::string name = s.at("name").get<std::string>();
    if (s.contains("degree")) name += ", degree " + std::to_string(s["degree"].get<int>()) + ", " + std::to_string(s["terms"].get<int>()) + " terms";
    best = std::max(best, s.at("q2").get<double>());
    page += cells({escaped(name), q2_words(s.at("q2").get<double>()), figure_words(s.at("rmse").get<double>())});
  }
  page += "</table>\n";
  if (best < 0.8)
    page +=
        "<p class=\"warn\">The surrogates tell points that they were not fitted to badly (Q² below 0.8). Do not trust the indices, curves and "
        "probabilities below; compute more points.</p>\n";
  page += picture(pictures / (stem + "_effects.png"), "what each input does on its own");
  if (const double q2 = a.at("indices_q2").get<double>(); best >= 0.8 && q2 < 0.8)
    page += "<p class=\"warn\">The indices are those of the polynomial chaos, which tells points that it was not fitted to badly (Q² " +
            q2_words(q2) + "). Do not trust them; compute more points.</p>\n";
  page += indices_table(a) + picture(pictures / (stem + "_indices.png"), "Sobol' indices with intervals");
  page += picture(pictures / (stem + "_map.png"), "the figure over the two inputs that matter most");
  return page + exceedance_table(a, unit);
}

}  // namespace

std::string report_page(const SweepStore& store, const SweepAnswers& answers, const std::vector<std::string>& stems,
                        const std::filesystem::path& pictures) {
  const StoreHead& head = store.head();
  std::string page =
      "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>" +
      escaped(head.name) + "</title><style>" + style + "</style></head><body>\n<h1>" + escaped(head.name) +
      "</h1>\n<p>A sweep of simulated legs under a foam roller. It predicts mechanical load, not pain; it is meant for research and teaching and is "
      "not medical advice.</p>\n";
  page += design_section(store, answers) + points_section(store);
  for (std::size_t i = 0; i < answers.figures.size(); ++i) page += figure_section(answers.figures[i], stems[i], pictures);
  page += "<h2>Where this comes from</h2>\n<p class=\"note\">nerveload " + escaped(head.version) + ", design " + head.hash.substr(0, 16) +
          "…. Surrogates and indices by OpenTURNS: polynomial chaos (all terms, or a sparse set by least-angle regression), its degree and the "
          "choice between it and Kriging by tenfold cross-validation; indices from the chaos, intervals from 400 resamplings of the points, with the "
          "same terms fitted anew. All "
          "figures are in results.csv, "
          "answers.json and sweep.sqlite beside this page.</p>\n<ul class=\"note\">";
  for (const std::string& s : safety_texts()) page += "<li>" + escaped(s) + "</li>";
  return page + "</ul>\n</body></html>\n";
}

}  // namespace nerveload
