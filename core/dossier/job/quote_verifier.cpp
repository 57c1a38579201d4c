#include "dossier/job/quote_verifier.hpp"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "dossier/job/job_file.hpp"
#include "dossier/job/read_articles.hpp"
#include "dossier/model/digest.hpp"
#include "dossier/plugin/abi_text.hpp"
#include "dossier/sources/quote_check.hpp"

namespace dossier {

QuoteVerifier::QuoteVerifier(Job const& job, std::vector<Article> const& articles,
                             std::vector<ArticleEvidence> const& evidence, bool allow_unsandboxed)
    : job_(job), read_options_(read_options(job, allow_unsandboxed)) {
    for (std::size_t i = 0; i < articles.size(); ++i) {
        auto const& said = evidence[i];
        if (said.items.empty() && said.mentions.empty() && said.quantities.empty()) continue;
        auto& quoted = by_id_[articles[i].id];
        quoted.article = &articles[i];
        quoted.evidence = &said;
        unread_by_file_[articles[i].origin.file].push_back(&quoted);
    }
}

bool QuoteVerifier::precedes(Quote const& a, Quote const& b) noexcept {
    return std::tie(a.bytes.begin, a.bytes.end, a.text) < std::tie(b.bytes.begin, b.bytes.end, b.text);
}

void QuoteVerifier::read_again(std::string const& file) {
    auto const unread = unread_by_file_.find(file);
    if (unread == unread_by_file_.end()) return;
    std::map<std::string_view, Quoted*> wanted;
    for (auto* quoted : unread->second) {
        wanted.emplace(quoted->article->path, quoted);
        quoted->problem = "can no longer be read";
        auto const note = [&](auto const& said) {
            for (auto const& one : said)
                quoted->quotes.push_back({one.bytes, one.quote, true});
        };
        note(quoted->evidence->items);
        note(quoted->evidence->mentions);
        note(quoted->evidence->quantities);
        std::sort(quoted->quotes.begin(), quoted->quotes.end(), precedes);
    }
    std::set<std::string> paths;
    for (auto const& [path, quoted] : wanted)
        paths.emplace(path);
    reopen(job_.folder, file, input_options(job_), paths, [&](ArticleInput&& input) {
        if (auto const found = wanted.find(input.path); found != wanted.end()) compare(input, *found->second);
        return true;
    });
    unread_by_file_.erase(unread);
}

void QuoteVerifier::compare(ArticleInput const& input, Quoted& quoted) const {
    if (!input.problem.empty()) {
        quoted.problem = "can no longer be read: " + input.problem;
    } else if (sha256_hex(input.bytes) != quoted.article->sha256) {
        quoted.problem = "changed while the run was under way";
    } else {
        quoted.problem.clear();
        QuoteChecker const checker(input, read_options_.read_pdf);
        if (!checker.problem().empty()) {
            quoted.problem = "could not be read a second time: it " + checker.problem();
            return;
        }
        for (auto& quote : quoted.quotes)
            quote.stands = checker.stands(quote.bytes, quote.text);
    }
}

std::optional<std::string> QuoteVerifier::check(dossier_quote const& quote) {
    auto const article_id = view(quote.locator.article_id);
    auto const found = by_id_.find(article_id);
    if (found == by_id_.end())
        return "no article quoted in this run has the id \"" + std::string(article_id.substr(0, 200)) + "\"";
    auto& quoted = found->second;
    auto const& article = *quoted.article;
    if (view(quote.locator.path) != article.path) return "the locator's path is not that of " + article.id;
    read_again(article.origin.file);
    ByteRange const range{quote.locator.byte_begin, quote.locator.byte_end};
    Quote const wanted{range, view(quote.text), true};
    auto const [first, last] = std::equal_range(quoted.quotes.begin(), quoted.quotes.end(), wanted, precedes);
    bool const stands = std::any_of(first, last, [](Quote const& known) { return known.stands; });
    if (stands) return std::nullopt;
    return "bytes " + std::to_string(range.begin) + " to " + std::to_string(range.end) + " of " + article.path +
           " read otherwise";
}

Diagnostics QuoteVerifier::warnings() const {
    Diagnostics warnings;
    for (auto const& [id, quoted] : by_id_) {
        if (quoted.problem.empty()) continue;
        Diagnostic warning{Severity::warning, "DOS0601", {shown_path(job_, quoted.article->path)}, {}, {}, {}};
        warning.message = "the article " + quoted.problem + "; its quotes are those of the version analysed";
        warning.notes.push_back("SHA-256 of that version: " + quoted.article->sha256);
        warnings.add(std::move(warning));
    }
    return warnings;
}

}  // namespace dossier
