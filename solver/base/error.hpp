#pragma once
#include <stdexcept>
#include <string>

namespace nerveload {

/// Our own slip: a promise between two parts of the program was not kept. Never caused by a user's file alone.
struct ContractError : std::logic_error {
  using std::logic_error::logic_error;
};

}  // namespace nerveload

/// Checks a promise at a public boundary, in every build.
#define NL_EXPECT(condition, what)                                                                      \
  do {                                                                                                  \
    if (!(condition)) throw ::nerveload::ContractError(std::string(__func__) + ": expected " + (what)); \
  } while (false)
