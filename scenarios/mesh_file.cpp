#include "scenarios/mesh_file.hpp"

#include "scenarios/input_error.hpp"
#include "scenarios/read_inp.hpp"
#include "scenarios/read_msh.hpp"
#include "scenarios/read_vtk_mesh.hpp"
#include "scenarios/text_filter.hpp"

namespace nerveload {
namespace {

constexpr std::size_t largest_mesh_bytes = std::size_t(4) << 30;

LabelledMesh read_labelled(const std::filesystem::path& path) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) throw FileError(path.string() + ": no such file");
  const std::string ending = path.extension().string();
  if (ending == ".vtu" || ending == ".vtk") return read_vtk_mesh(path);
  if (ending != ".inp" && ending != ".msh") throw InputError(Place{path.string(), 0, 0}, "a mesh file ends in .vtu, .vtk, .inp or .msh");
  const std::string text = read_text_file(path, largest_mesh_bytes);
  if (text.size() > largest_mesh_bytes) throw FileError(path.string() + ": larger than 4 GiB");
  return ending == ".inp" ? read_inp(text, path) : read_msh(text, path);
}

}  // namespace

Mesh read_mesh_file(const std::filesystem::path& path, double mm_per_unit) { return read_labelled(path).to_mesh(mm_per_unit); }

}  // namespace nerveload
