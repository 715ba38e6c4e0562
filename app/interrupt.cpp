#include "app/interrupt.hpp"

#include <csignal>

namespace nerveload::app {
namespace {

volatile std::sig_atomic_t requested = 0;

}  // namespace

void catch_stop_signals() {
  std::signal(SIGINT, [](int) { requested = 1; });
  std::signal(SIGTERM, [](int) { requested = 1; });
}

bool stop_requested() { return requested != 0; }

}  // namespace nerveload::app
