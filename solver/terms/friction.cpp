#include "solver/terms/friction.hpp"

namespace nerveload {

ContactMemory ContactMemory::read(const double* from) {
  using Map = Eigen::Map<const Vec3>;
  return {from[0], from[1], Map(from + 2), Map(from + 5), Map(from + 8)};
}

void ContactMemory::write(double* to) const {
  to[0] = limit;
  to[1] = limit_before;
  for (int i = 0; i < 3; ++i) {
    to[2 + i] = normal[i];
    to[5 + i] = stick[i];
    to[8 + i] = multiplier[i];
  }
}

FrictionTraction friction_traction(const FrictionLaw& law, const ContactMemory& m, const Vec3& at) {
  FrictionTraction t;
  if (m.limit <= 0.0) return t;
  const Mat3d plane = Mat3d::Identity() - m.normal * m.normal.transpose();
  const Vec3 trial = plane * (m.multiplier + law.stiffness * (at - m.stick));
  const double size = trial.norm();
  t.slips = size > m.limit;
  if (!t.slips) {
    t.value = trial;
    t.tangent = law.stiffness * plane;
  } else {
    const Vec3 along = trial / size;
    t.value = m.limit * along;
    t.secant = law.stiffness * m.limit / size;
    t.tangent = t.secant * (plane - along * along.transpose());
  }
  return t;
}

FrictionPass friction_pass(const FrictionLaw& law, const ContactMemory& before, const ContactPoint& now, const Vec3& entry) {
  FrictionPass pass{before};
  ContactMemory& m = pass.memory;
  const FrictionTraction old = friction_traction(law, before, now.at);
  if (before.limit <= 0.0) {
    m.stick = entry;
    m.multiplier.setZero();
  }
  m.limit = law.coefficient * std::max(now.pressure, 0.0);
  m.normal = now.normal;
  const FrictionTraction t = friction_traction(law, m, now.at);
  pass.change = (t.value - old.value).norm();
  if (law.rigid) {
    if (!t.slips && m.limit > 0.0) pass.slip = (now.at - m.stick - (now.at - m.stick).dot(m.normal) * m.normal).norm();
    m.multiplier = t.value;
  }
  return pass;
}

ContactMemory friction_step(const FrictionLaw& law, const ContactMemory& before, const ContactPoint& now, const Vec3& exit, double& dissipated) {
  auto along = [&](const Vec3& way) { return (way - way.dot(before.normal) * before.normal).norm(); };
  dissipated = 0.0;
  if (now.pressure <= 0.0) {
    dissipated = 0.5 * before.limit_before * along(exit - before.stick);
    return {0.0, 0.0, now.normal, now.at, Vec3::Zero()};
  }
  ContactMemory m = before;
  const FrictionTraction t = friction_traction(law, before, now.at);
  if (t.slips) {
    m.stick = law.rigid ? now.at : Vec3(now.at - t.value / law.stiffness);
    m.multiplier = law.rigid ? t.value : Vec3(Vec3::Zero());
    dissipated = 0.5 * (before.limit_before + before.limit) * along(m.stick - before.stick);
  }
  m.limit_before = m.limit;
  return m;
}

}  // namespace nerveload
