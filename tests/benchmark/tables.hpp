#pragma once
#include <string>

namespace nerveload {

struct Extent {
  bool quick = false;
};

/// Each measures and returns a section of docs/performance.md.
std::string machine_table(const Extent&);   ///< limits of the machine
std::string factor_table(const Extent&);    ///< factorisations beside CHOLMOD
std::string element_table(const Extent&);   ///< the element loop
std::string block_table(const Extent&);     ///< B0 and B1 in units of F
std::string thread_table(const Extent&);    ///< threads in a solve, and solves side by side
std::string growth_table(const Extent&);    ///< time and memory against unknowns
std::string calculix_table(const Extent&);  ///< B0 by CalculiX
std::string program_table(const Extent&);   ///< runs of the program

}  // namespace nerveload
