#pragma once
#include <filesystem>

namespace nerveload::app {

/// Tables and ParaView series of the store in a folder, and with `report` pictures and the page; remarks go to stderr. @throws OutputError
void write_sweep_outputs(const std::filesystem::path& dir, bool report);

}  // namespace nerveload::app
