/// In a build that counts lines: children that leave without ceremony (pictures, workers, trial readings) leave their counters behind as well.
#include <sys/syscall.h>
#include <unistd.h>

extern "C" {

void __gcov_dump();

[[noreturn]] void _exit(int status) {
  __gcov_dump();
  for (;;) syscall(SYS_exit_group, status);
}
}
