#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/support/has.hpp"
#include "tests/support/run_program.hpp"

using namespace nerveload;

namespace {

/// A folder of cases with one block between plates; `quantity` is what is expected of it.
class Cases {
 public:
  explicit Cases(const std::string& quantity) {
    std::filesystem::create_directories(folder_.path() / "cases" / "X1_block");
    folder_.write("cases/X1_block/block.toml",
                  "schema = 1\nkind = \"solid\"\nmesh.block = { size_mm = [10, 10, 10], cells = [2, 2, 2] }\n"
                  "material = [{ region = 1, model = \"neo_hookean\", shear_modulus_kPa = 3, bulk_modulus_kPa = 1500 }]\n"
                  "fix = [{ set = \"zmin\", components = \"z\" }, { set = \"xmin\", components = \"x\" }, { set = \"ymin\", components = \"y\" }]\n"
                  "move = [{ set = \"zmax\", component = \"z\", value_mm = -2 }]\n"
                  "probe = [{ name = \"stress\", at_mm = [1, 1, 5], field = \"cauchy_stress\" }]\nsteps.count = 2\n");
    folder_.write("cases/X1_block/expected.toml",
                  "schema = 1\nid = \"X1\"\ntitle = \"a block\"\nrole = \"verification\"\n[[run]]\nname = \"a\"\nfile = \"block.toml\"\n"
                  "[[quantity]]\nname = \"q\"\nsource = \"rivlin1949\"\nrun = \"a\"\n" +
                      quantity);
  }
  /// The same case under another name, whose block is pressed by `travel_mm`.
  void add(const std::string& id, const std::string& travel_mm) const {
    const auto with = [](std::string text, const std::string& what, const std::string& by) { return text.replace(text.find(what), what.size(), by); };
    std::filesystem::create_directories(folder_.path() / "cases" / (id + "_block"));
    folder_.write("cases/" + id + "_block/block.toml",
                  with(text_of_file(folder_.path() / "cases/X1_block/block.toml"), "value_mm = -2", "value_mm = " + travel_mm));
    folder_.write("cases/" + id + "_block/expected.toml",
                  with(text_of_file(folder_.path() / "cases/X1_block/expected.toml"), "\"X1\"", "\"" + id + "\""));
  }
  ProgramResult run(const std::vector<std::string>& more = {}, const std::string& out = "out") const {
    std::vector<std::string> words{"validate", "--cases", "cases", "-o", out};
    words.insert(words.end(), more.begin(), more.end());
    return run_program(words, folder_.path());
  }
  const std::filesystem::path& path() const { return folder_.path(); }

 private:
  ScratchFolder folder_;
};

const std::string inside = "figure = \"steps.last.probe.stress.2\"\npublished_kPa = -1.83\naccept_kPa = [-2, -1]\n";

}  // namespace

TEST(ValidateVerb, LeavesTablesAndPictures) {
  const Cases cases(inside + "[quantity.recorded.standard]\noutcome = \"inside\"\nband_kPa = [-1.9, -1.7]\n");
  const ProgramResult r = cases.run();
  EXPECT_EQ(r.code, 0) << r.err;
  EXPECT_TRUE(has(r.out, "1 target, 1 simulated: 1 inside")) << r.out;
  EXPECT_TRUE(has(r.err, "[1 of 1] X1 a done")) << r.err;
  EXPECT_TRUE(has(text_of_file(cases.path() / "out/validation.csv"), "X1,q,-1.8"));
  EXPECT_TRUE(has(text_of_file(cases.path() / "out/validation.md"), "## X1"));
}

TEST(ValidateVerb, EndsWithOneWhenAFigureLeavesItsRecord) {
  const Cases cases(inside + "[quantity.recorded.standard]\noutcome = \"inside\"\nband_kPa = [-1.7, -1.6]\n");
  const ProgramResult r = cases.run({"--quiet"});
  EXPECT_EQ(r.code, 1) << r.err;
  EXPECT_TRUE(has(r.out, "not as recorded: X1 q = -1.8")) << r.out;
  EXPECT_EQ(r.err, "");
}

TEST(ValidateVerb, RunsSideBySideComeToTheSame) {
  const Cases cases(inside);
  cases.add("X2", "-1");
  cases.add("X3", "3");  // tears the block apart
  const ProgramResult in_turn = cases.run({"--threads", "1"}, "turn"), two = cases.run({"--jobs", "2"}, "two");
  EXPECT_EQ(in_turn.code, two.code) << two.err;
  EXPECT_TRUE(has(two.err, "[3 of 3]")) << two.err;
  EXPECT_EQ(text_of_file(cases.path() / "turn/validation.csv"), text_of_file(cases.path() / "two/validation.csv"));
  const ProgramResult again = cases.run({"--jobs", "2", "--resume"}, "two");
  EXPECT_FALSE(has(again.err, "X1 a done")) << again.err;
  EXPECT_EQ(cases.run({"--jobs", "0"}).code, 2);
}

TEST(ValidateVerb, ResumesWithTheRunsThatAreThere) {
  const Cases cases(inside);
  ASSERT_EQ(cases.run().code, 0);
  const ProgramResult again = cases.run({"--resume"});
  EXPECT_EQ(again.code, 0) << again.err;
  EXPECT_FALSE(has(again.err, "X1 a done")) << again.err;
  for (const auto& entry : std::filesystem::directory_iterator(cases.path() / "out/runs")) std::ofstream(entry.path()) << "{ damaged";
  const ProgramResult repaired = cases.run({"--resume"});
  EXPECT_EQ(repaired.code, 0) << repaired.err;
  EXPECT_TRUE(has(repaired.err, "X1 a done")) << repaired.err;
}

TEST(ValidateVerb, RefusesWhatIsWrongInACase) {
  const ProgramResult unit = Cases("figure = \"steps.last.indenter.0.travel_mm\"\npublished_kPa = 3\naccept_kPa = [1, 2]\n").run();
  EXPECT_EQ(unit.code, 2);
  EXPECT_TRUE(has(unit.err, "expected.toml:13:") && has(unit.err, "the unit kPa does not measure a length")) << unit.err;
  const ProgramResult figure = Cases("figure = \"steps.last.probe.stres.2\"\naccept_kPa = [1, 2]\n").run();
  EXPECT_EQ(figure.code, 2);
  EXPECT_TRUE(has(figure.err, "did you mean \"stress\"?")) << figure.err;
  const Cases good(inside);
  const ProgramResult only = good.run({"--only", "X2"});
  EXPECT_EQ(only.code, 2);
  EXPECT_TRUE(has(only.err, "there are X1")) << only.err;
  EXPECT_EQ(good.run({"--fidelity", "rough"}).code, 2);
  EXPECT_EQ(good.run({"--threads", "0"}).code, 2);
  EXPECT_EQ(run_program({"validate", "--cases", "nowhere"}, good.path()).code, 4);
}

// The published targets on the coarse mesh: every outcome and figure as recorded in scenarios/validation.
TEST(ValidateVerb, PublishedTargetsAreAsRecorded) {
  const ScratchFolder folder;
  const ProgramResult r = run_program({"validate", "--fidelity", "coarse", "-o", "out"}, folder.path());
  std::printf("%s", r.out.c_str());
  EXPECT_EQ(r.code, 0) << r.out << r.err;
}
