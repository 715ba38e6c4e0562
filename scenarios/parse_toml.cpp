/// The only file that includes toml11: it takes eight seconds to compile.
#include "scenarios/parse_toml.hpp"

#include <cctype>
#include <sstream>
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wshadow"
#include <toml.hpp>
#pragma GCC diagnostic pop

#include "scenarios/text_filter.hpp"

namespace nerveload {
namespace {

constexpr std::size_t longest_shown = 60;

std::string shortened(std::string text) {
  const std::size_t end = text.find_first_of("\r\n");
  const bool cut = end != std::string::npos || text.size() > longest_shown;
  text = text.substr(0, std::min({end, text.size(), longest_shown}));
  while (cut && !text.empty() && (static_cast<unsigned char>(text.back()) & 0xC0u) == 0x80u) text.pop_back();
  return cut ? text + " …" : text;
}

/// Column (from 1) where the key of a value stands, looking left from the value: `a.b_N = 250` gives that of a.
int key_column(std::string_view line, int value_column) {
  std::size_t i = std::min(line.size(), static_cast<std::size_t>(std::max(value_column - 1, 0)));
  while (i > 0 && line[i - 1] != '=') --i;
  if (i == 0) return value_column;
  --i;
  while (i > 0 && (line[i - 1] == ' ' || line[i - 1] == '\t')) --i;
  while (i > 0) {
    const char c = line[i - 1];
    if (c == '"' || c == '\'') {
      const std::size_t open = i >= 2 ? line.rfind(c, i - 2) : std::string_view::npos;
      if (open == std::string_view::npos) break;
      i = open;
    } else if (std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '-' || c == '.') {
      --i;
    } else {
      break;
    }
  }
  return static_cast<int>(i) + 1;
}

class Converter {
 public:
  Converter(std::string source, std::string_view text) : source_(std::move(source)) {
    std::istringstream in{std::string(text)};
    for (std::string line; std::getline(in, line);) lines_.push_back(line);
  }

  DocumentTable table(const toml::value& v) const {
    DocumentTable t;
    for (const auto& [key, value] : v.as_table()) t.entries.emplace_back(key, convert(value));
    std::stable_sort(t.entries.begin(), t.entries.end(), [](const auto& a, const auto& b) {
      return std::tie(a.second.place.line, a.second.place.column, a.first) < std::tie(b.second.place.line, b.second.place.column, b.first);
    });
    return t;
  }

 private:
  DocumentValue convert(const toml::value& v) const {
    const toml::source_location where = v.location();
    Place place{source_, static_cast<int>(where.line()), static_cast<int>(where.column())};
    std::string text = shortened(written(v, place, where.region()));
    DocumentValue out(data(v), place, std::move(text));
    const std::string_view line = line_of(place);
    out.key_place = {source_, place.line,
                     v.is_table() && !line.substr(std::min(line.size(), std::size_t(place.column - 1))).starts_with('{')
                         ? place.column
                         : key_column(line, place.column)};
    return out;
  }

  DocumentValue::Data data(const toml::value& v) const {
    switch (v.type()) {
      case toml::value_t::boolean: return v.as_boolean();
      case toml::value_t::integer: return static_cast<std::int64_t>(v.as_integer());
      case toml::value_t::floating: return v.as_floating();
      case toml::value_t::string: return v.as_string().str;
      case toml::value_t::array: {
        DocumentArray a;
        for (const toml::value& item : v.as_array()) a.push_back(convert(item));
        return a;
      }
      case toml::value_t::table: return table(v);
      default: return toml::format(v);  // dates: nothing asks for one, so the reader refuses it as a text
    }
  }

  std::string_view line_of(const Place& place) const {
    const std::size_t i = static_cast<std::size_t>(place.line - 1);
    return place.line >= 1 && i < lines_.size() ? std::string_view(lines_[i]) : std::string_view();
  }

  /// What stands in the file; for a table nothing.
  std::string written(const toml::value& v, const Place& place, std::size_t region) const {
    if (v.is_table()) return {};
    const std::string_view line = line_of(place);
    const std::size_t from = static_cast<std::size_t>(std::max(place.column - 1, 0));
    if (from >= line.size()) return {};
    if (v.is_array() || v.is_string()) return std::string(line.substr(from, v.is_string() && region > 0 ? region : std::string_view::npos));
    return std::string(line.substr(from, std::max<std::size_t>(region, 1)));
  }

  std::string source_;
  std::vector<std::string> lines_;
};

/// First sentence of a message of the library, without its own frame.
std::string first_line(std::string what) {
  const std::string mark = "[error] ";
  if (what.starts_with(mark)) what.erase(0, mark.size());
  what = what.substr(0, what.find('\n'));
  if (const std::size_t at = what.find("toml::"); at != std::string::npos)
    if (const std::size_t colon = what.find(": ", at); colon != std::string::npos) what = what.substr(colon + 2);
  return what;
}

[[noreturn]] void refuse(const std::string& source, int line, int column, const std::string& message) {
  throw InputError(Place{source, line, column}, message);
}

}  // namespace

DocumentTable parse_toml(std::string_view text, const std::string& source) {
  if (const auto fault = find_text_fault(text)) refuse(source, fault->line, fault->column, fault->message);
  std::istringstream in(std::string(text) + "\n\n");
  try {
    return Converter(source, text).table(toml::parse(in, source));
  } catch (const toml::exception& e) {
    const toml::source_location where = e.location();
    refuse(source, static_cast<int>(where.line()), static_cast<int>(where.column()), "not valid TOML: " + first_line(e.what()));
  } catch (const std::exception& e) {
    refuse(source, 1, 1, std::string("not valid TOML: ") + first_line(e.what()));
  }
}

DocumentTable parse_toml_file(const std::filesystem::path& path) { return parse_toml(read_text_file(path), path.string()); }

namespace {

void name_setting(DocumentValue& v, const std::string& source) {
  DocumentValue::Data data = v.data();
  if (auto* table = std::get_if<DocumentTable>(&data))
    for (auto& [key, value] : table->entries) name_setting(value, source);
  if (auto* array = std::get_if<DocumentArray>(&data))
    for (DocumentValue& value : *array) name_setting(value, source);
  v = DocumentValue(std::move(data), {source, 0, 0}, v.text);
}

DocumentTable parse_pair(const std::string& key, const std::string& value, const std::string& source) {
  try {
    return parse_toml(key + " = " + value, source);
  } catch (const InputError&) {
    std::ostringstream quoted;
    quoted << key << " = \"";
    for (const char c : value) quoted << (c == '"' || c == '\\' ? "\\" : "") << c;
    quoted << "\"";
    return parse_toml(quoted.str(), source);
  }
}

}  // namespace

DocumentTable parse_setting(std::string_view setting) {
  const std::string source = "--set " + std::string(setting);
  const std::size_t at = setting.find('=');
  auto fault = [&](const std::string& message) { return InputError(Place{source, 0, 0}, message); };
  if (at == std::string_view::npos || at == 0) throw fault("expected KEY=VALUE, for example --set roller.position_mm=30");
  const std::string key(setting.substr(0, at)), value(setting.substr(at + 1));
  if (key.find_first_of("\n\r#[]{},") != std::string::npos || value.find_first_of("\n\r") != std::string::npos)
    throw fault("a key is words joined by dots, for example --set roller.position_mm=30");
  DocumentTable table;
  try {
    table = parse_pair(key, value, source);
  } catch (const InputError&) {
    throw fault("expected KEY=VALUE, for example --set roller.position_mm=30");
  }
  for (auto& [k, v] : table.entries) name_setting(v, source);
  return table;
}

}  // namespace nerveload
