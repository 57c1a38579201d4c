#include "dossier/job/quote_contexts.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "dossier/job/read_articles.hpp"
#include "dossier/model/digest.hpp"
#include "dossier/plugin/abi_text.hpp"

namespace dossier {
namespace {

constexpr std::size_t most_sentences = 2;         // on either side
constexpr std::size_t most_bytes = 600;           // of both together
constexpr std::size_t most_bytes_of_one = 1'200;  // of the nearest, which may be long

/// Whether a sentence may stand beside a quote: running text of the section that the quote is in.
bool belongs_to(Sentence const& neighbour, Sentence const& quoted) {
    return (may_be_quoted(neighbour.role) || neighbour.role == SentenceRole::question) &&
           neighbour.heading == quoted.heading;
}

char const* between(Sentence const& first, Sentence const& second) {
    return first.paragraph == second.paragraph ? " " : "\n";
}

std::string before(std::vector<Sentence> const& sentences, std::size_t first) {
    std::string text;
    for (std::size_t n = 1; n <= most_sentences && n <= first; ++n) {
        auto const& neighbour = sentences[first - n];
        auto const limit = n == 1 ? most_bytes_of_one : most_bytes;
        if (!belongs_to(neighbour, sentences[first]) || text.size() + neighbour.text.size() > limit) break;
        text = neighbour.text + (n == 1 ? "" : between(neighbour, sentences[first - n + 1])) + text;
    }
    return text;
}

std::string after(std::vector<Sentence> const& sentences, std::size_t last) {
    std::string text;
    for (std::size_t n = 1; n <= most_sentences && last + n < sentences.size(); ++n) {
        auto const& neighbour = sentences[last + n];
        auto const limit = n == 1 ? most_bytes_of_one : most_bytes;
        if (!belongs_to(neighbour, sentences[last]) || text.size() + neighbour.text.size() > limit) break;
        text += (n == 1 ? "" : between(sentences[last + n - 1], neighbour)) + neighbour.text;
    }
    return text;
}

/// What surrounds the sentences that lie in a range of bytes; nothing where none does.
QuoteContext context_of(std::vector<Sentence> const& sentences, ByteRange range) {
    auto const first = std::partition_point(sentences.begin(), sentences.end(), [&](Sentence const& sentence) {
        return sentence.bytes.end <= range.begin;
    });
    if (first == sentences.end() || first->bytes.begin >= range.end) return {};
    auto last = first;
    while (last + 1 != sentences.end() && (last + 1)->bytes.begin < range.end)
        ++last;
    return {before(sentences, static_cast<std::size_t>(first - sentences.begin())),
            after(sentences, static_cast<std::size_t>(last - sentences.begin()))};
}

}  // namespace

QuoteContexts::QuoteContexts(Job const& job, std::filesystem::path const& database, bool allow_unsandboxed,
                             std::size_t max_bytes)
    : job_(job),
      read_options_(read_options(job, allow_unsandboxed)),
      input_options_(input_options(job)),
      analysed_(database.string()),
      bytes_left_(max_bytes) {}

QuoteContext QuoteContexts::around(dossier_quote const& quote) {
    auto const article = analysed_.article(view(quote.locator.article_id));
    if (!article) return {};
    if (!read_.contains(article->number)) read(*article);
    auto const number =
        analysed_.number_of(article->number, {quote.locator.byte_begin, quote.locator.byte_end}, view(quote.text));
    auto const found = contexts_.find(number);
    return found == contexts_.end() ? QuoteContext{} : found->second;
}

/// Reads the file of an article, and with it what surrounds the quotes of all articles in it.
void QuoteContexts::read(AnalysedArticle const& article) {
    std::map<std::string, AnalysedArticle> wanted;  // by path
    wanted.emplace(article.path, article);
    if (article.file != article.path)
        for (auto const& other : analysed_.articles_in(article.file))
            wanted.emplace(other.path, other);
    std::set<std::string> paths;
    for (auto const& [path, one] : wanted) {
        paths.insert(path);
        read_.insert(one.number);
    }
    if (bytes_left_ == 0) return;
    reopen(job_.folder, article.file, input_options_, paths, [&](ArticleInput&& input) {
        if (auto const found = wanted.find(input.path); found != wanted.end()) keep(found->second, input);
        return bytes_left_ > 0;
    });
}

void QuoteContexts::keep(AnalysedArticle const& article, ArticleInput const& input) {
    if (!input.problem.empty() || sha256_hex(input.bytes) != article.sha256) return;
    Diagnostics told_before;
    auto const sentences = read_article(input, read_options_, told_before).sentences;
    analysed_.for_each_quote_of(article.number, [&](AnalysedQuote const& quote) {
        auto context = context_of(sentences, quote.bytes);
        auto const size = context.before.size() + context.after.size() + sizeof context;
        if (size > bytes_left_) {
            bytes_left_ = 0;
            return false;
        }
        bytes_left_ -= size;
        contexts_.emplace(quote.number, std::move(context));
        return true;
    });
}

}  // namespace dossier
