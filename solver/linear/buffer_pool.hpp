#pragma once
#include <algorithm>
#include <map>
#include <mutex>
#include <new>
#include <vector>

namespace nerveload {

/// Memory that is used again: fresh pages cost as much as the work done on them. Safe among threads.
template <class Real>
class BufferPool {
 public:
  /// At least `size` numbers, whatever they are.
  std::vector<Real> take(std::size_t size) {
    {
      const std::lock_guard lock(mutex_);
      const auto fit = free_.lower_bound(size);
      if (fit != free_.end() && fit->first <= 2 * size + 1024) {
        std::vector<Real> buffer = std::move(fit->second);
        free_.erase(fit);
        return buffer;
      }
    }
    return std::vector<Real>(size);
  }
  /// For the next who takes one; where there is no memory to remember it by, it is freed.
  void give(std::vector<Real> buffer) noexcept {
    if (buffer.empty()) return;
    const std::lock_guard lock(mutex_);
    try {
      free_.emplace(buffer.size(), std::move(buffer));
    } catch (const std::bad_alloc&) {
    }
  }

 private:
  std::mutex mutex_;
  std::multimap<std::size_t, std::vector<Real>> free_;
};

}  // namespace nerveload
