#pragma once
#include <string>

namespace nerveload {

/// Makes OpenBLAS use its AVX-512 kernels where the processor has them and it did not find out by itself: nearly a factor of two on some
/// processors. Whoever sets OPENBLAS_CORETYPE has chosen. Before the first call of a kernel; later calls do nothing.
void use_best_dense_kernels();

/// "OpenBLAS SkylakeX" and the like.
std::string dense_kernels_name();

}  // namespace nerveload
