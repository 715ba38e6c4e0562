#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "sweeps/point.hpp"

struct sqlite3;

namespace nerveload {

class StoreStatement;

inline constexpr int store_schema = 1;
inline constexpr const char* store_name = "sweep.sqlite";

/// What a store says of itself.
struct StoreHead {
  std::string name;               ///< of the sweep
  std::string hash;               ///< of the design (SweepPlan)
  std::string design;             ///< as JSON
  std::vector<std::string> keys;  ///< of the inputs
  std::vector<std::string> answers;
  std::int64_t points = 0;  ///< of the whole design
  int shard = 1, shards = 1;
  std::string version;  ///< of the program that made it
};

/// A row of a store.
struct StoredPoint {
  std::int64_t number = 0;
  std::string inputs;  ///< JSON object
  std::string status, reason;
  std::string figures, profile;  ///< JSON objects; the profile may be empty
  std::string scenario_sha256, version;
  double wall_s = 0.0, cpu_s = 0.0;
  bool led = false;
};

/// The points of a sweep that have been computed: one SQLite file in write-ahead mode. A row is there whole or not at all; what is committed
/// outlives the process and the power. The table `point` has a row a point, `meta` what StoreHead says; the view `result` a column an input.
class SweepStore {
 public:
  /// Makes a new store. @throws OutputError  there is one already, or nothing can be written there
  /// @param alone  nobody else looks at it meanwhile; needed on a network's file system
  static SweepStore create(const std::filesystem::path& file, const StoreHead& head, bool alone = false);
  /// Opens one to go on. @throws OutputError  is none, is of a newer schema, cannot be written
  static SweepStore open(const std::filesystem::path& file, bool alone = false);
  /// Opens one to read.
  static SweepStore read(const std::filesystem::path& file);
  /// Whether there is a store: a file that was left before its head was committed is none.
  static bool exists(const std::filesystem::path& file);

  SweepStore(SweepStore&&) noexcept;
  ~SweepStore();

  const StoreHead& head() const { return head_; }
  bool has(std::int64_t number) const;
  /// Numbers of rows by status.
  std::map<std::string, std::int64_t> counts() const;
  /// Adds rows in one transaction, on disk when this returns; a point that is there already is replaced. @throws OutputError
  void put(std::span<const StoredPoint> rows);
  /// Takes the rows away that are not complete. @return how many
  std::int64_t forget_failed();
  /// Every row by number until false comes back.
  void visit(const std::function<bool(const StoredPoint&)>& visit) const;
  /// Names of all figures that a row has, in the order of the first.
  std::vector<std::string> figure_names() const;
  /// Different versions of the program among the rows.
  std::vector<std::string> versions() const;
  /// Adds the rows of another store that this one lacks or has without success. @return how many
  std::int64_t take_over(const std::filesystem::path& other);
  /// Another name and other figures to answer for: neither decides what was computed. @throws OutputError
  void retitle(const std::string& name, const std::vector<std::string>& answers);
  /// Puts everything into the one file, so that it can be copied.
  void settle();
  /// Writes all of it as it is now into a new file. @throws OutputError
  void copy_to(const std::filesystem::path& file) const;

  const std::filesystem::path& file() const { return file_; }

 private:
  struct Closer {
    void operator()(sqlite3* db) const;
  };
  SweepStore(std::filesystem::path file, bool writable, bool make, bool alone);
  std::unique_ptr<StoreStatement> statement(const std::string& sql) const;
  void execute(const std::string& sql) const;
  void read_head();

  std::filesystem::path file_;
  std::unique_ptr<sqlite3, Closer> db_;
  mutable std::unique_ptr<StoreStatement> find_;
  StoreHead head_;
};

}  // namespace nerveload
