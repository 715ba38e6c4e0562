#pragma once

namespace nerveload::app {

/// From here on SIGINT and SIGTERM ask to stop instead of ending the program.
void catch_stop_signals();
/// Whether one came.
bool stop_requested();

}  // namespace nerveload::app
