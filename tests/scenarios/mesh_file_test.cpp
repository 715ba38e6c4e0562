#include "scenarios/mesh_file.hpp"

#include <gtest/gtest.h>

#include "postprocess/vtk_writer.hpp"
#include "scenarios/input_error.hpp"
#include "tests/support/run_program.hpp"

namespace nerveload {
namespace {

namespace fs = std::filesystem;

/// Two cells side by side along x with an unused point, regions 7 and 3, one set, one fibre each.
std::string two_cells(const std::string& cell = "8 1 2 5 4 7 8 11 10") {
  return "# vtk DataFile Version 3.0\ntwo cells\nASCII\nDATASET UNSTRUCTURED_GRID\nPOINTS 13 double\n"
         "0 0 0  1 0 0  2 0 0  0 1 0  1 1 0  2 1 0  0 0 1  1 0 1  2 0 1  0 1 1  1 1 1  2 1 1  9 9 9\n"
         "CELLS 2 18\n8 0 1 4 3 6 7 10 9\n" +
         cell +
         "\nCELL_TYPES 2\n12 12\n"
         "CELL_DATA 2\nSCALARS region int 1\nLOOKUP_TABLE default\n7 3\nVECTORS fibre double\n0 0 2  0 3 4\n"
         "POINT_DATA 13\nSCALARS set_left int 1\nLOOKUP_TABLE default\n1 0 0 1 0 0 1 0 0 1 0 0 1\n";
}

std::string fault_of(const ScratchFolder& folder, const std::string& name, const std::string& text) {
  try {
    read_mesh_file(folder.write(name, text));
  } catch (const InputError& e) {
    return std::string("input: ") + e.what();
  } catch (const FileError& e) {
    return std::string("file: ") + e.what();
  }
  return {};
}

TEST(MeshFile, ReadsRegionsSetsFibresAndDropsUnusedPoints) {
  const ScratchFolder folder;
  const Mesh m = read_mesh_file(folder.write("two.vtk", two_cells()), 10.0);
  EXPECT_EQ(m.X.size(), 12u);
  EXPECT_EQ(m.cells.size(), 2u);
  EXPECT_EQ(m.region_names, (std::vector<std::string>{"3", "7"}));
  EXPECT_EQ(m.region, (std::vector<int>{1, 0}));
  EXPECT_EQ(m.node_sets.at("left"), (std::vector<int>{0, 3, 6, 9}));
  EXPECT_EQ(m.node_sets.at("all").size(), 12u);
  EXPECT_EQ(m.X[2], Vec3(20, 0, 0));
  EXPECT_LT((m.fibre[1] - Vec3(0, 0.6, 0.8)).norm(), 1e-15);
}

TEST(MeshFile, RefusesWhatIsNotAMeshOfSoundHexahedra) {
  const ScratchFolder folder;
  const std::string flat = fault_of(folder, "a.vtk", two_cells("8 1 1 4 4 7 7 10 10"));
  EXPECT_NE(flat.find("cell 1 names a point twice"), std::string::npos) << flat;
  const std::string turned = fault_of(folder, "b.vtk", two_cells("8 7 8 11 10 1 2 5 4"));
  EXPECT_NE(turned.find("inverted"), std::string::npos) << turned;
  std::string tets = two_cells();
  tets.replace(tets.find("12 12"), 5, "12 11");
  EXPECT_EQ(fault_of(folder, "voxel.vtk", tets).find("file:"), std::string::npos);
  tets.replace(tets.find("12 11"), 5, "12 13");
  const std::string wedge = fault_of(folder, "c.vtk", tets);
  EXPECT_NE(wedge.find("expected hexahedra"), std::string::npos) << wedge;
}

/// VTK's legacy reader takes them without a word; to read a last value would lead beyond an end.
TEST(MeshFile, RefusesLegacyFilesWithTooFewValues) {
  const ScratchFolder folder;
  std::string sets = two_cells();
  sets.replace(sets.find("POINT_DATA 13"), 13, "POINT_DATA 0");
  EXPECT_NE(fault_of(folder, "a.vtk", sets).find("the array 'set_left' has 0 values for 13 points"), std::string::npos)
      << fault_of(folder, "a.vtk", sets);
  std::string points = two_cells();
  points.replace(points.find("9 9 9"), 5, "9 x 9");
  EXPECT_NE(fault_of(folder, "b.vtk", points).find("expected the coordinates of 13 points"), std::string::npos) << fault_of(folder, "b.vtk", points);
  std::string small = two_cells("8 1 2 5 4 7 8 11");
  small.replace(small.find("CELLS 2"), 7, "cells2 2");  // VTK takes that for CELLS
  EXPECT_NE(fault_of(folder, "c.vtk", small).find("cell 1"), std::string::npos) << fault_of(folder, "c.vtk", small);
}

/// Sizes beyond reason end in words, and at once.
TEST(MeshFile, RefusesXmlSizesThatCannotBe) {
  const ScratchFolder folder;
  const std::string sound = text_of_file(fs::path(NERVELOAD_SOURCE_DIR) / "tests/fuzz/examples/two_cells.vtu");
  ASSERT_EQ(fault_of(folder, "sound.vtu", sound), "");
  const auto with = [&](const std::string& attribute, const std::string& value) {
    std::string text = sound;
    const std::size_t at = text.find(attribute) + attribute.size() + 2;
    return fault_of(folder, "a.vtu", text.replace(at, text.find('"', at) - at, value));
  };
  for (const char* attribute : {"NumberOfComponents", "NumberOfPoints", "NumberOfCells"}) {
    EXPECT_NE(with(attribute, "-1").find(std::string(attribute) + " is not a number"), std::string::npos) << with(attribute, "-1");
    EXPECT_NE(with(attribute, "99999999999999999999").find("is not a number"), std::string::npos) << attribute;
    EXPECT_NE(with(attribute, "999999999").find("promises more than the file can hold"), std::string::npos) << attribute;
  }
}

/// Found by libFuzzer: VTK ends the process that reads these.
TEST(MeshFile, RefusesFilesThatBreakVtk) {
  const ScratchFolder folder;
  const fs::path corpus = fs::path(NERVELOAD_SOURCE_DIR) / "tests/fuzz/corpus";
  EXPECT_NE(fault_of(folder, "a.vtk", text_of_file(corpus / "mesh_vtk/cells_without_a_type.vtk")).find("VTK's reader breaks on it"),
            std::string::npos);
  EXPECT_NE(fault_of(folder, "a.vtu", text_of_file(corpus / "mesh_vtu/types_without_a_type.vtu")).find("VTK's reader breaks on it"),
            std::string::npos);
}

TEST(MeshFile, SaysWhichFileCannotBeRead) {
  const ScratchFolder folder;
  EXPECT_NE(fault_of(folder, "x.vtk", "hello\n").find("file: "), std::string::npos);
  EXPECT_NE(fault_of(folder, "x.vtu", "<VTKFile type=\"PolyData\"/>\n").find("file: "), std::string::npos);
  EXPECT_NE(fault_of(folder, "x.vtu", "").find("file: "), std::string::npos);
  EXPECT_NE(fault_of(folder, "x.stl", "solid\n").find(".vtu, .vtk, .inp or .msh"), std::string::npos);
  EXPECT_THROW(read_mesh_file(folder.path() / "none.vtu"), FileError);
  EXPECT_THROW(read_mesh_file(folder.path()), FileError);
  std::string cut = two_cells();
  cut.resize(cut.find("CELL_TYPES"));
  EXPECT_FALSE(fault_of(folder, "cut.vtk", cut).empty());
}

}  // namespace
}  // namespace nerveload
