# Each header of the installed SDK compiles alone, with every warning an error, and includes nothing but its language's library and the
# other header.
#   prefix: folder; cc, cxx: compilers; work: folder
include(${CMAKE_CURRENT_LIST_DIR}/support.cmake)
need(cc cxx)

file(MAKE_DIRECTORY ${work})
separate_arguments(flags UNIX_COMMAND "${warnings} -pedantic-errors -Wundef -I${prefix}/include -fsyntax-only")

# compiles(<compiler> <standard> <header>)
function(compiles compiler standard header)
    set(source ${work}/alone.c)
    if(standard MATCHES "^c\\+\\+")
        set(source ${work}/alone.cpp)
    endif()
    file(WRITE ${source} "#include <dossier/${header}>\n#include <dossier/${header}>\n")
    run(${compiler} -std=${standard} ${flags} ${source})
    message(STATUS "${header} as ${standard} by ${compiler}")
endfunction()

foreach(standard c99 c11 c17)
    compiles(${cc} ${standard} plugin.h)
endforeach()
foreach(standard c++17 c++20)
    compiles(${cxx} ${standard} plugin.h)
    compiles(${cxx} ${standard} plugin.hpp)
endforeach()

# C's stddef.h and stdint.h, C++'s headers without a dot, the header below it: nothing that would have to be installed.
foreach(header plugin.h plugin.hpp)
    file(STRINGS ${prefix}/include/dossier/${header} includes REGEX "^ *# *include")
    if(NOT includes)
        message(FATAL_ERROR "${header} includes nothing: this looks in the wrong place")
    endif()
    foreach(include ${includes})
        if(NOT include MATCHES "^#include <(stddef\\.h|stdint\\.h|[a-z_]+|dossier/plugin\\.h)>$")
            message(FATAL_ERROR "${header}: ${include}")
        endif()
    endforeach()
endforeach()
