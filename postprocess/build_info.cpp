#include "postprocess/build_info.hpp"

#include <openssl/opensslv.h>
#include <vtkVersionMacros.h>

#include <Eigen/Core>
#include <boost/version.hpp>
#include <nlohmann/json.hpp>

#ifdef NERVELOAD_HAVE_CHOLMOD
#include <cholmod.h>
#endif

#include "nerveload_version.hpp"

namespace nerveload {

BuildInfo build_info() {
  auto dotted = [](int a, int b, int c) { return std::to_string(a) + "." + std::to_string(b) + "." + std::to_string(c); };
  BuildInfo info{version_text, git_text, {}};
  info.libraries.emplace_back("Eigen", dotted(EIGEN_WORLD_VERSION, EIGEN_MAJOR_VERSION, EIGEN_MINOR_VERSION));
#ifdef NERVELOAD_HAVE_CHOLMOD
  info.libraries.emplace_back("CHOLMOD", dotted(CHOLMOD_MAIN_VERSION, CHOLMOD_SUB_VERSION, CHOLMOD_SUBSUB_VERSION));
#endif
  info.libraries.emplace_back("Boost", dotted(BOOST_VERSION / 100000, BOOST_VERSION / 100 % 1000, BOOST_VERSION % 100));
  info.libraries.emplace_back("OpenSSL", dotted(OPENSSL_VERSION_MAJOR, OPENSSL_VERSION_MINOR, OPENSSL_VERSION_PATCH));
  info.libraries.emplace_back("VTK", dotted(VTK_MAJOR_VERSION, VTK_MINOR_VERSION, VTK_BUILD_VERSION));
  info.libraries.emplace_back("nlohmann-json", dotted(NLOHMANN_JSON_VERSION_MAJOR, NLOHMANN_JSON_VERSION_MINOR, NLOHMANN_JSON_VERSION_PATCH));
  return info;
}

}  // namespace nerveload
