#include "statistics/surrogate.hpp"

#include <cmath>
#include <numeric>
#include <random>
#include <set>

namespace statistics {

InputSpace::InputSpace(const json& inputs) {
  for (const auto& input : inputs) {
    const OT::Distribution d = distribution_of(input);
    Linear linear;
    OT::Distribution standard = OT::Uniform(-1.0, 1.0);
    if (input.at("kind") == "normal" && !input.contains("between")) {
      linear = {d.getMean()[0], d.getStandardDeviation()[0]};
      standard = OT::Normal(0.0, 1.0);
    } else if (d.isDiscrete()) {
      const double low = d.getRange().getLowerBound()[0], high = d.getRange().getUpperBound()[0];
      linear = {0.5 * (low + high), 0.5 * (high - low)};
      OT::Sample values = d.getSupport();
      for (OT::UnsignedInteger i = 0; i < values.getSize(); ++i) values(i, 0) = (values(i, 0) - linear.centre) / linear.scale;
      standard = OT::UserDefined(values, d.getProbabilities());
    }
    given_.push_back(d);
    standard_.push_back(standard);
    linear_.push_back(linear);
  }
}

OT::Sample InputSpace::standard(const OT::Sample& x) const {
  OT::Sample z(x.getSize(), dimension());
  for (OT::UnsignedInteger k = 0; k < dimension(); ++k)
    for (OT::UnsignedInteger i = 0; i < x.getSize(); ++i)
      z(i, k) = linear_[k].scale > 0.0 ? (x(i, k) - linear_[k].centre) / linear_[k].scale : 2.0 * given_[k].computeCDF(x(i, k)) - 1.0;
  return z;
}

namespace {

/// Terms in the order of their total degree, in each input up to what its values allow.
OT::HyperbolicAnisotropicEnumerateFunction order_of(const std::vector<unsigned>& levels) {
  OT::HyperbolicAnisotropicEnumerateFunction order(levels.size(), 1.0);
  OT::Indices highest(levels.size());
  for (std::size_t k = 0; k < levels.size(); ++k) highest[k] = levels[k] - 1;
  order.setUpperBound(highest);
  return order;
}

/// How many terms have at most a total degree.
OT::UnsignedInteger terms_up_to(const std::vector<unsigned>& levels, int degree) {
  std::vector<OT::UnsignedInteger> of_degree(static_cast<std::size_t>(degree) + 1, 0);
  of_degree[0] = 1;
  for (const unsigned l : levels) {  // one input after the other: a term of degree i times its powers 0 … l − 1
    std::vector<OT::UnsignedInteger> next(of_degree.size(), 0);
    for (std::size_t i = 0; i < next.size(); ++i)
      for (std::size_t power = 0; power <= i && power < l; ++power) next[i] += of_degree[i - power];
    of_degree = std::move(next);
  }
  return std::accumulate(of_degree.begin(), of_degree.end(), OT::UnsignedInteger(0));
}

}  // namespace

std::vector<unsigned> levels_of(const OT::Sample& z) {
  constexpr std::size_t most = 20;
  std::vector<unsigned> levels;
  for (OT::UnsignedInteger k = 0; k < z.getDimension(); ++k) {
    std::set<double> values;
    for (OT::UnsignedInteger i = 0; i < z.getSize() && values.size() < most; ++i) values.insert(z(i, k));
    levels.push_back(static_cast<unsigned>(values.size()));
  }
  return levels;
}

Chaos fit_chaos(const InputSpace& space, const OT::Sample& z, const OT::Sample& y, int degree, bool sparse) {
  OT::OrthogonalProductPolynomialFactory::PolynomialFamilyCollection families;
  OT::ComposedDistribution::DistributionCollection marginals;
  for (const OT::Distribution& d : space.standard()) {
    families.add(OT::StandardDistributionPolynomialFactory(d));
    marginals.add(d);
  }
  const std::vector<unsigned> levels = levels_of(z);
  const OT::OrthogonalProductPolynomialFactory basis(families, order_of(levels));
  const OT::FixedStrategy terms(basis, terms_up_to(levels, degree));
  const OT::LeastSquaresStrategy projection =
      sparse ? OT::LeastSquaresStrategy(z, y, OT::LeastSquaresMetaModelSelectionFactory(OT::LARS(), OT::CorrectedLeaveOneOut()))
             : OT::LeastSquaresStrategy(z, y, OT::PenalizedLeastSquaresAlgorithmFactory());
  OT::FunctionalChaosAlgorithm algorithm(z, y, OT::ComposedDistribution(marginals), terms, projection);
  algorithm.run();
  return {algorithm.getResult(), degree, sparse};
}

OT::Matrix terms_at(const Chaos& chaos, const OT::Sample& z) {
  const auto terms = chaos.result.getReducedBasis();
  OT::Matrix psi(z.getSize(), terms.getSize());
  for (OT::UnsignedInteger k = 0; k < terms.getSize(); ++k) {
    const OT::Sample column = terms[k](z);
    for (OT::UnsignedInteger i = 0; i < z.getSize(); ++i) psi(i, k) = column(i, 0);
  }
  return psi;
}

OT::FunctionalChaosResult refit_chaos(const Chaos& chaos, const OT::Sample& z, const OT::Sample& y) {
  const OT::FunctionalChaosResult& r = chaos.result;
  const auto terms = r.getReducedBasis();
  const OT::Point found = terms_at(chaos, z).solveLinearSystem(y.asPoint());
  OT::Sample coefficients(terms.getSize(), 1);
  for (OT::UnsignedInteger k = 0; k < terms.getSize(); ++k) coefficients(k, 0) = found[k];
  return OT::FunctionalChaosResult(z, y, r.getDistribution(), r.getTransformation(), r.getInverseTransformation(), r.getComposedModel(),
                                   r.getOrthogonalBasis(), r.getIndices(), coefficients, terms, OT::Point(1), OT::Point(1));
}

OT::KrigingResult fit_kriging(const OT::Sample& z, const OT::Sample& y, const OT::CovarianceModel* lengths) {
  const OT::UnsignedInteger dimension = z.getDimension();
  const OT::CovarianceModel model = lengths ? *lengths : OT::CovarianceModel(OT::MaternModel(OT::Point(dimension, 1.0), 2.5));
  OT::KrigingAlgorithm algorithm(z, y, model, OT::ConstantBasisFactory(dimension).build());
  if (lengths) algorithm.setOptimizeParameters(false);
  else {
    OT::Point shortest(dimension);
    const std::vector<unsigned> levels = levels_of(z);
    for (OT::UnsignedInteger k = 0; k < dimension; ++k) shortest[k] = 2.0 / (levels[k] - 1.0);
    algorithm.setOptimizationBounds(OT::Interval(shortest, OT::Point(dimension, 50.0)));
  }
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

int highest_degree(const OT::Sample& z, bool sparse) {
  const std::vector<unsigned> levels = levels_of(z);
  constexpr int most = 6;
  int highest = 0;
  for (const unsigned l : levels) highest += static_cast<int>(l) - 1;
  int degree = std::min(most, highest);
  while (degree > 0 && 10 * terms_up_to(levels, degree) > (sparse ? 9 : 5) * z.getSize()) --degree;
  return degree;
}

}  // namespace statistics
