#include "solver/elements/batch_kernels.hpp"

namespace nerveload {

extern const ElementKernels avx512_kernels;
constinit const ElementKernels avx512_kernels = kernels_of<Avx512>("AVX-512");

}  // namespace nerveload
