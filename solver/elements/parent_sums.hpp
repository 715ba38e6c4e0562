#pragma once
#include "solver/elements/parent_cells.hpp"

namespace nerveload {

/// A vector at each node of a cell.
template <class Shape, class T>
using Nodal = std::array<Vec<T>, Shape::nodes>;
/// A value at each quadrature point.
template <class Shape, class T>
using AtPoints = std::array<T, Shape::points>;

/// Stiffness of a cell between gradients in the parent cell, weighted:  D^αβ_ik  of  K_ai,bk = Σ_q ∂N_a/∂ξ_α D^αβ_ik ∂N_b/∂ξ_β.
/// Index by (i,k) with i ≥ k as in Sym6, then 3α + β, then point. Where i = k it is symmetric in α and β, and only α ≥ β is there.
template <class Shape, class T>
using ParentStiffness = std::array<std::array<AtPoints<Shape, T>, 9>, 6>;

/// K_ai,bk for the node pairs a ≥ b, index by pair_index(a, b), 3i + k. Of a pair (a, a) only i ≥ k is there.
template <class Shape, class T>
using PairBlocks = std::array<std::array<T, 9>, Shape::nodes*(Shape::nodes + 1) / 2>;
constexpr int pair_index(int a, int b) { return a * (a + 1) / 2 + b; }

/// Sums over the quadrature points of a cell in its parent coordinates, from the gradients there.
template <class Shape>
struct ParentSums {
  /// ∂x_i/∂ξ_α.
  template <class T>
  static void derivatives(const Nodal<Shape, T>& x, AtPoints<Shape, Mat3<T>>& at) {
    for (int q = 0; q < Shape::points; ++q)
      for (int i = 0; i < 3; ++i)
        for (int d = 0; d < 3; ++d) {
          T sum = x[0][i] * gradients_at_points<Shape>[q][0][d];
          for (int n = 1; n < Shape::nodes; ++n) sum += x[n][i] * gradients_at_points<Shape>[q][n][d];
          at[q](i, d) = sum;
        }
  }
  /// f_ni = Σ_q S_iα ∂N_n/∂ξ_α.
  template <class T>
  static void forces(const AtPoints<Shape, Mat3<T>>& S, Nodal<Shape, T>& f) {
    f = {};
    for (int q = 0; q < Shape::points; ++q)
      for (int n = 0; n < Shape::nodes; ++n)
        for (int i = 0; i < 3; ++i)
          for (int d = 0; d < 3; ++d) f[n][i] += S[q](i, d) * gradients_at_points<Shape>[q][n][d];
  }
  /// K_ai,bk = Σ_q ∂N_a/∂ξ_α D^αβ_ik ∂N_b/∂ξ_β + s G_ai G_bk. D is used up.
  template <class T>
  static void stiffness(ParentStiffness<Shape, T>& D, const T& s, const Nodal<Shape, T>& G, PairBlocks<Shape, T>& K) {
    for (int a = 0; a < Shape::nodes; ++a)
      for (int i = 0; i < 3; ++i) {
        const T sG = s * G[a][i];
        for (int b = 0; b <= a; ++b)
          for (int k = 0; k < 3; ++k) K[pair_index(a, b)][3 * i + k] = sG * G[b][k];
      }
    unrolled<9>([&](auto ik) {
      if constexpr (ik / 3 >= ik % 3) add_part<ik / 3, ik % 3>(D[pair_index(ik / 3, ik % 3)], K);
    });
  }

 private:
  /// Adds the sum for one pair of components (i, k).
  template <int i, int k, class T>
  static void add_part(const std::array<AtPoints<Shape, T>, 9>& D, PairBlocks<Shape, T>& K) {
    for (int q = 0; q < Shape::points; ++q)
      for (int b = 0; b < Shape::nodes; ++b) {
        const auto& g = gradients_at_points<Shape>[q];
        Vec<T> Dg;
        unrolled<3>([&](auto d) {
          constexpr int along_1 = i == k && d < 1 ? 3 + d : 3 * d + 1, along_2 = i == k && d < 2 ? 6 + d : 3 * d + 2;
          Dg[d] = D[3 * d][q] * g[b][0] + D[along_1][q] * g[b][1] + D[along_2][q] * g[b][2];
        });
        for (int a = i == k ? b : 0; a < Shape::nodes; ++a) {
          T& to = a >= b ? K[pair_index(a, b)][3 * i + k] : K[pair_index(b, a)][3 * k + i];
          to += Dg[0] * g[a][0] + Dg[1] * g[a][1] + Dg[2] * g[a][2];
        }
      }
  }
};

/// The same sums for the hexahedron, whose shape functions are products of ½(1 ± ξ): with modes ξ^m = Π_{d∈m} ξ_d for the subsets m of the
/// three directions (as bits) and s the signs of corners,
///   N_a = ⅛ Σ_m s_a^m ξ^m,     ∂ξ^m/∂ξ_α = ξ^(m∖α) = g^(|m|−1) s_q^(m∖α)  for α ∈ m, at the points s_q g,  g = 1/√3.
/// So points are summed into moments with signs, moments make modes, and modes make nodes: additions nearly all, a third of the work of the
/// plain sums.
template <>
struct ParentSums<Hex8Shape> {
  using Shape = Hex8Shape;
  static constexpr int corner_of[8] = {0, 1, 3, 2, 4, 5, 7, 6};  ///< node whose positive coordinates are the bits
  static constexpr int count(int m) { return (m & 1) + (m >> 1 & 1) + (m >> 2 & 1); }
  /// ⅛ g^(|m|−1).
  static constexpr double scale(int m) { return count(m) == 1 ? 0.125 : count(m) == 2 ? 0.125 * Shape::abscissa : 0.125 / 3.0; }

  /// v_m ← Σ_corners s^m v.
  template <class T>
  [[gnu::always_inline]] static void analyse(std::array<T, 8>& v) {
    unrolled<12>([&](auto step) {
      constexpr int bit = 1 << step / 4, low = without(step % 4, bit);
      const T minus = v[low], plus = v[low | bit];
      v[low] = minus + plus;
      v[low | bit] = plus - minus;
    });
  }
  /// v_corner ← Σ_m s^m v_m, mode 0 being none.
  template <class T>
  [[gnu::always_inline]] static void synthesise(std::array<T, 8>& v) {
    v[0] = -v[1];
    unrolled<11>([&](auto step) {
      constexpr int bit = 1 << (step + 1) / 4, low = without((step + 1) % 4, bit);
      const T even = v[low], odd = v[low | bit];
      v[low] = even - odd;
      v[low | bit] = even + odd;
    });
  }
  /// The numbers below eight without a bit, one after the other.
  static constexpr int without(int count, int bit) { return (count & (bit - 1)) | (count & ~(bit - 1)) << 1; }

  template <class T>
  static void derivatives(const Nodal<Shape, T>& x, AtPoints<Shape, Mat3<T>>& at) {
    for (int i = 0; i < 3; ++i) {
      std::array<T, 8> mode;
      for (int m = 0; m < 8; ++m) mode[m] = x[corner_of[m]][i];
      analyse(mode);
      for (int d = 0; d < 3; ++d) {
        const int own = 1 << d, one = 1 << (d + 1) % 3, two = 1 << (d + 2) % 3;
        const T middle = mode[own] * scale(1), along_one = mode[own | one] * scale(3), along_two = mode[own | two] * scale(3),
                twist = mode[7] * scale(7);
        const T low = middle - along_two, high = middle + along_two, low_slope = along_one - twist, high_slope = along_one + twist;
        const T value[4] = {low - low_slope, low + low_slope, high - high_slope, high + high_slope};  // does not change along d
        for (int side = 0; side < 2; ++side)
          for (int r = 0; r < 4; ++r) at[corner_of[side * own + (r & 1) * one + (r >> 1) * two]](i, d) = value[r];
      }
    }
  }

  template <class T>
  static void forces(const AtPoints<Shape, Mat3<T>>& S, Nodal<Shape, T>& f) {
    for (int i = 0; i < 3; ++i) {
      std::array<T, 8> mode{};
      for (int d = 0; d < 3; ++d) {
        const int own = 1 << d, one = 1 << (d + 1) % 3, two = 1 << (d + 2) % 3;
        T sum[4];
        for (int r = 0; r < 4; ++r) {
          const int low = (r & 1) * one + (r >> 1) * two;
          sum[r] = S[corner_of[low]](i, d) + S[corner_of[low | own]](i, d);
        }
        const T low = sum[0] + sum[1], high = sum[2] + sum[3], low_slope = sum[1] - sum[0], high_slope = sum[3] - sum[2];
        mode[own] = low + high;
        mode[own | one] += low_slope + high_slope;
        mode[own | two] += high - low;
        mode[7] += high_slope - low_slope;
      }
      for (int m = 1; m < 8; ++m) mode[m] *= scale(m);
      synthesise(mode);
      for (int m = 0; m < 8; ++m) f[corner_of[m]][i] = mode[m];
    }
  }

  template <class T>
  static void stiffness(ParentStiffness<Shape, T>& D, const T& s, const Nodal<Shape, T>& G, PairBlocks<Shape, T>& K) {
    Nodal<Shape, T> sG;
    for (int a = 0; a < Shape::nodes; ++a)
      for (int i = 0; i < 3; ++i) sG[a][i] = s * G[a][i];
    part<0, 0>(D[0], sG, G, K);
    part<1, 0>(D[1], sG, G, K);
    part<1, 1>(D[2], sG, G, K);
    part<2, 0>(D[3], sG, G, K);
    part<2, 1>(D[4], sG, G, K);
    part<2, 2>(D[5], sG, G, K);
  }

  /// K_ai,bk of one pair of components (i, k); its part of D becomes moments.
  template <int i, int k, class T>
  static void part(std::array<AtPoints<Shape, T>, 9>& D, const Nodal<Shape, T>& sG, const Nodal<Shape, T>& G, PairBlocks<Shape, T>& K) {
    constexpr bool symmetric = i == k;
    unrolled<9>([&](auto entry) {
      if constexpr (symmetric && entry / 3 < entry % 3) return;
      std::array<T, 8>& at = D[entry];
      std::array<T, 8> moment{at[0], at[1], at[3], at[2], at[4], at[5], at[7], at[6]};
      analyse(moment);
      at = moment;
    });
    std::array<std::array<T, 8>, 8> mode;  // right index first: mode[n][m]
    unrolled<64>([&](auto nm) {
      constexpr int n = nm / 8, m = nm % 8;
      if constexpr (n > 0 && m > 0 && (!symmetric || m >= n)) {
        T sum(0.0);
        bool first = true;
        unrolled<9>([&](auto entry) {
          constexpr int d = entry / 3, e = entry % 3;
          if constexpr ((m >> d & 1) && (n >> e & 1)) {
            const T& term = D[symmetric && d < e ? 3 * e + d : 3 * d + e][(m ^ 1 << d) ^ (n ^ 1 << e)];
            sum = first ? term : sum + term;
            first = false;
          }
        });
        mode[n][m] = sum * (scale(m) * scale(n));
        if (symmetric) mode[m][n] = mode[n][m];
      }
    });
    unrolled<7>([&](auto n) { synthesise(mode[n + 1]); });
    unrolled<8>([&](auto a) {
      std::array<T, 8> row;
      unrolled<7>([&](auto n) { row[n + 1] = mode[n + 1][a]; });
      synthesise(row);
      unrolled<8>([&](auto b) {
        constexpr int na = corner_of[a], nb = corner_of[b];
        if constexpr (na >= nb) K[pair_index(na, nb)][3 * i + k] = row[b] + sG[na][i] * G[nb][k];
        else if constexpr (!symmetric) K[pair_index(nb, na)][3 * k + i] = row[b] + sG[na][i] * G[nb][k];
      });
    });
  }
};

}  // namespace nerveload
