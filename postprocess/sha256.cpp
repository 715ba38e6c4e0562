#include "postprocess/sha256.hpp"

#include <openssl/evp.h>

#include "solver/base/error.hpp"

namespace nerveload {

std::string sha256(std::string_view text) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int length = 0;
  const int done = EVP_Digest(text.data(), text.size(), digest, &length, EVP_sha256(), nullptr);
  NL_EXPECT(done == 1, "a working SHA-256");
  std::string hex;
  for (unsigned int i = 0; i < length; ++i) {
    constexpr const char* digits = "0123456789abcdef";
    hex += digits[digest[i] >> 4];
    hex += digits[digest[i] & 15];
  }
  return hex;
}

}  // namespace nerveload
