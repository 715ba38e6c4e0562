/// `nerveload mesh`: the mesh without its load.
#include <gtest/gtest.h>

#include <regex>

#include "scenarios/mesh_file.hpp"
#include "tests/support/run_program.hpp"

namespace nerveload {
namespace {

/// The number that stands behind a word of the printed quality.
double printed(const std::string& text, const std::string& word) {
  std::smatch found;
  return std::regex_search(text, found, std::regex(word + " +([0-9.]+)")) ? std::stod(found[1]) : -1.0;
}

TEST(MeshVerb, WritesTheMeshAndPrintsItsQuality) {
  const ScratchFolder folder;
  const ProgramResult r = run_program({"mesh", "default", "--fidelity", "coarse", "-o", "leg.vtu"}, folder.path());
  ASSERT_EQ(r.code, 0) << r.err;
  const Mesh leg = read_mesh_file(folder.path() / "leg.vtu");
  EXPECT_EQ(printed(r.out, "cells"), static_cast<double>(leg.cells.size()));
  EXPECT_EQ(printed(r.out, "nodes"), static_cast<double>(leg.X.size()));
  EXPECT_GE(printed(r.out, "least near the roller"), 0.2);
  EXPECT_LE(printed(r.out, "bone outline error"), 1.0);
}

TEST(MeshVerb, ALeftLegIsTheMirrorImageOfARightOne) {
  const ScratchFolder folder;
  for (const char* side : {"left", "right"}) {
    const ProgramResult r = run_program(
        {"mesh", "default", "--fidelity", "coarse", "--set", std::string("subject.side=") + side, "-o", std::string(side) + ".vtu"}, folder.path());
    ASSERT_EQ(r.code, 0) << r.err;
  }
  const Mesh left = read_mesh_file(folder.path() / "left.vtu"), right = read_mesh_file(folder.path() / "right.vtu");
  ASSERT_EQ(left.X.size(), right.X.size());
  for (std::size_t n = 0; n < left.X.size(); ++n) EXPECT_LT((left.X[n] - Vec3(-right.X[n][0], right.X[n][1], right.X[n][2])).norm(), 1e-9) << n;
}

TEST(MeshVerb, RefusesWhatIsWrong) {
  const ScratchFolder folder;
  const ProgramResult nowhere = run_program({"mesh", "default"}, folder.path());
  EXPECT_EQ(nowhere.code, 2);
  EXPECT_NE(nowhere.err.find("-o FILE.vtu"), std::string::npos) << nowhere.err;
  EXPECT_EQ(run_program({"mesh", "-o", "leg.vtu"}, folder.path()).code, 2);
  EXPECT_EQ(run_program({"mesh", "none.toml", "-o", "leg.vtu"}, folder.path()).code, 4);
  folder.write("file", "");
  const ProgramResult unwritable = run_program({"mesh", "default", "--fidelity", "coarse", "-o", "file/leg.vtu"}, folder.path());
  EXPECT_EQ(unwritable.code, 4);
  EXPECT_NE(unwritable.err.find("file"), std::string::npos) << unwritable.err;
}

}  // namespace
}  // namespace nerveload
