#pragma once
#include <string>

#include "postprocess/envelope_results.hpp"

namespace nerveload {

/// A page in plain words made from an envelope: where and how hard a roller may press before the level is reached. Pictures are named as
/// draw_envelope names them, in `pictures/`.
/// @param command  that made the envelope
std::string safe_rolling_page(const Envelope& envelope, const std::string& command);

}  // namespace nerveload
