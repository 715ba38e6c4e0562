#include "postprocess/pictures/response_pictures.hpp"

#include <gtest/gtest.h>
#include <vtkImageData.h>
#include <vtkPNGReader.h>
#include <vtkSmartPointer.h>

#include "tests/support/scratch_folder.hpp"

namespace nerveload {
namespace {

/// A figure that grows with each of `inputs` inputs.
ResponseDrawing drawing_of_inputs(int inputs) {
  ResponseDrawing d;
  d.title = "A figure";
  d.figure = "figure (kPa)";
  for (int i = 0; i < inputs; ++i)
    d.panels.push_back({"input " + std::to_string(i), {0, 1, 2}, {1, 2, 3}, {0, 1, 2}, {2, 3, 4}, {0, 1, 2}, {1.5, 2.5, 3.5}});
  d.note = "3 points";
  return d;
}

TEST(ResponsePictures, EveryInputHasAPanelOfItsOwn) {
  const ScratchFolder dir;
  ASSERT_EQ(draw_responses({{"one", drawing_of_inputs(1)}, {"eight", drawing_of_inputs(8)}, {"forty", drawing_of_inputs(40)}}, dir.path()), "");
  const std::vector<std::pair<std::string, int>> panels = {{"one", 1}, {"eight", 8}, {"forty", 40}};
  for (const auto& [stem, count] : panels) {
    auto reader = vtkSmartPointer<vtkPNGReader>::New();
    reader->SetFileName((dir.path() / (stem + "_effects.png")).c_str());
    reader->Update();
    const int *size = reader->GetOutput()->GetDimensions(), columns = count > 4 ? 3 : 1, rows = (count + columns - 1) / columns;
    const int foot = 63, tall = (size[1] - 171) / rows, wide = size[0] / columns;
    int drawn = 0;
    for (int place = 0; place < rows * columns; ++place) {
      const int x0 = place % columns * wide, y0 = foot + (rows - 1 - place / columns) * tall;
      int curve = 0;  // pixels as blue as the mean is
      for (int y = y0; y < y0 + tall; ++y)
        for (int x = x0; x < x0 + wide; ++x) {
          const auto* at = static_cast<const unsigned char*>(reader->GetOutput()->GetScalarPointer(x, y, 0));
          curve += at[0] < 60 && at[2] > 110;
        }
      drawn += curve > 200;
    }
    EXPECT_EQ(drawn, count) << stem;
    EXPECT_GE(tall, 350) << stem;
  }
}

}  // namespace
}  // namespace nerveload
