#include "solver/elements/hex8.hpp"

namespace nerveload::hex8 {
namespace {

constexpr int corner[nodes][3] = {{-1, -1, -1}, {1, -1, -1}, {1, 1, -1}, {-1, 1, -1}, {-1, -1, 1}, {1, -1, 1}, {1, 1, 1}, {-1, 1, 1}};

std::array<Gradients, points> make_parent_gradients() {
  std::array<Gradients, points> g{};
  const double a = 1.0 / std::sqrt(3.0);
  for (int q = 0; q < points; ++q) g[q] = parent_gradients({a * corner[q][0], a * corner[q][1], a * corner[q][2]});
  return g;
}

/// A = Σ_n a_n ⊗ g_n.
Mat3<double> sum_outer(const Positions& a, const Gradients& g) {
  Mat3<double> m;
  for (int n = 0; n < nodes; ++n)
    for (int i = 0; i < 3; ++i)
      for (int j = 0; j < 3; ++j) m(i, j) += a[n][i] * g[n][j];
  return m;
}

/// g_n ← g_n · M.
Gradients times(const Gradients& g, const Mat3<double>& m) {
  Gradients r;
  for (int n = 0; n < nodes; ++n)
    for (int j = 0; j < 3; ++j) r[n][j] = g[n][0] * m(0, j) + g[n][1] * m(1, j) + g[n][2] * m(2, j);
  return r;
}

/// Adds  w g_a·(c + τ δ)·g_b  for all node pairs b ≤ a.
void add_stiffness(const Sym6<double>& c, const Sym3<double>& tau, const Gradients& g, double w, System& out) {
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

}  // namespace

std::array<double, nodes> shape_functions(const Vec<double>& xi) {
  std::array<double, nodes> N;
  for (int n = 0; n < nodes; ++n) N[n] = 0.125 * (1 + corner[n][0] * xi[0]) * (1 + corner[n][1] * xi[1]) * (1 + corner[n][2] * xi[2]);
  return N;
}

Gradients parent_gradients(const Vec<double>& xi) {
  Gradients g;
  for (int n = 0; n < nodes; ++n)
    for (int d = 0; d < 3; ++d) {
      const int e = (d + 1) % 3, f = (d + 2) % 3;
      g[n][d] = 0.125 * corner[n][d] * (1 + corner[n][e] * xi[e]) * (1 + corner[n][f] * xi[f]);
    }
  return g;
}

const std::array<Gradients, points>& parent_gradients() {
  static const std::array<Gradients, points> g = make_parent_gradients();
  return g;
}

Motion motion(const Positions& X, const Positions& u, const Mat3<double>& growth) {
  Motion m{};
  Positions x;
  for (int n = 0; n < nodes; ++n)
    for (int i = 0; i < 3; ++i) x[n][i] = X[n][i] + u[n][i];
  for (int q = 0; q < points; ++q) {
    const Gradients& parent = parent_gradients()[q];
    const Mat3<double> dX = product(growth, sum_outer(X, parent));
    PointMotion& p = m.at[q];
    p.weight = determinant(dX);
    const Gradients grad_X = times(parent, inverse(dX, p.weight));
    p.F = sum_outer(x, grad_X);
    p.J = determinant(p.F);
    if (!(p.J > 0.0)) m.inverted = true;
    p.grad_x = times(grad_X, inverse(p.F, p.J));
    m.volume += p.weight;
    m.theta += p.J * p.weight;
    for (int n = 0; n < nodes; ++n)
      for (int i = 0; i < 3; ++i) m.G[3 * n + i] += p.J * p.weight * p.grad_x[n][i];
  }
  m.theta /= m.volume;
  return m;
}

void integrate(const Material& material, const Vec<double>& fibre, const Motion& m, double mixed_pressure, bool with_tangent, System& out) {
  const double p = material.volumetric.pressure(m.theta);
  for (int i = 0; i < dofs; ++i) out.residual[i] = p * m.G[i];
  if (with_tangent) {
    const double stiffness = material.volumetric.stiffness(m.theta) / m.volume;
    for (int row = 0, k = 0; row < dofs; ++row)
      for (int col = 0; col <= row; ++col) out.tangent[k++] = stiffness * m.G[row] * m.G[col];
  }
  for (const PointMotion& at : m.at) {
    Response<double> r = material.respond(at.F, fibre);
    for (int n = 0; n < nodes; ++n)
      for (int i = 0; i < 3; ++i)
        out.residual[3 * n + i] += at.weight * (r.tau(i, 0) * at.grad_x[n][0] + r.tau(i, 1) * at.grad_x[n][1] + r.tau(i, 2) * at.grad_x[n][2]);
    if (!with_tangent) continue;
    // ∂(J ∇N)/∂u as if it were a stress p J 1 with tangent p J (1⊗1 − 2 I): one pass serves both parts.
    const double pJ = mixed_pressure * at.J;
    for (int i = 0; i < 3; ++i) {
      r.tau[i] += pJ;
      for (int j = 0; j < 3; ++j) r.c[i][j] += pJ;
    }
    r.c.add_identity(-2.0 * pJ);
    add_stiffness(r.c, r.tau, at.grad_x, at.weight, out);
  }
}

std::array<Sym3<double>, points> cauchy_stress(const Material& material, const Vec<double>& fibre, const Motion& m) {
  const double p = material.volumetric.pressure(m.theta);
  std::array<Sym3<double>, points> sigma;
  for (int q = 0; q < points; ++q) {
    sigma[q] = material.respond(m.at[q].F, fibre).tau;
    for (int i = 0; i < 6; ++i) sigma[q][i] = sigma[q][i] / m.at[q].J + (i < 3 ? p : 0.0);
  }
  return sigma;
}

}  // namespace nerveload::hex8
