#include "postprocess/thresholds.hpp"

#include <cmath>
#include <limits>

#include "solver/base/error.hpp"
#include "solver/base/units.hpp"

namespace nerveload {
namespace {
using namespace literals;

int index(LadderColumn column) { return static_cast<int>(column); }
}  // namespace

const char* to_string(LadderColumn column) {
  switch (column) {
    case LadderColumn::irritated: return "irritated";
    case LadderColumn::root: return "root";
    default: return "healthy";
  }
}

std::array<ThresholdLevel, ladder_levels> ThresholdLadder::defaults() {
  return {{
      {"below notice", {0.0, 0.0, 0.0}, {0.0, 0.0, 0.0}, ""},
      {"caution",
       {20.0_mmHg, 10.0_mmHg, 10.0_mmHg},
       {5.0, 3.0, 5.0},
       "rydevik1981 (venous flow), zhong2009; irritated: half of healthy (assumed), dilley2005; root: takahashi1993"},
      {"irritation",
       {40.0_mmHg, 20.0_mmHg, 20.0_mmHg},
       {8.0, 5.0, 8.0},
       "rydevik1981 (capillary flow), gelberman1983, lundborg1973; irritated and root: assumed"},
      {"block", {70.0_mmHg, 40.0_mmHg, 30.0_mmHg}, {15.7, 8.0, 15.7}, "ogata1986, rydevik1981 (flow stops); irritated: assumed; root: olmarker1989"},
      {"structural",
       {400.0_mmHg, 400.0_mmHg, 400.0_mmHg},
       {20.0, 20.0, 20.0},
       "dahlin1986jbe for pressure held 15 minutes or longer; strain beyond the tested range of zhong2009"},
  }};
}

double ThresholdLadder::compression_kPa(int level, LadderColumn column, double hold_min) const {
  NL_EXPECT(level >= 1 && level < ladder_levels, "a level from 1 to 4");
  const double figure = levels[level].compression_kPa[index(column)];
  if (level + 1 < ladder_levels) return figure;
  if (!(hold_min >= structural_shortest_min)) return std::numeric_limits<double>::infinity();
  return figure * std::pow(hold_min / structural_shortest_min, structural_exponent);
}

double ThresholdLadder::strain_percent(int level, LadderColumn column) const {
  NL_EXPECT(level >= 1 && level < ladder_levels, "a level from 1 to 4");
  return levels[level].strain_percent[index(column)];
}

std::string ThresholdLadder::fault() const {
  for (int c = 0; c < ladder_columns; ++c)
    for (int k = 1; k < ladder_levels; ++k) {
      const std::string where = levels[k].name + " (" + to_string(static_cast<LadderColumn>(c)) + ")";
      const double p = levels[k].compression_kPa[c], e = levels[k].strain_percent[c];
      if (!(p > 0.0) || !std::isfinite(p)) return "the compression of level " + where + " must be a positive number";
      if (!(e > 0.0) || !std::isfinite(e)) return "the strain of level " + where + " must be a positive number";
      if (p <= levels[k - 1].compression_kPa[c]) return "the compression of level " + where + " must be above that of the level below";
      if (e <= levels[k - 1].strain_percent[c]) return "the strain of level " + where + " must be above that of the level below";
    }
  if (!(structural_exponent < 0.0) || !(structural_shortest_min > 0.0)) return "the structural pressure must be positive and fall with time";
  return {};
}

}  // namespace nerveload
