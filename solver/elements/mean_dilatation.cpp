#include "solver/elements/mean_dilatation.hpp"

namespace nerveload {
namespace {

/// A = Σ_n a_n ⊗ g_n.
template <class Nodal>
Mat3<double> sum_outer(const Nodal& a, const Nodal& g) {
  Mat3<double> m;
  for (std::size_t n = 0; n < a.size(); ++n)
    for (int i = 0; i < 3; ++i)
      for (int j = 0; j < 3; ++j) m(i, j) += a[n][i] * g[n][j];
  return m;
}

/// g_n ← g_n · M.
template <class Nodal>
Nodal times(const Nodal& g, const Mat3<double>& m) {
  Nodal r;
  for (std::size_t n = 0; n < g.size(); ++n)
    for (int j = 0; j < 3; ++j) r[n][j] = g[n][0] * m(0, j) + g[n][1] * m(1, j) + g[n][2] * m(2, j);
  return r;
}

/// Adds  w g_a·(c + τ δ)·g_b  for all node pairs b ≤ a.
template <class Element>
void add_stiffness(const Sym6<double>& c, const Sym3<double>& tau, const typename Element::Gradients& g, double w, typename Element::System& out) {
  constexpr int nodes = Element::nodes;
  for (int b = 0; b < nodes; ++b) {
    double cb[6][3], tb[3];
    for (int k = 0; k < 3; ++k) {
      for (int v = 0; v < 6; ++v) {
        cb[v][k] =
            w * (c[v][Sym3<double>::index(k, 0)] * g[b][0] + c[v][Sym3<double>::index(k, 1)] * g[b][1] + c[v][Sym3<double>::index(k, 2)] * g[b][2]);
      }
      tb[k] = w * (tau(k, 0) * g[b][0] + tau(k, 1) * g[b][1] + tau(k, 2) * g[b][2]);
    }
    for (int a = b; a < nodes; ++a) {
      const double geometric = g[a][0] * tb[0] + g[a][1] * tb[1] + g[a][2] * tb[2];
      for (int i = 0; i < 3; ++i) {
        const int row = 3 * a + i;
        double* k_row = &out.tangent[row * (row + 1) / 2 + 3 * b];
        const double* c0 = cb[Sym3<double>::index(i, 0)];
        const double* c1 = cb[Sym3<double>::index(i, 1)];
        const double* c2 = cb[Sym3<double>::index(i, 2)];
        const int columns = a == b ? i + 1 : 3;
        for (int k = 0; k < columns; ++k) k_row[k] += g[a][0] * c0[k] + g[a][1] * c1[k] + g[a][2] * c2[k] + (i == k ? geometric : 0.0);
      }
    }
  }
}

/// ∂N/∂ξ at the quadrature points; index by point, node.
template <class Shape>
const std::array<typename Shape::Gradients, Shape::points>& parent_gradients() {
  static const auto all = [] {
    std::array<typename Shape::Gradients, Shape::points> g;
    for (int q = 0; q < Shape::points; ++q) g[q] = Shape::parent_gradients(Shape::point(q));
    return g;
  }();
  return all;
}

}  // namespace

template <class Shape>
auto MeanDilatation<Shape>::motion(const Positions& X, const Positions& u, const Mat3<double>& growth, bool small_strain) -> Motion {
  Motion m{};
  Positions x;
  for (int n = 0; n < nodes; ++n)
    for (int i = 0; i < 3; ++i) x[n][i] = X[n][i] + u[n][i];
  for (int q = 0; q < points; ++q) {
    const Gradients& parent = parent_gradients<Shape>()[q];
    const Mat3<double> dX = product(growth, sum_outer(X, parent));
    PointMotion& p = m.at[q];
    const double jacobian = determinant(dX);
    p.weight = Shape::weight(q) * jacobian;
    const Gradients grad_X = times(parent, inverse(dX, jacobian));
    p.F = sum_outer(x, grad_X);
    p.J = small_strain ? p.F(0, 0) + p.F(1, 1) + p.F(2, 2) - 2.0 : determinant(p.F);
    if (!(p.J > 0.0)) m.inverted = true;
    p.grad_x = small_strain ? grad_X : times(grad_X, inverse(p.F, p.J));
    const double ratio = small_strain ? 1.0 : p.J;  // of the volumes that gradients and weight refer to
    m.volume += p.weight;
    m.theta += p.J * p.weight;
    for (int n = 0; n < nodes; ++n)
      for (int i = 0; i < 3; ++i) m.G[3 * n + i] += ratio * p.weight * p.grad_x[n][i];
  }
  m.theta /= m.volume;
  return m;
}

template <class Shape>
void MeanDilatation<Shape>::integrate(const PointLaw& law, const Motion& m, double mixed_pressure, bool with_tangent, System& out) {
  const Volumetric& volumetric = law.material.volumetric;
  const double p = volumetric.pressure(m.theta);
  for (int i = 0; i < dofs; ++i) out.residual[i] = p * m.G[i];
  if (with_tangent) {
    const double stiffness = volumetric.stiffness(m.theta) / m.volume;
    for (int row = 0, k = 0; row < dofs; ++row)
      for (int col = 0; col <= row; ++col) out.tangent[k++] = stiffness * m.G[row] * m.G[col];
  }
  for (int q = 0; q < points; ++q) {
    const PointMotion& at = m.at[q];
    Response<double> r = law.respond(q, at.F);
    for (int n = 0; n < nodes; ++n)
      for (int i = 0; i < 3; ++i)
        out.residual[3 * n + i] += at.weight * (r.tau(i, 0) * at.grad_x[n][0] + r.tau(i, 1) * at.grad_x[n][1] + r.tau(i, 2) * at.grad_x[n][2]);
    if (!with_tangent) continue;
    if (law.material.small_strain) {
      add_stiffness<MeanDilatation>(r.c, {}, at.grad_x, at.weight, out);
      continue;
    }
    // ∂(J ∇N)/∂u as if it were a stress p J 1 with tangent p J (1⊗1 − 2 I): one pass serves both parts.
    const double pJ = mixed_pressure * at.J;
    for (int i = 0; i < 3; ++i) {
      r.tau[i] += pJ;
      for (int j = 0; j < 3; ++j) r.c[i][j] += pJ;
    }
    r.c.add_identity(-2.0 * pJ);
    add_stiffness<MeanDilatation>(r.c, r.tau, at.grad_x, at.weight, out);
  }
}

template <class Shape>
auto MeanDilatation<Shape>::cauchy_stress(const PointLaw& law, const Motion& m) -> std::array<Sym3<double>, points> {
  const double p = law.material.volumetric.pressure(m.theta);
  std::array<Sym3<double>, points> sigma;
  for (int q = 0; q < points; ++q) {
    sigma[q] = law.respond(q, m.at[q].F).tau;
    const double J = law.material.small_strain ? 1.0 : m.at[q].J;
    for (int i = 0; i < 6; ++i) sigma[q][i] = sigma[q][i] / J + (i < 3 ? p : 0.0);
  }
  return sigma;
}

template struct MeanDilatation<Hex8Shape>;
template struct MeanDilatation<Tet4Shape>;
template struct MeanDilatation<Tet10Shape>;

}  // namespace nerveload
