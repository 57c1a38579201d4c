// A rendered PDF file and what other people's tools find in it.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace dossier::test {

inline bool has_tool(std::string const& name) {
    return std::system(("command -v " + name + " > /dev/null 2>&1").c_str()) == 0;
}

#define SKIP_WITHOUT(tool) \
    if (!has_tool(tool)) GTEST_SKIP() << "the program " tool " is not installed; scripts/setup installs it"

/// A file that lives as long as the object.
class PdfFile {
public:
    explicit PdfFile(std::string const& bytes) {
        auto name = (std::filesystem::temp_directory_path() / "dossier-pdf-XXXXXX").string();
        auto const descriptor = ::mkstemp(name.data());
        if (descriptor < 0) throw std::runtime_error("no temporary file can be made");
        ::close(descriptor);
        path_ = name;
        std::ofstream(path_, std::ios::binary) << bytes;
    }
    PdfFile(PdfFile const&) = delete;
    PdfFile& operator=(PdfFile const&) = delete;
    ~PdfFile() { std::filesystem::remove(path_); }

    /// What `command FILE rest` prints on both channels.
    [[nodiscard]] std::string run(std::string const& command, std::string const& rest = {}) const {
        auto const line = "LC_ALL=C.UTF-8 " + command + " '" + path_ + "' " + rest + " 2>&1";
        auto* const pipe = ::popen(line.c_str(), "r");
        if (pipe == nullptr) throw std::runtime_error("cannot run " + line);
        std::string output;
        std::array<char, 1 << 16> buffer{};
        for (std::size_t n = 0; (n = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;)
            output.append(buffer.data(), n);
        ::pclose(pipe);
        return output;
    }
    /// The text in the order of the content, lines of a paragraph joined by single spaces.
    [[nodiscard]] std::string text() const { return squeezed(run("pdftotext -raw -nopgbrk", "-")); }
    /// The text of each page.
    [[nodiscard]] std::vector<std::string> pages() const {
        std::vector<std::string> pages;
        std::istringstream in(run("pdftotext -raw", "-"));
        for (std::string page; std::getline(in, page, '\f');)
            pages.push_back(page);
        if (!pages.empty() && squeezed(pages.back()).empty()) pages.pop_back();
        return pages;
    }
    [[nodiscard]] nlohmann::json json() const { return nlohmann::json::parse(run("qpdf --json=2")); }
    /// The objects of the file by "n g R".
    [[nodiscard]] static nlohmann::json object(nlohmann::json const& file, std::string const& reference) {
        return file.at("qpdf").at(1).at("obj:" + reference).value("value", nlohmann::json());
    }
    /// Darkness of page one, summed over its pixels: how much ink is on it.
    [[nodiscard]] double ink() const {
        auto const image = run("pdftoppm -r 100 -f 1 -l 1 -gray");
        std::istringstream in(image);
        std::string magic;
        std::size_t width = 0, height = 0, most = 0;
        in >> magic >> width >> height >> most;
        in.get();
        double sum = 0;
        for (std::size_t i = 0; i < width * height; ++i)
            sum += 255.0 - in.get();
        return sum / 255.0;
    }

    static std::string squeezed(std::string_view text) {
        std::string out;
        for (char const c : text) {
            bool const blank = c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f';
            if (!blank)
                out += c;
            else if (!out.empty() && out.back() != ' ')
                out += ' ';
        }
        if (!out.empty() && out.back() == ' ') out.pop_back();
        return out;
    }

private:
    std::string path_;
};

}  // namespace dossier::test
