#include <gtest/gtest.h>

#include "tests/support/has.hpp"
#include "tests/support/run_program.hpp"

using namespace nerveload;

TEST(ClaimsVerb, RefusesWhatIsWrong) {
  const ScratchFolder folder;
  const ProgramResult only = run_program({"claims", "--only", "C99"}, folder.path());
  EXPECT_EQ(only.code, 2);
  EXPECT_TRUE(has(only.err, "no claim C99; did you mean C9?")) << only.err;
  EXPECT_EQ(run_program({"claims", "--fidelity", "rough"}, folder.path()).code, 2);
  EXPECT_EQ(run_program({"claims", "--claims", "nowhere"}, folder.path()).code, 4);
}

// A block that is pressed through itself has no state: its claim is neither as recorded nor undecidable.
TEST(ClaimsVerb, AFailedRunIsStatusThree) {
  const ScratchFolder folder;
  std::filesystem::create_directories(folder.path() / "own/C1_block");
  folder.write("own/C1_block/block.toml", R"(schema = 1
kind = "solid"
mesh.block = { size_mm = [10, 10, 10], cells = [2, 2, 2] }
material = [{ region = 1, model = "neo_hookean", shear_modulus_kPa = 3, bulk_modulus_kPa = 1500 }]
fix = [{ set = "zmin", components = "z" }, { set = "xmin", components = "x" }, { set = "ymin", components = "y" }]
move = [{ set = "zmax", component = "z", value_mm = -30 }]
probe = [{ name = "stress", at_mm = [1, 1, 5], field = "cauchy_stress" }]
steps.count = 2
)");
  folder.write("own/C1_block/claim.toml", R"(schema = 1
id = "C1"
title = "pressed flat"
statement = "it is so"
[[evidence]]
side = "open"
text = "nobody knows"
[[run]]
name = "full"
file = "block.toml"
[[test]]
name = "stress"
title = "stress of the block"
run = "full"
figure = "steps.last.probe.stress.2"
supports = [-inf, 0]
contradicts = [0, inf]
)");
  const ProgramResult r = run_program({"claims", "--claims", "own", "-o", "out", "-q"}, folder.path());
  EXPECT_EQ(r.code, 3) << r.out << r.err;
  EXPECT_TRUE(has(r.out, "no answer: C1 (Run full did not reach its end")) << r.out;
  EXPECT_FALSE(has(r.out, "as recorded")) << r.out;
  EXPECT_TRUE(has(text_of_file(folder.path() / "out/claims.csv"), "\nC1,no_answer,")) << r.err;
}

// On the coarse mesh: outcome and figure as recorded in scenarios/claims.
TEST(ClaimsVerb, ThoseWithoutSlowRunsAreAsRecorded) {
  const ScratchFolder folder;
  // C4, C7, C8, C9 and C12 have soft rollers, heavy loads, crossed legs or tissue that relaxes: minutes each. C5 and C6 have the most runs.
  std::vector<std::string> words = {"claims", "--fidelity", "coarse", "-o", "out"};
  for (const char* claim : {"C1", "C2", "C3", "C10", "C11", "C13"}) words.insert(words.end(), {"--only", claim});
  const ProgramResult r = run_program(words, folder.path());
  std::printf("%s", r.out.c_str());
  EXPECT_EQ(r.code, 0) << r.out << r.err;
  EXPECT_TRUE(has(text_of_file(folder.path() / "out/claims.csv"), "id,outcome,effect,interval,reason,"));
  EXPECT_TRUE(has(text_of_file(folder.path() / "out/claims.md"), "## C1\n"));
  EXPECT_TRUE(std::filesystem::exists(folder.path() / "out/pictures/C1.png"));
}

// All of them, a quarter of an hour: `ctest -L long`.
TEST(LongClaimsVerb, AllAreAsRecorded) {
  const ScratchFolder folder;
  const ProgramResult r = run_program({"claims", "--fidelity", "coarse", "-o", "out"}, folder.path());
  std::printf("%s", r.out.c_str());
  EXPECT_EQ(r.code, 0) << r.out << r.err;
}
