#pragma once
#include <filesystem>

#include "postprocess/results.hpp"

namespace nerveload {

/// The leg from behind and from the side, the roller on the skin, the nerve coloured by its compression.
void draw_scene(const Results& results, const std::filesystem::path& path);

/// A cut across the leg through the roller, or where the nerve is loaded most when there is none: tissues and pressure.
void draw_section(const Results& results, const std::filesystem::path& path);

/// Compression and strain along the nerve against the levels of the ladder.
void draw_nerve_profile(const Results& results, const std::filesystem::path& path);

/// How force and the nerve's compression grow while the roller presses, or how they go along a stroke.
void draw_history(const Results& results, const std::filesystem::path& path);

/// What the uncertain parameters do to pressure and strain. Only with results.uncertainty.
void draw_tornado(const Results& results, const std::filesystem::path& path);

/// Largest value that the colour bar of the nerve shows: the peak, but never less than the irritation level.
double compression_scale(const Results& results);

/// "level 2: irritation" and what decides it, for the head of a picture.
std::string headline(const Results& results);

/// Column that holds at the station that governs.
LadderColumn governing_column(const Results& results);

}  // namespace nerveload
