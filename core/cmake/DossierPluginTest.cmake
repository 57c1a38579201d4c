# dossier_add_plugin_test() at work: runs a job with a plugin, and looks for expected lines in what it makes.
#   program: dossier; plugins: the plugin's folder; job, expected: files; output: a file that the job makes; work: a folder of this test's own
cmake_minimum_required(VERSION 3.25)

# What a crash of an earlier build left behind must not decide: the test has a state of its own.
# Where the kernel has no Landlock the author's own plugin may run without it; where it has, it is on as ever.
file(REMOVE_RECURSE ${work})
set(ENV{XDG_STATE_HOME} ${work}/state)
unset(ENV{STATE_DIRECTORY})
execute_process(COMMAND ${program} run ${job} --plugin-path ${plugins} --output ${work}/out --allow-unsandboxed
    RESULT_VARIABLE code OUTPUT_VARIABLE messages ERROR_VARIABLE messages)
if(NOT code MATCHES "^[03]$")  # done, or done with warnings
    message(FATAL_ERROR "dossier run ${job}\nended with ${code}:\n${messages}")
endif()

# Lines are cut by hand: CMake's lists would read their semicolons and brackets.
file(READ ${work}/out/latest/${output} rest)
file(READ ${expected} lines)
string(REGEX REPLACE "\n$" "" lines "${lines}")
if("${lines}" STREQUAL "")
    message(FATAL_ERROR "${expected} is empty: nothing would be tested")
endif()
set(lines "${lines}\n")
while(NOT "${lines}" STREQUAL "")
    string(FIND "${lines}" "\n" end)
    string(SUBSTRING "${lines}" 0 ${end} line)
    math(EXPR end "${end} + 1")
    string(SUBSTRING "${lines}" ${end} -1 lines)
    string(FIND "${rest}" "${line}" place)
    if(place EQUAL -1)
        file(READ ${work}/out/latest/${output} made)
        message(FATAL_ERROR "${work}/out/latest/${output} lacks this, or has it too early:\n${line}\n\nIt is:\n${made}")
    endif()
    string(LENGTH "${line}" length)
    math(EXPR place "${place} + ${length}")
    string(SUBSTRING "${rest}" ${place} -1 rest)
endwhile()
