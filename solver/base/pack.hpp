#pragma once
/// Several numbers at a time: the scalar T that makes a kernel written for one element do 2, 4 or 8 of them in a stroke.
///   compare  ─▶ Mask,   select(mask, a, b) instead of `if`,   exp log sqrt abs min max without branches
/// This is the only file that knows the compiler's vectors. A width is written out: a `vector_size` that depends on a template parameter is
/// dropped without a word. What is made of Pack<Isa> carries the instruction set in its name, so that the linker cannot take code for a
/// wide processor where a narrow one asked for it (docs/decisions/0017-packs-of-elements.md).
#include <initializer_list>
#include <limits>

namespace nerveload {

/// Instruction sets: what any x86-64 (or other) processor has, AVX2 with FMA, AVX-512 (F, DQ, VL).
struct Plain {
  static constexpr int lanes = 2;
  typedef double Real __attribute__((vector_size(16), may_alias));
  typedef unsigned long long Bits __attribute__((vector_size(16), may_alias));
  typedef decltype(Real{} < Real{}) Truth;
};
struct Avx2 {
  static constexpr int lanes = 4;
  typedef double Real __attribute__((vector_size(32), may_alias));
  typedef unsigned long long Bits __attribute__((vector_size(32), may_alias));
  typedef decltype(Real{} < Real{}) Truth;
};
struct Avx512 {
  static constexpr int lanes = 8;
  typedef double Real __attribute__((vector_size(64), may_alias));
  typedef unsigned long long Bits __attribute__((vector_size(64), may_alias));
  typedef decltype(Real{} < Real{}) Truth;
};

/// Square roots of all lanes: the one operation that the compiler's vectors lack.
inline Plain::Real roots(Plain::Real a) {
  for (int i = 0; i < Plain::lanes; ++i) a[i] = __builtin_sqrt(a[i]);
  return a;
}
#ifdef __AVX2__
inline Avx2::Real roots(Avx2::Real a) { return __builtin_ia32_sqrtpd256(a); }
#endif
#if defined(__AVX512F__) && defined(__clang__)
inline Avx512::Real roots(Avx512::Real a) { return __builtin_ia32_sqrtpd512(a, 4); }
#elif defined(__AVX512F__)
inline Avx512::Real roots(Avx512::Real a) { return __builtin_ia32_sqrtpd512_mask(a, a, -1, 4); }
#endif

/// Yes or no per lane.
template <class Isa>
struct Mask {
  typename Isa::Truth v;
  friend Mask operator&(Mask a, Mask b) { return {a.v & b.v}; }
  friend Mask operator|(Mask a, Mask b) { return {a.v | b.v}; }
  friend Mask operator!(Mask a) { return {~a.v}; }
};

template <class Isa>
struct Pack {
  using Real = typename Isa::Real;
  using Bits = typename Isa::Bits;
  static constexpr int lanes = Isa::lanes;
  Real v;

  Pack() = default;
  Pack(double x) : v(x - Real{}) {}  // NOLINT: constants enter formulas as they stand
  explicit Pack(Real x) : v(x) {}
  static Pack load(const double* from) { return Pack(*reinterpret_cast<const Real*>(from)); }
  void store(double* to) const { *reinterpret_cast<Real*>(to) = v; }

  Pack& operator+=(Pack o) { return v += o.v, *this; }
  Pack& operator-=(Pack o) { return v -= o.v, *this; }
  Pack& operator*=(Pack o) { return v *= o.v, *this; }
  Pack& operator/=(Pack o) { return v /= o.v, *this; }
  friend Pack operator+(Pack a, Pack b) { return Pack(a.v + b.v); }
  friend Pack operator-(Pack a, Pack b) { return Pack(a.v - b.v); }
  friend Pack operator*(Pack a, Pack b) { return Pack(a.v * b.v); }
  friend Pack operator/(Pack a, Pack b) { return Pack(a.v / b.v); }
  friend Pack operator-(Pack a) { return Pack(-a.v); }
  friend Mask<Isa> operator<(Pack a, Pack b) { return {a.v < b.v}; }
  friend Mask<Isa> operator>(Pack a, Pack b) { return {a.v > b.v}; }
  friend Mask<Isa> operator<=(Pack a, Pack b) { return {a.v <= b.v}; }
  friend Mask<Isa> operator>=(Pack a, Pack b) { return {a.v >= b.v}; }
  friend Pack select(Mask<Isa> m, Pack a, Pack b) { return Pack(m.v ? a.v : b.v); }

  friend Pack abs(Pack a) { return Pack(reinterpret_cast<Real>(reinterpret_cast<Bits>(a.v) & 0x7fff'ffff'ffff'ffffull)); }
  /// A NaN in either stays, as in no function of the standard library.
  friend Pack min(Pack a, Pack b) { return select((a < b) | !(a <= a), a, b); }
  friend Pack max(Pack a, Pack b) { return select((a > b) | !(a <= a), a, b); }
  friend Pack sqrt(Pack a) { return Pack(roots(a.v)); }

  /// e^x = 2^n e^r with n the whole number next to x/ln 2 and |r| ≤ ½ ln 2, e^r by its Taylor series to the fourteenth power. Relative error
  /// below 4e-16; results below the least normal number are 0.
  friend Pack exp(Pack x) {
    constexpr double shift = 0x1.8p52;  // added and taken away it leaves a whole number, which stands in the lowest bits meanwhile
    constexpr double ln2_high = 0x1.62e42fefa38p-1, ln2_low = 0x1.ef35793c7673p-45;
    x = select(x > 710.0, Pack(710.0), select(x < -709.0, Pack(-709.0), x));
    const Pack shifted = x * 0x1.71547652b82fep0 + shift, n = shifted - shift;
    const Pack r = (x - n * ln2_high) - n * ln2_low;
    // Even and odd powers apart: two short chains of operations instead of a long one.
    const Pack s = r * r;
    Pack even = 1.0 / 87178291200.0, odd = 1.0 / 6227020800.0;
    for (const double c : {1.0 / 479001600.0, 1.0 / 3628800.0, 1.0 / 40320.0, 1.0 / 720.0, 1.0 / 24.0, 0.5}) even = even * s + c;
    for (const double c : {1.0 / 39916800.0, 1.0 / 362880.0, 1.0 / 5040.0, 1.0 / 120.0, 1.0 / 6.0}) odd = odd * s + c;
    const Pack sum = 1.0 + (r + s * (even + r * odd));
    // 2^(n−1), so that n = 1024 stays in range; n = −1022 gives 0.
    const Bits exponent = (reinterpret_cast<Bits>(shifted.v) + 1022ull) << 52;
    return select(n > -1022.0, sum * Pack(reinterpret_cast<Real>(exponent)) * 2.0, select(n <= -1022.0, Pack(0.0), n));
  }

  /// log x = e ln 2 + 2 artanh f, f = (m − 1)/(m + 1), x = m 2^e, ½√2 ≤ m < √2; artanh by its series to the twenty-first power. Relative error
  /// below 4e-16. NaN for x ≤ 0, and for numbers too small to be normal.
  friend Pack log(Pack x) {
    constexpr double ln2_high = 0x1.62e42fefa38p-1, ln2_low = 0x1.ef35793c7673p-45;
    constexpr unsigned long long half_root = 0x3fe6'a09e'667f'3bcdull;  // ½√2
    const Bits above = reinterpret_cast<Bits>(x.v) - half_root + (1023ull << 52);
    const Bits biased = above >> 52;  // e + 1023
    const Pack e = Pack(reinterpret_cast<Real>(biased | 0x4330'0000'0000'0000ull)) - (0x1p52 + 1023.0);
    const Pack m = Pack(reinterpret_cast<Real>(reinterpret_cast<Bits>(x.v) - ((biased - 1023ull) << 52)));
    const Pack g = m - 1.0, f = g / (m + 1.0), s = f * f;
    const Pack ss = s * s;
    Pack even = 2.0 / 19.0, odd = 2.0 / 21.0;
    for (const double c : {2.0 / 15.0, 2.0 / 11.0, 2.0 / 7.0, 2.0 / 3.0}) even = even * ss + c;
    for (const double c : {2.0 / 17.0, 2.0 / 13.0, 2.0 / 9.0, 2.0 / 5.0}) odd = odd * ss + c;
    const Pack sum = even + s * odd;
    // 2f = g − f g exactly said: the leading part g is exact, what is added to it is small.
    const Pack r = e * ln2_high + (g - (f * (g - s * sum) - e * ln2_low));
    constexpr double least = std::numeric_limits<double>::min(), most = std::numeric_limits<double>::max();
    return select(x >= least, select(x <= most, r, x), Pack(std::numeric_limits<double>::quiet_NaN()));
  }
};

}  // namespace nerveload
