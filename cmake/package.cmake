# What `cmake --install` puts where, and the Debian packages that `cpack -G DEB` makes of it (./dev package): nerveload with its man pages, completion,
# scenarios and guides, and nerveload-dev with headers and libraries for find_package(nerveload).
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(verbs run solve mesh check list export validate envelope claims advise sweep merge report)
set(man_pages ${PROJECT_BINARY_DIR}/man)
set(pages ${man_pages}/nerveload.1)
add_custom_command(OUTPUT ${man_pages}/nerveload.1
  COMMAND ${CMAKE_COMMAND} -E make_directory ${man_pages}
  COMMAND sh ${PROJECT_SOURCE_DIR}/packaging/man_page.sh $<TARGET_FILE:nerveload> > ${man_pages}/nerveload.1
  DEPENDS nerveload ${PROJECT_SOURCE_DIR}/packaging/man_page.sh VERBATIM)
foreach(verb ${verbs})
  add_custom_command(OUTPUT ${man_pages}/nerveload-${verb}.1
    COMMAND sh ${PROJECT_SOURCE_DIR}/packaging/man_page.sh $<TARGET_FILE:nerveload> ${verb} > ${man_pages}/nerveload-${verb}.1
    DEPENDS ${man_pages}/nerveload.1 VERBATIM)
  list(APPEND pages ${man_pages}/nerveload-${verb}.1)
endforeach()
add_custom_target(man_pages DEPENDS ${pages})

install(TARGETS nerveload COMPONENT program)
if(TARGET nerveload-statistics)
  install(TARGETS nerveload-statistics DESTINATION ${CMAKE_INSTALL_LIBEXECDIR}/nerveload COMPONENT program)
endif()
install(FILES ${pages} DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT program OPTIONAL)
install(FILES packaging/nerveload.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME nerveload COMPONENT program)
install(DIRECTORY scenarios/library scenarios/sweeps scenarios/solid scenarios/claims scenarios/validation
  DESTINATION ${CMAKE_INSTALL_DATADIR}/nerveload/scenarios COMPONENT program FILES_MATCHING
  PATTERN "*.toml" PATTERN "*.csv" PATTERN "*.vtk" PATTERN "*.vtu" PATTERN "*.inp" PATTERN "*.msh" PATTERN "README.md" PATTERN "Snakefile")
install(FILES README.md CHANGELOG.md CITATION.cff LICENSE LICENSE-binary.md DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT program)
install(DIRECTORY docs DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT program)  # beside README.md, as its links have it

# For C++: the libraries are static, and the solver alone needs neither VTK nor a display.
set(folders solver meshes postprocess scenarios sweeps)
foreach(folder ${folders})
  set_target_properties(nerveload_${folder} PROPERTIES EXPORT_NAME ${folder})
  install(DIRECTORY ${folder} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/nerveload COMPONENT development FILES_MATCHING PATTERN "*.hpp")
endforeach()
list(TRANSFORM folders PREPEND nerveload_ OUTPUT_VARIABLE libraries)
install(TARGETS ${libraries} EXPORT nerveload ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT development)
set(config ${CMAKE_INSTALL_LIBDIR}/cmake/nerveload)
install(EXPORT nerveload NAMESPACE nerveload:: FILE nerveloadTargets.cmake DESTINATION ${config} COMPONENT development)
configure_package_config_file(cmake/nerveloadConfig.cmake.in ${PROJECT_BINARY_DIR}/nerveloadConfig.cmake INSTALL_DESTINATION ${config})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/nerveloadConfigVersion.cmake COMPATIBILITY SameMajorVersion)
install(FILES ${PROJECT_BINARY_DIR}/nerveloadConfig.cmake ${PROJECT_BINARY_DIR}/nerveloadConfigVersion.cmake DESTINATION ${config} COMPONENT development)

set(CPACK_PACKAGE_NAME nerveload)
set(CPACK_PACKAGE_CONTACT "The nerveload authors <nerveload@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_GENERATOR DEB)
set(CPACK_COMPONENTS_ALL program development)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_NAME nerveload)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_RECOMMENDS "xvfb, xauth, libgl1-mesa-dri")  # pictures where there is no display
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME nerveload-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS "libeigen3-dev, libvtk9-dev, libtoml11-dev, nlohmann-json3-dev, libssl-dev, libsqlite3-dev, libmetis-dev, libopenblas-pthread-dev, libboost-dev")
include(CPack)
