#include "dossier/job/quote_verifier.hpp"

#include <utility>

#include "dossier/job/checked_quotes.hpp"
#include "dossier/job/job_file.hpp"
#include "dossier/job/read_articles.hpp"
#include "dossier/model/digest.hpp"
#include "dossier/plugin/abi_text.hpp"
#include "dossier/sources/quote_check.hpp"
#include "dossier/store/analysed_quotes.hpp"

namespace dossier {

struct QuoteVerifier::KnownArticle : AnalysedArticle {};
class QuoteVerifier::Analysed : public AnalysedQuotes {
    using AnalysedQuotes::AnalysedQuotes;
};

QuoteVerifier::QuoteVerifier(Job const& job, std::filesystem::path const& database, bool allow_unsandboxed,
                             std::span<std::uint64_t const> checked)
    : job_(job),
      read_options_(read_options(job, allow_unsandboxed)),
      input_options_(input_options(job)),
      analysed_(std::make_unique<Analysed>(database.string())),
      checked_(checked) {}
QuoteVerifier::~QuoteVerifier() = default;

/// Whether all quotes of an article were compared with its file when it was analysed, and the file is still that one.
bool QuoteVerifier::is_checked(KnownArticle const& article) const {
    auto const place = static_cast<std::size_t>(article.number) - 1;  // they are numbered from 1
    return place < checked_.size() && checked_[place] != 0 &&
           checked_[place] == state_of_file(job_.folder, article.file);
}

/// @return whether it was the first time
bool QuoteVerifier::mark_compared(KnownArticle const& article) {
    auto const number = static_cast<std::size_t>(article.number);
    if (number >= is_compared_.size()) is_compared_.resize(number + 1);
    bool const is_first = !is_compared_[number];
    is_compared_[number] = true;
    return is_first;
}

/// Compares the quotes of an article with its file, unless that was done. A file that is read once more is compared with all
/// quotes of all articles in it.
void QuoteVerifier::compare_once(KnownArticle const& article) {
    if (!mark_compared(article) || is_checked(article)) return;
    std::map<std::string, KnownArticle, std::less<>> unread;  // by path
    auto const expect = [&](AnalysedArticle const& one) {
        mark_compared(KnownArticle{one});
        unread.emplace(one.path, KnownArticle{one});
    };
    if (article.file == article.path)
        expect(article);
    else
        for (auto const& one : analysed_->articles_in(article.file))
            expect(one);
    std::set<std::string> paths;
    for (auto const& [path, one] : unread)
        paths.insert(path);
    reopen(job_.folder, article.file, input_options_, paths, [&](ArticleInput&& input) {
        if (auto const found = unread.find(input.path); found != unread.end()) {
            compare(input, found->second);
            unread.erase(found);
        }
        return true;
    });
    for (auto const& [path, one] : unread)
        problems_[one.id] = {one.path, one.sha256, "can no longer be read"};
}

void QuoteVerifier::compare(ArticleInput const& input, KnownArticle const& article) {
    auto const note = [&](std::string what) {
        problems_[article.id] = {article.path, article.sha256, std::move(what)};
    };
    if (!input.problem.empty()) return note("can no longer be read: " + input.problem);
    if (sha256_hex(input.bytes) != article.sha256) return note("changed while the run was under way");
    std::optional<QuoteChecker> checker;  // made when a quote is not plainly there
    analysed_->for_each_quote_of(article.number, [&](AnalysedQuote const& quote) {
        if (stands_plainly(input, quote.bytes, quote.text)) return true;
        if (!checker) checker.emplace(input, read_options_.read_pdf);
        if (!checker->problem().empty()) {
            note("could not be read a second time: it " + checker->problem());
            return false;
        }
        if (!checker->stands(quote.bytes, quote.text)) fallen_.insert(quote.number);
        return true;
    });
}

std::optional<std::string> QuoteVerifier::refused(KnownArticle const& article, std::int64_t quote_number,
                                                  std::uint64_t begin, std::uint64_t end) {
    if (quote_number >= 0 && !fallen_.contains(quote_number)) return std::nullopt;
    return "bytes " + std::to_string(begin) + " to " + std::to_string(end) + " of " + article.path + " read otherwise";
}

std::optional<std::string> QuoteVerifier::check(dossier_quote const& quote) {
    auto const article_id = view(quote.locator.article_id);
    auto const found = analysed_->article(article_id);
    if (!found) return "no article quoted in this run has the id \"" + std::string(article_id.substr(0, 200)) + "\"";
    KnownArticle const article{*found};
    if (view(quote.locator.path) != article.path) return "the locator's path is not that of " + article.id;
    compare_once(article);
    ByteRange const range{quote.locator.byte_begin, quote.locator.byte_end};
    return refused(article, analysed_->number_of(article.number, range, view(quote.text)), range.begin, range.end);
}

std::optional<std::string> QuoteVerifier::check_cell(std::int64_t quote_number, std::string_view text) {
    auto const quote = analysed_->quote(quote_number);
    if (!quote) return "no quote of this run has the number " + std::to_string(quote_number);
    auto const found = analysed_->article_of(quote_number);
    if (!found) return "the quote " + std::to_string(quote_number) + " is of no article";
    KnownArticle const article{*found};
    compare_once(article);
    return refused(article, quote->text == text ? quote_number : -1, quote->bytes.begin, quote->bytes.end);
}

Diagnostics QuoteVerifier::warnings() const {
    Diagnostics warnings;
    for (auto const& [id, problem] : problems_) {
        Diagnostic warning{Severity::warning, "DOS0601", {shown_path(job_, problem.path)}, {}, {}, {}};
        warning.message = "the article " + problem.what + "; its quotes are those of the version analysed";
        warning.notes.push_back("SHA-256 of that version: " + problem.sha256);
        warnings.add(std::move(warning));
    }
    return warnings;
}

}  // namespace dossier
