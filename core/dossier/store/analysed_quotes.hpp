// Analysed quotes: what a finished analysis database quotes, looked up without loading it.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/model/article.hpp"

namespace dossier {

struct AnalysedArticle {
    std::int64_t number = 0;  ///< place in the order of reading, from 1
    std::string id, path;     ///< as in Article
    std::string file;         ///< ArticleOrigin::file
    std::string sha256;       ///< as in Article
};

struct AnalysedQuote {
    std::int64_t number = 0;  ///< quote_number of the view `stances`
    ByteRange bytes;
    std::string_view text;  ///< until the next call
};

/// Every member throws Failure(FailureKind::store) when the database cannot be read. Not for several threads.
class AnalysedQuotes {
public:
    /// @param path  of a finished database, which nobody changes meanwhile
    explicit AnalysedQuotes(std::string const& path);
    ~AnalysedQuotes();
    AnalysedQuotes(AnalysedQuotes const&) = delete;
    AnalysedQuotes& operator=(AnalysedQuotes const&) = delete;

    [[nodiscard]] std::optional<AnalysedArticle> article(std::string_view id);
    [[nodiscard]] std::optional<AnalysedArticle> article_of(std::int64_t quote_number);
    /// The articles that stand together in one file (an archive, a file of records), by their place. None: the file is an
    /// article itself.
    [[nodiscard]] std::vector<AnalysedArticle> articles_in(std::string_view file);
    /// All articles, by their place.
    void for_each_article(std::function<void(AnalysedArticle const&)> const& take);

    [[nodiscard]] std::optional<AnalysedQuote> quote(std::int64_t number);
    /// The number of a quote of an article, -1 if that has none of these words at this place.
    [[nodiscard]] std::int64_t number_of(std::int64_t article, ByteRange bytes, std::string_view text);
    /// @param take  answers whether to go on
    void for_each_quote_of(std::int64_t article, std::function<bool(AnalysedQuote const&)> const& take);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace dossier
