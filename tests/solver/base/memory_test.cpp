#include "solver/base/memory.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <cmath>

#include "solver/linear/linear_solver.hpp"

namespace nerveload {
namespace {

/// This process's limit on addresses, put back at the end.
class AddressLimit {
 public:
  explicit AddressLimit(double more_bytes) {
    getrlimit(RLIMIT_AS, &before_);
    rlimit limit = before_;
    limit.rlim_cur = static_cast<rlim_t>(size_now() + more_bytes);
    setrlimit(RLIMIT_AS, &limit);
  }
  ~AddressLimit() { setrlimit(RLIMIT_AS, &before_); }
  AddressLimit(const AddressLimit&) = delete;
  AddressLimit& operator=(const AddressLimit&) = delete;

 private:
  static double size_now() {
    std::FILE* file = std::fopen("/proc/self/statm", "r");
    long pages = 0;
    if (!file || std::fscanf(file, "%ld", &pages) != 1) return 0.0;
    std::fclose(file);
    return double(pages) * 4096.0;
  }
  rlimit before_{};
};

TEST(Memory, FollowsTheLimitOnAddresses) {
  EXPECT_GT(available_memory_bytes(), 1e7);
  const AddressLimit limit(5e8);
  EXPECT_NEAR(available_memory_bytes(), 5e8, 5e7);
}

TEST(Memory, SaysWhatIsMissing) {
  EXPECT_STREQ(InsufficientMemory(7.26e9, 3.1e9).what(), "the factorisation needs 7.3 GB of memory and 3.1 GB are available");
}

#ifdef NERVELOAD_HAVE_MULTIFRONTAL
TEST(Memory, AFactorisationThatWouldNotFitIsRefusedBeforehand) {
  const int n = 3000;  // dense: 4.5 million entries
  std::vector<Eigen::Triplet<double>> entries;
  for (int c = 0; c < n; ++c)
    for (int r = c; r < n; ++r) entries.emplace_back(r, c, r == c ? n : 1.0);
  Eigen::SparseMatrix<double> K(n, n);
  K.setFromTriplets(entries.begin(), entries.end());
  const auto solver = make_linear_solver(LinearSolverKind::multifrontal, 1);
  solver->analyse(K);
  const auto other = make_linear_solver(LinearSolverKind::multifrontal, 1);
  const AddressLimit limit(2e7);  // 36 MB are needed
  EXPECT_THROW(other->analyse(K), InsufficientMemory);
}
#endif

}  // namespace
}  // namespace nerveload
