#include "scenarios/export_inp.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <map>

#include "meshes/anatomy_mesh.hpp"
#include "scenarios/input_error.hpp"
#include "solver/elements/shapes.hpp"
#include "solver/terms/facet.hpp"

namespace nerveload {
namespace {

/// A number in at most 20 characters, which is all that CalculiX reads of one.
std::string short_text(double value) {
  std::array<char, 32> text;
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::general, 12).ptr;
  return {text.data(), end};
}

/// A name that CalculiX takes: at most 80 letters, digits and underscores, a letter first.
std::string inp_name(const std::string& prefix, const std::string& name) {
  std::string out = prefix;
  for (const char c : name) out += std::isalnum(static_cast<unsigned char>(c)) ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : '_';
  return out.substr(0, 80);
}

/// Numbers from 1, twelve in a line.
void add_numbers(std::string& text, const std::vector<int>& numbers) {
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    text += std::to_string(numbers[i] + 1);
    text += (i + 1) % 12 == 0 || i + 1 == numbers.size() ? "\n" : ", ";
  }
}

bool is_quadratic(const InpDeck& deck) { return deck.element.starts_with("C3D20"); }

/// The deck's element on a cell: as chosen for hexahedra, of the same order on linear tetrahedra.
std::string element_on(const InpDeck& deck, const Cell& cell) {
  if (cell.size() == Hex8Shape::nodes) return deck.element;
  return cell.size() == Tet10Shape::nodes || is_quadratic(deck) ? "C3D10" : "C3D4";
}

/// Edges that get a node in the middle, in the order of the element's nodes from 9 or 5 on.
std::span<const int[2]> edges_with_middles(const InpDeck& deck, const Cell& cell) {
  static constexpr int of_hex[12][2] = {{0, 1}, {1, 2}, {2, 3}, {3, 0}, {4, 5}, {5, 6}, {6, 7}, {7, 4}, {0, 4}, {1, 5}, {2, 6}, {3, 7}};
  if (!is_quadratic(deck) || cell.size() == Tet10Shape::nodes) return {};
  if (cell.size() == Hex8Shape::nodes) return of_hex;
  return Tet10Shape::edges;
}

/// Nodes in the middles of edges, numbered after the mesh's own.
class MiddleNodes {
 public:
  explicit MiddleNodes(const InpDeck& deck) : first_(static_cast<int>(deck.mesh->X.size())) {
    for (const Cell& cell : deck.mesh->cells)
      for (const auto& e : edges_with_middles(deck, cell))
        if (number_.emplace(key(cell[e[0]], cell[e[1]]), first_ + static_cast<int>(X.size())).second)
          X.push_back(0.5 * (deck.mesh->X[cell[e[0]]] + deck.mesh->X[cell[e[1]]]));
  }
  /// −1 = the deck has none.
  int between(int a, int b) const {
    const auto at = number_.find(key(a, b));
    return at == number_.end() ? -1 : at->second;
  }
  /// A set with the middles of all edges whose both ends are in it.
  std::vector<int> with_middles(const std::vector<int>& nodes) const {
    std::vector<int> all = nodes;
    for (const auto& [ends, n] : number_)
      if (std::binary_search(nodes.begin(), nodes.end(), ends.first) && std::binary_search(nodes.begin(), nodes.end(), ends.second)) all.push_back(n);
    return all;
  }
  std::vector<Vec3> X;

 private:
  static std::pair<int, int> key(int a, int b) { return std::minmax(a, b); }
  int first_;
  std::map<std::pair<int, int>, int> number_;
};

void add_mesh(std::string& text, const InpDeck& deck, const MiddleNodes& middles) {
  const Mesh& mesh = *deck.mesh;
  text += "*NODE, NSET=NALL\n";
  auto add_node = [&](std::size_t n, const Vec3& X) {
    text += std::to_string(n + 1) + ", " + short_text(X[0]) + ", " + short_text(X[1]) + ", " + short_text(X[2]) + "\n";
  };
  for (std::size_t n = 0; n < mesh.X.size(); ++n) add_node(n, mesh.X[n]);
  for (std::size_t n = 0; n < middles.X.size(); ++n) add_node(mesh.X.size() + n, middles.X[n]);
  std::string open;  // the element of the block at hand
  for (std::size_t c = 0; c < mesh.cells.size(); ++c) {
    const Cell& cell = mesh.cells[c];
    if (const std::string element = element_on(deck, cell); element != open) {
      open = element;
      text += "*ELEMENT, TYPE=" + element + ", ELSET=EALL\n";
    }
    std::vector<int> nodes(cell.begin(), cell.end());
    for (const auto& e : edges_with_middles(deck, cell)) nodes.push_back(middles.between(cell[e[0]], cell[e[1]]));
    text += std::to_string(c + 1);
    for (std::size_t n = 0; n < nodes.size(); ++n) text += (n == 11 ? ",\n" : ", ") + std::to_string(nodes[n] + 1);
    text += "\n";
  }
  for (std::size_t r = 0; r < mesh.region_names.size(); ++r) {
    std::vector<int> cells;
    for (std::size_t c = 0; c < mesh.cells.size(); ++c)
      if (mesh.region[c] == static_cast<int>(r)) cells.push_back(static_cast<int>(c));
    if (cells.empty()) continue;
    text += "*ELSET, ELSET=" + inp_name("E_", mesh.region_names[r]) + "\n";
    add_numbers(text, cells);
  }
  for (const auto& [name, nodes] : mesh.node_sets) {
    if (nodes.empty()) continue;
    text += "*NSET, NSET=" + inp_name("N_", name) + "\n";
    add_numbers(text, middles.with_middles(nodes));
  }
}

/// W = C10 (Ī₁ − 3) + C01 (Ī₂ − 3) + (J − 1)²/D₁, or Ogden's Σ 2μ/α² (Σ λ̄^α − 3), with D₁ = 2/K.
/// Linear elasticity: Young's modulus and Poisson's ratio.
std::string constitutive(const Material& m) {
  if (m.small_strain) {
    const double G = std::get<NeoHookean>(m.matrix).shear_modulus, K = m.volumetric.bulk_modulus;
    return "*ELASTIC\n" + short_text(9.0 * K * G / (3.0 * K + G)) + ", " + short_text((3.0 * K - 2.0 * G) / (6.0 * K + 2.0 * G)) + "\n";
  }
  const std::string d1 = short_text(2.0 / m.volumetric.bulk_modulus);
  if (const auto* neo = std::get_if<NeoHookean>(&m.matrix))
    return "*HYPERELASTIC, NEO HOOKE\n" + short_text(0.5 * neo->shear_modulus) + ", " + d1 + "\n";
  if (const auto* mooney = std::get_if<MooneyRivlin>(&m.matrix))
    return "*HYPERELASTIC, MOONEY-RIVLIN\n" + short_text(mooney->c10) + ", " + short_text(mooney->c01) + ", " + d1 + "\n";
  const auto& terms = std::get<Ogden>(m.matrix).terms;
  std::string text = "*HYPERELASTIC, OGDEN, N=" + std::to_string(terms.size()) + "\n";
  for (const Ogden::Term& t : terms) text += short_text(t.mu) + ", " + short_text(t.alpha) + ", ";
  // A line holds eight constants. CalculiX puts a stiffness of its own where a further D is zero.
  for (std::size_t k = 0; k < terms.size(); ++k) text += k == 0 ? d1 : (2 * terms.size() + k == 8 ? "\n1e20" : ", 1e20");
  return text + "\n";
}

void add_materials(std::string& text, const InpDeck& deck) {
  for (std::size_t r = 0; r < deck.materials.size(); ++r) {
    const std::string& region = deck.mesh->region_names[r];
    if (std::find(deck.mesh->region.begin(), deck.mesh->region.end(), static_cast<int>(r)) == deck.mesh->region.end()) continue;
    text += "*MATERIAL, NAME=" + inp_name("M_", region) + "\n" + constitutive(deck.materials[r]);
    text += "*SOLID SECTION, ELSET=" + inp_name("E_", region) + ", MATERIAL=" + inp_name("M_", region) + "\n";
  }
}

/// Shape function of the node in the middle of an edge from those of its corners a and b: ½ (1 − ξ²)(1 ± η) of a quadrilateral, where
/// N_a + N_b = ½ (1 ± η) and s = N_b/(N_a + N_b) goes from 0 to 1 along the edge; 4 N_a N_b of a triangle.
double middle_share(const FacetPoint& at, int corners, int a, int b) { return 4.0 * at.N[a] * at.N[b] / (corners == 4 ? at.N[a] + at.N[b] : 1.0); }

/// Dead traction as the nodal forces that it is worth.
void add_dead_loads(std::string& text, const InpDeck& deck, const MiddleNodes& middles) {
  std::map<int, Vec3> forces;
  auto add = [&](int n, const Vec3& f) { forces.try_emplace(n, Vec3::Zero()).first->second += f; };
  for (const SolidTraction& t : deck.tractions) {
    if (t.dead_kPa.isZero(0.0)) continue;
    for (const Facet& facet : t.facets) {
      const FacetCorners corner = facet_corners(facet, [&](int n) { return deck.mesh->X[n]; });
      const int nodes = facet.size();
      for (int p = 0; p < facet_points(nodes); ++p) {
        const FacetPoint at = facet_point(corner, p);
        const Vec3 force = at.area_vector.norm() * t.dead_kPa;
        for (int n = 0; n < nodes; ++n) add(facet[n], at.N[n] * force);
        // A middle node takes its share from the two corners of its edge, half each.
        for (int a = 0; nodes <= 4 && a < nodes; ++a) {
          const int b = (a + 1) % nodes, middle = middles.between(facet[a], facet[b]);
          if (middle < 0) continue;
          const Vec3 share = middle_share(at, nodes, a, b) * force;
          add(middle, share);
          add(facet[a], -0.5 * share);
          add(facet[b], -0.5 * share);
        }
      }
    }
  }
  if (forces.empty()) return;
  text += "*CLOAD\n";
  for (const auto& [n, f] : forces)
    for (int i = 0; i < 3; ++i)
      if (f[i] != 0.0) text += std::to_string(n + 1) + ", " + std::to_string(i + 1) + ", " + short_text(f[i]) + "\n";
}

/// Pressure on the face of the cell that a facet belongs to; with NLGEOM it follows the surface.
void add_pressures(std::string& text, const InpDeck& deck) {
  std::map<Facet, double> pressure;
  for (const SolidTraction& t : deck.tractions)
    if (t.pressure_kPa != 0.0)
      for (const Facet& f : t.facets) pressure[f.sorted()] += t.pressure_kPa;
  if (pressure.empty()) return;
  text += "*DLOAD\n";
  for (std::size_t c = 0; c < deck.mesh->cells.size(); ++c)
    for (int f = 0; f < facet_count(deck.mesh->cells[c]); ++f)
      if (const auto at = pressure.find(facet(deck.mesh->cells[c], f).sorted()); at != pressure.end())
        text += std::to_string(c + 1) + ", P" + std::to_string(f + 1) + ", " + short_text(at->second) + "\n";
}

/// Names that CalculiX could not tell apart would join what does not belong together, and Ogden's solid has three terms there.
void check_deck(const InpDeck& deck) {
  auto unique = [](const std::string& what, const auto& names) {
    std::map<std::string, std::string> taken;
    for (const std::string& name : names) {
      const auto [first, fresh] = taken.emplace(inp_name("N_", name), name);
      if (!fresh)
        throw InputError(Place{},
                         what + " " + first->second + " and " + name + " would both be " + first->first.substr(2) + " in a deck: rename one of them");
    }
  };
  std::vector<std::string> sets;
  for (const auto& [name, nodes] : deck.mesh->node_sets) sets.push_back(name);
  unique("sets", sets);
  unique("regions", deck.mesh->region_names);
  for (const Material& m : deck.materials)
    if (const auto* ogden = std::get_if<Ogden>(&m.matrix); ogden && ogden->terms.size() > 3)
      throw InputError(Place{}, "an Ogden material of " + std::to_string(ogden->terms.size()) + " terms: CalculiX knows at most three");
}

/// Whether small strains are all that the model knows.
bool is_linear(const InpDeck& deck) {
  return !deck.materials.empty() && std::all_of(deck.materials.begin(), deck.materials.end(), [](const Material& m) { return m.small_strain; });
}

void say_what_materials_lack(InpDeck& deck) {
  std::set<std::string> lacking;
  const bool linear = is_linear(deck);
  for (const Material& m : deck.materials) {
    if (m.volumetric.law == Volumetric::Law::logarithmic)
      lacking.insert("The volumetric law K/2 (ln J)^2 became K/2 (J - 1)^2, with the same modulus.");
    if (m.small_strain && !linear)
      lacking.insert(
          "Linear elasticity beside large strains: CalculiX takes its moduli between Green's strain and the second Piola-Kirchhoff stress.");
    if (m.fibres) lacking.insert("Fibres, of one family or two, and active stress: only the ground substance of such a material is here.");
  }
  if (std::any_of(deck.materials.begin(), deck.materials.end(), [](const Material& m) { return !m.viscosity.terms.empty(); }))
    lacking.insert("Relaxation: CalculiX has none for hyperelastic materials; the moduli are those under sudden load.");
  deck.left_out.insert(deck.left_out.end(), lacking.begin(), lacking.end());
}

}  // namespace

InpDeck deck_of(const SolidModel& model) {
  InpDeck deck{model.name, &model.mesh, model.materials, model.motions, model.tractions, model.steps, {}};
  if (!model.indenters.empty()) deck.left_out.emplace_back("Indenters: CalculiX has no analytic contact bodies.");
  if (!model.membranes.empty()) deck.left_out.emplace_back("Membranes: sheets of fibres in tension only.");
  if (is_linear(deck) && std::any_of(deck.tractions.begin(), deck.tractions.end(), [](const SolidTraction& t) { return t.pressure_kPa != 0.0; }))
    deck.left_out.emplace_back("Pressure follows the surface in the model; in the linear deck it keeps to the reference state.");
  if (std::any_of(model.mesh.cells.begin(), model.mesh.cells.end(), [](const Cell& c) { return c.size() == Tet4Shape::nodes; }))
    deck.left_out.emplace_back(
        "Linear tetrahedra: quadratic ones on the same corners (C3D10) unless a linear element is asked for (--element C3D8).");
  if (model.hold_s > 0.0) deck.left_out.emplace_back("The hold: the deck ends when the loads have risen.");
  say_what_materials_lack(deck);
  return deck;
}

InpDeck deck_of(const LegModel& leg, const LegInput& input, const std::string& title, Mesh& mesh) {
  mesh = leg.anatomy.mesh;
  InpDeck deck{title, &mesh, input.materials, {}, {}, 10, {}};
  std::array<std::vector<int>, 3> held;  // a leg's supports hold, they do not move
  for (const Prescribed& p : leg.model.supports) held[p.unknown % 3].push_back(p.unknown / 3);
  for (int i = 0; i < 3; ++i) {
    const std::string name = std::string("held_") + "xyz"[i];
    std::sort(held[i].begin(), held[i].end());
    mesh.node_sets[name] = held[i];
    deck.motions.push_back({name, i, 0.0});
  }
  deck.left_out = {"The roller: CalculiX has no analytic contact bodies.", "The sliding nerve cable, and with it the pose's tension of the nerve.",
                   "Swelling of the piriformis.", "The plane on which the far end of the limb slides: that end is free here."};
  if (input.fascia) deck.left_out.emplace_back("The fascia lata, a tension-only membrane.");
  if (input.muscle_film) deck.left_out.emplace_back("The planes on which muscles slide (subject.fascia_planes).");
  say_what_materials_lack(deck);
  return deck;
}

std::string inp_text(const InpDeck& deck) {
  check_deck(deck);
  std::string text = "** " + deck.title + "\n** Units: mm, mN, kPa. Tensile stress is positive.\n";
  for (char& c : text)
    if (c == '\r') c = ' ';
  if (deck.left_out.empty()) text += "** All of the model is here.\n";
  for (const std::string& s : deck.left_out) text += "** Left out or changed: " + s + "\n";
  const MiddleNodes middles(deck);
  add_mesh(text, deck, middles);
  add_materials(text, deck);
  text += std::string(is_linear(deck) ? "*STEP" : "*STEP, NLGEOM") + ", INC=100000\n*STATIC\n" + short_text(1.0 / deck.steps) + ", 1.\n";
  if (!deck.motions.empty()) text += "*BOUNDARY\n";
  std::set<std::string> supports;
  for (const SolidMotion& m : deck.motions) {
    const std::string component = std::to_string(m.component + 1);
    text += inp_name("N_", m.set) + ", " + component + ", " + component + ", " + short_text(m.value_mm) + "\n";
    supports.insert(inp_name("N_", m.set));
  }
  add_dead_loads(text, deck, middles);
  add_pressures(text, deck);
  text += "*NODE FILE\nU, RF\n*EL FILE\nS, E\n*NODE PRINT, NSET=NALL\nU\n";
  for (const std::string& s : supports) text += "*NODE PRINT, NSET=" + s + ", TOTALS=ONLY\nRF\n";
  return text + "*END STEP\n";
}

}  // namespace nerveload
