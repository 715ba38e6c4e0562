// How the pressure on the nerve grows with what a person weighs, from C++.
#include <cstdio>
#include <string>
#include <vector>

#include "postprocess/nerve_profile.hpp"
#include "scenarios/read_scenario.hpp"
#include "scenarios/simulate.hpp"

int main() {
  using namespace nerveload;
  for (const char* mass : {"60", "75", "90"}) {
    const std::vector<std::string> settings{"mesh.fidelity=coarse", std::string("subject.mass_kg=") + mass};
    const Scenario scenario = read_scenario("default", settings);
    const Simulation run = simulate(scenario);
    if (!run.results.complete) {
      std::fprintf(stderr, "%s kg: %s\n", mass, run.results.reason.c_str());
      return 1;
    }
    const NerveProfile& nerve = run.results.steps[run.results.governing_step].nerve;
    const Peak peak = peak_of(nerve, &NerveStation::compression_kPa);
    std::printf("%s kg: %.1f kPa at %.0f mm\n", mass, peak.value, peak.at_mm);
  }
}
