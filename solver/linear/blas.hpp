#pragma once
/// The dense kernels of BLAS and LAPACK that the factorisation uses, column-major, lower triangles; one name for both precisions.
extern "C" {
void spotrf_(const char*, const int*, float*, const int*, int*);
void dpotrf_(const char*, const int*, double*, const int*, int*);
void strsm_(const char*, const char*, const char*, const char*, const int*, const int*, const float*, const float*, const int*, float*, const int*);
void dtrsm_(const char*, const char*, const char*, const char*, const int*, const int*, const double*, const double*, const int*, double*,
            const int*);
void ssyrk_(const char*, const char*, const int*, const int*, const float*, const float*, const int*, const float*, float*, const int*);
void dsyrk_(const char*, const char*, const int*, const int*, const double*, const double*, const int*, const double*, double*, const int*);
void sgemm_(const char*, const char*, const int*, const int*, const int*, const float*, const float*, const int*, const float*, const int*,
            const float*, float*, const int*);
void dgemm_(const char*, const char*, const int*, const int*, const int*, const double*, const double*, const int*, const double*, const int*,
            const double*, double*, const int*);
void strsv_(const char*, const char*, const char*, const int*, const float*, const int*, float*, const int*);
void dtrsv_(const char*, const char*, const char*, const int*, const double*, const int*, double*, const int*);
void sgemv_(const char*, const int*, const int*, const float*, const float*, const int*, const float*, const int*, const float*, float*, const int*);
void dgemv_(const char*, const int*, const int*, const double*, const double*, const int*, const double*, const int*, const double*, double*,
            const int*);
}

namespace nerveload::blas {

/// A ← L with A = L Lᵀ (n×n). @return 0, or the first column whose pivot is not positive, counted from 1
inline int potrf(int n, float* a, int lda) {
  int info = 0;
  spotrf_("L", &n, a, &lda, &info);
  return info;
}
inline int potrf(int n, double* a, int lda) {
  int info = 0;
  dpotrf_("L", &n, a, &lda, &info);
  return info;
}

/// B ← B L⁻ᵀ; B is m×n, L n×n.
inline void trsm(int m, int n, const float* l, int ldl, float* b, int ldb) {
  const float one = 1.0F;
  strsm_("R", "L", "T", "N", &m, &n, &one, l, &ldl, b, &ldb);
}
inline void trsm(int m, int n, const double* l, int ldl, double* b, int ldb) {
  const double one = 1.0;
  dtrsm_("R", "L", "T", "N", &m, &n, &one, l, &ldl, b, &ldb);
}

/// C ← C − A Aᵀ in the lower triangle; A is n×k.
inline void syrk(int n, int k, const float* a, int lda, float* c, int ldc) {
  const float minus = -1.0F, one = 1.0F;
  ssyrk_("L", "N", &n, &k, &minus, a, &lda, &one, c, &ldc);
}
inline void syrk(int n, int k, const double* a, int lda, double* c, int ldc) {
  const double minus = -1.0, one = 1.0;
  dsyrk_("L", "N", &n, &k, &minus, a, &lda, &one, c, &ldc);
}

/// C ← C − A Bᵀ; A is m×k, B n×k.
inline void gemm(int m, int n, int k, const float* a, int lda, const float* b, int ldb, float* c, int ldc) {
  const float minus = -1.0F, one = 1.0F;
  sgemm_("N", "T", &m, &n, &k, &minus, a, &lda, b, &ldb, &one, c, &ldc);
}
inline void gemm(int m, int n, int k, const double* a, int lda, const double* b, int ldb, double* c, int ldc) {
  const double minus = -1.0, one = 1.0;
  dgemm_("N", "T", &m, &n, &k, &minus, a, &lda, b, &ldb, &one, c, &ldc);
}

/// x ← L⁻¹ x, or L⁻ᵀ x.
inline void trsv(bool transposed, int n, const float* l, int ldl, float* x) {
  const int one = 1;
  strsv_("L", transposed ? "T" : "N", "N", &n, l, &ldl, x, &one);
}
inline void trsv(bool transposed, int n, const double* l, int ldl, double* x) {
  const int one = 1;
  dtrsv_("L", transposed ? "T" : "N", "N", &n, l, &ldl, x, &one);
}

/// y ← y − A x, or y − Aᵀ x; A is m×n.
inline void gemv(bool transposed, int m, int n, const float* a, int lda, const float* x, float* y) {
  const float minus = -1.0F, plus = 1.0F;
  const int one = 1;
  sgemv_(transposed ? "T" : "N", &m, &n, &minus, a, &lda, x, &one, &plus, y, &one);
}
inline void gemv(bool transposed, int m, int n, const double* a, int lda, const double* x, double* y) {
  const double minus = -1.0, plus = 1.0;
  const int one = 1;
  dgemv_(transposed ? "T" : "N", &m, &n, &minus, a, &lda, x, &one, &plus, y, &one);
}

}  // namespace nerveload::blas
