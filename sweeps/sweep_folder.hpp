#pragma once
#include <set>
#include <string>

namespace nerveload {

/// Everything that a sweep may leave in its folder.
const std::set<std::string>& sweep_names();

}  // namespace nerveload
