#include "app/interrupt.hpp"

#include <atomic>
#include <thread>

#include "solver/base/held_signals.hpp"

namespace nerveload::app {
namespace {

std::atomic<bool> requested{false};

/// Libraries start threads as they are loaded (OpenBLAS), and set handlers while they work (METIS, for SIGTERM, with a jump that must not be
/// taken by another thread). So stop signals are held back before any library begins, which all threads inherit.
void hold_before_libraries(int, char**, char**) { hold_stop_signals(); }

[[gnu::section(".preinit_array"), gnu::used]] void (*const before_any_library)(int, char**, char**) = hold_before_libraries;

}  // namespace

void end_at_stop_signals() {
  const sigset_t stop = stop_signals();
  pthread_sigmask(SIG_UNBLOCK, &stop, nullptr);
}

void catch_stop_signals() {
  hold_stop_signals();
  std::thread([stop = stop_signals()] {
    for (int signal = 0; sigwait(&stop, &signal) == 0;) requested = true;
  }).detach();
}

bool stop_requested() { return requested; }

}  // namespace nerveload::app
