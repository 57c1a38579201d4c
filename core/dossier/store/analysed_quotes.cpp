#include "dossier/store/analysed_quotes.hpp"

#include <sqlite3.h>

#include <limits>
#include <map>
#include <utility>

#include "dossier/diagnostics/failure.hpp"
#include "dossier/store/schema.hpp"
#include "dossier/store/untrusted_database.hpp"

namespace dossier {

namespace {

class Database {
public:
    explicit Database(std::string const& path) : Database(path, sqlite::open_untrusted(path, sqlite::Views::refused)) {}
    [[nodiscard]] sqlite3* handle() const noexcept { return handle_.get(); }
    [[nodiscard]] sqlite::StepLimit& steps() noexcept { return steps_; }
    [[nodiscard]] std::uint64_t file_bytes() const noexcept { return file_bytes_; }

private:
    Database(std::string const& path, sqlite::OpenedDatabase opened)
        : handle_(std::move(opened.handle)), steps_(handle_.get(), opened.file_bytes), file_bytes_(opened.file_bytes) {
        if (!opened.problem.empty())
            throw Failure(FailureKind::store, "cannot read the analysis database " + path + ": " + opened.problem,
                          path);
        sqlite3_exec(handle_.get(), "PRAGMA cache_size = -1000;", nullptr, nullptr, nullptr);
    }
    sqlite::DatabaseHandle handle_;
    sqlite::StepLimit steps_;
    std::uint64_t file_bytes_;
};

/// A SELECT, run any number of times.
class Select {
public:
    Select(Database& database, std::string_view sql) : database_(database) {
        if (sqlite3_prepare_v3(database.handle(), sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                               &statement_, nullptr) != SQLITE_OK)
            fail();
    }
    Select(Select const&) = delete;
    Select& operator=(Select const&) = delete;
    ~Select() { sqlite3_finalize(statement_); }

    Select& with(std::int64_t value) {
        sqlite3_bind_int64(statement_, ++n_bound_, value);
        return *this;
    }
    Select& with(std::string_view text) {
        sqlite3_bind_text64(statement_, ++n_bound_, text.data() == nullptr ? "" : text.data(), text.size(),
                            SQLITE_STATIC, SQLITE_UTF8);
        return *this;
    }
    /// Hands itself to `take` for each row until that answers false.
    template <class Take>
    void run(Take const& take) {
        n_bound_ = 0;
        auto const counted = database_.steps().count();
        int status = SQLITE_ROW;
        while ((status = sqlite3_step(statement_)) == SQLITE_ROW)
            if (!take(*this)) break;
        if (status != SQLITE_ROW && status != SQLITE_DONE) fail();
        sqlite3_reset(statement_);
    }
    [[nodiscard]] std::int64_t number(int column) const { return sqlite3_column_int64(statement_, column); }
    /// The number of an article. Each takes some bytes of the file, so that a larger number than the file has bytes is none.
    [[nodiscard]] std::int64_t article_number(int column) const {
        auto const value = number(column);
        if (value < 0 || static_cast<std::uint64_t>(value) > database_.file_bytes())
            throw Failure(FailureKind::store,
                          "cannot read the analysis database: it numbers an article " + std::to_string(value));
        return value;
    }
    [[nodiscard]] std::string_view text(int column) const {
        auto const* text = reinterpret_cast<char const*>(sqlite3_column_text(statement_, column));
        return {text == nullptr ? "" : text, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
    }

private:
    [[noreturn]] void fail() {
        std::string const problem = sqlite3_errmsg(database_.handle());
        sqlite3_reset(statement_);
        throw Failure(FailureKind::store, "cannot read the analysis database: " + problem);
    }
    Database& database_;
    sqlite3_stmt* statement_ = nullptr;
    int n_bound_ = 0;
};

#define DOSSIER_ARTICLE_COLUMNS "SELECT number, article_id, path, coalesce(file, path), sha256 FROM t_article"
#define DOSSIER_QUOTE_COLUMNS "SELECT number, byte_begin, byte_end, text FROM t_quote"

AnalysedArticle article_in(Select const& row) {
    return {row.article_number(0), std::string(row.text(1)), std::string(row.text(2)), std::string(row.text(3)),
            std::string(row.text(4))};
}

AnalysedQuote quote_in(Select const& row) {
    return {
        row.number(0), {static_cast<std::size_t>(row.number(1)), static_cast<std::size_t>(row.number(2))}, row.text(3)};
}

}  // namespace

struct AnalysedQuotes::State {
    explicit State(std::string const& path)
        : database(path),
          by_id(database, DOSSIER_ARTICLE_COLUMNS " WHERE article_id = ?1"),
          by_number(database, DOSSIER_ARTICLE_COLUMNS " WHERE number = ?1"),
          by_file(database, DOSSIER_ARTICLE_COLUMNS " WHERE file = ?1 ORDER BY number"),
          all(database, DOSSIER_ARTICLE_COLUMNS " ORDER BY number"),
          quote(database, DOSSIER_QUOTE_COLUMNS " WHERE number = ?1"),
          quotes(database, DOSSIER_QUOTE_COLUMNS " WHERE number BETWEEN ?1 AND ?2") {}
    Database database;
    Select by_id, by_number, by_file, all, quote, quotes;
    std::optional<AnalysedArticle> last;  ///< asked for
    std::string text;                     ///< of the quote asked for last

    using Places = std::multimap<std::pair<std::size_t, std::size_t>, std::int64_t>;
    std::int64_t located = -1;  ///< the article whose quotes `places` has
    Places places;              ///< numbers of its quotes by their bytes
};

#undef DOSSIER_ARTICLE_COLUMNS
#undef DOSSIER_QUOTE_COLUMNS

AnalysedQuotes::AnalysedQuotes(std::string const& path) : state_(std::make_unique<State>(path)) {}
AnalysedQuotes::~AnalysedQuotes() = default;

std::optional<AnalysedArticle> AnalysedQuotes::article(std::string_view id) {
    auto& last = state_->last;
    if (last && last->id == id) return last;
    last.reset();
    state_->by_id.with(id).run([&](Select const& row) {
        last = article_in(row);
        return false;
    });
    return last;
}

std::optional<AnalysedArticle> AnalysedQuotes::article_of(std::int64_t quote_number) {
    auto& last = state_->last;
    auto const number = quote_number / quotes_per_article;
    if (last && last->number == number) return last;
    last.reset();
    state_->by_number.with(number).run([&](Select const& row) {
        last = article_in(row);
        return false;
    });
    return last;
}

std::vector<AnalysedArticle> AnalysedQuotes::articles_in(std::string_view file) {
    std::vector<AnalysedArticle> articles;
    state_->by_file.with(file).run([&](Select const& row) {
        articles.push_back(article_in(row));
        return true;
    });
    return articles;
}

void AnalysedQuotes::for_each_article(std::function<void(AnalysedArticle const&)> const& take) {
    state_->all.run([&](Select const& row) {
        take(article_in(row));
        return true;
    });
}

std::optional<AnalysedQuote> AnalysedQuotes::quote(std::int64_t number) {
    std::optional<AnalysedQuote> found;
    state_->quote.with(number).run([&](Select const& row) {
        found = quote_in(row);
        state_->text = found->text;
        found->text = state_->text;
        return false;
    });
    return found;
}

std::int64_t AnalysedQuotes::number_of(std::int64_t article, ByteRange bytes, std::string_view text) {
    auto& places = state_->places;
    if (std::exchange(state_->located, article) != article) {
        places.clear();
        for_each_quote_of(article, [&](AnalysedQuote const& quote) {
            places.emplace(std::pair(quote.bytes.begin, quote.bytes.end), quote.number);
            return true;
        });
    }
    auto const [first, last] = places.equal_range({bytes.begin, bytes.end});
    for (auto place = first; place != last; ++place)
        if (auto const found = quote(place->second); found && found->text == text) return place->second;
    return -1;
}

void AnalysedQuotes::for_each_quote_of(std::int64_t article, std::function<bool(AnalysedQuote const&)> const& take) {
    if (article < 0 || article >= std::numeric_limits<std::int64_t>::max() / quotes_per_article) return;
    auto const first = article * quotes_per_article;
    state_->quotes.with(first).with(first + quotes_per_article - 1).run([&](Select const& row) {
        return take(quote_in(row));
    });
}

}  // namespace dossier
