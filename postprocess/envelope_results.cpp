#include "postprocess/envelope_results.hpp"

#include <vtkDoubleArray.h>
#include <vtkIntArray.h>
#include <vtkPointData.h>
#include <vtkPoints.h>
#include <vtkStructuredGrid.h>
#include <vtkXMLStructuredGridWriter.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <limits>

#include "postprocess/files.hpp"
#include "postprocess/text_table.hpp"

namespace nerveload {
namespace {

/// What a computation may leave short of a whole number.
constexpr double hair = 1e-6;

/// What a cell of the table says.
std::string cell_words(const EnvelopePoint& p, double most_N) {
  if (p.status == "not_reached") return "> " + force_words(most_N);
  if (p.status == "reached_by_pose") return "pose";
  if (p.status == "failed") return "failed";
  return force_words(*p.critical_force_N) + (p.governing == "tension" ? " t" : " c");
}

int status_number(const std::string& status) {
  const std::array<const char*, 4> names = {"not_reached", "reached", "reached_by_pose", "failed"};
  return static_cast<int>(std::find(names.begin(), names.end(), status) - names.begin());
}

/// Index of a point in its roller's grid, positions fastest.
std::size_t place_in_grid(const Envelope& e, const EnvelopePoint& p) {
  const auto index = [](const std::vector<double>& axis, double v) {
    return static_cast<std::size_t>(std::find(axis.begin(), axis.end(), v) - axis.begin());
  };
  return index(e.positions_mm, p.position_mm) + e.positions_mm.size() * (index(e.hip_flexion_deg, p.hip_flexion_deg) +
                                                                         e.hip_flexion_deg.size() * index(e.knee_flexion_deg, p.knee_flexion_deg));
}

vtkSmartPointer<vtkStructuredGrid> grid_of(const Envelope& e, const std::string& roller) {
  auto grid = vtkSmartPointer<vtkStructuredGrid>::New();
  grid->SetDimensions(static_cast<int>(e.positions_mm.size()), static_cast<int>(e.hip_flexion_deg.size()),
                      static_cast<int>(e.knee_flexion_deg.size()));
  auto points = vtkSmartPointer<vtkPoints>::New();
  points->SetDataTypeToDouble();
  for (const double knee : e.knee_flexion_deg)
    for (const double hip : e.hip_flexion_deg)
      for (const double position : e.positions_mm) points->InsertNextPoint(position, hip, knee);
  grid->SetPoints(points);
  const vtkIdType count = points->GetNumberOfPoints();
  const std::pair<const char*, std::optional<double> EnvelopePoint::*> figures[] = {
      {"critical_force_N", &EnvelopePoint::critical_force_N},
      {"critical_body_weight_fraction", &EnvelopePoint::critical_body_weight_fraction},
      {"critical_mean_pressure_kPa", &EnvelopePoint::critical_mean_pressure_kPa}};
  for (const auto& [name, value] : figures) {
    auto array = vtkSmartPointer<vtkDoubleArray>::New();
    array->SetName(name);
    array->SetNumberOfTuples(count);
    array->Fill(std::numeric_limits<double>::quiet_NaN());
    for (const EnvelopePoint& p : e.points)
      if (p.roller == roller && p.*value) array->SetValue(static_cast<vtkIdType>(place_in_grid(e, p)), *(p.*value));
    grid->GetPointData()->AddArray(array);
  }
  constexpr int not_computed = 4;
  auto status = vtkSmartPointer<vtkIntArray>::New(), governing = vtkSmartPointer<vtkIntArray>::New();
  status->SetName("status");
  governing->SetName("governing");
  for (const auto& [array, value] : {std::pair{status, not_computed}, {governing, 0}}) {
    array->SetNumberOfTuples(count);
    array->FillValue(value);
    grid->GetPointData()->AddArray(array);
  }
  for (const EnvelopePoint& p : e.points) {
    if (p.roller != roller) continue;
    const auto at = static_cast<vtkIdType>(place_in_grid(e, p));
    status->SetValue(at, status_number(p.status));
    governing->SetValue(at, p.governing == "compression" ? 1 : p.governing == "tension" ? 2 : 0);
  }
  return grid;
}

}  // namespace

std::string rounded(double value, const char* format) {
  std::array<char, 40> text;
  std::snprintf(text.data(), text.size(), format, value);
  return text.data();
}

std::string force_words(double force_N) { return rounded(std::floor(force_N + hair)); }
std::string share_of_weight_words(double fraction) { return rounded(0.01 * std::floor(100.0 * fraction + hair), "%.2f"); }

std::string envelope_csv(const Envelope& e) {
  std::string csv =
      "position_mm,hip_flexion_deg,knee_flexion_deg,roller,critical_force_N,critical_body_weight_fraction,critical_mean_pressure_kPa,governing,"
      "status,governing_at_mm,pose_compression_utilisation,pose_tension_utilisation,compression_utilisation,tension_utilisation,level,"
      "most_body_weight_fraction,fidelity,reason\n";
  for (const EnvelopePoint& p : e.points) {
    const bool failed = p.status == "failed";
    const auto measured = [&](double v) { return failed ? std::string() : number_text(v); };
    csv += number_text(p.position_mm) + "," + number_text(p.hip_flexion_deg) + "," + number_text(p.knee_flexion_deg) + "," + p.roller + "," +
           number_text(p.critical_force_N) + "," + number_text(p.critical_body_weight_fraction) + "," + number_text(p.critical_mean_pressure_kPa) +
           "," + p.governing + "," + p.status + "," + measured(p.governing_at_mm) + "," + measured(p.pose_compression) + "," +
           measured(p.pose_tension) + "," + measured(p.compression) + "," + measured(p.tension) + "," + std::to_string(e.level) + "," +
           number_text(e.most_fraction) + "," + e.fidelity + "," + csv_text(p.reason) + "\n";
  }
  return csv;
}

std::string envelope_text(const Envelope& e) {
  std::string text = "force (N) at which the " + e.level_name + " level is reached; c by compression, t by tension, pose = without any force, > " +
                     force_words(e.most_N) + " = not up to " + share_of_weight_words(e.most_fraction) + " of body weight (" + e.fidelity + " mesh)\n";
  for (const std::string& roller : e.rollers)
    for (const double knee : e.knee_flexion_deg) {
      std::vector<TableRow> rows = {{"hip \\ position mm"}};
      for (const double position : e.positions_mm) rows[0].push_back(rounded(position, "%g"));
      for (const double hip : e.hip_flexion_deg) {
        TableRow row = {rounded(hip, "%g") + " deg"};
        for (const double position : e.positions_mm) {
          const auto p = std::find_if(e.points.begin(), e.points.end(), [&](const EnvelopePoint& q) {
            return q.roller == roller && q.knee_flexion_deg == knee && q.hip_flexion_deg == hip && q.position_mm == position;
          });
          row.push_back(p == e.points.end() ? "–" : cell_words(*p, e.most_N));
        }
        rows.push_back(std::move(row));
      }
      text += "\n" + roller + " roller, knee " + rounded(knee, "%g") + " deg\n" + plain_table(rows);
    }
  for (const EnvelopePoint& p : e.points)
    if (p.status == "failed")
      text += "failed: position " + rounded(p.position_mm, "%g") + " mm, hip " + rounded(p.hip_flexion_deg, "%g") + " deg, knee " +
              rounded(p.knee_flexion_deg, "%g") + " deg, " + p.roller + " roller: " + p.reason + "\n";
  return text;
}

void write_envelope_grids(const Envelope& e, const std::filesystem::path& dir) {
  for (const std::string& roller : e.rollers)
    write_whole(dir / (roller + ".vts"), [&](const std::filesystem::path& beside) {
      auto writer = vtkSmartPointer<vtkXMLStructuredGridWriter>::New();
      writer->SetFileName(beside.c_str());
      writer->SetInputData(grid_of(e, roller));
      if (writer->Write() == 0) throw OutputError("cannot write '" + beside.string() + "'");
    });
}

}  // namespace nerveload
