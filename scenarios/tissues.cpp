#include "scenarios/tissues.hpp"

namespace nerveload {

namespace {
// The relaxation of chen2010 is 1 + C (E1(t/tau2) - E1(t/tau1)) over 1 + C ln(tau2/tau1) with C = 0.27, tau2 = 199 s and 56 % of the stress
// lost in the end, so that tau1 = 1.8 s. Its times are spread evenly over ln tau: a term for each third of them, 0.017 off at the most.
constexpr double nerve_times_s[] = {3.9, 18.8, 91.0};
}  // namespace

Prony nerve_tension_relaxation(double share) {
  Prony series;
  if (share > 0.0)
    for (const double tau_s : nerve_times_s) series.terms.push_back({share / 3.0, tau_s});
  return series;
}

const std::vector<TissueConstants>& tissue_defaults() {
  const Prony none;
  const Prony muscle{{{0.55, 6.0}, {0.28, 0.5}}};
  const Prony nerve{{{0.187, nerve_times_s[0]}, {0.187, nerve_times_s[1]}, {0.186, nerve_times_s[2]}}};
  const char* muscle_source = "bosboom2001 (first term), assumed (second: 5.7 to 3.5 kPa within a second, palevski2006)";
  static const std::vector<TissueConstants> table = {
      {"skin", 15.0, 6.0, "assumed (range 5-100 kPa)", none, "assumed (elastic)"},
      {"fat", 0.75, -4.5, "sims2010, then2012, mihai2015 (derived)", Prony{{{0.39, 700.0}}}, "sims2010"},
      {"muscle", 3.5, -1.25, "palevski2006 (derived: 1 s stroke)", muscle, muscle_source},
      {"hamstring_tendon", 30.0, 9.5, "main2011 (tendons 24.9-39.4 kPa, 8.5-10.9)", none, "assumed (elastic)"},
      {"nerve", 12.9, 6.5, "main2011 (human median nerve)", nerve, "chen2010 (derived)"},
      // Loose tissue around the nerve. As a 0.5 kPa solid it is the worst-strained layer of the whole model and stops the
      // solve; as resting muscle the nerve's compression changes by 3 % in 3-D (docs/decisions/0004-paraneurium.md).
      {"paraneurium", 3.5, -1.25, "assumed (as resting muscle)", muscle, "assumed (as muscle)"},
  };
  return table;
}

}  // namespace nerveload
