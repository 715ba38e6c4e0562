# Files are compiled several at a time: most of what one takes is reading headers.

# Files that ask whether the program's own factorisation is there.
function(files_that_ask out)
  set(asking "")
  foreach(source ${ARGN})
    file(STRINGS ${source} found REGEX "ifdef NERVELOAD_HAVE_MULTIFRONTAL")
    if(found)
      list(APPEND asking ${source})
    endif()
  endforeach()
  set(${out} ${asking} PARENT_SCOPE)
endfunction()

# Libraries by CMake's own means. Names of one file are then seen by the next: what the compiler says of that alone is left to builds of single files
# (the preset dev), and so is what g++ 12 finds in its own strings.
function(nerveload_batch_library target)
  if(NERVELOAD_BATCH GREATER 1)
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE ${NERVELOAD_BATCH})
    # By themselves, for tests compile them once more without the multifrontal method.
    get_target_property(sources ${target} SOURCES)
    files_that_ask(asking ${sources})
    set_source_files_properties(${asking} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
  endif()
endfunction()
set(nerveload_batch_flags "$<$<BOOL:$<TARGET_PROPERTY:UNITY_BUILD>>:-Wno-shadow>"
  "$<$<AND:$<BOOL:$<TARGET_PROPERTY:UNITY_BUILD>>,$<CXX_COMPILER_ID:GNU>>:-Wno-subobject-linkage;-Wno-array-bounds;-Wno-stringop-overflow>")

# Tests differently: each file keeps a namespace of its own, so that two may call their helpers alike.
# nerveload_batches(out name size files...) writes <name>_<n>.cpp into the build folder and lists them in `out`; with a size of 1 the files themselves.
function(nerveload_batches out name size)
  if(size LESS 2)
    set(${out} ${ARGN} PARENT_SCOPE)
    return()
  endif()
  set(batches "")
  set(n 0)
  list(LENGTH ARGN count)
  math(EXPR last "${count} - 1")
  foreach(from RANGE 0 ${last} ${size})
    list(SUBLIST ARGN ${from} ${size} some)
    set(headers "")
    set(texts "")
    foreach(file ${some})
      # Headers first, for all: what they guard against being read twice is then nothing within the namespaces.
      file(STRINGS ${file} lines REGEX "^#include")
      list(APPEND headers ${lines})
      set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
      get_filename_component(space ${file} NAME_WE)
      string(APPEND texts "namespace in_${space} {\nnamespace nerveload {\nusing namespace ::nerveload;\n}\n#include \"${file}\"\n}\n")
    endforeach()
    list(REMOVE_DUPLICATES headers)
    list(JOIN headers "\n" headers)
    set(batch ${PROJECT_BINARY_DIR}/generated/${name}_${n}.cpp)
    file(CONFIGURE OUTPUT ${batch} @ONLY CONTENT "${headers}\nnamespace nerveload {}\n${texts}")
    list(APPEND batches ${batch})
    math(EXPR n "${n} + 1")
  endforeach()
  set(${out} ${batches} PARENT_SCOPE)
endfunction()
