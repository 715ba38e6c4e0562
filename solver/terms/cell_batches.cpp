#include "solver/terms/cell_batches.hpp"

#include <algorithm>
#include <atomic>
#include <thread>

#include "solver/slabs.hpp"

namespace nerveload {

CellBatches::CellBatches(const Mesh& mesh, int lanes) : lanes_(lanes) {
  // Enough cells in a slab for a batch of every region to be worth its name, and enough slabs for many threads.
  const int least = std::max(8 * lanes, static_cast<int>(mesh.cells.size()) / 128);
  for (std::vector<int>& slab : slabs(mesh, least)) {
    add_slab(mesh, std::move(slab));
    slab_begin_.push_back(static_cast<int>(batches_.size()));
  }
  const int count = static_cast<int>(slab_begin_.size()) - 1;
  for (int even = 0; even < count; even += 2) {
    order_.push_back(even);
    if (even > 0) order_.push_back(even - 1);
  }
  if (count % 2 == 0 && count > 0) order_.push_back(count - 1);

  const std::size_t size = (batches_.empty() ? 0 : batches_.back().first + 3 * (batches_.back().nodes + batches_.size())) * lanes_;
  numbers_.reset(static_cast<double*>(::operator new[](std::max<std::size_t>(size, 1) * sizeof(double), std::align_val_t{64})));
  nodes_.resize(size / 3);
  for (const Batch& b : batches_) {
    int* nodes = nodes_.data() + b.first / 3 * lanes_;
    double* X = numbers_.get() + (b.first + 3 * number(b)) * lanes_;
    for (int lane = 0; lane < lanes_; ++lane) {
      const int cell = b.cell[lane];
      for (int n = 0; n < b.nodes; ++n) {
        const int node = mesh.cells[cell][n];
        nodes[n * lanes_ + lane] = node;
        for (int i = 0; i < 3; ++i) X[(3 * n + i) * lanes_ + lane] = mesh.X[node][i];
      }
      for (int i = 0; i < 3; ++i) X[(3 * b.nodes + i) * lanes_ + lane] = mesh.fibre.empty() ? (i == 0 ? 1.0 : 0.0) : mesh.fibre[cell][i];
    }
  }
}

void CellBatches::add_slab(const Mesh& mesh, std::vector<int> cells) {
  auto kind = [&](int c) { return std::pair(mesh.region[c], mesh.cells[c].size()); };
  std::stable_sort(cells.begin(), cells.end(), [&](int a, int b) { return kind(a) < kind(b); });
  for (std::size_t k = 0; k < cells.size();) {
    Batch b{{},
            0,
            batches_.empty() ? 0 : batches_.back().first_cell + batches_.back().count,
            mesh.cells[cells[k]].size(),
            batches_.empty() ? 0 : batches_.back().first + 3 * batches_.back().nodes};
    const auto own = kind(cells[k]);
    for (; k < cells.size() && b.count < lanes_ && kind(cells[k]) == own; ++k) b.cell[b.count++] = cells[k];
    std::fill(b.cell.begin() + b.count, b.cell.end(), b.cell[b.count - 1]);
    batches_.push_back(b);
  }
}

void CellBatches::run(void (*visit)(const void*, const Batch&, const Batch*), const void* with) const {
  const int count = static_cast<int>(order_.size());
  std::vector<std::atomic<bool>> done(count);
  std::atomic<int> next = 0;
  auto wait_for = [&](int slab) {
    if (slab < count)
      while (!done[slab].load(std::memory_order_acquire)) std::this_thread::yield();
  };
#pragma omp parallel
  for (int k; (k = next.fetch_add(1, std::memory_order_relaxed)) < count;) {
    const int slab = order_[k];
    if (slab % 2 == 1) {
      wait_for(slab - 1);
      wait_for(slab + 1);
    }
    const int end = slab_begin_[slab + 1];
    for (int b = slab_begin_[slab]; b < end; ++b) visit(with, batches_[b], b + 1 < end ? &batches_[b + 1] : nullptr);
    done[slab].store(true, std::memory_order_release);
  }
}

}  // namespace nerveload
