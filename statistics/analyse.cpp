#include <algorithm>
#include <cmath>
#include <iostream>
#include <limits>
#include <random>

#include "statistics/surrogate.hpp"

namespace statistics {
namespace {

constexpr unsigned replicates = 400;         ///< of the bootstrap: between the quantiles of 100 lie 93 % and not 95
constexpr unsigned most_kriging = 400;       ///< points; its cost grows with their cube
constexpr unsigned drawn_for_shares = 4000;  ///< of the inputs, to tell how often a level is exceeded
constexpr double tail = 0.025;               ///< on each side: intervals of 95 %

OT::Sample sample_of(const json& rows) {
  OT::Sample s(rows.size(), rows.at(0).size());
  for (std::size_t i = 0; i < rows.size(); ++i)
    for (std::size_t k = 0; k < rows[i].size(); ++k) s(i, k) = rows[i][k].get<double>();
  return s;
}

/// Between these the middle 95 % of values lie.
std::pair<double, double> interval_of(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  auto at = [&](double q) {
    const double place = q * double(values.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const double t = place - double(below);
    return below + 1 < values.size() ? (1.0 - t) * values[below] + t * values[below + 1] : values.back();
  };
  return {at(tail), at(1.0 - tail)};
}

json with_interval(double value, const std::vector<double>& again) {
  const auto [low, high] = interval_of(again);
  return {{"value", value}, {"low", low}, {"high", high}};
}

/// Share of a sample with the exact (Clopper-Pearson) interval.
json counted_share(unsigned above, unsigned n) {
  const double k = above, all = n;
  const double low = above == 0 ? 0.0 : OT::Beta(k, all - k + 1.0, 0.0, 1.0).computeQuantile(tail)[0];
  const double high = above == n ? 1.0 : OT::Beta(k + 1.0, all - k, 0.0, 1.0).computeQuantile(1.0 - tail)[0];
  return {{"value", k / all}, {"low", low}, {"high", high}};
}

/// One figure over the inputs of a sweep.
class Analysis {
 public:
  explicit Analysis(const json& request)
      : request_(request), space_(request.at("inputs")), x_(sample_of(request.at("x"))), y_(sample_of(request.at("y"))), z_(space_.standard(x_)),
        seed_(request.at("seed").get<unsigned>()) {
    OT::RandomGenerator::SetSeed(seed_);
  }

  json run() {
    choose();
    fit_replicates();
    answer_["points"] = y_.getSize();
    answer_["mean"] = y_.computeMean()[0];
    answer_["standard_deviation"] = std::sqrt(y_.computeVariance()[0]);
    indices();
    effects();
    map();
    exceedance();
    return answer_;
  }

 private:
  /// Degree and kind of surrogate by cross-validation.
  void choose() {
    Validation best;
    best.q2 = -std::numeric_limits<double>::infinity();
    for (const bool sparse : {false, true})
      for (int degree = 1; degree <= highest_degree(z_, sparse); ++degree) {
        const Validation v = cross_validate(
            z_, y_, seed_, [&](const OT::Sample& z, const OT::Sample& y) { return fit_chaos(space_, z, y, degree, sparse).result.getMetaModel(); });
        if (v.q2 <= best.q2) continue;
        best = v;
        chaos_.degree = degree;
        chaos_.sparse = sparse;
      }
    if (chaos_.degree == 0) throw std::runtime_error("too few points for so many inputs");
    chaos_ = fit_chaos(space_, z_, y_, chaos_.degree, chaos_.sparse);
    model_ = chaos_.result.getMetaModel();
    json surrogates = json::array({{{"name", "polynomial chaos"},
                                    {"degree", chaos_.degree},
                                    {"terms", chaos_.result.getIndices().getSize()},
                                    {"q2", best.q2},
                                    {"rmse", best.rmse}}});
    std::string name = "polynomial chaos";
    // Between two values of an input Kriging has nothing to go by but its own assumption.
    const std::vector<unsigned> levels = levels_of(z_);
    if (y_.getSize() <= most_kriging && *std::min_element(levels.begin(), levels.end()) > 2) {
      const OT::KrigingResult kriging = fit_kriging(z_, y_);
      const OT::CovarianceModel lengths = kriging.getCovarianceModel();
      const Validation v =
          cross_validate(z_, y_, seed_, [&](const OT::Sample& z, const OT::Sample& y) { return fit_kriging(z, y, &lengths).getMetaModel(); });
      surrogates.push_back({{"name", "Kriging"}, {"q2", v.q2}, {"rmse", v.rmse}});
      if (v.q2 > best.q2) {
        model_ = kriging.getMetaModel();
        name = "Kriging";
      }
    }
    answer_["surrogates"] = surrogates;
    answer_["best"] = name;
    answer_["indices_q2"] = best.q2;  // they are the chaos', whichever tells the figure best
  }

  /// The chaos of resampled points: what the figures below would have been with other points. It has the same terms; only their factors differ.
  void fit_replicates() {
    std::mt19937 random(seed_ + 1);
    const OT::UnsignedInteger n = z_.getSize();
    for (unsigned b = 0; b < replicates; ++b) {
      OT::Sample z(0, z_.getDimension()), y(0, 1);
      for (OT::UnsignedInteger i = 0; i < n; ++i) {
        const OT::UnsignedInteger at = random() % n;
        z.add(OT::Point(z_[at]));
        y.add(OT::Point(y_[at]));
      }
      if (!(y.computeVariance()[0] > 0.0)) continue;
      try {
        again_.push_back(refit_chaos(chaos_, z, y));
      } catch (const OT::Exception&) {  // too few of the points are different
      }
    }
    if (again_.size() < replicates / 2) throw std::runtime_error("the points are too few for intervals");
  }

  template <class Index>
  json index_of(Index&& index) const {
    std::vector<double> again;
    for (const OT::FunctionalChaosResult& r : again_) again.push_back(index(OT::FunctionalChaosSobolIndices(r)));
    return with_interval(index(OT::FunctionalChaosSobolIndices(chaos_.result)), again);
  }

  void indices() {
    json sobol = json::array(), pairs = json::array();
    const OT::UnsignedInteger d = space_.dimension();
    for (OT::UnsignedInteger k = 0; k < d; ++k) {
      const json first = index_of([k](const OT::FunctionalChaosSobolIndices& s) { return s.getSobolIndex(k); });
      const json total = index_of([k](const OT::FunctionalChaosSobolIndices& s) { return s.getSobolTotalIndex(k); });
      total_.push_back(total["value"].get<double>());
      sobol.push_back({{"input", name(k)}, {"first", first}, {"total", total}});
    }
    for (OT::UnsignedInteger a = 0; a < d; ++a)
      for (OT::UnsignedInteger b = a + 1; b < d; ++b) {
        OT::Indices both(2);
        both[0] = a;
        both[1] = b;
        const json index = index_of([&](const OT::FunctionalChaosSobolIndices& s) { return s.getSobolIndex(both); });
        pairs.push_back({{"inputs", {name(a), name(b)}}, {"index", index}});
      }
    answer_["sobol"] = sobol;
    answer_["interactions"] = pairs;
  }

  std::string name(OT::UnsignedInteger k) const { return request_["inputs"][k]["name"].get<std::string>(); }
  double quantile(OT::UnsignedInteger k, double q) const { return space_.given()[k].computeQuantile(q)[0]; }

  /// Points drawn from the inputs' distributions, each for itself.
  OT::Sample draw(unsigned n) const {
    OT::Sample x(n, space_.dimension());
    const OT::Sample u = OT::SobolSequence(space_.dimension()).generate(n);
    for (OT::UnsignedInteger k = 0; k < space_.dimension(); ++k)
      for (unsigned i = 0; i < n; ++i) x(i, k) = quantile(k, u(i, k));
    return x;
  }

  /// Points in standard variables where some inputs are held.
  OT::Sample hold(OT::Sample x, std::initializer_list<std::pair<OT::UnsignedInteger, double>> held) const {
    for (const auto& [k, value] : held)
      for (OT::UnsignedInteger i = 0; i < x.getSize(); ++i) x(i, k) = value;
    return space_.standard(x);
  }

  /// What each replicate tells at points, a row each; Kriging's figures have the chaos' spread around them.
  /// @param told  what the best surrogate tells there
  std::vector<OT::Sample> told_again(const OT::Sample& z, const OT::Sample& told) const {
    const OT::Matrix terms = terms_at(chaos_, z);
    const OT::Point here = terms * chaos_.result.getCoefficients().asPoint();
    std::vector<OT::Sample> all;
    for (const OT::FunctionalChaosResult& replicate : again_) {
      const OT::Point again = terms * replicate.getCoefficients().asPoint();
      all.emplace_back(told.getSize(), 1);
      for (OT::UnsignedInteger i = 0; i < told.getSize(); ++i) all.back()(i, 0) = told(i, 0) - here[i] + again[i];
    }
    return all;
  }

  /// Where an input's effect is told: its values, where it has some, else from end to end.
  std::vector<double> places_of(OT::UnsignedInteger k) const {
    constexpr int places = 21;
    std::vector<double> all;
    if (const OT::Distribution& d = space_.given()[k]; d.isDiscrete()) {
      const OT::Sample values = d.getSupport().sort(0);
      for (OT::UnsignedInteger i = 0; i < values.getSize(); ++i) all.push_back(values(i, 0));
      return all;
    }
    const double from = quantile(k, 0.01), to = quantile(k, 0.99);
    for (int i = 0; i < places; ++i) all.push_back(from + (to - from) * i / (places - 1));
    return all;
  }

  void effects() {
    json all = json::array();
    const OT::Sample others = draw(128);
    for (OT::UnsignedInteger k = 0; k < space_.dimension(); ++k) {
      json x = json::array(), mean = json::array(), low = json::array(), high = json::array();
      for (const double at : places_of(k)) {
        const OT::Sample z = hold(others, {{k, at}}), told = model_(z);
        std::vector<double> again;
        for (const OT::Sample& s : told_again(z, told)) again.push_back(s.computeMean()[0]);
        const auto [l, h] = interval_of(again);
        x.push_back(at);
        mean.push_back(told.computeMean()[0]);
        low.push_back(l);
        high.push_back(h);
      }
      all.push_back({{"input", name(k)}, {"x", x}, {"mean", mean}, {"low", low}, {"high", high}});
    }
    answer_["effects"] = all;
  }

  /// The figure over the two inputs that matter most.
  void map() {
    answer_["map"] = nullptr;
    if (space_.dimension() < 2) return;
    std::vector<OT::UnsignedInteger> order(space_.dimension());
    for (OT::UnsignedInteger k = 0; k < order.size(); ++k) order[k] = k;
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return total_[a] > total_[b]; });
    const OT::UnsignedInteger a = order[0], b = order[1];
    constexpr int places = 25;
    const OT::Sample others = draw(space_.dimension() > 2 ? 64 : 1);
    json x = json::array(), y = json::array(), values = json::array();
    auto at = [&](OT::UnsignedInteger k, int i) { return quantile(k, 0.01) + (quantile(k, 0.99) - quantile(k, 0.01)) * i / (places - 1); };
    for (int i = 0; i < places; ++i) x.push_back(at(a, i));
    for (int j = 0; j < places; ++j) {
      y.push_back(at(b, j));
      json row = json::array();
      for (int i = 0; i < places; ++i) row.push_back(model_(hold(others, {{a, at(a, i)}, {b, at(b, j)}})).computeMean()[0]);
      values.push_back(row);
    }
    answer_["map"] = {{"inputs", {name(a), name(b)}}, {"x", x}, {"y", y}, {"value", values}};
  }

  static double share(const OT::Sample& values, double threshold) {
    double above = 0.0;
    for (OT::UnsignedInteger i = 0; i < values.getSize(); ++i) above += values(i, 0) >= threshold;
    return above / double(values.getSize());
  }

  void exceedance() {
    json& all = answer_["exceedance"] = json::array();
    if (request_.at("thresholds").empty()) return;
    const OT::Sample z = space_.standard(draw(drawn_for_shares)), told = model_(z);
    const std::vector<OT::Sample> again = told_again(z, told);
    for (const auto& t : request_.at("thresholds")) {
      const double threshold = t.at("value").get<double>();
      json row = t;
      if (request_.at("drawn").get<bool>()) row["counted"] = counted(threshold);
      std::vector<double> shares;
      for (const OT::Sample& s : again) shares.push_back(share(s, threshold));
      row["by_surrogate"] = with_interval(share(told, threshold), shares);
      all.push_back(row);
    }
  }

  /// Of the points with an answer; and what it would be of all drawn, had those without one stayed below or reached it.
  json counted(double threshold) const {
    const double of_answered = share(y_, threshold), unanswered = request_.at("unanswered").get<double>();
    json c = counted_share(static_cast<unsigned>(std::lround(of_answered * double(y_.getSize()))), static_cast<unsigned>(y_.getSize()));
    if (unanswered > 0.0) c["of_all"] = {of_answered * (1.0 - unanswered), of_answered * (1.0 - unanswered) + unanswered};
    return c;
  }

  const json& request_;
  InputSpace space_;
  OT::Sample x_, y_, z_;
  unsigned seed_;
  Chaos chaos_;
  OT::Function model_;
  std::vector<OT::FunctionalChaosResult> again_;  ///< the same terms with the factors of resampled points
  std::vector<double> total_;
  json answer_;
};

}  // namespace

void analyse(const json& request) {
  OT::Log::Show(OT::Log::NONE);
  std::cout << Analysis(request).run().dump() << "\n";
}

}  // namespace statistics
