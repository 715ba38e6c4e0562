#pragma once
#include <filesystem>

namespace nerveload::app {

/// Shows a page with the user's own browser, without waiting for it; says so on stderr where there is none to be started.
void open_page(const std::filesystem::path& page);

}  // namespace nerveload::app
