#include "dossier/store/article_cache.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <new>
#include <span>
#include <system_error>
#include <type_traits>
#include <utility>
#include <vector>

#include "dossier/model/descriptor.hpp"
#include "dossier/model/digest.hpp"

// The file, numbers little endian:
//   head     "DossPack", version, 0
//   record   "arec", size of the entry, key (32), check (16), entry      any number of them
//   index    of each record its key's first 8 bytes and its place; then the settings of the run
//   tail     "DossTail", place of the index, number of records, SHA-256 of the index
// Who adds records first cuts off index and tail and writes new ones last. A file without them, since its run was killed, is
// read record by record up to the first that is not whole.
namespace dossier {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view file_mark = "DossPack", tail_mark = "DossTail", record_mark = "arec";
constexpr std::uint32_t file_version = 1;
constexpr std::uint64_t head_bytes = 16, tail_bytes = 8 + 8 + 8 + 32, record_head_bytes = 4 + 4 + 32 + 16;
constexpr std::size_t check_bytes = 16, index_entry_bytes = 16;
constexpr std::uint64_t most_records = std::uint64_t{1} << 23;  ///< so that a hostile file costs bounded memory
constexpr std::uint64_t most_settings_bytes = 1 << 20;
constexpr std::uint64_t worth_renewing = 1 << 20;  ///< bytes of entries that nobody needs

template <class Number>
void put(std::string& bytes, Number number) {
    static_assert(std::is_unsigned_v<Number>);
    for (std::size_t i = 0; i < sizeof number; ++i)
        bytes += static_cast<char>(number >> (8 * i) & 0xFF);
}

template <class Number>
Number number_at(std::string_view bytes, std::size_t at) noexcept {
    Number number = 0;
    for (std::size_t i = 0; i < sizeof number; ++i)
        number =
            static_cast<Number>(number | static_cast<Number>(static_cast<unsigned char>(bytes[at + i])) << (8 * i));
    return number;
}

std::uint64_t start_of(ArticleKey const& key) noexcept {
    return number_at<std::uint64_t>({key.data(), key.size()}, 0);
}

std::string digest_of(std::string_view first, std::string_view second) {
    Sha256 digest;
    digest.update(first);
    digest.update(second);
    return digest.bytes();
}

std::string head_of_file() {
    std::string head(file_mark);
    put(head, file_version);
    put(head, std::uint32_t{0});
    return head;
}

/// Bytes at places.
class File {
public:
    File() = default;
    explicit File(int descriptor) noexcept : opened_(descriptor) {}
    [[nodiscard]] bool is_open() const noexcept { return opened_.is_open(); }

    /// Bytes from `at` on: as many as are asked for, fewer at the end or where it cannot be read.
    [[nodiscard]] std::size_t read(std::uint64_t at, char* to, std::size_t size) const noexcept {
        std::size_t n_read = 0;
        while (n_read < size) {
            auto const n = ::pread(opened_.number(), to + n_read, size - n_read, static_cast<off_t>(at + n_read));
            if (n < 0 && errno == EINTR) continue;
            if (n <= 0) break;
            n_read += static_cast<std::size_t>(n);
        }
        return n_read;
    }
    [[nodiscard]] bool write(std::uint64_t at, std::string_view bytes) noexcept {
        while (!bytes.empty()) {
            auto const n = ::pwrite(opened_.number(), bytes.data(), bytes.size(), static_cast<off_t>(at));
            if (n < 0 && errno == EINTR) continue;
            if (n <= 0) return false;
            at += static_cast<std::uint64_t>(n);
            bytes.remove_prefix(static_cast<std::size_t>(n));
        }
        return true;
    }
    [[nodiscard]] bool cut(std::uint64_t size) noexcept {
        return ::ftruncate(opened_.number(), static_cast<off_t>(size)) == 0;
    }
    /// nullopt: it is no regular file.
    [[nodiscard]] std::optional<std::uint64_t> size() const noexcept {
        struct stat status {};
        if (::fstat(opened_.number(), &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
        return static_cast<std::uint64_t>(status.st_size);
    }

private:
    Descriptor opened_;
};

/// Where records stand, by the first eight bytes of their keys; open addressing. Two keys that begin alike cost one of them
/// its place.
class Places {
public:
    struct Slot {
        std::uint64_t start = 0, at = 0;  ///< at 0: free, since the file's head is there
    };

    void set(std::uint64_t start, std::uint64_t at) {
        if (2 * (n_ + 1) > slots_.size()) grow();
        auto& slot = slots_[slot_of(start)];
        n_ += slot.at == 0;
        used_[slot_of(start)] = 0;
        slot = {start, at};
    }
    /// Number of the slot of a key; nullopt: it has none.
    [[nodiscard]] std::optional<std::size_t> find(std::uint64_t start) const noexcept {
        if (slots_.empty()) return std::nullopt;
        auto const i = slot_of(start);
        return slots_[i].at == 0 ? std::nullopt : std::optional(i);
    }
    [[nodiscard]] Slot const& slot(std::size_t i) const noexcept { return slots_[i]; }
    [[nodiscard]] std::size_t size() const noexcept { return n_; }

    /// @return whether it was the first time. From several threads at once.
    bool mark_used(std::size_t i) noexcept {
        return std::atomic_ref(used_[i]).exchange(1, std::memory_order_relaxed) == 0;
    }
    /// By their place in the file.
    [[nodiscard]] std::vector<Slot> all(bool only_used) const {
        std::vector<Slot> found;
        for (std::size_t i = 0; i < slots_.size(); ++i)
            if (slots_[i].at != 0 && (!only_used || used_[i] != 0)) found.push_back(slots_[i]);
        std::sort(found.begin(), found.end(), [](Slot const& a, Slot const& b) { return a.at < b.at; });
        return found;
    }

private:
    [[nodiscard]] std::size_t slot_of(std::uint64_t start) const noexcept {
        auto i = static_cast<std::size_t>(start ^ start >> 32) & (slots_.size() - 1);
        while (slots_[i].at != 0 && slots_[i].start != start)
            i = (i + 1) & (slots_.size() - 1);
        return i;
    }
    void grow() {
        auto const old = std::exchange(slots_, std::vector<Slot>(std::max<std::size_t>(1024, 2 * slots_.size())));
        auto const was_used = std::exchange(used_, std::vector<std::uint8_t>(slots_.size()));
        for (std::size_t i = 0; i < old.size(); ++i) {
            if (old[i].at == 0) continue;
            auto const to = slot_of(old[i].start);
            slots_[to] = old[i];
            used_[to] = was_used[i];
        }
    }
    std::vector<Slot> slots_;
    std::vector<std::uint8_t> used_;  ///< by slot
    std::size_t n_ = 0;
};

}  // namespace

struct ArticleCache::State {
    State(fs::path folder, CacheUse use) : path(folder / "articles.pack") {
        std::error_code ignored;
        if (use == CacheUse::renew) {
            if (fs::create_directories(folder, ignored))
                fs::permissions(folder, fs::perms::owner_all, ignored);  // it holds what articles say
            fs::remove(renewed_path(), ignored);
        }
        int const flags = O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | (use == CacheUse::renew ? O_RDWR | O_CREAT : O_RDONLY);
        file = File(::open(path.c_str(), flags, 0600));
        auto const size = file.is_open() ? file.size() : std::nullopt;
        is_usable = size.has_value();
        may_write = is_usable && use == CacheUse::renew;
        if (is_usable) open_records(*size);
        n_at_first = places.size();
    }

    [[nodiscard]] fs::path renewed_path() const { return path.string() + ".new"; }

    void open_records(std::uint64_t size) {
        try {
            if (!read_index(size)) read_records(size);
        } catch (std::bad_alloc const&) {
            is_usable = may_write = false;
        }
    }

    /// The index as the last run left it. @return false: there is none that can be trusted
    bool read_index(std::uint64_t size) {
        std::string tail(tail_bytes, '\0');
        if (size < head_bytes + tail_bytes || !has_head()) return false;
        if (file.read(size - tail_bytes, tail.data(), tail.size()) != tail.size() || !tail.starts_with(tail_mark))
            return false;
        auto const begin = number_at<std::uint64_t>(tail, 8), n = number_at<std::uint64_t>(tail, 16);
        auto const end = size - tail_bytes;
        if (begin < head_bytes || begin > end || n > most_records || n > (end - begin) / index_entry_bytes ||
            end - begin - n * index_entry_bytes > most_settings_bytes)
            return false;
        std::string index(end - begin, '\0');
        if (file.read(begin, index.data(), index.size()) != index.size()) return false;
        if (digest_of(std::string_view(tail).substr(0, 24), index) != tail.substr(24)) return false;
        for (std::size_t i = 0; i < n; ++i) {
            auto const at = number_at<std::uint64_t>(index, i * index_entry_bytes + 8);
            if (at >= head_bytes && at < begin) places.set(number_at<std::uint64_t>(index, i * index_entry_bytes), at);
        }
        settings = index.substr(n * index_entry_bytes);
        records_end = begin;
        has_index = true;
        return true;
    }

    /// Without an index: record by record. What they hold is checked when it is asked for.
    void read_records(std::uint64_t size) {
        records_end = head_bytes;
        is_empty = !has_head();
        if (is_empty) return;
        std::string head(record_head_bytes, '\0');
        for (auto at = head_bytes; at + record_head_bytes <= size && places.size() < most_records;) {
            if (file.read(at, head.data(), head.size()) != head.size() || !head.starts_with(record_mark)) break;
            auto const bytes = number_at<std::uint32_t>(head, 4);
            if (bytes > largest_entry || at + record_head_bytes + bytes > size) break;
            places.set(number_at<std::uint64_t>(head, 8), at);
            at += record_head_bytes + bytes;
            records_end = at;
        }
    }

    [[nodiscard]] bool has_head() const {
        std::string head(head_bytes, '\0');
        return file.read(0, head.data(), head.size()) == head.size() && head == head_of_file();
    }

    /// The entry of a record, checked; nullopt: it is damaged or has another key.
    /// @param record  gets its bytes; the entry lies in it
    [[nodiscard]] std::optional<std::string_view> entry_at(std::uint64_t at, ArticleKey const& key,
                                                           std::string& record) const {
        constexpr std::size_t usual_bytes = 8192;  // most are read by one call
        if (record.size() < usual_bytes) record.resize(usual_bytes);
        auto const had = file.read(at, record.data(), usual_bytes);
        if (had < record_head_bytes || !record.starts_with(record_mark)) return std::nullopt;
        auto const size = number_at<std::uint32_t>(record, 4);
        auto const whole = record_head_bytes + size;
        if (size > largest_entry || at + whole > records_end) return std::nullopt;
        if (record.size() < whole) record.resize(whole);
        if (had < whole && file.read(at + had, record.data() + had, whole - had) != whole - had) return std::nullopt;
        std::string_view const view(record.data(), whole);
        if (view.substr(8, key.size()) != std::string_view(key.data(), key.size())) return std::nullopt;
        auto const entry = view.substr(record_head_bytes);
        auto const check = digest_of(view.substr(0, 8 + key.size()), entry);
        if (view.substr(8 + key.size(), check_bytes) != std::string_view(check).substr(0, check_bytes))
            return std::nullopt;
        return entry;
    }

    /// No more is kept, and what is there stays for as long as it can be read.
    void give_up() noexcept {
        may_write = false;
        pending.clear();
    }

    bool begin_to_add() {
        if (is_adding) return true;
        is_adding = true;
        bool const good = is_empty ? file.cut(0) && file.write(0, head_of_file()) : file.cut(records_end);
        is_empty = false;
        return good;
    }

    void flush() {
        if (!may_write || pending.empty()) return;
        auto const at = records_end - pending.size();
        if (!file.write(at, pending)) {
            give_up();
            (void)file.cut(at);
            return;
        }
        pending.clear();
    }

    /// Index and tail of records that end where it begins.
    [[nodiscard]] static std::string index_of(std::span<Places::Slot const> records, std::uint64_t begin,
                                              std::string_view settings) {
        std::string index;
        index.reserve(records.size() * index_entry_bytes + settings.size() + tail_bytes);
        for (auto const& [start, at] : records) {
            put(index, start);
            put(index, at);
        }
        index += settings;
        std::string tail(tail_mark);
        put(tail, begin);
        put(tail, static_cast<std::uint64_t>(records.size()));
        auto const check = digest_of(tail, index);
        return index + tail + check;
    }

    /// Copies the records that this run needed into a new file, which then takes the place of the old one.
    void renew(std::string_view new_settings) {
        auto const records = places.all(true);
        File renewed(::open(renewed_path().c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600));
        std::vector<Places::Slot> moved;
        std::string part = head_of_file(), head(record_head_bytes, '\0'), record;
        std::uint64_t written = 0;
        bool good = renewed.is_open();
        constexpr std::size_t worth_writing = 1 << 20;
        for (auto const& [start, at] : records) {
            if (!good || file.read(at, head.data(), head.size()) != head.size()) break;
            auto const size = number_at<std::uint32_t>(head, 4);
            if (!head.starts_with(record_mark) || size > largest_entry) continue;
            record.resize(record_head_bytes + size);
            if (file.read(at, record.data(), record.size()) != record.size()) continue;
            moved.push_back({start, written + part.size()});
            part += record;
            if (part.size() < worth_writing) continue;
            good = renewed.write(written, part);
            written += part.size();
            part.clear();
        }
        part += index_of(moved, written + part.size(), new_settings);
        good = good && renewed.write(written, part);
        std::error_code error;
        if (good) fs::rename(renewed_path(), path, error);
        if (!good || error) fs::remove(renewed_path(), error);
    }

    void finish(std::string_view new_settings) {
        flush();
        if (!may_write) return;
        may_write = false;
        auto const held = records_end - head_bytes, needed = used_bytes.load();
        if (held > 2 * needed + worth_renewing) return renew(new_settings);
        if (!is_adding && has_index && settings == new_settings) return;
        if (!begin_to_add() || !file.write(records_end, index_of(places.all(false), records_end, new_settings)))
            (void)file.cut(records_end);
    }

    fs::path path;
    File file;
    Places places;
    std::string settings, pending;  ///< pending: records that are to be written, up to records_end
    std::uint64_t records_end = head_bytes;
    std::atomic<std::uint64_t> used_bytes = 0;
    std::size_t n_at_first = 0;
    bool is_usable = false, may_write = false;
    bool is_empty = false;   ///< it has not even a head
    bool has_index = false;  ///< whole, and of all records
    bool is_adding = false;
};

ArticleCache::ArticleCache(fs::path folder, CacheUse use) : state_(std::make_unique<State>(std::move(folder), use)) {}

ArticleCache::~ArticleCache() {
    state_->flush();
}

std::optional<std::string_view> ArticleCache::find(ArticleKey const& key, std::string& room) const {
    auto& state = *state_;
    auto const slot = state.is_usable ? state.places.find(start_of(key)) : std::nullopt;
    if (!slot) return std::nullopt;
    auto const entry = state.entry_at(state.places.slot(*slot).at, key, room);
    if (entry && state.places.mark_used(*slot)) state.used_bytes += record_head_bytes + entry->size();
    return entry;
}

std::optional<std::string> ArticleCache::find(ArticleKey const& key) const {
    std::string room;
    auto const entry = find(key, room);
    return entry ? std::optional<std::string>(*entry) : std::nullopt;
}

void ArticleCache::add(ArticleKey const& key, std::string_view entry) {
    auto& state = *state_;
    if (!state.may_write || entry.size() > largest_entry || state.places.size() >= most_records) return;
    if (!state.begin_to_add()) return state.give_up();
    std::string head(record_mark);
    put(head, static_cast<std::uint32_t>(entry.size()));
    head.append(key.data(), key.size());
    auto const check = digest_of(head, entry);
    auto const at = state.records_end;
    state.pending += head;
    state.pending.append(check, 0, check_bytes);
    state.pending += entry;
    state.records_end += record_head_bytes + entry.size();
    state.places.set(start_of(key), at);
    (void)state.places.mark_used(*state.places.find(start_of(key)));
    state.used_bytes += record_head_bytes + entry.size();
    constexpr std::size_t worth_writing = 1 << 18;
    if (state.pending.size() >= worth_writing) state.flush();
}

void ArticleCache::finish(std::string_view settings) {
    state_->finish(settings);
}

std::string const& ArticleCache::last_settings() const noexcept {
    return state_->settings;
}

std::size_t ArticleCache::size() const noexcept {
    return state_->n_at_first;
}

}  // namespace dossier
