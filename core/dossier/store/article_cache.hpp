// Article cache: what earlier runs found out about each article, in one file that may be deleted at any time
// (docs/incremental.md).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace dossier {

/// SHA-256 over everything that decides what is found out about one article.
using ArticleKey = std::array<char, 32>;

/// Whether a cache is added to. Who only looks needs no lock.
enum class CacheUse { look, renew };

/// Entries by key in `folder`/articles.pack. The file is help and nothing else: where it is not there, is damaged or cannot be
/// written, nothing is found, nothing is kept, and nothing throws. Every entry is checked against its own SHA-256 before it
/// is handed out. In memory there are 17 bytes for each entry that was in the file when it was opened.
class ArticleCache {
public:
    /// Largest entry that is kept, in bytes.
    static constexpr std::size_t largest_entry = std::size_t{64} << 20;

    /// @param folder  made if it is not there and the cache is renewed; the caller then holds the lock of the folder around it
    explicit ArticleCache(std::filesystem::path folder, CacheUse use = CacheUse::renew);
    /// What was added and not finished stays in the file, where the next one finds it.
    ~ArticleCache();
    ArticleCache(ArticleCache const&) = delete;
    ArticleCache& operator=(ArticleCache const&) = delete;

    /// The entry under a key; nullopt: there is none, or it is damaged. May be called from several threads at once.
    /// @param room  of the caller, which may hold anything; the entry lies in it until it is changed
    [[nodiscard]] std::optional<std::string_view> find(ArticleKey const& key, std::string& room) const;
    [[nodiscard]] std::optional<std::string> find(ArticleKey const& key) const;

    /// Keeps an entry for the next run; this one need not find it. Of two under one key the later counts. While nobody finds.
    void add(ArticleKey const& key, std::string_view entry);

    /// Once, last, when all articles were asked for: entries that were neither found nor added go when they weigh more than
    /// the others, so that the file is at most about twice as large as what one run needs.
    /// @param settings  what the run went by, for last_settings()
    void finish(std::string_view settings);

    /// What the last run that finished handed to finish(); empty: it is not known.
    [[nodiscard]] std::string const& last_settings() const noexcept;

    /// Entries in the file when it was opened.
    [[nodiscard]] std::size_t size() const noexcept;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace dossier
