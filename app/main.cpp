/// The command line: a table of verbs, exit codes, and messages for what goes wrong. Results go to stdout and files, the
/// rest to stderr.
#include <iostream>

#include "app/interrupt.hpp"
#include "app/verb.hpp"
#include "meshes/anatomy_mesh.hpp"
#include "postprocess/build_info.hpp"
#include "scenarios/input_error.hpp"
#include "scenarios/nearest.hpp"
#include "solver/base/memory.hpp"
#include "solver/elements/element_kernels.hpp"

namespace nerveload::app {
namespace {

std::vector<Verb> verbs() {
  return {run_verb(),      solve_verb(),  mesh_verb(),   check_verb(), list_verb(),  export_verb(), validate_verb(),
          envelope_verb(), advise_verb(), claims_verb(), sweep_verb(), merge_verb(), report_verb()};
}

void print_overview(std::ostream& out) {
  out << "nerveload: tissue stress around the sciatic nerve under a foam roller. For research and teaching, not diagnosis.\n\n";
  for (const Verb& v : verbs()) out << "  nerveload " << v.name << " " << v.arguments << "\n      " << v.summary << "\n";
  out << "\n  nerveload VERB --help     options and an example\n  nerveload --version      versions of the program and its libraries\n"
         "\nexit status: 0 done, 1 a figure is not as recorded or expected (or the program is at fault), 2 the input is wrong,\n"
         "3 the solve did not reach its end, 4 a file could not be read or written, 130 interrupted\n";
}

void print_version() {
  const BuildInfo info = build_info();
  std::cout << "nerveload " << info.version << " (" << info.git << ")\n";
  for (const auto& [name, version] : info.libraries) std::cout << "  " << name << " " << version << "\n";
}

int dispatch(const std::vector<std::string>& words) {
  if (words.empty() || words[0] == "--help" || words[0] == "-h" || words[0] == "help") {
    print_overview(words.empty() ? std::cerr : std::cout);
    return words.empty() ? wrong_input : done;
  }
  if (words[0] == "--version") {
    print_version();
    return done;
  }
  try {
    element_kernels();  // the environment may ask for some that this processor does not have
  } catch (const std::runtime_error& e) {
    throw UsageError(e.what());
  }
  std::vector<std::string> names;
  for (const Verb& v : verbs()) {
    if (v.name == words[0]) return v.run(v, {words.begin() + 1, words.end()});
    names.push_back(v.name);
  }
  throw UsageError("unknown verb " + words[0] + did_you_mean(words[0], names) + "\nsee nerveload --help");
}

}  // namespace
}  // namespace nerveload::app

int main(int argc, char** argv) {
  using namespace nerveload;
  app::end_at_stop_signals();
  try {
    const int code = app::dispatch({argv + 1, argv + argc});
    std::cout.flush();
    if (!std::cout) throw FileError("standard output: cannot be written");
    return code;
  } catch (const app::UsageError& e) {
    std::cerr << "nerveload: " << e.what() << "\n";
    return app::wrong_input;
  } catch (const InputError& e) {
    std::cerr << e.what() << "\n";
    return app::wrong_input;
  } catch (const MeshRefusal& e) {
    std::cerr << "nerveload: " << e.what() << "\n";
    return app::wrong_input;
  } catch (const FileError& e) {
    std::cerr << "nerveload: " << e.what() << "\n";
    return app::file_trouble;
  } catch (const InsufficientMemory& e) {
    std::cerr << "nerveload: " << e.what() << "\n";
    return app::not_converged;
  } catch (const std::bad_alloc&) {
    std::cerr << "nerveload: out of memory\n";
    return app::not_converged;
  } catch (const std::exception& e) {
    std::cerr << "nerveload: internal error: " << e.what() << "\n";
    return app::internal_error;
  }
}
