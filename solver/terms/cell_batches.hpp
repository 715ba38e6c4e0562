#pragma once
#include <array>
#include <cstddef>
#include <memory>
#include <new>
#include <type_traits>
#include <vector>

#include "solver/mesh.hpp"

namespace nerveload {

/// Numbers that start where a cache line does, as the widest packs ask for.
struct AlignedDeleter {
  void operator()(double* p) const { ::operator delete[](p, std::align_val_t{64}); }
};

/// The cells of a mesh as the kernels take them: batches of one shape and one region, batches in slabs (solver/slabs.hpp). A batch that is not
/// full repeats its last cell.
class CellBatches {
 public:
  static constexpr int most_lanes = 8, most_nodes = 10, most_points = 8;
  struct Batch {
    std::array<int, most_lanes> cell;
    int count;          ///< different cells
    int first_cell;     ///< how many different cells the batches before it have
    int nodes;          ///< of a cell
    std::size_t first;  ///< components of the batches before it
  };

  CellBatches() = default;
  CellBatches(const Mesh& mesh, int lanes);

  int lanes() const { return lanes_; }
  const std::vector<Batch>& batches() const { return batches_; }
  /// The cells' nodes; index by node of the cell, then lane.
  const int* nodes(const Batch& b) const { return nodes_.data() + b.first / 3 * lanes_; }
  /// Reference positions, mm, and fibre directions (x where there are none).
  const double* X(const Batch& b) const { return numbers_.get() + (b.first + 3 * number(b)) * lanes_; }
  const double* fibre(const Batch& b) const { return X(b) + std::size_t{3} * b.nodes * lanes_; }

  /// Calls visit(batch, next) for all batches, in parallel, next being the batch that the same thread will visit after it (or null); such that batches at work at the same time have no node in common, and that what any
  /// node's batches add to it is added in an order that does not depend on the number of threads: even slabs before odd ones.
  template <class Visit>
  void for_each_apart(Visit&& visit) const {
    run([](const void* v, const Batch& b, const Batch* next) { (*static_cast<const std::remove_reference_t<Visit>*>(v))(b, next); }, &visit);
  }

 private:
  std::size_t number(const Batch& b) const { return static_cast<std::size_t>(&b - batches_.data()); }
  void add_slab(const Mesh& mesh, std::vector<int> cells);
  void run(void (*visit)(const void*, const Batch&, const Batch*), const void* with) const;
  int lanes_ = 1;
  std::vector<Batch> batches_;
  std::vector<int> slab_begin_{0};  ///< first batch of each slab, and the end
  std::vector<int> order_;          ///< slabs as they are taken up: an odd one after both its neighbours
  std::vector<int> nodes_;
  std::unique_ptr<double[], AlignedDeleter> numbers_;
};

}  // namespace nerveload
