/// The text formats of meshes: the same two cells as an Abaqus-style deck and as gmsh files, and what is wrong with broken ones.
#include <gtest/gtest.h>

#include "postprocess/vtk_writer.hpp"
#include "scenarios/export_inp.hpp"
#include "scenarios/input_error.hpp"
#include "scenarios/mesh_file.hpp"
#include "scenarios/solid_model.hpp"
#include "scenarios/vtk_file_faults.hpp"
#include "tests/support/blocks.hpp"
#include "tests/support/run_program.hpp"

namespace nerveload {
namespace {

/// Two unit cells side by side along x, nodes 1 to 12, and a node 99 that nothing uses.
const std::string inp_nodes =
    "** two cells\n*Heading\n anything\n*NODE, NSET=everything\n1, 0, 0, 0\n2, 1, 0, 0\n3, 2.0D0, 0, 0\n4, 0, 1, 0\n5, 1, 1, 0\n6, 2, 1, 0\n"
    "7, 0, 0, 1\n8, 1, 0, 1\n9, 2, 0, 1\n10, 0, 1, 1\n11, 1, 1, 1\n12, 2, 1, 1\n99, 9, 9, 9\n";
const std::string inp_cells =
    "*Element, type=c3d8r, elset=Left\n10, 1, 2, 5, 4, 7, 8, 11, 10\n*ELEMENT, TYPE=C3D8, ELSET=Right\n20, 2, 3, 6, 5,\n 8, 9, 12, 11\n";
const std::string inp_sets =
    "*NSET, NSET=floor, GENERATE\n1, 6, 1\n*NSET, NSET=more\nfloor, 12\n*ELSET, ELSET=Both\nLeft, Right\n"
    "*SURFACE, NAME=top, TYPE=ELEMENT\nBoth, S2\n*SURFACE, NAME=end\n20, S4\n*Step\n*Static\n*End Step\n";

const std::string msh2 =
    "$MeshFormat\n2.2 0 8\n$EndMeshFormat\n$PhysicalNames\n3\n3 1 \"soft part\"\n3 2 \"Right\"\n2 7 \"top\"\n$EndPhysicalNames\n"
    "$Nodes\n12\n1 0 0 0\n2 1 0 0\n3 2 0 0\n4 0 1 0\n5 1 1 0\n6 2 1 0\n7 0 0 1\n8 1 0 1\n9 2 0 1\n10 0 1 1\n11 1 1 1\n12 2 1 1\n$EndNodes\n"
    "$Comments\nfree text\n$EndComments\n"
    "$Elements\n5\n1 15 2 9 1 1\n2 3 2 7 1 7 8 11 10\n3 3 2 7 1 8 9 12 11\n4 5 2 1 1 1 2 5 4 7 8 11 10\n5 5 2 2 1 2 3 6 5 8 9 12 11\n$EndElements\n";

const std::string msh4 =
    "$MeshFormat\n4.1 0 8\n$EndMeshFormat\n$PhysicalNames\n2\n3 1 \"soft part\"\n2 7 \"top\"\n$EndPhysicalNames\n"
    "$Entities\n1 0 1 2\n5 0 0 0 1 9\n3 0 0 1 2 1 1 1 7 0\n1 0 0 0 1 1 1 1 1 0\n2 1 0 0 2 1 1 1 2 0\n$EndEntities\n"
    "$Nodes\n2 12 1 12\n0 5 0 1\n1\n0 0 0\n3 1 0 11\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n1 0 0\n2 0 0\n0 1 0\n1 1 0\n2 1 0\n0 0 1\n1 0 1\n2 0 1\n0 1 "
    "1\n1 1 1\n2 1 1\n$EndNodes\n"
    "$Elements\n4 5 1 5\n0 5 15 1\n1 1\n2 3 3 2\n2 7 8 11 10\n3 8 9 12 11\n3 1 5 1\n4 1 2 5 4 7 8 11 10\n3 2 5 1\n5 2 3 6 5 8 9 12 "
    "11\n$EndElements\n";

/// Where and what: "line: message", or "file: message".
std::string fault_of(const std::string& name, const std::string& text) {
  const ScratchFolder folder;
  try {
    read_mesh_file(folder.write(name, text));
  } catch (const InputError& e) {
    return std::to_string(e.faults.front().place.line) + ": " + e.faults.front().message;
  } catch (const FileError& e) {
    return std::string("file: ") + e.what();
  }
  return {};
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

void expect_two_cells(const Mesh& m, double scale) {
  EXPECT_EQ(m.X.size(), 12u);
  ASSERT_EQ(m.cells.size(), 2u);
  EXPECT_EQ(m.cells[1], (Cell{1, 2, 5, 4, 7, 8, 11, 10}));
  EXPECT_EQ(m.X[2], Vec3(2 * scale, 0, 0));
  EXPECT_EQ(m.node_sets.at("all").size(), 12u);
  EXPECT_EQ(m.node_sets.at("top"), (std::vector<int>{6, 7, 8, 9, 10, 11}));
  ASSERT_EQ(m.facet_sets.at("top").size(), 2u);
  for (const Facet& q : m.facet_sets.at("top"))  // outward
    EXPECT_GT((m.X[q[2]] - m.X[q[0]]).cross(m.X[q[3]] - m.X[q[1]])[2], 0.0);
}

TEST(Inp, ReadsNodesElementsSetsAndSurfaces) {
  const ScratchFolder folder;
  const Mesh m = read_mesh_file(folder.write("two.inp", inp_nodes + inp_cells + inp_sets), 10.0);
  expect_two_cells(m, 10.0);
  EXPECT_EQ(m.region_names, (std::vector<std::string>{"Left", "Right"}));
  EXPECT_EQ(m.region, (std::vector<int>{0, 1}));
  EXPECT_EQ(m.node_sets.at("floor"), (std::vector<int>{0, 1, 2, 3, 4, 5}));
  EXPECT_EQ(m.node_sets.at("more").size(), 7u);
  EXPECT_EQ(m.node_sets.at("everything").size(), 12u);
  EXPECT_EQ(m.node_sets.at("end"), (std::vector<int>{2, 5, 8, 11}));
  EXPECT_EQ(m.facet_sets.at("end").size(), 1u);
}

TEST(Inp, ASolidSectionDecidesTheRegion) {
  const ScratchFolder folder;
  const std::string deck = inp_nodes + inp_cells + inp_sets;
  EXPECT_EQ(read_mesh_file(folder.write("a.inp", deck + "*SOLID SECTION, ELSET=Both, MATERIAL=x\n")).region_names,
            (std::vector<std::string>{"Both"}));
  EXPECT_NE(fault_of("b.inp", deck + "*SOLID SECTION, ELSET=Both\n*SOLID SECTION, ELSET=Left\n").find("a solid section already"), std::string::npos);
  EXPECT_NE(fault_of("c.inp", deck + "*SOLID SECTION, ELSET=none\n").find("there is no element set none"), std::string::npos);
}

TEST(Inp, NamesTheLineOfWhatIsWrong) {
  const std::string deck = inp_nodes + inp_cells + inp_sets;
  EXPECT_EQ(fault_of("a.inp", replaced(deck, "c3d8r", "C3D20")).substr(0, 36), "18: element type C3D20 is not known:");
  EXPECT_EQ(fault_of("a.inp", replaced(deck, "10, 1, 2, 5", "10, 1, 2, 77")), "19: there is no node 77");
  EXPECT_EQ(fault_of("a.inp", replaced(deck, "10, 1, 2, 5", "10, 1, 2, 2")), "19: element 10 names a node twice: it is degenerate");
  EXPECT_EQ(fault_of("a.inp", replaced(deck, "10, 1, 2, 5, 4, 7, 8, 11, 10", "10, 7, 8, 11, 10, 1, 2, 5, 4")),
            "19: element 10 is inverted or flat (its Jacobian is not positive everywhere)");
  EXPECT_EQ(fault_of("a.inp", replaced(deck, "10, 1, 2, 5, 4, 7, 8, 11, 10", "10, 1, 2, 5, 4, 7, 8, 11, 10\n11, 1, 2, 5, 4, 7, 8, 11, 10")),
            "20: element 11 has the same nodes as element 10 (line 19)");
  EXPECT_EQ(fault_of("a.inp", replaced(deck, "*ELEMENT, TYPE=C3D8, ELSET=Right\n20", "10")), "20: element 10 is there twice");
  EXPECT_EQ(fault_of("a.inp", replaced(deck, "99, 9", "9, 9")), "17: node 9 is there twice");
  EXPECT_EQ(fault_of("a.inp", replaced(deck, "6, 2, 1, 0", "6, 2, one, 0")), "10: expected a number, found 'one'");
  EXPECT_EQ(fault_of("a.inp", replaced(deck, " 8, 9, 12, 11", " 8, 9, 12")), "21: expected an element: number and 8 nodes, found 7 nodes");
  EXPECT_EQ(fault_of("a.inp", replaced(deck, "Both, S2", "Both, S7")), "30: expected an element or element set and a face S1 to S6");
  EXPECT_EQ(fault_of("a.inp", replaced(deck, "Both, S2", "none, S2")), "30: there is no set none");
  EXPECT_EQ(fault_of("a.inp", replaced(deck, "floor, 12", "more, 12")), "26: there is no set more");  // it names itself
  EXPECT_EQ(fault_of("a.inp", replaced(deck, "1, 6, 1", "1, 6, 0")).substr(0, 20), "24: expected 0 <= fi");
  EXPECT_EQ(fault_of("a.inp", replaced(deck, "12, 2, 1, 1", "12, 2, 1, 1e300")), "16: node 12 lies beyond 1e6 mm or is not a number");
  EXPECT_EQ(fault_of("a.inp", "*INCLUDE, INPUT=other.inp\n").substr(0, 12), "1: *INCLUDE ");
  EXPECT_EQ(fault_of("a.inp", ""), "0: there is no element in it");
  EXPECT_EQ(fault_of("a.inp", inp_nodes), "0: there is no element in it");
}

TEST(Msh, ReadsFormats22And41) {
  const ScratchFolder folder;
  const Mesh two = read_mesh_file(folder.write("two.msh", msh2), 10.0), four = read_mesh_file(folder.write("four.msh", msh4), 10.0);
  expect_two_cells(two, 10.0);
  expect_two_cells(four, 10.0);
  EXPECT_EQ(two.region_names, (std::vector<std::string>{"Right", "soft part"}));
  EXPECT_EQ(four.region_names, (std::vector<std::string>{"2", "soft part"}));  // a group without a name
  for (const Mesh* m : {&two, &four}) {
    EXPECT_EQ(m->region, (std::vector<int>{m->region_names[0] == "soft part" ? 0 : 1, m->region_names[0] == "soft part" ? 1 : 0}));
    EXPECT_EQ(m->node_sets.at("9"), (std::vector<int>{0}));
  }
}

TEST(Msh, NamesTheLineOfWhatIsWrong) {
  EXPECT_EQ(fault_of("a.msh", replaced(msh2, "2.2 0 8", "2.2 1 8")).substr(0, 25), "2: expected an ASCII file");
  EXPECT_EQ(fault_of("a.msh", replaced(msh2, "2.2 0 8", "3.0 0 8")).substr(0, 27), "2: format 3.0 is not known:");
  EXPECT_EQ(fault_of("a.msh", replaced(msh2, "12\n1 0 0 0", "13\n1 0 0 0")).substr(0, 30), "24: expected at least 4 number");
  EXPECT_EQ(fault_of("a.msh", replaced(msh2, "4 5 2 1 1 1 2 5 4 7 8 11 10", "4 11 2 1 1 1 2 5 4 7 8 11 10")).substr(0, 32),
            "33: expected number, type, tags ");
  EXPECT_EQ(fault_of("a.msh", replaced(msh2, "4 5 2 1 1 1 2 5 4 7 8 11 10", "4 6 2 1 1 1 2 5 4 7 8")).substr(0, 32),
            "33: element type 6 is not known:");
  EXPECT_EQ(fault_of("a.msh", replaced(msh2, "4 5 2 1 1 1 2 5 4 7 8 11 10", "4 5 2 1 1 1 2 5 4 7 8 11 99")), "33: there is no node 99");
  EXPECT_EQ(fault_of("a.msh", replaced(msh2, "$EndElements\n", "")).substr(0, 25), "34: expected $EndElements");
  EXPECT_EQ(fault_of("a.msh", replaced(msh4, "3 1 5 1\n4 1", "3 1 5 1000000000000\n4 1")).substr(0, 19), "52: expected a coun");
  EXPECT_EQ(fault_of("a.msh", "$Nodes\n1\n$EndNodes\n").substr(0, 31), "1: expected $MeshFormat first: ");
  EXPECT_EQ(fault_of("a.msh", "hello\n").substr(0, 35), "1: expected a section like $Nodes, ");
  EXPECT_EQ(fault_of("a.msh", "").substr(0, 31), "0: expected a gmsh mesh file th");
}

/// The block's tetrahedra as gmsh writes them: the middles of the last two edges of a quadratic one change places.
std::string msh_of(const Mesh& m) {
  std::string text =
      "$MeshFormat\n2.2 0 8\n$EndMeshFormat\n$PhysicalNames\n1\n2 7 \"top\"\n$EndPhysicalNames\n$Nodes\n" + std::to_string(m.X.size()) + "\n";
  for (std::size_t n = 0; n < m.X.size(); ++n)
    text += std::to_string(n + 1) + " " + std::to_string(m.X[n][0]) + " " + std::to_string(m.X[n][1]) + " " + std::to_string(m.X[n][2]) + "\n";
  const auto& top = m.facet_sets.at("zmax");
  text += "$EndNodes\n$Elements\n" + std::to_string(m.cells.size() + top.size()) + "\n";
  int number = 0;
  auto add = [&](int type, int group, const std::vector<int>& nodes) {
    text += std::to_string(++number) + " " + std::to_string(type) + " 2 " + std::to_string(group) + " 1";
    for (const int n : nodes) text += " " + std::to_string(n + 1);
    text += "\n";
  };
  for (const Facet& f : top) add(f.size() == 3 ? 2 : 9, 7, {f.begin(), f.end()});
  for (const Cell& c : m.cells) {
    std::vector<int> nodes(c.begin(), c.end());
    if (nodes.size() == 10) std::swap(nodes[8], nodes[9]);
    add(nodes.size() == 4 ? 4 : 11, 1, nodes);
  }
  return text + "$EndElements\n";
}

/// Tetrahedra come through every format with their nodes, sets and surfaces in their places.
TEST(MeshFormats, ReadTetrahedra) {
  for (const char* shape : {"tet4", "tet10"}) {
    const ScratchFolder folder;
    SolidModel model;
    model.mesh = block_of_shape(shape, {2, 2, 2}, {2, 1, 1});
    model.materials = {Material{}};
    InpDeck deck = deck_of(model);
    deck.element = "C3D8";  // linear tetrahedra stay linear
    const std::string surface = "*SURFACE, NAME=lid\n" + std::string("E_1, S1\n");
    write_mesh(model.mesh, folder.path() / "block.vtu");
    const std::vector<std::filesystem::path> files{folder.write("block.inp", inp_text(deck) + surface), folder.write("block.msh", msh_of(model.mesh)),
                                                   folder.path() / "block.vtu"};
    for (const auto& file : files) {
      const Mesh m = read_mesh_file(file);
      EXPECT_EQ(m.cells, model.mesh.cells) << file;
      for (std::size_t n = 0; n < m.X.size(); ++n) EXPECT_LT((m.X[n] - model.mesh.X[n]).norm(), 1e-6);
      if (file.extension() == ".msh") {
        EXPECT_EQ(m.facet_sets.at("top"), model.mesh.facet_sets.at("zmax"));
        EXPECT_EQ(m.node_sets.at("top"), model.mesh.node_sets.at("zmax"));
      }
      if (file.extension() == ".vtu") {
        EXPECT_EQ(m.node_sets.at("zmax"), model.mesh.node_sets.at("zmax"));
      }
      if (file.extension() == ".inp") {
        EXPECT_EQ(m.node_sets.at("N_ZMAX"), model.mesh.node_sets.at("zmax"));
        EXPECT_EQ(m.facet_sets.at("lid").size(), 10u);  // of the twelve faces S1, those that lie outside
      }
    }
  }
}

TEST(MeshFormats, RefusesTetrahedraThatDoNotFit) {
  const std::string nodes =
      "*NODE\n1, 0, 0, 0\n2, 1, 0, 0\n3, 0, 1, 0\n4, 0, 0, 1\n5, 1, 1, 1\n6, .5, 0, 0\n7, .5, .5, 0\n8, 0, .5, 0\n9, 0, 0, .5\n"
      "10, .5, 0, .5\n11, 0, .5, .5\n12, .1, 0, 0\n";
  EXPECT_EQ(fault_of("a.inp", nodes + "*ELEMENT, TYPE=C3D4\n1, 1, 2, 3, 4\n"), "");
  EXPECT_EQ(fault_of("a.inp", nodes + "*ELEMENT, TYPE=C3D10\n1, 1, 2, 3, 4, 6, 7, 8, 9, 10, 11\n"), "");
  EXPECT_EQ(fault_of("a.inp", nodes + "*ELEMENT, TYPE=C3D4\n1, 1, 3, 2, 4\n").substr(0, 30), "15: element 1 is inverted or f");
  EXPECT_EQ(fault_of("a.inp", nodes + "*ELEMENT, TYPE=C3D10\n1, 1, 2, 3, 4, 12, 7, 8, 9, 10, 11\n").substr(0, 30), "15: element 1 is inverted or f");
  EXPECT_EQ(fault_of("a.inp", nodes + "*ELEMENT, TYPE=C3D4\n1, 1, 2, 3, 4\n2, 2, 3, 4, 5\n*SURFACE, NAME=s\n1, S5\n"),
            "18: a tetrahedron has the faces S1 to S4");
  EXPECT_EQ(fault_of("a.inp", nodes + "*ELEMENT, TYPE=C3D4\n1, 2, 3, 4, 5\n*ELEMENT, TYPE=C3D10\n2, 1, 2, 3, 4, 6, 7, 8, 9, 10, 11\n"),
            "17: element 2 (tet10) is joined to element 1 (tet4): expected cells of one shape in a part");
  EXPECT_EQ(fault_of("a.inp", nodes + "*ELEMENT, TYPE=C3D6\n1, 1, 2, 3, 4\n").substr(0, 35), "14: element type C3D6 is not known:");
}

/// Rounding makes the volume of a flat tetrahedron positive one way round.
TEST(MeshFormats, RefusesFlatTetrahedra) {
  const std::string nodes = "*NODE\n1, 0.1, 0.7, 0.3\n2, 1.3, 0.2, 0.9\n3, 0.4, 1.1, 0.8\n4, 0.61, 0.66, 0.67\n";  // 4 = (1 + 2 + 3)/3, rounded
  for (const char* order : {"1, 2, 3, 4", "1, 3, 2, 4"})
    EXPECT_EQ(fault_of("a.inp", nodes + "*ELEMENT, TYPE=C3D4\n7, " + order + "\n").substr(0, 30), "7: element 7 is inverted or fl") << order;
}

TEST(Inp, NamesAreTheSameInCapitals) {
  const ScratchFolder folder;
  const std::string sections = "*SOLID SECTION, ELSET=LEFT, MATERIAL=A\n*NSET, NSET=alone\n99\n";
  const Mesh m = read_mesh_file(folder.write("two.inp", inp_nodes + inp_cells + inp_sets + sections));
  EXPECT_EQ(m.region_names, (std::vector<std::string>{"LEFT", "Right"}));
  EXPECT_FALSE(m.node_sets.contains("alone"));  // its node belongs to no element
}

/// Linear tetrahedra are solved with a warning, or converted.
TEST(MeshFormats, LinearTetrahedraAreWarnedOfOrConverted) {
  auto model = [](const std::string& mesh) {
    return read_solid_text("schema = 1\nkind = \"solid\"\n[mesh]\n" + mesh +
                               "[[material]]\nmodel = \"neo_hookean\"\nshear_modulus_kPa = 3\nbulk_modulus_kPa = 300\n[[fix]]\nset = \"zmin\"\n",
                           "model.toml");
  };
  const std::string tets = "block = { size_mm = [1, 1, 1], cells = [1, 1, 1], element = \"tet4\" }\n";
  const SolidModel linear = model(tets), quadratic = model(tets + "convert = \"tet10\"\n");
  ASSERT_EQ(linear.warnings.size(), 1u);
  EXPECT_NE(linear.warnings[0].find("6 tetrahedra of four nodes: they lock"), std::string::npos);
  EXPECT_TRUE(quadratic.warnings.empty());
  EXPECT_EQ(quadratic.mesh.cells.at(0).size(), 10);
  EXPECT_EQ(quadratic.mesh.node_sets.at("zmin").size(), 9u);
  EXPECT_EQ(quadratic.mesh.node_sets.at("all").size(), quadratic.mesh.X.size());
  EXPECT_EQ(quadratic.motions.size(), 3u);
  EXPECT_EQ(model("block = { size_mm = [1, 1, 1], cells = [1, 1, 1], element = \"tet10\" }\n").mesh.cells, quadratic.mesh.cells);
  EXPECT_THROW(model("block = { size_mm = [1, 1, 1], cells = [1, 1, 1] }\nconvert = \"tet10\"\n"), InputError);
}

/// A model on a deck: regions, sets and surfaces by name, and a part of the mesh that hangs on nothing.
TEST(MeshFormats, AModelUsesTheNamesOfItsDeck) {
  const ScratchFolder folder;
  folder.write("two.inp", inp_nodes + inp_cells + inp_sets);
  folder.write("apart.inp", inp_nodes +
                                "101, 5, 0, 0\n102, 6, 0, 0\n103, 5, 1, 0\n104, 6, 1, 0\n105, 5, 0, 1\n106, 6, 0, 1\n107, 5, 1, 1\n108, 6, 1, 1\n" +
                                inp_cells + "30, 101, 102, 104, 103, 105, 106, 108, 107\n" + inp_sets);
  auto model = [&](const std::string& file) {
    std::string materials;
    for (const char* region : {"Left", "Right"})
      materials += "[[material]]\nregion = \"" + std::string(region) + "\"\nmodel = \"neo_hookean\"\nshear_modulus_kPa = 3\nbulk_modulus_kPa = 300\n";
    return read_solid_model(folder.write("model.toml", "schema = 1\nkind = \"solid\"\n[mesh]\nfile = \"" + file + "\"\n" + materials +
                                                           "[[fix]]\nset = \"floor\"\n[[traction]]\nset = \"end\"\npressure_kPa = 1\n"));
  };
  const SolidModel m = model("two.inp");
  EXPECT_EQ(m.tractions.at(0).facets.size(), 1u);
  EXPECT_EQ(m.motions.size(), 3u);
  try {
    model("apart.inp");
    ADD_FAILURE() << "a part that nothing holds";
  } catch (const InputError& e) {
    EXPECT_NE(std::string(e.what()).find("falls into 2 parts, and nothing holds the one with the node at 5, 0, 0 mm in x"), std::string::npos)
        << e.what();
  }
}

/// Cutting a file anywhere or changing any of its bytes gives a mesh or an error, never a crash.
TEST(MeshFormats, BrokenFilesAreErrors) {
  for (const auto& [name, text] : {std::pair<std::string, std::string>{"a.inp", inp_nodes + inp_cells + inp_sets}, {"b.msh", msh2}, {"c.msh", msh4}})
    for (std::size_t i = 0; i < text.size(); i += 3) {
      fault_of(name, text.substr(0, i));
      std::string changed = text;
      changed[i] = "9,-$x \n"[i % 7];
      fault_of(name, changed);
    }
}

/// VTK takes these lengths on trust and writes past its arrays; found by tests/robustness.
TEST(LegacyVtk, CellsWhoseLengthsDoNotAddUpAreRefused) {
  const std::string points =
      "# vtk DataFile Version 3.0\nCELLS 9 9\nASCII\nDATASET UNSTRUCTURED_GRID\nPOINTS 8 double\n"
      "0 0 0 1 0 0 1 1 0 0 1 0 0 0 1 1 0 1 1 1 1 0 1 1\n";
  EXPECT_EQ(fault_of("sound.vtk", points + "CELLS 1 9\n8 0 1 2 3 4 5 6 7\nCELL_TYPES 1\n12\n"), "");
  EXPECT_NE(fault_of("long.vtk", points + "CELLS 1 9\n8428 0 1 2 3 4 5 6 7\nCELL_TYPES 1\n12\n").find("cell 0 has no length"), std::string::npos);
  EXPECT_NE(fault_of("negative.vtk", points + "CELLS 1 9\n-8 0 1 2 3 4 5 6 7\nCELL_TYPES 1\n12\n").find("cell 0 has no length"), std::string::npos);
  EXPECT_NE(fault_of("short.vtk", points + "CELLS 1 10\n8 0 1 2 3 4 5 6 7 0\nCELL_TYPES 1\n12\n").find("come to 9"), std::string::npos);
  EXPECT_NE(fault_of("few.vtk", points + "CELLS 1 8\n7 0 1 2 3 4 5 6\nCELL_TYPES 1\n12\n").find("has 7 points: expected 8"), std::string::npos);
  EXPECT_NE(fault_of("ends.vtk", points + "CELLS 1 9\n8 0 1 2 3").find("expected 8 points"), std::string::npos);
  // The same in four bytes a number, the highest first.
  const auto bytes = [](std::initializer_list<int> numbers) {
    std::string text;
    for (const int n : numbers)
      for (int shift = 24; shift >= 0; shift -= 8) text += static_cast<char>(n >> shift & 0xff);
    return text;
  };
  const std::string binary = "# vtk DataFile Version 3.0\ntitle\nBINARY\nDATASET UNSTRUCTURED_GRID\nCELLS 1 9\n";
  EXPECT_EQ(fault_of_legacy_mesh(binary + bytes({8, 0, 1, 2, 3, 4, 5, 6, 7})), "");
  EXPECT_NE(fault_of_legacy_mesh(binary + bytes({9, 0, 1, 2, 3, 4, 5, 6, 7})), "");
}

}  // namespace
}  // namespace nerveload
