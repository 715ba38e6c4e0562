#pragma once
#include <string>

namespace nerveload {

/// Texts of `nerveload list`, and of the reference pages that are made from them.
enum class ListFormat { plain, markdown };
std::string list_scenarios(ListFormat format);
std::string list_materials(ListFormat format);
std::string list_thresholds(ListFormat format);
std::string list_parameters(ListFormat format);

/// The page docs/scenario_reference.md, whole.
std::string scenario_reference();

}  // namespace nerveload
