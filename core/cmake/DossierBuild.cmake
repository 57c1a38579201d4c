# How everything in this tree is compiled: language level, warnings, sanitizers, ccache, mold; and what a room is.
include(GNUInstallDirs)
set(CMAKE_INSTALL_DEFAULT_COMPONENT_NAME program)  # the other is "sdk"

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_C_STANDARD 99)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)

set(DOSSIER_SANITIZE "" CACHE STRING "sanitizers, as -fsanitize= takes them; empty: none")
option(DOSSIER_WARNINGS_AS_ERRORS "stop the build at a warning" ON)
option(DOSSIER_HARDENED "optimised builds check their own memory and resist being taken over (docs/security.md)" ON)

if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()

find_program(DOSSIER_CCACHE ccache)
if(DOSSIER_CCACHE)
    set(CMAKE_C_COMPILER_LAUNCHER ${DOSSIER_CCACHE})
    set(CMAKE_CXX_COMPILER_LAUNCHER ${DOSSIER_CCACHE})
endif()
find_program(DOSSIER_MOLD mold)
if(DOSSIER_MOLD)
    add_link_options(-fuse-ld=mold)
endif()

add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion)
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
    # g++ 12.2 reports these inside its own std::string and std::optional at -O1 and above.
    add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-Wno-restrict> -Wno-maybe-uninitialized)
endif()
if(DOSSIER_WARNINGS_AS_ERRORS)
    add_compile_options(-Werror)
endif()
# No fused multiply-add and no reassociation: the same numbers on every machine.
add_compile_options(-ffp-contract=off)
if(DOSSIER_SANITIZE)
    add_compile_options(-fsanitize=${DOSSIER_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    add_link_options(-fsanitize=${DOSSIER_SANITIZE})
else()
    add_compile_options(-fstack-protector-strong)
    add_link_options(-Wl,-z,relro,-z,now)
endif()
if(DOSSIER_HARDENED AND NOT DOSSIER_SANITIZE)
    # What dpkg-buildflags says with hardening=+all, and the assertions of the standard library. _FORTIFY_SOURCE needs optimisation.
    set(hardening -fstack-clash-protection -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -D_GLIBCXX_ASSERTIONS)
    if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|i.86")
        list(APPEND hardening -fcf-protection)
    endif()
    set(optimised $<NOT:$<CONFIG:Debug>>)
    add_compile_options("$<${optimised}:${hardening}>")
    add_link_options("$<${optimised}:LINKER:-z,noexecstack>"
                     "$<$<AND:${optimised},$<STREQUAL:$<TARGET_PROPERTY:TYPE>,EXECUTABLE>>:-pie>")
endif()

# dossier_add_room(<name> [NEEDS <library>...] [USES <library>...] [EXCEPT <file>...])
#
# A room of core/dossier: one static library, dossier::<name>, of all .cpp files in its folder and the folders below but those that are
# EXCEPTed. NEEDS are visible to whoever links it (its headers name them), USES are not. Rooms may need rooms further left, never back.
function(dossier_add_room name)
    cmake_parse_arguments(ROOM "" "" "NEEDS;USES;EXCEPT" ${ARGN})
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
    list(TRANSFORM ROOM_EXCEPT PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/)
    list(REMOVE_ITEM sources ${ROOM_EXCEPT})
    if(sources)
        add_library(dossier_${name} STATIC ${sources})
        set(visible PUBLIC)
        target_link_libraries(dossier_${name} PRIVATE ${ROOM_USES})
    else()
        add_library(dossier_${name} INTERFACE)
        set(visible INTERFACE)
    endif()
    add_library(dossier::${name} ALIAS dossier_${name})
    target_include_directories(dossier_${name} ${visible} ${PROJECT_SOURCE_DIR}/core)
    target_link_libraries(dossier_${name} ${visible} ${ROOM_NEEDS})
endfunction()

# dossier_add_unit_test(<room> [USES <library>...])
#
# The tests of one room: all *_test.cpp files of the folder and the folders below in one GoogleTest program, unit_<room>, which ctest knows
# as unit.<room>.
function(dossier_add_unit_test room)
    cmake_parse_arguments(TEST "" "" "USES" ${ARGN})
    find_package(GTest REQUIRED)
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*_test.cpp)
    if(NOT sources)
        return()
    endif()
    add_executable(unit_${room} ${sources})
    target_link_libraries(unit_${room} PRIVATE GTest::gmock_main ${TEST_USES})
    target_include_directories(unit_${room} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
    target_compile_definitions(unit_${room} PRIVATE DOSSIER_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
                                                    DOSSIER_BINARY_DIR="${PROJECT_BINARY_DIR}")
    add_test(NAME unit.${room} COMMAND unit_${room})
    set_tests_properties(unit.${room} PROPERTIES TIMEOUT 900)
endfunction()
