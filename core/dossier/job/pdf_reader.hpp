// PDF: read by dossier-pdf-reader, one sandboxed process per file. Poppler never runs in this process.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>

#include "dossier/sources/pdf/pdf_pages.hpp"

namespace dossier {

/// Bounds of one file. What is beyond them has no text but a problem that says so.
struct PdfReaderSettings {
    std::filesystem::path program;  ///< empty: default_pdf_reader_path()
    double seconds = 10.0;          ///< of processor time, 3 at least; three times as long by the clock
    std::uint64_t memory_bytes = std::uint64_t{512} << 20;   ///< of address space
    std::uint64_t max_pages = 10'000;                        ///< a larger document is refused
    std::uint64_t max_text_bytes = std::uint64_t{32} << 20;  ///< of all pages together
    bool allow_unsandboxed = false;                          ///< read even where the kernel has no Landlock
};

/// What came of one file.
struct PdfReading {
    sources::PdfPages pages;
    int landlock = 0;  ///< ABI version of the sandbox that stood before the file was looked at; 0: none
    bool seccomp = false;
};

/// Reads a PDF. Whatever the bytes are, the answer is pages or a problem: one clause that follows "the article".
[[nodiscard]] PdfReading read_pdf(std::string_view bytes, PdfReaderSettings const& settings);

/// The same for ReadOptions::read_pdf. May be called from several threads at once.
[[nodiscard]] sources::PdfReader make_pdf_reader(PdfReaderSettings settings);

/// dossier-pdf-reader beside the running program, else <folder of the program>/../libexec/dossier/dossier-pdf-reader.
[[nodiscard]] std::filesystem::path default_pdf_reader_path();

}  // namespace dossier
