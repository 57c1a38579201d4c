# Builds an example as a project of its own against the installed SDK, looks at what came out, and runs it in the installed `dossier`.
#   prefix: of the installation; source: folder of the example; job: in jobs/, without .toml; plugins: what is built, with commas between;
#   standard: of C++ (C is C99); cc, cxx, nm, readelf: programs; generator: for the build; work: folder
include(${CMAKE_CURRENT_LIST_DIR}/support.cmake)
need(cc cxx nm readelf)
string(REPLACE "," ";" plugins "${plugins}")

file(REMOVE_RECURSE ${work})
run(${CMAKE_COMMAND} -S ${source} -B ${work}/build -G ${generator}
    -D CMAKE_PREFIX_PATH=${prefix} -D CMAKE_BUILD_TYPE=Release
    -D CMAKE_C_COMPILER=${cc} -D CMAKE_CXX_COMPILER=${cxx} "-DCMAKE_C_FLAGS=${warnings}" "-DCMAKE_CXX_FLAGS=${cxx_warnings}"
    -D CMAKE_C_STANDARD=99 -D CMAKE_CXX_STANDARD=${standard} -D CMAKE_C_EXTENSIONS=OFF -D CMAKE_CXX_EXTENSIONS=OFF
    -D CMAKE_EXPORT_COMPILE_COMMANDS=ON
    -D CMAKE_MODULE_LINKER_FLAGS=-Wl,--gc-sections)  # metadata must outlive a linker that tidies up
run(${CMAKE_COMMAND} --build ${work}/build)
file(READ ${work}/build/compile_commands.json commands)
must_hold("what was compiled" "${commands}" "-std=c++${standard} ")

foreach(plugin ${plugins})
    check_plugin(${work}/build/${plugin}.so 0.1.0)
endforeach()

file(COPY ${prefix}/share/dossier/scaffolds/plugin/test/ DESTINATION ${work}/job)
file(COPY ${CMAKE_CURRENT_LIST_DIR}/jobs/${job}.toml DESTINATION ${work}/job)
set(dossier ${prefix}/bin/dossier)
run(${dossier} run ${work}/job/${job}.toml --plugin-path ${work}/build --output ${work}/by-option)
set(ENV{DOSSIER_PLUGIN_PATH} ${work}/build)
run(${dossier} run ${work}/job/${job}.toml --output ${work}/by-environment)
unset(ENV{DOSSIER_PLUGIN_PATH})
run_to(2 ${dossier} run ${work}/job/${job}.toml --output ${work}/without)

file(READ ${work}/by-option/latest/page.md page)
file(READ ${work}/by-environment/latest/page.md same_page)
if(NOT page STREQUAL same_page)
    message(FATAL_ERROR "the page depends on how its plugin was found")
endif()
must_hold("page.md" "${page}" "Standing desks eased back pain within eight weeks, the insurers write in their report.")
if(job STREQUAL thin-evidence)
    file(READ ${work}/by-option/latest/page.txt outline)
    must_hold("page.txt" "${outline}" "Thin evidence\n  Standing desks ease back pain.\n  Standing desks improve concentration.\n")
    file(READ ${work}/by-option/latest/stances.txt outline)
    must_hold("stances.txt" "${outline}" "Stance table\n  Evidence\n    Standing desks ease back pain.\n")
else()
    must_hold("page.md" "${page}" "engine:shared-words")
endif()
message(STATUS "built with ${cxx} as C++${standard}, and run: ${plugins}")
