/// The same models by this program and by CalculiX (package calculix-ccx), through `export`, at K/G ≤ 40. CalculiX has quadratic hexahedra with
/// reduced integration, this program linear ones of half the edge: as many unknowns. (Its linear ones lock, and its incompatible modes find
/// another shape under the stiff inclusion.)
#include <gtest/gtest.h>

#include <functional>
#include <numbers>

#include "scenarios/export_inp.hpp"
#include "scenarios/solve_solid.hpp"
#include "solver/block.hpp"
#include "solver/mesh_point.hpp"
#include "tests/support/run_program.hpp"
#include "tests/support/solids.hpp"
#include "tests/support/verified.hpp"

namespace nerveload {
namespace {

/// What CalculiX printed for the last increment.
struct PeerResult {
  std::map<std::string, Vec3> total_force;                      ///< by set, mN
  std::vector<Vec3> displacement;                               ///< by node, mm
  std::map<std::pair<int, int>, std::array<double, 6>> stress;  ///< by element and point, Cauchy, kPa, XX YY ZZ XY YZ XZ
  std::map<std::pair<int, int>, Vec3> place;                    ///< of these points, reference, mm
};

/// What CalculiX solves, beyond the exported model.
struct Peer {
  std::string element = "C3D20R";
  int cells_here = 2;                                                         ///< of this program along one edge of CalculiX's
  std::function<std::string(std::string deck, const SolidModel&)> edit = {};  ///< adds what the deck left out
  std::string source = "CalculiX 2.20, quadratic elements of twice the edge";
};

PeerResult run_calculix(const SolidModel& model, const Peer& how) {
  const ScratchFolder folder;
  InpDeck exported = deck_of(model);
  exported.element = how.element;
  std::string deck = inp_text(exported);
  deck.insert(deck.find("*END STEP"), "*EL PRINT, ELSET=EALL\nS, COORD\n");
  if (how.edit) deck = how.edit(deck, model);
  folder.write("job.inp", deck);
  const int status = std::system(("cd '" + folder.path().string() + "' && OMP_NUM_THREADS=1 ccx job >log 2>&1").c_str());
  PeerResult r;
  if (status != 0) {
    std::istringstream log(text_of_file(folder.path() / "log"));
    std::string errors;
    for (std::string line; std::getline(log, line);)
      if (line.find("*ERROR") != std::string::npos && std::getline(log, errors)) errors.insert(0, line + "\n");
    ADD_FAILURE() << "ccx ended with " << status << "\n" << errors;
    return r;
  }
  std::istringstream dat(text_of_file(folder.path() / "job.dat"));
  std::string line, set;
  enum { nothing, forces, displacements, stresses, places } block = nothing;
  while (std::getline(dat, line)) {
    std::istringstream words(line);
    double node, x, y, z;
    int element, point;
    if (line.find("total force") != std::string::npos) {
      const std::size_t from = line.find("for set ") + 8;
      set = line.substr(from, line.find(' ', from) - from);
      block = forces;
    } else if (line.find("displacements") != std::string::npos) {
      r.displacement.assign(model.mesh.X.size(), Vec3::Zero());
      block = displacements;
    } else if (line.find("stresses (") != std::string::npos) {
      block = stresses;
    } else if (line.find("global coordinates") != std::string::npos) {
      block = places;
    } else if (block == stresses && words >> element >> point) {
      auto& s = r.stress[{element, point}];
      words >> s[0] >> s[1] >> s[2] >> s[3] >> s[5] >> s[4];  // XY, XZ, YZ there
    } else if (block == places && words >> element >> point >> x >> y >> z) {
      r.place[{element, point}] = Vec3(x, y, z);
    } else if (block == forces && words >> x >> y >> z) {
      r.total_force[set] = Vec3(x, y, z);
    } else if (block == displacements && words >> node >> x >> y >> z) {
      if (node <= double(r.displacement.size())) r.displacement[static_cast<std::size_t>(node) - 1] = Vec3(x, y, z);
    }
  }
  return r;
}

/// Root mean square of the difference over that of the displacement, over the nodes that both meshes have.
double displacement_difference(const SolidSolution& own, const Mesh& peer_mesh, const PeerResult& peer) {
  auto key = [](const Vec3& X) { return std::array{std::lround(1e4 * X[0]), std::lround(1e4 * X[1]), std::lround(1e4 * X[2])}; };
  std::map<std::array<long, 3>, int> at;
  for (std::size_t n = 0; n < own.input->mesh.X.size(); ++n) at[key(own.input->mesh.X[n])] = static_cast<int>(n);
  double size = 0.0, difference = 0.0;
  for (std::size_t n = 0; n < peer.displacement.size(); ++n) {
    const Vec3 u = own.results.steps.back().state.unknowns.segment<3>(3 * at.at(key(peer_mesh.X[n])));
    size += u.squaredNorm();
    difference += (u - peer.displacement[n]).squaredNorm();
  }
  return std::sqrt(difference / size);
}

/// The same of the stress: means over the points of each element of CalculiX where it is smooth enough for both. (At a single point linear
/// elements have a first-order error, which half their edge does not bring below a few per cent.)
double stress_difference(const SolidSolution& own, const PeerResult& peer, const std::function<bool(const Vec3&)>& smooth) {
  const PointLocator locator(own.input->mesh);
  using Sum = Eigen::Matrix<double, 6, 1>;
  std::map<int, std::pair<Sum, Sum>> by_element;  // here, there
  for (const auto& [at, X] : peer.place) {
    if (!smooth(X)) continue;
    const auto point = locator.find(X, 1.0);  // a chord of a curved side may leave it outside
    if (!point) continue;
    const Sym3<double> s = cauchy_stress_at(*own.results.body, *point, own.results.steps.back().state);
    auto& [here, there] = by_element.try_emplace(at.first, Sum::Zero(), Sum::Zero()).first->second;
    for (int i = 0; i < 6; ++i) {
      const double weight = i < 3 ? 1.0 : std::sqrt(2.0);
      here[i] += weight * s[i];
      there[i] += weight * peer.stress.at(at)[i];
    }
  }
  double size = 0.0, difference = 0.0;
  for (const auto& [element, sums] : by_element) {
    size += sums.first.squaredNorm();
    difference += (sums.first - sums.second).squaredNorm();
  }
  return std::sqrt(difference / size);
}

SolidModel pressed_block(const Matrix& matrix, double bulk_kPa, int fine) {
  SolidModel m;
  m.name = "block";
  m.mesh = block_mesh({100, 60, 50}, {10 * fine, 6 * fine, 5 * fine});
  m.materials = {material(matrix, bulk_kPa)};
  for (int i = 0; i < 3; ++i) m.motions.push_back({"zmin", i, 0.0});
  m.motions.push_back({"zmax", 2, -10.0});
  m.steps = 5;
  return m;
}

/// @param model     of any fineness
/// @param fineness  for CalculiX
/// @param smooth    where stresses are compared: away from clamped rims and the inclusion's edges, where the exact ones are singular
void expect_same(const std::string& name, const std::function<SolidModel(int)>& model, int fineness, const std::string& set, int component,
                 const std::function<bool(const Vec3&)>& smooth, const Peer& how = {}) {
  const SolidModel theirs = model(fineness);
  const PeerResult peer = run_calculix(theirs, how);
  if (peer.displacement.empty()) return;
  const SolidSolution own = solve_solid(model(how.cells_here * fineness), {});
  ASSERT_TRUE(own.results.complete) << own.results.reason;
  double force = 0.0;
  for (const auto& [s, f] : own.results.steps.back().reactions_mN)
    if (s == set) force = f[component];
  std::string upper = "N_" + set;
  for (char& c : upper) c = static_cast<char>(std::toupper(c));
  const double there = peer.total_force.at(upper)[component], difference = displacement_difference(own, theirs.mesh, peer);
  const double stress = stress_difference(own, peer, smooth);
  const std::string problem = "CalculiX: " + name, &source = how.source;
  expect_verified({problem, "force, N", force / 1000.0, there / 1000.0, 1.0, source});
  expect_at_most(problem, "difference of the displacements, % (root mean square)", 100.0 * difference, 1.0, source);
  expect_at_most(problem, "difference of the elements' mean stresses, % (root mean square)", 100.0 * stress, 3.0, source);
}

bool inside_block(const Vec3& X) { return std::abs(X[2] - 25.0) < 17.0; }

TEST(CalculiX, PressedBlock) {
  expect_same(
      "block, K/G = 10", [](int fine) { return pressed_block(NeoHookean{3.0}, 30.0, fine); }, 2, "zmax", 2, inside_block);
}

SolidModel with_inclusion(int fine) {
  SolidModel m = pressed_block(NeoHookean{3.0}, 30.0, fine);
  m.mesh.region_names = {"soft", "stiff"};
  m.materials.push_back(material(NeoHookean{60.0}, 600.0));
  for (std::size_t c = 0; c < m.mesh.cells.size(); ++c) {
    Vec3 centre = Vec3::Zero();
    for (const int n : m.mesh.cells[c]) centre += m.mesh.X[n] / 8.0;
    if (std::abs(centre[0]) < 20.0 && std::abs(centre[1]) < 10.0 && std::abs(centre[2] - 25.0) < 5.0) m.mesh.region[c] = 1;
  }
  return m;
}
TEST(CalculiX, BlockWithAStiffInclusion) {
  expect_same("block with a stiff inclusion", with_inclusion, 2, "zmax", 2, [](const Vec3& X) { return inside_block(X) && std::abs(X[0]) > 25.0; });
}

SolidModel bar(int fine) {
  SolidModel m;
  m.name = "bar";
  m.mesh = block_mesh({10, 10, 40}, {4 * fine, 4 * fine, 16 * fine});
  m.materials = {material(Ogden{{{3.0, 8.0}}}, 30.0)};
  for (int i = 0; i < 3; ++i) m.motions.push_back({"zmin", i, 0.0});
  for (int i = 0; i < 2; ++i) m.motions.push_back({"zmax", i, 0.0});
  m.motions.push_back({"zmax", 2, 20.0});
  return m;
}
TEST(CalculiX, OgdenBarStretchedByHalf) {
  expect_same("Ogden bar", bar, 1, "zmax", 2, [](const Vec3& X) { return std::abs(X[2] - 20.0) < 15.0; });
}

/// A quarter of a tube in plane strain under a pressure inside that follows its wall.
SolidModel tube(int fine) {
  SolidModel m;
  m.name = "tube";
  m.mesh = block_mesh({1, 1, 1}, {8 * fine, 12 * fine, 1 * fine});
  for (Vec3& X : m.mesh.X) {
    const double r = 10.0 + 10.0 * (X[0] + 0.5), a = 0.5 * std::numbers::pi * (X[1] + 0.5);
    X = Vec3(r * std::cos(a), r * std::sin(a), X[2]);
  }
  m.materials = {material(MooneyRivlin{1.0, 0.5}, 60.0)};
  m.motions = {{"ymin", 1, 0.0}, {"ymax", 0, 0.0}, {"all", 2, 0.0}};
  m.tractions.push_back({"xmin", m.mesh.facet_sets.at("xmin"), Vec3::Zero(), 0.6});
  return m;
}
TEST(CalculiX, TubeUnderInnerPressure) {
  expect_same("tube", tube, 1, "ymin", 1, [](const Vec3&) { return true; });
}

constexpr double radius = 75.0, height = 50.0, half_width = 2.0;

/// A slice in plane strain under a rigid cylinder.
SolidModel under_cylinder(int fine) {
  SolidModel m;
  m.name = "cylinder";
  m.mesh = block_mesh({100, 2 * half_width, height}, {25 * fine, 1, 12 * fine});
  m.materials = {material(NeoHookean{3.0}, 30.0)};
  m.motions = {{"zmin", 0, 0.0}, {"zmin", 2, 0.0}, {"all", 1, 0.0}};
  SolidIndenter cylinder;
  cylinder.options.shape = Cylinder{radius, 1e4, 10.0, Vec3::UnitY()};
  cylinder.options.max_penetration = 2e-3;
  cylinder.centre = Vec3(0, 0, height + radius);
  cylinder.facets = m.mesh.facet_sets.at("zmax");
  cylinder.travel_mm = 10.0;
  m.indenters.push_back(cylinder);
  return m;
}

/// The cylinder's lower side as a band of stiff elements whose nodes are all moved, in contact with the block's top face to face.
std::string with_cylinder(std::string deck, const SolidModel& m) {
  constexpr int arc = 80, first = 1'000'000;
  constexpr double spread = 40.0 * std::numbers::pi / 180.0;
  auto node = [&](int i, int side, int layer) { return std::to_string(first + 2 * (2 * i + side) + layer); };
  std::string body = "*NODE, NSET=NCYLINDER\n", elements = "*ELEMENT, TYPE=C3D8, ELSET=ECYLINDER\n";
  for (int i = 0; i <= arc; ++i)
    for (int side = 0; side < 2; ++side)
      for (int layer = 0; layer < 2; ++layer) {
        const double a = spread * (2.0 * i / arc - 1.0), r = radius - 5.0 * layer;
        char text[120];
        std::snprintf(text, sizeof text, "%s, %.9g, %g, %.9g\n", node(i, side, layer).c_str(), r * std::sin(a),
                      side ? 2 * half_width : -2 * half_width, height + radius - r * std::cos(a));
        body += text;
      }
  for (int i = 0; i < arc; ++i) {
    elements += std::to_string(first + i);
    for (int layer = 0; layer < 2; ++layer)
      for (const auto& [di, side] : {std::pair{0, 0}, {1, 0}, {1, 1}, {0, 1}}) elements += ", " + node(i + di, side, layer);
    elements += "\n";
  }
  std::string top = "*ELSET, ELSET=ETOP\n";
  for (std::size_t c = 0; c < m.mesh.cells.size(); ++c)
    if (std::abs(m.mesh.X[m.mesh.cells[c][6]][2] - height) < 1e-9) top += std::to_string(c + 1) + ",\n";
  const std::string contact =
      "*MATERIAL, NAME=STIFF\n*ELASTIC\n1e6, 0.3\n*SOLID SECTION, ELSET=ECYLINDER, MATERIAL=STIFF\n*SURFACE, NAME=ROUND, TYPE=ELEMENT\nECYLINDER, "
      "S1\n" +
      top +
      "*SURFACE, NAME=FLAT, TYPE=ELEMENT\nETOP, S2\n*SURFACE INTERACTION, NAME=TOUCH\n*SURFACE BEHAVIOR, PRESSURE-OVERCLOSURE=LINEAR\n1000\n"
      "*CONTACT PAIR, INTERACTION=TOUCH, TYPE=SURFACE TO SURFACE\nFLAT, ROUND\n";
  deck.insert(deck.find("*STEP"), body + elements + contact);
  deck.insert(deck.find("*BOUNDARY\n") + 10, "NCYLINDER, 1, 2, 0\nNCYLINDER, 3, 3, -10\n");
  return deck;
}
TEST(CalculiX, BlockUnderARigidCylinder) {
  const Peer how{"C3D8I", 1, with_cylinder, "CalculiX 2.20, incompatible modes on the same mesh, penalty contact"};
  expect_same(
      "block under a rigid cylinder", under_cylinder, 2, "zmin", 2, [](const Vec3& X) { return X[2] > 8.0 && X[2] < 40.0; }, how);
}

}  // namespace
}  // namespace nerveload
