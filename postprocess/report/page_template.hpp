#pragma once
#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace nerveload {

using PageParts = std::map<std::string, std::string, std::less<>>;

/// A page of web/built with its {{parts}} filled in; `style`, `script` and `version` are there of themselves.
/// @param name  "report" or "explorer": NAME.html with NAME.js
std::string filled_page(const std::string& name, PageParts parts);

/// Bytes in base64.
std::string base64_of(std::string_view bytes);

}  // namespace nerveload
