#pragma once
#include <Eigen/Dense>
#include <cmath>

namespace nerveload {

/// Shape energy of one corner of a quadrilateral with edges e, f (counter-clockwise):
///   W = |J|²/(2χ) − 1 + w_s y + w_q y²,  y = |e|²|f|²/χ² − 1,  |J|² = e·e + f·f,  D = e × f,  χ = ½(D + √(D² + ε²)).
/// The first part wants a square, the others a right angle, the square above all where it is worst; all blow up as D → 0 when ε → 0.
struct CornerEnergy {
  double shear_weight = 1.0, epsilon = 1e-6, shear_square = 0.0;
  using Vec4 = Eigen::Vector4d;
  using Mat4 = Eigen::Matrix4d;

  double value(const Vec4& q) const {
    const double ee = q.head<2>().squaredNorm(), ff = q.tail<2>().squaredNorm(), D = q[0] * q[3] - q[1] * q[2];
    const double chi = 0.5 * (D + std::sqrt(D * D + epsilon * epsilon));
    const double y = ee * ff / (chi * chi) - 1.0;
    return (ee + ff) / (2.0 * chi) - 1.0 + (shear_weight + shear_square * y) * y;
  }

  void derivatives(const Vec4& q, Vec4& gradient, Mat4& hessian) const {
    const Eigen::Vector2d e = q.head<2>(), f = q.tail<2>();
    const double ee = e.squaredNorm(), ff = f.squaredNorm(), D = q[0] * q[3] - q[1] * q[2];
    const double root = std::sqrt(D * D + epsilon * epsilon), chi = 0.5 * (D + root);
    const double chi1 = chi / root, chi2 = 0.5 * epsilon * epsilon / (root * root * root);
    const double A = ee + ff, B = ee * ff, c2 = chi * chi, c3 = c2 * chi;
    Vec4 dA, dB, dD;
    dA << 2.0 * e, 2.0 * f;
    dB << 2.0 * ff * e, 2.0 * ee * f;
    dD << f[1], -f[0], -e[1], e[0];
    const double w = shear_weight + 2.0 * shear_square * (B / c2 - 1.0), WA = 0.5 / chi, WB = w / c2, Wc = -0.5 * A / c2 - 2.0 * w * B / c3;
    const double WAc = -0.5 / c2, WBc = -2.0 * w / c3, Wcc = A / c3 + 6.0 * w * B / (c2 * c2);
    gradient = WA * dA + WB * dB + Wc * chi1 * dD;
    hessian = (Wcc * chi1 * chi1 + Wc * chi2) * dD * dD.transpose();
    const Vec4 mixed = chi1 * (WAc * dA + WBc * dB);
    hessian += mixed * dD.transpose() + dD * mixed.transpose();
    hessian.diagonal().array() += 2.0 * WA;
    hessian.topLeftCorner<2, 2>().diagonal().array() += 2.0 * WB * ff;
    hessian.bottomRightCorner<2, 2>().diagonal().array() += 2.0 * WB * ee;
    const Eigen::Matrix2d ef = 4.0 * WB * e * f.transpose();
    hessian.topRightCorner<2, 2>() += ef;
    hessian.bottomLeftCorner<2, 2>() += ef.transpose();
    const Vec4 dy = dB / c2 - (2.0 * B / c3 * chi1) * dD;
    hessian += 2.0 * shear_square * dy * dy.transpose();
    const double turn = Wc * chi1;
    hessian(0, 3) += turn;
    hessian(3, 0) += turn;
    hessian(1, 2) -= turn;
    hessian(2, 1) -= turn;
  }
};

}  // namespace nerveload
