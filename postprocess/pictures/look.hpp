#pragma once
#include <array>
#include <string>

#include "postprocess/pictures/colours.hpp"

namespace nerveload {

/// Colours of sheet, letters, lines and levels. Pictures have one style in two looks, for white paper and for dark screens; what a tissue is and
/// what a value is have the same colours in both.
struct Look {
  std::string file_ending;       ///< of a picture's name, before ".png"
  Colour paper, ink, quiet;      ///< sheet, letters, small print
  Colour grid, frame;            ///< of charts; around squares of keys and colour bars
  Colour curve, side_curve;      ///< the figure that a chart is about, and what it is compared with
  Colour more, less;             ///< bars of a parameter's increase and decrease
  Colour roller, foam;           ///< outline and inside of a roller
  Colour border;                 ///< between tissues and the sheet
  std::array<Colour, 4> levels;  ///< of L1 … L4
  const Colour& level(int k) const { return levels[static_cast<std::size_t>(k - 1)]; }
};

const Look& light_look();
const Look& dark_look();

}  // namespace nerveload
