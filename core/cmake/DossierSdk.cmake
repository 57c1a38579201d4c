# What plugin authors install, component "sdk": two headers, a package that find_package(Dossier 1) finds, dossier.pc for pkg-config, and what
# `dossier new` copies. Nothing in it depends on the machine, and it may be moved as a whole.
include(CMakePackageConfigHelpers)

set(DOSSIER_SDK_DESTINATION ${CMAKE_INSTALL_DATADIR}/cmake/Dossier)

configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/DossierConfig.cmake.in ${PROJECT_BINARY_DIR}/sdk/DossierConfig.cmake
    INSTALL_DESTINATION ${DOSSIER_SDK_DESTINATION} PATH_VARS CMAKE_INSTALL_INCLUDEDIR CMAKE_INSTALL_BINDIR)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/sdk/DossierConfigVersion.cmake
    VERSION ${PROJECT_VERSION} COMPATIBILITY SameMajorVersion ARCH_INDEPENDENT)
configure_file(${CMAKE_CURRENT_LIST_DIR}/dossier.pc.in ${PROJECT_BINARY_DIR}/sdk/dossier.pc @ONLY)

install(FILES ${CMAKE_CURRENT_LIST_DIR}/../dossier/plugin.h ${CMAKE_CURRENT_LIST_DIR}/../dossier/plugin.hpp
        DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/dossier COMPONENT sdk)
install(FILES ${PROJECT_BINARY_DIR}/sdk/DossierConfig.cmake ${PROJECT_BINARY_DIR}/sdk/DossierConfigVersion.cmake
              ${CMAKE_CURRENT_LIST_DIR}/DossierPlugin.cmake ${CMAKE_CURRENT_LIST_DIR}/DossierPluginTest.cmake
              ${CMAKE_CURRENT_LIST_DIR}/dossier_plugin.map
        DESTINATION ${DOSSIER_SDK_DESTINATION} COMPONENT sdk)
install(FILES ${PROJECT_BINARY_DIR}/sdk/dossier.pc DESTINATION ${CMAKE_INSTALL_DATADIR}/pkgconfig COMPONENT sdk)

# `dossier new job` belongs to the program, plugins to the SDK. The program built here finds both as the installed one does.
set(scaffolds ${PROJECT_SOURCE_DIR}/config/scaffolds)
file(GLOB_RECURSE files CONFIGURE_DEPENDS RELATIVE ${scaffolds} ${scaffolds}/*)
foreach(file ${files})
    configure_file(${scaffolds}/${file} ${PROJECT_BINARY_DIR}/${CMAKE_INSTALL_DATADIR}/dossier/scaffolds/${file} COPYONLY)
endforeach()
install(DIRECTORY ${scaffolds}/job DESTINATION ${CMAKE_INSTALL_DATADIR}/dossier/scaffolds)
install(DIRECTORY ${scaffolds}/ DESTINATION ${CMAKE_INSTALL_DATADIR}/dossier/scaffolds COMPONENT sdk PATTERN job EXCLUDE)
