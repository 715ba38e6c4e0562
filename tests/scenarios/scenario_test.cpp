#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "scenarios/layers.hpp"
#include "scenarios/preset.hpp"
#include "scenarios/read_scenario.hpp"
#include "solver/base/units.hpp"
#include "tests/support/scratch_folder.hpp"

using namespace nerveload;

namespace {

Scenario read(const std::string& text, std::vector<std::string> settings = {}) { return read_scenario_text(text, "t.toml", settings); }

std::string faults(const std::string& text, std::vector<std::string> settings = {}) {
  try {
    read(text, settings);
  } catch (const InputError& e) {
    return e.what();
  }
  return {};
}

const ResolvedEntry& entry(const Scenario& s, const std::string& table, const std::string& key) {
  for (const ResolvedEntry& e : s.resolved)
    if (e.table == table && e.key == key) return e;
  throw std::runtime_error("no " + table + "." + key);
}

}  // namespace

TEST(Scenario, SchemaAloneIsTheDefault) {
  const Scenario s = read("schema = 1\n");
  EXPECT_DOUBLE_EQ(s.subject.stature_mm, 1700.0);
  EXPECT_NEAR(s.subject.length_scale(), 1.0, 1e-12);
  EXPECT_DOUBLE_EQ(s.subject.muscularity, 0.92);
  EXPECT_DOUBLE_EQ(s.subject.fat_thickness_mm, 8.0);
  EXPECT_EQ(s.subject.muscle_state, MuscleState::guarded);
  EXPECT_TRUE(s.subject.fascia);
  EXPECT_EQ(s.pose_preset, "sit_on_roller");
  EXPECT_NEAR(s.pose.hip_flexion, 60.0 * radians_per_degree, 1e-12);
  EXPECT_EQ(s.roller.kind, "standard");
  EXPECT_DOUBLE_EQ(s.roller.foam_modulus_kPa, 700.0);
  EXPECT_EQ(s.load.kind, LoadGoal::Kind::force);
  EXPECT_NEAR(s.load.value, 0.32 * 75.0 * 9.80665 * 1000.0, 1e-6);
  EXPECT_NE(entry(s, "subject", "muscle_state").origin.find("assumed"), std::string::npos);
}

TEST(Scenario, AWomanScalesByTheSurvey) {
  const Scenario s = read("subject.sex = 'woman'\n");
  EXPECT_DOUBLE_EQ(s.subject.mass_kg, 67.8);
  EXPECT_NEAR(s.subject.femur_length_mm, 391.2, 0.1);
  EXPECT_NEAR(s.subject.fat_thickness_mm, 16.5, 0.7);  // krauze2019: 16.7 at the distal third
  EXPECT_NEAR(s.subject.thigh_girth_mm, 616.0, 1.0);   // survey mean
}

TEST(Scenario, ConditionsArePresets) {
  const Scenario ps = read("condition.kind = 'piriformis_syndrome'\n");
  EXPECT_DOUBLE_EQ(ps.condition.piriformis_thickness_mm, 23.0);
  EXPECT_DOUBLE_EQ(ps.condition.piriformis_tone, 1.0);
  const Scenario root = read("condition.kind = 'radiculopathy'\n");
  EXPECT_NEAR(root.condition.root_pressure_kPa, 53.0 * kPa_per_mmHg, 1e-12);
  EXPECT_TRUE(root.condition.acute);
}

TEST(Scenario, ALaterPresetStartsAfresh) {
  const Scenario s = read("extends = 'figure_four_piriformis_syndrome'\n", {"condition.kind=healthy", "pose.preset=neutral"});
  EXPECT_DOUBLE_EQ(s.condition.piriformis_thickness_mm, 17.0);
  EXPECT_DOUBLE_EQ(s.pose.hip_flexion, 0.0);
  EXPECT_DOUBLE_EQ(s.pose.hip_external_rotation, 0.0);
}

TEST(Scenario, OwnKeysWinOverThePresetOfTheSamePatch) {
  const Scenario s = read("[pose]\nhip_flexion_deg = 30\npreset = 'figure_four'\n");
  EXPECT_NEAR(s.pose.hip_flexion, 30.0 * radians_per_degree, 1e-12);
  EXPECT_NEAR(s.pose.hip_abduction, 30.0 * radians_per_degree, 1e-12);
}

TEST(Scenario, PatchesReplaceTheLoadInWhateverKind) {
  const Scenario s = read("extends = 'default'\n", {"load.mean_pressure_kPa=20"});
  EXPECT_EQ(s.load.kind, LoadGoal::Kind::mean_pressure);
  EXPECT_DOUBLE_EQ(s.load.value, 20.0);
  EXPECT_NE(faults("load.force_N = 100\nload.indentation_mm = 20\n").find("expected only one of \"force\" or \"indentation\""), std::string::npos);
}

TEST(Scenario, ExtendsLooksBesideTheFileFirst) {
  const auto dir = std::filesystem::temp_directory_path() / "nerveload_extends_test";
  std::filesystem::create_directories(dir);
  std::ofstream(dir / "a.toml") << "roller.position_mm = 55\nload.force_N = 99\nname = 'A'\ndescription = 'of a'\n";
  std::ofstream(dir / "b.toml") << "extends = 'a.toml'\nload.force_kN = 0.1\nname = 'B'\n";
  const Scenario s = read_scenario(dir / "b.toml");
  EXPECT_DOUBLE_EQ(s.roller.position_mm, 55.0);
  EXPECT_DOUBLE_EQ(s.load.value, 100000.0);
  EXPECT_EQ(s.name, "B");
  EXPECT_EQ(s.description, "");
  std::ofstream(dir / "loop.toml") << "extends = 'loop.toml'\n";
  EXPECT_THROW(read_scenario(dir / "loop.toml"), InputError);
  std::ofstream(dir / "gone.toml") << "extends = 'nowhere.toml'\n";
  EXPECT_THROW(read_scenario(dir / "gone.toml"), InputError);
  std::ofstream(dir / "bad.toml") << "roller.position_mm = 9999\n";
  std::ofstream(dir / "child.toml") << "extends = 'bad.toml'\n";
  try {
    read_scenario(dir / "child.toml");
    FAIL() << "a fault of the parent must be told";
  } catch (const InputError& e) {
    EXPECT_NE(std::string(e.what()).find("bad.toml:1:22"), std::string::npos) << e.what();
  }
  std::filesystem::remove_all(dir);
}

/// A path that leads nowhere must not become another leg.
TEST(Scenario, TheLibraryIsMeantByNamesAndNotByPaths) {
  EXPECT_EQ(read_scenario("default").name, read_scenario("default.toml").name);
  EXPECT_EQ(named_scenario("/nowhere", "default").string(), "library:default.toml");
  const auto fault_of = [](const std::filesystem::path& file) -> std::string {
    try {
      read_scenario(file);
    } catch (const FileError& e) {
      return e.what();
    }
    return {};
  };
  EXPECT_EQ(fault_of("/nowhere/default.toml"), "/nowhere/default.toml: no such file");
  EXPECT_EQ(fault_of("typo/hamstring_straight_leg"), "typo/hamstring_straight_leg: no such file");
  EXPECT_EQ(fault_of("./default"), "./default: no such file");
  EXPECT_EQ(fault_of("defualt.toml"), "defualt.toml: no such file, and no library scenario has this name; did you mean default?");
  EXPECT_NE(faults("extends = '../group/default.toml'\n").find("../group/default.toml: no such file"), std::string::npos);
  EXPECT_NE(faults("extends = 'defualt'\n").find("did you mean default?"), std::string::npos);
}

/// Also where a file called like a library scenario lies in the folder that the program runs in.
TEST(Scenario, ALibraryScenarioExtendsTheLibrary) {
  const ScratchFolder folder;
  const auto before = std::filesystem::current_path();
  folder.write("default.toml", "roller.position_mm = 55\n");
  std::filesystem::current_path(folder.path());
  const Scenario own = read_scenario("default"), other = read_scenario("gluteal_mild_soft");
  std::filesystem::current_path(before);
  EXPECT_EQ(own.roller.position_mm, read_scenario("default").roller.position_mm) << "a name without .toml is no file here";
  EXPECT_EQ(other.roller.position_mm, read_scenario("gluteal_mild_soft").roller.position_mm);
}

TEST(Scenario, EveryLibraryScenarioReadsAndTheResolvedFileReadsBackTheSame) {
  EXPECT_EQ(embedded_library().size(), 11u);
  for (const auto& [file, text] : embedded_library()) {
    const Scenario s = read_scenario_text(text, file);
    const Scenario again = read_scenario_text(resolved_toml(s), "resolved.toml");
    ASSERT_EQ(s.resolved.size(), again.resolved.size()) << file;
    for (std::size_t i = 0; i < s.resolved.size(); ++i) {
      EXPECT_EQ(s.resolved[i].table + "." + s.resolved[i].key, again.resolved[i].table + "." + again.resolved[i].key) << file;
      EXPECT_EQ(s.resolved[i].text, again.resolved[i].text) << file << " " << s.resolved[i].key;
    }
    EXPECT_EQ(s.subject.fat_thickness_mm, again.subject.fat_thickness_mm) << file;
    EXPECT_EQ(s.load.value, again.load.value) << file;
    EXPECT_EQ(s.pose.hip_flexion, again.pose.hip_flexion) << file;
  }
}

TEST(Scenario, TextsSurviveTheRoundTrip) {
  const Scenario s = read("name = \"a \\\"b\\\" \\\\ \\n ü # x\"\n");
  EXPECT_EQ(read(resolved_toml(s)).name, s.name);
}

TEST(Scenario, NoRollerNeedsNoLoad) {
  const Scenario s = read("roller.kind = 'none'\n");
  EXPECT_FALSE(s.roller.present);
  EXPECT_EQ(resolved_toml(s).find("[load]"), std::string::npos);
}

TEST(Scenario, TheRollersRangeScalesWithThePerson) {
  EXPECT_EQ(faults("subject.stature_m = 1.95\nroller.position_mm = 340\n"), "");
  EXPECT_NE(faults("subject.stature_m = 1.50\nroller.position_mm = 300\n").find("expected -105.9 to 273.5 mm"), std::string::npos);
}

TEST(Scenario, ThighFiguresMustFitTogether) {
  EXPECT_NE(faults("subject.thigh_girth_mm = 700\nsubject.muscularity = 0.8\nsubject.fat_thickness_mm = 5\n").find("does not fit"),
            std::string::npos);
  const Scenario s = read("subject.thigh_girth_mm = 650\n");
  EXPECT_NEAR(s.subject.thigh_girth_mm, 650.0, 0.1);
  EXPECT_NEAR(s.subject.fat_thickness_mm, 8.0 + (650.0 - 592.1) / (2.0 * std::numbers::pi) / 1.534, 0.1);
}

TEST(Scenario, ThresholdsMayBeOverridden) {
  const Scenario s = read("[thresholds.irritated]\ncompression_L2_mmHg = 30\nstrain_L1_percent = 2.5\n[thresholds]\ndouble_site = false\n");
  EXPECT_NEAR(s.thresholds.levels[2].compression_kPa[1], 30.0 * kPa_per_mmHg, 1e-12);
  EXPECT_DOUBLE_EQ(s.thresholds.levels[1].strain_percent[1], 2.5);
  EXPECT_DOUBLE_EQ(s.thresholds.levels[3].strain_percent[0], 15.7);
  EXPECT_FALSE(s.thresholds.double_site);
  EXPECT_NE(faults("thresholds.healthy.compression_L2_mmHg = 5\n").find("must be above"), std::string::npos);
}

TEST(Scenario, ExpectationsMayBeDottedOrNested) {
  const Scenario s =
      read("expect.\"nerve.peak_compression_kPa\" = { between = [4, 9.5], source = 'key' }\n[expect.roller]\nforce_N = { between = [1, 2] }\n");
  ASSERT_EQ(s.expect.size(), 2u);
  EXPECT_EQ(s.expect[0].key, "nerve.peak_compression_kPa");
  EXPECT_DOUBLE_EQ(s.expect[0].high, 9.5);
  EXPECT_EQ(s.expect[1].key, "roller.force_N");
  EXPECT_NE(faults("expect.a = { betwen = [1, 2] }\n"), "");
}

TEST(Scenario, ASettingThatIsWrongNamesItself) {
  EXPECT_EQ(faults("schema = 1\n", {"pose.knee_flexion_deg=200"}),
            "--set pose.knee_flexion_deg=200: pose.knee_flexion_deg = 200: expected 0 to 140 deg (a knee bends no further)");
}
