#pragma once
#include <string>

#include "postprocess/run_folder.hpp"

namespace nerveload {

/// The report of a run as one page that needs nothing else: text, drawing, pictures, data, script and style. Built from what the run left
/// in its folder alone.
/// @throws OutputError that names a file which is missing or damaged
std::string run_page(const RunFolder& run);

}  // namespace nerveload
