#pragma once
#include <vector>

#include "scenarios/leg_model.hpp"

namespace nerveload {

/// The leg's mesh with the film laid into the superficial cells against the deep muscles: each gets the laminate of its muscle and the film
/// (solver/materials/weak_plane.hpp), the face's normal for its direction, and a region of its own. Muscle there is neo-Hookean with its initial
/// shear modulus. Nodes and cells stay as they are.
/// @param materials  per region; the laminates are added
Mesh with_muscle_film(const AnatomyMesh& anatomy, const MuscleFilm& film, std::vector<Material>& materials);

}  // namespace nerveload
