#include "sweeps/sweep_places.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

namespace nerveload {

SweepPlaces::SweepPlaces(const std::vector<SweepParameter>& parameters) {
  for (const SweepParameter& p : parameters) {
    Input input{p.key, p.is_load(), p.numeric(), 0.0, 0.0};
    if (p.distribution) {
      const auto bulk = p.distribution->bulk();
      input.low = bulk[0];
      input.high = bulk[1];
    } else if (input.numeric && !p.values.empty()) {
      std::vector<double> values;
      for (const std::string& v : p.values) values.push_back(std::stod(v));
      input.low = *std::min_element(values.begin(), values.end());
      input.high = *std::max_element(values.begin(), values.end());
    }
    inputs_.push_back(std::move(input));
  }
}

double SweepPlaces::Input::place(double value) const {
  if (!(high > low)) return 0.0;
  return load && low > 0.0 && value > 0.0 ? std::log(value / low) / std::log(high / low) : (value - low) / (high - low);
}

LeadPlace SweepPlaces::of(const std::string& inputs) const {
  const auto values = nlohmann::ordered_json::parse(inputs);
  LeadPlace place;
  std::vector<double> leg, load;
  for (const Input& i : inputs_) {
    const auto& value = values.at(i.key);
    if (i.numeric && value.is_number()) (i.load ? load : leg).push_back(i.place(value.get<double>()));
    else place.kind += i.key + "=" + value.dump() + "\n";
  }
  place.leg = Eigen::Map<const Eigen::VectorXd>(leg.data(), static_cast<Eigen::Index>(leg.size()));
  place.load = Eigen::Map<const Eigen::VectorXd>(load.data(), static_cast<Eigen::Index>(load.size()));
  return place;
}

}  // namespace nerveload
