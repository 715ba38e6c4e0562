#pragma once
#include <filesystem>

#include "postprocess/pictures/look.hpp"
#include "postprocess/run_folder.hpp"

namespace nerveload {

/// The leg from behind and from the side, the roller on the skin, the nerve coloured by its compression.
void draw_scene(const RunFolder& run, const Look& look, const std::filesystem::path& path);

/// A cut across the leg through the roller, or where the nerve is loaded most when there is none: tissues and pressure.
void draw_section(const RunFolder& run, const Look& look, const std::filesystem::path& path);

/// Compression and strain along the nerve against the levels of the ladder.
void draw_nerve_profile(const RunFolder& run, const Look& look, const std::filesystem::path& path);

/// How force and the nerve's compression grow while the roller presses, or how they go along a stroke.
void draw_history(const RunFolder& run, const Look& look, const std::filesystem::path& path);

/// What the uncertain parameters do to pressure and strain. Only of a run with an uncertainty.
void draw_tornado(const RunFolder& run, const Look& look, const std::filesystem::path& path);

/// Largest value that the colour bar of the nerve shows: the peak, but never less than the irritation level.
double compression_scale(const RunFolder& run);

/// "level 2: irritation" and what decides it, for the head of a picture.
std::string headline(const RunFolder& run);

/// Column that holds at the station that governs.
std::string governing_column(const RunFolder& run);

/// The way the roller presses at the governing step, as if it lay on the floor; without one the person's own up.
Vec3 up_from_the_floor(const RunFolder& run);

/// Axes of the thigh in the written frame: distal along the limb, to the outside, to the back.
struct LimbAxes {
  Vec3 distal, lateral, posterior;
};
LimbAxes limb_axes(const RunFolder& run);

}  // namespace nerveload
