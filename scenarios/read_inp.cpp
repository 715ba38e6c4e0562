#include "scenarios/read_inp.hpp"

#include <algorithm>
#include <cctype>

#include "scenarios/text_lines.hpp"
#include "solver/elements/shapes.hpp"

namespace nerveload {
namespace {

using Label = LabelledMesh::Label;

std::string upper(std::string_view s) {
  std::string u(s);
  for (char& c : u) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return u;
}

/// Names in a deck are the same in capitals and small letters.
struct SameInCapitals {
  bool operator()(const std::string& a, const std::string& b) const { return upper(a) < upper(b); }
};
template <class Value>
using ByName = std::map<std::string, Value, SameInCapitals>;

/// One deck under reading: keyword lines open a block, data lines fill it.
class InpReader {
 public:
  InpReader(std::string_view text, const std::filesystem::path& path) : lines_(text), mesh_(path) {}

  LabelledMesh read() {
    while (const auto line = lines_.next()) {
      const std::string_view l = trimmed(*line);
      if (l.empty() || l.starts_with("**")) continue;
      if (l.starts_with('*')) open(l);
      else if (block_) (this->*block_)(comma_words(l), l.ends_with(','));
    }
    close_element();
    resolve();
    return std::move(mesh_);
  }

 private:
  using Words = std::vector<std::string_view>;
  /// What a set names, before all labels are known: another set or a label, or a range of labels.
  struct Entry {
    int line;
    std::string word;
    Label first = 0, last = 0, step = 0;  ///< step 0 = no range
  };
  struct Face {
    int line;
    std::string of;  ///< element or element set
    int side;
  };

  Entry named(std::string_view word) const { return {lines_.number(), std::string(word), 0, 0, 0}; }

  void open(std::string_view line) {
    close_element();
    const Words words = comma_words(line.substr(1));
    const std::string keyword = upper(words.empty() ? "" : words[0]);
    options_.clear();
    for (std::size_t i = 1; i < words.size(); ++i) {
      const std::size_t equals = words[i].find('=');
      options_[upper(trimmed(words[i].substr(0, equals)))] =
          equals == std::string_view::npos ? "" : std::string(trimmed(words[i].substr(equals + 1)));
    }
    block_ = nullptr;
    if (keyword == "NODE") block_ = &InpReader::node_line;
    else if (keyword == "ELEMENT") open_element();
    else if (keyword == "NSET") open_set("NSET", node_sets_, &InpReader::set_line);
    else if (keyword == "ELSET") open_set("ELSET", element_sets_, &InpReader::set_line);
    else if (keyword == "SURFACE") open_surface();
    else if (keyword == "SOLID SECTION") sections_.push_back(named(required("ELSET", keyword)));
    else if (keyword == "INCLUDE") refuse("*INCLUDE is not followed: put the mesh into one file");
    else if (keyword == "PART" || keyword == "INSTANCE") count_part(keyword);
  }

  /// A deck of parts and instances may place one part several times; one of each reads like a flat deck.
  void count_part(const std::string& keyword) {
    if (++parts_[keyword] > 1) refuse("a second *" + keyword + ": expected a deck of one part (write a flat one)");
  }

  std::string required(const std::string& option, const std::string& keyword) const {
    const auto at = options_.find(option);
    if (at == options_.end() || at->second.empty()) refuse("*" + keyword + " needs " + option + "=name");
    return at->second;
  }

  void open_element() {
    const std::string type = upper(required("TYPE", "ELEMENT"));
    element_nodes_ = type.starts_with("C3D8") ? 8 : type.starts_with("C3D4") ? 4 : type.starts_with("C3D10") ? 10 : 0;
    if (element_nodes_ == 0)
      refuse("element type " + type + " is not known: expected C3D8, C3D10 or C3D4 (surface elements are not needed; convert others with meshio)");
    element_set_ = options_.contains("ELSET") ? options_["ELSET"] : "";
    block_ = &InpReader::element_line;
  }

  void open_set(const std::string& keyword, ByName<std::vector<Entry>>& sets, void (InpReader::*line)(const Words&, bool)) {
    open_set_ = &sets[required(keyword, keyword)];
    block_ = line;
  }

  void open_surface() {
    if (options_.contains("TYPE") && upper(options_["TYPE"]) != "ELEMENT") return;
    open_surface_ = &surfaces_[required("NAME", "SURFACE")];
    block_ = &InpReader::surface_line;
  }

  void node_line(const Words& w, bool) {
    if (w.size() < 3 || w.size() > 4) refuse("expected a node: number, x, y, z");
    Vec3 x = Vec3::Zero();
    for (std::size_t i = 1; i < w.size(); ++i) x[static_cast<Eigen::Index>(i) - 1] = number<double>(w[i]);
    mesh_.add_node(lines_.number(), number<Label>(w[0]), x);
    if (options_.contains("NSET")) node_sets_[options_["NSET"]].push_back(named(w[0]));
  }

  /// An element's data goes on over lines that end with a comma.
  void element_line(const Words& w, bool goes_on) {
    if (element_.empty()) element_from_ = lines_.number();
    for (const std::string_view word : w) element_.push_back(number<Label>(word));
    if (!goes_on || element_.size() > element_nodes_) close_element();
  }
  void close_element() {
    if (element_.empty()) return;
    if (element_.size() != element_nodes_ + 1)
      mesh_.refuse(element_from_, "expected an element: number and " + std::to_string(element_nodes_) + " nodes, found " +
                                      std::to_string(element_.size() - 1) + " nodes");
    mesh_.add_cell(element_from_, element_[0], std::span(element_).subspan(1), element_set_.empty() ? "1" : element_set_);
    if (!element_set_.empty()) element_sets_[element_set_].push_back({element_from_, {}, element_[0], element_[0], 1});
    element_.clear();
  }

  void set_line(const Words& w, bool) {
    if (!options_.contains("GENERATE")) {
      for (const std::string_view word : w)
        if (!word.empty()) open_set_->push_back(named(word));
      return;
    }
    if (w.size() < 2 || w.size() > 3) refuse("expected first, last and step of the numbers to generate");
    const Label first = number<Label>(w[0]), last = number<Label>(w[1]), step = w.size() > 2 ? number<Label>(w[2]) : 1;
    if (step < 1 || last < first || first < 0) refuse("expected 0 <= first <= last and a step of at least 1");
    open_set_->push_back({lines_.number(), {}, first, last, step});
  }

  void surface_line(const Words& w, bool) {
    if (w.size() != 2 || w[1].size() != 2 || (w[1][0] != 'S' && w[1][0] != 's') || w[1][1] < '1' || w[1][1] > '6')
      refuse("expected an element or element set and a face S1 to S6");
    open_surface_->push_back({lines_.number(), std::string(w[0]), w[1][1] - '1'});
  }

  /// Numbers of a set, which may name other sets.
  template <class Find>
  std::vector<int> members(const ByName<std::vector<Entry>>& sets, const std::vector<Entry>& entries, int depth, Find&& find) const {
    std::vector<int> all;
    for (const Entry& e : entries) {
      if (e.step > 0) {
        for (Label l = e.first; l <= e.last && l >= e.first; l += e.step) all.push_back(find(e.line, l));
        continue;
      }
      if (const auto label = number_of<Label>(e.word)) {
        all.push_back(find(e.line, *label));
        continue;
      }
      const auto other = sets.find(e.word);
      if (other == sets.end() || depth > 8) mesh_.refuse(e.line, "there is no set " + e.word);
      const std::vector<int> more = members(sets, other->second, depth + 1, find);
      all.insert(all.end(), more.begin(), more.end());
    }
    return all;
  }
  std::vector<int> cells_of(const std::vector<Entry>& entries) const {
    return members(element_sets_, entries, 0, [this](int line, Label l) { return mesh_.cell(line, l); });
  }

  void resolve() {
    for (const auto& [name, entries] : node_sets_)
      mesh_.node_sets[name] = members(node_sets_, entries, 0, [this](int line, Label l) { return mesh_.node(line, l); });
    std::vector<char> assigned(mesh_.cells(), 0);
    for (const Entry& section : sections_) {
      const auto set = element_sets_.find(section.word);
      if (set == element_sets_.end()) mesh_.refuse(section.line, "there is no element set " + section.word);
      for (const int c : cells_of(set->second)) {
        if (assigned[c] && mesh_.region(c) != section.word)
          mesh_.refuse(section.line, "an element has a solid section already, that of " + mesh_.region(c));
        assigned[c] = 1;
        mesh_.set_region(c, section.word);
      }
    }
    for (const auto& [name, list] : surfaces_)
      for (const Face& f : list)
        for (const int c : cells_of({{f.line, f.of, 0, 0, 0}})) {
          if (f.side >= facet_count(mesh_.nodes(c))) mesh_.refuse(f.line, "a tetrahedron has the faces S1 to S4");
          mesh_.facet_sets[name].push_back(facet(mesh_.nodes(c), f.side));
        }
  }

  template <class Number>
  Number number(std::string_view word) const {
    const auto n = number_of<Number>(word);
    if (!n) refuse("expected a number, found '" + std::string(word) + "'");
    return *n;
  }
  [[noreturn]] void refuse(const std::string& message) const { mesh_.refuse(lines_.number(), message); }

  TextLines lines_;
  LabelledMesh mesh_;
  std::map<std::string, std::string> options_;
  void (InpReader::*block_)(const Words&, bool) = nullptr;
  ByName<std::vector<Entry>> node_sets_, element_sets_;
  ByName<std::vector<Face>> surfaces_;
  std::map<std::string, int> parts_;
  std::vector<Entry> sections_;
  std::vector<Entry>* open_set_ = nullptr;
  std::vector<Face>* open_surface_ = nullptr;
  std::string element_set_;
  std::vector<Label> element_;
  std::size_t element_nodes_ = 8;
  int element_from_ = 0;
};

}  // namespace

LabelledMesh read_inp(std::string_view text, const std::filesystem::path& path) { return InpReader(text, path).read(); }

}  // namespace nerveload
