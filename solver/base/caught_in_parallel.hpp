#pragma once
#include <exception>
#include <mutex>

namespace nerveload {

/// Keeps what is thrown within a parallel loop, where it must not leave its iteration, until the loop is over.
class CaughtInParallel {
 public:
  template <class Work>
  void run(const Work& work) noexcept {
    try {
      work();
    } catch (...) {
      const std::lock_guard lock(mutex_);
      if (!first_) first_ = std::current_exception();
    }
  }
  /// The first of what was thrown, if anything was.
  void rethrow() const {
    if (first_) std::rethrow_exception(first_);
  }

 private:
  std::mutex mutex_;
  std::exception_ptr first_;
};

}  // namespace nerveload
