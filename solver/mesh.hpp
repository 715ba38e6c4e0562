#pragma once
#include <Eigen/Dense>
#include <array>
#include <map>
#include <string>
#include <vector>

namespace nerveload {

using Vec3 = Eigen::Vector3d;
using Mat3d = Eigen::Matrix3d;

/// Nodes of a hexahedron: bottom face counter-clockwise seen from the top face, then the top face; positive volume.
using Hex = std::array<int, 8>;
/// Nodes of a quadrilateral facet, counter-clockwise seen from outside: the right-hand normal points outwards.
using Quad = std::array<int, 4>;

/// A solid mesh: reference positions, hexahedra with a region each, and named sets. Plain values, no behaviour.
struct Mesh {
  std::vector<Vec3> X;  ///< reference position of each node, mm
  std::vector<Hex> hexes;
  std::vector<int> region;  ///< per hexahedron, index into region_names
  std::vector<std::string> region_names;
  std::vector<Vec3> fibre;                            ///< per hexahedron, unit fibre direction in the reference state; empty = none
  std::map<std::string, std::vector<int>> node_sets;  ///< sorted, unique node numbers
  std::map<std::string, std::vector<Quad>> facet_sets;
};

}  // namespace nerveload
