#pragma once
#include <functional>

#include "statistics/distributions.hpp"

namespace statistics {

/// Inputs as the surrogates see them: each mapped to a standard variable. One that is normal stays so; one of a few values keeps them, between
/// -1 and 1; all else becomes uniform on [-1, 1] by its own distribution function.
class InputSpace {
 public:
  explicit InputSpace(const json& inputs);
  OT::UnsignedInteger dimension() const { return given_.size(); }
  OT::Sample standard(const OT::Sample& x) const;
  const std::vector<OT::Distribution>& given() const { return given_; }
  const std::vector<OT::Distribution>& standard() const { return standard_; }

 private:
  struct Linear {
    double centre = 0.0, scale = 0.0;  ///< z = (x − centre)/scale; no scale: by the distribution function
  };
  std::vector<OT::Distribution> given_, standard_;
  std::vector<Linear> linear_;
};

/// How many different values each input takes: a curve through k values has degree k − 1 at most.
std::vector<unsigned> levels_of(const OT::Sample& z);

/// Polynomial chaos up to a total degree, in each input no higher than its values in `z` allow. Sparse: its terms are chosen by least-angle
/// regression and corrected leave-one-out error; else all of them are fitted by least squares.
struct Chaos {
  OT::FunctionalChaosResult result;
  int degree = 0;
  bool sparse = true;
};
Chaos fit_chaos(const InputSpace& space, const OT::Sample& z, const OT::Sample& y, int degree, bool sparse);

/// Its terms, a column each, at points, a row each.
OT::Matrix terms_at(const Chaos& chaos, const OT::Sample& z);

/// The same terms fitted to other points by least squares: which terms there are is not chosen anew.
OT::FunctionalChaosResult refit_chaos(const Chaos& chaos, const OT::Sample& z, const OT::Sample& y);

/// Kriging with a constant trend and a Matern 5/2 covariance, its lengths by maximum likelihood, but no shorter than the values of an input lie
/// apart; or those of an earlier fit.
OT::KrigingResult fit_kriging(const OT::Sample& z, const OT::Sample& y, const OT::CovarianceModel* lengths = nullptr);

/// How well a surrogate tells what it was not fitted to.
struct Validation {
  double q2 = 0.0;    ///< 1 − mean squared error over the variance
  double rmse = 0.0;  ///< in the figure's unit
};
/// Cross-validation over ten parts (each point is told by a surrogate that was fitted without it).
/// @param fit  (z, y of the other parts) → function
Validation cross_validate(const OT::Sample& z, const OT::Sample& y, unsigned seed,
                          const std::function<OT::Function(const OT::Sample&, const OT::Sample&)>& fit);

/// Highest total degree whose terms the points can tell: at most half as many terms as points, for a sparse chaos nine tenths; 0 = none.
int highest_degree(const OT::Sample& z, bool sparse);

}  // namespace statistics
