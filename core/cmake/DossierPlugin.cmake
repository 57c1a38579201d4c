# dossier_add_plugin(<name> SOURCES <file>... [USES <library>...] [FIXTURE])
#
# A plugin: one shared module <name>.so that exports dossier_plugin_entry and nothing else.
# In the Dossier build tree all plugins land in <build>/lib/dossier/plugins, where `dossier` finds them,
# but for FIXTUREs, which are made for tests and are never installed.
set(DOSSIER_PLUGIN_MAP ${CMAKE_CURRENT_LIST_DIR}/dossier_plugin.map)

if(PROJECT_NAME STREQUAL "dossier")
    include(${CMAKE_CURRENT_LIST_DIR}/DossierSdk.cmake)
endif()

function(dossier_add_plugin name)
    cmake_parse_arguments(PLUGIN "FIXTURE" "" "SOURCES;USES" ${ARGN})
    add_library(${name} MODULE ${PLUGIN_SOURCES})
    target_link_libraries(${name} PRIVATE dossier::sdk ${PLUGIN_USES})
    set_target_properties(${name} PROPERTIES
        PREFIX "" C_VISIBILITY_PRESET hidden CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON
        SKIP_BUILD_RPATH ON LINK_DEPENDS ${DOSSIER_PLUGIN_MAP})
    if(PROJECT_NAME STREQUAL "dossier" AND NOT PLUGIN_FIXTURE)
        set_target_properties(${name} PROPERTIES LIBRARY_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/lib/dossier/plugins)
        install(TARGETS ${name} LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}/dossier/plugins)
    endif()
    if(PROJECT_VERSION)
        target_compile_definitions(${name} PRIVATE DOSSIER_PLUGIN_VERSION="${PROJECT_VERSION}")
    endif()
    target_link_options(${name} PRIVATE -Wl,--version-script=${DOSSIER_PLUGIN_MAP} -Wl,--exclude-libs,ALL)
endfunction()
