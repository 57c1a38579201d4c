# `dossier new job`: what it writes has no mistakes, and makes a document at once.
#   prefix: of the installation; work: folder
include(${CMAKE_CURRENT_LIST_DIR}/support.cmake)

file(REMOVE_RECURSE ${work})
file(MAKE_DIRECTORY ${work})
set(dossier ${prefix}/bin/dossier)
run(${dossier} new job ${work}/gardens/)
must_hold("what is said" "${output}" "dossier run ${work}/gardens/job.toml")
run(${dossier} check ${work}/gardens/job.toml)
must_hold("what check says" "${output}" "2 claims and 2 outputs, no mistakes\n")
run(${dossier} run ${work}/gardens/job.toml --output ${work}/out)
file(READ ${work}/out/latest/report.pdf begin LIMIT 5)
if(NOT begin MATCHES "^%PDF-")
    message(FATAL_ERROR "report.pdf begins with ${begin}")
endif()
file(READ ${work}/out/latest/report.md report)
must_hold("report.md" "${report}" "# School gardens" "School gardens make children eat more vegetables."
    "pupils who tended a school garden ate more vegetables at home." "Here the school garden did not reduce food waste.")
string(TIMESTAMP today "%Y-")
must_hold("report.md" "${report}" "As of ${today}")
run_to(2 ${dossier} new job ${work}/gardens)

# Where nothing can be written, nothing is left.
run_to(1 ${dossier} new job /proc/gardens)
