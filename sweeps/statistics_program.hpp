#pragma once
#include <sys/types.h>

#include <cstdio>
#include <filesystem>
#include <stdexcept>
#include <string>

namespace nerveload {

/// The program beside this one that draws samples and makes surrogates is not there, or has refused; `what()` says why.
struct StatisticsError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// One request to nerveload-statistics (statistics/, OpenTURNS), a process of its own (docs/decisions/0027): a JSON document goes in, lines
/// come out.
class StatisticsRequest {
 public:
  /// @throws StatisticsError when there is no such program
  explicit StatisticsRequest(const std::string& json);
  ~StatisticsRequest();
  StatisticsRequest(const StatisticsRequest&) = delete;
  StatisticsRequest& operator=(const StatisticsRequest&) = delete;
  /// The next line of the answer; false at its end. @throws StatisticsError with the program's own words when it failed
  bool line(std::string& text);

 private:
  void check_end();
  pid_t process_ = -1;
  std::FILE *answer_ = nullptr, *complaints_ = nullptr;
};

/// A whole answer.
std::string ask_statistics(const std::string& json);

/// Where the program is: beside this one, or in ../libexec/nerveload, or what the environment's NERVELOAD_STATISTICS names; empty = nowhere.
std::filesystem::path statistics_program();

}  // namespace nerveload
