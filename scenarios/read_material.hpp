#pragma once
#include <string>
#include <vector>

#include "scenarios/input.hpp"
#include "scenarios/scenario.hpp"

namespace nerveload {

/// Models that `read_matrix` knows: "neo_hookean", "mooney_rivlin", "ogden".
const std::vector<std::string>& matrix_models();

/// Reads the constants of an isochoric ground substance: `model` and its moduli, each with a unit of pressure.
///   neo_hookean   shear_modulus
///   mooney_rivlin c10, c01
///   ogden         mu = [..], alpha = [..]  or, for one term, shear_modulus, alpha
/// Without any of these keys `base` stays. After a fault the answer is `base`. Does not finish the table.
Matrix read_matrix(TableReader& table, const Matrix& base);

/// Reads `prony = [{ g = .., tau_s = .. }, ..]`, one table for each term; an empty array is elastic.
Prony read_prony(TableReader& table);

/// The initial shear modulus, kPa.
double initial_shear_modulus(const Matrix& matrix);
/// The same substance, `factor` times as stiff.
Matrix stiffened(const Matrix& matrix, double factor);

/// Reads [materials] (null: not there): the defaults of scenarios/tissues.hpp with the user's changes; any tissue of the mesh may be named,
/// a single muscle then leaves the group `muscle`. Appends to the scenario's tissues and to its resolved entries.
void read_tissues(TableReader* materials, const ListedDefaults& defaults, Scenario& scenario);

}  // namespace nerveload
