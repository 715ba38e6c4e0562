#pragma once
#include <array>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "solver/materials/material.hpp"
#include "solver/mesh.hpp"
#include "solver/mesh_point.hpp"
#include "solver/terms/fibre_membrane.hpp"
#include "solver/terms/indenter.hpp"

namespace nerveload {

/// Displacement of one component of a set, mm at full load; 0 = held.
struct SolidMotion {
  std::string set;
  int component = 0;
  double value_mm = 0.0;
};

/// Load on the facets of a set.
struct SolidTraction {
  std::string set;
  std::vector<Facet> facets;
  Vec3 dead_kPa = Vec3::Zero();
  double pressure_kPa = 0.0;  ///< follows the surface, positive = pushes inwards
};

/// A sheet of fibres on facets, inside the mesh or on its surface.
struct SolidMembrane {
  std::vector<FibreMembrane::Facet> facets;
  SheetFibre along, across;
};

struct SolidIndenter {
  IndenterOptions options;
  Vec3 centre = Vec3::Zero(), direction = -Vec3::UnitZ();
  std::vector<Facet> facets;       ///< that it may touch
  std::optional<double> force_mN;  ///< at full load; else
  double travel_mm = 0.0;          ///< along the direction at full load
  Vec3 slide_mm = Vec3::Zero();    ///< of the centre beyond that, with the load held
};

enum class ProbeField { displacement, cauchy_stress, pressure, deformation_gradient };

/// A named result at a material point.
struct SolidProbe {
  std::string name;
  Vec3 at = Vec3::Zero();
  MeshPoint point;
  ProbeField field = ProbeField::displacement;
};
/// Names of a field's components with their units, "X_mm".
std::vector<std::string> component_names(ProbeField field);

/// The distance between two material points, as a caliper would read it.
struct SolidGauge {
  std::string name;
  std::array<Vec3, 2> at;
  std::array<MeshPoint, 2> points;
};

/// A general solid model (`kind = "solid"`), all in internal units: no anatomy.
struct SolidModel {
  std::string name;
  std::string text;                   ///< as written
  std::vector<std::string> warnings;  ///< what a user should know though the file is sound
  Mesh mesh;                          ///< fibres are filled where a material has them
  std::vector<Material> materials;    ///< per region
  std::vector<SolidMotion> motions;
  std::vector<SolidTraction> tractions;
  std::vector<SolidMembrane> membranes;
  std::vector<SolidIndenter> indenters;
  std::vector<SolidProbe> probes;
  std::vector<SolidGauge> gauges;
  int steps = 10;           ///< in which the loads rise in proportion to time, path 0 to 1
  int slide_steps = 0;      ///< of sliding with the loads held, path 1 to 2; 0 without it
  double duration_s = 1.0;  ///< of the rise, and again of the sliding
  double hold_s = 0.0;      ///< for which everything then stays, over one more unit of the path
  int hold_steps = 0;       ///< of the hold; 0 without one
  int all_steps() const { return steps + slide_steps + hold_steps; }
  /// Where the hold begins on the path.
  double hold_begin() const { return slide_steps > 0 ? 2.0 : 1.0; }
  double path_after(int step) const {
    if (step <= steps) return double(step) / steps;
    if (step <= steps + slide_steps) return 1.0 + double(step - steps) / slide_steps;
    return hold_begin() + double(step - steps - slide_steps) / hold_steps;
  }
  /// Time at a value of the path, s.
  double time_s(double path) const {
    const double held = path - hold_begin();
    return held > 0.0 ? duration_s * hold_begin() + hold_s * held : duration_s * path;
  }
};

/// Reads a model file. @throws InputError with every fault; FileError
SolidModel read_solid_model(const std::filesystem::path& file, std::span<const std::string> settings = {});
/// The same from a text that stands for a file of that name (mesh files lie beside it).
SolidModel read_solid_text(std::string_view text, const std::filesystem::path& name, std::span<const std::string> settings = {});

}  // namespace nerveload
