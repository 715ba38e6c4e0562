#pragma once
/// Small fixed tensors on a scalar T: double (the reference), Pack (several elements at a time), Dual (the proof of derivatives).
/// No Eigen inside, and no `if` on a T.
#include <array>
#include <cmath>
#include <utility>

namespace nerveload {

using std::abs;
using std::exp;
using std::log;
using std::sqrt;

template <class T>
using Vec = std::array<T, 3>;

/// What a comparison of two T answers, and the choice by it: a where it holds, b elsewhere.
template <class T>
using MaskOf = decltype(T() < T());
template <class T>
T select(bool yes, const T& a, const T& b) {
  return yes ? a : b;
}

/// Calls body(i) for i = 0 … count − 1, each a constant: a loop of which nothing is left to run.
template <int count, class Body>
[[gnu::always_inline]] inline constexpr void unrolled(Body&& body) {
  [&]<int... i>(std::integer_sequence<int, i...>) __attribute__((always_inline)) { (body(std::integral_constant<int, i>{}), ...); }
  (std::make_integer_sequence<int, count>{});
}

/// 3×3 tensor, row-major.
template <class T>
struct Mat3 {
  std::array<T, 9> a{};
  T& operator()(int i, int j) { return a[3 * i + j]; }
  const T& operator()(int i, int j) const { return a[3 * i + j]; }
  static Mat3 identity() {
    Mat3 m;
    m(0, 0) = m(1, 1) = m(2, 2) = T(1.0);
    return m;
  }
};

/// Symmetric tensor in the order XX YY ZZ XY YZ XZ (tensor components, no factors of two).
template <class T>
struct Sym3 {
  std::array<T, 6> a{};
  T& operator[](int i) { return a[i]; }
  const T& operator[](int i) const { return a[i]; }
  static constexpr int index(int i, int j) {
    constexpr int table[3][3] = {{0, 3, 5}, {3, 1, 4}, {5, 4, 2}};
    return table[i][j];
  }
  static constexpr int row(int v) { return v < 3 ? v : v == 4 ? 1 : 0; }
  static constexpr int column(int v) { return v < 3 ? v : v == 3 ? 1 : 2; }
  const T& operator()(int i, int j) const { return a[index(i, j)]; }
  T& operator()(int i, int j) { return a[index(i, j)]; }
};

/// Fourth-order tensor with both minor symmetries and the major one, c_ijkl = c(index(i,j), index(k,l)): twenty-one numbers.
template <class T>
struct Sym6 {
  std::array<T, 21> a{};
  static constexpr int index(int i, int j) { return i >= j ? i * (i + 1) / 2 + j : j * (j + 1) / 2 + i; }
  T& operator()(int i, int j) { return a[index(i, j)]; }
  const T& operator()(int i, int j) const { return a[index(i, j)]; }
  /// Calls entry(i, j) for j ≤ i, each a constant.
  template <class Entry>
  [[gnu::always_inline]] static void each(Entry&& entry) {
    unrolled<36>([&](auto ij) {
      constexpr std::integral_constant<int, ij / 6> i;
      constexpr std::integral_constant<int, ij % 6> j;
      if constexpr (j <= i) entry(i, j);
    });
  }
  /// Adds s · v⊗v.
  void add_square(const T& s, const Sym3<T>& v) {
    Sym3<T> sv;
    for (int i = 0; i < 6; ++i) sv[i] = s * v[i];
    each([&](auto i, auto j) { a[index(i, j)] += sv[i] * v[j]; });
  }
  /// Adds v⊗w, one of several whose sum is symmetric.
  void add_row(const Sym3<T>& v, const Sym3<T>& w) {
    each([&](auto i, auto j) { a[index(i, j)] += v[i] * w[j]; });
  }
  /// Adds s · (v⊗1 + 1⊗v), 1 the unit tensor.
  void add_pair_with_unit(const T& s, const Sym3<T>& v) {
    Sym3<T> sv;
    for (int i = 0; i < 6; ++i) sv[i] = s * v[i];
    each([&](auto i, auto j) {
      if constexpr (i < 3) a[index(i, j)] += sv[i] + sv[j];
      else if constexpr (j < 3) a[index(i, j)] += sv[i];
    });
  }
  /// Adds s · 1⊗1.
  void add_unit_square(const T& s) {
    each([&](auto i, auto j) {
      if constexpr (i < 3) a[index(i, j)] += s;
    });
  }
  /// Adds s · I, I the symmetric fourth-order identity.
  void add_identity(const T& s) {
    const T half = 0.5 * s;
    for (int i = 0; i < 6; ++i) a[index(i, i)] += i < 3 ? s : half;
  }
  /// Adds s · v⊙1, symmetric: ¼ s (v_ik δ_jl + v_il δ_jk + v_jk δ_il + v_jl δ_ik), so that d : (v⊙1) : d = d_ij v_jk d_ki.
  void add_product_with_unit(const T& s, const Sym3<T>& v) {
    const T quarter = 0.25 * s;
    each([&](auto p, auto q) {
      constexpr int i = Sym3<T>::row(p), j = Sym3<T>::column(p), k = Sym3<T>::row(q), l = Sym3<T>::column(q);
      T sum(0.0);
      if constexpr (j == l) sum += v(i, k);
      if constexpr (j == k) sum += v(i, l);
      if constexpr (i == l) sum += v(j, k);
      if constexpr (i == k) sum += v(j, l);
      a[index(p, q)] += quarter * sum;
    });
  }
  /// Adds s · c.
  void add(const T& s, const Sym6& c) {
    for (int i = 0; i < 21; ++i) a[i] += s * c.a[i];
  }
};

/// A tangent that nobody asked for: what is added to it is never computed.
template <class T>
struct NoTangent {
  void add_square(const T&, const Sym3<T>&) {}
  void add_row(const Sym3<T>&, const Sym3<T>&) {}
  void add_pair_with_unit(const T&, const Sym3<T>&) {}
  void add_unit_square(const T&) {}
  void add_identity(const T&) {}
  void add_product_with_unit(const T&, const Sym3<T>&) {}
  void add(const T&, const NoTangent&) {}
};

template <class T>
T determinant(const Mat3<T>& m) {
  return m(0, 0) * (m(1, 1) * m(2, 2) - m(1, 2) * m(2, 1)) - m(0, 1) * (m(1, 0) * m(2, 2) - m(1, 2) * m(2, 0)) +
         m(0, 2) * (m(1, 0) * m(2, 1) - m(1, 1) * m(2, 0));
}

template <class T>
Mat3<T> product(const Mat3<T>& a, const Mat3<T>& b) {
  Mat3<T> r;
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 3; ++j) r(i, j) = a(i, 0) * b(0, j) + a(i, 1) * b(1, j) + a(i, 2) * b(2, j);
  return r;
}

/// The inverse of a tensor, from one over its determinant: a division is the dearest operation there is.
template <class T>
Mat3<T> inverse_by(const Mat3<T>& m, const T& per_determinant) {
  Mat3<T> r;
  unrolled<9>([&](auto ij) {
    constexpr int i = ij / 3, j = ij % 3, i1 = (i + 1) % 3, i2 = (i + 2) % 3, j1 = (j + 1) % 3, j2 = (j + 2) % 3;
    r(j, i) = (m(i1, j1) * m(i2, j2) - m(i1, j2) * m(i2, j1)) * per_determinant;
  });
  return r;
}
template <class T>
Mat3<T> inverse(const Mat3<T>& m, const T& determinant) {
  return inverse_by(m, T(1.0 / determinant));
}

/// s · v.
template <class T>
Vec<T> product(const Sym3<T>& s, const Vec<T>& v) {
  return {s[0] * v[0] + s[3] * v[1] + s[5] * v[2], s[3] * v[0] + s[1] * v[1] + s[4] * v[2], s[5] * v[0] + s[4] * v[1] + s[2] * v[2]};
}

/// b = F Fᵀ.
template <class T>
Sym3<T> left_cauchy_green(const Mat3<T>& F) {
  Sym3<T> b;
  for (int i = 0; i < 3; ++i)
    for (int j = i; j < 3; ++j) b(i, j) = F(i, 0) * F(j, 0) + F(i, 1) * F(j, 1) + F(i, 2) * F(j, 2);
  return b;
}

/// Eigenvalues and orthonormal eigenvectors (columns of `vectors`) of a symmetric tensor.
template <class T>
struct Spectrum {
  Vec<T> values;
  Mat3<T> vectors;
};

/// The eigenvalue of a tensor s, tr s = 0 and s : s = 6, that lies by itself, 2c with 4c³ − 3c = ½ det s and ½√3 ≤ |c| ≤ 1: the other two are
/// at least √3 away. From a cubic that is good to 1e-4, two steps of Newton's method reach rounding error.
template <class T>
T lone_eigenvalue(const T& half_determinant) {
  const T k = abs(half_determinant), bounded = select(k > T(1.0), T(1.0), k);
  T c = 0.8660254 + bounded * (0.1666667 - bounded * (0.0425207 - bounded * 0.0098286));
  for (int step = 0; step < 2; ++step) c -= (c * (4.0 * c * c - 3.0) - bounded) / (12.0 * c * c - 3.0);
  return select(half_determinant < T(0.0), T(-2.0 * c), T(2.0 * c));
}

/// A unit vector in the null space of a symmetric tensor of rank two: its adjugate is v⊗v but for a factor, and has v in each column.
template <class T>
Vec<T> null_vector(const Sym3<T>& m) {
  const T xx = m[1] * m[2] - m[4] * m[4], yy = m[0] * m[2] - m[5] * m[5], zz = m[0] * m[1] - m[3] * m[3];
  const T xy = m[4] * m[5] - m[3] * m[2], yz = m[3] * m[5] - m[4] * m[0], xz = m[3] * m[4] - m[1] * m[5];
  const MaskOf<T> x_first = xx >= yy, z_first = zz > select(x_first, xx, yy);  // the longest column
  const Vec<T> v{select(z_first, xz, select(x_first, xx, xy)), select(z_first, yz, select(x_first, xy, yy)),
                 select(z_first, zz, select(x_first, xz, yz))};
  const T scale = 1.0 / sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
  return {v[0] * scale, v[1] * scale, v[2] * scale};
}

/// Without a test on the data, so that the same text serves packs of elements: of the deviator, scaled to s : s = 6, first the eigenvalue that
/// lies by itself and its vector, then one Jacobi rotation in the plane across it. Nothing is near to singular: that eigenvalue is never near
/// another, a Jacobi rotation does not mind equal ones, and where the deviator vanishes any axes will do. Values are as exact as the tensor
/// is, some 1e-16 of its size (docs/decisions/0017-packs-of-elements.md).
template <class T>
Spectrum<T> spectrum(const Sym3<T>& b) {
  T mean = (1.0 / 3.0) * (b[0] + b[1] + b[2]);
  Sym3<T> s = b;
  for (int i = 0; i < 3; ++i) s[i] -= mean;
  // Once more: where the deviator is of the size of rounding, the mean's own rounding is left in its trace, and what follows needs tr s = 0.
  const T rest = (1.0 / 3.0) * (s[0] + s[1] + s[2]);
  for (int i = 0; i < 3; ++i) s[i] -= rest;
  mean += rest;
  const T square = s[0] * s[0] + s[1] * s[1] + s[2] * s[2] + 2.0 * (s[3] * s[3] + s[4] * s[4] + s[5] * s[5]);
  const T size = sqrt((1.0 / 6.0) * square) + 1e-150, per_size = 1.0 / size;
  for (int i = 0; i < 6; ++i) s[i] *= per_size;
  const T determinant = s[0] * (s[1] * s[2] - s[4] * s[4]) - s[3] * (s[3] * s[2] - s[4] * s[5]) + s[5] * (s[3] * s[4] - s[1] * s[5]);
  const T lone = lone_eigenvalue(T(0.5 * determinant));
  Sym3<T> shifted = s;
  for (int i = 0; i < 3; ++i) shifted[i] -= lone;
  const Vec<T> v = null_vector(shifted);

  // Two more axes (Duff et al. 2017), and the tensor in their plane.
  const T sign = select(v[2] < T(0.0), T(-1.0), T(1.0));
  const T a = -1.0 / (sign + v[2]), ab = v[0] * v[1] * a;
  const Vec<T> p{1.0 + sign * v[0] * v[0] * a, sign * ab, -sign * v[0]}, q{ab, sign + v[1] * v[1] * a, -v[1]};
  const Vec<T> sp = product(s, p), sq = product(s, q);
  const T pp = p[0] * sp[0] + p[1] * sp[1] + p[2] * sp[2], pq = q[0] * sp[0] + q[1] * sp[1] + q[2] * sp[2];
  const T qq = q[0] * sq[0] + q[1] * sq[1] + q[2] * sq[2];

  // tan of the rotation angle, smaller root, written so that a vanishing off-diagonal gives no rotation.
  const T half_gap = 0.5 * (qq - pp);
  const T root = sqrt(half_gap * half_gap + pq * pq) + 1e-150;
  const T t = select(half_gap < T(0.0), T(-pq), pq) / (abs(half_gap) + root);
  const T c = 1.0 / sqrt(1.0 + t * t), sn = c * t;
  Spectrum<T> r;
  r.values = {mean - size * (pp + qq), mean + size * (pp - t * pq), mean + size * (qq + t * pq)};
  for (int i = 0; i < 3; ++i) {
    r.vectors(i, 0) = v[i];
    r.vectors(i, 1) = c * p[i] - sn * q[i];
    r.vectors(i, 2) = sn * p[i] + c * q[i];
  }
  return r;
}

}  // namespace nerveload
