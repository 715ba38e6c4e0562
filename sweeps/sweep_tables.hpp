#pragma once
#include <filesystem>
#include <string>

#include "sweeps/sweep_store.hpp"

namespace nerveload {

/// Writes beside a store what others open: results.csv (a row a point: inputs with units, status, figures, time, version, hash), results.jsonl
/// (the same with the nerve's profile, an object a line) and sweep.pvd → points/*.vtp (the nerve of each complete point, for ParaView's time
/// slider). Row by row: memory does not grow with the number of points.
/// @return a remark where something was left out, of which no earlier one stays either; empty otherwise. @throws OutputError
std::string write_tables(const SweepStore& store, const std::filesystem::path& dir);

/// More complete points than this have no files for ParaView.
inline constexpr std::int64_t most_paraview_points = 2000;

}  // namespace nerveload
