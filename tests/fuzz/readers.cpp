/// libFuzzer on the readers of files (`./dev fuzz`, clang): NERVELOAD_READER names one of them. Half of the changes are libFuzzer's own, half the
/// slips that tests/support/mutants.hpp makes.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "tests/support/input_readers.hpp"
#include "tests/support/mutants.hpp"

namespace {

const nerveload::InputReader& wanted_reader() {
  const char* name = std::getenv("NERVELOAD_READER");
  for (const nerveload::InputReader& reader : nerveload::input_readers())
    if (name && reader.name == name) return reader;
  std::fprintf(stderr, "NERVELOAD_READER is one of");
  for (const nerveload::InputReader& reader : nerveload::input_readers()) std::fprintf(stderr, " %s", reader.name.c_str());
  std::fprintf(stderr, "\n");
  std::exit(2);
}

}  // namespace

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t most);

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t most, unsigned seed) {
  if (seed % 2 == 0) return LLVMFuzzerMutate(data, size, most);
  std::mt19937_64 random(seed);
  const std::string text = nerveload::mutant({reinterpret_cast<const char*>(data), size}, random).substr(0, most);
  std::memcpy(data, text.data(), text.size());
  return text.size();
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const nerveload::InputReader& reader = wanted_reader();
  nerveload::is_read(reader, {reinterpret_cast<const char*>(data), size}, reader.examples.front());
  return 0;
}
