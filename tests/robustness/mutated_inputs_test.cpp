/// Damaged inputs: every one is either refused in words that name file and line, or read as something that can be written and read again.
/// 500 mutants of each kind here; NERVELOAD_MUTANTS=5000 for more.
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <functional>

#include "scenarios/claim.hpp"
#include "scenarios/input_error.hpp"
#include "scenarios/mesh_file.hpp"
#include "scenarios/read_scenario.hpp"
#include "scenarios/solid_model.hpp"
#include "sweeps/sweep_plan.hpp"
#include "tests/support/mutants.hpp"
#include "tests/support/run_program.hpp"

namespace nerveload {
namespace {

namespace fs = std::filesystem;
const fs::path scenarios_folder = fs::path(NERVELOAD_SOURCE_DIR) / "scenarios";

int wanted_mutants() {
  const char* text = std::getenv("NERVELOAD_MUTANTS");
  return text ? std::atoi(text) : 500;
}

std::vector<fs::path> files_in(const fs::path& folder, const std::string& ending) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.path().extension() == ending) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

/// What became of the mutants of one kind.
struct Outcome {
  int read = 0, refused = 0;
  double slowest_s = 0.0;
};

/// Every mutant through a reader. A reader may refuse with InputError or FileError only; an InputError has a line for each fault
/// (of a mesh: a line, a cell, or what the whole file lacks).
Outcome read_mutants(const std::vector<fs::path>& files, unsigned seed, bool has_lines,
                     const std::function<void(const std::string& text, const fs::path& file)>& read) {
  Outcome outcome;
  std::mt19937_64 random(seed);
  for (int i = 0; i < wanted_mutants(); ++i) {
    const fs::path& file = files[random() % files.size()];
    const std::string text = mutant(text_of_file(file), random);
    const auto start = std::chrono::steady_clock::now();
    try {
      read(text, file);
      ++outcome.read;
    } catch (const InputError& e) {
      ++outcome.refused;
      EXPECT_FALSE(e.faults.empty());
      for (const InputFault& f : e.faults) {
        EXPECT_FALSE(f.message.empty());
        EXPECT_TRUE(f.place.line > 0 || !has_lines) << to_string(f) << "\n--- mutant " << i << " of " << file << "\n" << text;
      }
    } catch (const FileError&) {
      ++outcome.refused;
    } catch (const std::exception& e) {
      ADD_FAILURE() << typeid(e).name() << ": " << e.what() << "\n--- mutant " << i << " of " << file << "\n" << text;
    }
    outcome.slowest_s = std::max(outcome.slowest_s, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  // Neither may all be refused (then nothing is tested of what comes after), nor hardly any (then damage passes).
  EXPECT_GT(outcome.refused, wanted_mutants() / 3);
  EXPECT_LT(outcome.slowest_s, 20.0) << "a reader hangs";
  std::printf("%d read, %d refused, slowest %.0f ms\n", outcome.read, outcome.refused, 1e3 * outcome.slowest_s);
  return outcome;
}

TEST(MutatedInputs, ScenariosAreRefusedInWordsOrReadBackTheSame) {
  const Outcome outcome = read_mutants(files_in(scenarios_folder / "library", ".toml"), 1, true, [](const std::string& text, const fs::path& file) {
    const std::string resolved = resolved_toml(read_scenario_text(text, file), false);
    EXPECT_EQ(resolved_toml(read_scenario_text(resolved, "resolved.toml"), false), resolved) << "--- mutant\n" << text;
  });
  EXPECT_GT(outcome.read, wanted_mutants() / 20);
}

TEST(MutatedInputs, SolidModels) {
  read_mutants(files_in(scenarios_folder / "solid", ".toml"), 2, true,
               [](const std::string& text, const fs::path& file) { read_solid_text(text, file, {}); });
}

TEST(MutatedInputs, Sweeps) {
  read_mutants(files_in(scenarios_folder / "sweeps", ".toml"), 3, true,
               [](const std::string& text, const fs::path& file) { read_sweep_text(text, file); });
}

TEST(MutatedInputs, Claims) {
  read_mutants(files_in(scenarios_folder / "claims", ".toml"), 4, true, [](const std::string& text, const fs::path& file) {
    read_claim(file.parent_path(), {{"claim.toml", text}});
  });
}

TEST(MutatedInputs, Meshes) {
  const ScratchFolder scratch;
  for (const char* ending : {".inp", ".msh", ".vtk"}) {
    SCOPED_TRACE(ending);
    read_mutants(files_in(scenarios_folder / "solid", ending), 5, false, [&](const std::string& text, const fs::path& file) {
      const Mesh mesh = read_mesh_file(scratch.write(file.filename().string(), text));
      for (const Cell& cell : mesh.cells)
        for (const int node : cell) ASSERT_LT(static_cast<std::size_t>(node), mesh.X.size());
    });
  }
}

/// A key with a letter lost is no key: it may not pass for one that has not been said.
TEST(MutatedInputs, NoMisspeltKeyIsPassedOver) {
  for (const fs::path& file : files_in(scenarios_folder / "library", ".toml")) {
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
