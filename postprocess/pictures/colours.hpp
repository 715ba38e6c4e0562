#pragma once
#include <vtkSmartPointer.h>

#include <array>

#include "meshes/anatomy_mesh.hpp"

class vtkColorTransferFunction;

namespace nerveload {

using Colour = std::array<double, 3>;

/// Dark blue over grey to yellow: even steps in lightness, told apart with any kind of colour blindness and in grey print.
vtkSmartPointer<vtkColorTransferFunction> even_colours(double low, double high);

/// Colours of an anatomical atlas, softened so that the nerve stands out.
Colour tissue_colour(Tissue tissue);
/// The name in plain words.
const char* tissue_words(Tissue tissue);

inline constexpr Colour bone_colour{0.93, 0.89, 0.78}, roller_colour{0.35, 0.42, 0.50}, ink{0.0, 0.0, 0.0}, paper{1.0, 1.0, 1.0};
/// Of the levels L1 … L4 in charts and legends (dark enough on white).
Colour level_colour(int level);

}  // namespace nerveload
