#include <gtest/gtest.h>

#include <random>

#include "tests/support/mutants.hpp"
#include "tests/support/run_program.hpp"
#include "tests/support/sound_scenarios.hpp"

using namespace nerveload;

namespace {

struct Bad {
  const char* text;
  const char* told;  ///< part of a line that must be on stderr, beginning with the place
};

const Bad bad_files[] = {
    {"", "bad.toml:1:1: says nothing; expected at least extends = \"default\""},
    {"# only words\n", "bad.toml:1:1: says nothing"},
    {"schema = 2\n", "bad.toml:1:10: schema = 2: expected a whole number from 1 to 1"},
    {"schema = \"1\"\n", "bad.toml:1:10: schema = \"1\": expected a whole number"},
    {"kind = \"rollr\"\n", "bad.toml:1:8: kind = \"rollr\": expected \"roller\"; did you mean \"roller\"?"},
    {"[subjct]\nmass_kg = 70\n", "bad.toml:1:1: subjct: unknown table; did you mean subject?"},
    {"subject = 3\n", "bad.toml:1:11: subject = 3: expected a table"},
    {"[subject]\nmass_kg = -5\n", "bad.toml:2:11: subject.mass_kg = -5: expected 45 to 120 kg (the persons the size laws cover; a mass is positive)"},
    {"[subject]\nmass = 70\n", "bad.toml:2:1: subject.mass = 70: the key wants a unit for a mass: mass_kg or mass_g"},
    {"[subject]\nmass_N = 700\n", "bad.toml:2:1: subject.mass_N = 700: the unit N does not measure a mass"},
    {"[subject]\nmass_kg = \"seventy\"\n", "bad.toml:2:11: subject.mass_kg = \"seventy\": expected a number in kg, found a text"},
    {"[subject]\nmass_kg = inf\n", "bad.toml:2:11: subject.mass_kg = inf: expected 45 to 120 kg"},
    {"[subject]\nmass_kg = nan\n", "bad.toml:2:11: subject.mass_kg = nan: expected 45 to 120 kg"},
    {"[subject]\nmass_kg = 1e308\n", "bad.toml:2:11: subject.mass_kg = 1e308: expected 45 to 120 kg"},
    {"[subject]\nmass_kg = 1e400\n", "bad.toml:2:11: subject.mass_kg = 1e400: expected 45 to 120 kg"},
    {"[subject]\nstature_cm = 17\n", "bad.toml:2:14: subject.stature_cm = 17: expected 150 to 195 cm"},
    {"[subject]\nstature_m = 1.7\nstature_cm = 170\n", "bad.toml:3:1: subject.stature_cm = 170: given twice, also as stature_m"},
    {"[subject]\nsex = \"male\"\n", "bad.toml:2:7: subject.sex = \"male\": expected \"man\" or \"woman\""},
    {"[subject]\nfascia = \"yes\"\n", "bad.toml:2:10: subject.fascia = \"yes\": expected true or false"},
    {"[subject]\nmuscle_state = \"tense\"\n", "bad.toml:2:16: subject.muscle_state = \"tense\": expected \"resting\" or \"guarded\""},
    {"[subject]\nthigh_girth_mm = 1200\n", "bad.toml:2:18: subject.thigh_girth_mm = 1200: expected 470 to 740 mm"},
    {"[subject]\nfat_thicknes_mm = 5\n", "bad.toml:2:1: subject.fat_thicknes_mm = 5: unknown key; did you mean subject.fat_thickness_mm?"},
    {"[condition]\nkind = \"sciatica\"\n",
     "bad.toml:2:8: condition.kind = \"sciatica\": expected \"healthy\", \"radiculopathy\" or \"piriformis_syndrome\""},
    {"[condition]\nroot_pressure_mmHg = -1\n", "bad.toml:2:22: condition.root_pressure_mmHg = -1: expected 0 to 256 mmHg"},
    {"[condition]\nroot_pressure_deg = 1\n", "bad.toml:2:1: condition.root_pressure_deg = 1: the unit deg does not measure a pressure"},
    {"[condition]\npiriformis_thickness_mm = 34.5\n",
     "bad.toml:2:27: condition.piriformis_thickness_mm = 34.5: expected 0.7 to 2 times the healthy thickness"},
    {"[condition]\npiriformis_variant = \"Z\"\n", "bad.toml:2:22: condition.piriformis_variant = \"Z\": expected \"A\""},
    {"[pose]\nknee_flexion_deg = 200\n", "bad.toml:2:20: pose.knee_flexion_deg = 200: expected 0 to 140 deg (a knee bends no further)"},
    {"[pose]\nknee_flexion_rad = 3.2\n", "bad.toml:2:20: pose.knee_flexion_rad = 3.2: expected 0 to 2.44346 rad"},
    {"[pose]\nhip_flexion = 30\n", "bad.toml:2:1: pose.hip_flexion = 30: the key wants a unit for an angle: hip_flexion_deg or hip_flexion_rad"},
    {"[pose]\npreset = \"figur_four\"\n", "bad.toml:2:10: pose.preset = \"figur_four\": expected \"crossed_sit\""},
    {"pose.hip_flexion_deg = [1]\n", "bad.toml:1:24: pose.hip_flexion_deg = [1]: expected a number in deg, found an array"},
    {"[roller]\ndiameter_mm = 4\n", "bad.toml:2:15: roller.diameter_mm = 4: expected 60 to 400 mm (a roller is far thicker than the nerve)"},
    {"[roller]\nposition_mm = 5000\n", "bad.toml:2:15: roller.position_mm = 5000: expected -120 to 310 mm (the meshed part of the nerve's path"},
    {"[roller]\nposition_mm = -400\n", "bad.toml:2:15: roller.position_mm = -400: expected -120 to 310 mm"},
    {"[roller]\nfoam_thickness_mm = 100\n", "bad.toml:2:21: roller.foam_thickness_mm = 100: expected at most 70 mm"},
    {"[roller]\nfriction = 1.4\n", "bad.toml:2:12: roller.friction = 1.4: expected 0 to 1 (cloth on skin has 0.2 to 0.9)"},
    {"[roller]\nfriction_N = 0.4\n", "bad.toml:2:1: roller.friction_N = 0.4"},
    {"[roller]\nazimuth_deg = 90\n", "bad.toml:2:15: roller.azimuth_deg = 90: expected -20 to 20 deg"},
    {"[roller]\nkind = 7\n", "bad.toml:2:8: roller.kind = 7: expected \"hard\", \"none\", \"seat\", \"soft\" or \"standard\""},
    {"[roller]\ncolour = \"red\"\n", "bad.toml:2:1: roller.colour = \"red\": unknown key"},
    {"[load]\nforse_N = 250\n", "bad.toml:2:1: load.forse_N = 250: unknown key; did you mean load.force_N?"},
    {"[load]\nforce_N = 0\n", "bad.toml:2:11: load.force_N = 0: expected 5 to 1500 N"},
    {"[load]\nforce_N = 100\nmean_pressure_kPa = 10\n", "bad.toml:3:21: load.mean_pressure_kPa = 10: expected only one of"},
    {"[load]\nindentation_mm = 500\n", "bad.toml:2:18: load.indentation_mm = 500: expected 1 to 120 mm"},
    {"[motion]\nkind = \"roll\"\n", "bad.toml:2:8: motion.kind = \"roll\": expected \"hold\" or \"stroke\""},
    {"[motion]\nkind = \"stroke\"\nfrom_mm = 20\nto_mm = 20\n", "bad.toml:4:9: motion.to_mm = 20: expected a stroke of at least 1 mm"},
    {"[motion]\nrelaxation = 1\n", "bad.toml:2:14: motion.relaxation = 1: expected true or false"},
    {"[motion]\npress_duration_s = 0\n",
     "bad.toml:2:20: motion.press_duration_s = 0: expected 0.05 to 60 s (a roll takes half a second to a second)"},
    {"[motion]\npress_duration_mm = 3\n", "bad.toml:2:1: motion.press_duration_mm = 3: the unit mm does not measure a time"},
    {"[subject]\nfibre_tension = true\nfascia_planes = true\n",
     "bad.toml:3:17: subject.fascia_planes = true: cannot go together with subject.fibre_tension = true"},
    {"[materials.fascia_planes]\nshear_modulus_kPa = 20\n", "bad.toml:2:21: materials.fascia_planes.shear_modulus_kPa"},
    {"[motion]\nrelaxation = true\n[subject]\nfibre_tension = true\n",
     "bad.toml:2:14: motion.relaxation = true: cannot go together with subject.fibre_tension = true"},
    {"[motion]\nrelaxation = true\npress_duration_s = 5\nduration_s = 2\n",
     "bad.toml:4:14: motion.duration_s = 2: expected at least the 5 s of press_duration"},
    {"[materials.muscle]\nprony = [{ g = 1.5, tau_s = 6 }]\n", "bad.toml:2:16: materials.muscle.prony[1].g = 1.5: expected more than 0"},
    {"[materials.muscle]\nprony = [{ g = 0.5, tau_kPa = 6 }]\n", "the unit kPa does not measure a time"},
    {"[materials.fatt]\nshear_modulus_kPa = 1\n", "bad.toml:1:1: materials.fatt: unknown key; did you mean materials.fat?"},
    {"[materials.fat]\nshear_modulus_kPa = 0\n", "bad.toml:2:21: materials.fat.shear_modulus_kPa = 0: expected more than 0"},
    {"[materials.fat]\nalpha = 0\n", "bad.toml:2:9: materials.fat.alpha = 0: expected an exponent other than 0"},
    {"[materials.fat]\nmodel = \"hooke\"\n", "bad.toml:2:9: materials.fat.model = \"hooke\": expected \"neo_hookean\""},
    {"[materials.fat]\nbulk_modulus_kPa = 2\n", "bad.toml:2:20: materials.fat.bulk_modulus_kPa = 2: expected a bulk modulus of at least 100 times"},
    {"[materials.skin]\nmu_kPa = [1, 2]\nalpha = [3]\n", "bad.toml:3:9: materials.skin.alpha = [3]: expected as many exponents"},
    {"[thresholds.healthy]\ncompression_L1_mmHg = 90\n", "the compression of level irritation (healthy) must be above"},
    {"[thresholds]\ndouble_site = 1\n", "bad.toml:2:15: thresholds.double_site = 1: expected true or false"},
    {"[mesh]\nfidelity = \"ultra\"\n", "bad.toml:2:12: mesh.fidelity = \"ultra\": expected \"coarse\", \"standard\" or \"fine\""},
    {"[output]\nfields = [\"heat\"]\n", "bad.toml:2:10: output.fields = [\"heat\"]: expected an array of"},
    {"extends = \"missing.toml\"\n", "bad.toml:1:11: extends = \"missing.toml\": "},
    {"extends = \"bad.toml\"\n", "extends = \"bad.toml\": the chain of extends is longer than 16 files"},
    {"extends = 3\n", "bad.toml:1:11: extends = 3: expected the name of a scenario file"},
    {"schema = 1\nschema = 1\n", "not valid TOML"},
    {"[roller\nkind = 1\n", "bad.toml:1:"},
    {"name = 'a\n", "bad.toml:1:"},
    {"x = \xff\n", "bad.toml:1:5: not valid UTF-8 text"},
    {"x = 1\n\x01\n", "bad.toml:2:1: a control character"},
    {"load = []\n", "bad.toml:1:8: load = []: expected a table"},
    {"[[roller]]\nkind = 'soft'\n", "roller"},
    {"expect.a.b = { between = [2, 1] }\n", "expect.a.b.between = [2, 1] }: expected the lower bound first"},
};

}  // namespace

TEST(BadInput, IsToldWithPlaceKeyValueAndWhatIsAccepted) {
  const ScratchFolder folder;
  for (const Bad& bad : bad_files) {
    folder.write("bad.toml", bad.text);
    const ProgramResult r = run_program({"check", "bad.toml"}, folder.path());
    EXPECT_EQ(r.code, 2) << bad.text;
    EXPECT_EQ(r.out, "") << bad.text;
    EXPECT_NE(r.err.find(bad.told), std::string::npos) << bad.text << "\n  wanted: " << bad.told << "\n  told:   " << r.err;
  }
}

TEST(BadInput, AllFaultsOfAFileAtOnce) {
  const ScratchFolder folder;
  folder.write("bad.toml", "[subject]\nmass_kg = -1\n[pose]\nknee_flexion_deg = 200\n[roller]\ndiameter_mm = 1\nfoo = 1\n[load]\nforce = 3\n");
  const ProgramResult r = run_program({"check", "bad.toml", "--set", "mesh.fidelity=ultra"}, folder.path());
  EXPECT_EQ(r.code, 2);
  for (const char* place : {"bad.toml:2:11", "bad.toml:4:20", "bad.toml:6:15", "bad.toml:7:1", "bad.toml:9:1", "--set mesh.fidelity=ultra"})
    EXPECT_NE(r.err.find(place), std::string::npos) << place << "\n" << r.err;
  EXPECT_EQ(std::count(r.err.begin(), r.err.end(), '\n'), 6) << r.err;
}

TEST(BadInput, AFileOfAnotherKindIsSentToItsVerb) {
  const ScratchFolder folder;
  folder.write("sweep.toml", "base = \"default.toml\"\n[[parameter]]\nkey = \"load.force_N\"\nvalues = [60, 260]\n");
  folder.write("solid.toml", "schema = 1\nkind = \"solid\"\n");
  folder.write("leg.toml", "load.force_N = 100\n");
  const std::vector<std::pair<std::vector<std::string>, std::string>> cases = {
      {{"run", "sweep.toml"}, "sweep.toml is a sweep; run it with: nerveload sweep sweep.toml -o DIR"},
      {{"mesh", "sweep.toml", "-o", "m.vtu"}, "sweep.toml is a sweep; run it with: nerveload sweep sweep.toml -o DIR"},
      {{"export", "sweep.toml", "-o", "m.inp"}, "sweep.toml is a sweep"},
      {{"envelope", "solid.toml", "-o", "out"}, "solid.toml is a solid model; solve it with: nerveload solve solid.toml"},
      {{"advise", "solid.toml", "--level", "caution", "-o", "out"}, "solid.toml is a solid model"},
      {{"solve", "sweep.toml", "-o", "out"}, "sweep.toml is a sweep"},
      {{"sweep", "leg.toml", "-o", "out"}, "leg.toml is a scenario; run it with: nerveload run leg.toml"},
      {{"sweep", "solid.toml", "-o", "out"}, "solid.toml is a solid model"}};
  for (const auto& [words, told] : cases) {
    const ProgramResult r = run_program(words, folder.path());
    EXPECT_EQ(r.code, 2) << words[0];
    EXPECT_NE(r.err.find(told), std::string::npos) << words[0] << "\n" << r.err;
  }
  EXPECT_EQ(run_program({"check", "sweep.toml"}, folder.path()).code, 0) << "a sweep needs no kind";
}

/// A path that leads nowhere must not become another leg.
TEST(BadInput, OfALibraryScenarioANameIsTakenAndNoPath) {
  const ScratchFolder folder;
  EXPECT_EQ(run_program({"check", "hamstring_straight_leg"}, folder.path()).code, 0);
  const ProgramResult path = run_program({"check", "typo/hamstring_straight_leg"}, folder.path()),
                      name = run_program({"run", "defualt"}, folder.path());
  EXPECT_EQ(path.code, 4);
  EXPECT_EQ(path.err, "nerveload: typo/hamstring_straight_leg: no such file\n");
  EXPECT_EQ(name.code, 4);
  EXPECT_NE(name.err.find("did you mean default?"), std::string::npos) << name.err;
}

/// The program's own answer to what tests/robustness gives to the readers: 0 or 2, never a crash.
TEST(BadInput, MutatedFilesNeverCrash) {
  const ScratchFolder folder;
  const std::vector<std::string> seeds = sound_scenarios();
  std::mt19937_64 random(7);
  int refused = 0;
  for (int i = 0; i < 240; ++i) {
    const std::string text = mutant(seeds[random() % seeds.size()], random);
    folder.write("mutated.toml", text);
    const ProgramResult r = run_program({"check", "mutated.toml"}, folder.path());
    ASSERT_TRUE(r.code == 0 || r.code == 2) << "status " << r.code << " for mutant " << i << "\n" << r.err << "\n" << text;
    if (r.code == 2) {
      ++refused;
      EXPECT_NE(r.err.find("mutated.toml:"), std::string::npos) << r.err;
      EXPECT_TRUE(r.out.empty());
    }
  }
  EXPECT_GT(refused, 100);
}
