#pragma once
/// Small fixed tensors on a scalar T (double for the program, Dual for the proof of derivatives). No Eigen inside.
#include <array>
#include <cmath>

namespace nerveload {

using std::abs;
using std::exp;
using std::log;
using std::sqrt;

template <class T>
using Vec = std::array<T, 3>;

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
  const T& operator()(int i, int j) const { return a[index(i, j)]; }
  T& operator()(int i, int j) { return a[index(i, j)]; }
};

/// Fourth-order tensor with both minor symmetries and the major one: c_ijkl = C[index(i,j)][index(k,l)].
template <class T>
struct Sym6 {
  std::array<std::array<T, 6>, 6> a{};
  std::array<T, 6>& operator[](int i) { return a[i]; }
  const std::array<T, 6>& operator[](int i) const { return a[i]; }
  /// Adds s · v⊗v.
  void add_square(const T& s, const Sym3<T>& v) {
    for (int i = 0; i < 6; ++i)
      for (int j = 0; j < 6; ++j) a[i][j] += s * v[i] * v[j];
  }
  /// Adds s · (v⊗w + w⊗v).
  void add_pair(const T& s, const Sym3<T>& v, const Sym3<T>& w) {
    for (int i = 0; i < 6; ++i)
      for (int j = 0; j < 6; ++j) a[i][j] += s * (v[i] * w[j] + w[i] * v[j]);
  }
  /// Adds s · I, I the symmetric fourth-order identity.
  void add_identity(const T& s) {
    for (int i = 0; i < 6; ++i) a[i][i] += s * (i < 3 ? 1.0 : 0.5);
  }
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

template <class T>
Mat3<T> inverse(const Mat3<T>& m, const T& det) {
  Mat3<T> r;
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 3; ++j) {
      const int i1 = (i + 1) % 3, i2 = (i + 2) % 3, j1 = (j + 1) % 3, j2 = (j + 2) % 3;
      r(j, i) = (m(i1, j1) * m(i2, j2) - m(i1, j2) * m(i2, j1)) / det;
    }
  return r;
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

/// Cyclic Jacobi rotations, a fixed number of sweeps: no test on the data, so the same text serves packs of elements.
/// Five sweeps reach rounding error for any 3×3 (quadratic convergence after the second).
template <class T>
Spectrum<T> spectrum(Sym3<T> s) {
  Mat3<T> v = Mat3<T>::identity();
  for (int sweep = 0; sweep < 5; ++sweep)
    for (const auto& [p, q] : {std::pair{0, 1}, std::pair{0, 2}, std::pair{1, 2}}) {
      // tan of the rotation angle, smaller root, written so that a vanishing off-diagonal gives no rotation.
      const T off = s(p, q);
      const T half_gap = 0.5 * (s(q, q) - s(p, p));
      const T root = sqrt(half_gap * half_gap + off * off) + 1e-300;
      const T sign = half_gap < 0.0 ? T(-1.0) : T(1.0);
      const T t = sign * off / (abs(half_gap) + root);
      const T c = 1.0 / sqrt(1.0 + t * t);
      const T sn = c * t;
      const int r = 3 - p - q;
      const T rp = s(r, p), rq = s(r, q);
      s(p, p) -= t * off;
      s(q, q) += t * off;
      s(p, q) = T(0.0);
      s(r, p) = c * rp - sn * rq;
      s(r, q) = sn * rp + c * rq;
      for (int i = 0; i < 3; ++i) {
        const T vp = v(i, p), vq = v(i, q);
        v(i, p) = c * vp - sn * vq;
        v(i, q) = sn * vp + c * vq;
      }
    }
  return {{s(0, 0), s(1, 1), s(2, 2)}, v};
}

}  // namespace nerveload
