// PDF files written by hand: as small as they can be, with what a test needs in them.
#pragma once

#include <cstdio>
#include <string>
#include <utility>
#include <vector>

namespace small_pdf {

/// Objects by number, from 1, and a trailer; offsets are counted here.
class File {
public:
    /// Number of the object.
    int add(std::string body) {
        objects_.push_back(std::move(body));
        return static_cast<int>(objects_.size());
    }
    /// @param entries  of its dictionary besides the length
    int add_stream(std::string const& entries, std::string const& bytes) {
        return add("<< /Length " + std::to_string(bytes.size()) + " " + entries + " >>\nstream\n" + bytes +
                   "\nendstream");
    }
    void set(int number, std::string body) { objects_[static_cast<std::size_t>(number) - 1] = std::move(body); }

    /// @param root  number of the catalog
    /// @param trailer  entries besides /Root and /Size
    [[nodiscard]] std::string bytes(int root, std::string const& trailer = {}) const {
        std::string file = "%PDF-1.4\n";
        std::string table = "0000000000 65535 f \n";
        for (std::size_t i = 0; i < objects_.size(); ++i) {
            char entry[32];
            std::snprintf(entry, sizeof entry, "%010zu 00000 n \n", file.size());
            table += entry;
            file += std::to_string(i + 1) + " 0 obj\n" + objects_[i] + "\nendobj\n";
        }
        auto const begin = file.size();
        auto const n = std::to_string(objects_.size() + 1);
        return file + "xref\n0 " + n + "\n" + table + "trailer\n<< /Root " + reference(root) + " /Size " + n + " " +
               trailer + " >>\nstartxref\n" + std::to_string(begin) + "\n%%EOF\n";
    }

    static std::string reference(int number) { return std::to_string(number) + " 0 R"; }

private:
    std::vector<std::string> objects_;
};

/// A document of pages with these content streams, set in Helvetica as /F1.
/// @param resources  of every page, besides the font
/// @param trailer    entries of the trailer, which may name objects that `file` had before
inline std::string document(std::vector<std::string> const& contents, File file = {}, std::string const& resources = {},
                            std::string const& trailer = {}) {
    int const pages = file.add({});
    int const font = file.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
    std::string kids;
    for (auto const& content : contents) {
        int const stream = file.add_stream("", content);
        int const page =
            file.add("<< /Type /Page /Parent " + File::reference(pages) + " /MediaBox [0 0 600 800] /Contents " +
                     File::reference(stream) + " /Resources << /Font << /F1 " + File::reference(font) + " >> " +
                     resources + " >> >>");
        kids += File::reference(page) + " ";
    }
    file.set(pages, "<< /Type /Pages /Count " + std::to_string(contents.size()) + " /Kids [" + kids + "] >>");
    int const catalog = file.add("<< /Type /Catalog /Pages " + File::reference(pages) + " >>");
    return file.bytes(catalog, trailer);
}

/// Content stream that shows these lines, one below the other.
inline std::string lines(std::vector<std::string> const& texts) {
    std::string content = "BT /F1 12 Tf 14 TL 50 750 Td\n";
    for (auto const& text : texts)
        content += "(" + text + ") Tj T*\n";
    return content + "ET";
}

}  // namespace small_pdf
