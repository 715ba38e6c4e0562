#include "solver/terms/sliding_support.hpp"

#include "solver/assembly.hpp"

namespace nerveload {

SlidingSupport::SlidingSupport(std::vector<int> nodes, const Vec3& normal, double stiffness)
    : nodes_(std::move(nodes)), normal_(normal), stiffness_(stiffness) {}

void SlidingSupport::claim(Layout& layout) {
  first_block_ = layout.blocks();
  for (const int n : nodes_) layout.couple(std::array{3 * n, 3 * n + 1, 3 * n + 2});
}

void SlidingSupport::add(const State& state, NewtonSystem& system) const {
  std::array<double, 6> lower{};
  for (int i = 0, k = 0; i < 3; ++i)
    for (int j = 0; j <= i; ++j) lower[k++] = stiffness_ * normal_[i] * normal_[j];
  for (std::size_t s = 0; s < nodes_.size(); ++s) {
    const double pull = stiffness_ * normal_.dot(state.unknowns.segment<3>(3 * nodes_[s]));
    const Vec3 residual = pull * normal_;
    system.add(first_block_ + static_cast<int>(s), residual.data(), lower.data());
  }
}

}  // namespace nerveload
