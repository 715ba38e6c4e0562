#pragma once
#include <gtest/gtest.h>

#include "scenarios/preset.hpp"
#include "tests/support/run_program.hpp"

namespace nerveload {

/// Texts of scenarios to be damaged: `default` with every key said, as the program resolves it, and the library's own.
inline std::vector<std::string> sound_scenarios() {
  const ScratchFolder folder;
  const ProgramResult resolved = run_program({"check", "default"}, folder.path());
  EXPECT_EQ(resolved.code, 0);
  std::vector<std::string> texts = {resolved.out};
  for (const auto& [name, text] : embedded_library()) texts.emplace_back(text);
  return texts;
}

}  // namespace nerveload
