#pragma once
#include <chrono>
#include <functional>
#include <string>

namespace nerveload {

/// Runs `work` in a copy of this process, with DISPLAY set, and waits for it. What it throws, a crash of a driver, or taking longer
/// than `limit` comes back as text; empty = it went well. Nothing that `work` changes in memory is seen here.
std::string run_apart(const std::string& display, const std::function<void()>& work, std::chrono::seconds limit);

}  // namespace nerveload
