#include <charconv>
#include <cmath>
#include <iostream>

#include "statistics/distributions.hpp"

namespace statistics {
namespace {

/// Independent points of the unit cube, block after block.
class Cube {
 public:
  Cube(const json& request, OT::UnsignedInteger dimension) : points_(request.at("points").get<OT::UnsignedInteger>()) {
    OT::RandomGenerator::SetSeed(request.at("seed").get<OT::UnsignedInteger>());
    if (request.at("design") == "lhs") {
      const OT::ComposedDistribution unit(OT::ComposedDistribution::DistributionCollection(dimension, OT::Uniform(0.0, 1.0)));
      whole_ = OT::LHSExperiment(unit, points_).generate();
    } else {
      sequence_ = OT::SobolSequence(dimension);
      // A shift by the seed keeps the low discrepancy and makes repeated designs independent of each other.
      shift_ = OT::RandomGenerator::Generate(dimension);
    }
  }
  OT::UnsignedInteger left() const { return points_ - drawn_; }
  OT::Sample next(OT::UnsignedInteger most) {
    const OT::UnsignedInteger n = std::min(most, left());
    drawn_ += n;
    if (whole_.getSize() > 0) return OT::Sample(whole_, drawn_ - n, drawn_);
    OT::Sample u = sequence_.generate(n);
    for (OT::UnsignedInteger i = 0; i < n; ++i)
      for (OT::UnsignedInteger k = 0; k < u.getDimension(); ++k) {
        const double x = u(i, k) + shift_[k];
        u(i, k) = x - std::floor(x);
      }
    return u;
  }

 private:
  OT::UnsignedInteger points_, drawn_ = 0;
  OT::Sample whole_;
  OT::SobolSequence sequence_;
  OT::Point shift_;
};

/// The Gaussian copula's factor, of the correlation that gives the rank correlations asked for.
OT::TriangularMatrix copula_factor(const json& request, OT::UnsignedInteger dimension) {
  OT::CorrelationMatrix ranks(dimension);
  for (const auto& c : request.at("rank_correlations")) ranks(c[0], c[1]) = c[2].get<double>();
  OT::CorrelationMatrix linear(OT::NormalCopula::GetCorrelationFromSpearmanCorrelation(ranks));
  if (!linear.isPositiveDefinite()) throw std::runtime_error("the rank correlations contradict each other: no inputs can have all of them");
  return linear.computeCholesky();
}

void print(const OT::Sample& x) {
  std::string text;
  char number[40];
  for (OT::UnsignedInteger i = 0; i < x.getSize(); ++i)
    for (OT::UnsignedInteger k = 0; k < x.getDimension(); ++k) {
      const auto r = std::to_chars(number, number + sizeof number, x(i, k));
      text.append(number, r.ptr).append(1, k + 1 < x.getDimension() ? ' ' : '\n');
    }
  std::cout << text;
}

}  // namespace

OT::Distribution distribution_of(const json& input) {
  const std::string kind = input.at("kind").get<std::string>();
  const auto a = input.at("arguments").get<std::vector<double>>();
  OT::Distribution d;
  if (kind == "uniform") d = OT::Uniform(a.at(0), a.at(1));
  else if (kind == "normal") d = OT::Normal(a.at(0), a.at(1));
  else if (kind == "triangular") d = OT::Triangular(a.at(0), a.at(1), a.at(2));
  else if (kind == "lognormal") {
    const double sigma = std::sqrt(std::log1p(a.at(1) * a.at(1) / (a.at(0) * a.at(0))));
    d = OT::LogNormal(std::log(a.at(0)) - 0.5 * sigma * sigma, sigma);
  } else if (kind == "values") {
    OT::Sample values(0, 1);
    for (const double v : a) values.add(OT::Point(1, v));
    d = OT::UserDefined(values);
  } else {
    throw std::runtime_error("unknown distribution " + kind);
  }
  if (input.contains("between")) d = OT::TruncatedDistribution(d, OT::Interval(input["between"][0].get<double>(), input["between"][1].get<double>()));
  return d;
}

void sample(const json& request) {
  OT::Log::Show(OT::Log::NONE);
  std::vector<OT::Distribution> marginals;
  for (const auto& input : request.at("inputs")) marginals.push_back(distribution_of(input));
  const OT::UnsignedInteger dimension = marginals.size();
  const bool together = !request.at("rank_correlations").empty();
  const OT::TriangularMatrix factor = copula_factor(request, dimension);
  Cube cube(request, dimension);
  while (cube.left() > 0 && std::cout) {
    OT::Sample u = cube.next(1024);
    for (OT::UnsignedInteger i = 0; i < u.getSize(); ++i) {
      OT::Point p(u[i]);
      if (together) {
        for (OT::UnsignedInteger k = 0; k < dimension; ++k) p[k] = OT::DistFunc::qNormal(p[k]);
        p = factor * p;
        for (OT::UnsignedInteger k = 0; k < dimension; ++k) p[k] = OT::DistFunc::pNormal(p[k]);
      }
      for (OT::UnsignedInteger k = 0; k < dimension; ++k) u(i, k) = marginals[k].computeQuantile(p[k])[0];
    }
    print(u);
  }
}

}  // namespace statistics
