#pragma once
#include "scenarios/input.hpp"
#include "scenarios/solid_model.hpp"

namespace nerveload {

/// Readers of the tables of a solid model. Each takes its keys, finishes the table and adds to the model; what needs the mesh
/// is left out while the mesh has no cells (its own fault is then on the list).

inline constexpr double highest_kPa = 1e6;
inline const Range any_pressure{-highest_kPa, highest_kPa, {}};

/// [[material]] tables: a material for each region, fibres into the mesh (read_solid_material.cpp).
void read_solid_materials(TableReader& top, SolidModel& model);
/// One [[membrane]]: a sheet of fibres in two directions (read_solid_membrane.cpp).
void read_solid_membrane(TableReader table, SolidModel& model);
void read_solid_traction(TableReader table, SolidModel& model);
void read_solid_indenter(TableReader table, SolidModel& model);
void read_solid_probe(TableReader table, SolidModel& model);
void read_solid_gauge(TableReader table, SolidModel& model);

/// The name of a set under `key`, known to the mesh; a fault and nothing otherwise.
std::optional<std::string> read_set_name(TableReader& table, std::string_view key, const SolidModel& model);
/// Three numbers of a dimension.
std::optional<Vec3> read_vector(TableReader& table, std::string_view stem, Dimension dimension, double most);

}  // namespace nerveload
