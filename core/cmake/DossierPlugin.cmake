# What a plugin's CMakeLists.txt says, in the Dossier tree and, by find_package(Dossier 1), outside of it.

set(DOSSIER_PLUGIN_MAP ${CMAKE_CURRENT_LIST_DIR}/dossier_plugin.map)
set(DOSSIER_PLUGIN_TEST ${CMAKE_CURRENT_LIST_DIR}/DossierPluginTest.cmake)
set(DOSSIER_PLUGIN_DESTINATION lib/dossier/plugins)  # where <prefix>/bin/dossier looks for plugins, on every system

# dossier_add_plugin(<name> SOURCES <file>... [USES <library>...] [FIXTURE])
#
# A plugin: one shared module <name>.so that exports dossier_plugin_entry and nothing else, and carries the project's version.
# `cmake --install` puts it where `dossier` of the same prefix finds it. With the conformance kit installed, ctest runs it on the
# plugin, as <name>.conformance.
# What the loader writes to is read-only once it is loaded; how the plugin is compiled is for its project to say.
# In the Dossier tree DOSSIER_PLUGIN_FOLDER is where the module is built. A FIXTURE is made for tests: it is built where it
# stands, never installed, and may break the rules.
function(dossier_add_plugin name)
    cmake_parse_arguments(PLUGIN "FIXTURE" "" "SOURCES;USES" ${ARGN})
    if(NOT PLUGIN_SOURCES OR PLUGIN_UNPARSED_ARGUMENTS)
        message(FATAL_ERROR "dossier_add_plugin(${name}): its files stand behind the word SOURCES; not understood: ${PLUGIN_UNPARSED_ARGUMENTS}")
    endif()
    add_library(${name} MODULE ${PLUGIN_SOURCES})
    target_link_libraries(${name} PRIVATE dossier::sdk ${PLUGIN_USES})
    set_target_properties(${name} PROPERTIES
        PREFIX "" C_VISIBILITY_PRESET hidden CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON
        SKIP_BUILD_RPATH ON LINK_DEPENDS ${DOSSIER_PLUGIN_MAP})
    target_link_options(${name} PRIVATE -Wl,--version-script=${DOSSIER_PLUGIN_MAP} -Wl,--exclude-libs,ALL
                        -Wl,-z,relro,-z,now,-z,noexecstack)
    get_property(languages GLOBAL PROPERTY ENABLED_LANGUAGES)
    if(CXX IN_LIST languages)
        target_compile_features(${name} PRIVATE cxx_std_17)
    endif()
    if(C IN_LIST languages)
        target_compile_features(${name} PRIVATE c_std_99)
    endif()
    if(PROJECT_VERSION)
        target_compile_definitions(${name} PRIVATE DOSSIER_PLUGIN_VERSION="${PROJECT_VERSION}")
    endif()
    if(PLUGIN_FIXTURE)
        return()
    endif()
    if(DOSSIER_PLUGIN_FOLDER)
        set_target_properties(${name} PROPERTIES LIBRARY_OUTPUT_DIRECTORY ${DOSSIER_PLUGIN_FOLDER})
    endif()
    install(TARGETS ${name} LIBRARY DESTINATION ${DOSSIER_PLUGIN_DESTINATION})
    if(TARGET dossier::check_plugin)
        add_test(NAME ${name}.conformance COMMAND $<TARGET_FILE:dossier::check_plugin> $<TARGET_FILE:${name}>)
    endif()
endfunction()

# dossier_add_plugin_test(<plugin> JOB <job.toml> OUTPUT <file> EXPECTED <file>)
#
# Runs a job with the plugin in `dossier`, as ctest <plugin>.page: the file OUTPUT that the job makes must hold each line of
# EXPECTED, as a line or a part of one, in their order; anything may stand between.
function(dossier_add_plugin_test name)
    cmake_parse_arguments(TEST "" "JOB;OUTPUT;EXPECTED" "" ${ARGN})
    foreach(word JOB OUTPUT EXPECTED)
        if(NOT TEST_${word})
            message(FATAL_ERROR "dossier_add_plugin_test(${name}): there is no ${word}")
        endif()
    endforeach()
    cmake_path(ABSOLUTE_PATH TEST_JOB)
    cmake_path(ABSOLUTE_PATH TEST_EXPECTED)
    if(NOT TARGET dossier::program)
        message(STATUS "There is no program `dossier` beside this SDK or in PATH: ${name} is built, but not tested.")
        return()
    endif()
    add_test(NAME ${name}.page
        COMMAND ${CMAKE_COMMAND}
            -D program=$<TARGET_FILE:dossier::program> -D plugins=$<TARGET_FILE_DIR:${name}>
            -D job=${TEST_JOB} -D output=${TEST_OUTPUT}
            -D expected=${TEST_EXPECTED} -D work=${CMAKE_CURRENT_BINARY_DIR}/${name}-page
            -P ${DOSSIER_PLUGIN_TEST})
endfunction()
