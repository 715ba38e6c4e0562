#pragma once
#include <functional>
#include <string>

#include "scenarios/parameters.hpp"

namespace nerveload {

/// Keys of [roller] that say nothing about a plane.
inline constexpr const char* not_of_a_plane[] = {"diameter", "length", "lateral_offset", "azimuth", "yaw"};

/// Told of each slip: table, key (without unit) and what is wrong.
using FaultSink = std::function<void(const std::string& table, const std::string& key, const std::string& message)>;

/// What no single range can see: figures that do not fit together.
void check_scenario(const Scenario& scenario, const GivenValues& given, const FaultSink& fault);

}  // namespace nerveload
