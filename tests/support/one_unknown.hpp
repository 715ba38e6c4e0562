#pragma once
#include <array>
#include <cmath>
#include <functional>
#include <memory>

#include "solver/terms/term.hpp"

namespace nerveload {

/// A force on one unknown, for systems of known behaviour.
class OneUnknown final : public Term {
 public:
  struct Force {
    double residual, tangent;
  };
  OneUnknown(int unknown, std::function<Force(double x)> law) : unknown_(unknown), law_(std::move(law)) {}
  void claim(Layout& layout) override { block_ = layout.couple(std::array{unknown_}); }
  void add(const State& s, NewtonSystem& system) const override {
    const Force f = law_(s.unknowns[unknown_]);
    system.add(block_, &f.residual, &f.tangent);
  }

 private:
  int unknown_, block_ = 0;
  std::function<Force(double)> law_;
};

/// k x against a force.
inline std::unique_ptr<Term> spring(int unknown, double k, double force = 0.0) {
  return std::make_unique<OneUnknown>(unknown, [=](double x) { return OneUnknown::Force{k * x - force, k}; });
}

/// The energy ¼ k (x² − 1)²: unstable at rest, stable near −1 and 1 mm.
inline std::unique_ptr<Term> double_well(int unknown, double k) {
  return std::make_unique<OneUnknown>(unknown, [=](double x) { return OneUnknown::Force{k * x * (x * x - 1.0), k * (3.0 * x * x - 1.0)}; });
}

/// k (exp(x/ℓ) − 1): almost no stiffness on one side, a wall on the other.
inline std::unique_ptr<Term> wall(int unknown, double k, double length) {
  return std::make_unique<OneUnknown>(unknown, [=](double x) {
    const double e = std::exp(x / length);
    return OneUnknown::Force{k * (e - 1.0), k / length * e};
  });
}

}  // namespace nerveload
