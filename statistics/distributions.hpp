#pragma once
#include <openturns/OT.hxx>

#include "statistics/request.hpp"

namespace statistics {

/// The distribution of one input: {"kind": "normal", "arguments": [58, 8], "between": [30, 90]}; {"kind": "values", "arguments": [0, 30, 60]}
/// are as likely one as the other.
OT::Distribution distribution_of(const json& input);

}  // namespace statistics
