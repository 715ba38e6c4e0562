#include "scenarios/envelope.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <iostream>

#include "app/interrupt.hpp"
#include "app/kept_runs.hpp"
#include "app/status_line.hpp"
#include "app/verb.hpp"
#include "postprocess/files.hpp"
#include "postprocess/mesh_bias.hpp"
#include "postprocess/safe_rolling_page.hpp"
#include "postprocess/verdict.hpp"
#include "scenarios/input_error.hpp"
#include "scenarios/preset.hpp"
#include "scenarios/read_scenario.hpp"

namespace po = boost::program_options;

namespace nerveload::app {
namespace {

constexpr const char* axis_words = "numbers with commas between them, -60,0,60, or FROM:TO:COUNT";

std::vector<std::string> parts_of(const std::string& text, char between) {
  std::vector<std::string> parts;
  std::size_t from = 0;
  while (true) {
    const std::size_t to = text.find(between, from);
    parts.push_back(text.substr(from, to - from));
    if (to == std::string::npos) return parts;
    from = to + 1;
  }
}

double number(const std::string& option, const std::string& word) {
  double v = 0.0;
  const auto r = std::from_chars(word.data(), word.data() + word.size(), v);
  if (word.empty() || r.ec != std::errc() || r.ptr != word.data() + word.size() || !std::isfinite(v))
    throw UsageError("--" + option + " takes " + axis_words + "; found '" + word + "'");
  return v;
}

/// One axis of the grid; empty when the option is not given.
std::vector<double> axis(const po::variables_map& map, const std::string& option) {
  if (!map.count(option)) return {};
  const std::string text = map[option].as<std::string>();
  std::vector<double> values;
  if (const auto range = parts_of(text, ':'); range.size() > 1) {
    if (range.size() != 3) throw UsageError("--" + option + " takes " + axis_words + "; found '" + text + "'");
    const double from = number(option, range[0]), to = number(option, range[1]), count = number(option, range[2]);
    if (count != std::floor(count) || count < 2 || count > 1000)
      throw UsageError("--" + option + " takes FROM:TO:COUNT with a whole COUNT from 2 to 1000");
    for (int i = 0; i < count; ++i) values.push_back(from + (to - from) * i / (count - 1));
    return values;
  }
  for (const std::string& word : parts_of(text, ',')) values.push_back(number(option, word));
  return values;
}

std::vector<std::string> roller_kinds(const po::variables_map& map) {
  if (!map.count("rollers")) return {};
  std::vector<std::string> kinds = parts_of(map["rollers"].as<std::string>(), ',');
  const std::vector<std::string> known = preset_names("roller");
  for (const std::string& kind : kinds) expect_known(kind, known, "--rollers takes kinds of rollers with commas between them; found '" + kind + "'");
  return kinds;
}

double most_fraction_of(const po::variables_map& map) {
  const double v = map["up-to"].as<double>();
  if (!(v >= 0.01 && v <= 1.5)) throw UsageError("--up-to takes a share of body weight from 0.01 to 1.5");
  return v;
}

class ProgressLine {
 public:
  explicit ProgressLine(bool quiet) : line_(quiet) {}
  void show(const EnvelopeProgress& p) {
    const EnvelopePoint& at = *p.point;
    char place[160];
    std::snprintf(place, sizeof place, "[%d of %d] %+.0f mm, hip %.0f, knee %.0f, %s", p.number, p.of, at.position_mm, at.hip_flexion_deg,
                  at.knee_flexion_deg, at.roller.c_str());
    if (!p.ended) {
      line_.passing(std::string(place) + " …");
      started_ = p.elapsed_s;
      ++begun_;
      return;
    }
    char found[64] = "";
    if (at.status == "reached") std::snprintf(found, sizeof found, " at %.1f N by %s", *at.critical_force_N, at.governing.c_str());
    char times[64];
    std::snprintf(times, sizeof times, ", %.0f s, about %.0f s left", p.elapsed_s - started_, p.elapsed_s / begun_ * (p.of - p.number));
    line_.lasting(std::string(place) + ": " + at.status + found + (at.reason.empty() ? "" : ": " + at.reason) + times);
  }
  void finish() { line_.finish(); }

 private:
  StatusLine line_;
  double started_ = 0.0;
  int begun_ = 0;
};

int write_and_print(const Envelope& e, const std::filesystem::path& dir, std::size_t wanted, const std::string& command) {
  write_text(dir / "envelope.csv", envelope_csv(e));
  write_text(dir / "safe_rolling.md", safe_rolling_page(e, command));
  write_envelope_grids(e, dir / "envelope");
  std::filesystem::create_directories(dir / "pictures");
  const std::string undrawn = draw_envelope(e, dir / "pictures");
  std::cout << envelope_text(e) << "\n" << mesh_bias_text(e.fidelity) << "\n";
  for (const std::string& s : safety_texts()) std::cout << s << "\n";
  std::cout << "\nresults: " << dir.string() << "\n";
  if (!undrawn.empty()) std::cerr << "nerveload: no pictures: " << undrawn << "\n";
  if (e.points.size() < wanted) return interrupted;
  const bool failed = std::any_of(e.points.begin(), e.points.end(), [](const EnvelopePoint& p) { return p.status == "failed"; });
  return failed ? static_cast<int>(not_converged) : static_cast<int>(done);
}

int run(const Verb& verb, const std::vector<std::string>& words) {
  po::options_description options;
  options.add_options()("output,o", po::value<std::string>()->default_value("out/envelope")->value_name("DIR"), "folder for the results")(
      "positions", po::value<std::string>()->value_name("LIST"), "places along the nerve, mm: -60,0,60 or FROM:TO:COUNT (default: twelve)")(
      "hip", po::value<std::string>()->value_name("LIST"), "hip flexion, degrees (default: the scenario's)")(
      "knee", po::value<std::string>()->value_name("LIST"), "knee flexion, degrees (default: the scenario's)")(
      "rollers", po::value<std::string>()->value_name("KINDS"), "kinds of rollers: soft,standard,hard (default: the scenario's)")(
      "level", po::value<std::string>()->default_value("caution")->value_name("NAME"),
      "the level that must not be reached: caution, irritation or block")(
      "up-to", po::value<double>()->default_value(0.55, "0.55")->value_name("SHARE"), "greatest force asked about, as a share of body weight")(
      "set", po::value<std::vector<std::string>>()->composing()->value_name("KEY=VALUE"), "a patch on top of the file, as often as wanted")(
      "fidelity", po::value<std::string>()->value_name("coarse|standard|fine"), "mesh")(
      "resume", "keep the points that an earlier, stopped call of the same version worked out in DIR")(
      "threads", po::value<int>()->value_name("N"), "threads (default: all cores)")("force", "use DIR even if it holds other files")("quiet,q",
                                                                                                                                     "no progress");
  const auto map = parse_words(verb, words, options, {"file"});
  if (!map) return done;
  const std::string file = single(*map, "file", "a scenario file (or the name of a library scenario)");
  const EnvelopeGrid grid{axis(*map, "positions"), axis(*map, "hip"), axis(*map, "knee"), roller_kinds(*map)};
  EnvelopeOptions how;
  how.level = level_of(*map);
  how.most_fraction = most_fraction_of(*map);
  how.settings = patches(*map);
  how.threads = use_threads(*map);
  want_kind(file, "roller");
  const std::filesystem::path dir = (*map)["output"].as<std::string>();
  try {
    KeptRuns runs(*map, dir, {"envelope.csv", "envelope", "safe_rolling.md", "pictures"}, file);
    ProgressLine line(map->count("quiet") > 0);
    std::size_t wanted = 0;
    catch_stop_signals();
    how.stopped = stop_requested;
    how.observer = [&](const EnvelopeProgress& p) {
      runs.begin();
      wanted = static_cast<std::size_t>(p.of);
      line.show(p);
      return !stop_requested();
    };
    how.kept = [&](const std::string& key) { return runs.find(key); };
    how.keep = [&](const std::string& key, const RunFigures& figures) { runs.put(key, figures); };
    const Envelope found = find_envelope(file, grid, how);
    line.finish();
    std::string command = "nerveload envelope";
    for (std::size_t i = 0; i < words.size(); ++i) {  // what decides the answer, not where it goes
      if (words[i] == "-o" || words[i] == "--output" || words[i] == "--threads") ++i;
      else if (words[i] != "--resume" && words[i] != "--force" && words[i] != "-q" && words[i] != "--quiet") command += " " + words[i];
    }
    return write_and_print(found, dir, wanted, command);
  } catch (const OutputError& e) {
    throw FileError(e.what());
  }
}

}  // namespace

Verb envelope_verb() {
  return {"envelope",
          "SCENARIO.toml [-o DIR] [--positions LIST] [--hip LIST] [--knee LIST] [--rollers KINDS] [--level NAME] [--up-to SHARE] "
          "[--set KEY=VALUE]... [--fidelity coarse|standard|fine] [--resume] [--threads N] [--force]",
          "how hard a roller may press, place by place, before a level of the ladder is reached: the safe-rolling envelope",
          "nerveload envelope default --hip 30,60,90 --fidelity coarse -o out", run};
}

}  // namespace nerveload::app
