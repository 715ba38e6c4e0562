#pragma once
/// The element on packs of one instruction set. Only the three files kernels_*.cpp include this: each is compiled for its own processor, and
/// nothing may come out of it whose name another file could share.
#include "solver/base/pack.hpp"
#include "solver/elements/element_kernels.hpp"
#include "solver/elements/mean_dilatation.hpp"

namespace nerveload {

template <class Isa, class Shape>
struct BatchKernels {
  using T = Pack<Isa>;
  using Element = MeanDilatation<Shape, T>;
  using Vectors = Nodal<Shape, T>;

  static void load(const double* from, Vectors& to) {
    for (int n = 0; n < Shape::nodes; ++n)
      for (int i = 0; i < 3; ++i) to[n][i] = T::load(from + (3 * n + i) * T::lanes);
  }
  static void store(const Vectors& from, double* to) {
    for (int n = 0; n < Shape::nodes; ++n)
      for (int i = 0; i < 3; ++i) from[n][i].store(to + (3 * n + i) * T::lanes);
  }

  static void move(const ElementBatch& b, typename Element::Motion& m) {
    Vectors X, u;
    load(b.X, X);
    load(b.u, u);
    Mat3<T> growth;
    if (b.growth)
      for (int i = 0; i < 9; ++i) growth.a[i] = T::load(b.growth + i * T::lanes);
    Element::move(X, u, b.growth ? &growth : nullptr, b.material->small_strain, m);
    select(m.upright, T(1.0), T(0.0)).store(b.upright);
  }

  /// Calls `visit` with the batch's PointLaw.
  template <class Visit>
  static void with_law(const ElementBatch& b, Visit&& visit) {
    with_ground(*b.material, [&]<class Ground>(const Ground& ground) {
      PointLaw<T, Ground> law{*b.material, ground};
      for (int i = 0; i < 3; ++i) law.fibre[i] = T::load(b.fibre + i * T::lanes);
      std::array<Sym3<T>, Shape::points> frozen;
      if (b.frozen) {
        for (int q = 0; q < Shape::points; ++q)
          for (int i = 0; i < 6; ++i) frozen[q][i] = T::load(b.frozen + (6 * q + i) * T::lanes);
        law.share = b.share;
        law.frozen = frozen.data();
      }
      visit(law);
    });
  }

  [[gnu::flatten]] static void residual(const ElementBatch& b) {
    typename Element::Motion m;
    move(b, m);
    with_law(b, [&](const auto& law) {
      Vectors f;
      Element::integrate(law, m, f);
      store(f, b.residual);
    });
  }

  [[gnu::flatten]] static void residual_and_tangent(const ElementBatch& b) {
    typename Element::Motion m;
    move(b, m);
    with_law(b, [&](const auto& law) {
      Vectors f;
      Element::integrate(law, m, T::load(b.mixed), f, *reinterpret_cast<PairBlocks<Shape, T>*>(b.tangent));
      store(f, b.residual);
    });
  }

  [[gnu::flatten]] static void pressures(const ElementBatch& b) {
    typename Element::Motion m;
    Vectors G, du;
    move(b, m);
    load(b.du, du);
    Element::dilatation_gradient(m, b.material->small_strain, G);
    T change(0.0);
    for (int n = 0; n < Shape::nodes; ++n)
      for (int i = 0; i < 3; ++i) change += G[n][i] * du[n][i];
    const Volumetric& law = b.material->volumetric;
    (law.pressure(m.theta) + law.stiffness(m.theta) / m.volume * change).store(b.mixed);
  }

  static constexpr ElementKernels::OfShape all() { return {Shape::nodes, residual, residual_and_tangent, pressures}; }
};

template <class Isa>
void apply(PackFunction f, const double* x, double* y, int count) {
  using T = Pack<Isa>;
  for (int i = 0; i < count; i += T::lanes) {
    const T a = T::load(x + i), b = -a * a / 3.0;
    switch (f) {
      case PackFunction::exp: exp(a).store(y + i); break;
      case PackFunction::log: log(a).store(y + i); break;
      case PackFunction::sqrt: sqrt(a).store(y + i); break;
      case PackFunction::abs: abs(a).store(y + i); break;
      case PackFunction::min: min(a, b).store(y + i); break;
      case PackFunction::max: max(a, b).store(y + i); break;
    }
  }
}

template <class Isa>
constexpr ElementKernels kernels_of(const char* name) {
  return {
      name, Isa::lanes, {BatchKernels<Isa, Hex8Shape>::all(), BatchKernels<Isa, Tet10Shape>::all(), BatchKernels<Isa, Tet4Shape>::all()}, apply<Isa>};
}

}  // namespace nerveload
