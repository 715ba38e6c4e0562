#include "statistics/surrogate.hpp"

#include <cmath>
#include <numeric>
#include <random>
#include <set>

namespace statistics {

InputSpace::InputSpace(const json& inputs) {
  for (const auto& input : inputs) {
    given_.push_back(distribution_of(input));
    normal_.push_back(input.at("kind") == "normal" && !input.contains("between"));
    standard_.push_back(normal_.back() ? OT::Distribution(OT::Normal(0.0, 1.0)) : OT::Distribution(OT::Uniform(-1.0, 1.0)));
  }
}

OT::Sample InputSpace::standard(const OT::Sample& x) const {
  OT::Sample z(x.getSize(), dimension());
  for (OT::UnsignedInteger k = 0; k < dimension(); ++k)
    for (OT::UnsignedInteger i = 0; i < x.getSize(); ++i)
      z(i, k) = normal_[k] ? (x(i, k) - given_[k].getMean()[0]) / given_[k].getStandardDeviation()[0] : 2.0 * given_[k].computeCDF(x(i, k)) - 1.0;
  return z;
}

Chaos fit_chaos(const InputSpace& space, const OT::Sample& z, const OT::Sample& y, int degree) {
  OT::OrthogonalProductPolynomialFactory::PolynomialFamilyCollection families;
  OT::ComposedDistribution::DistributionCollection marginals;
  for (const OT::Distribution& d : space.standard()) {
    families.add(OT::StandardDistributionPolynomialFactory(d));
    marginals.add(d);
  }
  const OT::LinearEnumerateFunction order(space.dimension());
  const OT::OrthogonalProductPolynomialFactory basis(families, order);
  const OT::FixedStrategy terms(basis, order.getStrataCumulatedCardinal(static_cast<OT::UnsignedInteger>(degree)));
  const OT::LeastSquaresStrategy projection(z, y, OT::LeastSquaresMetaModelSelectionFactory(OT::LARS(), OT::CorrectedLeaveOneOut()));
  OT::FunctionalChaosAlgorithm algorithm(z, y, OT::ComposedDistribution(marginals), terms, projection);
  algorithm.run();
  return {algorithm.getResult(), degree};
}

OT::KrigingResult fit_kriging(const OT::Sample& z, const OT::Sample& y, const OT::CovarianceModel* lengths) {
  const OT::UnsignedInteger dimension = z.getDimension();
  const OT::CovarianceModel model = lengths ? *lengths : OT::CovarianceModel(OT::MaternModel(OT::Point(dimension, 1.0), 2.5));
  OT::KrigingAlgorithm algorithm(z, y, model, OT::ConstantBasisFactory(dimension).build());
  if (lengths) algorithm.setOptimizeParameters(false);
  else algorithm.setOptimizationBounds(OT::Interval(OT::Point(dimension, 0.05), OT::Point(dimension, 50.0)));
  algorithm.run();
  return algorithm.getResult();
}

Validation cross_validate(const OT::Sample& z, const OT::Sample& y, unsigned seed,
                          const std::function<OT::Function(const OT::Sample&, const OT::Sample&)>& fit) {
  constexpr std::size_t parts = 10;
  const std::size_t n = z.getSize(), folds = std::min(parts, n);
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t(0));
  std::mt19937 random(seed);
  for (std::size_t i = n; i > 1; --i) std::swap(order[i - 1], order[random() % i]);
  double squares = 0.0;
  for (std::size_t f = 0; f < folds; ++f) {
    OT::Sample z_in(0, z.getDimension()), y_in(0, 1), z_out(0, z.getDimension()), y_out(0, 1);
    for (std::size_t i = 0; i < n; ++i) {
      const bool out = i % folds == f;
      (out ? z_out : z_in).add(OT::Point(z[order[i]]));
      (out ? y_out : y_in).add(OT::Point(y[order[i]]));
    }
    const OT::Sample told = fit(z_in, y_in)(z_out);
    for (std::size_t i = 0; i < told.getSize(); ++i) squares += std::pow(told(i, 0) - y_out(i, 0), 2);
  }
  const double variance = y.computeVariance()[0] * double(n - 1);
  return {1.0 - squares / variance, std::sqrt(squares / double(n))};
}

int highest_degree(const OT::Sample& z) {
  constexpr int most = 6;
  int degree = most;
  for (OT::UnsignedInteger k = 0; k < z.getDimension(); ++k) {
    std::set<double> values;
    for (OT::UnsignedInteger i = 0; i < z.getSize() && values.size() <= most; ++i) values.insert(z(i, k));
    degree = std::min(degree, static_cast<int>(values.size()) - 1);
  }
  const OT::LinearEnumerateFunction order(z.getDimension());
  while (degree > 1 && 10 * order.getStrataCumulatedCardinal(static_cast<OT::UnsignedInteger>(degree)) > 9 * z.getSize()) --degree;
  return std::max(1, degree);
}

}  // namespace statistics
