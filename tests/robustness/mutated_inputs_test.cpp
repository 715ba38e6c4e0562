/// Damaged inputs: every one is either refused in words that name file and line, or read as something that can be written and read again.
/// 500 mutants of each kind here; NERVELOAD_MUTANTS=5000 for more.
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>

#include "scenarios/input_error.hpp"
#include "scenarios/read_scenario.hpp"
#include "tests/support/input_readers.hpp"
#include "tests/support/mutants.hpp"
#include "tests/support/run_program.hpp"

namespace nerveload {
namespace {

namespace fs = std::filesystem;
const fs::path corpus_folder = fs::path(NERVELOAD_SOURCE_DIR) / "tests/fuzz/corpus";

int wanted_mutants() {
  const char* text = std::getenv("NERVELOAD_MUTANTS");
  return text ? std::atoi(text) : 500;
}

class MutatedInputs : public testing::TestWithParam<InputReader> {};

TEST_P(MutatedInputs, AreRefusedInWordsOrRead) {
  const InputReader& reader = GetParam();
  ASSERT_FALSE(reader.examples.empty());
  int read = 0;
  double slowest_s = 0.0;
  std::mt19937_64 random(1);
  for (int i = 0; i < wanted_mutants(); ++i) {
    const fs::path& file = reader.examples[random() % reader.examples.size()];
    const std::string text = mutant(text_of_file(file), random);
    const auto start = std::chrono::steady_clock::now();
    try {
      read += is_read(reader, text, file);
    } catch (const BrokenPromise& e) {
      ADD_FAILURE() << e.what() << "\n--- mutant " << i << " of " << file << "\n" << text;
    }
    slowest_s = std::max(slowest_s, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  // Neither may all be refused (then nothing is tested of what comes after), nor hardly any (then damage passes).
  EXPECT_GT(wanted_mutants() - read, wanted_mutants() / 3);
  if (reader.name == "scenario") {
    EXPECT_GT(read, wanted_mutants() / 20);
  }
  EXPECT_LT(slowest_s, 20.0) << "a reader hangs";
  std::printf("%d read, %d refused, slowest %.0f ms\n", read, wanted_mutants() - read, 1e3 * slowest_s);
}

INSTANTIATE_TEST_SUITE_P(Readers, MutatedInputs, testing::ValuesIn(input_readers()), [](const auto& each) { return each.param.name; });

/// What libFuzzer found to lead through different parts of the readers (`./dev fuzz`).
TEST(FuzzCorpus, IsRefusedInWordsOrRead) {
  for (const InputReader& reader : input_readers()) {
    int inputs = 0;
    for (const auto& entry : fs::directory_iterator(corpus_folder / reader.name)) {
      try {
        is_read(reader, text_of_file(entry.path()), reader.examples.front());
      } catch (const BrokenPromise& e) {
        ADD_FAILURE() << entry.path() << ": " << e.what();
      }
      ++inputs;
    }
    EXPECT_GT(inputs, 0) << reader.name;
  }
}

/// A key with a letter lost is no key: it may not pass for one that has not been said.
TEST(MisspeltKeys, AreNotPassedOver) {
  for (const fs::path& file : input_readers().front().examples) {
    const std::string text = text_of_file(file);
    std::size_t from = 0;
    int line = 1;
    while (from < text.size()) {
      const std::size_t to = std::min(text.find('\n', from), text.size());
      const std::size_t equals = text.substr(from, to - from).find(" =");
      if (equals != std::string::npos && equals > 1 && text[from] != '#') {
        std::string misspelt = text;
        misspelt.erase(from + equals / 2, 1);
        try {
          read_scenario_text(misspelt, file);
          ADD_FAILURE() << file << ":" << line << ": passed over " << misspelt.substr(from, equals - 1);
        } catch (const InputError& e) {
          EXPECT_TRUE(std::any_of(e.faults.begin(), e.faults.end(), [&](const InputFault& f) { return f.place.line == line && !f.key.empty(); }))
              << file << ":" << line << "\n"
              << e.what();
        }
      }
      from = to + 1;
      ++line;
    }
  }
}

}  // namespace
}  // namespace nerveload
