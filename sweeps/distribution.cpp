#include "sweeps/distribution.hpp"

#include <algorithm>
#include <cmath>

#include "scenarios/nearest.hpp"
#include "scenarios/text_lines.hpp"

namespace nerveload {
namespace {

struct Known {
  Distribution::Kind kind;
  const char* name;
  std::size_t arguments;
  const char* meaning;
};
constexpr Known known[] = {{Distribution::Kind::uniform, "uniform", 2, "uniform(low, high)"},
                           {Distribution::Kind::normal, "normal", 2, "normal(mean, standard deviation)"},
                           {Distribution::Kind::lognormal, "lognormal", 2, "lognormal(mean, standard deviation)"},
                           {Distribution::Kind::triangular, "triangular", 3, "triangular(low, most likely, high)"}};

std::string accepted() {
  std::string text = "expected ";
  for (const Known& k : known) text += std::string(k.meaning) + ", ";
  return text + "or one of them cut off: truncated(normal(58, 8), 30, 90)";
}

/// "name(inside)"; none when it is not that.
std::optional<std::pair<std::string_view, std::string_view>> call(std::string_view text) {
  text = trimmed(text);
  const std::size_t open = text.find('(');
  if (open == std::string_view::npos || open == 0 || text.back() != ')') return {};
  return std::pair{trimmed(text.substr(0, open)), text.substr(open + 1, text.size() - open - 2)};
}

/// Splits at commas outside brackets.
std::vector<std::string_view> arguments_of(std::string_view inside) {
  std::vector<std::string_view> parts;
  int depth = 0;
  std::size_t from = 0;
  for (std::size_t i = 0; i <= inside.size(); ++i) {
    if (i < inside.size() && inside[i] == '(') ++depth;
    if (i < inside.size() && inside[i] == ')') --depth;
    if (i == inside.size() || (inside[i] == ',' && depth == 0)) {
      parts.push_back(trimmed(inside.substr(from, i - from)));
      from = i + 1;
    }
  }
  return parts;
}

/// What is wrong with the numbers; empty = nothing.
std::string fault_of(const Distribution& d) {
  const auto& a = d.arguments;
  switch (d.kind) {
    case Distribution::Kind::uniform:
      if (!(a[0] < a[1])) return "expected low below high";
      break;
    case Distribution::Kind::normal:
      if (!(a[1] > 0.0)) return "expected a standard deviation above zero";
      break;
    case Distribution::Kind::lognormal:
      if (!(a[0] > 0.0 && a[1] > 0.0)) return "expected a mean and a standard deviation above zero";
      break;
    case Distribution::Kind::triangular:
      if (!(a[0] <= a[1] && a[1] <= a[2] && a[0] < a[2])) return "expected low, most likely, high in this order";
      break;
  }
  if (d.low && !(*d.low < *d.high)) return "expected to be cut off between a lower and an upper end, in this order";
  if (const auto bulk = d.bulk(); !(bulk[0] < bulk[1])) return "cuts off everything";
  return {};
}

}  // namespace

const char* to_string(Distribution::Kind kind) { return known[static_cast<int>(kind)].name; }

std::array<double, 2> Distribution::bulk() const {
  constexpr double deviations = 4.753424;  // a millionth of a normal distribution lies beyond on each side
  std::array<double, 2> b{arguments.front(), arguments.back()};
  if (kind == Kind::normal) b = {arguments[0] - deviations * arguments[1], arguments[0] + deviations * arguments[1]};
  if (kind == Kind::lognormal) {
    const double ratio = arguments[1] / arguments[0], sigma = std::sqrt(std::log1p(ratio * ratio)), mu = std::log(arguments[0]) - 0.5 * sigma * sigma;
    b = {std::exp(mu - deviations * sigma), std::exp(mu + deviations * sigma)};
  }
  if (low) b = {std::max(b[0], *low), std::min(b[1], *high)};
  return b;
}

std::variant<Distribution, std::string> parse_distribution(std::string_view text) {
  const auto named = call(text);
  if (!named) return accepted();
  const auto [name, inside] = *named;
  const std::vector<std::string_view> parts = arguments_of(inside);
  if (name == "truncated") {
    if (parts.size() != 3) return "expected truncated(distribution, low, high)";
    auto inner = parse_distribution(parts[0]);
    auto* d = std::get_if<Distribution>(&inner);
    if (!d) return inner;
    if (d->low) return "is cut off twice";
    d->low = finite_number(parts[1]);
    d->high = finite_number(parts[2]);
    if (!d->low || !d->high) return "expected truncated(distribution, low, high) with numbers for the ends";
    if (const std::string fault = fault_of(*d); !fault.empty()) return fault;
    return inner;
  }
  std::vector<std::string> names{"truncated"};
  for (const Known& k : known) {
    names.emplace_back(k.name);
    if (name != k.name) continue;
    Distribution d;
    d.kind = k.kind;
    for (const std::string_view p : parts) {
      const auto v = finite_number(p);
      if (!v) return "expected " + std::string(k.meaning) + " with numbers";
      d.arguments.push_back(*v);
    }
    if (d.arguments.size() != k.arguments) return "expected " + std::string(k.meaning);
    if (const std::string fault = fault_of(d); !fault.empty()) return fault;
    return d;
  }
  const auto near = nearest_word(name, names);
  return "no distribution \"" + std::string(name) + "\"; " + (near ? "did you mean " + *near + "? " : "") + accepted();
}

}  // namespace nerveload
