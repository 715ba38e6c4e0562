#include "postprocess/report/words.hpp"

#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <map>
#include <utility>

#include "solver/base/units.hpp"

namespace nerveload {

std::vector<std::pair<std::string_view, std::string_view>> embedded_references();  // docs/theory/references.bib, by cmake/embed.cmake

std::string html(std::string_view text) {
  std::string safe;
  for (const char c : text) switch (c) {
      case '&': safe += "&amp;"; break;
      case '<': safe += "&lt;"; break;
      case '>': safe += "&gt;"; break;
      case '"': safe += "&quot;"; break;
      case '\'': safe += "&#39;"; break;
      default:
        if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t') safe += c;
    }
  return safe;
}

std::string figure(double value, int digits) {
  if (!std::isfinite(value)) return "–";
  std::array<char, 400> text;
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed, digits).ptr;
  std::string s(text.data(), end);
  if (s.starts_with('-')) s = s.find_first_of("123456789") == std::string::npos ? s.substr(1) : "−" + s.substr(1);
  return s;
}

std::string pressure_words(double kPa) { return figure(kPa, 1) + " kPa (" + figure(kPa / kPa_per_mmHg, 0) + " mmHg)"; }

std::string place_words(double station) {
  if (std::abs(station) < 0.5) return "level with the sitting bone";
  return figure(std::abs(station), 0) + " mm " + (station > 0.0 ? "below" : "above") + " the sitting bone";
}

const char* level_meaning(int level) {
  switch (level) {
    case 0: return "below every published level at which something was noticed";
    case 1: return "the return of blood from a nerve begins to be disturbed";
    case 2: return "flow in the finest blood vessels of a nerve is slowed; people have felt tingling or numbness";
    case 3: return "blood flow in a nerve stopped in experiments";
    default: return "nerves recovered incompletely in experiments";
  }
}

namespace {

/// TeX's accents and marks that the bibliography uses, as letters; braces go.
std::string plain(std::string_view tex) {
  static const std::pair<std::string_view, std::string_view> letters[] = {
      {"{\\\"o}", "ö"}, {"{\\\"u}", "ü"}, {"{\\\"a}", "ä"}, {"{\\\"O}", "Ö"}, {"{\\\"U}", "Ü"}, {"{\\\"A}", "Ä"}, {"{\\'e}", "é"},  {"{\\'a}", "á"},
      {"{\\'i}", "í"},  {"{\\'o}", "ó"},  {"{\\'u}", "ú"},  {"{\\`e}", "è"},  {"{\\`a}", "à"},  {"{\\~n}", "ñ"},  {"{\\~a}", "ã"},  {"{\\c c}", "ç"},
      {"{\\o}", "ø"},   {"{\\O}", "Ø"},   {"{\\aa}", "å"},  {"{\\AA}", "Å"},  {"{\\ss}", "ß"},  {"{\\l}", "ł"},   {"{\\v s}", "š"}, {"{\\v c}", "č"},
      {"{\\'c}", "ć"},  {"{\\'A}", "Á"},  {"{\\'z}", "ź"},  {"{\\c C}", "Ç"}, {"{\\i}", "i"},   {"{\\v S}", "Š"}, {"{\\v Z}", "Ž"}, {"``", "“"},
      {"''", "”"},      {"--", "–"},      {"\\&", "&"},     {"~", " "}};
  std::string text;
  for (std::size_t i = 0; i < tex.size();) {
    bool found = false;
    for (const auto& [from, to] : letters)
      if (!found && tex.substr(i).starts_with(from)) {
        text += to;
        i += from.size();
        found = true;
      }
    if (found) continue;
    if (tex[i] != '{' && tex[i] != '}' && tex[i] != '\\') text += tex[i];
    ++i;
  }
  return text;
}

/// The braces' content of `name={…}` in an entry; empty when it is not there.
std::string field(std::string_view entry, std::string_view name) {
  const std::size_t at = entry.find(std::string(name) + "={");
  if (at == std::string_view::npos || (at > 0 && entry[at - 1] != ' ')) return {};
  const std::size_t from = at + name.size() + 2;
  int depth = 1;
  std::size_t to = from;
  for (; to < entry.size() && depth > 0; ++to) depth += entry[to] == '{' ? 1 : entry[to] == '}' ? -1 : 0;
  return plain(entry.substr(from, to - from - 1));
}

std::string joined_authors(std::string authors) {
  for (std::size_t at; (at = authors.find(" and ")) != std::string::npos;)
    authors.replace(at, 5, authors.compare(at + 5, 6, "others") == 0 ? " " : "; ");
  const std::size_t others = authors.rfind(" others");
  if (others != std::string::npos && others + 7 == authors.size()) authors.replace(others, 7, " et al.");
  return authors == "Unknown" ? "" : authors;
}

Reference read_entry(const std::string& key, std::string_view entry) {
  Reference r{key, {}, field(entry, "doi")};
  auto add = [&](const std::string& part, const char* before) {
    if (!part.empty()) r.text += (r.text.empty() ? "" : before) + part;
  };
  add(joined_authors(field(entry, "author")), "");
  add(field(entry, "title"), ": ");
  add(field(entry, "journal") + field(entry, "booktitle") + field(entry, "publisher"), ". ");
  add(field(entry, "year"), ", ");
  return r;
}

const std::map<std::string, Reference>& bibliography() {
  static const std::map<std::string, Reference> all = [] {
    std::map<std::string, Reference> known;
    for (const auto& [name, text] : embedded_references())
      for (std::size_t at = text.find('@'); at != std::string_view::npos;) {
        const std::size_t next = text.find("\n@", at), open = text.find('{', at), comma = text.find(',', at);
        const std::string key(text.substr(open + 1, comma - open - 1));
        known[key] = read_entry(key, text.substr(comma, next == std::string_view::npos ? next : next - comma));
        at = next == std::string_view::npos ? next : next + 1;
      }
    return known;
  }();
  return all;
}

}  // namespace

std::vector<Reference> references_in(std::string_view text) {
  std::vector<Reference> found;
  std::string word;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && std::isalnum(static_cast<unsigned char>(text[i]))) {
      word += text[i];
      continue;
    }
    const auto at = bibliography().find(word);
    bool known = false;
    for (const Reference& r : found) known = known || r.key == word;
    if (at != bibliography().end() && !known) found.push_back(at->second);
    word.clear();
  }
  return found;
}

}  // namespace nerveload
