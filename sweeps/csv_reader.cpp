#include "sweeps/csv_reader.hpp"

#include "scenarios/input_error.hpp"

namespace nerveload {

CsvReader::CsvReader(const std::filesystem::path& path) : path_(path) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) throw FileError("cannot read '" + path.string() + "': no such file");
  stream_.open(path, std::ios::binary);
  if (!stream_) throw FileError("cannot read '" + path.string() + "'");
  char mark[3] = {};
  stream_.read(mark, 3);
  if (stream_.gcount() != 3 || std::string(mark, 3) != "\xEF\xBB\xBF") {
    stream_.clear();
    stream_.seekg(0);
  }
}

bool CsvReader::next(std::vector<std::string>& cells) {
  cells.assign(1, {});
  row_line_ = line_;
  bool quoted = false, any = false;
  for (int c = stream_.get(); c != EOF; c = stream_.get()) {
    if (quoted) {
      if (c == '\n') ++line_;
      if (c != '"') cells.back() += static_cast<char>(c);
      else if (stream_.peek() == '"') cells.back() += static_cast<char>(stream_.get());
      else quoted = false;
    } else if (c == '"' && cells.back().empty()) {
      quoted = any = true;
    } else if (c == ',') {
      cells.emplace_back();
      any = true;
    } else if (c == '\n') {
      ++line_;
      if (any) return true;
      row_line_ = line_;
    } else if (c != '\r') {
      cells.back() += static_cast<char>(c);
      any = any || c != ' ';
    }
  }
  if (quoted) throw InputError(Place{path_.string(), row_line_, 1}, "a quote is never closed");
  return any;
}

std::string csv_cell(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

}  // namespace nerveload
