#include "scenarios/anthropometry.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "solver/base/units.hpp"

namespace nerveload {
namespace {

constexpr double hull_girth_mm = 546.0;       // at the furrow, m = 1, reference length
constexpr double reference_girth_mm = 592.1;  // regression at 1.70 m, 75 kg
constexpr double reference_mid_thigh_fat_mm = 8.0, reference_skin_mm = 2.0;

double cm(double mm) { return mm / mm_per_cm; }
double bmi(double stature_mm, double mass_kg) { return mass_kg / std::pow(stature_mm / mm_per_m, 2); }

/// Thickness of the fat ring at the furrow per millimetre of fat behind mid-thigh, in the reference man.
double ring_per_mid_thigh() {
  const double ring = (reference_girth_mm - hull_girth_mm * reference_muscularity) / (2.0 * std::numbers::pi) - reference_skin_mm;
  return ring / reference_mid_thigh_fat_mm;
}

}  // namespace

double Subject::length_scale() const { return femur_length_mm / reference_femur_length_mm; }

double femur_length_of(Sex, double stature_mm) { return 0.240 * stature_mm; }

double inter_hip_width_of(Sex sex, double stature_mm) {
  return reference_inter_hip_width_mm * stature_mm / 1700.0 * (sex == Sex::woman ? 1.05 : 1.0);
}

double thigh_girth_of(Sex sex, double stature_mm, double mass_kg) {
  const double ds = cm(stature_mm) - 175.0, dm = mass_kg - 75.0;
  return sex == Sex::man ? 582.9 - 1.84 * ds + 4.125 * dm : 629.8 - 1.94 * ds + 5.142 * dm;
}

double buttock_fat_of(Sex sex, double stature_mm, double mass_kg) {
  constexpr double reference_bmi = 75.0 / (1.70 * 1.70);  // of the figures 24 and 1.5 · 24
  const double excess = bmi(stature_mm, mass_kg) - reference_bmi;
  return std::clamp(sex == Sex::man ? 24.0 + 3.04 * excess : 36.0 + 4.0 * excess, 10.0, 48.0);
}

double gluteus_maximus_thickness_of(double length_scale, double muscularity) { return std::clamp(46.0 * muscularity * length_scale, 26.0, 48.0); }

ThighComposition compose_thigh(const Subject& subject, const ThighGiven& given) {
  const double hull = hull_girth_mm * subject.length_scale(), turn = 2.0 * std::numbers::pi;
  auto girth = [&](double m, double fat) { return hull * m + turn * (fat * ring_per_mid_thigh() + subject.skin_thickness_mm); };
  auto muscularity = [&](double g, double fat) {
    return std::clamp((g - turn * (fat * ring_per_mid_thigh() + subject.skin_thickness_mm)) / hull, least_muscularity, most_muscularity);
  };
  auto fat = [&](double g, double m) { return ((g - hull * m) / turn - subject.skin_thickness_mm) / ring_per_mid_thigh(); };
  const double usual = subject.sex == Sex::man ? reference_muscularity : 0.85;
  const double wanted = given.girth_mm.value_or(
      std::clamp(thigh_girth_of(subject.sex, subject.stature_mm, subject.mass_kg), least_thigh_girth_mm, most_thigh_girth_mm));
  constexpr double lean_mm = 4.0, stout_mm = 30.0;

  ThighComposition c{given.muscularity.value_or(usual), given.fat_thickness_mm.value_or(0.0), 0.0};
  if (!given.fat_thickness_mm) {
    const double free_fat = fat(wanted, c.muscularity);
    c.fat_thickness_mm = given.muscularity ? std::clamp(free_fat, least_thigh_fat_mm, most_thigh_fat_mm) : std::clamp(free_fat, lean_mm, stout_mm);
    if (!given.muscularity && c.fat_thickness_mm != free_fat) c.muscularity = muscularity(wanted, c.fat_thickness_mm);
  } else if (given.girth_mm && !given.muscularity) {
    c.muscularity = muscularity(wanted, c.fat_thickness_mm);
  }
  c.girth_mm = girth(c.muscularity, c.fat_thickness_mm);
  return c;
}

}  // namespace nerveload
