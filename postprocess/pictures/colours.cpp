#include "postprocess/pictures/colours.hpp"

#include <vtkColorTransferFunction.h>

namespace nerveload {

vtkSmartPointer<vtkColorTransferFunction> even_colours(double low, double high) {
  auto f = vtkSmartPointer<vtkColorTransferFunction>::New();
  f->SetColorSpaceToLab();
  const double middle = 0.5 * (low + high);
  f->AddRGBPoint(low, 0.02, 0.14, 0.36);
  f->AddRGBPoint(middle, 0.49, 0.48, 0.47);
  f->AddRGBPoint(high, 1.0, 0.91, 0.27);
  return f;
}

Colour tissue_colour(Tissue t) {
  switch (t) {
    case Tissue::skin: return {0.91, 0.76, 0.65};
    case Tissue::fat: return {0.97, 0.91, 0.66};
    case Tissue::gluteus_maximus: return {0.80, 0.47, 0.43};
    case Tissue::hamstrings: return {0.71, 0.36, 0.34};
    case Tissue::piriformis: return {0.56, 0.22, 0.30};
    case Tissue::deep_rotators: return {0.86, 0.60, 0.52};
    case Tissue::quadriceps_adductors: return {0.77, 0.55, 0.56};
    case Tissue::deep_muscle: return {0.67, 0.47, 0.47};
    case Tissue::hamstring_tendon: return {0.88, 0.88, 0.92};
    case Tissue::fascicles: return {0.98, 0.80, 0.18};
    case Tissue::epineurium: return {0.90, 0.66, 0.10};
    default: return {0.80, 0.72, 0.52};
  }
}

const char* tissue_words(Tissue t) {
  switch (t) {
    case Tissue::skin: return "skin";
    case Tissue::fat: return "fat under the skin";
    case Tissue::gluteus_maximus: return "gluteus maximus";
    case Tissue::hamstrings: return "hamstrings";
    case Tissue::piriformis: return "piriformis";
    case Tissue::deep_rotators: return "deep hip rotators";
    case Tissue::quadriceps_adductors: return "thigh front and inside";
    case Tissue::deep_muscle: return "other deep muscle";
    case Tissue::hamstring_tendon: return "hamstring tendon";
    case Tissue::fascicles: return "sciatic nerve: fibres";
    case Tissue::epineurium: return "sciatic nerve: sheath";
    default: return "loose tissue round the nerve";
  }
}

Colour level_colour(int level) {
  switch (level) {
    case 1: return {0.72, 0.53, 0.04};
    case 2: return {0.80, 0.33, 0.00};
    case 3: return {0.62, 0.04, 0.15};
    default: return {0.25, 0.00, 0.25};
  }
}

}  // namespace nerveload
