#include <algorithm>
#include <cmath>
#include <iostream>
#include <limits>
#include <random>

#include "statistics/surrogate.hpp"

namespace statistics {
namespace {

constexpr unsigned replicates = 100;         ///< of the bootstrap
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
  }

  /// The chaos of resampled points: what the figures below would have been with other points.
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

  /// Mean of the figure over all else where some inputs are held.
  double mean_at(const OT::Function& f, OT::Sample x, std::initializer_list<std::pair<OT::UnsignedInteger, double>> held) const {
    for (const auto& [k, value] : held)
      for (OT::UnsignedInteger i = 0; i < x.getSize(); ++i) x(i, k) = value;
    return f(space_.standard(x)).computeMean()[0];
  }

  void effects() {
    constexpr int places = 21;
    json all = json::array();
    const OT::Sample others = draw(128);
    for (OT::UnsignedInteger k = 0; k < space_.dimension(); ++k) {
      json x = json::array(), mean = json::array(), low = json::array(), high = json::array();
      const double from = quantile(k, 0.01), to = quantile(k, 0.99);
      for (int i = 0; i < places; ++i) {
        const double at = from + (to - from) * i / (places - 1);
        std::vector<double> again;
        // Where Kriging tells the mean, the chaos' spread is laid around it.
        const double told = mean_at(model_, others, {{k, at}}), by_chaos = mean_at(chaos_.result.getMetaModel(), others, {{k, at}});
        for (std::size_t b = 0; b < again_.size(); b += 4) again.push_back(told - by_chaos + mean_at(again_[b].getMetaModel(), others, {{k, at}}));
        const auto [l, h] = interval_of(again);
        x.push_back(at);
        mean.push_back(told);
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
      for (int i = 0; i < places; ++i) row.push_back(mean_at(model_, others, {{a, at(a, i)}, {b, at(b, j)}}));
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
    json all = json::array();
    const OT::Sample z = space_.standard(draw(drawn_for_shares));
    const OT::Sample told = model_(z), by_chaos = chaos_.result.getMetaModel()(z);
    std::vector<OT::Sample> again;
    for (const OT::FunctionalChaosResult& r : again_) again.push_back(r.getMetaModel()(z));
    for (const auto& t : request_.at("thresholds")) {
      const double threshold = t.at("value").get<double>();
      json row = t;
      if (request_.at("drawn").get<bool>())
        row["counted"] =
            counted_share(static_cast<unsigned>(std::lround(share(y_, threshold) * double(y_.getSize()))), static_cast<unsigned>(y_.getSize()));
      std::vector<double> shares;
      const double shift = share(told, threshold) - share(by_chaos, threshold);
      for (const OT::Sample& s : again) shares.push_back(std::clamp(shift + share(s, threshold), 0.0, 1.0));
      row["by_surrogate"] = with_interval(share(told, threshold), shares);
      all.push_back(row);
    }
    answer_["exceedance"] = all;
  }

  const json& request_;
  InputSpace space_;
  OT::Sample x_, y_, z_;
  unsigned seed_;
  Chaos chaos_;
  OT::Function model_;
  std::vector<OT::FunctionalChaosResult> again_;
  std::vector<double> total_;
  json answer_;
};

}  // namespace

void analyse(const json& request) {
  OT::Log::Show(OT::Log::NONE);
  std::cout << Analysis(request).run().dump() << "\n";
}

}  // namespace statistics
