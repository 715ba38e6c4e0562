#include "sweeps/sweep_report.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>

#include "postprocess/files.hpp"
#include "postprocess/pictures/response_pictures.hpp"
#include "postprocess/validation_results.hpp"
#include "postprocess/verdict.hpp"
#include "sweeps/answers.hpp"
#include "sweeps/report_page.hpp"

namespace nerveload {
namespace fs = std::filesystem;
namespace {

using json = nlohmann::ordered_json;

ResponseDrawing drawing_of(const SweepAnswers& all, const FigureAnswer& f) {
  ResponseDrawing d;
  d.title = f.title;
  d.figure = axis_title(f.figure);
  std::vector<std::size_t> varying;
  for (std::size_t k = 0; k < all.inputs.size(); ++k)
    if (all.inputs[k].low < all.inputs[k].high) varying.push_back(k);
  auto column = [&](const std::string& label) {
    for (const std::size_t k : varying)
      if (all.inputs[k].label == label) {
        std::vector<double> values;
        for (const auto& row : f.x) values.push_back(row[k]);
        return values;
      }
    return std::vector<double>();
  };
  for (const auto& e : f.answer.at("effects")) {
    const auto input = e.at("input").get<std::string>();
    d.panels.push_back({input, e.at("x").get<std::vector<double>>(), e.at("mean").get<std::vector<double>>(), e.at("low").get<std::vector<double>>(),
                        e.at("high").get<std::vector<double>>(), column(input), f.y});
  }
  for (const auto& s : f.answer.at("sobol")) {
    const auto &first = s.at("first"), &total = s.at("total");
    d.indices.push_back({s.at("input").get<std::string>(), first.at("value"), first.at("low"), first.at("high"), total.at("value"), total.at("low"),
                         total.at("high")});
  }
  if (const auto& m = f.answer.at("map"); !m.is_null()) {
    const auto a = m.at("inputs")[0].get<std::string>(), b = m.at("inputs")[1].get<std::string>();
    d.maps.push_back({a, b, m.at("x").get<std::vector<double>>(), m.at("y").get<std::vector<double>>(),
                      m.at("value").get<std::vector<std::vector<double>>>(), column(a), column(b)});
  }
  double q2 = -1e9;
  for (const auto& s : f.answer.at("surrogates")) q2 = std::max(q2, s.at("q2").get<double>());
  const auto told_by = [&](const std::string& surrogate, double q) {
    return std::to_string(f.y.size()) + " points; surrogate: " + surrogate + ", cross-validated Q2 = " + q2_words(q);
  };
  d.note = told_by(f.answer.at("best").get<std::string>(), q2);
  d.indices_note = told_by("polynomial chaos", f.answer.at("indices_q2").get<double>());
  return d;
}

std::string stem_of(const std::string& figure) {
  std::string stem;
  for (const char c : figure) stem += std::isalnum(static_cast<unsigned char>(c)) ? c : '_';
  return stem;
}

json answers_json(const SweepAnswers& all) {
  json figures = json::array();
  for (const FigureAnswer& f : all.figures) figures.push_back({{"figure", f.figure}, {"missing", f.missing}, {"answer", f.answer}});
  return {{"schema", 1}, {"design", all.design}, {"correlated", all.correlated}, {"figures", std::move(figures)}};
}

}  // namespace

std::vector<std::string> write_sweep_report(const SweepStore& store, const fs::path& dir) {
  std::vector<std::string> remarks;
  const SweepAnswers all = answer_sweep(store);
  write_text(dir / "answers.json", answers_json(all).dump(1) + "\n");
  std::vector<std::pair<std::string, ResponseDrawing>> drawings;
  for (const FigureAnswer& f : all.figures) {
    if (f.missing.empty()) drawings.emplace_back(stem_of(f.figure), drawing_of(all, f));
    else remarks.push_back("no answer about " + f.figure + ": " + f.missing);
  }
  std::error_code error;
  fs::remove_all(dir / "pictures", error);
  if (!drawings.empty()) {
    fs::create_directories(dir / "pictures", error);
    if (const std::string undrawn = draw_responses(drawings, dir / "pictures"); !undrawn.empty()) remarks.push_back("no pictures: " + undrawn);
  }
  std::vector<std::string> stems;
  for (const FigureAnswer& f : all.figures) stems.push_back(stem_of(f.figure));
  write_text(dir / "sweep_report.html", report_page(store, all, stems, dir / "pictures"));
  return remarks;
}

}  // namespace nerveload
