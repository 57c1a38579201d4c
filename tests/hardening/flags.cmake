# Builds small files the way the tree builds its own, optimised, and each of them once more with one protection taken away: that one is found.
#   modules: core/cmake; headers: of the SDK; work: folder; generator, cc, cxx: for the build; readelf: the program
include(${CMAKE_CURRENT_LIST_DIR}/hardening.cmake)

file(REMOVE_RECURSE ${work})
foreach(command "-S;${CMAKE_CURRENT_LIST_DIR}/sample;-B;${work};-G;${generator};-D;CMAKE_BUILD_TYPE=Release;-D;CMAKE_C_COMPILER=${cc};-D;CMAKE_CXX_COMPILER=${cxx};-D;modules=${modules};-D;headers=${headers}"
                "--build;${work}")
    execute_process(COMMAND ${CMAKE_COMMAND} ${command} RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
    if(NOT result EQUAL 0)
        message(FATAL_ERROR "the sample was not built:\n${output}")
    endif()
endforeach()

# expect(<file> <weakness>...)
function(expect file)
    find_weaknesses(${file} weaknesses ON)
    if(NOT weaknesses STREQUAL "${ARGN}")
        message(FATAL_ERROR "${file} has [${weaknesses}] instead of [${ARGN}]")
    endif()
endfunction()
expect(${work}/bin/sample)
expect(${work}/plugin.so)
expect(${work}/bin/fixed_address "stands at a fixed address")
expect(${work}/bin/writable_tables "its tables stay writable")
expect(${work}/bin/bound_late "its functions are bound late")
expect(${work}/bin/executable_stack "its stack is executable")
expect(${work}/bin/own_folder "it looks for libraries in a folder of its own")
expect(${work}/bin/unguarded "its stack is not guarded")
expect(${work}/bin/unchecked "its copies are not checked")

# The compiler says on each object that every jump ends at a mark, and that returns are compared with a second stack.
execute_process(COMMAND ${readelf} -W -n ${work}/object.o OUTPUT_VARIABLE notes)
if(CMAKE_HOST_SYSTEM_PROCESSOR STREQUAL "x86_64" AND NOT notes MATCHES "IBT, SHSTK")
    message(FATAL_ERROR "object.o was compiled without -fcf-protection:\n${notes}")
endif()

# Beyond the end of a vector the standard library stops the program.
execute_process(COMMAND ${work}/bin/sample RESULT_VARIABLE result OUTPUT_QUIET ERROR_VARIABLE output)
if(result STREQUAL "0" OR NOT output MATCHES "Assertion '__n < this->size\\(\\)' failed")
    message(FATAL_ERROR "a read beyond the end of a vector went unseen: ${result}, ${output}")
endif()
