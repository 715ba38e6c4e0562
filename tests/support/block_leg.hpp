#pragma once
#include <cmath>
#include <memory>

#include "meshes/anatomy_mesh.hpp"
#include "solver/block.hpp"
#include "solver/quasistatic.hpp"
#include "solver/terms/indenter.hpp"
#include "solver/terms/sliding_cable.hpp"

namespace nerveload {

/// A stand-in for a leg: a 60 × 60 × 100 mm block, skin on the posterior side (+y), a straight nerve of 10 × 10 mm along −z,
/// a square bone at the anterior side, a foam roller across. Station 0 is at z = 60, distal is −z.
struct BlockLeg {
  static constexpr int n = 12, layers = 10;  ///< cells across and along
  AnatomyMesh anatomy;
  Model model;
  ElasticBody* body = nullptr;
  SlidingCable* cable = nullptr;
  Indenter* roller = nullptr;
  std::vector<double> arc_length_mm;
  static constexpr double station_zero_mm = 100.0, roller_radius_mm = 40.0;

  BlockLeg() {
    anatomy.mesh = block_mesh({60.0, 60.0, 100.0}, {n, n, layers});
    name_tissues();
    lay_nerve();
    add_bone();
    add_terms();
  }
  BlockLeg(const BlockLeg&) = delete;
  BlockLeg& operator=(const BlockLeg&) = delete;

  static int node(int i, int j, int k) { return i + (n + 1) * (j + (n + 1) * k); }
  static int cell(int i, int j, int k) { return i + n * (j + n * k); }

  /// Equilibria: undeformed, without the roller, then pressed by `travel_mm` in `steps`.
  std::vector<State> press(double travel_mm, int steps) const {
    Problem problem(model, make_linear_solver(LinearSolverKind::best_available, 1));
    State state = problem.assembly.initial_state(model);
    state.unknowns[roller->travel_unknown()] = -100.0;
    std::vector<State> states{state};
    PathOptions options;
    options.first_step = options.max_step = 1.0;
    auto away = [](double p) { return StepTarget{p, {-100.0}}; };
    if (follow_path(problem, state, 1.0, away, options).ending != Ending::converged) throw std::runtime_error("pose");
    states.push_back(state);
    const double touch = roller->touching_travel(state);
    state.unknowns[roller->travel_unknown()] = touch;
    options.first_step = options.max_step = travel_mm / steps;
    auto pressed = [&](double p) { return StepTarget{p, {touch + p - 1.0}}; };
    const PathReport r = follow_path(problem, state, 1.0 + travel_mm, pressed, options, [&](const State& s, const StepReport&) {
      states.push_back(s);
      return true;
    });
    if (r.ending != Ending::converged) throw std::runtime_error("press");
    return states;
  }

 private:
  static bool nerve_index(int i) { return i == 5 || i == 6; }
  static bool sheath_index(int i) { return i >= 4 && i <= 7; }

  void name_tissues() {
    Mesh& mesh = anatomy.mesh;
    mesh.region_names = {"skin",
                         "fat",
                         "gluteus_maximus",
                         "hamstrings",
                         "piriformis",
                         "deep_rotators",
                         "quadriceps_adductors",
                         "deep_muscle",
                         "hamstring_tendon",
                         "fascicles",
                         "epineurium",
                         "paraneurium"};
    for (int k = 0; k < layers; ++k)
      for (int j = 0; j < n; ++j)
        for (int i = 0; i < n; ++i) {
          Tissue t = j == n - 1 ? Tissue::skin : j >= n - 3 ? Tissue::fat : Tissue::gluteus_maximus;
          if (nerve_index(i) && nerve_index(j)) t = i == 5 ? Tissue::fascicles : Tissue::epineurium;
          else if (sheath_index(i) && sheath_index(j)) t = Tissue::paraneurium;
          anatomy.tissue_of_cell.push_back(t);
          mesh.region[cell(i, j, k)] = static_cast<int>(t);
        }
    mesh.fibre.assign(mesh.cells.size(), Vec3(0.6, 0.0, 0.8));
    mesh.facet_sets["skin"] = mesh.facet_sets.at("ymax");
    anatomy.thickness_dir.assign(mesh.cells.size(), Vec3::UnitY());
    anatomy.family = "block";
    anatomy.quality.min_scaled_jacobian = 1.0;
  }

  void lay_nerve() {
    const Mesh& mesh = anatomy.mesh;
    for (int k = layers; k >= 0; --k) {
      NerveSection s{60.0 - 10.0 * k, Vec3(0.0, 0.0, 10.0 * k), -Vec3::UnitZ(), Vec3::UnitX(), Vec3::UnitY(), 10.0, 10.0, {}, {}};
      for (int j = 5; j <= 7; ++j)
        for (int i = 5; i <= 7; ++i) {
          s.nodes.push_back(node(i, j, k));
          s.weights.push_back((i == 6 ? 0.5 : 0.25) * (j == 6 ? 0.5 : 0.25));
        }
      s.centre = Vec3::Zero();
      for (std::size_t m = 0; m < s.nodes.size(); ++m) s.centre += s.weights[m] * mesh.X[s.nodes[m]];
      anatomy.nerve.sections.push_back(s);
      anatomy.section_station_mm.push_back(s.station_mm);
      if (k == 0) break;
      NerveLayer layer;
      for (int j = 4; j <= 7; ++j)
        for (int i = 4; i <= 7; ++i) (nerve_index(i) && nerve_index(j) ? layer.cells : layer.paraneurium_cells).push_back(cell(i, j, k - 1));
      anatomy.nerve.layers.push_back(layer);
    }
    anatomy.sections = layers + 1;
    anatomy.nodes_per_section = (n + 1) * (n + 1);
  }

  void add_bone() {
    for (int k = layers; k >= 0; --k) {
      const double z = 10.0 * k;
      anatomy.bone_outlines[1].push_back({{-15, -30, z}, {15, -30, z}, {15, -20, z}, {-15, -20, z}});
    }
    std::vector<int> held;
    for (int k = 0; k <= layers; ++k)
      for (int j = 0; j <= 2; ++j)
        for (int i = 3; i <= 9; ++i) held.push_back(node(i, j, k));
    std::sort(held.begin(), held.end());
    anatomy.mesh.node_sets["bone_femur"] = held;
    anatomy.mesh.node_sets["bone_pelvis"] = {};
  }

  void add_terms() {
    model.mesh = &anatomy.mesh;
    Material soft;
    soft.matrix = NeoHookean{3.0};
    soft.volumetric = {3000.0, Volumetric::Law::quadratic};
    auto solid = std::make_unique<ElasticBody>(anatomy.mesh, std::vector<Material>(12, soft));
    body = solid.get();
    model.terms.push_back(std::move(solid));
    for (const int b : anatomy.mesh.node_sets.at("bone_femur"))
      for (int i = 0; i < 3; ++i) model.supports.push_back({3 * b + i, 0.0});

    std::vector<CableNode> nodes;
    const auto& sections = anatomy.nerve.sections;
    auto push = [&](double arc, CableNode c) {
      c.m0 = arc / 1.08;
      arc_length_mm.push_back(arc);
      nodes.push_back(std::move(c));
    };
    push(0.0, {Vec3(0, 0, 160), {}, {}, 0.0, {}});
    for (const NerveSection& s : sections) push(s.station_mm + station_zero_mm, {s.centre, s.nodes, s.weights, 0.0, {1.0, 0.0}});
    push(220.0, {Vec3(0, 0, -60), {}, {}, 0.0, {}});
    auto term = std::make_unique<SlidingCable>(std::move(nodes), CableOptions{});
    cable = term.get();
    model.terms.push_back(std::move(term));

    IndenterOptions options;
    options.shape = Cylinder{roller_radius_mm, 120.0, 10.0, Vec3::UnitX()};
    options.foam = FoamLayer{300.0, 15.0, 0.1, 2.0};
    auto indenter = std::make_unique<Indenter>(
        anatomy.mesh, anatomy.mesh.facet_sets.at("skin"), options,
        [](double) {
          return IndenterPlacement{Vec3(0, 30.0 + roller_radius_mm, 50), -Vec3::UnitY()};
        },
        [](double) { return 0.0; });
    roller = indenter.get();
    model.terms.push_back(std::move(indenter));
  }
};

}  // namespace nerveload
