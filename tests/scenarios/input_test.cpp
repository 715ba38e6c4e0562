#include "scenarios/input.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "scenarios/parse_toml.hpp"
#include "solver/base/units.hpp"

using namespace nerveload;

namespace {

/// Reads one roller table the way a reader of scenarios does and gives back all the faults, a line each.
std::string faults_of(const std::string& text) {
  Faults faults;
  try {
    const DocumentTable document = parse_toml(text, "a.toml");
    TableReader top(document, faults);
    top.integer("schema", 1, 1);
    if (auto roller = top.table("roller")) {
      roller->quantity("position", Dimension::length, {-120.0, 310.0, "the meshed path"});
      roller->quantity("diameter", Dimension::length, {50.0, 400.0, {}});
      roller->choice("kind", {"soft", "standard", "hard"});
      roller->quantity("friction", Dimension::none, {0.0, 1.0, {}});
      roller->quantities("sizes", Dimension::length, positive(100.0), 2, 3);
      roller->boolean("hollow");
      roller->finish();
    }
    for (auto& m : top.tables("material")) {
      m.required_quantity("shear_modulus", Dimension::pressure, positive(1e6));
      m.finish();
    }
    top.finish();
    faults.throw_if_any();
  } catch (const InputError& e) {
    return e.what();
  }
  return {};
}

}  // namespace

TEST(Input, ReadsAQuantityInAnyUnitOfItsDimension) {
  Faults faults;
  const DocumentTable d = parse_toml("a_mm = 30\nb_cm = 3\nc_in = 1\np_mmHg = 20\nw_deg = 180\nf_kN = 0.25\nn_per_min = 30\n", "a");
  TableReader r(d, faults);
  const Range any{-1e6, 1e6, {}};
  EXPECT_DOUBLE_EQ(r.quantity("a", Dimension::length, any)->value, 30.0);
  EXPECT_DOUBLE_EQ(r.quantity("b", Dimension::length, any)->value, 30.0);
  EXPECT_DOUBLE_EQ(r.quantity("c", Dimension::length, any)->value, 25.4);
  EXPECT_DOUBLE_EQ(r.quantity("p", Dimension::pressure, any)->value, 20.0 * kPa_per_mmHg);
  EXPECT_DOUBLE_EQ(r.quantity("w", Dimension::angle, any)->value, std::numbers::pi);
  EXPECT_DOUBLE_EQ(r.quantity("f", Dimension::force, any)->value, 250000.0);
  EXPECT_DOUBLE_EQ(r.quantity("n", Dimension::frequency, any)->value, 0.5);
  r.finish();
  EXPECT_FALSE(faults.any());
}

TEST(Input, GoodFileHasNoFault) { EXPECT_EQ(faults_of("schema = 1\n[roller]\nposition_cm = 3\nkind = 'soft'\nsizes_mm = [1, 2.5]\n"), ""); }

TEST(Input, NamesPlaceKeyValueAndWhatIsAccepted) {
  EXPECT_EQ(faults_of("[roller]\nposition_mm = 400\n"), "a.toml:2:15: roller.position_mm = 400: expected -120 to 310 mm (the meshed path)");
  EXPECT_EQ(faults_of("[roller]\n  position_cm=40\n"), "a.toml:2:15: roller.position_cm = 40: expected -12 to 31 cm (the meshed path)");
  EXPECT_EQ(faults_of("[roller]\nkind = \"stiff\"\n"), "a.toml:2:8: roller.kind = \"stiff\": expected \"soft\", \"standard\" or \"hard\"");
  EXPECT_EQ(faults_of("[roller]\nkind = \"standart\"\n"),
            "a.toml:2:8: roller.kind = \"standart\": expected \"soft\", \"standard\" or \"hard\"; did you mean \"standard\"?");
  EXPECT_EQ(faults_of("[roller]\nhollow = 1\n"), "a.toml:2:10: roller.hollow = 1: expected true or false");
}

TEST(Input, AKeyWithoutItsUnitListsTheSuffixes) {
  EXPECT_EQ(faults_of("[roller]\nposition = 3\n"),
            "a.toml:2:1: roller.position = 3: the key wants a unit for a length: position_mm, position_cm, position_m or position_in");
}

TEST(Input, AUnitOfAnotherDimensionIsRefused) {
  EXPECT_EQ(faults_of("[roller]\nposition_N = 3\n"),
            "a.toml:2:1: roller.position_N = 3: the unit N does not measure a length: expected position_mm, position_cm, "
            "position_m or position_in");
  EXPECT_NE(faults_of("[roller]\nposition_miles = 3\n").find("unknown key or unit: expected position_mm"), std::string::npos);
}

TEST(Input, UnknownKeysAreFaultsWithASuggestion) {
  EXPECT_EQ(faults_of("roller.diamter_mm = 150\n"), "a.toml:1:1: roller.diamter_mm = 150: unknown key; did you mean roller.diameter_mm?");
  EXPECT_EQ(faults_of("[roler]\nkind = 'soft'\n"), "a.toml:1:1: roler: unknown table; did you mean roller?");
  EXPECT_NE(faults_of("[roller]\nxyz = 1\n").find("unknown key; known here: position_mm"), std::string::npos);
}

TEST(Input, TheSameQuantityTwiceIsAFault) {
  EXPECT_NE(faults_of("[roller]\nposition_mm = 3\nposition_cm = 1\n").find("a.toml:3:1: roller.position_cm = 1: given twice"), std::string::npos);
}

TEST(Input, OnlyFiniteNumbers) {
  for (const char* v : {"inf", "-inf", "nan", "1e308", "-1e308", "1e400"})
    EXPECT_NE(faults_of(std::string("[roller]\nposition_mm = ") + v + "\n").find("expected -120 to 310 mm"), std::string::npos) << v;
}

TEST(Input, AllFaultsAtOnceInTheOrderOfTheFile) {
  const std::string f = faults_of("schema = 2\n[roller]\nfriction = 'a'\nposition_mm = 999\nfoo = 1\n[material]\n");
  const std::size_t a = f.find("a.toml:1:"), b = f.find("a.toml:3:"), c = f.find("a.toml:4:"), d = f.find("a.toml:5:"), e = f.find("a.toml:6:");
  EXPECT_LT(a, b);
  EXPECT_LT(b, c);
  EXPECT_LT(c, d);
  EXPECT_LT(d, e);
  EXPECT_NE(e, std::string::npos) << f;
}

TEST(Input, MissingRequiredKeyNamesTheTable) {
  EXPECT_EQ(faults_of("[[material]]\nshear_modulus_kPa = 1\n[[material]]\n"),
            "a.toml:3:1: material[2].shear_modulus: missing: expected shear_modulus_kPa, shear_modulus_mmHg, shear_modulus_MPa or "
            "shear_modulus_Pa");
}

TEST(Input, ArraysAreCountedAndChecked) {
  EXPECT_NE(faults_of("[roller]\nsizes_mm = [1]\n").find("expected an array of 2 to 3 numbers"), std::string::npos);
  EXPECT_NE(faults_of("[roller]\nsizes_mm = [1, -2]\n").find("a.toml:2:16: roller.sizes_mm = -2: expected more than 0"), std::string::npos);
}

TEST(ParseToml, SyntaxErrorsCarryTheirPlace) {
  EXPECT_EQ(faults_of("schema = 1\n[roller\n").substr(0, 9), "a.toml:2:");
  EXPECT_NE(faults_of("schema = 1\nschema = 1\n").find("a.toml:"), std::string::npos);
  EXPECT_NE(faults_of("schema = \n").find("not valid TOML"), std::string::npos);
}

TEST(ParseToml, RefusesWhatBreaksReaders) {
  EXPECT_NE(faults_of(std::string("a = '\xff'")).find("a.toml:1:6: not valid UTF-8"), std::string::npos);
  EXPECT_NE(faults_of(std::string("a = 1\nb\x01 = 2")).find("a.toml:2:2: a control character"), std::string::npos);
  EXPECT_NE(faults_of("a = " + std::string(100000, '[')).find("nested deeper"), std::string::npos);
  std::string dots = "a";
  for (int i = 0; i < 100000; ++i) dots += ".a";
  EXPECT_NE(faults_of(dots + " = 1").find("nested deeper"), std::string::npos);
  EXPECT_NE(faults_of(std::string(2 << 20, '#')).find("larger than 1 MiB"), std::string::npos);
}

TEST(ParseToml, BracketsAndDotsInTextsAndCommentsDoNotCount) {
  Faults faults;
  const DocumentTable d = parse_toml("a = \"" + std::string(200, '[') + std::string(200, '.') + "\" # " + std::string(200, '{') + "\nb = 1\n", "a");
  EXPECT_EQ(d.entries.size(), 2u);
}

TEST(ParseToml, ASettingIsAPatchThatNamesItself) {
  const DocumentTable d = parse_setting("roller.position_mm=30");
  ASSERT_NE(d.find("roller"), nullptr);
  const DocumentValue* v = d.find("roller")->table()->find("position_mm");
  ASSERT_NE(v, nullptr);
  EXPECT_EQ(std::get<std::int64_t>(v->data()), 30);
  EXPECT_EQ(to_string(v->place), "--set roller.position_mm=30");
  EXPECT_EQ(std::get<std::string>(parse_setting("roller.kind=soft").find("roller")->table()->find("kind")->data()), "soft");
  EXPECT_EQ(std::get<std::string>(parse_setting("name=a \"b\" \\c").find("name")->data()), "a \"b\" \\c");
  for (const char* bad : {"", "=", "x", "a b=1", "a.=1", "[a]=1", "a=1\nb=2", "a#=1"}) EXPECT_THROW(parse_setting(bad), InputError) << bad;
}

TEST(Document, APatchReplacesAQuantityInAnotherUnit) {
  DocumentTable base = parse_toml("[roller]\nposition_mm = 30\nkind = 'soft'\n", "a");
  apply_patch(base, parse_setting("roller.position_cm=5"));
  const DocumentTable& roller = *base.find("roller")->table();
  EXPECT_EQ(roller.find("position_mm"), nullptr);
  EXPECT_NE(roller.find("position_cm"), nullptr);
  EXPECT_NE(roller.find("kind"), nullptr);
}

TEST(Dimension, TheSuffixIsTheLongestKnownUnit) {
  EXPECT_EQ(split_key("stiffness_kPa_per_mm").suffix, "kPa_per_mm");
  EXPECT_EQ(split_key("cadence_per_min").stem, "cadence");
  EXPECT_EQ(split_key("body_weight_fraction").suffix, "");
}
