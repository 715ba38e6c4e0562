#pragma once
#include <string>

#include "postprocess/run_folder.hpp"

namespace nerveload {

/// What is not known of tissue and body does to the figures: ranges, how likely each level is, and the parameters that matter most, as HTML;
/// a sentence where that was not computed.
std::string uncertainty_part(const RunFolder& run);

}  // namespace nerveload
