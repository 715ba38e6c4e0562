#pragma once
#include "scenarios/document.hpp"

namespace nerveload {

/// Lays one --set over a solid model. An entry of a list of tables is named by its number from 0, its `name` or its `region`:
/// `material.fat.shear_modulus_kPa=1`, `indenter.0.force_N=200`. @throws InputError where there is no such entry
void apply_setting(DocumentTable& base, const DocumentTable& patch);

}  // namespace nerveload
