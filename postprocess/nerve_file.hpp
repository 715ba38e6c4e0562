#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace nerveload {

/// Writes a nerve's profile as a poly-line for ParaView: the stations that have a place (x_mm, y_mm, z_mm; the others are outside the mesh), every
/// column at its points.
/// @param columns  of equal length, by name; NaN where a column means nothing
/// @param single   numbers of the whole, as field data
/// @throws OutputError
void write_nerve_file(const std::map<std::string, std::vector<double>>& columns, const std::map<std::string, double>& single, double time,
                      const std::filesystem::path& file);

struct NerveFile {
  std::string file;  ///< as seen from the series
  double time;
};
/// A .pvd that lists files under their times. @throws OutputError
void write_nerve_series(const std::vector<NerveFile>& files, const std::filesystem::path& pvd);

}  // namespace nerveload
