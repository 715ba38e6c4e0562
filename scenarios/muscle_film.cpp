#include "scenarios/muscle_film.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "scenarios/read_material.hpp"
#include "scenarios/tissues.hpp"
#include "solver/base/error.hpp"

namespace nerveload {
namespace {

/// Cells whose share of film is alike within a tenth have one material, so that they can be worked on together.
int share_class(double share) { return static_cast<int>(std::lround(std::log(share) / std::log(1.1))); }

/// A film relaxes as its muscle does, so its modulus under a sudden load stands as high above that of a load of reference_ramp_s.
Material laminated(const Material& muscle, double film_modulus, double share) {
  NL_EXPECT(!muscle.fibres, "a cell's direction is that of its plane");
  const Laminate l = laminate_of(initial_shear_modulus(muscle.matrix), film_modulus / muscle.viscosity.step(reference_ramp_s).share, share);
  Material m = muscle;
  m.matrix = NeoHookean{l.shear_modulus};
  m.plane = l.plane;
  return m;
}

}  // namespace

Mesh with_muscle_film(const AnatomyMesh& anatomy, const MuscleFilm& film, std::vector<Material>& materials) {
  Mesh mesh = anatomy.mesh;
  std::map<std::pair<int, int>, int> region_of;
  for (const MusclePlaneCell& c : anatomy.muscle_plane) {
    const int muscle = mesh.region[c.cell], kind = share_class(std::min(0.9, film.thickness_mm / c.depth_mm));
    const auto [at, is_new] = region_of.try_emplace({muscle, kind}, static_cast<int>(materials.size()));
    if (is_new) {
      materials.push_back(laminated(materials[muscle], film.shear_modulus, std::pow(1.1, kind)));
      mesh.region_names.push_back(mesh.region_names[muscle]);  // the same tissue to whoever looks at the results
    }
    mesh.region[c.cell] = at->second;
    mesh.fibre[c.cell] = c.normal;
  }
  return mesh;
}

}  // namespace nerveload
