/// The rules of docs/architecture.md that a compiler does not check.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;
const fs::path root = NERVELOAD_SOURCE_DIR;

std::string text_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

std::vector<fs::path> sources(const std::string& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(root / folder))
    if (entry.path().extension() == ".hpp" || entry.path().extension() == ".cpp") files.push_back(entry.path());
  return files;
}

/// Names of the functions that begin a line of a text.
std::set<std::string> functions_of(const std::string& text) {
  static const std::regex function(R"(^(?!return|else|using|case|if|for|while)(?:template <.*> )?[A-Za-z][\w:<>,&*\[\] ]*?[ &*](\w+)\()");
  std::set<std::string> names;
  std::istringstream lines(text);
  std::smatch found;
  for (std::string line; std::getline(lines, line);)
    if (std::regex_search(line, found, function)) names.insert(found[1]);
  return names;
}

const std::vector<std::string> folders{"app", "solver", "meshes", "scenarios", "postprocess", "sweeps", "statistics"};

}  // namespace

TEST(Architecture, IncludesFollowTheArrows) {
  const std::map<std::string, std::set<std::string>> allowed{{"solver", {"solver"}},
                                                             {"meshes", {"meshes", "solver"}},
                                                             {"postprocess", {"postprocess", "meshes", "solver"}},
                                                             {"scenarios", {"scenarios", "postprocess", "meshes", "solver"}},
                                                             {"sweeps", {"sweeps", "scenarios", "postprocess", "meshes", "solver"}},
                                                             {"statistics", {"statistics"}},
                                                             {"app", {"app", "sweeps", "scenarios", "postprocess", "meshes", "solver"}}};
  const std::regex include("#include \"([a-z_]+)/");
  for (const std::string& folder : folders)
    for (const fs::path& file : sources(folder)) {
      const std::string text = text_of(file);
      for (std::sregex_iterator it(text.begin(), text.end(), include), end; it != end; ++it)
        EXPECT_TRUE(allowed.at(folder).contains((*it)[1])) << file << " includes from " << (*it)[1];
    }
}

/// Files of a library are compiled several at a time and then see each other's helpers: one that is called like another could be taken for it.
TEST(Architecture, HelpersOfALibraryAreCalledByNamesOfTheirOwn) {
  const std::string begin = "\nnamespace {\n", end = "\n}  // namespace\n";
  std::map<std::string, std::string> file_of;  // of all libraries' headers, then of each library's helpers
  const std::vector<std::string> libraries{"solver", "meshes", "postprocess", "scenarios", "sweeps"};
  for (const std::string& folder : libraries)
    for (const fs::path& file : sources(folder))
      if (file.extension() == ".hpp")
        for (const std::string& name : functions_of(text_of(file))) file_of[name] = file;
  EXPECT_TRUE(file_of.contains("solve_newton"));
  for (const std::string& folder : libraries) {
    std::map<std::string, std::string> helpers = file_of;
    std::size_t seen = 0;
    for (const fs::path& file : sources(folder)) {
      if (file.extension() != ".cpp") continue;
      const std::string text = text_of(file);
      for (std::size_t from = text.find(begin); from != std::string::npos; from = text.find(begin, from + 1))
        for (const std::string& name : functions_of(text.substr(from, text.find(end, from) - from))) {
          const auto [at, is_new] = helpers.emplace(name, file);
          EXPECT_TRUE(is_new || at->second == file) << file << " and " << at->second << " both have " << name << "()";
          ++seen;
        }
    }
    EXPECT_GT(seen, 20u) << folder;
  }
}

TEST(Architecture, OnlyPostprocessAndMeshReadingKnowVtkAndOnlyScenariosKnowToml) {
  for (const char* folder : {"solver", "meshes", "sweeps", "statistics", "app"})
    for (const fs::path& file : sources(folder)) {
      const std::string text = text_of(file);
      EXPECT_EQ(text.find("#include <vtk"), std::string::npos) << file;
      EXPECT_EQ(text.find("#include <toml"), std::string::npos) << file;
    }
  for (const fs::path& file : sources("postprocess")) EXPECT_EQ(text_of(file).find("#include <toml"), std::string::npos) << file;
}

/// Copyleft stays out of the program, and a database where it is kept (docs/decisions/0027-statistics-apart.md).
TEST(Architecture, OnlyStatisticsKnowsOpenTurnsAndOnlySweepsKnowSqlite) {
  for (const std::string& folder : folders)
    for (const fs::path& file : sources(folder)) {
      const std::string text = text_of(file);
      if (folder != "statistics") {
        EXPECT_EQ(text.find("#include <openturns"), std::string::npos) << file;
      }
      if (folder != "sweeps") {
        EXPECT_EQ(text.find("#include <sqlite"), std::string::npos) << file;
      }
    }
}

TEST(Architecture, TheSolverSpeaksMechanicsOnly) {
  const std::regex word("\\b(nerves?|muscles?|rollers?|sciatic|patients?|toml|limb|legs?)\\b", std::regex::icase);
  for (const fs::path& file : sources("solver")) {
    const std::string text = text_of(file);
    std::smatch found;
    EXPECT_FALSE(std::regex_search(text, found, word)) << file << " says " << found.str();
  }
}

TEST(Architecture, EveryHeaderIsIncludedOnce) {
  for (const std::string& folder : folders)
    for (const fs::path& file : sources(folder))
      if (file.extension() == ".hpp") {
        EXPECT_TRUE(text_of(file).starts_with("#pragma once")) << file;
      }
}

TEST(Architecture, LibrariesDoNotPrint) {
  for (const char* folder : {"solver", "meshes", "scenarios", "sweeps", "postprocess"})
    for (const fs::path& file : sources(folder)) {
      const std::string text = text_of(file);
      for (const char* printing : {"std::cout", "std::cerr", " printf(", "fprintf(stderr", "fprintf(stdout"})
        EXPECT_EQ(text.find(printing), std::string::npos) << file << " uses " << printing;
    }
}

TEST(Architecture, EveryCitationResolves) {
  std::set<std::string> known;
  const std::string bib = text_of(root / "docs/theory/references.bib");
  const std::regex entry("@[a-z]+\\{([A-Za-z0-9]+),");
  for (std::sregex_iterator it(bib.begin(), bib.end(), entry), end; it != end; ++it) known.insert((*it)[1]);
  ASSERT_GT(known.size(), 20u);
  const std::regex citation("\\[([a-z]+(?:19|20)[0-9]{2}[a-z]*)(?:[,;\\]])");
  for (const std::string& folder : folders)
    for (const fs::path& file : sources(folder)) {
      const std::string text = text_of(file);
      for (std::sregex_iterator it(text.begin(), text.end(), citation), end; it != end; ++it)
        EXPECT_TRUE(known.contains((*it)[1])) << file << " cites " << (*it)[1];
    }
}

/// docs/verification.md is made by `./dev verification`: a case that is added without doing so is missed here.
TEST(Architecture, EveryVerificationCaseIsInItsTable) {
  const std::string page = text_of(root / "docs/verification.md");
  const std::regex row("(?:expect_verified\\(\\s*\\{|expect_at_least\\(|expect_at_most\\()\\s*\"([^\"]+)\",\\s*\"([^\"]+)\"");
  int rows = 0;
  for (const fs::path& file : sources("tests/verification")) {
    const std::string text = text_of(file);
    for (std::sregex_iterator it(text.begin(), text.end(), row), end; it != end; ++it, ++rows)
      EXPECT_NE(page.find("| " + (*it)[1].str() + " | " + (*it)[2].str() + " |"), std::string::npos) << (*it)[1] << ": " << (*it)[2];
  }
  EXPECT_GT(rows, 10);
}

TEST(Architecture, DecisionsThatAreReferredToExist) {
  const std::regex page("docs/decisions/([0-9]{4}-[a-z-]+\\.md)");
  for (const std::string& folder : folders)
    for (const fs::path& file : sources(folder)) {
      const std::string text = text_of(file);
      for (std::sregex_iterator it(text.begin(), text.end(), page), end; it != end; ++it)
        EXPECT_TRUE(fs::exists(root / "docs/decisions" / (*it)[1].str())) << file << " refers to " << (*it)[1];
    }
}
