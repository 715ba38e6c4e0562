#pragma once
#include <string>
#include <vector>

#include "scenarios/leg_lead.hpp"
#include "sweeps/sweep_plan.hpp"

namespace nerveload {

/// Where the points of a sweep stand among each other: every numeric input over what it takes, from 0 to 1.
class SweepPlaces {
 public:
  explicit SweepPlaces(const std::vector<SweepParameter>& parameters);
  /// @param inputs  JSON object, key to value, as in PointTask
  LeadPlace of(const std::string& inputs) const;

 private:
  struct Input {
    std::string key;
    bool load, numeric;
    double low, high;
    /// Loads by their logarithm, for what a leg does under a load is near a power law.
    double place(double value) const;
  };
  std::vector<Input> inputs_;
};

}  // namespace nerveload
