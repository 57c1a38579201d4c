// PDF: text of the pages against what pdftotext 22.12 wrote of the same files, and the reasons for files without text.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "accuracy.hpp"
#include "corpus_file.hpp"
#include "dossier/job/pdf_reader.hpp"

namespace accuracy {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view reference_ending = ".pdftotext.txt";
constexpr std::string_view password_file = "005-libreoffice-writer-password";  // as files.json says; the rest are scans

struct Share {
    std::size_t right = 0, all = 0;
    void count(bool is_right, fs::path const& path, std::string const& what) {
        ++all;
        right += is_right ? 1 : 0;
        if (!is_right && std::getenv("DOSSIER_ACCURACY_DETAILS") != nullptr)
            std::fprintf(stderr, "%s: %s\n", path.filename().c_str(), what.c_str());
    }
    [[nodiscard]] double value() const {
        return all == 0 ? 0.0 : static_cast<double>(right) / static_cast<double>(all);
    }
};

std::string without_white_space(std::string text) {
    std::erase_if(text, [](char c) { return std::string_view(" \t\r\n\f").find(c) != std::string_view::npos; });
    return text;
}

std::vector<fs::path> files_in(fs::path const& folder) {
    std::vector<fs::path> files;
    for (auto const& entry : fs::directory_iterator(folder))
        if (entry.path().extension() == ".pdf") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

std::vector<Figure> measure(fs::path const& corpora) {
    Share texts, reasons;
    auto const read = dossier::make_pdf_reader({});
    for (auto const& path : files_in(corpora / "text" / "pdf_samples")) {
        auto const pages = read(bytes_of(path));
        auto reference = path;
        reference.replace_extension().concat(reference_ending);
        if (fs::exists(reference)) {
            texts.count(without_white_space(text_of(pages)) == without_white_space(bytes_of(reference)), path,
                        pages.problem.empty() ? "differs" : pages.problem);
        } else {
            bool const locked = path.filename().string().starts_with(password_file);
            reasons.count(pages.problem.starts_with(locked ? "is encrypted" : "holds images only"), path,
                          pages.problem.empty() ? "has text" : pages.problem);
        }
    }
    return {{"text/pdf_samples", "files whose text is the reference", Part::all, texts.value(), 1.0, texts.all, true,
             "up to white space"},
            {"text/pdf_samples", "files without text, right reason", Part::all, reasons.value(), 1.0, reasons.all, true,
             "images only, password"}};
}

Registered const registered("sources", 30, measure);

}  // namespace
}  // namespace accuracy
