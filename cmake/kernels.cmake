# The element's kernels are compiled once for every instruction set, whatever the build type; solver/elements/element_kernels.cpp chooses.
# -ffast-math is never set: a NaN must stay visible. What is written on vectors is not to be vectorised again: g++ 12 gets it wrong where it tries
# (the lanes of a whole loop had the first lane's number; tests/solver/elements/batch_kernels_test.cpp).
set(kernel_options -O3 -fno-math-errno -ffp-contract=fast -fno-tree-vectorize)
if(NERVELOAD_SANITIZE)
  # Instrumented they take many minutes to compile; the same text on double is instrumented in the tests.
  list(APPEND kernel_options -fno-sanitize=all)
endif()
set(kernels ${PROJECT_SOURCE_DIR}/solver/elements/kernels_)
set_source_files_properties(${kernels}plain.cpp PROPERTIES COMPILE_OPTIONS "${kernel_options}")
set_source_files_properties(${kernels}plain.cpp ${kernels}avx2.cpp ${kernels}avx512.cpp PROPERTIES SKIP_PRECOMPILE_HEADERS ON)  # options of their own
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
  set_source_files_properties(${kernels}avx2.cpp PROPERTIES COMPILE_OPTIONS "${kernel_options};-mavx2;-mfma")
  set_source_files_properties(${kernels}avx512.cpp PROPERTIES
    COMPILE_OPTIONS "${kernel_options};-mavx2;-mfma;-mavx512f;-mavx512dq;-mavx512vl;-mprefer-vector-width=512")
  set_source_files_properties(${PROJECT_SOURCE_DIR}/solver/elements/element_kernels.cpp PROPERTIES COMPILE_DEFINITIONS NERVELOAD_X86_KERNELS)
else()
  set_source_files_properties(${kernels}avx2.cpp ${kernels}avx512.cpp PROPERTIES HEADER_FILE_ONLY ON)
endif()
