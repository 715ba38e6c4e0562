#include "scenarios/leg_meshes.hpp"

#include <string>

#include "solver/base/memory.hpp"

namespace nerveload {

const char* to_string(Fidelity fidelity) {
  switch (fidelity) {
    case Fidelity::rough: return "rough";
    case Fidelity::coarse: return "coarse";
    case Fidelity::standard: return "standard";
    case Fidelity::fine: return "fine";
  }
  return "";
}

std::vector<MeshedLeg> mesh_leg(const LegInput& input, std::unique_ptr<LegModel> at_hand) {
  std::vector<MeshedLeg> meshes;
  for (const Fidelity fidelity : {Fidelity::rough, Fidelity::coarse, Fidelity::standard, Fidelity::fine}) {
    const bool wanted = fidelity == input.shape.fidelity;
    LegInput on_this = input;
    on_this.shape.fidelity = fidelity;
    MeshedLeg meshed{fidelity, nullptr, {}};
    try {
      meshed.leg = wanted && at_hand ? std::move(at_hand) : std::make_unique<LegModel>(on_this);
    } catch (const MeshRefusal&) {
      if (wanted) throw;
      continue;
    }
    meshes.push_back(std::move(meshed));
    if (wanted) break;
  }
  return meshes;
}

void load_on_meshes(std::vector<MeshedLeg>& meshes, const LoadGoal& goal, const LoadOptions& options,
                    const std::function<LegObserver(bool wanted)>& observer_of, const std::function<LegGuess(const LegModel&)>& guess_of) {
  SolvedLeg guide;
  for (std::size_t i = 0; i < meshes.size(); ++i) {
    MeshedLeg& m = meshes[i];
    try {
      const bool wanted = i + 1 == meshes.size();
      LoadOptions here = options;
      if (!wanted) here.most_from_guess *= 2;  // iterations are cheap there, and walking takes more
      m.outcome = load_leg(*m.leg, goal, here, observer_of(wanted), guide, guess_of ? guess_of(*m.leg) : LegGuess{});
    } catch (const InsufficientMemory& e) {
      const bool fits = i > 0 && meshes[i - 1].fidelity != Fidelity::rough;
      throw InsufficientMemory(to_string(m.fidelity) + (std::string(" mesh: ") + e.what()) +
                               (fits ? std::string("; --fidelity ") + to_string(meshes[i - 1].fidelity) + " fits" : "; no coarser mesh fits"));
    }
    guide = {m.leg.get(), &m.outcome};
  }
}

}  // namespace nerveload
