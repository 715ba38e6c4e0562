#include "postprocess/pictures/look.hpp"

namespace nerveload {

const Look& light_look() {
  static const Look look{.file_ending = "",
                         .paper = nerveload::paper,
                         .ink = nerveload::ink,
                         .quiet = {0.30, 0.30, 0.30},
                         .grid = {0.88, 0.88, 0.88},
                         .frame = {0.55, 0.55, 0.55},
                         .curve = {0.05, 0.25, 0.55},
                         .side_curve = {0.45, 0.45, 0.45},
                         .more = {0.85, 0.37, 0.0},
                         .less = {0.05, 0.25, 0.55},
                         .roller = roller_colour,
                         .foam = {0.78, 0.81, 0.85},
                         .border = {0.35, 0.35, 0.35},
                         .levels = {{level_colour(1), level_colour(2), level_colour(3), level_colour(4)}}};
  return look;
}

// Sheet, letters and levels are those of the page in the dark (web/src/style.css).
const Look& dark_look() {
  static const Look look{.file_ending = "_dark",
                         .paper = {0.078, 0.094, 0.114},
                         .ink = {0.91, 0.925, 0.94},
                         .quiet = {0.68, 0.72, 0.76},
                         .grid = {0.23, 0.27, 0.31},
                         .frame = {0.60, 0.64, 0.68},
                         .curve = {0.56, 0.77, 1.0},
                         .side_curve = {0.62, 0.66, 0.70},
                         .more = {1.0, 0.62, 0.28},
                         .less = {0.45, 0.68, 1.0},
                         .roller = {0.56, 0.64, 0.73},
                         .foam = {0.30, 0.36, 0.43},
                         .border = {0.80, 0.82, 0.84},
                         .levels = {{{0.94, 0.76, 0.30}, {1.0, 0.64, 0.40}, {1.0, 0.55, 0.62}, {0.88, 0.65, 0.92}}}};
  return look;
}

}  // namespace nerveload
