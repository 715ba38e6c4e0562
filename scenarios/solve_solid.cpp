#include "scenarios/solve_solid.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "solver/base/clock.hpp"
#include "solver/quasistatic.hpp"
#include "solver/terms/traction.hpp"

namespace nerveload {
namespace {

constexpr double first_contact_mm = 0.02;    ///< travel beyond touching from which force control starts
constexpr double first_contact_share = 0.2;  ///< of the first step's force that is found by travel

/// The path runs from 0 to 1 while the loads grow, on to 2 while indenters slide if any do, and on by 1 where all of it is held.
double load_part(double path) { return std::min(path, 1.0); }
double slide_part(double path) { return std::clamp(path - 1.0, 0.0, 1.0); }

class SolidRun {
 public:
  SolidRun(SolidSolution& solution, const SolidOptions& options) : s_(solution), input_(*solution.input), options_(options) {
    s_.model = std::make_unique<Model>();
    Model& model = *s_.model;
    model.mesh = &input_.mesh;
    auto body =
        std::make_unique<ElasticBody>(input_.mesh, input_.materials, std::nullopt, [input = &input_](double path) { return input->time_s(path); });
    s_.results.body = body.get();
    model.terms.push_back(std::move(body));
    add_supports(model);
    auto proportional = [](double path) { return load_part(path); };
    for (const SolidTraction& t : input_.tractions)
      model.terms.push_back(std::make_unique<Traction>(input_.mesh, t.facets, t.dead_kPa, t.pressure_kPa, proportional));
    for (const SolidMembrane& m : input_.membranes) model.terms.push_back(std::make_unique<FibreMembrane>(input_.mesh, m.facets, m.along, m.across));
    for (const SolidIndenter& in : input_.indenters) {
      auto term = std::make_unique<Indenter>(
          input_.mesh, in.facets, in.options,
          [c = in.centre, d = in.direction, slide = in.slide_mm](double path) {
            return IndenterPlacement{c + slide_part(path) * slide, d};
          },
          [f = in.force_mN.value_or(0.0)](double path) { return f * load_part(path); });
      indenters_.push_back(term.get());
      model.terms.push_back(std::move(term));
    }
    problem_.emplace(model, make_linear_solver(options.linear_solver, options.threads));
    state_ = problem_->assembly.initial_state(model);
  }

  void run() {
    SolidResults& r = s_.results;
    r.steps.push_back(measure(0));
    r.complete = touch();
    for (int k = 1; r.complete && k <= input_.all_steps(); ++k) r.complete = step(k);
    warn();
    r.statistics = problem_->statistics;
    r.free_unknowns = problem_->assembly.free_count();
    r.linear_solver = problem_->solver->name();
  }

 private:
  void add_supports(Model& model) {
    std::set<int> taken;
    for (const SolidMotion& m : input_.motions)
      for (const int n : input_.mesh.node_sets.at(m.set))
        if (taken.insert(3 * n + m.component).second) model.supports.push_back({3 * n + m.component, m.value_mm});
  }

  /// Indenters that did not do what was asked of them.
  void warn() {
    const auto& steps = s_.results.steps;
    for (std::size_t i = 0; i < indenters_.size(); ++i) {
      const std::string name = "indenter " + std::to_string(i + 1);
      const double allowed = input_.indenters[i].options.max_penetration;
      double deepest = 0.0, force = 0.0;
      for (const SolidStep& s : steps) {
        deepest = std::max(deepest, s.indenters[i].max_penetration);
        force = std::max(force, s.indenters[i].force.norm());
      }
      if (force == 0.0) s_.results.warnings.push_back(name + " never touched the body");
      if (deepest > 1.001 * allowed)
        s_.results.warnings.push_back(name + " lies up to " + std::to_string(deepest) +
                                      " mm in the body where penetration_mm = " + std::to_string(allowed) + " is allowed: raise penalty_kPa_per_mm");
    }
  }

  NewtonOptions newton() const {
    NewtonOptions n;
    n.tolerance = options_.tolerance;
    if (std::any_of(input_.indenters.begin(), input_.indenters.end(), [](const SolidIndenter& in) { return in.options.friction > 0.0; })) {
      n.line_search = true;  // else points jump between sticking and slipping
      n.max_iterations = 40;
    }
    n.observer = options_.iteration_observer;
    return n;
  }

  StepTarget target(double path) const {
    StepTarget t{path, {}, load_part(path)};
    for (std::size_t i = 0; i < indenters_.size(); ++i) {
      const SolidIndenter& in = input_.indenters[i];
      t.border.push_back(in.force_mN ? std::nullopt : std::optional<double>(in.travel_mm * load_part(path)));
      if (indenters_[i]->turns()) t.border.push_back(std::nullopt);
    }
    return t;
  }
  /// Place of an indenter's travel among the border unknowns.
  std::size_t travel_border(std::size_t indenter) const {
    return indenter + static_cast<std::size_t>(std::count_if(indenters_.begin(), indenters_.begin() + static_cast<std::ptrdiff_t>(indenter),
                                                             [](const Indenter* in) { return in->turns(); }));
  }

  bool fail(const SolveReport& report, const std::string& where) {
    s_.results.reason = where + ": " + report.message;
    return false;
  }

  /// A force needs contact to act on: indenters under force control are first moved in until they carry a part of it.
  bool touch() {
    for (std::size_t i = 0; i < indenters_.size(); ++i) {
      const SolidIndenter& in = input_.indenters[i];
      if (!in.force_mN) continue;
      const double touching = indenters_[i]->touching_travel(state_);
      if (!std::isfinite(touching)) {
        s_.results.reason = "indenter " + std::to_string(i + 1) + " never meets the body on its way";
        return false;
      }
      const double wanted = first_contact_share * *in.force_mN / input_.steps;
      state_.unknowns[indenters_[i]->travel_unknown()] = touching;
      double carried = 0.0;
      NewtonOptions options = newton();  // the first touch may carry next to nothing: rounding would be a large part of it
      options.absolute_tolerance = std::max(options.absolute_tolerance, options.tolerance * wanted);
      for (double beyond = first_contact_mm; carried < wanted; beyond *= 1.5) {
        StepTarget t = target(0.0);
        for (std::size_t j = 0; j < indenters_.size(); ++j)
          if (input_.indenters[j].force_mN) t.border[travel_border(j)] = state_.unknowns[indenters_[j]->travel_unknown()];
        t.border[travel_border(i)] = touching + beyond;
        const SolveReport report = solve_newton(*problem_, state_, t, options);
        if (!report.converged()) return carried > 0.0 || fail(report, "first contact of indenter " + std::to_string(i + 1));
        for (const auto& term : s_.model->terms) term->commit(state_);
        carried = indenters_[i]->report(state_).force.dot(-in.direction);
      }
    }
    return true;
  }

  bool step(int number) {
    const double start = input_.path_after(number - 1), end = input_.path_after(number);
    PathOptions path;
    path.first_step = path.max_step = end - start;
    path.min_step = path.max_step / 256.0;
    if (number == input_.steps + 1 || number == input_.steps + input_.slide_steps + 1) memory_ = {};  // one phase does not tell where the next goes
    path.newton = newton();
    const int before = problem_->statistics.newton_iterations;
    const PathReport report = follow_path(
        *problem_, state_, end, [&](double p) { return target(p); }, path, {}, &memory_);
    const int iterations = problem_->statistics.newton_iterations - before;
    if (report.ending != Ending::converged) {
      if (state_.path > start) s_.results.steps.push_back(measure(iterations));
      return fail(report.last, "step " + std::to_string(number) + " beyond path " + std::to_string(state_.path));
    }
    s_.results.steps.push_back(measure(iterations));
    if (options_.observer && !options_.observer(s_.results.steps.back(), number)) {
      s_.results.reason = "stopped after step " + std::to_string(number);
      return number == input_.all_steps();
    }
    return true;
  }

  SolidStep measure(int iterations) {
    SolidStep out{state_, input_.time_s(state_.path), iterations, {}, {}, {}, {}};
    for (const Indenter* in : indenters_) out.indenters.push_back(in->report(state_));
    problem_->system.request = {false, nullptr};
    problem_->system.evaluate(*s_.model, state_);
    std::map<std::string, Vec3> sums;
    std::map<std::string, std::set<int>> components;
    for (const SolidMotion& m : input_.motions) components[m.set].insert(m.component);
    for (const auto& [set, held] : components) {
      Vec3& sum = sums.try_emplace(set, Vec3::Zero()).first->second;
      for (const int n : input_.mesh.node_sets.at(set))
        for (const int i : held) sum[i] += problem_->system.residual[3 * n + i];
    }
    out.reactions_mN.assign(sums.begin(), sums.end());
    for (const SolidProbe& p : input_.probes) out.probes.push_back(sample(p));
    for (const SolidGauge& g : input_.gauges) out.gauges_mm.push_back((place(g, 1) - place(g, 0)).norm());
    return out;
  }

  Vec3 place(const SolidGauge& g, int end) const { return g.at[end] + displacement_at(input_.mesh, g.points[end], state_); }

  std::vector<double> sample(const SolidProbe& p) const {
    const ElasticBody& body = *s_.results.body;
    if (p.field == ProbeField::displacement) {
      const Vec3 u = displacement_at(input_.mesh, p.point, state_);
      return {u[0], u[1], u[2]};
    }
    if (p.field == ProbeField::deformation_gradient) {
      const Mat3<double> F = deformation_gradient_at(input_.mesh, p.point, state_);
      return {F.a.begin(), F.a.end()};
    }
    const Sym3<double> sigma = cauchy_stress_at(body, p.point, state_);
    if (p.field == ProbeField::pressure) return {-(sigma[0] + sigma[1] + sigma[2]) / 3.0};
    return {sigma.a.begin(), sigma.a.end()};
  }

  SolidSolution& s_;
  const SolidModel& input_;
  const SolidOptions& options_;
  std::vector<Indenter*> indenters_;
  std::optional<Problem> problem_;
  State state_;
  PathMemory memory_;
};

}  // namespace

SolidSolution solve_solid(SolidModel model, const SolidOptions& options) {
  const Clock clock;
  SolidSolution solution;
  solution.input = std::make_unique<SolidModel>(std::move(model));
  const SolidModel& input = *solution.input;
  solution.results.name = input.name;
  solution.results.model_toml = input.text;
  solution.results.threads = options.threads;
  solution.results.warnings = input.warnings;
  for (const SolidProbe& p : input.probes) solution.results.probes.push_back({p.name, component_names(p.field)});
  for (const SolidGauge& g : input.gauges) solution.results.gauges.push_back(g.name);
  SolidRun(solution, options).run();
  solution.results.wall_s = clock.seconds();
  return solution;
}

}  // namespace nerveload
