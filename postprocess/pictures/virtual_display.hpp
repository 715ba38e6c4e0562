#pragma once
#include <sys/types.h>

#include <memory>
#include <string>

namespace nerveload {

/// An X server without a screen (Xvfb) that belongs to this program and ends with it.
class VirtualDisplay {
 public:
  /// @return null when Xvfb is not installed or does not come up within ten seconds
  static std::unique_ptr<VirtualDisplay> start();
  ~VirtualDisplay();
  VirtualDisplay(const VirtualDisplay&) = delete;
  VirtualDisplay& operator=(const VirtualDisplay&) = delete;
  const std::string& name() const { return name_; }  ///< for DISPLAY, such as ":7"

 private:
  explicit VirtualDisplay(pid_t server) : server_(server) {}
  pid_t server_;
  std::string name_;
};

}  // namespace nerveload
