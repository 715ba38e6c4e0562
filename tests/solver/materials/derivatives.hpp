#pragma once
/// What tests of materials share: deformations, and the check of stress and tangent against an energy.
#include <gtest/gtest.h>

#include "solver/base/dual.hpp"
#include "solver/materials/material.hpp"

namespace nerveload {

inline const Mat3<double> general{{1.3, 0.25, -0.1, 0.15, 0.8, 0.3, -0.2, 0.1, 1.05}};
inline const Mat3<double> squeezed{{0.5, 0.4, 0.0, -0.1, 1.5, 0.2, 0.3, -0.3, 1.2}};

template <class T>
Mat3<T> first_piola(const Response<T>& r, const Mat3<T>& F) {
  const Mat3<T> G = inverse(F, determinant(F));
  Mat3<T> P;
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 3; ++j)
      for (int k = 0; k < 3; ++k) P(i, j) += r.tau(i, k) * G(j, k);
  return P;
}

/// ∂P_iJ/∂F_kL rebuilt from the spatial answer: F⁻¹_Jj F⁻¹_Ll (c_ijkl + τ_jl δ_ik).
inline double nominal_tangent(const Response<double>& r, const Mat3<double>& F, int i, int J, int k, int L) {
  const Mat3<double> G = inverse(F, determinant(F));
  double a = 0.0;
  for (int j = 0; j < 3; ++j)
    for (int l = 0; l < 3; ++l) a += G(J, j) * G(L, l) * (r.c(Sym3<double>::index(i, j), Sym3<double>::index(k, l)) + (i == k ? r.tau(j, l) : 0.0));
  return a;
}

inline Mat3<Dual> along(const Mat3<double>& F, int k, int l) {
  Mat3<Dual> d;
  for (int i = 0; i < 9; ++i) d.a[i] = Dual(F.a[i], i == 3 * k + l ? 1.0 : 0.0);
  return d;
}

/// Checks stress and tangent of anything with energy(F) and respond(F).
template <class M>
void expect_derivatives(const M& m, const Mat3<double>& F, double tolerance) {
  const Response<double> r = m.respond(F);
  const Mat3<double> P = first_piola(r, F);
  for (int k = 0; k < 3; ++k)
    for (int l = 0; l < 3; ++l) {
      const Mat3<Dual> Fd = along(F, k, l);
      EXPECT_NEAR(P(k, l), m.energy(Fd).slope, tolerance) << "P " << k << l;
      const Mat3<Dual> Pd = first_piola(m.respond(Fd), Fd);
      for (int i = 0; i < 3; ++i)
        for (int j = 0; j < 3; ++j) EXPECT_NEAR(nominal_tangent(r, F, i, j, k, l), Pd(i, j).slope, tolerance) << "A " << i << j << k << l;
    }
}

template <class M>
void expect_differences(const M& m, const Mat3<double>& F, double tolerance) {
  const double h = 1e-5;
  const Response<double> r = m.respond(F);
  const Mat3<double> P = first_piola(r, F);
  for (int k = 0; k < 3; ++k)
    for (int l = 0; l < 3; ++l) {
      Mat3<double> plus = F, minus = F;
      plus(k, l) += h;
      minus(k, l) -= h;
      EXPECT_NEAR(P(k, l), (m.energy(plus) - m.energy(minus)) / (2 * h), tolerance);
      const Mat3<double> Pp = first_piola(m.respond(plus), plus), Pm = first_piola(m.respond(minus), minus);
      for (int i = 0; i < 3; ++i)
        for (int j = 0; j < 3; ++j) EXPECT_NEAR(nominal_tangent(r, F, i, j, k, l), (Pp(i, j) - Pm(i, j)) / (2 * h), tolerance);
    }
}

inline Mat3<double> rotation() {
  const double a = 0.6, b = -1.1;
  const Mat3<double> Rz{{std::cos(a), -std::sin(a), 0, std::sin(a), std::cos(a), 0, 0, 0, 1}};
  const Mat3<double> Rx{{1, 0, 0, 0, std::cos(b), -std::sin(b), 0, std::sin(b), std::cos(b)}};
  return product(Rz, Rx);
}

/// A fibre family seen as a material with an energy of F.
struct FibreOnly {
  FibreFamily family;
  Vec<double> a0{0.6, 0.0, 0.8};
  template <class T>
  T energy(const Mat3<T>& F) const {
    T sum = T(0.0);
    for (int i = 0; i < 3; ++i) {
      const T a = F(i, 0) * a0[0] + F(i, 1) * a0[1] + F(i, 2) * a0[2];
      sum += a * a;
    }
    return family.energy(T(sqrt(sum) * exp(-log(determinant(F)) / 3.0)));
  }
  template <class T>
  Response<T> respond(const Mat3<T>& F) const {
    Response<T> r;
    family.add_response(F, a0, r);
    return r;
  }
};

/// All of a material, with the energy of its parts.
struct WholeMaterial {
  Material material;
  Vec<double> a0{0.6, 0.0, 0.8};
  template <class T>
  T energy(const Mat3<T>& F) const {
    T w = std::visit([&](const auto& m) { return m.energy(F); }, material.matrix);
    if (material.fibres) w += FibreOnly{*material.fibres, a0}.energy(F);
    if (material.second_fibres) w += FibreOnly{material.second_fibres->family, material.second_fibres->a0}.energy(F);
    if (material.plane) w += material.plane->energy(F, a0);
    return w;
  }
  template <class T>
  Response<T> respond(const Mat3<T>& F) const {
    return material.respond(F, a0);
  }
};

}  // namespace nerveload
