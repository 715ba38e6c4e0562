#include "solver/linear/linear_solver.hpp"

#include <gtest/gtest.h>
#include <signal.h>

#include <random>

#include "solver/linear/conjugate_gradients.hpp"
#include "solver/linear/elimination.hpp"

namespace nerveload {
namespace {

/// Laplacian of a lattice of n³ nodes, `unknowns` a node that couple with each other and with those of the six neighbours, plus `shift` on the
/// diagonal; lower triangle.
Eigen::SparseMatrix<double> lattice(int n, int unknowns, double shift) {
  std::vector<Eigen::Triplet<double>> entries;
  const auto node = [n](int i, int j, int k) { return (i * n + j) * n + k; };
  const auto couple = [&](int a, int b, double value) {
    for (int u = 0; u < unknowns; ++u)
      for (int v = 0; v < unknowns; ++v) {
        const int row = std::max(unknowns * a + u, unknowns * b + v), column = std::min(unknowns * a + u, unknowns * b + v);
        if (a != b || u >= v) entries.emplace_back(row, column, value * (u == v ? 1.0 : 0.1));
      }
  };
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < n; ++j)
      for (int k = 0; k < n; ++k) {
        couple(node(i, j, k), node(i, j, k), 6.0 + shift);
        if (i > 0) couple(node(i, j, k), node(i - 1, j, k), -1.0);
        if (j > 0) couple(node(i, j, k), node(i, j - 1, k), -1.0);
        if (k > 0) couple(node(i, j, k), node(i, j, k - 1), -1.0);
      }
  Eigen::SparseMatrix<double> K(unknowns * n * n * n, unknowns * n * n * n);
  K.setFromTriplets(entries.begin(), entries.end());
  return K;
}

double residual(const Eigen::SparseMatrix<double>& K, const Eigen::MatrixXd& x, const Eigen::MatrixXd& b) {
  return (K.selfadjointView<Eigen::Lower>() * x - b).norm() / b.norm();
}

struct Kind {
  LinearSolverKind kind;
  double accuracy;
};
#ifdef NERVELOAD_HAVE_MULTIFRONTAL
constexpr Kind kinds[] = {{LinearSolverKind::eigen_ldlt, 1e-12},
                          {LinearSolverKind::multifrontal, 1e-4},
                          {LinearSolverKind::multifrontal_double, 1e-12},
                          {LinearSolverKind::best_available, 1e-4}};
#else
constexpr Kind kinds[] = {{LinearSolverKind::eigen_ldlt, 1e-12}, {LinearSolverKind::best_available, 1e-12}};
#endif

TEST(LinearSolver, EveryKindSolves) {
  for (const auto& [kind, accuracy] : kinds)
    for (const int unknowns : {1, 3}) {
      const Eigen::SparseMatrix<double> K = lattice(9, unknowns, 0.1);
      const Eigen::MatrixXd b = Eigen::MatrixXd::Random(K.rows(), 2);
      const auto solver = make_linear_solver(kind, 1);
      solver->analyse(K);
      ASSERT_TRUE(solver->factorise(K)) << solver->name();
      EXPECT_LT(residual(K, solver->solve(b), b), accuracy) << solver->name();
    }
}

TEST(LinearSolver, RefusesAnIndefiniteMatrixAndIsUsableAgain) {
  for (const auto& [kind, accuracy] : kinds) {
    const Eigen::SparseMatrix<double> K = lattice(7, 3, 0.1);
    Eigen::SparseMatrix<double> negative_diagonal = K, saddle = lattice(7, 3, -1.0);
    negative_diagonal.coeffRef(400, 400) = -1.0;
    const auto solver = make_linear_solver(kind, 1);
    solver->analyse(K);
    EXPECT_FALSE(solver->factorise(negative_diagonal)) << solver->name();
    EXPECT_FALSE(solver->factorise(saddle)) << solver->name();
    ASSERT_TRUE(solver->factorise(K)) << solver->name();
    const Eigen::MatrixXd b = Eigen::MatrixXd::Ones(K.rows(), 1);
    EXPECT_LT(residual(K, solver->solve(b), b), accuracy) << solver->name();
  }
}

#ifdef NERVELOAD_HAVE_MULTIFRONTAL
/// METIS, which orders the unknowns, sets handlers of its own while it works.
TEST(LinearSolver, LeavesSignalHandlersAsTheyWere) {
  struct sigaction kept {
  }, mine{};
  mine.sa_handler = [](int) {};
  mine.sa_flags = SA_RESTART;
  for (const int signal : {SIGTERM, SIGABRT}) {
    sigaction(signal, &mine, &kept);
    plan_elimination(lattice(4, 3, 1.0));
    struct sigaction now {};
    sigaction(signal, &kept, &now);
    EXPECT_EQ(now.sa_handler, mine.sa_handler) << signal;
    EXPECT_EQ(now.sa_flags & (SA_RESTART | static_cast<int>(SA_RESETHAND)), SA_RESTART) << signal;
  }
}
#endif

TEST(LinearSolver, EmptyDiagonalAndDisconnectedMatricesAreSolved) {
  for (const auto& [kind, accuracy] : kinds) {
    Eigen::SparseMatrix<double> diagonal(5, 5), empty(0, 0);
    diagonal.setIdentity();
    const auto solver = make_linear_solver(kind, 1);
    solver->analyse(diagonal);
    ASSERT_TRUE(solver->factorise(2.0 * diagonal)) << solver->name();
    EXPECT_LT((solver->solve(Eigen::MatrixXd::Ones(5, 1)) - Eigen::MatrixXd::Constant(5, 1, 0.5)).norm(), 1e-6) << solver->name();
    solver->analyse(empty);
    EXPECT_TRUE(solver->factorise(empty)) << solver->name();
  }
}

#ifdef NERVELOAD_HAVE_MULTIFRONTAL
TEST(LinearSolver, TheFactorIsTheSameToTheBitForAnyNumberOfThreads) {
  const Eigen::SparseMatrix<double> K = lattice(24, 3, 0.01);  // large enough for tasks and tiles
  const Eigen::MatrixXd b = Eigen::MatrixXd::Random(K.rows(), 1);
  std::vector<Eigen::MatrixXd> x;
  for (const int threads : {1, 2, 3}) {
    const auto solver = make_linear_solver(LinearSolverKind::multifrontal, threads);
    solver->analyse(K);
    ASSERT_TRUE(solver->factorise(K));
    x.push_back(solver->solve(b));
  }
  EXPECT_EQ(x[0], x[1]);
  EXPECT_EQ(x[0], x[2]);
}

TEST(LinearSolver, CountsItsWork) {
  const Eigen::SparseMatrix<double> K = lattice(12, 3, 0.1);
  const auto single = make_linear_solver(LinearSolverKind::multifrontal, 1), twice = make_linear_solver(LinearSolverKind::multifrontal_double, 1);
  single->analyse(K);
  twice->analyse(K);
  EXPECT_GT(single->cost().work, 1e7);
  EXPECT_EQ(single->cost().work, twice->cost().work);
  EXPECT_GT(single->cost().bytes, 4.0 * static_cast<double>(K.nonZeros()));
  EXPECT_EQ(2.0 * single->cost().bytes, twice->cost().bytes);
}

/// Rows as large as only double precision holds: scaled by the diagonal they are harmless in single precision.
TEST(LinearSolver, SinglePrecisionTakesRowsOfAnySize) {
  Eigen::SparseMatrix<double> K = lattice(6, 3, 0.1);
  std::mt19937 random(7);
  Eigen::VectorXd s(K.rows());
  for (Eigen::Index i = 0; i < s.size(); ++i) s[i] = std::pow(10.0, std::uniform_real_distribution<>(-60.0, 60.0)(random));
  for (int c = 0; c < K.cols(); ++c)
    for (Eigen::SparseMatrix<double>::InnerIterator it(K, c); it; ++it) it.valueRef() *= s[it.row()] * s[c];
  const auto solver = make_linear_solver(LinearSolverKind::multifrontal, 1);
  solver->analyse(K);
  ASSERT_TRUE(solver->factorise(K));
  const Eigen::VectorXd unit = Eigen::VectorXd::Ones(K.rows());
  const Eigen::MatrixXd b = K.selfadjointView<Eigen::Lower>() * unit.cwiseQuotient(s);
  EXPECT_LT((solver->solve(b).cwiseProduct(s) - unit).norm(), 1e-3);
}
#endif

TEST(ConjugateGradients, RefineAFactorToDoublePrecision) {
  for (const auto& [kind, accuracy] : kinds) {
    const Eigen::SparseMatrix<double> K = lattice(9, 3, 0.001);
    const Eigen::MatrixXd b = Eigen::MatrixXd::Random(K.rows(), 3);
    const auto solver = make_linear_solver(kind, 1);
    solver->analyse(K);
    ASSERT_TRUE(solver->factorise(K));
    Eigen::MatrixXd x;
    const CgReport report = conjugate_gradients(K, *solver, b, 1e-11, 20, x);
    EXPECT_EQ(report.ending, CgEnding::converged) << solver->name();
    EXPECT_LE(report.iterations, 4) << solver->name();
    EXPECT_LT(residual(K, x, b), 1e-11) << solver->name();
  }
}

TEST(ConjugateGradients, UseTheFactorOfAnotherMatrix) {
  const Eigen::SparseMatrix<double> K = lattice(9, 3, 0.5), old = lattice(9, 3, 1.0);
  const auto solver = make_linear_solver(LinearSolverKind::best_available, 1);
  solver->analyse(old);
  ASSERT_TRUE(solver->factorise(old));
  const Eigen::MatrixXd b = Eigen::MatrixXd::Random(K.rows(), 1);
  Eigen::MatrixXd x;
  const CgReport report = conjugate_gradients(K, *solver, b, 1e-9, 60, x);
  EXPECT_EQ(report.ending, CgEnding::converged);
  EXPECT_GT(report.iterations, 3);
  EXPECT_LT(residual(K, x, b), 1.1e-9);
  EXPECT_EQ(conjugate_gradients(K, *solver, b, 1e-9, 2, x).ending, CgEnding::iteration_limit);
}

TEST(ConjugateGradients, SayThatAMatrixIsIndefiniteOrNoMatrix) {
  const Eigen::SparseMatrix<double> good = lattice(7, 3, 0.1);
  Eigen::SparseMatrix<double> saddle = lattice(7, 3, -1.0);
  const auto solver = make_linear_solver(LinearSolverKind::best_available, 1);
  solver->analyse(good);
  ASSERT_TRUE(solver->factorise(good));
  const Eigen::MatrixXd b = Eigen::MatrixXd::Ones(good.rows(), 1);
  Eigen::MatrixXd x;
  EXPECT_EQ(conjugate_gradients(saddle, *solver, b, 1e-9, 200, x).ending, CgEnding::negative_curvature);
  saddle.coeffRef(3, 3) = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(conjugate_gradients(saddle, *solver, b, 1e-9, 200, x).ending, CgEnding::negative_curvature);
  EXPECT_EQ(conjugate_gradients(good, *solver, 0.0 * b, 1e-9, 200, x).iterations, 0);
}

}  // namespace
}  // namespace nerveload
