#include "sweeps/sweep_folder.hpp"

namespace nerveload {

const std::set<std::string>& sweep_names() {
  static const std::set<std::string> names = {
      "sweep.sqlite", "sweep.sqlite-wal", "sweep.sqlite-shm", "sweep.sqlite-journal", "sweep.lock",    "results.csv",  "results.jsonl",
      "sweep.pvd",    "points",           "pictures",         "sweep_report.html",    "explorer.html", "answers.json", "slurm"};
  return names;
}

}  // namespace nerveload
