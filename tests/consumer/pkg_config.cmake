# Plugins by one command each, with nothing but a compiler and pkg-config, and run in the installed `dossier`.
#   prefix, source (examples/04-a-plugin), work: folders; version: of the SDK; cc, cxx, pkg_config, nm, readelf: programs
include(${CMAKE_CURRENT_LIST_DIR}/support.cmake)
need(cc cxx pkg_config nm readelf)

file(REMOVE_RECURSE ${work})
file(MAKE_DIRECTORY ${work}/plugins)
set(ENV{PKG_CONFIG_PATH} ${prefix}/share/pkgconfig)

run(${pkg_config} --modversion dossier)
must_hold("the version" "${output}" "${version}\n")
run(${pkg_config} --variable=plugindir dossier)
string(STRIP "${output}" folder)
file(REAL_PATH ${folder} folder)
if(NOT folder STREQUAL "${prefix}/lib/dossier/plugins")
    message(FATAL_ERROR "plugindir is ${folder}")
endif()

set(define "-DDOSSIER_PLUGIN_VERSION='\"0.1.0\"'")
run(sh -c "${cc} -std=c99 ${warnings} ${define} ${source}/outline.c $(${pkg_config} --cflags --libs dossier) -o ${work}/plugins/outline.so")
run(sh -c "${cxx} -std=c++17 ${warnings} ${define} ${source}/thin_evidence.cpp $(${pkg_config} --cflags --libs dossier) -o ${work}/plugins/thin_evidence.so")
check_plugin(${work}/plugins/outline.so 0.1.0)
check_plugin(${work}/plugins/thin_evidence.so 0.1.0)

file(COPY ${prefix}/share/dossier/scaffolds/plugin/test/ DESTINATION ${work}/job)
file(COPY ${CMAKE_CURRENT_LIST_DIR}/jobs/thin-evidence.toml DESTINATION ${work}/job)
run(${prefix}/bin/dossier run ${work}/job/thin-evidence.toml --plugin-path ${work}/plugins --output ${work}/out)
file(READ ${work}/out/latest/page.txt outline)
must_hold("page.txt" "${outline}" "Thin evidence\n  Standing desks ease back pain.\n")
