#pragma once
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "postprocess/results.hpp"

namespace nerveload {

/// A row of history.csv.
struct HistoryRow {
  int step = 0;
  ResultStep::Phase phase = ResultStep::Phase::reference;
  double time_s = 0.0, force_N = 0.0, indentation_mm = 0.0, contact_area_mm2 = 0.0, mean_pressure_kPa = 0.0, peak_pressure_kPa = 0.0;
  Peak compression, strain;  ///< kPa, %
  int level = 0;
};

/// A step whose fields were written.
struct Frame {
  HistoryRow row;
  NerveProfile nerve;                                ///< positions in the written frame
  std::filesystem::path tissue, nerve_line, roller;  ///< roller empty without one
};

/// What a run has left in a folder, read back: the one source of report, pictures and scripts.
struct RunFolder {  // NOLINT(bugprone-exception-escape): moving json throws nothing
  std::filesystem::path dir;
  nlohmann::ordered_json summary;
  std::string scenario_toml;
  std::vector<HistoryRow> history;
  std::vector<Frame> frames;  ///< at least one
  std::size_t governing = 0;  ///< among the frames
  std::filesystem::path bones;

  bool has_roller() const { return !frames.front().roller.empty(); }
  const Frame& governing_frame() const { return frames[governing]; }
  /// Towards the outer side of the leg, in the written frame.
  Vec3 outwards() const { return summary["scenario"]["side"] == "right" ? Vec3(-Vec3::UnitX()) : Vec3(Vec3::UnitX()); }
};

/// @param summary  text of summary.json while it is not on disk yet; empty = that in the folder
/// @throws OutputError that names the file which is missing, damaged or from a version that this program does not read
RunFolder read_run_folder(const std::filesystem::path& dir, const std::string& summary = {});

/// A figure of a summary by its dotted path. @throws OutputError naming summary.json and the path
double summary_number(const RunFolder& run, const std::string& path);
std::string summary_text(const RunFolder& run, const std::string& path);

/// Column of the ladder that the run judged a station by, as summary.json has it: "healthy", "irritated" or "root".
std::string judged_column(const RunFolder& run, double station_mm);

/// The name of a level on the run's ladder.
std::string level_name(const RunFolder& run, int level);

/// One level of the ladder of a column, of summary.json: kPa and %; infinite where it cannot be reached.
struct LevelFigures {
  double compression_kPa, strain_percent;
};
LevelFigures level_figures(const RunFolder& run, int level, const std::string& column);

}  // namespace nerveload
