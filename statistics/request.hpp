#pragma once
#include <nlohmann/json.hpp>

/// nerveload-statistics: a program of its own, so that OpenTURNS (LGPL, and GPL parts among what it links) stays out of
/// nerveload's binary and out of its start (docs/decisions/0027-statistics-apart.md). One JSON request on standard input, an answer of lines on
/// standard output; faults are told on standard error with status 1.
namespace statistics {

using json = nlohmann::json;

/// Draws points: a line of numbers each.
void sample(const json& request);

/// Surrogate, indices, responses and exceedance of one figure over its inputs: one line of JSON.
void analyse(const json& request);

}  // namespace statistics
