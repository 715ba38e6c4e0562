#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <sstream>

#include "postprocess/files.hpp"
#include "postprocess/report/page_data.hpp"
#include "postprocess/report/words.hpp"
#include "postprocess/write_report.hpp"
#include "postprocess/write_results.hpp"
#include "tests/support/block_results.hpp"
#include "tests/support/scratch_folder.hpp"

namespace nerveload {
namespace {
namespace fs = std::filesystem;
using nlohmann::json;

/// What a browser takes for elements: scripts and styles have no tags inside. @return why it is not well-formed; empty = it is
std::string fault_in(const std::string& page) {
  static const std::set<std::string> empty = {"meta", "input", "img", "br", "link"};
  const std::regex tag("^<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:\\s+[a-zA-Z][a-zA-Z0-9-]*(?:=\"[^\"<]*\")?)*)\\s*(/?)>");
  std::vector<std::string> open;
  for (std::size_t at = page.find('<', page.find('>')); at != std::string::npos; at = page.find('<', at + 1)) {
    std::smatch m;
    // Attributes may be long (a picture): a bounded piece first, the regular expression only on names.
    const std::size_t end = page.find('>', at);
    if (end == std::string::npos) return "a tag without an end";
    const std::string piece = end - at > 2000 ? page.substr(at, 60) : page.substr(at, end - at + 1);
    if (end - at <= 2000 && !std::regex_search(piece, m, tag)) return "no tag: " + piece.substr(0, 80);
    if (end - at > 2000) continue;
    const std::string name = m[2];
    if (m[1].length() == 1) {
      if (open.empty() || open.back() != name) return "</" + name + "> closes " + (open.empty() ? "nothing" : open.back());
      open.pop_back();
    } else if (m[4].length() == 0 && !empty.contains(name)) {
      open.push_back(name);
      if (name == "script" || name == "style") {
        at = page.find("</" + name, at);
        if (at == std::string::npos) return name + " has no end";
        --at;
      }
    }
  }
  return open.empty() ? "" : open.back() + " has no end";
}

json data_of(const std::string& page) {
  const std::string start = "<script type=\"application/json\" id=\"data\">";
  const std::size_t from = page.find(start) + start.size(), to = page.find("</script>", from);
  return json::parse(page.substr(from, to - from));
}

struct Report : ::testing::Test {
  static void SetUpTestSuite() {
    block = new BlockResults;
    block->results.name = "a <b>bold</b> & \"quoted\" name";
    block->results.pictures = false;
    block->results.story.facts = {{"Posture", "hip bent by 60° </script>"}};
    dir = new ScratchFolder;
    remarks = write_results(block->results, dir->path());
  }
  static void TearDownTestSuite() {
    delete dir;
    delete block;
  }
  /// A copy of the folder for a test to damage.
  struct Copy : ScratchFolder {
    Copy() { fs::copy(dir->path(), path(), fs::copy_options::recursive | fs::copy_options::overwrite_existing); }
  };
  static std::string refusal(const fs::path& folder) {
    try {
      rebuild_report(folder, false);
    } catch (const OutputError& e) {
      return e.what();
    }
    return "";
  }
  static inline BlockResults* block = nullptr;
  static inline ScratchFolder* dir = nullptr;
  static inline std::vector<std::string> remarks;
};

TEST_F(Report, IsOneWellFormedPageThatNeedsNothingElse) {
  EXPECT_TRUE(remarks.empty());
  const std::string page = text_of_file(dir->path() / "report.html");
  ASSERT_GT(page.size(), 100000u);
  EXPECT_TRUE(page.starts_with("<!doctype html>"));
  EXPECT_TRUE(page.ends_with("</html>\n"));
  EXPECT_EQ(fault_in(page), "");
  EXPECT_EQ(page.substr(0, page.find("<script")).find("{{"), std::string::npos);
  const std::regex outside("(?:src|href)=\"(?!data:|#)[^\"]*\"");
  const std::string body = page.substr(0, page.find("<script type"));
  std::smatch found;
  EXPECT_FALSE(std::regex_search(body, found, outside)) << found.str();
  EXPECT_NE(page.find("default-src 'none'"), std::string::npos);
  EXPECT_LT(page.size(), 10u << 20);
}

TEST_F(Report, SaysWhatItMust) {
  const std::string page = text_of_file(dir->path() / "report.html");
  EXPECT_NE(page.find(html(block->results.verdict.text)), std::string::npos);
  EXPECT_NE(page.find("<h1>a &lt;b&gt;bold&lt;/b&gt; &amp; &quot;quoted&quot; name</h1>"), std::string::npos);
  EXPECT_NE(page.find("hip bent by 60° &lt;/script&gt;"), std::string::npos);
  for (const std::string& safety : safety_texts()) EXPECT_NE(page.find(html(safety)), std::string::npos) << safety;
  for (const char* part : {"rydevik1981</b>: Rydevik, B.; Lundborg, G.; Bagge, U.: Effects of graded compression", "class=\"roller\"",
                           "class=\"nerve\"", "What the model does not know", "schema = 1"})
    EXPECT_NE(page.find(part), std::string::npos) << part;
  EXPECT_EQ(page.find("did not reach its end"), std::string::npos);
  EXPECT_TRUE(fs::exists(dir->path() / "view.py"));
}

TEST_F(Report, DataFitTogether) {
  const json data = data_of(text_of_file(dir->path() / "report.html"));
  const std::size_t frames = block->results.steps.size();
  ASSERT_EQ(data["frames"].size(), frames);
  EXPECT_EQ(data["history"].size(), frames);
  EXPECT_EQ(data["frames"][data["governing"].get<std::size_t>()]["step"], block->results.governing_step);
  const std::size_t stations = data["stations"]["arc_length_mm"].size();
  EXPECT_EQ(stations, block->results.steps[0].nerve.stations.size());
  for (const json& frame : data["frames"])
    for (const auto& [name, column] : frame["nerve"].items()) EXPECT_EQ(column.size(), stations) << name;
  const std::map<std::string, std::size_t> width = {{"u8", 1}, {"u16", 2}, {"u32", 4}};
  std::set<std::string> names;
  for (const json& s : data["model"]["surfaces"]) {
    names.insert(s["name"]);
    ASSERT_FALSE(s["xyz"].empty());
    for (const json& reference : s["xyz"]) {
      EXPECT_EQ(reference["count"], s["xyz"][0]["count"]);
      EXPECT_LE(reference["at"].get<std::size_t>() + reference["count"].get<std::size_t>() * width.at(reference["type"]),
                data["model"]["packed"]["bytes"].get<std::size_t>());
    }
    EXPECT_TRUE(s["xyz"].size() == frames || s["name"] == "bones");
    EXPECT_EQ(s["triangles"]["count"].get<std::size_t>() % 3, 0u);
    for (const auto& [field, values] : s["values"].items()) {
      EXPECT_EQ(values.size(), frames) << field;
      EXPECT_EQ(values[0]["count"].get<std::size_t>() * 3, s["xyz"][0]["count"].get<std::size_t>());
    }
  }
  EXPECT_EQ(names, (std::set<std::string>{"skin", "cut", "nerve", "bones", "roller"}));
  EXPECT_EQ(data["model"]["fields"].size(), 3u);
}

TEST_F(Report, IsTheSameAgainFromTheFolderAlone) {
  const Copy copy;
  const std::string first = text_of_file(dir->path() / "report.html");
  fs::remove(copy.path() / "report.html");
  rebuild_report(copy.path(), false);
  EXPECT_TRUE(first == text_of_file(copy.path() / "report.html"));
}

TEST_F(Report, OfAnIncompleteRunSaysSo) {
  Results r = block->results;
  r.complete = false;
  r.reason = "pressing did not converge";
  const ScratchFolder folder;
  write_results(r, folder.path());
  const std::string page = text_of_file(folder.path() / "report.html");
  EXPECT_NE(page.find("did not reach its end (pressing did not converge)"), std::string::npos);
}

TEST_F(Report, OfAnotherVersionSaysSo) {
  const Copy copy;
  json summary = json::parse(text_of_file(copy.path() / "summary.json"));
  summary["provenance"]["version"] = "0.0.1";
  write_text(copy.path() / "summary.json", summary.dump());
  rebuild_report(copy.path(), false);
  EXPECT_NE(text_of_file(copy.path() / "report.html").find("computed by version 0.0.1 of nerveload"), std::string::npos);
}

TEST_F(Report, WithoutFieldsOrRollerIsStillWhole) {
  Results r = block->results;
  r.fields = {"von_mises"};
  r.roller = nullptr;
  r.steps.resize(2);
  judge_results(r);
  const ScratchFolder folder;
  EXPECT_TRUE(write_results(r, folder.path()).empty());
  json model = data_of(text_of_file(folder.path() / "report.html"))["model"];
  EXPECT_EQ(model["displaced"], true);
  EXPECT_EQ(model["fields"].size(), 3u);
  // From what was kept:
  const std::vector<std::string> said = rebuild_report(folder.path());
  ASSERT_EQ(said.size(), 1u);
  EXPECT_NE(said[0].find("output.fields"), std::string::npos) << said[0];
  const std::string page = text_of_file(folder.path() / "report.html");
  EXPECT_EQ(fault_in(page), "");
  model = data_of(page)["model"];
  EXPECT_EQ(model["displaced"], false);
  EXPECT_EQ(model["fields"].size(), 1u);
}

TEST_F(Report, IsLeftOutWhenItIsNotWanted) {
  Results r = block->results;
  r.report = false;
  const ScratchFolder folder;
  write_results(r, folder.path());
  EXPECT_FALSE(fs::exists(folder.path() / "report.html"));
}

TEST_F(Report, NamesTheFileThatIsMissingOrDamaged) {
  for (const char* file : {"summary.json", "scenario.toml", "history.csv", "tissue.pvd", "nerve.pvd", "roller.pvd", "bones.vtp",
                           "tissue/tissue_0002.vtu", "nerve/nerve_0001.vtp", "roller/roller_0003.vtp"}) {
    const Copy copy;
    fs::remove(copy.path() / file);
    EXPECT_NE(refusal(copy.path()).find(file), std::string::npos) << file << ": " << refusal(copy.path());
    EXPECT_EQ(text_of_file(copy.path() / "report.html").size(), text_of_file(dir->path() / "report.html").size());
    if (std::string(file) == "scenario.toml") continue;  // text of any kind is shown
    fs::copy(dir->path() / file, copy.path() / file);
    fs::resize_file(copy.path() / file, fs::file_size(copy.path() / file) * 2 / 3);
    EXPECT_NE(refusal(copy.path()).find(file), std::string::npos) << file << " cut off: " << refusal(copy.path());
  }
  EXPECT_NE(refusal(dir->path() / "nowhere").find("nowhere"), std::string::npos);
}

TEST_F(Report, NamesWhatIsWrongInASummary) {
  auto with = [&](const std::function<void(json&)>& change) {
    const Copy copy;
    json summary = json::parse(text_of_file(copy.path() / "summary.json"));
    change(summary);
    write_text(copy.path() / "summary.json", summary.dump());
    return refusal(copy.path());
  };
  EXPECT_NE(with([](json& s) { s["schema"] = 2; }).find("schema 2"), std::string::npos);
  EXPECT_NE(with([](json& s) { s.erase("scenario"); }).find("\"scenario/side\""), std::string::npos);
  EXPECT_NE(with([](json& s) { s["nerve"].erase("peak_strain_at_mm"); }).find("nerve.peak_strain_at_mm"), std::string::npos);
  EXPECT_NE(with([](json& s) { s["governing_step"] = 77; }).find("tissue.pvd"), std::string::npos);
  EXPECT_NE(with([](json& s) { s["thresholds"] = 3; }).find("summary.json"), std::string::npos);
  EXPECT_NE(with([](json& s) { s["verdict"]["text"] = nullptr; }).find("verdict.text"), std::string::npos);
}

TEST(ReportWords, EscapeAndRound) {
  EXPECT_EQ(html("<a href='x'>&\"\x01"), "&lt;a href=&#39;x&#39;&gt;&amp;&quot;");
  EXPECT_EQ(figure(-0.04, 1), "0.0");
  EXPECT_EQ(figure(-1.25, 0), "−1");
  EXPECT_EQ(figure(1.0 / 0.0, 1), "–");
  EXPECT_EQ(place_words(-26.4), "26 mm above the sitting bone");
  EXPECT_EQ(json_for_page({{"a", "</script>"}}).find('<'), std::string::npos);
}

TEST(ReportWords, ResolveTheKeysOfTheLadder) {
  std::string keys;
  for (const ThresholdLevel& l : ThresholdLadder::defaults()) keys += l.source + " ";
  const std::vector<Reference> works = references_in(keys);
  ASSERT_GE(works.size(), 9u);
  for (const Reference& r : works) EXPECT_GT(r.text.size(), 30u) << r.key;
  EXPECT_TRUE(references_in("nobody1999").empty());
  EXPECT_EQ(references_in("dahlin1986jbe, dahlin1986jbe")[0].doi, "10.1115/1.3138590");
}

}  // namespace
}  // namespace nerveload
