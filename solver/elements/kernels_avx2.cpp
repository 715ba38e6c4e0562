#include "solver/elements/batch_kernels.hpp"

namespace nerveload {

extern const ElementKernels avx2_kernels;
constinit const ElementKernels avx2_kernels = kernels_of<Avx2>("AVX2");

}  // namespace nerveload
