#include <gtest/gtest.h>
#include <vtkPointData.h>
#include <vtkSmartPointer.h>
#include <vtkUnstructuredGrid.h>
#include <vtkXMLUnstructuredGridReader.h>

#include <cmath>
#include <vector>

#include "tests/support/run_program.hpp"

using namespace nerveload;
namespace fs = std::filesystem;

namespace {

/// A light hold of the default roller, written to `folder`/`name`.
fs::path run_lightly(const ScratchFolder& folder, const std::string& name, const std::string& threads, const std::string& side) {
  const fs::path out = folder.path() / name;
  const ProgramResult run = run_program({"run", "default", "--fidelity", "coarse", "--set", "load.indentation_mm=3", "--set", "output.pictures=false",
                                         "--set", "subject.side='" + side + "'", "--threads", threads, "-q", "-o", out.string()},
                                        folder.path());
  EXPECT_EQ(run.code, 0) << run.err;
  return out;
}

fs::path last_tissue(const fs::path& out) {
  std::vector<fs::path> files;
  for (const auto& f : fs::directory_iterator(out / "tissue")) files.push_back(f.path());
  return *std::max_element(files.begin(), files.end());
}

vtkSmartPointer<vtkUnstructuredGrid> tissue(const fs::path& out) {
  const auto reader = vtkSmartPointer<vtkXMLUnstructuredGridReader>::New();
  reader->SetFileName(last_tissue(out).c_str());
  reader->Update();
  return reader->GetOutput();
}

/// Largest difference of positions and displacements, the first component of b turned by `mirror` (±1), mm.
double largest_difference(vtkUnstructuredGrid* a, vtkUnstructuredGrid* b, double mirror) {
  auto* ua = a->GetPointData()->GetArray("displacement_mm");
  auto* ub = b->GetPointData()->GetArray("displacement_mm");
  double most = 0.0;
  for (vtkIdType n = 0; n < a->GetNumberOfPoints(); ++n) {
    double xa[3], xb[3];
    a->GetPoint(n, xa);
    b->GetPoint(n, xb);
    for (int i = 0; i < 3; ++i) {
      const double sign = i == 0 ? mirror : 1.0;
      most = std::max({most, std::abs(xa[i] - sign * xb[i]), std::abs(ua->GetComponent(n, i) - sign * ub->GetComponent(n, i))});
    }
  }
  return most;
}

}  // namespace

/// One scenario, one result: the same bytes with the same number of threads, 1e-9 with another, a mirror image on the other side.
TEST(SameResult, AcrossRunsThreadsAndSides) {
  const ScratchFolder folder;
  const fs::path first = run_lightly(folder, "first", "2", "right"), again = run_lightly(folder, "again", "2", "right"),
                 alone = run_lightly(folder, "alone", "1", "right"), left = run_lightly(folder, "left", "2", "left");
  for (const char* file : {"nerve_profile.csv", "history.csv"}) EXPECT_EQ(text_of_file(first / file), text_of_file(again / file)) << file;
  EXPECT_EQ(text_of_file(last_tissue(first)), text_of_file(last_tissue(again)));

  const auto right = tissue(first);
  ASSERT_GT(right->GetNumberOfPoints(), 10000);
  double size = 0.0;
  for (vtkIdType n = 0; n < right->GetNumberOfPoints(); ++n)
    size = std::max(size, std::abs(right->GetPointData()->GetArray("displacement_mm")->GetComponent(n, 1)));
  EXPECT_GT(size, 1.0);
  EXPECT_LT(largest_difference(right, tissue(alone), 1.0), 1e-9 * size);
  EXPECT_LT(largest_difference(right, tissue(left), -1.0), 1e-8 * size);
}
