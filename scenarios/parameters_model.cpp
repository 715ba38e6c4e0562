/// What may be said about the nerve's fibres, the thresholds, the mesh and the output.
#include "scenarios/parameter_notes.hpp"
#include "scenarios/parameters.hpp"
#include "solver/base/units.hpp"

namespace nerveload {
namespace {

Parameter threshold_row(int column, int level, bool strain) {
  const ThresholdLevel row = ThresholdLadder::defaults()[level];
  const std::string name = std::string(strain ? "strain" : "compression") + "_L" + std::to_string(level);
  Parameter p;
  p.table = std::string("thresholds.") + to_string(static_cast<LadderColumn>(column));
  p.name = name;
  p.dimension = strain ? Dimension::ratio : Dimension::pressure;
  p.unit = strain ? "percent" : "mmHg";
  const Range range = strain ? positive(100.0, "beyond the in-situ length") : positive(5000.0, "a pressure on the nerve");
  p.range = [range](const Scenario&) { return range; };
  const double value = readable(strain ? row.strain_percent[column] : row.compression_kPa[column] / kPa_per_mmHg, 1e-4);
  p.fallback = [d = ParameterDefault{value, row.source}](const Scenario&, const GivenValues&) { return d; };
  p.set = [column, level, strain](Scenario& s, double v) {
    ThresholdLevel& l = s.thresholds.levels[level];
    if (strain) l.strain_percent[column] = readable(v / fraction_per_percent, 1e-9);
    else l.compression_kPa[column] = v;
  };
  p.meaning = std::string(strain ? "strain" : "compression") + " that reaches level " + std::to_string(level) + " (" + row.name + ")";
  return p;
}

}  // namespace

std::vector<Parameter> muscle_fibre_parameters() {
  const char* t = "materials.muscle_fibres";
  return {
      quantity_parameter({t,
                          "stress_scale",
                          Dimension::pressure,
                          "kPa",
                          {0.0, 100.0, "20 to 50 kPa when well stretched"},
                          3.1,
                          "assumed",
                          "c in stress = c (exp(k strain) - 1), strain of the belly against the neutral pose; counts with subject.fibre_tension"},
                         [](Scenario& s) -> double& { return s.muscle_fibres.stress_scale_kPa; }),
      quantity_parameter(
          {t, "exponent", Dimension::none, "", {1.0, 40.0, "a toe that ends within the poses' stretches"}, 10.0, "assumed", "k of that law"},
          [](Scenario& s) -> double& { return s.muscle_fibres.exponent; }),
  };
}

std::vector<Parameter> muscle_film_parameters() {
  const char* t = "materials.fascia_planes";
  return {
      quantity_parameter({t,
                          "thickness",
                          Dimension::length,
                          "mm",
                          {0.1, 3.0, "a film between muscles"},
                          1.0,
                          "assumed",
                          "loose tissue between superficial and deep muscles; counts with subject.fascia_planes"},
                         [](Scenario& s) -> double& { return s.muscle_film.thickness_mm; }),
      quantity_parameter({t, "shear_modulus", Dimension::pressure, "kPa", {0.01, 10.0, "softer than muscle"}, 0.1, "assumed", "of that film"},
                         [](Scenario& s) -> double& { return s.muscle_film.shear_modulus; }),
  };
}

std::vector<Parameter> nerve_parameters() {
  const char* t = "materials.nerve_fibres";
  const double fitted_bed = fitted_value("materials.nerve_fibres.bed_stiffness"), fitted_root = fitted_value("materials.nerve_fibres.root_stiffness");
  return {
      quantity_parameter({t,
                          "stress_scale",
                          Dimension::pressure,
                          "kPa",
                          {0.001, 1.0, "c × 0.5 to 2 fits as well"},
                          0.0146,
                          "doering2022 (derived)",
                          "c in stress = c (exp(k strain) - 1), strain from slack"},
                         [](Scenario& s) -> double& { return s.nerve.fibre.c; }),
      quantity_parameter({t, "exponent", Dimension::none, "", {10.0, 200.0, "stiffening of nerves"}, 82.7, "doering2022 (derived)", "k of that law"},
                         [](Scenario& s) -> double& { return s.nerve.fibre.k; }),
      quantity_parameter({t,
                          "tangent_cap",
                          Dimension::pressure,
                          "MPa",
                          {0.5, 12.0, "1 to 3 measured, 12 extrapolated"},
                          2.0,
                          "doering2022 (last measured tangent)",
                          "largest tangent of the law"},
                         [](Scenario& s) -> double& { return s.nerve.fibre.cap; }),
      quantity_parameter({t, "section_area", Dimension::area, "mm2", {30.0, 75.0, "sciatic nerves measured"}, 50.0, "chen2018", "unstressed section"},
                         [](Scenario& s) -> double& { return s.nerve.section_area_mm2; }),
      quantity_parameter(
          {t, "pre_strain", Dimension::ratio, "percent", {1.0, 12.0, "5 to 12 measured"}, 8.0, "georgeu2005", "strain from slack in situ"},
          [](Scenario& s) -> double& { return s.nerve.pre_strain; }),
      quantity_parameter({t,
                          "relaxing_share",
                          Dimension::none,
                          "",
                          {0.0, 0.9, "0.34 to 0.48 measured"},
                          0.39,
                          "kwan1991 (mean of three strains in an hour)",
                          "of the stress beyond rest that is lost in time, where tissue relaxes"},
                         [](Scenario& s) -> double& { return s.nerve.relaxing_share; }),
      quantity_parameter({t,
                          "bed_stiffness",
                          Dimension::pressure_per_length,
                          "kPa_per_mm",
                          {0.0, 1.0, "0.04 and more leave no excursion"},
                          fitted_bed,
                          "ridehalgh2014 (fitted)",
                          "traction of the bed per slip"},
                         [](Scenario& s) -> double& { return s.nerve.bed_stiffness_kPa_per_mm; }),
      quantity_parameter({t,
                          "bed_slip_scale",
                          Dimension::length,
                          "mm",
                          {0.0, 200.0, "slips of the nerve in its bed"},
                          0.0,
                          "assumed (ridehalgh2014 is met with either law)",
                          "slip at which the bed's traction saturates; 0 = it grows in proportion"},
                         [](Scenario& s) -> double& { return s.nerve.slip_scale_mm; }),
      quantity_parameter({t,
                          "root_stiffness",
                          Dimension::stiffness,
                          "N_per_mm",
                          {0.5, 100.0, "2 to 9 fit"},
                          fitted_root,
                          "smith1993 (fitted)",
                          "spring at the root foramen"},
                         [](Scenario& s) -> double& { return s.nerve.root_stiffness_mN_per_mm; }),
      quantity_parameter({t, "foot_stiffness", Dimension::stiffness, "N_per_mm", {0.5, 100.0, "2 and more"}, 5.0, "assumed", "spring at the ankle"},
                         [](Scenario& s) -> double& { return s.nerve.foot_stiffness_mN_per_mm; }),
      quantity_parameter({t,
                          "whole_length",
                          Dimension::length,
                          "mm",
                          {800.0, 1100.0, "root to ankle of adults"},
                          950.0,
                          "assumed (850 to 1050)",
                          "root to ankle in the reference man; scales with the person"},
                         [](Scenario& s) -> double& { return s.nerve.length_mm; }),
  };
}

std::vector<Parameter> threshold_parameters() {
  std::vector<Parameter> rows = {
      boolean_parameter("thresholds", "double_site", true, "takahashi1993 (acute; mao1998 does not show it in chronic loading)",
                        "judge a nerve with an acutely loaded root by the root column",
                        [](Scenario& s) -> bool& { return s.thresholds.double_site; }),
      quantity_parameter({"thresholds",
                          "double_site_root",
                          Dimension::pressure,
                          "mmHg",
                          {1.0, 256.0, "a pressure on the root"},
                          10.0,
                          "takahashi1993",
                          "least root pressure for the double-site rule"},
                         [](Scenario& s) -> double& { return s.thresholds.double_site_root_kPa; })};
  for (int column = 0; column < ladder_columns; ++column)
    for (int level = 1; level < ladder_levels; ++level)
      for (const bool strain : {false, true}) rows.push_back(threshold_row(column, level, strain));
  return rows;
}

std::vector<Parameter> run_parameters() {
  return {
      choice_parameter("mesh", "fidelity", {"coarse", "standard", "fine"}, 1, "docs/theory/mesh.md",
                       "coarse is a preview, standard for results, fine to know the error",
                       [](Scenario& s, int i) { s.fidelity = static_cast<Fidelity>(i); }),
      boolean_parameter("output", "every_step", true, "definition", "write every converged step, not only the last",
                        [](Scenario& s) -> bool& { return s.output.every_step; }),
      boolean_parameter("output", "pictures", true, "definition", "draw pictures", [](Scenario& s) -> bool& { return s.output.pictures; }),
      choice_parameter("output", "picture_style", {picture_style_words.begin(), picture_style_words.end()}, static_cast<int>(PictureStyle::both),
                       "definition", "black on white, light on dark (NAME_dark.png), or each picture in both",
                       [](Scenario& s, int i) { s.output.picture_style = static_cast<PictureStyle>(i); }),
      boolean_parameter("output", "report", true, "definition", "write report.html", [](Scenario& s) -> bool& { return s.output.report; }),
  };
}

}  // namespace nerveload
