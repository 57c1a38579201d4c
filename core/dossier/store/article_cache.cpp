#include "dossier/store/article_cache.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <functional>
#include <new>
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

/// Where a record stands.
struct Slot {
    std::uint64_t start = 0;  ///< the first eight bytes of its key
    std::uint64_t at = 0;     ///< its place in the file; 0, where the file's head is: another has taken its place
};

/// Where the records of earlier runs stand, by the first eight bytes of their keys. Two keys that begin alike cost one of
/// them its place.
class Places {
public:
    Places() = default;
    /// @param slots  as they stand in the file; of those that begin alike the last counts
    explicit Places(std::vector<Slot>&& slots) : slots_(std::move(slots)) {
        std::sort(slots_.begin(), slots_.end(), [](Slot const& a, Slot const& b) {
            return a.start != b.start ? a.start < b.start : a.at > b.at;  // no two stand at one place
        });
        auto const is_alike = [](Slot const& a, Slot const& b) { return a.start == b.start; };
        slots_.erase(std::unique(slots_.begin(), slots_.end(), is_alike), slots_.end());
        used_.resize(slots_.size());
    }

    /// Number of the slot of a key; nullopt: it has none.
    [[nodiscard]] std::optional<std::size_t> find(std::uint64_t start) const noexcept {
        auto const found = std::lower_bound(slots_.begin(), slots_.end(), start,
                                            [](Slot const& slot, std::uint64_t wanted) { return slot.start < wanted; });
        if (found == slots_.end() || found->start != start || found->at == 0) return std::nullopt;
        return static_cast<std::size_t>(found - slots_.begin());
    }
    [[nodiscard]] std::uint64_t place(std::size_t slot) const noexcept { return slots_[slot].at; }
    [[nodiscard]] std::size_t size() const noexcept { return slots_.size(); }

    void forget(std::size_t slot) noexcept { slots_[slot].at = 0; }
    /// @return whether it was the first time. From several threads at once.
    bool mark_used(std::size_t slot) noexcept {
        return std::atomic_ref(used_[slot]).exchange(1, std::memory_order_relaxed) == 0;
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
    std::vector<Slot> slots_;         ///< by start
    std::vector<std::uint8_t> used_;  ///< by slot
};

/// Index and tail of a file, written part by part.
class IndexWriter {
public:
    /// @param begin  where the index stands
    /// @param n_records  of which it is
    IndexWriter(File& file, std::uint64_t begin, std::uint64_t n_records) : file_(file), at_(begin), tail_(tail_mark) {
        put(tail_, begin);
        put(tail_, n_records);
        digest_.update(tail_);
    }
    void add(Slot const& slot) {
        put(part_, slot.start);
        put(part_, slot.at);
        constexpr std::size_t worth_writing = 1 << 16;
        if (part_.size() >= worth_writing) write();
    }
    /// @return false: it could not be written
    [[nodiscard]] bool finish(std::string_view settings) {
        part_ += settings;
        write();
        return is_good_ && file_.write(at_, tail_ + digest_.bytes());
    }

private:
    void write() {
        digest_.update(part_);
        is_good_ = is_good_ && file_.write(at_, part_);
        at_ += part_.size();
        part_.clear();
    }
    File& file_;
    std::uint64_t at_;
    std::string tail_, part_;
    Sha256 digest_;
    bool is_good_ = true;
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
        n_records = places.size();
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
        std::vector<Slot> slots;
        slots.reserve(n);
        for (std::size_t i = 0; i < n; ++i) {
            auto const at = number_at<std::uint64_t>(index, i * index_entry_bytes + 8);
            if (at >= head_bytes && at < begin)
                slots.push_back({number_at<std::uint64_t>(index, i * index_entry_bytes), at});
        }
        settings = index.substr(n * index_entry_bytes);
        std::string().swap(index);
        places = Places(std::move(slots));
        records_end = begin;
        has_index = true;
        return true;
    }

    /// Without an index: record by record. What they hold is checked when it is asked for.
    void read_records(std::uint64_t size) {
        records_end = head_bytes;
        is_empty = !has_head();
        if (is_empty) return;
        std::vector<Slot> slots;
        records_end = for_each_record(head_bytes, size, [&](Slot const& slot) { slots.push_back(slot); });
        places = Places(std::move(slots));
    }

    /// Goes from record to record, most_records at most, up to the first that is not whole.
    /// @return where that begins
    std::uint64_t for_each_record(std::uint64_t at, std::uint64_t end,
                                  std::function<void(Slot const&)> const& take) const {
        std::string head(record_head_bytes, '\0');
        for (std::uint64_t n = 0; at + record_head_bytes <= end && n < most_records; ++n) {
            if (file.read(at, head.data(), head.size()) != head.size() || !head.starts_with(record_mark)) break;
            auto const bytes = number_at<std::uint32_t>(head, 4);
            if (bytes > largest_entry || at + record_head_bytes + bytes > end) break;
            take({number_at<std::uint64_t>(head, 8), at});
            at += record_head_bytes + bytes;
        }
        return at;
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
        added_begin = records_end;
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

    /// What this run added stands in the file only: its places are looked for there, so that they take no memory.
    /// @return false: not all of it can be read
    [[nodiscard]] bool for_each_added(std::function<void(Slot const&)> const& take) const {
        return n_added == 0 || for_each_record(added_begin, records_end, take) == records_end;
    }

    /// Copies the records that this run needed into a new file, which then takes the place of the old one.
    void renew(std::string_view new_settings) {
        auto records = places.all(true);
        if (!for_each_added([&](Slot const& slot) { records.push_back(slot); })) return;
        File renewed(::open(renewed_path().c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600));
        std::vector<Slot> moved;
        std::string part = head_of_file(), head(record_head_bytes, '\0'), record;
        std::uint64_t written = 0;
        bool good = renewed.is_open();
        constexpr std::size_t worth_writing = 1 << 20;
        for (auto const& [start, at] : records) {
            good = good && file.read(at, head.data(), head.size()) == head.size();
            if (!good) break;
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
        good = good && renewed.write(written, part);
        IndexWriter index(renewed, written + part.size(), moved.size());
        for (auto const& slot : moved)
            index.add(slot);
        good = good && index.finish(new_settings);
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
        if (!begin_to_add() || !write_index(new_settings)) (void)file.cut(records_end);
    }

    /// @return false: there is none, or only part of it
    [[nodiscard]] bool write_index(std::string_view new_settings) {
        auto const known = places.all(false);
        IndexWriter index(file, records_end, known.size() + n_added);
        for (auto const& slot : known)
            index.add(slot);
        return for_each_added([&](Slot const& slot) { index.add(slot); }) && index.finish(new_settings);
    }

    fs::path path;
    File file;
    Places places;                  ///< of what earlier runs added
    std::string settings, pending;  ///< pending: records that are to be written, up to records_end
    std::uint64_t records_end = head_bytes;
    std::uint64_t added_begin = head_bytes;  ///< of this run's records
    std::atomic<std::uint64_t> used_bytes = 0;
    std::size_t n_records = 0;  ///< at first
    std::size_t n_added = 0;
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
    auto const entry = state.entry_at(state.places.place(*slot), key, room);
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
    if (!state.may_write || entry.size() > largest_entry || state.n_records + state.n_added >= most_records) return;
    if (!state.begin_to_add()) return state.give_up();
    std::string head(record_mark);
    put(head, static_cast<std::uint32_t>(entry.size()));
    head.append(key.data(), key.size());
    auto const check = digest_of(head, entry);
    if (auto const replaced = state.places.find(start_of(key))) state.places.forget(*replaced);
    state.pending += head;
    state.pending.append(check, 0, check_bytes);
    state.pending += entry;
    state.records_end += record_head_bytes + entry.size();
    ++state.n_added;
    state.used_bytes += record_head_bytes + entry.size();
    constexpr std::size_t worth_writing = 1 << 18;
    if (state.pending.size() >= worth_writing) state.flush();
}

void ArticleCache::finish(std::string_view settings) {
    state_->finish(settings);
    state_->places = {};
}

std::string const& ArticleCache::last_settings() const noexcept {
    return state_->settings;
}

std::size_t ArticleCache::size() const noexcept {
    return state_->n_records;
}

}  // namespace dossier
