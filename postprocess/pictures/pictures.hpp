#pragma once
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "postprocess/run_folder.hpp"

namespace nerveload {

/// What came of drawing.
struct PictureReport {
  std::vector<std::filesystem::path> written;
  std::string reason;  ///< why there are none or not all; empty when everything was drawn
};

/// Runs `draw` in a process of its own on an X server of its own (Xvfb), and on the user's display where there is no Xvfb.
/// @return why it did not come to its end; empty = it did
std::string draw_apart(const std::function<void()>& draw);

/// Draws scene.png, section.png, nerve_profile.png and history.png (1400 × 900) of the governing step into `dir`, from
/// what the run has left in its folder; with an uncertainty tornado.png too.
/// Drawing happens apart (draw_apart): pictures look the same everywhere, and a graphics driver that fails takes no result with it. Never throws for want of a display.
PictureReport draw_pictures(const RunFolder& run, const std::filesystem::path& dir);

}  // namespace nerveload
