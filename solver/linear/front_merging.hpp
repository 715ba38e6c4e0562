#pragma once
#include <vector>

namespace nerveload {

/// Columns of a factor with the same rows below them; columns and rows are numbers of groups of unknowns.
struct Supernode {
  std::vector<int> columns, rows;  ///< ascending
  int parent = -1;                 ///< supernode that holds the first row; −1 = root
};

/// Operations (one multiplication with one addition counts two) of the partial Cholesky factorisation of a front.
double front_work(double width, double below);

/// Children before parents, every subtree in one piece; siblings in the order of their numbers.
std::vector<int> postorder(const std::vector<int>& parent);

/// Joins supernodes with their parents as long as a model of the machine expects that to save time: a larger dense matrix runs faster
/// and spares an assembly, but holds zeros (amalgamation, Duff & Reid 1983).
/// @param weight  unknowns of each group
/// @return supernodes in a postorder, with the numbers of groups as they were
std::vector<Supernode> merge_supernodes(std::vector<Supernode> all, const std::vector<int>& weight);

}  // namespace nerveload
