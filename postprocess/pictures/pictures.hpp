#pragma once
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "postprocess/pictures/picture_style.hpp"
#include "postprocess/run_folder.hpp"

namespace nerveload {

/// What came of drawing.
struct PictureReport {
  std::vector<std::filesystem::path> written;
  std::string reason;  ///< why there are none or not all; empty when everything was drawn
};

/// The looks that the run asked for; a run of an earlier version has light ones. @throws OutputError
PictureStyle picture_style_of(const RunFolder& run);

/// Runs `draw` in a process of its own on an X server of its own (Xvfb), and on the user's display where there is no Xvfb.
/// @return why it did not come to its end; empty = it did
std::string draw_apart(const std::function<void()>& draw);

/// Draws scene.png, section.png, nerve_profile.png and history.png (1400 × 900) of the governing step into `dir`, from
/// what the run has left in its folder; with an uncertainty tornado.png too. Dark ones are NAME_dark.png; those of a look that is not wanted go.
/// Drawing happens apart (draw_apart): pictures look the same everywhere, and a graphics driver that fails takes no result with it. Never throws for want of a display.
PictureReport draw_pictures(const RunFolder& run, const std::filesystem::path& dir, PictureStyle style = PictureStyle::light);

}  // namespace nerveload
