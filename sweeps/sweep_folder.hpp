#pragma once
#include <set>
#include <string>

namespace nerveload {

/// Everything that a sweep may leave in its folder, also when it is killed: SQLite has a journal for a moment while it makes a store.
const std::set<std::string>& sweep_names();

}  // namespace nerveload
