#include "scenarios/read_msh.hpp"

#include "scenarios/text_lines.hpp"

namespace nerveload {
namespace {

using Label = LabelledMesh::Label;

/// gmsh's element types that are read: its numbers, how many nodes they have, of which dimension they are.
struct Type {
  int number, nodes, dimension;
};
constexpr int tet10 = 11;
constexpr Type types[] = {{1, 2, 1}, {2, 3, 2}, {3, 4, 2}, {4, 4, 3}, {5, 8, 3}, {8, 3, 1}, {9, 6, 2}, {tet10, 10, 3}, {15, 1, 0}};

class MshReader {
 public:
  MshReader(std::string_view text, const std::filesystem::path& path) : lines_(text), mesh_(path) {}

  LabelledMesh read() {
    while (const auto line = lines_.next()) {
      const std::string_view l = trimmed(*line);
      if (l.empty()) continue;
      if (!l.starts_with('$')) refuse("expected a section like $Nodes, found '" + std::string(l.substr(0, 40)) + "'");
      const std::string name(l.substr(1));
      if (name == "MeshFormat") read_format();
      else if (version_ == 0) refuse("expected $MeshFormat first: is this a gmsh file?");
      else if (name == "PhysicalNames") read_names();
      else if (name == "Entities") read_entities();
      else if (name == "Nodes") version_ == 2 ? read_nodes_2() : read_nodes_4();
      else if (name == "Elements") version_ == 2 ? read_elements_2() : read_elements_4();
      else skip(name);
      if (name == "MeshFormat" || name == "PhysicalNames" || name == "Entities" || name == "Nodes" || name == "Elements") expect_end(name);
    }
    if (version_ == 0) mesh_.refuse(0, "expected a gmsh mesh file that begins with $MeshFormat");
    return std::move(mesh_);
  }

 private:
  using Words = std::vector<std::string_view>;
  using Group = std::pair<int, int>;  ///< dimension, number

  Words words(std::size_t least) {
    const auto line = lines_.next();
    if (!line) refuse("the file ends too early");
    Words w = blank_words(*line);
    if (w.size() < least) refuse("expected at least " + std::to_string(least) + " numbers");
    return w;
  }
  template <class Number>
  Number number(std::string_view word) const {
    const auto n = number_of<Number>(word);
    if (!n) refuse("expected a number, found '" + std::string(word.substr(0, 40)) + "'");
    return *n;
  }
  int count(std::string_view word) const {
    const auto n = number<Label>(word);
    if (n < 0 || n > 1'000'000'000) refuse("expected a count");
    return static_cast<int>(n);
  }
  [[noreturn]] void refuse(const std::string& message) const { mesh_.refuse(lines_.number(), message); }

  void expect_end(const std::string& name) {
    const auto line = lines_.next();
    if (!line || trimmed(*line) != "$End" + name) refuse("expected $End" + name);
  }
  void skip(const std::string& name) {
    while (const auto line = lines_.next())
      if (trimmed(*line) == "$End" + name) return;
    refuse("expected $End" + name);
  }

  void read_format() {
    const Words w = words(3);
    if (w[0] == "2.2") version_ = 2;
    else if (w[0] == "4.1") version_ = 4;
    else refuse("format " + std::string(w[0]) + " is not known: expected 2.2 or 4.1 (gmsh -format msh41)");
    if (w[1] != "0") refuse("expected an ASCII file (gmsh -setnumber Mesh.Binary 0)");
  }

  void read_names() {
    const int n = count(words(1)[0]);
    for (int i = 0; i < n; ++i) {
      const auto line = lines_.next();
      if (!line) refuse("the file ends too early");
      const Words w = blank_words(*line);
      const std::size_t from = line->find('"'), to = line->rfind('"');
      if (w.size() < 3 || from == std::string_view::npos || to <= from) refuse("expected dimension, number and \"name\" of a physical group");
      names_[{number<int>(w[0]), number<int>(w[1])}] = line->substr(from + 1, to - from - 1);
    }
  }
  std::string name_of(int dimension, int group) const {
    const auto at = names_.find({dimension, group});
    return at == names_.end() ? std::to_string(group) : at->second;
  }

  /// Which physical groups the geometric entities belong to (4.1).
  void read_entities() {
    const Words counts = words(4);
    for (int d = 0; d < 4; ++d)
      for (int i = count(counts[d]); i > 0; --i) {
        const Words w = words(d == 0 ? 5 : 8);
        const std::size_t at = d == 0 ? 4 : 7;  // after the tag and its box
        auto& groups = groups_of_[{d, number<int>(w[0])}];
        const int n = count(w[at]);
        if (w.size() < at + 1 + n) refuse("expected " + std::to_string(n) + " physical groups");
        for (int g = 0; g < n; ++g) groups.push_back(std::abs(number<int>(w[at + 1 + g])));
      }
  }

  void read_nodes_2() {
    for (int i = count(words(1)[0]); i > 0; --i) {
      const Words w = words(4);
      add_node(number<Label>(w[0]), w, 1);
    }
  }
  void read_nodes_4() {
    for (int blocks = count(words(4)[0]); blocks > 0; --blocks) {
      const int n = count(words(4)[3]);
      std::vector<Label> labels;
      for (int i = 0; i < n; ++i) labels.push_back(number<Label>(words(1)[0]));
      for (int i = 0; i < n; ++i) add_node(labels[i], words(3), 0);
    }
  }
  void add_node(Label label, const Words& w, std::size_t from) {
    mesh_.add_node(lines_.number(), label, Vec3(number<double>(w[from]), number<double>(w[from + 1]), number<double>(w[from + 2])));
  }

  void read_elements_2() {
    for (int i = count(words(1)[0]); i > 0; --i) {
      const Words w = words(3);
      const Type& type = known_type(w[1]);
      const int tags = count(w[2]);
      if (tags < 1 || w.size() != static_cast<std::size_t>(3 + tags + type.nodes))
        refuse("expected number, type, tags and " + std::to_string(type.nodes) + " nodes");
      const int group = number<int>(w[3]);
      add_element(number<Label>(w[0]), type, Words(w.begin() + 3 + tags, w.end()), group == 0 ? std::vector<int>{} : std::vector<int>{group});
    }
  }
  void read_elements_4() {
    for (int blocks = count(words(4)[0]); blocks > 0; --blocks) {
      const Words head = words(4);
      const Type& type = known_type(head[2]);
      const std::vector<int> groups = groups_of_[{number<int>(head[0]), number<int>(head[1])}];
      for (int i = count(head[3]); i > 0; --i) {
        const Words w = words(1);
        if (w.size() != static_cast<std::size_t>(1 + type.nodes)) refuse("expected number and " + std::to_string(type.nodes) + " nodes");
        add_element(number<Label>(w[0]), type, Words(w.begin() + 1, w.end()), groups);
      }
    }
  }
  const Type& known_type(std::string_view word) const {
    const int wanted = number<int>(word);
    for (const Type& t : types)
      if (t.number == wanted) return t;
    refuse("element type " + std::string(word) +
           " is not known: expected hexahedra of eight nodes (5) or tetrahedra of four or ten (4, 11), their faces (3, 2, 9), edges (1, 8) and "
           "points (15)");
  }

  void add_element(Label label, const Type& type, const Words& words, const std::vector<int>& groups) {
    const int line = lines_.number();
    if (type.dimension == 3) {
      if (groups.size() > 1) refuse("element " + std::to_string(label) + " belongs to more than one physical volume");
      std::vector<Label> nodes;
      for (const std::string_view w : words) nodes.push_back(number<Label>(w));
      if (type.number == tet10) std::swap(nodes[8], nodes[9]);  // gmsh has the middles of its last two edges the other way round
      mesh_.add_cell(line, label, nodes, groups.empty() ? "1" : name_of(3, groups[0]));
      return;
    }
    for (const int g : groups) {
      const std::string name = name_of(type.dimension, g);
      std::vector<int> here;
      for (const std::string_view n : words) here.push_back(mesh_.node(line, number<Label>(n)));
      if (type.dimension == 2) mesh_.facet_sets[name].emplace_back(std::span<const int>(here));
      else mesh_.node_sets[name].insert(mesh_.node_sets[name].end(), here.begin(), here.end());
    }
  }

  TextLines lines_;
  LabelledMesh mesh_;
  int version_ = 0;
  std::map<Group, std::string> names_;
  std::map<Group, std::vector<int>> groups_of_;
};

}  // namespace

LabelledMesh read_msh(std::string_view text, const std::filesystem::path& path) { return MshReader(text, path).read(); }

}  // namespace nerveload
