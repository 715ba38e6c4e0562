#pragma once
#include <string>

#include "postprocess/run_folder.hpp"

namespace nerveload {

/// Parts of the page as HTML; everything that comes from a file is escaped.
std::string notices_part(const RunFolder& run);     ///< preview, incomplete, another version; empty when there is nothing to say
std::string verdict_part(const RunFolder& run);     ///< level on its ladder and the sentence
std::string figures_part(const RunFolder& run);     ///< headline figures
std::string safety_part(const RunFolder& run);      ///< warning signs, and what the model is not
std::string facts_part(const RunFolder& run);       ///< what was simulated
std::string thresholds_part(const RunFolder& run);  ///< the ladder with what it rests on
std::string sources_part(const RunFolder& run);     ///< the works that the thresholds name
std::string certainty_part(const RunFolder& run);   ///< how far the figures move with the mesh
std::string provenance_part(const RunFolder& run);  ///< versions and hashes

}  // namespace nerveload
