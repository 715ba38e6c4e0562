#include "sweeps/sweep_store.hpp"

#include <sqlite3.h>

#include <nlohmann/json.hpp>
#include <optional>

#include "postprocess/files.hpp"

namespace nerveload {
namespace fs = std::filesystem;
namespace {

using json = nlohmann::ordered_json;
constexpr int busy_ms = 10'000;
constexpr int application_id = 0x6e6c7377;  // "nlsw"

std::string quoted(const std::string& text, char quote) {
  std::string all(1, quote);
  for (const char c : text) all += c == quote ? std::string(2, quote) : std::string(1, c);
  return all + quote;
}

[[noreturn]] void fail(sqlite3* db, const fs::path& file, const std::string& doing) {
  throw OutputError("cannot " + doing + " the store '" + file.string() + "': " + (db ? sqlite3_errmsg(db) : "out of memory"));
}

constexpr const char* touch = "SELECT count(*) FROM sqlite_master";

/// Who was killed while making a store leaves changes half-done and what was there before: only who may write can put it back.
void put_back_what_was_cut_off(sqlite3* reader, const fs::path& file) {
  if (sqlite3_exec(reader, touch, nullptr, nullptr, nullptr) == SQLITE_OK || sqlite3_extended_errcode(reader) != SQLITE_READONLY_ROLLBACK) return;
  sqlite3* writer = nullptr;
  if (sqlite3_open_v2(file.c_str(), &writer, SQLITE_OPEN_READWRITE, nullptr) == SQLITE_OK) {
    sqlite3_busy_timeout(writer, busy_ms);
    sqlite3_exec(writer, touch, nullptr, nullptr, nullptr);
  }
  sqlite3_close(writer);
}

/// A column for each input beside the rest, for people who open the file.
std::string result_view(const std::vector<std::string>& keys) {
  std::string sql = "CREATE VIEW result AS SELECT number";
  for (const std::string& key : keys) sql += ", json_extract(inputs, " + quoted("$.\"" + key + "\"", '\'') + ") AS " + quoted(key, '"');
  return sql + ", status, reason, figures, wall_s, cpu_s FROM point;";
}

}  // namespace

/// A prepared statement.
class StoreStatement {
 public:
  StoreStatement(sqlite3* db, const fs::path& file, const std::string& sql) : db_(db), file_(file) {
    if (sqlite3_prepare_v2(db, sql.c_str(), -1, &statement_, nullptr) != SQLITE_OK) fail(db, file, "use");
  }
  ~StoreStatement() { sqlite3_finalize(statement_); }
  StoreStatement(const StoreStatement&) = delete;
  StoreStatement& operator=(const StoreStatement&) = delete;
  void bind(int at, const std::string& text) { sqlite3_bind_text(statement_, at, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT); }
  void bind(int at, std::int64_t number) { sqlite3_bind_int64(statement_, at, number); }
  void bind(int at, double number) { sqlite3_bind_double(statement_, at, number); }
  /// @return whether there is a row
  bool step() {
    const int r = sqlite3_step(statement_);
    if (r != SQLITE_ROW && r != SQLITE_DONE) fail(db_, file_, "use");
    return r == SQLITE_ROW;
  }
  void reset() { sqlite3_reset(statement_); }
  std::int64_t integer(int column) const { return sqlite3_column_int64(statement_, column); }
  double number(int column) const { return sqlite3_column_double(statement_, column); }
  std::string text(int column) const {
    const auto* t = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    return t ? std::string(t, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))) : std::string();
  }

 private:
  sqlite3* db_;
  fs::path file_;
  sqlite3_stmt* statement_ = nullptr;
};

void SweepStore::Closer::operator()(sqlite3* db) const { sqlite3_close_v2(db); }

SweepStore::SweepStore(SweepStore&&) noexcept = default;
SweepStore::~SweepStore() = default;

std::unique_ptr<StoreStatement> SweepStore::statement(const std::string& sql) const {
  return std::make_unique<StoreStatement>(db_.get(), file_, sql);
}

SweepStore::SweepStore(fs::path file, bool writable, bool make, bool alone) : file_(std::move(file)) {
  sqlite3* db = nullptr;
  const int flags = (writable ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY) | (make ? SQLITE_OPEN_CREATE : 0);
  const int r = sqlite3_open_v2(file_.c_str(), &db, flags, nullptr);
  db_.reset(db);
  if (r != SQLITE_OK) fail(db, file_, "open");
  sqlite3_busy_timeout(db, busy_ms);
  if (!writable) {
    put_back_what_was_cut_off(db, file_);
    return;
  }
  // Shared memory does not reach over a network: who is alone with a file keeps its index to itself.
  if (alone) execute("PRAGMA locking_mode=EXCLUSIVE");
  execute("PRAGMA journal_mode=WAL");
  execute("PRAGMA synchronous=FULL");
}

void SweepStore::execute(const std::string& sql) const {
  if (sqlite3_exec(db_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail(db_.get(), file_, "write into");
}

bool SweepStore::exists(const fs::path& file) {
  std::error_code error;
  if (!fs::exists(file, error)) return false;
  if (fs::file_size(file, error) == 0 && !error) return false;
  const SweepStore store(file, false, false, false);
  StoreStatement tables(store.db_.get(), file, touch);
  tables.step();
  return tables.integer(0) > 0;
}

SweepStore SweepStore::create(const fs::path& file, const StoreHead& head, bool alone) {
  if (exists(file)) throw OutputError("there is a store already: '" + file.string() + "'");
  SweepStore store(file, true, true, alone);
  store.execute("BEGIN IMMEDIATE; PRAGMA application_id=" + std::to_string(application_id) + "; PRAGMA user_version=" + std::to_string(store_schema) +
                ";"
                "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;"
                "CREATE TABLE point (number INTEGER PRIMARY KEY, inputs TEXT NOT NULL, status TEXT NOT NULL, reason TEXT NOT NULL,"
                " figures TEXT NOT NULL, profile TEXT NOT NULL, scenario_sha256 TEXT NOT NULL, version TEXT NOT NULL, wall_s REAL NOT NULL, cpu_s "
                "REAL NOT NULL,"
                " led INTEGER NOT NULL, finished TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ'))) STRICT;" +
                result_view(head.keys));
  StoreStatement insert(store.db_.get(), file, "INSERT INTO meta VALUES (?1, ?2)");
  auto say = [&](const std::string& key, const std::string& value) {
    insert.bind(1, key);
    insert.bind(2, value);
    insert.step();
    insert.reset();
  };
  say("name", head.name);
  say("hash", head.hash);
  say("design", head.design);
  say("keys", json(head.keys).dump());
  say("answers", json(head.answers).dump());
  say("points", std::to_string(head.points));
  say("shard", std::to_string(head.shard));
  say("shards", std::to_string(head.shards));
  say("version", head.version);
  store.execute("COMMIT");
  store.head_ = head;
  return store;
}

void SweepStore::read_head() {
  auto pragma = [&](const char* name) {
    StoreStatement s(db_.get(), file_, std::string("PRAGMA ") + name);
    s.step();
    return s.integer(0);
  };
  if (pragma("application_id") != application_id) throw OutputError("'" + file_.string() + "' is not a store of a sweep");
  if (const auto schema = pragma("user_version"); schema > store_schema)
    throw OutputError("the store '" + file_.string() + "' has schema " + std::to_string(schema) + " of a newer program; this one knows " +
                      std::to_string(store_schema));
  std::map<std::string, std::string> said;
  StoreStatement rows(db_.get(), file_, "SELECT key, value FROM meta");
  while (rows.step()) said[rows.text(0)] = rows.text(1);
  try {
    head_ = {said.at("name"),
             said.at("hash"),
             said.at("design"),
             json::parse(said.at("keys")).get<std::vector<std::string>>(),
             json::parse(said.at("answers")).get<std::vector<std::string>>(),
             std::stoll(said.at("points")),
             std::stoi(said.at("shard")),
             std::stoi(said.at("shards")),
             said.at("version")};
  } catch (const std::exception&) {
    throw OutputError("the head of the store '" + file_.string() + "' is damaged");
  }
}

SweepStore SweepStore::open(const fs::path& file, bool alone) {
  if (!exists(file)) throw OutputError("there is no store '" + file.string() + "'");
  read(file);  // who is newer or somebody else's is left alone, to the byte
  SweepStore store(file, true, false, alone);
  store.read_head();
  // A disk that is full or read-only is told now.
  store.execute("INSERT OR REPLACE INTO meta VALUES ('opened', strftime('%Y-%m-%dT%H:%M:%fZ'))");
  return store;
}

SweepStore SweepStore::read(const fs::path& file) {
  if (!exists(file)) throw OutputError("there is no store '" + file.string() + "'");
  SweepStore store(file, false, false, false);
  store.read_head();
  return store;
}

bool SweepStore::has(std::int64_t number) const {
  if (!find_) find_ = statement("SELECT 1 FROM point WHERE number = ?1");
  find_->bind(1, number);
  const bool found = find_->step();
  find_->reset();
  return found;
}

std::map<std::string, std::int64_t> SweepStore::counts() const {
  std::map<std::string, std::int64_t> all;
  StoreStatement s(db_.get(), file_, "SELECT status, count(*) FROM point GROUP BY status");
  while (s.step()) all[s.text(0)] = s.integer(1);
  return all;
}

void SweepStore::put(std::span<const StoredPoint> rows) {
  if (rows.empty()) return;
  execute("BEGIN IMMEDIATE");
  try {
    StoreStatement s(db_.get(), file_,
                     "INSERT OR REPLACE INTO point (number, inputs, status, reason, figures, profile, scenario_sha256, version, wall_s, cpu_s, led)"
                     " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)");
    for (const StoredPoint& p : rows) {
      s.bind(1, p.number);
      int at = 2;
      for (const std::string* text : {&p.inputs, &p.status, &p.reason, &p.figures, &p.profile, &p.scenario_sha256, &p.version}) s.bind(at++, *text);
      s.bind(9, p.wall_s);
      s.bind(10, p.cpu_s);
      s.bind(11, std::int64_t(p.led));
      s.step();
      s.reset();
    }
    execute("COMMIT");
  } catch (...) {
    sqlite3_exec(db_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
    throw;
  }
}

std::int64_t SweepStore::forget_failed() {
  execute("DELETE FROM point WHERE status <> 'complete'");
  return sqlite3_changes64(db_.get());
}

void SweepStore::visit(const std::function<bool(const StoredPoint&)>& visit) const {
  StoreStatement s(
      db_.get(), file_,
      "SELECT number, inputs, status, reason, figures, profile, scenario_sha256, version, wall_s, cpu_s, led FROM point ORDER BY number");
  while (s.step())
    if (!visit({s.integer(0), s.text(1), s.text(2), s.text(3), s.text(4), s.text(5), s.text(6), s.text(7), s.number(8), s.number(9),
                s.integer(10) != 0}))
      return;
}

std::vector<std::string> SweepStore::figure_names() const {
  std::vector<std::string> names;
  StoreStatement s(db_.get(), file_, "SELECT j.key FROM point, json_each(point.figures) j GROUP BY j.key ORDER BY min(j.id)");
  while (s.step()) names.push_back(s.text(0));
  return names;
}

std::vector<std::string> SweepStore::versions() const {
  std::vector<std::string> all;
  StoreStatement s(db_.get(), file_, "SELECT DISTINCT version FROM point");
  while (s.step()) all.push_back(s.text(0));
  return all;
}

std::int64_t SweepStore::take_over(const fs::path& other) {
  read(other);
  StoreStatement attach(db_.get(), file_, "ATTACH ?1 AS other");
  attach.bind(1, fs::absolute(other).string());
  attach.step();
  attach.reset();
  std::int64_t taken = 0;
  try {
    execute(
        "BEGIN IMMEDIATE; DELETE FROM main.point WHERE status <> 'complete' AND number IN (SELECT number FROM other.point WHERE status = 'complete');"
        "INSERT OR IGNORE INTO main.point SELECT * FROM other.point");
    taken = sqlite3_changes64(db_.get());
    execute("COMMIT");
  } catch (...) {
    sqlite3_exec(db_.get(), "ROLLBACK; DETACH other", nullptr, nullptr, nullptr);
    throw;
  }
  execute("DETACH other");
  return taken;
}

void SweepStore::retitle(const std::string& name, const std::vector<std::string>& answers) {
  StoreStatement s(db_.get(), file_, "INSERT OR REPLACE INTO meta VALUES ('name', ?1), ('answers', ?2)");
  s.bind(1, name);
  s.bind(2, json(answers).dump());
  s.step();
  head_.name = name;
  head_.answers = answers;
}

void SweepStore::settle() { execute("PRAGMA wal_checkpoint(TRUNCATE)"); }

void SweepStore::copy_to(const std::filesystem::path& file) const { execute("VACUUM INTO " + quoted(file.string(), '\'')); }

}  // namespace nerveload
