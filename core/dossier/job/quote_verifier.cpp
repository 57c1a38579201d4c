#include "dossier/job/quote_verifier.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "dossier/job/job_file.hpp"
#include "dossier/model/digest.hpp"
#include "dossier/model/file_bytes.hpp"
#include "dossier/plugin/abi_text.hpp"

namespace dossier {
namespace {

bool was_analysed(Article const& article, ByteRange range, std::string_view text) {
    return std::any_of(article.sentences.begin(), article.sentences.end(),
                       [&](Sentence const& sentence) { return sentence.bytes == range && sentence.text == text; });
}

}  // namespace

QuoteVerifier::QuoteVerifier(Job const& job, std::vector<Article> const& articles) : job_(job) {
    for (auto const& article : articles)
        articles_.emplace(article.id, &article);
}

QuoteVerifier::Opened& QuoteVerifier::open(std::string_view article_id) {
    if (auto const found = opened_.find(article_id); found != opened_.end()) return found->second;
    Opened opened;
    if (auto const article = articles_.find(article_id); article != articles_.end()) {
        opened.article = article->second;
        auto const file =
            read_file(std::filesystem::path(job_.folder) / opened.article->path, job_.limits.article_bytes);
        if (file.problem != ReadProblem::none)
            opened.problem = std::string("can no longer be read: ") + words_for(file.problem);
        else if (sha256_hex(file.bytes) != opened.article->sha256)
            opened.problem = "changed while the run was under way";
        else
            opened.checker.emplace(opened.article->path, file.bytes);
    }
    return opened_.emplace(std::string(article_id), std::move(opened)).first->second;
}

std::optional<std::string> QuoteVerifier::check(dossier_quote const& quote) {
    auto const article_id = view(quote.locator.article_id);
    auto const& opened = open(article_id);
    if (opened.article == nullptr)
        return "no article of this run has the id \"" + std::string(article_id.substr(0, 200)) + "\"";
    if (view(quote.locator.path) != opened.article->path)
        return "the locator's path is not that of " + opened.article->id;
    ByteRange const range{quote.locator.byte_begin, quote.locator.byte_end};
    auto const text = view(quote.text);
    if (opened.checker ? opened.checker->stands(range, text) : was_analysed(*opened.article, range, text))
        return std::nullopt;
    return "bytes " + std::to_string(range.begin) + " to " + std::to_string(range.end) + " of " + opened.article->path +
           " read otherwise";
}

Diagnostics QuoteVerifier::warnings() const {
    Diagnostics warnings;
    for (auto const& [id, opened] : opened_) {
        if (opened.problem.empty()) continue;
        Diagnostic warning{Severity::warning, "DOS0601", {shown_path(job_, opened.article->path)}, {}, {}, {}};
        warning.message = "the article " + opened.problem + "; its quotes are those of the version analysed";
        warning.notes.push_back("SHA-256 of that version: " + opened.article->sha256);
        warnings.add(std::move(warning));
    }
    return warnings;
}

}  // namespace dossier
