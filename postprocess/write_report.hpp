#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "postprocess/pictures/picture_style.hpp"
#include "postprocess/run_folder.hpp"

namespace nerveload {

/// Writes view.py, which shows a folder's results in ParaView. @throws OutputError
void write_view_script(const std::filesystem::path& dir);

/// Writes report.html into the folder of a run. @throws OutputError that names a file which is missing or damaged
void write_report(const RunFolder& run);

/// Draws the pictures and writes report.html and view.py again, from what lies in a folder alone.
/// @param style  looks of the pictures; none = those that the run asked for
/// @return remarks for the person who asked for it, for example that no pictures could be drawn
/// @throws OutputError that names a file which is missing, damaged or from another version
std::vector<std::string> rebuild_report(const std::filesystem::path& dir, bool pictures = true, std::optional<PictureStyle> style = {});

}  // namespace nerveload
