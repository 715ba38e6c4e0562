#include "app/json_log.hpp"

#include "postprocess/build_info.hpp"
#include "postprocess/verdict.hpp"
#include "scenarios/input_error.hpp"

namespace nerveload::app {

JsonLog::JsonLog(const std::string& file) {
  if (file.empty()) return;
  stream_.open(file);
  if (!stream_) throw FileError(file + ": cannot be written");
  const BuildInfo build = build_info();
  write({{"program", "nerveload"}, {"version", build.version}, {"git", build.git}, {"safety", safety_texts()}});
}

void JsonLog::write(const nlohmann::ordered_json& line) {
  if (stream_.is_open()) stream_ << line.dump() << std::endl;
}

}  // namespace nerveload::app
