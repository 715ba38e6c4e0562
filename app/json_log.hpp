#pragma once
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

namespace nerveload::app {

/// A file with one JSON object a line, written as it happens; the first line says what the program is and the safety texts.
class JsonLog {
 public:
  /// @param file  empty = no log
  /// @throws FileError when it cannot be written
  explicit JsonLog(const std::string& file);
  void write(const nlohmann::ordered_json& line);

 private:
  std::ofstream stream_;
};

}  // namespace nerveload::app
