#include "scenarios/listing.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "scenarios/parameter_notes.hpp"
#include "scenarios/parameters.hpp"
#include "scenarios/read_scenario.hpp"

using namespace nerveload;

namespace {
std::string file_text(const std::string& path) {
  std::ifstream in(path);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}
}  // namespace

/// NERVELOAD_WRITE_REFERENCE=1 writes the page anew.
TEST(Listing, TheReferencePageIsCurrent) {
  const std::string path = std::string(NERVELOAD_SOURCE_DIR) + "/docs/scenario_reference.md";
  if (std::getenv("NERVELOAD_WRITE_REFERENCE")) std::ofstream(path) << scenario_reference();
  EXPECT_EQ(file_text(path), scenario_reference());
}

TEST(Listing, EveryParametersDefaultLiesInItsRange) {
  const Scenario s = read_scenario_text("schema = 1\n", "default");
  for (const Parameter& p : scenario_parameters()) {
    EXPECT_FALSE(p.meaning.empty()) << p.dotted();
    if (p.kind != Parameter::Kind::quantity || !p.fallback(s, {})) continue;
    const Range r = p.range(s);
    const ParameterDefault d = *p.fallback(s, {});
    EXPECT_FALSE(d.source.empty()) << p.dotted();
    EXPECT_GE(d.value, r.low) << p.dotted();
    EXPECT_LE(d.value, r.high) << p.dotted();
    EXPECT_EQ(p.unit.empty(), p.dimension == Dimension::none) << p.dotted();
  }
}

TEST(Listing, EverySourceKeyIsInTheBibliography) {
  const std::string bib = file_text(std::string(NERVELOAD_SOURCE_DIR) + "/docs/theory/references.bib");
  const std::string text = list_parameters(ListFormat::plain) + list_materials(ListFormat::plain) + list_thresholds(ListFormat::plain) +
                           resolved_toml(read_scenario_text("condition.kind = 'piriformis_syndrome'\n", "a"));
  const std::regex key("[a-z]+(19|20)[0-9]{2}[a-z]*");
  for (std::sregex_iterator i(text.begin(), text.end(), key), end; i != end; ++i)
    EXPECT_NE(bib.find("{" + i->str() + ","), std::string::npos) << i->str();
}

TEST(Listing, EveryParameterSaysHowWellItIsKnown) {
  std::set<std::string> known;
  for (const Parameter& p : scenario_parameters()) {
    known.insert(p.dotted());
    ASSERT_TRUE(parameter_notes().contains(p.dotted())) << p.dotted() << " is missing in scenarios/parameters.toml";
  }
  for (const auto& [name, note] : parameter_notes()) {
    EXPECT_TRUE(known.contains(name)) << name << " of scenarios/parameters.toml is no parameter";
    EXPECT_FALSE(note.confidence.empty()) << name;
    EXPECT_EQ(note.confidence == "fitted", note.value.has_value() && !note.target.empty()) << name;
  }
  EXPECT_DOUBLE_EQ(read_scenario_text("schema = 1\n", "t.toml").nerve.bed_stiffness_kPa_per_mm, fitted_value("materials.nerve_fibres.bed_stiffness"));
  EXPECT_NE(list_parameters(ListFormat::plain).find("fitted to T10"), std::string::npos);
}
