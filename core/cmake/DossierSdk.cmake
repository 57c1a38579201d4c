# What plugin authors install: `cmake --install <build> --component sdk`. Two headers, dossier_add_plugin() with its
# version script, and a package that find_package(Dossier 1) finds. Nothing in it depends on the machine.
include(CMakePackageConfigHelpers)

set(DOSSIER_SDK_DESTINATION ${CMAKE_INSTALL_DATADIR}/cmake/Dossier)

configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/DossierConfig.cmake.in ${PROJECT_BINARY_DIR}/sdk/DossierConfig.cmake
    INSTALL_DESTINATION ${DOSSIER_SDK_DESTINATION} PATH_VARS CMAKE_INSTALL_INCLUDEDIR)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/sdk/DossierConfigVersion.cmake
    VERSION ${PROJECT_VERSION} COMPATIBILITY SameMajorVersion ARCH_INDEPENDENT)

install(FILES ${CMAKE_CURRENT_LIST_DIR}/../dossier/plugin.h ${CMAKE_CURRENT_LIST_DIR}/../dossier/plugin.hpp
        DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/dossier COMPONENT sdk)
install(FILES ${PROJECT_BINARY_DIR}/sdk/DossierConfig.cmake ${PROJECT_BINARY_DIR}/sdk/DossierConfigVersion.cmake
              ${CMAKE_CURRENT_LIST_DIR}/DossierPlugin.cmake ${CMAKE_CURRENT_LIST_DIR}/dossier_plugin.map
        DESTINATION ${DOSSIER_SDK_DESTINATION} COMPONENT sdk)
