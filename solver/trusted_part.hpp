#pragma once
#include <Eigen/Dense>

#include "solver/mesh.hpp"

namespace nerveload {

/// Largest part (0…1] of an increment over which the tangent still tells what comes: no two nodes of a cell move against one another by more
/// than 0.6 of their distance, or of their reference distance if they have come closer. A tangent knows nothing of rotation: a cell that is
/// sheared farther than that at once is stretched instead, and Newton's method has to find its way back (decision 0021).
/// @param displacements, increment  3 a node first, mm
double trusted_part(const Mesh& mesh, const Eigen::VectorXd& displacements, const Eigen::VectorXd& increment);

}  // namespace nerveload
