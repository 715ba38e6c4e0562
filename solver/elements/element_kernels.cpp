#include "solver/elements/element_kernels.hpp"

#include <cstdlib>
#include <stdexcept>
#include <string>
#include <vector>

namespace nerveload {

extern const ElementKernels plain_kernels, avx2_kernels, avx512_kernels;

namespace {

std::vector<const ElementKernels*> find_usable() {
  std::vector<const ElementKernels*> usable{&plain_kernels};
#ifdef NERVELOAD_X86_KERNELS
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) usable.insert(usable.begin(), &avx2_kernels);
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl"))
    usable.insert(usable.begin(), &avx512_kernels);
#endif
  return usable;
}

}  // namespace

std::span<const ElementKernels* const> usable_kernels() {
  static const std::vector<const ElementKernels*> usable = find_usable();
  return usable;
}

const ElementKernels& element_kernels() {
  const char* wanted = std::getenv("NERVELOAD_KERNELS");
  if (!wanted || !*wanted) return *usable_kernels().front();
  std::string known;
  for (const ElementKernels* k : usable_kernels()) {
    if (wanted == std::string(k->name)) return *k;
    known += std::string(known.empty() ? "" : ", ") + k->name;
  }
  throw std::runtime_error(std::string("NERVELOAD_KERNELS=") + wanted + ": this processor can run " + known);
}

}  // namespace nerveload
