# Installs all of a build into an empty folder, and moves it: what is installed must not remember where it was put.
#   build: folder; generator: for builds; prefix: where the other tests of this folder expect it
include(${CMAKE_CURRENT_LIST_DIR}/support.cmake)

file(REMOVE_RECURSE ${prefix} ${prefix}-before)
run(${CMAKE_COMMAND} --install ${build} --prefix ${prefix}-before)
file(RENAME ${prefix}-before ${prefix})

file(GLOB_RECURSE files ${prefix}/include/* ${prefix}/share/cmake/* ${prefix}/share/pkgconfig/* ${prefix}/share/dossier/*)
foreach(file ${files})
    file(STRINGS ${file} paths REGEX "${build}|${prefix}")
    if(paths)
        message(FATAL_ERROR "${file} names a folder of the build:\n${paths}")
    endif()
endforeach()

run(${prefix}/bin/dossier plugins list)
must_hold("the list of plugins" "${output}" "report summary 1.0.0 ${prefix}/lib/dossier/plugins/summary.so" "format pdf")

# Whoever asks for version 1 gets it, whoever asks for another does not.
file(WRITE ${prefix}-asked/CMakeLists.txt "cmake_minimum_required(VERSION 3.25)
project(asks LANGUAGES NONE)
find_package(Dossier 2 QUIET)
if(Dossier_FOUND)
    message(FATAL_ERROR \"Dossier 2 was found\")
endif()
find_package(Dossier 1 REQUIRED)
foreach(target sdk program)
    if(NOT TARGET dossier::\${target})
        message(FATAL_ERROR \"there is no dossier::\${target}\")
    endif()
endforeach()
")
run(${CMAKE_COMMAND} -S ${prefix}-asked -B ${prefix}-asked/build -G ${generator} -D CMAKE_PREFIX_PATH=${prefix})
