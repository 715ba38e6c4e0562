#pragma once
#include <set>
#include <string>
#include <vector>

#include "scenarios/leg_model.hpp"
#include "scenarios/solid_model.hpp"

namespace nerveload {

/// What an input deck for CalculiX is made of, and what of the model it does not say.
struct InpDeck {
  std::string title;
  const Mesh* mesh = nullptr;
  std::vector<Material> materials;   ///< per region
  std::vector<SolidMotion> motions;  ///< sets of the mesh
  std::vector<SolidTraction> tractions;
  int steps = 10;
  std::vector<std::string> left_out;  ///< one sentence each
  std::string element = "C3D20R";     ///< or C3D8, C3D8I, C3D8R; of twenty nodes: the edges get nodes in their middles
};

/// The deck of a solid model: mesh, hyperelastic or linear materials, supports, tractions and pressures. Indenters, fibres, active stress and
/// relaxation cannot be said.
InpDeck deck_of(const SolidModel& model);
/// The tissue of a leg, held as in a run, without a load: for one of one's own.
/// @param mesh  filled with the leg's mesh and the sets of what is held; has to outlive the deck
InpDeck deck_of(const LegModel& leg, const LegInput& input, const std::string& title, Mesh& mesh);

/// The text of the deck: mm, mN, kPa. Begins with what was left out, as comments.
std::string inp_text(const InpDeck& deck);

}  // namespace nerveload
