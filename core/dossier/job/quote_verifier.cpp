#include "dossier/job/quote_verifier.hpp"

#include <filesystem>
#include <utility>

#include "dossier/model/digest.hpp"
#include "dossier/model/file_bytes.hpp"

namespace dossier {
namespace {

std::string_view view(dossier_text text) noexcept {
    return text.size == 0 ? std::string_view{} : std::string_view{text.data, text.size};
}

}  // namespace

QuoteVerifier::QuoteVerifier(Job const& job, std::vector<Article> const& articles) : job_(job) {
    for (auto const& article : articles)
        articles_.emplace(article.id, &article);
}

QuoteVerifier::Opened& QuoteVerifier::open(std::string_view article_id) {
    if (auto const found = opened_.find(article_id); found != opened_.end()) return found->second;
    Opened opened;
    auto const article = articles_.find(article_id);
    if (article == articles_.end()) {
        opened.problem = "no article of this run has the id \"" + std::string(article_id.substr(0, 200)) + "\"";
    } else {
        opened.article = article->second;
        auto const file =
            read_file(std::filesystem::path(job_.folder) / opened.article->path, job_.limits.article_bytes);
        if (file.problem != ReadProblem::none)
            opened.problem = opened.article->path + " can no longer be read: " + words_for(file.problem);
        else if (sha256_hex(file.bytes) != opened.article->sha256)
            opened.problem = opened.article->path + " has changed since it was analysed";
        else
            opened.checker.emplace(opened.article->path, file.bytes);
    }
    return opened_.emplace(std::string(article_id), std::move(opened)).first->second;
}

std::optional<std::string> QuoteVerifier::check(dossier_quote const& quote) {
    auto const& opened = open(view(quote.locator.article_id));
    if (!opened.checker) return opened.problem;
    if (view(quote.locator.path) != opened.article->path)
        return "the locator's path is not that of " + opened.article->id;
    ByteRange const range{quote.locator.byte_begin, quote.locator.byte_end};
    if (opened.checker->stands(range, view(quote.text))) return std::nullopt;
    return "bytes " + std::to_string(range.begin) + " to " + std::to_string(range.end) + " of " + opened.article->path +
           " read otherwise";
}

}  // namespace dossier
