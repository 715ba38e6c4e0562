#include "sweeps/statistics_program.hpp"

#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>

#include "solver/base/held_signals.hpp"

namespace nerveload {
namespace {

constexpr const char* program_name = "nerveload-statistics";

std::string content_of(std::FILE* file) {
  std::string text;
  std::rewind(file);
  char piece[512];
  for (std::size_t n; (n = std::fread(piece, 1, sizeof piece, file)) > 0 && text.size() < 4000;) text.append(piece, n);
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

}  // namespace

std::filesystem::path statistics_program() {
  std::error_code error;
  if (const char* named = std::getenv("NERVELOAD_STATISTICS"); named && *named) return named;
  const std::filesystem::path here = std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
  // The build tree has the tests' programs in a folder below the program's.
  for (const std::filesystem::path& place : {here / program_name, here / "../libexec/nerveload" / program_name, here / ".." / program_name})
    if (access(place.c_str(), X_OK) == 0) return place;
  return {};
}

StatisticsRequest::StatisticsRequest(const std::string& json) {
  const std::filesystem::path program = statistics_program();
  if (program.empty())
    throw StatisticsError(std::string(program_name) + " is not there: drawing samples, indices and surrogates need it; build with libopenturns-dev");
  int ends[2];
  complaints_ = std::tmpfile();
  if (!complaints_ || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) throw StatisticsError("cannot start " + program.string());
  const std::string path = program.string();
  process_ = fork();
  if (process_ == 0) {
    hold_no_signals();
    dup2(ends[1], STDIN_FILENO);
    dup2(ends[1], STDOUT_FILENO);
    dup2(fileno(complaints_), STDERR_FILENO);
    execl(path.c_str(), path.c_str(), static_cast<char*>(nullptr));
    _exit(127);
  }
  close(ends[1]);
  // It reads everything before it answers. MSG_NOSIGNAL: one that died is told by its end.
  for (std::size_t at = 0; process_ > 0 && at < json.size();) {
    const ssize_t n = send(ends[0], json.data() + at, json.size() - at, MSG_NOSIGNAL);
    if (n <= 0) break;
    at += static_cast<std::size_t>(n);
  }
  shutdown(ends[0], SHUT_WR);
  answer_ = fdopen(ends[0], "r");
}

StatisticsRequest::~StatisticsRequest() {
  if (answer_) std::fclose(answer_);
  if (process_ > 0) waitpid(process_, nullptr, 0);  // writing into a closed answer ends it
  if (complaints_) std::fclose(complaints_);
}

bool StatisticsRequest::line(std::string& text) {
  text.clear();
  char piece[65536];
  while (answer_ && std::fgets(piece, sizeof piece, answer_)) {
    text += piece;
    if (text.back() == '\n') {
      text.pop_back();
      return true;
    }
  }
  check_end();
  return false;
}

void StatisticsRequest::check_end() {
  if (process_ <= 0) return;
  int status = 0;
  waitpid(process_, &status, 0);
  process_ = -1;
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return;
  const std::string words = content_of(complaints_);
  throw StatisticsError(!words.empty()        ? words
                        : WIFSIGNALED(status) ? std::string(program_name) + " ended by signal " + std::to_string(WTERMSIG(status))
                                              : std::string(program_name) + " failed");
}

std::string ask_statistics(const std::string& json) {
  StatisticsRequest request(json);
  std::string all, line;
  while (request.line(line)) all += line + "\n";
  return all;
}

}  // namespace nerveload
