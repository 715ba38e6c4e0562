#include <iostream>

#include "app/verb.hpp"
#include "scenarios/listing.hpp"
#include "scenarios/nearest.hpp"

namespace po = boost::program_options;

namespace nerveload::app {
namespace {

struct Topic {
  const char* name;
  std::string (*text)(ListFormat);
};
constexpr Topic topics[] = {
    {"scenarios", list_scenarios}, {"materials", list_materials}, {"thresholds", list_thresholds}, {"parameters", list_parameters}};

int run(const Verb& verb, const std::vector<std::string>& words) {
  po::options_description options;
  options.add_options()("markdown", "as a table for a page");
  const auto map = parse_words(verb, words, options, {"topic"});
  if (!map) return done;
  const std::string topic = single(*map, "topic", "scenarios, materials, thresholds or parameters");
  std::vector<std::string> names;
  for (const Topic& t : topics) {
    if (topic == t.name) {
      std::cout << t.text(map->count("markdown") ? ListFormat::markdown : ListFormat::plain);
      return done;
    }
    names.emplace_back(t.name);
  }
  throw UsageError("cannot list " + topic + ": expected scenarios, materials, thresholds or parameters" + did_you_mean(topic, names));
}

}  // namespace

Verb list_verb() {
  return {"list", "scenarios|materials|thresholds|parameters [--markdown]", "what there is, with values, units and sources",
          "nerveload list parameters", run};
}

}  // namespace nerveload::app
