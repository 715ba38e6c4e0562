#include "meshes/tissue_layout.hpp"

#include "meshes/anatomy_tables.hpp"

namespace nerveload {
namespace {

/// Whether a core quad belongs to the piriformis, in the layers that it passes. Behind the nerve lies the band of row 4; what lies beside it
/// is row 3 and in front of it row 2, each in columns 2 (medial), 3 (at the nerve) and 4 (lateral).
bool is_piriformis(const SectionQuad& q, PiriformisVariant variant) {
  if (q.column < 2 || q.column > 4 || q.row < 2) return false;
  const bool band = q.row == 4, lateral = q.column == 4, front = q.row == 2;
  switch (variant) {
    case PiriformisVariant::A: return band;
    case PiriformisVariant::B: return band || lateral;
    case PiriformisVariant::D: return true;
    case PiriformisVariant::F: return front;
  }
  return false;
}

}  // namespace

Tissue tissue_of(const SectionQuad& q, int layer, const LayerPlan& plan, PiriformisVariant variant) {
  if (layer >= plan.piriformis_from() && layer < plan.piriformis_to() && is_piriformis(q, variant)) return Tissue::piriformis;
  const bool below_fold = layer >= plan.fold(), below_ischium = layer >= plan.ischium_end();
  switch (q.part) {
    case Part::skin: return Tissue::skin;
    case Part::fat: return Tissue::fat;
    case Part::muscle_ring:
      if (q.side == 0 || q.side == 3) return Tissue::quadriceps_adductors;
      return below_fold ? Tissue::hamstrings : Tissue::gluteus_maximus;
    case Part::medial: return below_fold ? Tissue::hamstrings : Tissue::hamstring_tendon;
    case Part::paraneurium: return Tissue::paraneurium;
    case Part::epineurium: return Tissue::epineurium;
    case Part::fascicles: return Tissue::fascicles;
    case Part::row4_band:
      if (below_ischium) return Tissue::hamstrings;
      return layer >= plan.piriformis_to() ? Tissue::deep_rotators : Tissue::deep_muscle;
    case Part::row3:
    case Part::core: break;
  }
  return Tissue::deep_muscle;
}

Vec3 fibre_of(Tissue tissue, const Vec3& along, const Mat3d& axes) {
  switch (tissue) {
    case Tissue::piriformis: return (piriformis_fibre_across * axes.col(0) + 0.5 * along).normalized();
    case Tissue::deep_rotators: return axes.col(0);
    case Tissue::gluteus_maximus: return (0.85 * along + 0.5 * axes.col(0)).normalized();
    default: return along;
  }
}

const char* to_string(Tissue tissue) {
  switch (tissue) {
    case Tissue::skin: return "skin";
    case Tissue::fat: return "subcutaneous_fat";
    case Tissue::gluteus_maximus: return "gluteus_maximus";
    case Tissue::hamstrings: return "hamstrings";
    case Tissue::piriformis: return "piriformis";
    case Tissue::deep_rotators: return "deep_rotators";
    case Tissue::quadriceps_adductors: return "quadriceps_adductors";
    case Tissue::deep_muscle: return "deep_muscle";
    case Tissue::hamstring_tendon: return "hamstring_tendon";
    case Tissue::fascicles: return "fascicles";
    case Tissue::epineurium: return "epineurium";
    case Tissue::paraneurium: return "paraneurium";
  }
  return "unknown";
}

}  // namespace nerveload
