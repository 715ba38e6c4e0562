#pragma once
#include "solver/mesh.hpp"

namespace nerveload {

/// The mesh with its linear tetrahedra made quadratic ones, which do not lock: a node in the middle of every edge, numbered after
/// the others. Other cells stay. A middle node is in a set of nodes where both ends of its edge are; of an inner edge only in a set that has
/// inner nodes itself, and in a set with whole facets of the outside only those of their edges, so that sides and corners stay what they are. Sets of facets follow their facets.
Mesh to_quadratic(const Mesh& mesh);

}  // namespace nerveload
