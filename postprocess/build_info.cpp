#include "postprocess/build_info.hpp"

#include <openssl/opensslv.h>
#include <vtkVersionMacros.h>

#include <Eigen/Core>
#include <boost/version.hpp>
#include <nlohmann/json.hpp>
#include <sstream>

#ifdef NERVELOAD_HAVE_MULTIFRONTAL
#include <metis.h>
extern "C" char* openblas_get_config();
#endif

#include "nerveload_version.hpp"

namespace nerveload {

BuildInfo build_info() {
  auto dotted = [](int a, int b, int c) { return std::to_string(a) + "." + std::to_string(b) + "." + std::to_string(c); };
  BuildInfo info{version_text, git_text, {}};
  info.libraries.emplace_back("Eigen", dotted(EIGEN_WORLD_VERSION, EIGEN_MAJOR_VERSION, EIGEN_MINOR_VERSION));
#ifdef NERVELOAD_HAVE_MULTIFRONTAL
  info.libraries.emplace_back("METIS", dotted(METIS_VER_MAJOR, METIS_VER_MINOR, METIS_VER_SUBMINOR));
  std::istringstream openblas(openblas_get_config());  // "OpenBLAS 0.3.21 NO_LAPACKE …"
  std::string word;
  openblas >> word >> word;
  info.libraries.emplace_back("OpenBLAS", word);
#endif
  info.libraries.emplace_back("Boost", dotted(BOOST_VERSION / 100000, BOOST_VERSION / 100 % 1000, BOOST_VERSION % 100));
  info.libraries.emplace_back("OpenSSL", dotted(OPENSSL_VERSION_MAJOR, OPENSSL_VERSION_MINOR, OPENSSL_VERSION_PATCH));
  info.libraries.emplace_back("VTK", dotted(VTK_MAJOR_VERSION, VTK_MINOR_VERSION, VTK_BUILD_VERSION));
  info.libraries.emplace_back("SQLite", sqlite_version_text);
  info.libraries.emplace_back("toml11", toml11_version_text);
  info.libraries.emplace_back("nlohmann-json", dotted(NLOHMANN_JSON_VERSION_MAJOR, NLOHMANN_JSON_VERSION_MINOR, NLOHMANN_JSON_VERSION_PATCH));
  return info;
}

}  // namespace nerveload
