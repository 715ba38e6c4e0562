#pragma once
#include <string>

#include "postprocess/report/model_surfaces.hpp"
#include "postprocess/run_folder.hpp"

namespace nerveload {

/// A drawing (SVG) of posture and roller from the outer side, turned so that the roller lies below: the modelled leg along the nerve, the
/// nerve and the roller are the run's own at the governing step, to scale; trunk, lower leg and foot are sticks at the joint angles.
std::string pose_drawing(const RunFolder& run, const ModelSurfaces& model);

}  // namespace nerveload
