#include "postprocess/vtk_writer.hpp"

#include <gtest/gtest.h>
#include <vtkCellData.h>
#include <vtkDataArray.h>
#include <vtkFieldData.h>
#include <vtkFloatArray.h>
#include <vtkIntArray.h>
#include <vtkPointData.h>
#include <vtkPolyData.h>
#include <vtkSmartPointer.h>
#include <vtkStringArray.h>
#include <vtkUnstructuredGrid.h>
#include <vtkXMLPolyDataReader.h>
#include <vtkXMLUnstructuredGridReader.h>

#include <fstream>
#include <regex>
#include <sstream>

#include "postprocess/files.hpp"
#include "tests/support/block_results.hpp"
#include "tests/support/scratch_folder.hpp"

namespace nerveload {
namespace {
namespace fs = std::filesystem;

struct Member {
  double time;
  fs::path file;
};

std::vector<Member> read_pvd(const fs::path& pvd) {
  std::ifstream file(pvd);
  std::ostringstream text;
  text << file.rdbuf();
  const std::string all = text.str();
  const std::regex entry("timestep=\"([^\"]+)\"[^>]*file=\"([^\"]+)\"");
  std::vector<Member> members;
  for (std::sregex_iterator m(all.begin(), all.end(), entry), end; m != end; ++m)
    members.push_back({std::stod((*m)[1]), pvd.parent_path() / (*m)[2].str()});
  return members;
}

template <class Reader, class Data>
vtkSmartPointer<Data> read(const fs::path& path) {
  auto reader = vtkSmartPointer<Reader>::New();
  reader->SetFileName(path.c_str());
  reader->Update();
  return Data::SafeDownCast(reader->GetOutputDataObject(0));
}
auto read_grid(const fs::path& p) { return read<vtkXMLUnstructuredGridReader, vtkUnstructuredGrid>(p); }
auto read_poly(const fs::path& p) { return read<vtkXMLPolyDataReader, vtkPolyData>(p); }

struct Written : ::testing::Test {
  static void SetUpTestSuite() {
    block = new BlockResults;
    dir = new ScratchFolder;
    write_vtk(block->results, dir->path());
  }
  static void TearDownTestSuite() {
    delete dir;
    delete block;
  }
  static double volume(vtkUnstructuredGrid* grid, vtkIdType cell) {
    vtkIdType count;
    const vtkIdType* ids;
    grid->GetCellPoints(cell, count, ids);
    Vec3 x[8];
    for (int i = 0; i < 8; ++i) grid->GetPoint(ids[i], x[i].data());
    return (x[1] - x[0]).cross(x[3] - x[0]).dot(x[4] - x[0]);
  }
  static inline BlockResults* block = nullptr;
  static inline ScratchFolder* dir = nullptr;
};

TEST_F(Written, TissueHasTheArraysOfTheInterface) {
  const auto members = read_pvd(dir->path() / "tissue.pvd");
  ASSERT_EQ(members.size(), block->results.steps.size());
  for (std::size_t k = 0; k < members.size(); ++k) {
    const auto grid = read_grid(members[k].file);
    ASSERT_TRUE(grid);
    ASSERT_EQ(grid->GetNumberOfCells(), vtkIdType(block->leg.anatomy.mesh.cells.size()));
    ASSERT_TRUE(grid->GetFieldData()->GetArray("TimeValue"));
    EXPECT_EQ(grid->GetFieldData()->GetArray("TimeValue")->GetTuple1(0), members[k].time);
    if (k > 0) {
      EXPECT_GT(members[k].time, members[k - 1].time);
    }
    auto* names = vtkStringArray::SafeDownCast(grid->GetFieldData()->GetAbstractArray("region_names"));
    ASSERT_TRUE(names);
    EXPECT_EQ(names->GetValue(10), "epineurium");
    const std::pair<const char*, int> cell_arrays[] = {
        {"cauchy_stress_kPa", 6}, {"pressure_kPa", 1}, {"von_mises_kPa", 1}, {"min_principal_stretch", 1}, {"fibre", 3}};
    for (const auto& [name, components] : cell_arrays) {
      auto* a = vtkFloatArray::SafeDownCast(grid->GetCellData()->GetArray(name));
      ASSERT_TRUE(a) << name;
      EXPECT_EQ(a->GetNumberOfComponents(), components) << name;
    }
    ASSERT_TRUE(vtkIntArray::SafeDownCast(grid->GetCellData()->GetArray("region")));
    auto* u = vtkFloatArray::SafeDownCast(grid->GetPointData()->GetArray("displacement_mm"));
    ASSERT_TRUE(u);
    EXPECT_EQ(u->GetNumberOfComponents(), 3);
    ASSERT_TRUE(grid->GetPointData()->GetArray("pressure_kPa"));
    const char* order[] = {"XX", "YY", "ZZ", "XY", "YZ", "XZ"};
    for (int c = 0; c < 6; ++c) EXPECT_STREQ(grid->GetCellData()->GetArray("cauchy_stress_kPa")->GetComponentName(c), order[c]);
  }
}

TEST_F(Written, ValuesAreThoseOfTheState) {
  const auto grid = read_grid(read_pvd(dir->path() / "tissue.pvd").back().file);
  const BlockLeg& leg = block->leg;
  const State& state = block->states.back();
  const int cell = BlockLeg::cell(6, 10, 5), node = BlockLeg::node(7, 11, 4);
  const CellPoints points = leg.body->points(cell, state);
  double pressure = 0.0, xy = 0.0;
  for (const CellPoint& at : points.points()) {
    pressure -= (at.cauchy[0] + at.cauchy[1] + at.cauchy[2]) / 24.0;
    xy += at.cauchy[3] / 8.0;
  }
  EXPECT_GT(pressure, 0.5);
  EXPECT_NEAR(grid->GetCellData()->GetArray("pressure_kPa")->GetTuple1(cell), pressure, 0.02 * pressure);
  // A right leg: mirrored, so XY changes its sign.
  EXPECT_NEAR(grid->GetCellData()->GetArray("cauchy_stress_kPa")->GetComponent(cell, 3), -xy, 0.05 * std::abs(xy) + 1e-3);
  double u[3], x[3];
  grid->GetPointData()->GetArray("displacement_mm")->GetTuple(node, u);
  grid->GetPoint(node, x);
  EXPECT_NEAR(x[0], -leg.anatomy.mesh.X[node].x(), 1e-5);
  EXPECT_NEAR(u[0], -state.unknowns[3 * node], 1e-6);
  EXPECT_NEAR(u[1], state.unknowns[3 * node + 1], 1e-6);
  EXPECT_LT(u[1], -1.0);
}

TEST_F(Written, MirroringKeepsVolumesPositive) {
  const auto grid = read_grid(read_pvd(dir->path() / "tissue.pvd").front().file);
  for (vtkIdType c = 0; c < grid->GetNumberOfCells(); ++c) ASSERT_GT(volume(grid, c), 0.0) << c;
}

TEST_F(Written, ALeftLegIsTheMirrorImageOfARightOne) {
  Results left = block->results;
  left.frame.mirrored = false;
  const int step = static_cast<int>(left.steps.size()) - 1;
  const auto a = tissue_grid(left, step), b = tissue_grid(block->results, step);
  auto *sa = a->GetCellData()->GetArray("cauchy_stress_kPa"), *sb = b->GetCellData()->GetArray("cauchy_stress_kPa");
  const double sign[6] = {1, 1, 1, -1, 1, -1};
  for (vtkIdType c = 0; c < a->GetNumberOfCells(); c += 7) {
    EXPECT_GT(volume(a, c), 0.0);
    for (int i = 0; i < 6; ++i) EXPECT_EQ(sa->GetComponent(c, i), sign[i] * sb->GetComponent(c, i));
  }
  EXPECT_EQ(a->GetPoint(3)[0], -b->GetPoint(3)[0]);
  EXPECT_EQ(a->GetPoint(3)[2], b->GetPoint(3)[2]);
}

TEST_F(Written, NerveIsALineWithEveryColumn) {
  const auto members = read_pvd(dir->path() / "nerve.pvd");
  ASSERT_EQ(members.size(), block->results.steps.size());
  const auto poly = read_poly(members.back().file);
  ASSERT_EQ(poly->GetNumberOfLines(), 1);
  const auto& stations = block->results.steps.back().nerve.stations;
  ASSERT_EQ(poly->GetNumberOfPoints(), vtkIdType(stations.size()));
  for (const char* name :
       {"arc_length_mm", "compression_kPa", "compression_pose_kPa", "compression_roller_kPa", "strain_percent", "strain_from_slack_percent",
        "tension_N", "window_mm", "flattening_percent", "compression_utilisation", "tension_utilisation", "radius_mm"})
    EXPECT_TRUE(vtkFloatArray::SafeDownCast(poly->GetPointData()->GetArray(name))) << name;
  EXPECT_TRUE(vtkIntArray::SafeDownCast(poly->GetPointData()->GetArray("irritation_level")));
  EXPECT_TRUE(poly->GetFieldData()->GetArray("TimeValue"));
  for (vtkIdType i = 0; i < poly->GetNumberOfPoints(); ++i)
    EXPECT_FLOAT_EQ(float(poly->GetPointData()->GetArray("compression_kPa")->GetTuple1(i)), float(stations[i].compression_kPa));
}

TEST_F(Written, RollerAndBonesAreClosedSurfacesFacingOutwards) {
  const auto members = read_pvd(dir->path() / "roller.pvd");
  ASSERT_EQ(members.size(), block->results.steps.size());
  for (const auto& poly : {read_poly(members.back().file), read_poly(dir->path() / "bones.vtp")}) {
    ASSERT_TRUE(poly);
    double enclosed = 0.0;  // divergence theorem, fans of triangles
    for (vtkIdType c = 0; c < poly->GetNumberOfCells(); ++c) {
      vtkIdType count;
      const vtkIdType* ids;
      poly->GetCellPoints(c, count, ids);
      for (vtkIdType i = 1; i + 1 < count; ++i) {
        Vec3 p, q, r;
        poly->GetPoint(ids[0], p.data());
        poly->GetPoint(ids[i], q.data());
        poly->GetPoint(ids[i + 1], r.data());
        enclosed += p.dot(q.cross(r)) / 6.0;
      }
    }
    EXPECT_GT(enclosed, 1e4);
  }
  // The roller touches the skin in the end and has been drawn a little way off at first.
  double first[6], last[6];
  read_poly(members.front().file)->GetBounds(first);
  read_poly(members.back().file)->GetBounds(last);
  // (touching is told at the skin's quadrature points, a few hundredths of a millimetre late on a round roller)
  EXPECT_NEAR(last[2], 30.0 - 8.0, 0.1);
  EXPECT_NEAR(first[2], 60.0, 0.1);
  EXPECT_NEAR(first[2] - last[2], 38.0, 1e-3);
  EXPECT_NEAR(last[1] - last[0], 120.0, 1e-3);
  const auto bones = read_poly(dir->path() / "bones.vtp");
  auto* names = vtkStringArray::SafeDownCast(bones->GetFieldData()->GetAbstractArray("bone_names"));
  ASSERT_TRUE(names);
  EXPECT_EQ(names->GetValue(1), "femur");
}

TEST_F(Written, OnlySomeStepsWhenAskedFor) {
  Results few = block->results;
  few.every_step = false;
  const int last = static_cast<int>(few.steps.size()) - 1;
  EXPECT_EQ(written_steps(few), (std::vector<int>{0, last}));
}

TEST_F(Written, AFullDiskOrAMissingFolderIsAnOutputError) {
  const ScratchFolder blocked;
  write_text(blocked.path() / "tissue", "a file where a folder should be");
  EXPECT_THROW(write_vtk(block->results, blocked.path()), OutputError);
}

}  // namespace
}  // namespace nerveload
