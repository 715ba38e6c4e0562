#pragma once
#include <vector>

#include "meshes/anatomy_mesh.hpp"
#include "solver/terms/elastic_body.hpp"

namespace nerveload {

/// What squeezes the nerve at one section of the mesh.
struct NerveCompression {
  double station_mm;          ///< zero at the ischial tuberosity, distal positive
  double compression_kPa;     ///< p_n: minus the mean in-plane normal Cauchy stress over the section, positive = squeezed
  double girth_kPa;           ///< check: mean inward normal traction around the girth, from the paraneurium
  double flattening_percent;  ///< 1 − minor axis / minor axis unloaded, from second moments of the section
  double window_mm;           ///< axial length that the mean is over
  Vec3 centre;                ///< current position of the section's centre, mm
};

/// Compression of the nerve along its path.
///   p_n(s) = −½ ⟨σ_aa + σ_bb⟩  over nerve tissue (fascicles and epineurium) within ±window/2 of s; a, b ⟂ current axis.
/// Equilibrium makes it close to the girth mean of the inward traction; it needs no surface recovery and is never a nodal peak.
/// A layer longer than the window stands for itself.
/// Source: docs/theory/nerve.md, "What is reported"; window length of the cuffs and chambers [rydevik1981].
std::vector<NerveCompression> measure_compression(const AnatomyMesh& anatomy, const ElasticBody& body, const State& state, double window_mm = 10.0);

/// Mean over ±window/2 around s of a function that is constant between breaks b_k … b_{k+1}; a piece longer than the
/// window that holds s within it stands for itself (at a break between two such pieces it is their mean). `breaks` ascending, one longer than `values`.
double windowed_mean(const std::vector<double>& breaks, const std::vector<double>& values, double s, double window);

/// Value at s of a function given at ascending stations, linear between them, constant beyond the ends.
double interpolate(const std::vector<double>& stations, const std::vector<double>& values, double s);

}  // namespace nerveload
