#pragma once
#include <signal.h>

namespace nerveload {

/// What asks a program to end: SIGINT (Ctrl-C) and SIGTERM.
inline sigset_t stop_signals() {
  sigset_t stop;
  sigemptyset(&stop);
  sigaddset(&stop, SIGINT);
  sigaddset(&stop, SIGTERM);
  return stop;
}

/// In this thread and those that it will start. For a process that another one ends: what is sent to both is for the other one to decide on.
inline void hold_stop_signals() {
  const sigset_t stop = stop_signals();
  pthread_sigmask(SIG_BLOCK, &stop, nullptr);
}

inline sigset_t no_signals() {
  sigset_t none;
  sigemptyset(&none);
  return none;
}

/// For a process that is about to become another program: what this program holds back is not held back there.
inline void hold_no_signals() {
  const sigset_t none = no_signals();
  pthread_sigmask(SIG_SETMASK, &none, nullptr);
}

}  // namespace nerveload
