#include "solver/linear/dense_kernels.hpp"

#ifdef NERVELOAD_HAVE_MULTIFRONTAL
#include <algorithm>
#include <array>
#include <cstdlib>
#include <mutex>
#include <string_view>

extern "C" {
char* openblas_get_corename();
// What OpenBLAS does when it is loaded, and undoes; in builds for several processors (DYNAMIC_ARCH) only, hence weak.
void __attribute__((weak)) gotoblas_dynamic_init();
void __attribute__((weak)) gotoblas_dynamic_quit();
}

namespace nerveload {
namespace {

bool has_avx512() {
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512vl");
}

bool kernels_are_avx512() {
  constexpr std::array<std::string_view, 3> names{"SkylakeX", "Cooperlake", "Sapphirerapids"};
  const std::string_view chosen = openblas_get_corename();
  return std::find(names.begin(), names.end(), chosen) != names.end();
}

}  // namespace

void use_best_dense_kernels() {
  static std::once_flag once;
  std::call_once(once, [] {
    constexpr const char* choice = "OPENBLAS_CORETYPE";
    if (!has_avx512() || kernels_are_avx512() || std::getenv(choice) || !gotoblas_dynamic_init || !gotoblas_dynamic_quit) return;
    setenv(choice, "SkylakeX", 1);
    gotoblas_dynamic_quit();
    gotoblas_dynamic_init();
    unsetenv(choice);
  });
}

std::string dense_kernels_name() { return std::string("OpenBLAS ") + openblas_get_corename(); }

}  // namespace nerveload
#endif
