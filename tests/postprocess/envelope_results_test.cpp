#include "postprocess/envelope_results.hpp"

#include <gtest/gtest.h>
#include <vtkDataArray.h>
#include <vtkPointData.h>
#include <vtkStructuredGrid.h>
#include <vtkXMLStructuredGridReader.h>

#include <cmath>

#include "tests/support/has.hpp"
#include "tests/support/run_program.hpp"

using namespace nerveload;

namespace {

EnvelopePoint point(double position, double hip, const std::string& status) {
  EnvelopePoint p;
  p.position_mm = position;
  p.hip_flexion_deg = hip;
  p.knee_flexion_deg = 80.0;
  p.roller = "standard";
  p.status = status;
  p.governing = status == "failed" ? "" : "compression";
  return p;
}

Envelope small() {
  Envelope e;
  e.name = "a leg";
  e.fidelity = "coarse";
  e.level_name = "caution";
  e.most_fraction = 0.55;
  e.most_N = 404.5;
  e.positions_mm = {-20.0, 30.0};
  e.hip_flexion_deg = {30.0, 60.0};
  e.knee_flexion_deg = {80.0};
  e.rollers = {"standard"};
  e.points = {point(-20, 30, "not_reached"), point(30, 30, "reached"), point(-20, 60, "reached_by_pose"), point(30, 60, "failed")};
  e.points[1].critical_force_N = 96.25;
  e.points[1].critical_body_weight_fraction = 0.131;
  e.points[1].critical_mean_pressure_kPa = 9.5;
  e.points[2].critical_force_N = 0.0;
  e.points[2].critical_body_weight_fraction = 0.0;
  e.points[2].critical_mean_pressure_kPa = 0.0;
  e.points[2].governing = "tension";
  e.points[3].reason = "no mesh, \"folded\"";
  return e;
}

}  // namespace

TEST(EnvelopeResults, CsvHasARowAPoint) {
  const std::string csv = envelope_csv(small());
  EXPECT_TRUE(
      csv.starts_with("position_mm,hip_flexion_deg,knee_flexion_deg,roller,critical_force_N,critical_body_weight_fraction,"
                      "critical_mean_pressure_kPa,governing,status,"))
      << csv;
  EXPECT_TRUE(has(csv, "\n-20,30,80,standard,,,,compression,not_reached,")) << csv;
  EXPECT_TRUE(has(csv, "\n30,30,80,standard,96.25,0.131,9.5,compression,reached,")) << csv;
  EXPECT_TRUE(has(csv, "\n-20,60,80,standard,0,0,0,tension,reached_by_pose,")) << csv;
  EXPECT_TRUE(has(csv, "\n30,60,80,standard,,,,,failed,,,,,,1,0.55,coarse,\"no mesh, \"\"folded\"\"\"\n")) << csv;
}

TEST(EnvelopeResults, TableTellsEveryPoint) {
  Envelope e = small();
  const std::string text = envelope_text(e);
  for (const char* words : {"> 404", "96 c", "pose", "failed: position 30 mm, hip 60 deg"}) EXPECT_TRUE(has(text, words)) << words << "\n" << text;
  e.points.pop_back();  // stopped before its end
  EXPECT_TRUE(has(envelope_text(e), "–"));
}

TEST(EnvelopeResults, GridIsReadBack) {
  const ScratchFolder folder;
  write_envelope_grids(small(), folder.path());
  vtkNew<vtkXMLStructuredGridReader> reader;
  reader->SetFileName((folder.path() / "standard.vts").c_str());
  reader->Update();
  const vtkStructuredGrid* grid = reader->GetOutput();
  ASSERT_EQ(const_cast<vtkStructuredGrid*>(grid)->GetNumberOfPoints(), 4);
  vtkPointData* data = reader->GetOutput()->GetPointData();
  EXPECT_DOUBLE_EQ(data->GetArray("critical_force_N")->GetComponent(1, 0), 96.25);
  EXPECT_TRUE(std::isnan(data->GetArray("critical_force_N")->GetComponent(0, 0)));
  for (int i = 0; i < 4; ++i) EXPECT_EQ(data->GetArray("status")->GetComponent(i, 0), i);
  EXPECT_EQ(data->GetArray("governing")->GetComponent(2, 0), 2.0);
  EXPECT_DOUBLE_EQ(reader->GetOutput()->GetPoint(3)[0], 30.0);
  EXPECT_DOUBLE_EQ(reader->GetOutput()->GetPoint(3)[1], 60.0);
}

TEST(EnvelopeResults, MapIsDrawn) {
  const ScratchFolder folder;
  ASSERT_EQ(draw_envelope(small(), folder.path()), "");
  EXPECT_GT(std::filesystem::file_size(folder.path() / "envelope_standard_knee_80.png"), 10000u);
}
