# What is installed besides programs and plugins, and packages for Debian: `cpack --config <build>/CPackConfig.cmake -B <folder>`.
# `dossier` (component "program") is all that runs, `dossier-dev` (component "sdk") what plugins are made with.

# Pages, examples and configuration files keep their places to each other, so that the links between them hold.
install(FILES ${PROJECT_SOURCE_DIR}/README.md ${PROJECT_SOURCE_DIR}/CHANGELOG.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY ${PROJECT_SOURCE_DIR}/docs ${PROJECT_SOURCE_DIR}/config DESTINATION ${CMAKE_INSTALL_DOCDIR}
        PATTERN scaffolds EXCLUDE PATTERN statement_model EXCLUDE PATTERN lexicon EXCLUDE)
file(GLOB examples ${PROJECT_SOURCE_DIR}/examples/*)
foreach(example ${examples})
    set(component program)
    if(EXISTS ${example}/CMakeLists.txt)
        set(component sdk)
    endif()
    install(DIRECTORY ${example} DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples COMPONENT ${component} PATTERN golden EXCLUDE)
endforeach()

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME dossier)
set(CPACK_PACKAGE_CONTACT "The Dossier maintainers <maintainers@dossier.invalid>")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_COMPONENTS_ALL program sdk)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)

set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "")  # CPack would put it above each of the two descriptions

set(CPACK_DEBIAN_PROGRAM_PACKAGE_NAME dossier)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_DEPENDS "fonts-dejavu-core")
set(CPACK_DEBIAN_PROGRAM_PACKAGE_RECOMMENDS "fonts-dejavu-extra, fonts-noto-core, fonts-noto-cjk")
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SUGGESTS "dossier-dev")
set(CPACK_COMPONENT_PROGRAM_DESCRIPTION "${PROJECT_DESCRIPTION}
Dossier turns a folder of articles and a list of claims into a summary of
what each article says for or against each claim. It counts independent
sources, says separately which way they point, how far they agree, how
certain that is and how many of them looked, and every number leads back
to verbatim sentences with file and line.

Reports and formats are plugins, which run in a sandbox.")

math(EXPR next_major "${PROJECT_VERSION_MAJOR} + 1")
set(CPACK_DEBIAN_SDK_PACKAGE_NAME dossier-dev)
set(CPACK_DEBIAN_SDK_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_SDK_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_SDK_PACKAGE_DEPENDS "dossier (>= ${PROJECT_VERSION}), dossier (<< ${next_major})")
set(CPACK_DEBIAN_SDK_PACKAGE_RECOMMENDS "cmake, make | ninja-build, g++ | clang, pkg-config")
set(CPACK_COMPONENT_SDK_DESCRIPTION "Evidence summaries: what plugins of Dossier are made with
Two headers (C99 and C++17) without dependencies, a CMake package, a
pkg-config file, examples, and the beginnings of reports, formats and
engines that the command \"dossier new plugin\" writes.")
include(CPack)
