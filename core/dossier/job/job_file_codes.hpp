// Codes of what can be wrong with job.toml or sources.toml as config files.
#pragma once

#include "dossier/claims/config_document.hpp"

namespace dossier {

inline constexpr ConfigCodes job_codes{.unreadable = "DOS0201",
                                       .not_toml = "DOS0202",
                                       .unknown_key = "DOS0203",
                                       .missing = "DOS0210",
                                       .wrong_type = "DOS0211",
                                       .empty = "DOS0212",
                                       .control_character = "DOS0213",
                                       .not_allowed = "DOS0214",
                                       .out_of_range = "DOS0215",
                                       .bad_date = "DOS0216",
                                       .twice = "DOS0218",
                                       .bad_id = "DOS0219"};

}  // namespace dossier
