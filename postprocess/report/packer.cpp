#include "postprocess/report/packer.hpp"

#include <openssl/evp.h>
#include <vtkSmartPointer.h>
#include <vtkZLibDataCompressor.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

#include "postprocess/files.hpp"
#include "solver/base/error.hpp"

namespace nerveload {
namespace {

static_assert(std::endian::native == std::endian::little, "pages hold little-endian numbers");

constexpr double steps_of_16_bits = 65535.0;

std::uint16_t quantise(double value, double low, double high) {
  if (!(high > low)) return 0;
  const double t = (value - low) / (high - low);
  if (!(t > 0.0)) return 0;
  return static_cast<std::uint16_t>(std::lround(steps_of_16_bits * std::min(t, 1.0)));
}

}  // namespace

template <class Integer>
Packer::Json Packer::store(const char* type, const std::vector<Integer>& values) {
  while (raw_.size() % 4 != 0) raw_.push_back(0);
  const std::size_t at = raw_.size(), bytes = values.size() * sizeof(Integer);
  raw_.resize(at + bytes);
  if (bytes > 0) std::memcpy(raw_.data() + at, values.data(), bytes);
  return {{"type", type}, {"at", at}, {"count", values.size()}};
}

Packer::Json Packer::quantised(std::span<const float> values, double low, double high) {
  std::vector<std::uint16_t> all;
  all.reserve(values.size());
  for (const float v : values) all.push_back(quantise(v, low, high));
  return store("u16", all);
}

Packer::Json Packer::quantised_points(std::span<const float> xyz, const std::array<double, 3>& low, const std::array<double, 3>& high) {
  NL_EXPECT(xyz.size() % 3 == 0, "three coordinates a point");
  std::vector<std::uint16_t> all;
  all.reserve(xyz.size());
  for (std::size_t i = 0; i < xyz.size(); ++i) all.push_back(quantise(xyz[i], low[i % 3], high[i % 3]));
  return store("u16", all);
}

Packer::Json Packer::indices(std::span<const std::uint32_t> values) {
  if (values.empty() || *std::max_element(values.begin(), values.end()) <= 0xFFFFu)
    return store("u16", std::vector<std::uint16_t>(values.begin(), values.end()));
  return store("u32", std::vector<std::uint32_t>(values.begin(), values.end()));
}

Packer::Json Packer::bytes(std::span<const std::uint8_t> values) { return store("u8", std::vector<std::uint8_t>(values.begin(), values.end())); }

std::string Packer::base64() const {
  if (raw_.empty()) return {};
  auto zlib = vtkSmartPointer<vtkZLibDataCompressor>::New();
  zlib->SetCompressionLevel(9);
  std::vector<unsigned char> packed(zlib->GetMaximumCompressionSpace(raw_.size()));
  const std::size_t size = zlib->Compress(raw_.data(), raw_.size(), packed.data(), packed.size());
  if (size == 0) throw OutputError("the page's data could not be compressed");
  std::string text(4 * ((size + 2) / 3) + 1, '\0');
  const int written = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), packed.data(), static_cast<int>(size));
  text.resize(static_cast<std::size_t>(written));
  return text;
}

}  // namespace nerveload
