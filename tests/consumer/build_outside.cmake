# Installs the SDK into an empty folder, builds the example as an outside project against it, and looks at what came out.
#   build, source, work: folders; plugins: what is built, with commas between; c_compiler, cxx_compiler, nm, readelf: programs; generator: for the outside build
# After it, <work>/build holds the plugins.
string(REPLACE "," ";" plugins "${plugins}")
foreach(program c_compiler cxx_compiler nm readelf)
    if(NOT ${program})
        message(STATUS "skipped: no ${program} here")
        return()
    endif()
endforeach()

function(run)
    execute_process(COMMAND ${ARGN} RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
    if(NOT result EQUAL 0)
        message(FATAL_ERROR "${ARGN}\nended with ${result}:\n${output}")
    endif()
    set(output "${output}" PARENT_SCOPE)
endfunction()

file(REMOVE_RECURSE ${work})
unset(ENV{DESTDIR})
run(${CMAKE_COMMAND} --install ${build} --component sdk --prefix ${work}/prefix)
run(${CMAKE_COMMAND} -S ${source} -B ${work}/build -G ${generator}
    -D CMAKE_PREFIX_PATH=${work}/prefix -D CMAKE_BUILD_TYPE=Release
    -D CMAKE_C_COMPILER=${c_compiler} -D CMAKE_CXX_COMPILER=${cxx_compiler}
    -D "CMAKE_C_FLAGS=-Wall -Wextra -Wpedantic -Werror" -D "CMAKE_CXX_FLAGS=-Wall -Wextra -Wpedantic -Werror"
    -D CMAKE_C_EXTENSIONS=OFF -D CMAKE_CXX_EXTENSIONS=OFF
    -D CMAKE_MODULE_LINKER_FLAGS=-Wl,--gc-sections)  # metadata must outlive a linker that tidies up
run(${CMAKE_COMMAND} --build ${work}/build)

foreach(plugin ${plugins})
    set(file ${work}/build/${plugin}.so)
    run(${nm} -D --defined-only --format=posix ${file})
    string(REGEX MATCHALL "(^|\n)[^ \n]+" exported "${output}")
    string(STRIP "${exported}" exported)
    if(NOT exported STREQUAL "dossier_plugin_entry")
        message(FATAL_ERROR "${file} exports ${exported} instead of dossier_plugin_entry alone")
    endif()
    run(${readelf} -p dossier_meta ${file})
    foreach(line abi=1.0 version=0.1.0 provides=)
        if(NOT output MATCHES "${line}")
            message(FATAL_ERROR "the metadata of ${file} lacks ${line}:\n${output}")
        endif()
    endforeach()
endforeach()
message(STATUS "built with ${cxx_compiler}: ${plugins}")
