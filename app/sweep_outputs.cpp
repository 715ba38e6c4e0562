#include "app/sweep_outputs.hpp"

#include <iostream>

#include "sweeps/sweep_explorer.hpp"
#include "sweeps/sweep_report.hpp"
#include "sweeps/sweep_tables.hpp"

namespace nerveload::app {

void write_sweep_outputs(const std::filesystem::path& dir, bool report) {
  const SweepStore store = SweepStore::read(dir / store_name);
  // Tables first: they need nothing but the store.
  if (const std::string remark = write_tables(store, dir); !remark.empty()) std::cerr << "nerveload: " << remark << "\n";
  if (!report) return;
  if (const std::string remark = write_explorer(store, dir); !remark.empty()) std::cerr << "nerveload: " << remark << "\n";
  for (const std::string& remark : write_sweep_report(store, dir)) std::cerr << "nerveload: " << remark << "\n";
}

}  // namespace nerveload::app
