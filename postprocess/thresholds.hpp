#pragma once
#include <array>
#include <string>

namespace nerveload {

/// Which figures hold for a piece of nerve: a healthy nerve, an irritated (inflamed) one, or one whose root is compressed.
enum class LadderColumn { healthy, irritated, root };
inline constexpr int ladder_columns = 3, ladder_levels = 5;
const char* to_string(LadderColumn column);

/// One step of the ladder. A value at or above the figure has reached the level.
struct ThresholdLevel {
  std::string name;
  std::array<double, ladder_columns> compression_kPa;  ///< by LadderColumn
  std::array<double, ladder_columns> strain_percent;   ///< beyond the in-situ state
  std::string source;                                  ///< keys of docs/theory/references.bib; "assumed" where there is none
};

/// What pressure and strain mean for a nerve: plain data, every figure may be overridden.
/// L0 below notice, L1 caution (venous flow), L2 irritation (capillary flow, human function), L3 block (flow stopped),
/// L4 structural. Figures sit on the cautious side of each published centre. The entries of L0 are zero.
///
/// Structural pressure depends on how long it is held [dahlin1986jbe]:
///   p_struct(t) = 3253 t^−0.774 mmHg, t in minutes, from 15 minutes on.
/// L4's entry is its value at 15 minutes, 400 mmHg. The line is not used below that, so there no compression reaches L4:
/// a minute's roll is not called injury of a healthy nerve.
struct ThresholdLadder {
  std::array<ThresholdLevel, ladder_levels> levels = defaults();
  double structural_exponent = -0.774, structural_shortest_min = 15.0;
  bool double_site = true;                ///< judge a nerve with an acutely loaded root by the root column
  double double_site_root_kPa = 1.33322;  ///< least root pressure for that, 10 mmHg [takahashi1993]

  static std::array<ThresholdLevel, ladder_levels> defaults();

  /// Compression that reaches a level (1…4), kPa; infinite where the level cannot be reached.
  /// @param hold_min  how long it is held, minutes
  double compression_kPa(int level, LadderColumn column, double hold_min) const;
  double strain_percent(int level, LadderColumn column) const;
  /// @return what is wrong with it in words, empty when it is sound: figures positive and finite, rising with the level
  std::string fault() const;
};

}  // namespace nerveload
