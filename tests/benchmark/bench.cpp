/// What the program costs on this machine, beside its peers, in one run. Never gating.
///   bench [--quick] [--write FILE]
/// --quick leaves out the blocks above 61 000 unknowns, CalculiX beyond the smallest block and the runs of the program; --write puts the tables between the
/// two marks of FILE (docs/performance.md).
#include <cstdio>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include "tests/benchmark/tables.hpp"
#include "tests/support/run_program.hpp"

using namespace nerveload;

namespace {

/// Replaces what stands between the marks of a file.
void write_between_marks(const std::string& file, const std::string& text) {
  const std::string begin = "<!-- measured: begin -->\n", end = "<!-- measured: end -->";
  std::string all = text_of_file(file);
  const std::size_t from = all.find(begin), to = all.find(end);
  if (from == std::string::npos || to == std::string::npos) throw std::runtime_error(file + " has no marks");
  all.replace(from + begin.size(), to - from - begin.size(), text);
  std::ofstream(file) << all;
}

}  // namespace

int main(int argc, char** argv) {
  Extent extent;
  std::string file;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (word == "--quick") {
      extent.quick = true;
    } else if (word == "--write" && i + 1 < argc) {
      file = argv[++i];
    } else {
      std::fprintf(stderr, "usage: bench [--quick] [--write FILE]\n");
      return 2;
    }
  }
  std::string all;
  for (const auto table : {machine_table, factor_table, element_table, block_table, thread_table, growth_table, calculix_table, program_table}) {
    const std::string text = table(extent);
    std::cout << text << std::flush;
    all += text;
  }
  if (!file.empty()) write_between_marks(file, all);
  return 0;
}
