/// What the guides show is what the program takes, and what they point to is there.
#include <gtest/gtest.h>

#include <regex>

#include "tests/support/run_program.hpp"

namespace nerveload {
namespace {

namespace fs = std::filesystem;
const fs::path root = NERVELOAD_SOURCE_DIR;

std::vector<fs::path> guides() {
  std::vector<fs::path> pages{root / "README.md", root / "CHANGELOG.md"};
  for (const auto& entry : fs::recursive_directory_iterator(root / "docs"))
    if (entry.path().extension() == ".md") pages.push_back(entry.path());
  return pages;
}

/// Every match's first group.
std::vector<std::string> all_of(const std::string& text, const std::string& pattern) {
  const std::regex regex(pattern);
  std::vector<std::string> found;
  for (auto m = std::sregex_iterator(text.begin(), text.end(), regex); m != std::sregex_iterator(); ++m) found.push_back((*m)[1]);
  return found;
}

/// Blocks of TOML that are whole files, one after the other as a page has them: those of a later one may name an earlier one.
std::vector<std::string> examples(const std::string& page) {
  std::vector<std::string> whole;
  const std::string begin = "```toml\n";
  for (std::size_t from = page.find(begin); from != std::string::npos; from = page.find(begin, from)) {
    from += begin.size();
    const std::string block = page.substr(from, page.find("```", from) - from);
    if (block.find("schema = 1") != std::string::npos) whole.push_back(block);
  }
  return whole;
}

TEST(Guides, ExamplesAreSound) {
  int checked = 0;
  for (const fs::path& page : guides()) {
    const ScratchFolder folder;
    for (const std::string& text : examples(text_of_file(page))) {
      // The name that the example says in its first line.
      const auto named = all_of(text.substr(0, text.find('\n')), "^# (\\w+\\.toml)$");
      const std::string name = named.empty() ? "example.toml" : named.front();
      folder.write(name, text);
      const ProgramResult r = run_program({"check", name}, folder.path());
      EXPECT_EQ(r.code, 0) << page << "\n" << r.err;
      ++checked;
    }
  }
  EXPECT_GE(checked, 4);
}

TEST(Guides, LinksLeadSomewhere) {
  int links = 0;
  for (const fs::path& page : guides()) {
    const std::string text = text_of_file(page);
    for (const char* pattern : {"\\]\\(([^)#:]+)[^):]*\\)", "src(?:set)?=\"([^\"]+)\""})
      for (const std::string& link : all_of(text, pattern)) {
        EXPECT_TRUE(fs::exists(page.parent_path() / link)) << page << " points to " << link;
        ++links;
      }
    // Files of the project by their path from its root.
    for (const std::string& file : all_of(text, "(?:^|[ (`])((?:docs|scenarios/(?:library|solid|sweeps))/[a-z_0-9/]+\\.(?:md|toml))")) {
      EXPECT_TRUE(fs::exists(root / file)) << page << " names " << file;
      ++links;
    }
  }
  EXPECT_GT(links, 100);
}

}  // namespace
}  // namespace nerveload
