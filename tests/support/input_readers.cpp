#include "tests/support/input_readers.hpp"

#include <algorithm>
#include <typeinfo>

#include "postprocess/files.hpp"
#include "scenarios/claim.hpp"
#include "scenarios/input_error.hpp"
#include "scenarios/mesh_file.hpp"
#include "scenarios/read_scenario.hpp"
#include "scenarios/solid_model.hpp"
#include "sweeps/sweep_plan.hpp"
#include "sweeps/sweep_store.hpp"
#include "tests/support/run_program.hpp"

namespace nerveload {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> files_in(const fs::path& folder, const std::string& ending) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(NERVELOAD_SOURCE_DIR) / folder))
    if (entry.path().extension() == ending) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

void read_scenario_and_back(const std::string& text, const fs::path& file) {
  const std::string resolved = resolved_toml(read_scenario_text(text, file), false);
  if (resolved_toml(read_scenario_text(resolved, "resolved.toml"), false) != resolved) throw BrokenPromise("does not read back the same");
}

const fs::path& scratch() {
  static const ScratchFolder folder;
  return folder.path();
}

/// For readers that take a name: the text in a file of that kind.
fs::path written(const std::string& text, const fs::path& file) {
  const fs::path damaged = scratch() / ("damaged" + file.extension().string());
  std::ofstream(damaged, std::ios::binary) << text;
  return damaged;
}

void read_mesh(const std::string& text, const fs::path& file) {
  const Mesh mesh = read_mesh_file(written(text, file));
  for (const Cell& cell : mesh.cells)
    for (const int node : cell)
      if (static_cast<std::size_t>(node) >= mesh.X.size()) throw BrokenPromise("a cell has a node that is not there");
}

void read_store(const std::string& text, const fs::path& file) {
  const SweepStore store = SweepStore::read(written(text, file));
  store.counts();
  store.versions();
  store.figure_names();
  store.visit([](const StoredPoint&) { return true; });
}

InputReader mesh_reader(const std::string& kind) {
  std::vector<fs::path> examples = files_in("scenarios/solid", "." + kind);
  for (const fs::path& small : files_in("tests/fuzz/examples", "." + kind)) examples.push_back(small);
  return {"mesh_" + kind, examples, false, read_mesh};
}

/// A small store as a sweep leaves it.
fs::path finished_store() {
  const fs::path file = scratch() / "finished.sqlite";
  SweepStore store = SweepStore::create(file, {"two loads", std::string(64, 'a'), "{}", {"load.force_N"}, {"caution"}, 2, 1, 1, "1.0.0"});
  const StoredPoint point{
      0, "{\"load.force_N\":60}", "complete", "", "{\"nerve.peak_compression_kPa\":4.5}", "", std::string(64, 'b'), "1.0.0", 1.5, 1.4, true};
  StoredPoint failed = point;
  failed.number = 1;
  failed.status = "failed";
  failed.reason = "the mesh was refused";
  store.put(std::vector<StoredPoint>{point, failed});
  store.settle();
  return file;
}

}  // namespace

const std::vector<InputReader>& input_readers() {
  static const std::vector<InputReader> all{
      {"scenario", files_in("scenarios/library", ".toml"), true, read_scenario_and_back},
      {"solid", files_in("scenarios/solid", ".toml"), true, [](const std::string& text, const fs::path& file) { read_solid_text(text, file, {}); }},
      {"sweep", files_in("scenarios/sweeps", ".toml"), true, [](const std::string& text, const fs::path& file) { read_sweep_text(text, file); }},
      {"claim", files_in("scenarios/claims", ".toml"), true,
       [](const std::string& text, const fs::path& file) {
         read_claim(file.parent_path(), {{"claim.toml", text}});
       }},
      mesh_reader("inp"),
      mesh_reader("msh"),
      mesh_reader("vtk"),
      mesh_reader("vtu"),
      {"store", {finished_store()}, false, read_store},
  };
  return all;
}

bool is_read(const InputReader& reader, const std::string& text, const fs::path& file) {
  try {
    reader.read(text, file);
    return true;
  } catch (const InputError& e) {
    if (e.faults.empty()) throw BrokenPromise("refused without a fault");
    for (const InputFault& f : e.faults) {
      if (f.message.empty()) throw BrokenPromise("refused without words: " + to_string(f));
      if (reader.has_lines && f.place.line <= 0) throw BrokenPromise("a fault without a line: " + to_string(f));
    }
  } catch (const FileError&) {
  } catch (const OutputError&) {
  } catch (const BrokenPromise&) {
    throw;
  } catch (const std::exception& e) {
    throw BrokenPromise(std::string(typeid(e).name()) + ": " + e.what());
  }
  return false;
}

}  // namespace nerveload
