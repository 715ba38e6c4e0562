#pragma once
#include <vtkObject.h>

namespace nerveload {

/// VTK prints to the screen what it does not like; as long as one of these lives it does not, and whoever reads says it as an error of ours.
class QuietVtk {
 public:
  QuietVtk() : shown_(vtkObject::GetGlobalWarningDisplay()) { vtkObject::GlobalWarningDisplayOff(); }
  ~QuietVtk() { vtkObject::SetGlobalWarningDisplay(shown_); }
  QuietVtk(const QuietVtk&) = delete;
  QuietVtk& operator=(const QuietVtk&) = delete;

 private:
  int shown_;
};

}  // namespace nerveload
