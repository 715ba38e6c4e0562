#include <iostream>
#include <iterator>

#include "statistics/request.hpp"

int main(int argc, char**) {
  if (argc > 1) {
    std::cerr << "nerveload-statistics serves nerveload: it reads a request on standard input and takes no words\n";
    return 2;
  }
  try {
    const std::string text{std::istreambuf_iterator<char>(std::cin), {}};
    const auto request = statistics::json::parse(text);
    const std::string what = request.at("do").get<std::string>();
    if (what == "sample") statistics::sample(request);
    else if (what == "analyse") statistics::analyse(request);
    else throw std::runtime_error("unknown request " + what);
    std::cout.flush();
    return std::cout ? 0 : 1;
  } catch (const std::exception& e) {
    std::cerr << e.what() << "\n";
  }
  return 1;
}
