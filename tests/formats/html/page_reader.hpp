// A page as libxml2's strict XML parser reads it: the format writes HTML that is well-formed XML, but for style and script.
#pragma once

#include <libxml/parser.h>
#include <libxml/xpath.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace dossier::test {

/// What stands between the first `begin` and the next `end`; empty where there is none.
inline std::string between(std::string_view text, std::string_view begin, std::string_view end) {
    auto const from = text.find(begin);
    if (from == std::string_view::npos) return {};
    auto const to = text.find(end, from + begin.size());
    return std::string(text.substr(from + begin.size(), to - from - begin.size()));
}

class Page {
public:
    explicit Page(std::string html) : html_(std::move(html)) {
        auto markup = html_;
        for (std::string_view const tag : {"style", "script"}) {
            auto const from = markup.find("<" + std::string(tag) + ">");
            auto const to = markup.find("</" + std::string(tag) + ">");
            if (from != std::string::npos && to != std::string::npos) markup.erase(from, to - from + tag.size() + 3);
        }
        document_.reset(xmlReadMemory(markup.data(), static_cast<int>(markup.size()), "page", "UTF-8",
                                      XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_HUGE));
        if (!document_) {
            auto const* const error = xmlGetLastError();
            throw std::runtime_error(error == nullptr ? "not well-formed" : error->message);
        }
        context_.reset(xmlXPathNewContext(document_.get()));
    }

    [[nodiscard]] std::string const& html() const noexcept { return html_; }
    /// The text of each node, or the value of each attribute, that an XPath leads to.
    [[nodiscard]] std::vector<std::string> all(std::string const& path) const {
        auto const found = find(path);
        std::vector<std::string> texts;
        for (int i = 0; found->nodesetval != nullptr && i < found->nodesetval->nodeNr; ++i) {
            std::unique_ptr<xmlChar, decltype(xmlFree)> const text(xmlNodeGetContent(found->nodesetval->nodeTab[i]),
                                                                   xmlFree);
            texts.emplace_back(reinterpret_cast<char const*>(text.get()));
        }
        return texts;
    }
    [[nodiscard]] std::size_t count(std::string const& path) const { return all(path).size(); }
    /// The text of the only node; throws where there is another number of them.
    [[nodiscard]] std::string one(std::string const& path) const {
        auto const texts = all(path);
        if (texts.size() != 1) throw std::out_of_range(path + ": " + std::to_string(texts.size()) + " nodes");
        return texts.front();
    }

private:
    using Result = std::unique_ptr<xmlXPathObject, decltype(&xmlXPathFreeObject)>;
    [[nodiscard]] Result find(std::string const& path) const {
        Result result(xmlXPathEvalExpression(reinterpret_cast<xmlChar const*>(path.c_str()), context_.get()),
                      &xmlXPathFreeObject);
        if (!result) throw std::invalid_argument(path);
        return result;
    }
    std::string html_;
    std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)> document_{nullptr, &xmlFreeDoc};
    std::unique_ptr<xmlXPathContext, decltype(&xmlXPathFreeContext)> context_{nullptr, &xmlXPathFreeContext};
};

}  // namespace dossier::test
