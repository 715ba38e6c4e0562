/// Put before a program (LD_PRELOAD) it is given a wall clock of 1970 that goes backwards, a second at every look.
#include <dlfcn.h>
#include <sys/time.h>

#include <atomic>
#include <ctime>

namespace {
std::atomic<long> seconds{40'000'000};
}

extern "C" {

int clock_gettime(clockid_t clock, timespec* now) noexcept {
  using Real = int (*)(clockid_t, timespec*);
  static const Real real = reinterpret_cast<Real>(dlsym(RTLD_NEXT, "clock_gettime"));
  if (clock != CLOCK_REALTIME && clock != CLOCK_REALTIME_COARSE) return real(clock, now);
  *now = {--seconds, 0};
  return 0;
}

int gettimeofday(timeval* now, void*) noexcept {
  *now = {--seconds, 0};
  return 0;
}

time_t time(time_t* now) noexcept {
  const time_t told = --seconds;
  if (now) *now = told;
  return told;
}
}
