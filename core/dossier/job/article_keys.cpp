#include "dossier/job/article_keys.hpp"

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <mutex>
#include <system_error>

#include "dossier/evidence/lexicon.hpp"
#include "dossier/evidence/statement_model.hpp"
#include "dossier/job/job_plugins.hpp"
#include "dossier/job/pdf_reader.hpp"
#include "dossier/model/digest.hpp"
#include "dossier/plugin/build_identity.hpp"
#include "dossier/plugin/options.hpp"
#include "dossier/plugin/running_program.hpp"
#include "dossier/sources/records/record_splitter.hpp"

namespace dossier {
namespace {

namespace fs = std::filesystem;

/// Of what an entry holds (job/known_article.cpp) and what its key is made of; goes up with every change of either.
constexpr char const* entry_version = "1";

/// A digest of texts, each ended so that no two lists of them are alike.
class PartsDigest {
public:
    PartsDigest& add(std::string_view text) {
        digest_.update(std::to_string(text.size()) + ':');
        digest_.update(text);
        return *this;
    }
    PartsDigest& add(std::size_t number) { return add(std::to_string(number)); }
    PartsDigest& add(std::map<std::string, std::string> const& texts) {
        add(texts.size());
        for (auto const& [key, value] : texts)
            add(key).add(value);
        return *this;
    }
    [[nodiscard]] std::string hex() { return digest_.hex(); }
    [[nodiscard]] std::string bytes() { return digest_.bytes(); }

private:
    Sha256 digest_;
};

/// Which plugin decides which claims, with which options, run by which worker.
std::string digest_of(ResolvedEngine const& engine, ClaimRegistry const& registry) {
    PartsDigest digest;
    auto const& component = engine.component;
    digest.add(component.plugin == nullptr ? "" : component.plugin->sha256).add(component.description.name);
    digest.add(component.options.size());
    for (auto const& [key, value] : component.options)
        digest.add(key).add(value.index()).add(digest_text(value));
    for (auto const claim : engine.claims)
        digest.add(registry.claims[claim].id);
    return digest.hex();
}

std::string const& identity_of_worker() {
    static std::string const identity = build_identity_of(companion_program("dossier-worker"));
    return identity;
}

/// Names and sizes of the tables that poppler reads characters of other scripts by.
void add_poppler_tables(PartsDigest& digest) {
    std::vector<std::string> files;
    std::error_code error;
    fs::recursive_directory_iterator walk("/usr/share/poppler", error), end;
    for (; !error && walk != end; walk.increment(error)) {
        std::error_code ignored;
        files.push_back(walk->path().string() + ' ' +
                        std::to_string(walk->is_regular_file(ignored) ? walk->file_size(ignored) : 0));
    }
    std::sort(files.begin(), files.end());
    for (auto const& file : files)
        digest.add(file);
}

/// Which reader reads PDFs; empty: it does not say. Asked once, when the first PDF comes.
std::string const& identity_of_pdf_reader() {
    static std::string const identity = [] {
        auto const reader = build_identity_of(default_pdf_reader_path());
        if (reader.empty()) return std::string();
        PartsDigest digest;
        digest.add(reader);
        add_poppler_tables(digest);
        return digest.hex();
    }();
    return identity;
}

}  // namespace

std::string text_of(RunParts const& parts) {
    std::string text;
    for (auto const& [name, value] : parts)
        text += name + '\t' + value + '\n';
    return text;
}

RunParts run_parts_in(std::string_view text) {
    RunParts parts;
    while (!text.empty()) {
        auto const line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        if (auto const tab = line.find('\t'); tab != std::string_view::npos)
            parts.emplace_back(line.substr(0, tab), line.substr(tab + 1));
    }
    return parts;
}

ArticleKeys::ArticleKeys(Job const& job, ClaimRegistry const& registry, std::span<ResolvedEngine const> engines,
                         bool allow_unsandboxed) {
    parts_ = {{"program", build_identity()},
              {"registry", registry.sha256},
              {"lexicon", built_in_lexicon_sha256()},
              {"statement model", StatementModel::built_in_sha256()},
              {"limit of an article", std::to_string(job.limits.article_bytes)},
              {"sandbox", allow_unsandboxed ? "may be missing" : "needed"}};
    for (auto const& engine : engines)
        parts_.emplace_back("engine " + engine.component.description.name,
                            dossier::digest_of(engine, registry) + ' ' + identity_of_worker());
    bool const is_known = !registry.sha256.empty() && (engines.empty() || !identity_of_worker().empty());
    if (!is_known) return;
    PartsDigest digest;
    digest.add(entry_version);
    for (auto const& [name, value] : parts_)
        digest.add(name).add(value);
    digest_ = digest.hex();
}

std::string ArticleKeys::digest_of(sources::RecordContext const* context) {
    if (context == nullptr) return {};
    auto const& [columns, header, separator, strings, encoding, trouble] = *context;
    PartsDigest digest;
    digest.add(columns).add(header.size());
    for (auto const& name : header)
        digest.add(name);
    digest.add(std::string_view(&separator, 1)).add(strings).add(encoding).add(trouble);
    return digest.hex();
}

std::optional<ArticleKey> ArticleKeys::key_of(ArticleInput const& input, std::string_view context) const {
    if (digest_.empty() || !input.problem.empty()) return std::nullopt;
    bool const is_pdf = input.format == sources::Format::pdf;
    if (is_pdf && identity_of_pdf_reader().empty()) return std::nullopt;
    PartsDigest digest;
    digest.add(digest_).add(is_pdf ? identity_of_pdf_reader() : std::string());
    auto const& [file, member, record, bytes] = input.origin;
    digest.add(input.path).add(file).add(member).add(record).add(bytes.begin).add(bytes.end);
    digest.add(static_cast<std::size_t>(input.format)).add(input.line).add(context).add(input.bytes);
    auto const sum = digest.bytes();
    ArticleKey key;
    std::copy_n(sum.begin(), key.size(), key.begin());
    return key;
}

bool comes_again(ArticleInput const& input, Diagnostics const& messages) {
    if (input.format != sources::Format::pdf) return true;
    return std::none_of(messages.items().begin(), messages.items().end(),
                        [](Diagnostic const& message) { return message.code == "DOS0313"; });
}

}  // namespace dossier
