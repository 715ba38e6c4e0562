#include <gtest/gtest.h>
#include <sqlite3.h>

#include <fstream>

#include "postprocess/files.hpp"
#include "sweeps/sweep_explorer.hpp"
#include "tests/sweeps/sweep_fixture.hpp"

using namespace nerveload;
namespace fs = std::filesystem;
using nlohmann::json;

namespace {

/// A point with a profile of every column that a page needs, under the healthy ladder; the last force does not converge.
PointOutcome profiled_point(const PointTask& task) {
  PointOutcome o = tiny_point(task);
  const auto inputs = json::parse(task.inputs);
  const double force = inputs.at("load.force_N").get<double>(), place = inputs.at("roller.position_mm").get<double>();
  if (force > 249.0) {
    o.status = PointOutcome::Status::incomplete;
    return o;
  }
  json profile;
  for (double s = -50.0; s <= 100.0; s += 10.0) {
    const double kPa = 0.03 * force * std::exp(-std::pow((s - place) / 40.0, 2));
    profile["arc_length_mm"].push_back(s);
    profile["compression_kPa"].push_back(kPa);
    profile["compression_utilisation"].push_back(kPa / 2.66644);
    profile["strain_percent"].push_back(2.0);
    profile["tension_utilisation"].push_back(0.4);
  }
  o.profile = profile.dump();
  return o;
}

/// A finished sweep of those points, changed by a statement of SQL.
fs::path changed_sweep(const ScratchFolder& folder, const std::string& statement) {
  const fs::path out = folder.path() / "out";
  run_sweep(tiny_plan(3), out, profiled_point, {});
  sqlite3* db = nullptr;
  EXPECT_EQ(sqlite3_open((out / store_name).c_str(), &db), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(db, statement.c_str(), nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(db);
  sqlite3_close(db);
  return out;
}

}  // namespace

TEST(SweepExplorer, HoldsEveryPointAndTheLadderOfTheBase) {
  const ScratchFolder folder;
  const fs::path out = folder.path() / "out";
  run_sweep(tiny_plan(3), out, profiled_point, {});
  EXPECT_EQ(write_explorer(SweepStore::read(out / store_name), out), "");
  const std::string page = text_of_file(out / "explorer.html");
  EXPECT_TRUE(page.ends_with("</html>\n"));
  EXPECT_NE(page.find("8 of 12 settings were computed to their end"), std::string::npos);
  const std::string start = "id=\"data\">";
  const std::size_t from = page.find(start) + start.size();
  const json table = json::parse(page.substr(from, page.find("</script>", from) - from));
  EXPECT_EQ(table["points"].size(), 12u);
  EXPECT_EQ(table["inputs"][0]["levels"], json::parse("[50.0, 150.0, 250.0]"));
  EXPECT_EQ(table["inputs"][1]["unit"], "mm");
  EXPECT_NEAR(table["levels"][0]["healthy"]["compression_kPa"].get<double>(), 2.66644, 1e-9);
  EXPECT_EQ(table["columns"].size(), 1u);
}

TEST(SweepExplorer, SaysWhyThereIsNone) {
  const ScratchFolder folder;
  const fs::path out = folder.path() / "out";
  run_sweep(tiny_plan(2), out, tiny_point, {});  // its profiles lack columns
  const std::string why = write_explorer(SweepStore::read(out / store_name), out);
  EXPECT_NE(why.find("no explorer.html: point"), std::string::npos) << why;
  EXPECT_FALSE(fs::exists(out / "explorer.html"));
}

TEST(SweepExplorer, ReportNamesAndOpensOnlyWhatThereIs) {
  const ScratchFolder folder;
  const fs::path out = folder.path() / "out", browser = folder.write("xdg-open", "#!/bin/sh\necho \"$1\" >>opened\n");
  fs::permissions(browser, fs::perms::owner_all);
  run_sweep(tiny_plan(2), out, tiny_point, {});  // its profiles lack columns
  write_text(out / "explorer.html", "an earlier one");
  const ProgramResult r = run_program({"report", "out", "--open"}, folder.path(), "PATH=\"$PWD:$PATH\"");
  EXPECT_EQ(r.code, 0) << r.err;
  EXPECT_NE(r.err.find("no explorer.html"), std::string::npos) << r.err;
  EXPECT_EQ(r.out, "report: out/sweep_report.html\n");
  EXPECT_EQ(text_of_file(folder.path() / "opened"), (out / "sweep_report.html").string() + "\n");
}

TEST(SweepExplorer, OfAnotherVersionsPointsSaysSo) {
  const ScratchFolder folder;
  const fs::path out = changed_sweep(folder, "UPDATE point SET version = '0.0.1 (abc)' WHERE number < 3");
  EXPECT_EQ(write_explorer(SweepStore::read(out / store_name), out), "");
  EXPECT_NE(text_of_file(out / "explorer.html").find("computed by version 0.0.1 (abc) of nerveload"), std::string::npos);
}

TEST(SweepExplorer, DamagedPointsAreToldAndNoEarlierPageStandsForThem) {
  for (const char* damage : {"UPDATE point SET profile = substr(profile, 1, 40) WHERE number = 2", "UPDATE point SET inputs = '{}' WHERE number = 2",
                             "UPDATE meta SET value = '{}' WHERE key = 'design'"}) {
    const ScratchFolder folder;
    const fs::path out = changed_sweep(folder, damage);
    write_text(out / "explorer.html", "an earlier one");
    const std::string why = write_explorer(SweepStore::read(out / store_name), out);
    EXPECT_TRUE(why.starts_with("no explorer.html: ")) << damage << ": " << why;
    EXPECT_FALSE(fs::exists(out / "explorer.html")) << damage;
  }
}

TEST(SweepExplorer, ReportOfADamagedStoreNamesIt) {
  const ScratchFolder folder;
  const fs::path out = changed_sweep(folder, "DROP TABLE meta");
  const ProgramResult headless = run_program({"report", out.string()}, folder.path());
  EXPECT_EQ(headless.code, 4) << headless.out << headless.err;
  EXPECT_NE(headless.err.find((out / store_name).string()), std::string::npos) << headless.err;
  std::ofstream(out / store_name, std::ios::binary) << "SQLite format 3 cut off";
  const ProgramResult cut = run_program({"report", out.string()}, folder.path());
  EXPECT_EQ(cut.code, 4) << cut.out << cut.err;
  EXPECT_NE(cut.err.find((out / store_name).string()), std::string::npos) << cut.err;
}
