// job.toml out of any bytes, beside a registry and a manifest of sources that are sound.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "config_checks.hpp"
#include "dossier/job/job_file.hpp"

namespace {

struct Folder : fuzz::OwnFolder {
    Folder() {
        file("claims.toml", "[[claim]]\nid = \"tea\"\nstatement = \"Tea is healthy\"\n");
        file("sources.toml", "[[source]]\npath = \"a.txt\"\ntitle = \"A\"\n");
        file("annotations.toml", "");
    }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
    static Folder const folder;
    std::string_view const text(reinterpret_cast<char const*>(bytes), size);
    auto const path = folder.file("job.toml", text);
    fuzz::check_reading([&](dossier::Diagnostics& found) { return dossier::load_job(path, found); }, path.string(),
                        text);
    dossier::Diagnostics all;
    (void)dossier::load_job_as_far_as_possible(path, all);
    fuzz::check_diagnostics(all, path.string(), text);
    return 0;
}
