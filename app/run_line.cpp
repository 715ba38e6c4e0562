#include "app/run_line.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "solver/base/units.hpp"

namespace nerveload::app {
namespace {

std::string phase_words(const Progress& p) {
  const char* phases[] = {"reference", "pose", "press", "stroke", "hold"};
  const char* stages[] = {"neutral ", "coarser ", ""};
  return std::string(stages[static_cast<int>(p.stage)]) + phases[static_cast<int>(p.step->phase)];
}

/// From the part of the load, which rises with about the square of the way; empty where there is nothing to go by.
std::string left_words(const Progress& p) {
  char left[32] = "";
  if (p.stage == Progress::Stage::loading && p.part > 0.05 && p.part < 1.0)
    std::snprintf(left, sizeof left, ", about %.0f s left", p.elapsed_s * (1.0 / std::sqrt(p.part) - 1.0));
  return left;
}

}  // namespace

void RunLine::show(const NewtonIteration& i) {
  if (verbose_) {
    char text[80];
    std::snprintf(text, sizeof text, "  residual %.3e mN, over the forces %.3e", i.residual, i.relative);
    return line_.lasting(text);
  }
  ++iteration_;
  constexpr double often_s = 0.1;
  if (!line_.watched() || clock_.seconds() - shown_s_ < often_s) return;
  pass(iteration_words(iteration_, i.relative));
}

void RunLine::pass(const std::string& within_step) {
  shown_s_ = clock_.seconds();
  line_.passing(step_ + std::to_string(std::lround(shown_s_)) + " s" + left_ + within_step);
}

void RunLine::finish() {
  line_.finish();
  step_.clear();
  left_.clear();
  iteration_ = 0;
}

void RunLine::show(const Progress& p) {
  const LegStep& s = *p.step;
  const std::string phase = phase_words(p), left = left_words(p);
  const double force = s.contact.pressing_force / mN_per_N;
  log_.write({{"phase", phase},
              {"part", p.part},
              {"iterations", s.iterations},
              {"force_N", force},
              {"indentation_mm", s.indentation_mm},
              {"elapsed_s", p.elapsed_s}});
  char text[160];
  if (!line_.watched()) {
    std::snprintf(text, sizeof text, "%-17s %3.0f %% of the load, %5.1f N, %4.1f mm in, %2d iterations, %4.0f s%s", phase.c_str(),
                  100.0 * std::min(p.part, 1.0), force, s.indentation_mm, s.iterations, p.elapsed_s, left.c_str());
    return line_.lasting(text);
  }
  std::snprintf(text, sizeof text, "%-17s %s ", phase.c_str(), progress_bar(p.part).c_str());
  step_ = text;
  if (force > 0.0) {
    std::snprintf(text, sizeof text, "%.0f N, %.0f mm in, ", force, s.indentation_mm);
    step_ += text;
  }
  left_ = left;
  iteration_ = 0;
  pass(", " + std::to_string(s.iterations) + " iterations");
}

void RunLine::show_derivatives(std::size_t done, std::size_t of) {
  const double part = static_cast<double>(done) / static_cast<double>(of);
  log_.write({{"phase", "derivatives"}, {"part", part}});
  char text[80];
  if (line_.watched()) std::snprintf(text, sizeof text, "%-17s %s %zu of %zu", "derivatives", progress_bar(part).c_str(), done, of);
  else std::snprintf(text, sizeof text, "%-17s %2zu of %zu", "derivatives", done, of);
  line_.step(text);
}

}  // namespace nerveload::app
