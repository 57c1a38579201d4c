#include "dossier/sources/records/xml_records.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace dossier::sources {
namespace {

constexpr std::size_t tag_start_bytes = 40;  // enough to tell a tag by its name
constexpr std::string_view cdata_begin = "<![CDATA[", cdata_end = "]]>", comment_begin = "<!--", comment_end = "-->";

bool ends_name(char c) noexcept {
    return c == '>' || c == '/' || c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

class XmlFinder final : public RecordFinder {
public:
    explicit XmlFinder(std::vector<std::string> elements) noexcept : elements_(std::move(elements)) {}

    std::size_t look(std::string_view bytes, std::size_t at, bool at_end) override {
        std::size_t pos = 0;
        while (pos < bytes.size()) {
            if (!skip_to_.empty()) {
                auto const end = bytes.find(skip_to_, pos);
                if (end == std::string_view::npos && !at_end)
                    return at + std::max(pos, bytes.size() - std::min(bytes.size(), skip_to_.size() - 1));
                pos = end == std::string_view::npos ? bytes.size() : end + skip_to_.size();
                skip_to_ = {};
                continue;
            }
            pos = std::min(bytes.find('<', pos), bytes.size());
            auto const tag = bytes.substr(pos, tag_start_bytes);
            if (tag.size() < tag_start_bytes && !at_end) return at + pos;
            pos += tag.empty() ? 0 : look_at(tag, at + pos);
            if (found) return at + pos;
        }
        if (at_end && open) take(at + bytes.size(), not_closed());
        return at + bytes.size();
    }

    std::shared_ptr<RecordContext const> context() const override { return context_; }

private:
    // @return how far the tag was used
    std::size_t look_at(std::string_view tag, std::size_t at) {
        if (tag.starts_with(cdata_begin)) return skip_to_ = cdata_end, cdata_begin.size();
        if (tag.starts_with(comment_begin)) return skip_to_ = comment_end, comment_begin.size();
        if (open && tag.starts_with("</") && is_named(tag.substr(2), *element_)) {
            auto const end = tag.find('>');
            if (end == std::string_view::npos) return 1;
            take(at + end + 1, {});
            return end + 1;
        }
        auto const begun = std::find_if(elements_.begin(), elements_.end(),
                                        [&](std::string const& name) { return is_named(tag.substr(1), name); });
        if (begun == elements_.end()) return 1;
        if (open) {
            take(at, not_closed());
            return 0;
        }
        open = at;
        element_ = &*begun;
        return 1;
    }

    static bool is_named(std::string_view tag, std::string_view name) noexcept {
        return tag.starts_with(name) && tag.size() > name.size() && ends_name(tag[name.size()]);
    }

    [[nodiscard]] std::string not_closed() const { return "is not closed by </" + *element_ + ">"; }

    void take(std::size_t end, std::string broken) {
        found = FoundRecord{*open, end, std::move(broken)};
        open.reset();
    }

    std::vector<std::string> elements_;
    std::string const* element_ = nullptr;  // of the open record
    std::string_view skip_to_;              // end of the comment or CDATA section
    std::shared_ptr<RecordContext> context_ = std::make_shared<RecordContext>();
};

}  // namespace

std::unique_ptr<RecordFinder> make_xml_finder(std::vector<std::string> elements) {
    return std::make_unique<XmlFinder>(std::move(elements));
}

}  // namespace dossier::sources
