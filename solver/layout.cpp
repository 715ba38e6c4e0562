#include "solver/layout.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>

#include "solver/base/error.hpp"

namespace nerveload {

std::vector<std::vector<int>> Layout::colours(BlockRange range) const {
  std::vector<std::uint64_t> taken(unknowns_, 0);  // bit c: colour c already touches this unknown
  std::vector<std::vector<int>> result;
  for (int b = range.first; b < range.first + range.count; ++b) {
    std::uint64_t used = 0;
    for (const int u : block(b)) used |= taken[u];
    const int c = std::countr_one(used);
    NL_EXPECT(c < 64, "at most 64 colours");
    if (c >= static_cast<int>(result.size())) result.resize(c + 1);
    result[c].push_back(b);
    for (const int u : block(b))
      if (std::find(borders_.begin(), borders_.end(), u) == borders_.end()) taken[u] |= std::uint64_t{1} << c;
  }
  return result;
}

}  // namespace nerveload
