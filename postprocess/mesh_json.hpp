#pragma once
#include <nlohmann/json.hpp>

#include "postprocess/results.hpp"

namespace nerveload {

/// `coarser_meshes` of summary.json: what the same run came to on each mesh that led the wanted one.
nlohmann::ordered_json coarser_meshes_json(const Results& results);

/// `mesh_error` of summary.json: what is known of the fidelity from other scenarios, and `limit` of this run where a coarser mesh tells (else null).
nlohmann::ordered_json mesh_error_json(const Results& results);

}  // namespace nerveload
