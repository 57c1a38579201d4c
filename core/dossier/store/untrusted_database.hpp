// Untrusted database: opens an analysis database that may come from anybody, so that whatever is in it, reading ends and changes nothing.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <string>

namespace dossier::sqlite {

struct CloseDatabase {
    void operator()(sqlite3* database) const noexcept { sqlite3_close_v2(database); }
};
using DatabaseHandle = std::unique_ptr<sqlite3, CloseDatabase>;

/// Whether views of the file may be read: what they select is the file's choice.
enum class Views { readable, refused };

struct OpenedDatabase {
    DatabaseHandle handle;  ///< empty: it could not be opened
    std::string problem;    ///< why; empty: it could
    std::uint64_t file_bytes = 0;
};

/// Opens a finished file for reading: no locks, no journal beside it, no triggers, no functions or virtual tables that reach out of
/// the file, no attaching of others, nothing that is longer than the file. Whether the file is a database at all shows at the
/// first query.
[[nodiscard]] OpenedDatabase open_untrusted(std::string const& path, Views views);

/// Ends queries that take more steps than reading the whole file many times over: a file may hold circles, in which a scan never comes
/// to an end. Such a query fails with SQLITE_INTERRUPT. Must live as long as the connection is used.
class StepLimit {
public:
    /// @param database  nullptr: nothing is counted
    StepLimit(sqlite3* database, std::uint64_t file_bytes);
    StepLimit(StepLimit const&) = delete;
    StepLimit& operator=(StepLimit const&) = delete;

    class Counted {
    public:
        explicit Counted(StepLimit& limit) noexcept : limit_(limit) {
            if (limit_.depth_++ == 0) limit_.left_ = limit_.most_;
        }
        Counted(Counted const&) = delete;
        Counted& operator=(Counted const&) = delete;
        ~Counted() { --limit_.depth_; }

    private:
        StepLimit& limit_;
    };
    /// To be held while a query runs; one within another shares its steps.
    [[nodiscard]] Counted count() noexcept { return Counted(*this); }

private:
    static int ask(void* self);
    std::uint64_t const most_;  ///< questions of SQLite for a query
    std::uint64_t left_;
    int depth_ = 0;
};

}  // namespace dossier::sqlite
