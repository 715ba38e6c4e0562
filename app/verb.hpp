#pragma once
#include <boost/program_options.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace nerveload::app {

/// What the program ends with.
enum ExitCode { done = 0, internal_error = 1, not_as_expected = 1, wrong_input = 2, not_converged = 3, file_trouble = 4, interrupted = 130 };

/// The command line is wrong; `what()` says what is accepted.
struct UsageError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// One word after `nerveload`. To add a verb: one file with a function that returns one of these, one line in main.cpp.
struct Verb {
  std::string name;
  std::string arguments;  ///< "SCENARIO.toml [-o DIR]"
  std::string summary;    ///< one line
  std::string example;    ///< one command
  int (*run)(const Verb& verb, const std::vector<std::string>& words);
};

/// Parses the words of a verb with Boost.Program_options. `--help` prints the verb's page and gives nothing back: done.
/// @param options     the verb's named options (without --help)
/// @param positional  names of positional arguments, in order; the last takes all that are left
/// @throws UsageError naming the nearest known option
std::optional<boost::program_options::variables_map> parse_words(const Verb& verb, const std::vector<std::string>& words,
                                                                 const boost::program_options::options_description& options,
                                                                 const std::vector<std::string>& positional);

/// The one positional argument of that name. @throws UsageError when it is missing or given twice
std::string single(const boost::program_options::variables_map& map, const std::string& name, const std::string& what);

/// @throws UsageError  a name that is none of the known ones: `message`, what may be meant and what there is
void expect_known(const std::string& name, const std::vector<std::string>& known, const std::string& message);

/// Sends a file of another kind than "roller" (a scenario), "solid" or "sweep" to the verb that takes it. @throws UsageError
void want_kind(const std::string& file, const std::string& kind);

/// Runs at a time, a process each, and threads of each.
struct Parallelism {
  int jobs = 1, threads = 1;
};

/// A run a core, as far as memory goes: how many of a fidelity ("coarse") to have at a time.
int runs_side_by_side(const std::string& fidelity);

/// --jobs, and --threads or all cores shared out. @throws UsageError
Parallelism parallelism_of(const boost::program_options::variables_map& map, int default_jobs);

/// How many threads --threads asks for (all cores when it does not), set for whatever is solved from here on.
/// @throws UsageError  not from 1 to 1024
int use_threads(const boost::program_options::variables_map& map);

/// The level of the ladder that --level names. @throws UsageError
int level_of(const boost::program_options::variables_map& map);

/// The patches on top of a file, KEY=VALUE each: those of --set and, where it is given, that of --fidelity.
std::vector<std::string> patches(const boost::program_options::variables_map& map);

Verb run_verb();
Verb solve_verb();
Verb mesh_verb();
Verb check_verb();
Verb list_verb();
Verb export_verb();
Verb validate_verb();
Verb report_verb();
Verb sweep_verb();
Verb merge_verb();
Verb envelope_verb();
Verb claims_verb();
Verb advise_verb();

}  // namespace nerveload::app
