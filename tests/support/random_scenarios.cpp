#include "tests/support/random_scenarios.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numbers>
#include <random>
#include <sstream>

#include "scenarios/anthropometry.hpp"
#include "tests/support/run_program.hpp"

namespace nerveload {
namespace {

class Dice {
 public:
  explicit Dice(unsigned long long seed) : engine_(seed) {}
  double uniform(double low, double high) { return low + (high - low) * unit(); }
  int pick(int count) { return std::min(count - 1, static_cast<int>(unit() * count)); }
  /// Normal by Box and Muller, clipped.
  double normal(double mean, double spread, double low, double high) {
    const double r = std::sqrt(-2.0 * std::log(1.0 - unit())), z = r * std::cos(2.0 * std::numbers::pi * unit());
    return std::clamp(mean + spread * z, low, high);
  }

 private:
  double unit() { return static_cast<double>(engine_() >> 11) * 0x1.0p-53; }
  std::mt19937_64 engine_;
};

std::string number(double value, int decimals) {
  char text[32];
  std::snprintf(text, sizeof text, "%.*f", decimals, value);
  return text;
}

double rounded(double value, int decimals) { return std::stod(number(value, decimals)); }

struct TableCell {
  const char* key;
  std::string value;
};

/// Girth as the regression with its residual; fat follows from it with the muscularity of the sex.
void add_person(Dice& dice, std::vector<TableCell>& row, double& length_scale) {
  Subject p;
  p.sex = dice.pick(2) == 0 ? Sex::man : Sex::woman;
  const bool man = p.sex == Sex::man;
  const double stature = rounded(dice.normal(man ? 1.756 : 1.629, man ? 0.069 : 0.064, 1.50, 1.95), 3);
  const double mass = rounded(dice.normal(man ? 85.5 : 67.8, man ? 14.2 : 11.0, 45.0, 120.0), 1);
  p.stature_mm = 1000.0 * stature;
  p.mass_kg = mass;
  p.femur_length_mm = rounded(dice.normal(femur_length_of(p.sex, p.stature_mm), 12.0, 340.0, 490.0), 1);
  p.skin_thickness_mm = 2.0;
  length_scale = p.length_scale();
  const double wanted = dice.normal(thigh_girth_of(p.sex, p.stature_mm, mass), 23.0, 500.0, 720.0);
  const ThighComposition thigh = compose_thigh(p, {{}, {}, wanted});
  row.insert(row.end(),
             {
                 {"subject.sex", man ? "man" : "woman"},
                 {"subject.stature_m", number(stature, 3)},
                 {"subject.mass_kg", number(mass, 1)},
                 {"subject.femur_length_mm", number(p.femur_length_mm, 1)},
                 {"subject.muscularity", number(thigh.muscularity, 4)},
                 {"subject.fat_thickness_mm", number(thigh.fat_thickness_mm, 1)},
                 {"subject.buttock_fat_thickness_mm", number(dice.normal(buttock_fat_of(p.sex, p.stature_mm, mass), 6.0, 10.0, 50.0), 1)},
                 {"subject.gluteus_maximus_thickness_mm", number(dice.normal(46.0 * thigh.muscularity * length_scale, 5.0, 24.0, 48.0), 1)},
                 {"subject.piriformis_thickness_mm", number(dice.normal(17.0, 3.0, 12.0, 25.0), 1)},
                 {"subject.bone_scale", number(dice.normal(1.0, 0.04, 0.9, 1.1), 3)},
                 {"subject.nerve_scale", number(dice.normal(1.0, 0.07, 0.8, 1.2), 3)},
                 {"subject.nerve_lateral_shift_mm", number(dice.normal(0.0, 4.0, -8.0, 8.0), 1)},
                 {"subject.nerve_posterior_shift_mm", number(dice.normal(0.0, 2.0, -3.0, 6.0), 1)},
                 {"subject.muscle_state", dice.pick(2) == 0 ? "resting" : "guarded"},
             });
}

std::vector<TableCell> scenario(Dice& dice) {
  std::vector<TableCell> row;
  double k = 1.0;
  add_person(dice, row, k);
  static const char* const rollers[] = {"soft", "standard", "hard"};
  static const char* const conditions[] = {"healthy", "healthy", "radiculopathy", "piriformis_syndrome"};
  const std::string condition = conditions[dice.pick(4)];
  const double healthy = std::stod(row[8].value), ratio = 23.0 / 17.0;
  row.insert(row.end(), {
                            {"condition.kind", condition},
                            {"condition.piriformis_thickness_mm", number(condition == "piriformis_syndrome" ? healthy * ratio : healthy, 1)},
                            {"pose.preset", "neutral"},
                            {"pose.hip_flexion_deg", number(dice.uniform(0.0, 90.0), 1)},
                            {"pose.knee_flexion_deg", number(dice.uniform(0.0, 90.0), 1)},
                            {"roller.kind", rollers[dice.pick(3)]},
                            {"roller.position_mm", number(dice.uniform(-120.0 * k + 0.5, 310.0 * k - 0.5), 1)},
                            {"load.force_N", number(dice.uniform(50.0, 350.0), 0)},
                        });
  return row;
}

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells;
  std::istringstream in(line);
  for (std::string cell; std::getline(in, cell, ',');) cells.push_back(cell);
  return cells;
}

}  // namespace

std::string random_scenarios_csv(int count, unsigned long long seed) {
  Dice dice(seed);
  std::string text;
  for (int i = 0; i < count; ++i) {
    const std::vector<TableCell> row = scenario(dice);
    std::string header, line;
    for (const TableCell& c : row) {
      header += (header.empty() ? "" : ",") + std::string(c.key);
      line += (line.empty() ? "" : ",") + c.value;
    }
    if (i == 0) text += header + "\n";
    text += line + "\n";
  }
  return text;
}

std::vector<ScenarioSettings> settings_of_csv(const std::string& csv) {
  std::istringstream in(csv);
  std::string line;
  std::getline(in, line);
  const std::vector<std::string> keys = cells_of(line);
  std::vector<ScenarioSettings> all;
  while (std::getline(in, line)) {
    const std::vector<std::string> cells = cells_of(line);
    ScenarioSettings settings;
    for (std::size_t i = 0; i < std::min(keys.size(), cells.size()); ++i) settings.push_back(keys[i] + "=" + cells[i]);
    all.push_back(std::move(settings));
  }
  return all;
}

std::vector<ScenarioSettings> committed_random_scenarios() {
  return settings_of_csv(text_of_file(std::string(NERVELOAD_SOURCE_DIR) + "/tests/validation/random_scenarios.csv"));
}

}  // namespace nerveload
