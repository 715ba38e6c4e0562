#pragma once

namespace nerveload::app {

/// SIGINT and SIGTERM end the program, as they do any: what it begins with. Called by the first thread, before others are started.
void end_at_stop_signals();
/// From here on they ask to stop instead: a thread of its own waits for them, no other is disturbed. Once, by the first thread.
void catch_stop_signals();
/// Whether one came.
bool stop_requested();

}  // namespace nerveload::app
