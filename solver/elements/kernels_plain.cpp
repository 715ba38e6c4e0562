#include "solver/elements/batch_kernels.hpp"

namespace nerveload {

extern const ElementKernels plain_kernels;
constinit const ElementKernels plain_kernels = kernels_of<Plain>("plain");

}  // namespace nerveload
