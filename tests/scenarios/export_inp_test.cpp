#include "scenarios/export_inp.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "scenarios/input_error.hpp"
#include "scenarios/read_inp.hpp"
#include "solver/block.hpp"
#include "tests/support/solids.hpp"

namespace nerveload {
namespace {

SolidModel model() {
  SolidModel m;
  m.name = "two parts";
  m.mesh = block_mesh({10, 10, 10}, {2, 2, 2});
  m.mesh.region_names = {"soft part", "2"};
  m.mesh.region[3] = 1;
  m.mesh.X[13] += Vec3(1.0 / 3.0, -1e-15 / 3.0, 0.0);
  m.materials = {material(NeoHookean{3.0}, 50.0), material(Ogden{{{2.0, 5.0}, {1.0, -3.0}}}, 40.0, Volumetric::Law::logarithmic)};
  m.motions = {{"zmin", 0, 0.0}, {"zmin", 1, 0.0}, {"zmin", 2, 0.0}, {"xmax", 2, -1.25}};
  m.tractions.push_back({"zmax", m.mesh.facet_sets.at("zmax"), Vec3(0, 0, 2), 0.5});
  m.steps = 4;
  return m;
}

/// Numbers of a block of the deck, line by line.
std::vector<std::vector<double>> block(const std::string& deck, const std::string& keyword) {
  std::vector<std::vector<double>> rows;
  std::istringstream lines(deck.substr(deck.find(keyword)));
  std::string line;
  std::getline(lines, line);
  while (std::getline(lines, line) && !line.starts_with('*')) {
    std::vector<double>& row = rows.emplace_back();
    std::istringstream words(line);
    for (std::string w; std::getline(words, w, ',');) row.push_back(std::strtod(w.c_str(), nullptr));
  }
  return rows;
}

TEST(ExportInp, SaysMaterialsSupportsAndLoads) {
  const SolidModel m = model();
  const std::string deck = inp_text(deck_of(m));
  for (const char* part : {"*MATERIAL, NAME=M_SOFT_PART\n*HYPERELASTIC, NEO HOOKE\n1.5, 0.04\n",
                           "*HYPERELASTIC, OGDEN, N=2\n2, 5, 1, -3, 0.05, 1e20\n", "*SOLID SECTION, ELSET=E_2, MATERIAL=M_2\n", "*STATIC\n0.25, 1.\n",
                           "N_XMAX, 3, 3, -1.25\n", "N_ZMIN, 2, 2, 0\n", "** Left out or changed: The volumetric law"})
    EXPECT_NE(deck.find(part), std::string::npos) << part;
  EXPECT_EQ(block(deck, "*DLOAD").size(), 4u);
  double force = 0.0;
  for (const auto& row : block(deck, "*CLOAD")) force += row.at(1) == 3.0 ? row.at(2) : 1e9;
  EXPECT_NEAR(force, 200.0, 1e-9);  // 2 kPa on 100 mm²
}

/// Lines of eight constants, and no D that CalculiX would replace by one of its own.
TEST(ExportInp, WritesOgdenTermsAsCalculixReadsThem) {
  SolidModel m = model();
  m.materials[0].matrix = Ogden{{{1.0, 2.0}, {3.0, 4.0}, {5.0, 6.0}}};
  EXPECT_NE(inp_text(deck_of(m)).find("*HYPERELASTIC, OGDEN, N=3\n1, 2, 3, 4, 5, 6, 0.04, 1e20\n1e20\n"), std::string::npos) << inp_text(deck_of(m));
  m.materials[0].matrix = Ogden{{{1.0, 2.0}, {1.0, 3.0}, {1.0, 4.0}, {1.0, 5.0}}};
  EXPECT_THROW(inp_text(deck_of(m)), InputError);
}

TEST(ExportInp, RefusesNamesThatCalculixCannotTellApart) {
  SolidModel m = model();
  m.mesh.node_sets["tip-a"] = {1};
  EXPECT_NO_THROW(inp_text(deck_of(m)));
  m.mesh.node_sets["Tip_a"] = {2};
  try {
    inp_text(deck_of(m));
    ADD_FAILURE();
  } catch (const InputError& e) {
    EXPECT_NE(std::string(e.what()).find("sets Tip_a and tip-a would both be TIP_A"), std::string::npos) << e.what();
  }
}

/// CalculiX reads twenty characters of a number and 80 of a name.
TEST(ExportInp, KeepsToTheWidthsOfItsReader) {
  SolidModel m = model();
  m.mesh.region_names[0] = std::string(200, 'a');
  std::istringstream lines(inp_text(deck_of(m)));
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with('*')) continue;
    std::istringstream words(line);
    for (std::string w; std::getline(words, w, ',');) EXPECT_LE(w.size(), 21u) << line;  // with the blank before it
  }
  EXPECT_EQ(inp_text(deck_of(m)).find(std::string(81, 'A')), std::string::npos);
}

TEST(ExportInp, QuadraticElementsHaveTheirMiddles) {
  const SolidModel m = model();
  const std::string deck = inp_text(deck_of(m));
  const auto nodes = block(deck, "*NODE, NSET=NALL");
  ASSERT_EQ(nodes.size(), 27u + 54u);  // 54 edges
  // Two lines an element: number, 8 corners and 3 middles, then 9.
  const auto lines = block(deck, "*ELEMENT");
  ASSERT_EQ(lines.size(), 16u);
  auto at = [&](double n) {
    return Vec3(nodes[static_cast<std::size_t>(n) - 1][1], nodes[static_cast<std::size_t>(n) - 1][2], nodes[static_cast<std::size_t>(n) - 1][3]);
  };
  for (std::size_t e = 0; e < 8; ++e) {
    std::vector<double> n = lines[2 * e];
    n.insert(n.end(), lines[2 * e + 1].begin(), lines[2 * e + 1].end());
    n.erase(std::remove(n.begin(), n.end(), 0.0), n.end());  // the comma at a line's end
    ASSERT_EQ(n.size(), 21u);
    constexpr int ends[12][2] = {{1, 2}, {2, 3}, {3, 4}, {4, 1}, {5, 6}, {6, 7}, {7, 8}, {8, 5}, {1, 5}, {2, 6}, {3, 7}, {4, 8}};
    for (int k = 0; k < 12; ++k) EXPECT_LT((at(n[9 + k]) - 0.5 * (at(n[ends[k][0]]) + at(n[ends[k][1]]))).norm(), 1e-9);
  }
  EXPECT_EQ(block(deck, "*NSET, NSET=N_ZMIN\n").size(), 2u);  // 9 corners and 12 middles, twelve in a line
}

/// A deck of linear elements is a mesh that this program reads again.
TEST(ExportInp, LinearDecksReadBack) {
  const SolidModel m = model();
  InpDeck deck = deck_of(m);
  deck.element = "C3D8";
  const Mesh back = read_inp(inp_text(deck), "deck.inp").to_mesh(1.0);
  EXPECT_EQ(back.cells, m.mesh.cells);
  EXPECT_LT((back.X[13] - m.mesh.X[13]).norm(), 1e-9);
  EXPECT_EQ(back.region_names, (std::vector<std::string>{"E_2", "E_SOFT_PART"}));
  EXPECT_EQ(back.node_sets.at("N_ZMIN"), m.mesh.node_sets.at("zmin"));
}

}  // namespace
}  // namespace nerveload
