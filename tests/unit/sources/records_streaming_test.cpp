// Exports far larger than memory should hold: made while they are read, never written anywhere.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "dossier/sources/records/record_splitter.hpp"

namespace {

using namespace dossier::sources;

/// Records of one format, one after the other.
class GeneratedExport final : public ByteStream {
public:
    GeneratedExport(Format format, std::size_t n_records) noexcept : format_(format), n_records_(n_records) {}

    std::size_t read(char* to, std::size_t size) override {
        if (taken_ == text_.size()) {
            text_.clear();
            taken_ = 0;
            while (text_.size() < (64u << 10) && n_made_ < n_records_)
                make_record();
        }
        auto const n = text_.copy(to, size, taken_);
        taken_ += n;
        return n;
    }

private:
    void make_record() {
        auto const number = std::to_string(++n_made_);
        std::string const abstract = "BACKGROUND: Coffee may harm sleep. METHODS: We asked " + number +
                                     " adults how they slept after three cups of coffee in the evening, and compared "
                                     "them with adults who drank water. "
                                     "RESULTS: Those who drank coffee slept 40 minutes less (95% CI 31 to 49). "
                                     "CONCLUSIONS: Coffee in the evening shortens "
                                     "sleep, and adults who sleep badly should avoid it.";
        if (format_ == Format::jsonl)
            text_ += "{\"title\":\"Coffee and sleep, part " + number +
                     "\",\"authors\":[\"Doe, J.\",\"Roe, R.\"],\"year\":2020,\"doi\":\"10.1000/" + number +
                     "\",\"abstract\":\"" + abstract + "\"}\n";
        else
            text_ += "TY  - JOUR\nTI  - Coffee and sleep, part " + number +
                     "\nAU  - Doe, J.\nAU  - Roe, R.\nPY  - 2020\nDO  - 10.1000/" + number + "\nAB  - " + abstract +
                     "\nER  - \n\n";
    }

    Format format_;
    std::size_t n_records_, n_made_ = 0, taken_ = 0;
    std::string text_;
};

std::size_t peak_kib() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<std::size_t>(usage.ru_maxrss);
}

double seconds_since(std::chrono::steady_clock::time_point begin) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

/// DOSSIER_LONG=1: a million records.
std::size_t n_wanted() {
    auto const* const wanted = std::getenv("DOSSIER_LONG");
    return wanted != nullptr && std::string(wanted) == "1" ? 1'000'000 : 20'000;
}

void expect_bounded(Format format, char const* name) {
    auto const n = n_wanted();
    auto const before = peak_kib();
    std::size_t n_read = 0, n_bytes = 0, n_blocks = 0;
    auto begin = std::chrono::steady_clock::now();
    {
        GeneratedExport stream(format, n);
        auto const splitter = make_record_splitter(format, stream, {}, 1u << 20);
        for (RecordSlice slice; splitter->next(slice);)
            n_bytes += slice.bytes.size();
    }
    auto const split_seconds = seconds_since(begin);
    begin = std::chrono::steady_clock::now();
    GeneratedExport stream(format, n);
    auto const splitter = make_record_splitter(format, stream, {}, 1u << 20);
    for (RecordSlice slice; splitter->next(slice); ++n_read)
        n_blocks += read_record(format, slice.bytes, *splitter->context()).blocks.size();
    auto const read_seconds = seconds_since(begin);
    auto const grown = peak_kib() - before;
    std::printf(
        "%s: %zu records, %zu MB; making and splitting %.0f MB/s, splitting and reading %.0f records/s, peak memory "
        "grew by %zu KiB\n",
        name, n_read, n_bytes / 1'000'000, static_cast<double>(n_bytes) / 1e6 / split_seconds,
        static_cast<double>(n_read) / read_seconds, grown);
    EXPECT_EQ(n_read, n);
    EXPECT_EQ(n_blocks, n * 9);  // the title, four labels, four passages
    EXPECT_LT(grown, std::size_t{16} << 10);
}

TEST(RecordStreaming, JsonLinesTakeMemoryForOneRecordOnly) {
    expect_bounded(Format::jsonl, "JSONL");
}

TEST(RecordStreaming, RisTakesMemoryForOneRecordOnly) {
    expect_bounded(Format::ris, "RIS");
}

}  // namespace
