#include "meshes/anatomy_mesh.hpp"

#include <algorithm>
#include <numeric>

#include "meshes/anatomy_tables.hpp"
#include "meshes/lift.hpp"
#include "meshes/quality.hpp"
#include "meshes/sweep.hpp"
#include "meshes/tissue_layout.hpp"

namespace nerveload {
namespace {

class Builder {
 public:
  Builder(const AnatomyShape& shape, const Divisions& divisions, const AnatomyMesh* neighbour, Likeness likeness)
      : shape_(shape), divisions_(divisions), topology_(divisions_), shapes_(shape),
        plan_(layer_plan(shape, neighbour ? &neighbour->swept->plan : nullptr)), places_(section_places(shape, shapes_, plan_)) {
    const SectionSolver solver(topology_, divisions_);
    const bool warm = neighbour && neighbour->family == plan_.family;
    SweptSections swept = sweep(places_, shapes_, solver, warm ? neighbour->swept.get() : nullptr, likeness);
    swept.plan = plan_;
    swept.bone_spacing = divisions_.bone_spacing;
    if (!warm || likeness == Likeness::start) lift_worst_cells(solver, plan_, swept);
    out_.swept = std::make_shared<SweptSections>(std::move(swept));
  }

  AnatomyMesh build() {
    out_.family = plan_.family;
    out_.sections = plan_.sections();
    out_.nodes_per_section = static_cast<int>(topology_.nodes.size());
    number_nodes();
    place_nodes();
    add_cells();
    add_nerve();
    add_sets();
    add_fascia();
    measure();
    return std::move(out_);
  }

 private:
  int node(int section, int local) const { return number_[static_cast<std::size_t>(section) * topology_.nodes.size() + local]; }
  bool is_bone(const SectionQuad& q, int layer) const { return q.part == Part::medial && layer < plan_.ischium_end(); }
  const SectionShape& at(int k) const { return out_.swept->shapes[k]; }

  /// Nodes inside the ischium do not exist.
  void number_nodes() {
    const int per = out_.nodes_per_section;
    number_.assign(static_cast<std::size_t>(out_.sections) * per, 0);
    for (int k = 0; k < plan_.ischium_end(); ++k)
      for (const int n : topology_.medial_inside) number_[static_cast<std::size_t>(k) * per + n] = -1;
    int next = 0;
    for (int& n : number_)
      if (n >= 0) n = next++;
  }

  void place_nodes() {
    for (int k = 0; k < out_.sections; ++k) {
      for (std::size_t n = 0; n < topology_.nodes.size(); ++n)
        if (node(k, static_cast<int>(n)) >= 0) out_.mesh.X.push_back(shape_.length_scale * at(k).frame.world(out_.swept->solutions[k].x[n]));
      out_.section_axes.push_back(at(k).frame.axes);
      out_.section_station_mm.push_back(shape_.length_scale * shapes_.station(at(k).nerve_s));
    }
  }

  void add_cells() {
    Mesh& mesh = out_.mesh;
    for (int t = 0; t < tissue_count; ++t) mesh.region_names.emplace_back(to_string(static_cast<Tissue>(t)));
    for (int k = 0; k + 1 < out_.sections; ++k)
      for (const SectionQuad& q : topology_.quads) {
        if (is_bone(q, k)) continue;
        Hex hex;
        Vec3 distal = Vec3::Zero(), proximal = Vec3::Zero();
        for (int i = 0; i < 4; ++i) {
          hex[i] = node(k + 1, q.nodes[i]);
          hex[i + 4] = node(k, q.nodes[i]);
          distal += mesh.X[hex[i]];
          proximal += mesh.X[hex[i + 4]];
        }
        if (q.part == Part::muscle_ring && q.ring == 0) add_muscle_plane(hex);
        const Tissue tissue = tissue_of(q, k, plan_, shape_.piriformis_variant);
        mesh.cells.push_back(hex);
        mesh.region.push_back(static_cast<int>(tissue));
        mesh.fibre.push_back(fibre_of(tissue, (distal - proximal).normalized(), at(k).frame.axes));
        out_.tissue_of_cell.push_back(tissue);
        out_.thickness_dir.push_back(at(k).frame.axes.col(1));
      }
  }

  /// For the cell about to be added, whose corners 0 and 3 (distal), 4 and 7 (proximal) are on the lattice.
  void add_muscle_plane(const Hex& hex) {
    const auto x = [&](int corner) -> const Vec3& { return out_.mesh.X[hex[corner]]; };
    const Vec3 outwards = 0.25 * (x(1) - x(0) + x(2) - x(3) + x(5) - x(4) + x(6) - x(7));
    Vec3 normal = (x(7) - x(0)).cross(x(4) - x(3)).normalized();
    if (normal.dot(outwards) < 0.0) normal = -normal;
    out_.muscle_plane.push_back({static_cast<int>(out_.mesh.cells.size()), normal, normal.dot(outwards)});
  }

  void add_nerve() {
    // Area weights from the quads of fascicles and epineurium.
    for (int k = 0; k < out_.sections; ++k) {
      std::vector<double> weight(topology_.nodes.size(), 0.0);
      double total = 0.0;
      const auto& x = out_.swept->solutions[k].x;
      for (const SectionQuad& q : topology_.quads) {
        if (q.part != Part::fascicles && q.part != Part::epineurium) continue;
        const Vec2 a = x[q.nodes[2]] - x[q.nodes[0]], b = x[q.nodes[3]] - x[q.nodes[1]];
        const double area = 0.5 * (a[0] * b[1] - a[1] * b[0]);
        total += area;
        for (const int n : q.nodes) weight[n] += 0.25 * area;
      }
      NerveSection s{out_.section_station_mm[k],
                     Vec3::Zero(),
                     at(k).nerve_tangent,
                     at(k).nerve_width_dir,
                     at(k).nerve_thickness_dir,
                     shape_.length_scale * at(k).nerve_width,
                     shape_.length_scale * at(k).nerve_thickness,
                     {},
                     {}};
      for (const int n : topology_.nerve_nodes) {
        s.nodes.push_back(node(k, n));
        s.weights.push_back(weight[n] / total);
        s.centre += s.weights.back() * out_.mesh.X[s.nodes.back()];
      }
      out_.nerve.sections.push_back(std::move(s));
    }
    out_.nerve.layers.resize(out_.sections - 1);
    std::size_t cell = 0;
    for (int k = 0; k + 1 < out_.sections; ++k)
      for (const SectionQuad& q : topology_.quads) {
        if (is_bone(q, k)) continue;
        if (q.part == Part::fascicles || q.part == Part::epineurium) out_.nerve.layers[k].cells.push_back(static_cast<int>(cell));
        if (q.part == Part::paraneurium) out_.nerve.layers[k].paraneurium_cells.push_back(static_cast<int>(cell));
        ++cell;
      }
  }

  void add_sets() {
    auto& sets = out_.mesh.node_sets;
    auto add = [&](const char* set, int k, const std::vector<int>& local) {
      for (const int n : local) sets[set].push_back(node(k, n));
    };
    for (int k = 0; k <= plan_.ischium_end(); ++k) add("bone_pelvis", k, topology_.medial_loop);
    add("bone_pelvis", plan_.ischium_end(), topology_.medial_inside);
    std::vector<int> all(topology_.nodes.size());
    std::iota(all.begin(), all.end(), 0);
    for (int k = 0; k < out_.sections; ++k) add("bone_femur", k, topology_.lateral_loop);
    for (const int n : all)
      if (node(0, n) >= 0) sets["end_top"].push_back(node(0, n));
    add("end_bottom", out_.sections - 1, all);
    out_.end_bottom_normal = at(out_.sections - 1).frame.distal();
    add_cut_faces();
    for (int k = 0; k < out_.sections; ++k) {
      auto& ring = out_.skin_nodes.emplace_back();
      for (const int n : topology_.rings.back()) ring.push_back(node(k, n));
    }
    for (auto& [name, set] : sets) {
      std::sort(set.begin(), set.end());
      set.erase(std::unique(set.begin(), set.end()), set.end());
    }
    add_skin();
  }

  /// Front and middle of the pelvis, where the model ends: by the direction of the outline, proximal of the thigh.
  void add_cut_faces() {
    auto& sets = out_.mesh.node_sets;
    sets["medial_plane"];
    sets["anterior_cut"];
    const auto& loop = topology_.rings.back();
    for (int k = 0; k < out_.sections; ++k) {
      if (at(k).nerve_s > tuberosity_s + 15.0) break;
      const auto& x = out_.swept->solutions[k].x;
      for (std::size_t p = 0; p < loop.size(); ++p) {
        const Vec2 along = x[loop[(p + 1) % loop.size()]] - x[loop[(p + loop.size() - 1) % loop.size()]];
        const Vec2 normal = Vec2(along[1], -along[0]).normalized();
        if (normal[1] < -0.7) sets["anterior_cut"].push_back(node(k, loop[p]));
        else if (normal[0] < -0.8) sets["medial_plane"].push_back(node(k, loop[p]));
      }
    }
  }

  /// What a roller may touch: all of the outside but the held cut in front and the plane of symmetry itself. Facets that
  /// only border on that plane belong to the skin: without them the contact would end as on a cliff.
  void add_skin() {
    const auto& sets = out_.mesh.node_sets;
    auto in = [&](const char* name) { return [&set = sets.at(name)](int n) { return std::binary_search(set.begin(), set.end(), n); }; };
    auto& skin = out_.mesh.facet_sets["skin"];
    const auto& loop = topology_.rings.back();
    for (int k = 0; k + 1 < out_.sections; ++k)
      for (std::size_t p = 0; p < loop.size(); ++p) {
        const int a = loop[p], b = loop[(p + 1) % loop.size()];
        const Quad q{node(k + 1, a), node(k + 1, b), node(k, b), node(k, a)};
        const bool cut = std::any_of(q.begin(), q.end(), in("anterior_cut")), middle = std::all_of(q.begin(), q.end(), in("medial_plane"));
        if (!cut && !middle) skin.push_back(q);
      }
  }

  /// Fascia lata: the muscle/fat border all around the thigh, from the gluteal fold down.
  void add_fascia() {
    const auto& loop = topology_.rings[topology_.muscle_border_ring];
    for (int k = plan_.fold(); k + 1 < out_.sections; ++k)
      for (std::size_t p = 0; p < loop.size(); ++p) {
        const int a = loop[p], b = loop[(p + 1) % loop.size()];
        const Quad q{node(k + 1, a), node(k + 1, b), node(k, b), node(k, a)};
        out_.fascia.push_back({q, (out_.mesh.X[q[0]] - out_.mesh.X[q[3]]).normalized()});
      }
  }

  void measure() {
    const SkinPoint contact = skin_at(out_, shape_.focus_station_mm, shape_.focus_azimuth);
    const auto& sections = out_.nerve.sections;
    const auto nearest = std::min_element(sections.begin(), sections.end(), [&](const NerveSection& a, const NerveSection& b) {
      return std::abs(a.station_mm - shape_.focus_station_mm) < std::abs(b.station_mm - shape_.focus_station_mm);
    });
    out_.quality = measure_quality(out_.mesh, static_cast<int>(topology_.quads.size()), contact.position, nearest->centre);
    for (std::size_t k = 0; k + 1 < sections.size(); ++k)
      if ((0.5 * (sections[k].centre + sections[k + 1].centre) - nearest->centre).norm() < 60.0)
        out_.quality.longest_near_roller_mm = std::max(out_.quality.longest_near_roller_mm, (sections[k + 1].centre - sections[k].centre).norm());
    auto outline = [&](int k, const std::vector<int>& loop) {
      std::vector<Vec2> polygon;
      for (const int n : loop) polygon.push_back(out_.swept->solutions[k].x[n]);
      return polygon;
    };
    auto draw = [&](int k, const std::vector<int>& loop) {
      std::vector<Vec3> points;
      for (const int n : loop) points.push_back(out_.mesh.X[node(k, n)]);
      return points;
    };
    for (int k = 0; k < out_.sections; ++k) {
      double worst = outline_sag(at(k).lateral, outline(k, topology_.lateral_loop));
      out_.bone_outlines[1].push_back(draw(k, topology_.lateral_loop));
      if (k <= plan_.ischium_end()) {
        worst = std::max(worst, outline_sag(at(k).medial, outline(k, topology_.medial_loop)));
        out_.bone_outlines[0].push_back(draw(k, topology_.medial_loop));
      }
      out_.quality.worst_outline_mm = std::max(out_.quality.worst_outline_mm, shape_.length_scale * worst);
      out_.quality.impingement_mm = std::max(out_.quality.impingement_mm, shape_.length_scale * at(k).impingement);
    }
  }

  AnatomyShape shape_;
  Divisions divisions_;
  SectionTopology topology_;
  SectionShapes shapes_;
  LayerPlan plan_;
  std::vector<double> places_;
  std::vector<int> number_;
  AnatomyMesh out_;
};

}  // namespace

AnatomyMesh build_anatomy(const AnatomyShape& shape, const AnatomyMesh* neighbour, Likeness likeness) {
  Divisions divisions = divisions_of(shape.fidelity);
  const bool follows = neighbour && likeness == Likeness::follow;
  if (follows) divisions.bone_spacing = neighbour->swept->bone_spacing;
  const auto build = [&] { return Builder(shape, divisions, neighbour, likeness).build(); };
  AnatomyMesh mesh = build();
  if (!follows && mesh.quality.worst_outline_mm > largest_outline_error_mm) {
    // In the leanest thighs nodes of the ischium crowd where it is near the skin, and a chord cuts the bone: held four times as firmly they do not.
    divisions.bone_spacing *= 4.0;
    mesh = build();
  }
  if (!follows && has_poor_cells(mesh.quality)) {
    // Five rounds lift one leg of a thousand over the limit; ten would crowd nodes of bones.
    divisions.lifts += 5;
    mesh = build();
  }
  if (!follows && has_poor_cells(mesh.quality)) {
    // Two legs of a thousand have neighbouring sections at different minima of their energy. Four rounds draw one towards the other, ten well.
    divisions.relaxations += 10;
    mesh = build();
  }
  gate(mesh.quality);
  return mesh;
}

}  // namespace nerveload
