#include "solver/base/caught_in_parallel.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <new>
#include <stdexcept>

using namespace nerveload;

namespace {

TEST(CaughtInParallel, WhatAnIterationThrowsIsThrownAfterTheLoop) {
  CaughtInParallel caught;
  std::atomic<int> ran = 0;
#pragma omp parallel for num_threads(2)
  for (int i = 0; i < 100; ++i)
    caught.run([&] {
      ++ran;
      if (i % 10 == 3) throw std::bad_alloc();
    });
  EXPECT_EQ(ran, 100);
  EXPECT_THROW(caught.rethrow(), std::bad_alloc);
}

TEST(CaughtInParallel, WithoutAFaultNothingIsThrown) {
  CaughtInParallel caught;
  caught.run([] {});
  EXPECT_NO_THROW(caught.rethrow());
}

}  // namespace
