#pragma once
#include "solver/mesh.hpp"
#include "solver/terms/term.hpp"

namespace nerveload {

/// Holds nodes on a plane by stiff normal springs and lets them slide in it:  Π = Σ ½ k (n·u)².
/// For planes that are not aligned with the axes; aligned ones are held exactly by prescribing a component.
class SlidingSupport final : public Term {
 public:
  /// @param normal     unit
  /// @param stiffness  k per node, mN/mm; 1e5 leaves 1e-3 mm under 100 mN
  SlidingSupport(std::vector<int> nodes, const Vec3& normal, double stiffness);
  void claim(Layout& layout) override;
  void add(const State& state, NewtonSystem& system) const override;

 private:
  std::vector<int> nodes_;
  Vec3 normal_;
  double stiffness_;
  int first_block_ = 0;
};

}  // namespace nerveload
