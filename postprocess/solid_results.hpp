#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "solver/newton.hpp"
#include "solver/terms/elastic_body.hpp"
#include "solver/terms/indenter.hpp"

namespace nerveload {

/// One converged state of a solid model.
struct SolidStep {
  State state;
  double time_s = 0.0;
  int iterations = 0;
  std::vector<ContactReport> indenters;
  std::vector<std::pair<std::string, Vec3>> reactions_mN;  ///< per held or moved set: force of the supports on the body
  std::vector<std::vector<double>> probes;                 ///< per probe, its components
  std::vector<double> gauges_mm;                           ///< per gauge, the distance of its points
};

/// A named result at a point and its components' names.
struct ProbeText {
  std::string name;
  std::vector<std::string> components;
};

/// Everything that is written about a solid model. Plain values; `body` belongs to the caller and outlives the writing.
struct SolidResults {
  std::string name, model_toml;
  bool complete = true;
  std::string reason;  ///< why it is not
  const ElasticBody* body = nullptr;
  std::vector<SolidStep> steps;  ///< the reference state first
  std::vector<ProbeText> probes;
  std::vector<std::string> gauges;    ///< names
  std::vector<std::string> warnings;  ///< what a user should know though it ended
  SolveStatistics statistics;
  int free_unknowns = 0, threads = 1;
  std::string linear_solver;
  double wall_s = 0.0;
};

/// summary.json: per step the force of each indenter on the body and what of it is friction, its travel, spin, greatest pressure,
/// contact area and the mean pressure on it (both where the pressure exceeds 2 kPa), reactions, probes, Newton iterations; the reference state is not a step of the list.
std::string solid_summary_json(const SolidResults& results);
/// A row per step, the reference state first; columns `NAME.COMPONENT`.
std::string probes_csv(const SolidResults& results);

/// model.toml (as given), tissue.pvd and its files, probes.csv, summary.json. @throws OutputError
void write_solid_results(const SolidResults& results, const std::filesystem::path& dir);

}  // namespace nerveload
