# Text files that the program must find wherever it is installed (presets, library scenarios) are compiled into it.
# nerveload_embed(target symbol root files...) generates <symbol>.cpp: a sorted table of {path, text}.
function(nerveload_embed target symbol root)
  set(out ${PROJECT_BINARY_DIR}/generated/${symbol}.cpp)
  set(entries "")
  foreach(file ${ARGN})
    file(READ ${file} text)
    file(RELATIVE_PATH path ${root} ${file})
    string(APPEND entries "  {\"${path}\", R\"~embedded~(${text})~embedded~\"},\n")
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
  endforeach()
  file(CONFIGURE OUTPUT ${out} @ONLY CONTENT
"#include <array>
#include <string_view>
#include <utility>
#include <vector>
namespace nerveload {
std::vector<std::pair<std::string_view, std::string_view>> ${symbol}() {
  return {
${entries}  };
}
}  // namespace nerveload
")
  target_sources(${target} PRIVATE ${out})
endfunction()
