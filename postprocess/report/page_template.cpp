#include "postprocess/report/page_template.hpp"

#include <openssl/evp.h>

#include <utility>
#include <vector>

#include "postprocess/build_info.hpp"
#include "postprocess/report/words.hpp"
#include "solver/base/error.hpp"

namespace nerveload {

std::vector<std::pair<std::string_view, std::string_view>> embedded_web();  // web/built, by cmake/embed.cmake

namespace {

std::string_view web_file(const std::string& name) {
  for (const auto& [path, text] : embedded_web())
    if (path == name) return text;
  throw ContractError("the program was built without " + name);
}

}  // namespace

std::string filled_page(const std::string& name, PageParts parts) {
  parts.emplace("style", web_file("style.css"));
  parts.emplace("script", web_file(name + ".js"));
  parts.emplace("version", html(build_info().version));
  const std::string_view text = web_file(name + ".html");
  std::string page;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t open = text.find("{{", at), close = open == std::string_view::npos ? open : text.find("}}", open);
    page += text.substr(at, open == std::string_view::npos ? open : open - at);
    if (close == std::string_view::npos) break;
    // What is put in is not looked at again.
    const auto part = parts.find(text.substr(open + 2, close - open - 2));
    NL_EXPECT(part != parts.end(), "a part for " + std::string(text.substr(open, close + 2 - open)));
    page += part->second;
    at = close + 2;
  }
  return page;
}

std::string base64_of(std::string_view bytes) {
  std::string text(4 * ((bytes.size() + 2) / 3) + 1, '\0');
  const int written = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), reinterpret_cast<const unsigned char*>(bytes.data()),
                                      static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(written));
  return text;
}

}  // namespace nerveload
