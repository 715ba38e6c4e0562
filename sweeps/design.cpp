#include "sweeps/design.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

#include "scenarios/input.hpp"
#include "sweeps/csv_reader.hpp"
#include "sweeps/statistics_program.hpp"
#include "sweeps/table_columns.hpp"

namespace nerveload {
namespace {

using Visit = std::function<bool(const DesignPoint&)>;

/// Position of each parameter in the order of execution: what makes another leg outside, the load inside.
std::vector<std::size_t> execution_order(const SweepPlan& plan) {
  std::vector<std::size_t> order;
  for (const bool load : {false, true})
    for (std::size_t i = 0; i < plan.parameters.size(); ++i)
      if (plan.parameters[i].is_load() == load) order.push_back(i);
  return order;
}

void visit_grid(const SweepPlan& plan, const Visit& visit) {
  const std::vector<std::size_t> order = execution_order(plan);
  std::int64_t loads = 1;
  for (const SweepParameter& p : plan.parameters)
    if (p.is_load()) loads *= static_cast<std::int64_t>(p.values.size());
  DesignPoint point;
  point.values.resize(plan.parameters.size());
  std::vector<std::int64_t> digit(plan.parameters.size());
  for (std::int64_t c = 0; c < plan.design.points; ++c) {
    std::int64_t rest = c;
    for (std::size_t k = order.size(); k-- > 0;) {
      const std::size_t i = order[k];
      const auto n = static_cast<std::int64_t>(plan.parameters[i].values.size());
      const std::int64_t turn = rest / n;
      digit[i] = rest % n;
      // To and fro, so that only one input changes at a time; loads always rise.
      if (turn % 2 == 1 && !plan.parameters[i].is_load()) digit[i] = n - 1 - digit[i];
      rest = turn;
    }
    point.number = 0;
    for (std::size_t i = 0; i < digit.size(); ++i) {
      point.number = point.number * static_cast<std::int64_t>(plan.parameters[i].values.size()) + digit[i];
      point.values[i] = plan.parameters[i].values[static_cast<std::size_t>(digit[i])];
    }
    ++point.number;
    point.family = c / loads;
    if (!visit(point)) return;
  }
}

/// For sorting: numbers by value, all else by its text.
struct SortKey {
  double number = 0.0;
  std::string text;
  explicit SortKey(const std::string& value) {
    const auto r = std::from_chars(value.data(), value.data() + value.size(), number);
    if (r.ptr != value.data() + value.size()) text = value;
  }
  auto operator<=>(const SortKey&) const = default;
};

/// Gathers points until there are enough to be worth sorting.
class SortedBlocks {
 public:
  SortedBlocks(const SweepPlan& plan, const Visit& visit) : order_(execution_order(plan)), plan_(plan), visit_(visit) {}
  bool add(DesignPoint point) {
    block_.push_back(std::move(point));
    return block_.size() < 1024 || flush();
  }
  bool flush() {
    std::vector<std::pair<std::vector<SortKey>, std::size_t>> keys;
    for (std::size_t i = 0; i < block_.size(); ++i) {
      std::vector<SortKey> key;
      for (const std::size_t k : order_) key.emplace_back(block_[i].values[k]);
      keys.emplace_back(std::move(key), i);
    }
    std::stable_sort(keys.begin(), keys.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    const DesignPoint* before = nullptr;
    bool going = true;
    for (const auto& [key, i] : keys) {
      DesignPoint& p = block_[i];
      p.family = before && same_leg(*before, p) ? before->family : p.number - 1;
      before = &p;
      going = going && visit_(p);
    }
    block_.clear();
    return going;
  }

 private:
  bool same_leg(const DesignPoint& a, const DesignPoint& b) const {
    for (std::size_t i = 0; i < a.values.size(); ++i)
      if (!plan_.parameters[i].is_load() && a.values[i] != b.values[i]) return false;
    return true;
  }
  std::vector<std::size_t> order_;
  const SweepPlan& plan_;
  const Visit& visit_;
  std::vector<DesignPoint> block_;
};

void visit_table(const SweepPlan& plan, const Visit& visit) {
  CsvReader reader(plan.design.table);
  std::vector<std::string> cells;
  reader.next(cells);
  SortedBlocks blocks(plan, visit);
  for (std::int64_t n = 1; n <= plan.design.points && reader.next(cells); ++n) {
    DesignPoint point{n, 0, {}};
    for (const std::string& cell : cells) point.values.push_back(table_value(cell));
    if (point.values.size() != plan.parameters.size()) throw FileError("'" + plan.design.table.string() + "' has changed while it was read");
    if (!blocks.add(std::move(point))) return;
  }
  blocks.flush();
}

std::string drawn_value(const SweepParameter& p, double x) {
  if (!p.distribution) {
    const auto i = static_cast<std::size_t>(std::max(0.0, std::floor(x * double(p.values.size()))));
    return p.values[std::min(i, p.values.size() - 1)];
  }
  char text[40];
  std::snprintf(text, sizeof text, "%.10g", x);
  return text;
}

void visit_drawn(const SweepPlan& plan, const Visit& visit) {
  StatisticsRequest request(sampling_request(plan, plan.design.points));
  SortedBlocks blocks(plan, visit);
  std::string line;
  std::int64_t n = 0;
  while (request.line(line)) {
    DesignPoint point{++n, 0, {}};
    const char *at = line.data(), *end = at + line.size();
    for (const SweepParameter& p : plan.parameters) {
      double x = 0.0;
      const auto r = std::from_chars(at, end, x);
      if (r.ec != std::errc()) throw StatisticsError("unreadable answer of the statistics program: " + line);
      at = r.ptr < end ? r.ptr + 1 : end;
      point.values.push_back(drawn_value(p, x));
    }
    if (!blocks.add(std::move(point))) return;
  }
  if (n != plan.design.points) throw StatisticsError("the statistics program drew " + std::to_string(n) + " points");
  blocks.flush();
}

}  // namespace

std::string sampling_request(const SweepPlan& plan, std::int64_t points) {
  using json = nlohmann::ordered_json;
  json inputs = json::array(), together = json::array();
  for (const SweepParameter& p : plan.parameters) {
    // A list of values: each as likely as the others.
    const Distribution d = p.distribution.value_or(Distribution{Distribution::Kind::uniform, {0.0, 1.0}, {}, {}});
    json input = {{"name", p.key}, {"kind", to_string(d.kind)}, {"arguments", d.arguments}};
    if (d.low) input["between"] = {*d.low, *d.high};
    inputs.push_back(std::move(input));
  }
  for (const SweepCorrelation& c : plan.correlations) together.push_back({c.first, c.second, c.rank_correlation});
  const json request = {{"do", "sample"},   {"design", to_string(plan.design.kind)}, {"points", points}, {"seed", plan.design.seed},
                        {"inputs", inputs}, {"rank_correlations", together}};
  return request.dump();
}

void visit_design(const SweepPlan& plan, const std::function<bool(const DesignPoint&)>& visit) {
  switch (plan.design.kind) {
    case SweepDesign::Kind::grid: return visit_grid(plan, visit);
    case SweepDesign::Kind::table: return visit_table(plan, visit);
    case SweepDesign::Kind::lhs:
    case SweepDesign::Kind::sobol: return visit_drawn(plan, visit);
  }
}

}  // namespace nerveload
