#include "scenarios/trial_reading.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <stdexcept>

namespace nerveload {
namespace {

TEST(TrialReading, IsSurvivedByAReaderThatEndsOrThrows) {
  EXPECT_TRUE(survives_reading("none", [] {}));
  EXPECT_TRUE(survives_reading("none", [] { throw std::runtime_error("refused"); }));
}

TEST(TrialReading, IsNotSurvivedByAReaderThatBreaks) {
  EXPECT_FALSE(survives_reading("none", [] { std::raise(SIGKILL); }));
  EXPECT_FALSE(survives_reading("none", [] { std::abort(); }));
  EXPECT_FALSE(survives_reading("none", [] { _exit(1); }));
}

}  // namespace
}  // namespace nerveload
