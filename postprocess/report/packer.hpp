#pragma once
#include <cstdint>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <vector>

namespace nerveload {

/// Arrays of numbers packed for a page: little-endian integers one after another, compressed by zlib as a whole, in base64. A page
/// finds an array by its reference {type, at, count}: "u8", "u16" or "u32", byte offset (a multiple of four) and number of values.
class Packer {
 public:
  using Json = nlohmann::ordered_json;

  /// Numbers spread evenly over the whole range of 16 bits; what is not finite or outside is put at the nearer end.
  Json quantised(std::span<const float> values, double low, double high);
  /// Coordinates x y z x y z …, each in its own range.
  Json quantised_points(std::span<const float> xyz, const std::array<double, 3>& low, const std::array<double, 3>& high);
  /// 16 bits where all values fit, else 32.
  Json indices(std::span<const std::uint32_t> values);
  Json bytes(std::span<const std::uint8_t> values);

  std::size_t size() const { return raw_.size(); }
  /// Everything packed so far as a zlib stream in base64.
  std::string base64() const;

 private:
  template <class Integer>
  Json store(const char* type, const std::vector<Integer>& values);
  std::vector<unsigned char> raw_;
};

}  // namespace nerveload
