#pragma once
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "sweeps/sweep_store.hpp"

namespace nerveload {

/// One input as the answers see it: numbers; words by their place in the list.
struct AnswerInput {
  std::string key;
  std::string label;                    ///< with what the numbers of words mean
  std::vector<std::string> words;       ///< of an input that is no number
  double low = 0.0, high = 0.0;         ///< ends of what is drawn from it
  nlohmann::ordered_json distribution;  ///< as the statistics program reads it
  std::string taken;                    ///< in words: "normal(58, 8)", "3 values from 45 to 75"
};

/// What the points say about one figure.
struct FigureAnswer {
  std::string figure;                  ///< dotted, with unit
  std::string title;                   ///< for people
  std::string missing;                 ///< why there is no answer; empty = there is
  nlohmann::ordered_json answer;       ///< of the statistics program
  std::vector<std::vector<double>> x;  ///< a row a complete point
  std::vector<double> y;
};

struct SweepAnswers {
  std::vector<AnswerInput> inputs;
  std::vector<FigureAnswer> figures;
  bool drawn = false;  ///< points were drawn from the inputs' distributions
  bool correlated = false;
  std::string design;                      ///< its kind
  std::size_t complete = 0, analysed = 0;  ///< points; the latter are drawn evenly from the former
};

/// Surrogates, indices and probabilities for every figure the sweep was asked about; of at most 2000 points, the same ones each time.
SweepAnswers answer_sweep(const SweepStore& store);

/// A figure's name for people.
std::string figure_title(const std::string& figure);
/// The same with its unit.
std::string axis_title(const std::string& figure);
/// A coefficient of prediction for people: cut off after four places, for 0.99996 is not 1.
std::string q2_words(double q2);

}  // namespace nerveload
