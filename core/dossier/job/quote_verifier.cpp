#include "dossier/job/quote_verifier.hpp"

#include <utility>

#include "dossier/job/job_file.hpp"
#include "dossier/job/read_articles.hpp"
#include "dossier/model/digest.hpp"
#include "dossier/plugin/abi_text.hpp"
#include "dossier/sources/quote_check.hpp"
#include "dossier/store/analysed_quotes.hpp"

namespace dossier {
namespace {

/// Whether the bytes of a plain text, white space folded, are the quote as they stand. No: it has to be looked at closely.
bool stands_plainly(ArticleInput const& input, ByteRange range, std::string_view quote) {
    if (input.format != sources::Format::text || input.origin.record != 0 || range.begin >= range.end ||
        range.end > input.bytes.size())
        return false;
    auto const is_space = [](char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; };
    std::size_t at = 0;
    for (auto i = range.begin; i < range.end; ++i) {
        char c = input.bytes[i];
        if (is_space(c)) {
            while (i + 1 < range.end && is_space(input.bytes[i + 1]))
                ++i;
            c = ' ';
        }
        if (at == quote.size() || quote[at++] != c) return false;
    }
    return at == quote.size() && !is_space(quote.front()) && !is_space(quote.back());
}

}  // namespace

struct QuoteVerifier::KnownArticle : AnalysedArticle {};
class QuoteVerifier::Analysed : public AnalysedQuotes {
    using AnalysedQuotes::AnalysedQuotes;
};

QuoteVerifier::QuoteVerifier(Job const& job, std::filesystem::path const& database, bool allow_unsandboxed)
    : job_(job),
      read_options_(read_options(job, allow_unsandboxed)),
      input_options_(input_options(job)),
      analysed_(std::make_unique<Analysed>(database.string())) {}
QuoteVerifier::~QuoteVerifier() = default;

/// Reads the file of an article once more, and with it compares all quotes of all articles in it.
void QuoteVerifier::read_again(KnownArticle const& article) {
    auto const number = static_cast<std::size_t>(article.number);
    if (number < is_read_again_.size() && is_read_again_[number]) return;
    std::map<std::string, KnownArticle, std::less<>> unread;  // by path
    auto const expect = [&](AnalysedArticle const& one) {
        auto const index = static_cast<std::size_t>(one.number);
        if (index >= is_read_again_.size()) is_read_again_.resize(index + 1);
        is_read_again_[index] = true;
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
    read_again(article);
    ByteRange const range{quote.locator.byte_begin, quote.locator.byte_end};
    return refused(article, analysed_->number_of(article.number, range, view(quote.text)), range.begin, range.end);
}

std::optional<std::string> QuoteVerifier::check_cell(std::int64_t quote_number, std::string_view text) {
    auto const quote = analysed_->quote(quote_number);
    if (!quote) return "no quote of this run has the number " + std::to_string(quote_number);
    auto const found = analysed_->article_of(quote_number);
    if (!found) return "the quote " + std::to_string(quote_number) + " is of no article";
    KnownArticle const article{*found};
    read_again(article);
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
