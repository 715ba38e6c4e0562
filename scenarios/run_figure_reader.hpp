#pragma once
#include <filesystem>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/compared_figure.hpp"
#include "scenarios/input.hpp"
#include "scenarios/preset.hpp"

namespace nerveload {

/// One simulation that a file of cases asks for: a leg scenario or a solid model, patched.
struct CaseRun {
  std::string name;
  std::string file;                   ///< in the case's folder
  std::vector<std::string> settings;  ///< KEY=VALUE each
};

/// Texts of .toml files by their folder and name.
using FolderTexts = std::map<std::filesystem::path, std::map<std::string, std::string>>;
/// Of files built into the program, in folders of `root`.
FolderTexts by_folder(const EmbeddedFiles& files, const std::filesystem::path& root);
/// Of the folders in a folder. @throws FileError
FolderTexts toml_by_folder(const std::filesystem::path& folder);

/// What the folders with a file of that name hold, each read by `read(folder, texts)`; all faults at once, and no id twice.
/// @param what  one of them in words: "case"
/// @throws InputError
template <class Read>
auto read_folders(const FolderTexts& folders, const std::string& name, const std::string& what, Read read) {
  std::vector<decltype(read(folders.begin()->first, folders.begin()->second))> all;
  std::vector<InputFault> faults;
  std::set<std::string> ids;
  std::optional<std::filesystem::path> repeated;
  for (const auto& [path, texts] : folders) {
    if (!texts.contains(name)) continue;
    try {
      all.push_back(read(path, texts));
      if (!ids.insert(all.back().id).second && !repeated) repeated = path / name;
    } catch (const InputError& e) {
      faults.insert(faults.end(), e.faults.begin(), e.faults.end());
    }
  }
  if (!faults.empty()) throw InputError(std::move(faults));
  if (repeated) throw InputError({repeated->string(), 0, 0}, "another " + what + " has the same id");
  return all;
}

/// A unit and what it measures.
struct UnitOf {
  Dimension dimension = Dimension::none;
  std::string suffix;
  double factor = 1.0;
};
UnitOf unit_of(std::string_view suffix);

/// Any number, of a bound that may be left out.
inline const Range any_number{-std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity(), {}};

/// The words that files of cases share: [[run]] tables, figures of runs by name, what is worked out from them, spans in their unit.
/// What is wrong becomes a fault of the table it stands in.
class RunFigureReader {
 public:
  /// @param runs   what the runs read are added to  @param texts  files of the case by name, where runs may come from
  RunFigureReader(std::vector<CaseRun>& runs, std::map<std::string, std::string>& texts) : runs_(runs), texts_(texts) {}

 protected:
  static void missing(TableReader& t, const std::string& key, const std::string& message);
  static std::string required_text(TableReader& t, const std::string& key);
  /// A name that goes into file names and tables.
  static std::string required_name(TableReader& t, const std::string& key);

  /// { name, file or scenario, set }: `scenario` is the name of a library scenario.
  void read_run(TableReader& t);
  std::string run_name(TableReader& t, const std::string& key) const;
  void check_run(TableReader& t, const std::string& key, const std::string& name) const;
  static std::string figure(TableReader& t, const std::string& key);

  /// { run, figure } and one of minus, over, change_from.
  void read_figures(TableReader& t, ComparedFigure& q) const;
  /// After the unit is known. { crossing = { runs, at, level } }.
  void read_crossing(TableReader& t, ComparedFigure& q) const;
  /// The unit that one of the keys `stems` is written in: the figure's dimension decides what it may be; a figure without one takes any.
  static UnitOf written_unit(TableReader& t, const ComparedFigure& q, std::initializer_list<const char*> stems);
  static void read_span(TableReader& t, const char* key, const UnitOf& unit, double& low, double& high);

 private:
  std::string library_file(TableReader& t);

  std::vector<CaseRun>& runs_;
  std::map<std::string, std::string>& texts_;
};

}  // namespace nerveload
