// analysis.sqlite out of any bytes: a file as it is, or, when it does not begin like one, SQL that makes one (views and triggers that lie
// in wait). The readers of the worker and of the host must come to an end, and the worker's must show nothing but views.
#include <sqlite3.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "analysis_reader.hpp"
#include "config_checks.hpp"
#include "dossier/diagnostics/failure.hpp"
#include "dossier/store/analysed_quotes.hpp"

namespace {

constexpr std::size_t most_rows = 200;

/// Gives up after `steps` more questions.
int give_up(void* steps) {
    return --*static_cast<int*>(steps) < 0 ? 1 : 0;
}

int no_files(void*, int action, char const*, char const*, char const*, char const*) {
    return action == SQLITE_ATTACH ? SQLITE_DENY : SQLITE_OK;
}

/// The database that the SQL makes, as bytes; as far as it goes without a mistake.
std::string made_by(std::string const& sql) {
    sqlite3* database = nullptr;
    std::string bytes;
    if (sqlite3_open(":memory:", &database) == SQLITE_OK) {
        int steps = 20;
        sqlite3_set_authorizer(database, no_files, nullptr);
        sqlite3_progress_handler(database, 10'000, give_up, &steps);
        sqlite3_limit(database, SQLITE_LIMIT_LENGTH, 1 << 20);
        sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr);
        sqlite3_progress_handler(database, 0, nullptr, nullptr);
        sqlite3_int64 size = 0;
        if (auto* const image = sqlite3_serialize(database, "main", &size, 0)) {
            bytes.assign(reinterpret_cast<char const*>(image), static_cast<std::size_t>(size));
            sqlite3_free(image);
        }
    }
    sqlite3_close(database);
    return bytes;
}

void read_as_the_worker(std::string const& path) {
    int questions = 50;
    dossier::worker::AnalysisReader reader([&] { return --questions < 0; });
    if (!reader.open(path)) {
        fuzz::require_that(!reader.problem().empty(), "a refused file has a reason");
        return;
    }
    for (std::string_view const sql :
         {"SELECT * FROM run", "SELECT count(*) FROM articles", "SELECT * FROM stances ORDER BY 1",
          "SELECT a.article_id, q.text FROM articles a, quotes q LIMIT 5", "SELECT * FROM t_quote",
          "SELECT * FROM sqlite_schema"}) {
        questions = 50;
        dossier_rows* rows = nullptr;
        if (reader.query({sql.data(), sql.size()}, nullptr, 0, &rows) != DOSSIER_OK) continue;
        fuzz::require_that(sql.find("sqlite_schema") == std::string_view::npos, "the schema is no view");
        dossier_value const* values = nullptr;
        std::size_t n_values = 0, n_bytes = 0;
        for (std::size_t row = 0; row < most_rows && reader.next_row(rows, &values, &n_values) == DOSSIER_OK; ++row)
            for (std::size_t i = 0; i < n_values; ++i)
                if (values[i].type == DOSSIER_TEXT)
                    for (std::size_t at = 0; at < values[i].text.size; ++at)
                        n_bytes += values[i].text.data[at] != 0 ? 1 : 0;  // every byte is there
        reader.close_rows(rows);
    }
}

void read_as_the_host(std::string const& path) {
    try {
        dossier::AnalysedQuotes quotes(path);
        std::size_t n = 0;
        quotes.for_each_article([&](dossier::AnalysedArticle const& article) {
            if (++n > 20) return;
            quotes.for_each_quote_of(article.number, [&](dossier::AnalysedQuote const& quote) {
                (void)quotes.article_of(quote.number);
                return ++n < most_rows;
            });
            (void)quotes.articles_in(article.file);
            (void)quotes.article(article.id);
            (void)quotes.number_of(article.number, {0, 10}, "words");
        });
        (void)quotes.quote(1);
    } catch (dossier::Failure const& failure) {
        fuzz::require_that(failure.kind() == dossier::FailureKind::store,
                           "a file that is wrong is a failure of the store");
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
    static fuzz::OwnFolder const folder;
    std::string const input(reinterpret_cast<char const*>(bytes), size);
    auto const path =
        folder.file("analysis.sqlite", input.starts_with("SQLite format 3") ? input : made_by(input)).string();
    read_as_the_worker(path);
    read_as_the_host(path);
    return 0;
}
