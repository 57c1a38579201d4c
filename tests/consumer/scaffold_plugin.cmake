# `dossier new plugin` of one kind in one language: what it writes builds without a warning, passes its own test and can fail it; and nothing
# is ever overwritten.
#   prefix: of the installation; kind: report, format or engine; language: c or cpp; cc, cxx, nm, readelf: programs; generator; work: folder
include(${CMAKE_CURRENT_LIST_DIR}/support.cmake)
need(cc cxx nm readelf)

set(compiler CMAKE_CXX_COMPILER=${cxx})
set(flags CMAKE_CXX_FLAGS)
if(language STREQUAL c)
    set(compiler CMAKE_C_COMPILER=${cc})
    set(flags CMAKE_C_FLAGS)
endif()

file(REMOVE_RECURSE ${work})
file(MAKE_DIRECTORY ${work})
set(dossier ${prefix}/bin/dossier)
set(plugin ${work}/tidy-desk)
run(${dossier} new plugin ${plugin} --${kind} --lang ${language})
must_hold("what is said" "${output}" "tidy_desk.${language}" "ctest --test-dir build")

# All names are its own, and nothing else is left behind.
file(GLOB beside ${work}/* ${work}/.*)
list(FILTER beside EXCLUDE REGEX "/\\.\\.?$")
if(NOT beside STREQUAL plugin)
    message(FATAL_ERROR "there is more than the plugin: ${beside}")
endif()
file(GLOB_RECURSE files ${plugin}/* ${plugin}/.*)
foreach(file ${files})
    file(READ ${file} text)
    if("${file}${text}" MATCHES "[Mm]y.?(${kind}|Report|Format|Engine)")
        message(FATAL_ERROR "${file} keeps a name of the scaffold: ${CMAKE_MATCH_0}")
    endif()
endforeach()
foreach(file CMakeLists.txt README.md .gitignore tidy_desk.${language} test/job.toml)
    if(NOT EXISTS ${plugin}/${file})
        message(FATAL_ERROR "there is no ${file}")
    endif()
endforeach()

run(${CMAKE_COMMAND} -S ${plugin} -B ${plugin}/build -G ${generator} -D CMAKE_PREFIX_PATH=${prefix} -D ${compiler} "-D${flags}=${warnings}")
run(${CMAKE_COMMAND} --build ${plugin}/build)
check_plugin(${plugin}/build/tidy_desk.so 0.1.0)
run(${CMAKE_CTEST_COMMAND} --test-dir ${plugin}/build --output-on-failure)
must_hold("its test" "${output}" "tidy_desk.page" "100% tests passed, 0 tests failed out of")

# The test sees what is not there.
file(GLOB expected ${plugin}/test/expected.*)
file(APPEND ${expected} "Nobody ever says this.\n")
run_to(8 ${CMAKE_CTEST_COMMAND} --test-dir ${plugin}/build --output-on-failure)
must_hold("its test" "${output}" "Nobody ever says this.")

# Installed, it is found without being told where.
run(${CMAKE_COMMAND} --install ${plugin}/build --prefix ${work}/installed)
if(NOT EXISTS ${work}/installed/lib/dossier/plugins/tidy_desk.so)
    message(FATAL_ERROR "it is not installed to lib/dossier/plugins")
endif()

# A second time it refuses, and leaves everything as it was.
file(SHA256 ${expected} before)
run_to(2 ${dossier} new plugin ${plugin} --${kind} --lang ${language})
file(SHA256 ${expected} after)
if(NOT before STREQUAL after)
    message(FATAL_ERROR "a file was overwritten")
endif()
message(STATUS "a ${kind} in ${language}: written, built, tested")
