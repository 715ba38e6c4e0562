/// The same models by this program and by CalculiX (package calculix-ccx), through `export`, at K/G ≤ 40. CalculiX has quadratic hexahedra with
/// reduced integration, this program linear ones of half the edge: as many unknowns. (Its linear ones lock, and its incompatible modes find
/// another shape under the stiff inclusion.)
#include <gtest/gtest.h>

#include <functional>
#include <numbers>

#include "scenarios/export_inp.hpp"
#include "scenarios/solve_solid.hpp"
#include "solver/block.hpp"
#include "tests/support/run_program.hpp"
#include "tests/support/solids.hpp"

namespace nerveload {
namespace {

/// What CalculiX printed for the last increment.
struct PeerResult {
  std::map<std::string, Vec3> total_force;  ///< by set, mN
  std::vector<Vec3> displacement;           ///< by node, mm
};

PeerResult run_calculix(const SolidModel& model) {
  const ScratchFolder folder;
  folder.write("job.inp", inp_text(deck_of(model)));
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
  enum { nothing, forces, displacements } block = nothing;
  while (std::getline(dat, line)) {
    std::istringstream words(line);
    double node, x, y, z;
    if (line.find("total force") != std::string::npos) {
      const std::size_t from = line.find("for set ") + 8;
      set = line.substr(from, line.find(' ', from) - from);
      block = forces;
    } else if (line.find("displacements") != std::string::npos) {
      r.displacement.assign(model.mesh.X.size(), Vec3::Zero());
      block = displacements;
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
/// @param fineness  for CalculiX; twice that here
void expect_same(const std::string& name, const std::function<SolidModel(int)>& model, int fineness, const std::string& set, int component) {
  const SolidModel theirs = model(fineness);
  const PeerResult peer = run_calculix(theirs);
  if (peer.displacement.empty()) return;
  const SolidSolution own = solve_solid(model(2 * fineness), {});
  ASSERT_TRUE(own.results.complete) << own.results.reason;
  double force = 0.0;
  for (const auto& [s, f] : own.results.steps.back().reactions_mN)
    if (s == set) force = f[component];
  std::string upper = "N_" + set;
  for (char& c : upper) c = static_cast<char>(std::toupper(c));
  const double there = peer.total_force.at(upper)[component], difference = displacement_difference(own, theirs.mesh, peer);
  std::printf("%s: force %.4f N, CalculiX %.4f N (%+.2f %%); displacements differ by %.2f %%\n", name.c_str(), force / 1000.0,
              there / 1000.0, 100.0 * (force / there - 1.0), 100.0 * difference);
  EXPECT_NEAR(force / there, 1.0, 0.01);
  EXPECT_LT(difference, 0.01);
}

TEST(CalculiX, PressedBlock) {
  expect_same("block, K/G = 10", [](int fine) { return pressed_block(NeoHookean{3.0}, 30.0, fine); }, 2, "zmax", 2);
}

SolidModel with_inclusion(int fine) {
  SolidModel m = pressed_block(NeoHookean{3.0}, 30.0, fine);
  m.mesh.region_names = {"soft", "stiff"};
  m.materials.push_back(material(NeoHookean{60.0}, 600.0));
  for (std::size_t c = 0; c < m.mesh.hexes.size(); ++c) {
    Vec3 centre = Vec3::Zero();
    for (const int n : m.mesh.hexes[c]) centre += m.mesh.X[n] / 8.0;
    if (std::abs(centre[0]) < 20.0 && std::abs(centre[1]) < 10.0 && std::abs(centre[2] - 25.0) < 5.0) m.mesh.region[c] = 1;
  }
  return m;
}
TEST(CalculiX, BlockWithAStiffInclusion) { expect_same("block with a stiff inclusion", with_inclusion, 2, "zmax", 2); }

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
TEST(CalculiX, OgdenBarStretchedByHalf) { expect_same("Ogden bar", bar, 1, "zmax", 2); }

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
TEST(CalculiX, TubeUnderInnerPressure) { expect_same("tube", tube, 1, "ymin", 1); }

}  // namespace
}  // namespace nerveload
