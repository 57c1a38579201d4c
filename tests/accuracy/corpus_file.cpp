#include "corpus_file.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <memory>
#include <stdexcept>

namespace accuracy {
namespace {

struct CloseArchive {
    void operator()(archive* a) const noexcept { archive_read_free(a); }
};
using Archive = std::unique_ptr<archive, CloseArchive>;

Archive open(std::filesystem::path const& path, bool raw) {
    Archive opened(archive_read_new());
    archive_read_support_filter_all(opened.get());
    if (raw)
        archive_read_support_format_raw(opened.get());
    else
        archive_read_support_format_all(opened.get());
    if (archive_read_open_filename(opened.get(), path.c_str(), 1 << 16) != ARCHIVE_OK)
        throw std::runtime_error(path.string() + ": " + archive_error_string(opened.get()));
    return opened;
}

std::string data_of(archive* opened) {
    std::string bytes;
    char buffer[1 << 16];
    for (auto n = archive_read_data(opened, buffer, sizeof buffer); n > 0;
         n = archive_read_data(opened, buffer, sizeof buffer))
        bytes.append(buffer, static_cast<std::size_t>(n));
    return bytes;
}

}  // namespace

std::string bytes_of(std::filesystem::path const& path) {
    if (std::filesystem::file_size(path) == 0) return {};
    auto const opened = open(path, true);
    archive_entry* entry = nullptr;
    if (archive_read_next_header(opened.get(), &entry) != ARCHIVE_OK)
        throw std::runtime_error(path.string() + ": " + archive_error_string(opened.get()));
    return data_of(opened.get());
}

void for_each_member(std::filesystem::path const& path,
                     std::function<void(std::string const&, std::string&&)> const& take) {
    auto const opened = open(path, false);
    archive_entry* entry = nullptr;
    while (archive_read_next_header(opened.get(), &entry) == ARCHIVE_OK)
        if (archive_entry_filetype(entry) == AE_IFREG) take(archive_entry_pathname(entry), data_of(opened.get()));
}

}  // namespace accuracy
