#include "scenarios/limb_mesh.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

#include "solver/base/error.hpp"
#include "solver/block.hpp"

namespace nerveload {
namespace {

/// 0 … 1 and its mirror image: −1 … 1.
std::vector<double> mirrored(const std::vector<double>& half) {
  std::vector<double> at;
  for (auto a = half.rbegin(); a != half.rend() - 1; ++a) at.push_back(-*a);
  at.insert(at.end(), half.begin(), half.end());
  return at;
}

enum class Layer { muscle, fat, skin };

/// The lattice of a limb: i along, j around from +z, k outwards.
class LimbLattice {
 public:
  explicit LimbLattice(const LimbShape& shape) : s_(shape) {
    const bool whole = s_.part == LimbPart::whole;
    along_ = graded_divisions(s_.length_cells, s_.grading);
    if (s_.part != LimbPart::quarter) along_ = mirrored(along_);
    around_ = graded_divisions(s_.girth_cells, s_.grading);
    if (whole) {
      around_ = mirrored(around_);
      around_.pop_back();  // the first and the last are one line
    }
    const bool has_skin = s_.skin > 0.0, has_fat = s_.fat > 0.0;
    add_layer(Layer::muscle, s_.muscle_cells, 0.0);
    if (has_fat) add_layer(Layer::fat, s_.fat_cells, s_.muscle_radius());
    if (has_skin) add_layer(Layer::skin, s_.skin_cells, s_.radius - s_.skin);
  }

  Mesh mesh() const {
    Mesh m;
    for (const double x : along_)
      for (const double turn : around_)
        for (int k = 0; k < nk(); ++k) m.X.push_back(position(x, turn, k));
    add_cells(m);
    add_sets(m);
    return m;
  }

 private:
  int ni() const { return static_cast<int>(along_.size()); }
  int nj() const { return static_cast<int>(around_.size()); }
  int nk() const { return static_cast<int>(layers_.size()) + 1; }
  bool closed() const { return s_.part == LimbPart::whole; }
  int node(int i, int j, int k) const { return (i * nj() + j % nj()) * nk() + k; }

  void add_layer(Layer layer, int cells, double inner_radius) {
    const double outer = layer == Layer::muscle ? s_.muscle_radius() : layer == Layer::fat ? s_.radius - s_.skin : s_.radius;
    for (int c = 1; c <= cells; ++c) {
      layers_.push_back(layer);
      // In muscle a share of the way from the bone to the fascia, else a radius.
      outer_.push_back(layer == Layer::muscle ? double(c) / cells : inner_radius + (outer - inner_radius) * c / cells);
    }
  }

  Vec3 position(double x, double turn, int k) const {
    const double angle = std::numbers::pi * turn;
    const Vec3 ray(0.0, std::sin(angle), std::cos(angle)), middle(0.5 * s_.length * x, 0.0, 0.0);
    const Vec3 bone = s_.bone_offset * Vec3::UnitZ() + s_.bone_radius * ray;
    if (k == 0) return middle + bone;
    if (layers_[k - 1] != Layer::muscle) return middle + outer_[k - 1] * ray;
    return middle + bone + outer_[k - 1] * (s_.muscle_radius() * ray - bone);
  }

  void add_cells(Mesh& m) const {
    for (const Layer layer : {Layer::muscle, Layer::fat, Layer::skin})
      if (std::find(layers_.begin(), layers_.end(), layer) != layers_.end())
        m.region_names.emplace_back(layer == Layer::muscle ? "muscle" : layer == Layer::fat ? "fat" : "skin");
    const int around = closed() ? nj() : nj() - 1;
    for (int i = 0; i + 1 < ni(); ++i)
      for (int j = 0; j < around; ++j)
        for (int k = 0; k + 1 < nk(); ++k) {
          m.cells.emplace_back(Hex{node(i, j, k), node(i + 1, j, k), node(i + 1, j + 1, k), node(i, j + 1, k), node(i, j, k + 1),
                                   node(i + 1, j, k + 1), node(i + 1, j + 1, k + 1), node(i, j + 1, k + 1)});
          const int region = layers_[k] == Layer::muscle ? 0 : layers_[k] == Layer::skin ? static_cast<int>(m.region_names.size()) - 1 : 1;
          m.region.push_back(region);
        }
  }

  void add_sets(Mesh& m) const {
    auto collect = [&](const std::string& name, auto&& in) {
      auto& set = m.node_sets[name];
      for (int i = 0; i < ni(); ++i)
        for (int j = 0; j < nj(); ++j)
          for (int k = 0; k < nk(); ++k)
            if (in(i, j, k)) set.push_back(node(i, j, k));
    };
    const int fascia = s_.muscle_cells;
    collect("bone", [](int, int, int k) { return k == 0; });
    collect("skin", [&](int, int, int k) { return k == nk() - 1; });
    collect("fascia", [&](int, int, int k) { return k == fascia; });
    const bool quarter = s_.part == LimbPart::quarter;
    collect("ends", [&](int i, int, int) { return i == ni() - 1 || (i == 0 && !quarter); });
    if (quarter) collect("symmetry_x", [](int i, int, int) { return i == 0; });
    if (!closed()) collect("symmetry_y", [&](int, int j, int) { return j == 0 || j == nj() - 1; });
    for (const auto& [name, nodes] : m.node_sets)
      if (name != "fascia") m.facet_sets[name] = boundary_facets(m, nodes);
    auto& sheet = m.facet_sets["fascia"];
    const int around = closed() ? nj() : nj() - 1;
    for (int i = 0; i + 1 < ni(); ++i)
      for (int j = 0; j < around; ++j)
        sheet.push_back(Quad{node(i, j, fascia), node(i + 1, j, fascia), node(i + 1, j + 1, fascia), node(i, j + 1, fascia)});
    auto& all = m.node_sets["all"];
    all.resize(m.X.size());
    std::iota(all.begin(), all.end(), 0);
  }

  const LimbShape& s_;
  std::vector<double> along_, around_;  ///< x over half the length, angle from +z over π
  std::vector<Layer> layers_;           ///< of each cell outwards
  std::vector<double> outer_;           ///< where it ends
};

}  // namespace

Mesh limb_mesh(const LimbShape& s) {
  NL_EXPECT(s.length > 0.0 && s.skin >= 0.0 && s.fat >= 0.0 && s.bone_radius > 0.0 && s.grading > 0.0, "lengths of a limb");
  NL_EXPECT(std::abs(s.bone_offset) + s.bone_radius < s.muscle_radius(), "a bone inside the muscle");
  NL_EXPECT(s.skin_cells > 0 && s.fat_cells > 0 && s.muscle_cells > 0 && s.length_cells > 0 && s.girth_cells > 2, "divisions of a limb");
  return LimbLattice(s).mesh();
}

}  // namespace nerveload
