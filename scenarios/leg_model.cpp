#include "scenarios/leg_model.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "scenarios/muscle_film.hpp"
#include "scenarios/tissues.hpp"
#include "solver/terms/fibre_membrane.hpp"
#include "solver/terms/sliding_support.hpp"

namespace nerveload {
namespace {

/// Share of the pose effects that is on; never quite zero, so that the cable's own equations stay regular.
double pose_activation(double path) { return std::clamp(path, 0.02, 1.0); }

std::optional<Growth> piriformis_growth(const AnatomyMesh& anatomy, double ratio) {
  if (ratio == 1.0) return {};
  Growth g;
  g.ratio = ratio;
  g.activation = [](double path) { return std::clamp(path, 0.0, 1.0); };
  for (std::size_t c = 0; c < anatomy.mesh.cells.size(); ++c) {
    if (anatomy.tissue_of_cell[c] != Tissue::piriformis) continue;
    g.cells.push_back(static_cast<int>(c));
    g.direction.push_back(anatomy.piriformis_thickness_dir(static_cast<int>(c)));
  }
  return g;
}

void hold(Model& model, const std::vector<int>& nodes, std::initializer_list<int> components, std::set<int>& held) {
  for (const int n : nodes)
    for (const int i : components)
      if (held.insert(3 * n + i).second) model.supports.push_back({3 * n + i, 0.0});
}

/// Bones and the anterior cut are held; the medial cut is a symmetry plane (first_solves: fixing it makes a 100 kPa artefact);
/// both ends of the limb slide in their planes.
void add_supports(const AnatomyMesh& anatomy, Model& model) {
  const auto& sets = anatomy.mesh.node_sets;
  std::set<int> held;
  for (const char* bone : {"bone_femur", "bone_pelvis", "anterior_cut"}) hold(model, sets.at(bone), {0, 1, 2}, held);
  hold(model, sets.at("medial_plane"), {0}, held);
  hold(model, sets.at("end_top"), {2}, held);
  std::vector<int> bottom;
  for (const int n : sets.at("end_bottom"))
    if (!held.contains(3 * n)) bottom.push_back(n);
  constexpr double stiff_mN_per_mm = 1e5;
  model.terms.push_back(std::make_unique<SlidingSupport>(bottom, anatomy.end_bottom_normal, stiff_mN_per_mm));
}

void add_fascia(const AnatomyMesh& anatomy, Model& model) {
  std::vector<FibreMembrane::Facet> facets;
  for (const FasciaFacet& f : anatomy.fascia) facets.push_back({f.nodes, f.along, fascia_thickness_mm});
  model.terms.push_back(std::make_unique<FibreMembrane>(anatomy.mesh, std::move(facets), fascia_along, fascia_across));
}

/// Nodes of the cable: root, the mesh's sections, then on to the ankle on a straight continuation of the posed path.
std::vector<CableNode> cable_nodes(const AnatomyMesh& anatomy, const LegInput& input, const PathLengthLaw& law, std::vector<double>& arc) {
  const NerveCableParameters& p = input.nerve;
  const double scale = input.shape.length_scale, stretch = 1.0 + p.pre_strain;
  const auto& sections = anatomy.nerve.sections;
  std::vector<CableNode> nodes;
  auto arc_of = [&](const NerveSection& s) { return s.station_mm + tuberosity_arc_length_mm * scale; };
  auto push = [&](double s, CableNode n) {
    n.m0 = s / stretch;
    arc.push_back(s);
    nodes.push_back(std::move(n));
  };
  std::vector<double> stations;
  for (const NerveSection& s : sections) stations.push_back(arc_of(s));
  const auto first = std::find_if(sections.begin(), sections.end(), [&](const NerveSection& s) { return arc_of(s) >= 20.0; });
  push(0.0, {first->centre - arc_of(*first) * first->tangent, {}, {}, 0.0, {}});
  for (auto s = first; s != sections.end(); ++s) push(arc_of(*s), {s->centre, s->nodes, s->weights, 0.0, {}});
  const NerveSection& last = sections.back();
  const double end = p.length_mm * scale, from = arc_of(last);
  const int count = std::max(1, static_cast<int>(std::ceil((end - from) / 26.0)));
  for (int i = 1; i <= count; ++i) {
    const double s = from + (end - from) * i / count;
    const double along = posed_path_position(s, input.shape.angles, law) - posed_path_position(from, input.shape.angles, law);
    push(s, {last.centre + along * last.tangent, {}, {}, 0.0, {}});
  }
  for (std::size_t i = 1; i + 1 < nodes.size(); ++i) {
    const double tributary = 0.5 * (arc[i + 1] - arc[i - 1]);
    nodes[i].tether = {p.bed_stiffness_kPa_per_mm * p.perimeter_mm * tributary * stretch * stretch,
                       p.slip_scale_mm / stretch};  // slips of m are unstressed lengths
  }
  return nodes;
}

/// All up to the load is one step in time.
PathClock leg_clock(const LoadTimes& times) {
  return {[times](double path) { return times.at(path); }, stroke_path};
}

void add_nerve(LegModel& leg, const LegInput& input) {
  const PathLengthLaw law = PathLengthLaw{}.scaled(input.shape.length_scale);
  CableOptions options;
  options.fibre = input.nerve.fibre;
  options.area = input.nerve.section_area_mm2;
  const double preload = options.area * options.fibre.at(1.0 + input.nerve.pre_strain).stress;
  options.root = {true, input.nerve.root_stiffness_mN_per_mm, preload};
  options.foot = {true, input.nerve.foot_stiffness_mN_per_mm, preload};
  options.activation = pose_activation;
  if (input.times.relaxation) {
    options.relaxation.series = nerve_tension_relaxation(input.nerve.relaxing_share);
    options.relaxation.resting_stretch = 1.0 + input.nerve.pre_strain;
    options.relaxation.ramp_s = reference_ramp_s;
    options.relaxation.clock = leg_clock(input.times);
  }
  std::vector<CableNode> nodes = cable_nodes(leg.anatomy, input, law, leg.cable_arc_length_mm);
  // The taut-line law decides how long the posed path is; the mesh decides where it runs. The difference is a constant.
  const auto& s = leg.cable_arc_length_mm;
  for (std::size_t j = 0; j + 1 < nodes.size(); ++j)
    options.length_offset.push_back(posed_path_position(s[j + 1], input.shape.angles, law) - posed_path_position(s[j], input.shape.angles, law) -
                                    (nodes[j + 1].X - nodes[j].X).norm());
  leg.root_path_mm = posed_path_position(s.back(), input.shape.angles, law) - s.back();
  auto cable = std::make_unique<SlidingCable>(std::move(nodes), std::move(options));
  leg.nerve = cable.get();
  leg.model.terms.push_back(std::move(cable));
}

/// Where the roller is along the load path: in place while it presses, then from station to station.
class RollerTrack {
 public:
  RollerTrack(const AnatomyMesh& anatomy, const RollerModel& roller) {
    const int samples = roller.stroke_to_mm ? 41 : 1;
    for (int i = 0; i < samples; ++i) {
      const double t = samples > 1 ? double(i) / (samples - 1) : 0.0;
      const double station = roller.station_mm + t * (roller.stroke_to_mm.value_or(roller.station_mm) - roller.station_mm);
      const SkinPoint p = skin_at(anatomy, station, roller.azimuth_rad, roller.lateral_offset_mm);
      places_.push_back({p.position - roller.cylinder.radius * p.inward_normal, p.inward_normal});
    }
  }
  IndenterPlacement at(double path) const {
    const double x = std::clamp(path - stroke_path, 0.0, 1.0) * double(places_.size() - 1);
    const std::size_t k = std::min(static_cast<std::size_t>(x), places_.size() - 1), next = std::min(k + 1, places_.size() - 1);
    const double t = x - double(k);
    return {(1.0 - t) * places_[k].centre + t * places_[next].centre, ((1.0 - t) * places_[k].direction + t * places_[next].direction).normalized()};
  }

 private:
  std::vector<IndenterPlacement> places_;
};

/// A seat starts where the lowest skin of the posed leg is and presses upwards, the pelvis being upright.
IndenterPlacement seat_placement(const AnatomyMesh& anatomy) {
  double lowest = std::numeric_limits<double>::infinity();
  for (const Facet& f : anatomy.mesh.facet_sets.at("skin"))
    for (const int n : f) lowest = std::min(lowest, anatomy.mesh.X[n].z());
  return {lowest * Vec3::UnitZ(), Vec3::UnitZ()};
}

void add_seat(LegModel& leg, const RollerModel& roller) {
  IndenterOptions options;
  options.shape = Plane{Vec3::UnitZ()};
  options.foam = roller.foam;
  leg.roller_force_mN = roller.force_mN;
  const IndenterPlacement place = seat_placement(leg.anatomy);
  auto indenter = std::make_unique<Indenter>(
      leg.anatomy.mesh, leg.anatomy.mesh.facet_sets.at("skin"), options, [place](double) { return place; },
      [&leg](double) { return leg.roller_force_mN; });
  leg.roller = indenter.get();
  leg.model.terms.push_back(std::move(indenter));
}

void add_roller(LegModel& leg, const RollerModel& roller) {
  const SkinPoint at = skin_at(leg.anatomy, roller.station_mm, roller.azimuth_rad, roller.lateral_offset_mm);
  IndenterOptions options;
  Cylinder cylinder = roller.cylinder;
  // The axis lies across the limb, turned by the yaw about the pressing direction.
  const Vec3 across = at.inward_normal.cross(at.limb_tangent).normalized();
  cylinder.axis = Eigen::AngleAxisd(roller.yaw_rad, at.inward_normal) * across;
  options.shape = cylinder;
  options.foam = roller.foam;
  options.friction = roller.friction;
  options.turning = true;
  leg.roller_force_mN = roller.force_mN;
  const RollerTrack track(leg.anatomy, roller);
  auto indenter = std::make_unique<Indenter>(
      leg.anatomy.mesh, leg.anatomy.mesh.facet_sets.at("skin"), options, [track](double path) { return track.at(path); },
      [&leg](double) { return leg.roller_force_mN; });
  leg.roller = indenter.get();
  leg.model.terms.push_back(std::move(indenter));
}

}  // namespace

double LoadTimes::at(double path) const {
  constexpr double first_s = 0.25;  // half the shortest relaxation time of muscle
  if (path >= hold_path) return press_s + first_s * (std::pow(1.0 + hold_s / first_s, path - hold_path) - 1.0);
  return press_s + stroke_s * std::clamp(path - stroke_path, 0.0, 1.0);
}

LegModel::LegModel(const LegInput& input, const LegModel* neighbour, Likeness likeness)
    : shape(input.shape), anatomy(neighbour && neighbour->shape == shape ? neighbour->anatomy
                                                                         : build_anatomy(shape, neighbour ? &neighbour->anatomy : nullptr, likeness)),
      times(input.times) {
  model.mesh = &anatomy.mesh;
  std::vector<Material> materials = input.materials;
  if (input.muscle_film) filmed = with_muscle_film(anatomy, *input.muscle_film, materials);
  auto solid = std::make_unique<ElasticBody>(filmed ? *filmed : anatomy.mesh, std::move(materials),
                                             piriformis_growth(anatomy, input.piriformis_swelling), leg_clock(input.times));
  body = solid.get();
  model.terms.push_back(std::move(solid));
  add_supports(anatomy, model);
  if (input.fascia) add_fascia(anatomy, model);
  add_nerve(*this, input);
  if (input.roller) input.roller->seat ? add_seat(*this, *input.roller) : add_roller(*this, *input.roller);
}

}  // namespace nerveload
