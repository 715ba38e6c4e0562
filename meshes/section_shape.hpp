#pragma once
#include <memory>

#include "meshes/anatomy_shape.hpp"
#include "meshes/ellipse.hpp"
#include "meshes/fan.hpp"

namespace nerveload {

/// The prescribed curves of one section, in its own (ξ, η), reference-size mm.
struct SectionShape {
  SectionFrame frame;
  Ellipse medial, lateral, nerve;                        ///< ischium or hamstrings; ilium or femur; nerve (outside of the epineurium)
  Superellipse muscle;                                   ///< muscle/fat border
  Layer outside;                                         ///< fat and skin around it
  double skin = 2.0;                                     ///< mm
  double surface_angle = 0.0;                            ///< of `outside`, where the surface nodes are densest
  Vec2 surface_centre;                                   ///< that point
  double piriformis_front = 0.0, piriformis_back = 0.0;  ///< η of the band's faces
  double piriformis_hold = 0.0;                          ///< 0…1: how firmly they are prescribed here
  double nerve_s = 0.0;                                  ///< neutral s of the nerve point in this section
  Vec3 nerve_tangent;                                    ///< unit, distal, world
  Vec3 nerve_width_dir, nerve_thickness_dir;             ///< unit, world, perpendicular to the path
  double medial_s = 0.0;                                 ///< neutral s of the medial track's point in this section
  double nerve_width = 0.0, nerve_thickness = 0.0;       ///< full axes perpendicular to the path
  double impingement = 0.0;                              ///< mm that the clearances moved the medial inclusion
};

/// Draws the section at any s of one person in one pose. Everything is at reference length (femur 408 mm): the caller
/// scales the finished mesh by shape.length_scale.
class SectionShapes {
 public:
  explicit SectionShapes(const AnatomyShape& shape);
  ~SectionShapes();
  SectionShape at(double s) const;
  const Fan& fan() const;
  /// Arc length along the neutral nerve from station zero to the point at neutral s, mm (reference size).
  double station(double nerve_s) const;
  double s_of_station(double station_mm) const;

 private:
  struct Tracks;
  std::unique_ptr<Tracks> tracks_;
};

}  // namespace nerveload
