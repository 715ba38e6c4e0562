#include "scenarios/tissues.hpp"

namespace nerveload {

const std::vector<TissueConstants>& tissue_defaults() {
  static const std::vector<TissueConstants> table = {
      {"skin", 15.0, 6.0, "assumed (range 5-100 kPa)"},
      {"fat", 0.75, -4.5, "sims2010, then2012, mihai2015 (derived)"},
      {"muscle", 3.5, -1.25, "palevski2006 (derived: 1 s stroke)"},
      {"hamstring_tendon", 30.0, 9.5, "main2011 (tendons 24.9-39.4 kPa, 8.5-10.9)"},
      {"nerve", 12.9, 6.5, "main2011 (human median nerve)"},
      // Loose tissue around the nerve. As a 0.5 kPa solid it is the worst-strained layer of the whole model and stops the
      // solve; as resting muscle the nerve's compression changes by 3 % in 3-D (docs/decisions/0004-paraneurium.md).
      {"paraneurium", 3.5, -1.25, "assumed (as resting muscle)"},
  };
  return table;
}

}  // namespace nerveload
