#pragma once
#include <span>

#include "solver/materials/material.hpp"

namespace nerveload {

/// Cells of one shape and one material, as many as a kernel takes at a time. Arrays by component, then lane, aligned to 64 bytes.
struct ElementBatch {
  const Material* material;
  const double* X;       ///< 3 per node, mm
  const double* u;       ///< 3 per node, mm
  const double* growth;  ///< 9, or null
  const double* fibre;   ///< 3
  const double* frozen;  ///< Prony::frozen_stress, 6 per point, kPa, or null
  double share;          ///< Prony::Step::share
  const double* du;      ///< increment, for `pressures` only
  double* mixed;         ///< mixed pressure, kPa; `pressures` writes it
  double* residual;      ///< 3 per node, mN
  double* tangent;       ///< 9 per node pair (PairBlocks), mN/mm
  double* upright;       ///< 1, or 0 where the cell is inverted and nothing else was said
};

/// Elementary functions of Pack, for tests: f of `count` numbers, a multiple of the lanes.
enum class PackFunction { exp, log, sqrt, abs, min, max };  // of x and −x²/3: min, max

/// The element's text compiled for one instruction set.
struct ElementKernels {
  using Kernel = void (*)(const ElementBatch&);
  struct OfShape {
    int nodes;
    Kernel residual;
    Kernel residual_and_tangent;
    Kernel pressures;  ///< mixed ← U'(θ) + U''/V G·du
  };
  const char* name;  ///< "plain", "AVX2", "AVX-512"
  int lanes;
  OfShape shapes[3];
  void (*apply)(PackFunction, const double* x, double* y, int count);

  const OfShape& of(int nodes) const { return shapes[nodes == shapes[0].nodes ? 0 : nodes == shapes[1].nodes ? 1 : 2]; }
};

/// Those that this processor can run, the fastest first.
std::span<const ElementKernels* const> usable_kernels();
/// The fastest, or the one that the environment variable NERVELOAD_KERNELS names: to compare results between machines, and in tests.
/// @throws std::runtime_error when that cannot be run here
const ElementKernels& element_kernels();

}  // namespace nerveload
