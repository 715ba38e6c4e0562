#include <gtest/gtest.h>

#include "scenarios/mesh_file.hpp"
#include "tests/support/run_program.hpp"

namespace nerveload {
namespace {

TEST(Export, WritesDecksAndMeshes) {
  const ScratchFolder folder;
  const std::string b0 = NERVELOAD_SOURCE_DIR "/scenarios/solid/b0.toml";
  const ProgramResult deck = run_program({"export", b0, "--format", "inp", "-o", "b0.inp"}, folder.path());
  EXPECT_EQ(deck.code, 0) << deck.err;
  EXPECT_NE(deck.err.find("volumetric law"), std::string::npos);
  EXPECT_NE(text_of_file(folder.path() / "b0.inp").find("*NSET, NSET=N_STRIP"), std::string::npos);
  EXPECT_EQ(run_program({"export", b0, "-o", "b0.vtu"}, folder.path()).code, 0);
  EXPECT_EQ(read_mesh_file(folder.path() / "b0.vtu").node_sets.at("strip").size(), 65u);
  const ProgramResult leg = run_program({"export", "default", "--fidelity", "coarse", "-o", "leg.inp"}, folder.path());
  EXPECT_EQ(leg.code, 0) << leg.err;
  EXPECT_NE(leg.err.find("The roller"), std::string::npos);
  EXPECT_NE(text_of_file(folder.path() / "leg.inp").find("ELSET=E_FASCICLES"), std::string::npos);
  EXPECT_EQ(run_program({"export", b0, "-o", "b0.stl"}, folder.path()).code, 2);
  EXPECT_EQ(run_program({"export", b0, "-o", "b0.inp", "--element", "S4"}, folder.path()).code, 2);
  EXPECT_EQ(run_program({"export", b0}, folder.path()).code, 2);
}

}  // namespace
}  // namespace nerveload
