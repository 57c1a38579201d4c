#include "commands.hpp"
#include "console.hpp"
#include "dossier/claims/registry_schema.hpp"
#include "dossier/job/alert_message.hpp"
#include "dossier/job/annotations.hpp"
#include "dossier/job/schema.hpp"
#include "exit_code.hpp"

namespace dossier {

int schema_command(std::string const& which) {
    if (which == "registry") print(registry_schema());
    if (which == "job") print(job_schema());
    if (which == "sources") print(sources_schema());
    if (which == "annotations") print(annotations_schema());
    if (which == "alert") print(alert_message_schema());
    return exit_done;
}

}  // namespace dossier
