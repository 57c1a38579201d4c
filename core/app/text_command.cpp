#include <fmt/format.h>

#include <filesystem>
#include <iterator>
#include <nlohmann/json.hpp>

#include "commands.hpp"
#include "console.hpp"
#include "dossier/diagnostics/display_text.hpp"
#include "dossier/sources/read_article.hpp"
#include "exit_code.hpp"

namespace dossier {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

struct NamedValue {
    char const* name;
    Stated const& stated;
};

std::vector<NamedValue> metadata_of(Article const& article) {
    return {{"title", article.title},
            {"author", article.author},
            {"published", article.published},
            {"publisher", article.publisher},
            {"url", article.url},
            {"study_design", article.study_design},
            {"conflict_of_interest", article.conflict_of_interest},
            {"funding", article.funding},
            {"rests_on", article.rests_on}};
}

bool is_main_text(Sentence const& sentence) {
    return sentence.role != SentenceRole::boilerplate;
}

std::string as_text(Article const& article, bool sentences) {
    std::string out = display_text(article.path) + "\n";
    auto const into = std::back_inserter(out);
    fmt::format_to(into, "  format: {} ({})\n", article.format, article.encoding);
    for (auto const& [name, stated] : metadata_of(article))
        if (!stated.value.empty())
            fmt::format_to(into, "  {}: {} ({}{})\n", name, display_text(stated.value), display_text(stated.origin),
                           stated.proposed ? ", proposed" : "");
    if (!article.language.empty()) fmt::format_to(into, "  language: {}\n", article.language);
    if (article.status == ArticleStatus::not_assessable)
        fmt::format_to(into, "  not assessable: {}\n", article.status_reason);
    if (article.truncated) out += "  the capture breaks off\n";
    auto paragraph = static_cast<std::size_t>(-1);
    for (auto const& sentence : article.sentences) {
        if (sentences) {
            fmt::format_to(into, "{}:{} [{}-{}] {}: {}\n", display_text(article.path), sentence.line,
                           sentence.bytes.begin, sentence.bytes.end, name_of(sentence.role),
                           display_text(sentence.text));
        } else if (is_main_text(sentence)) {
            out += sentence.paragraph == paragraph ? " " : "\n\n";
            out += display_text(sentence.text);
            paragraph = sentence.paragraph;
        }
    }
    if (!sentences) out += "\n";
    return out;
}

Json as_json(Article const& article) {
    Json metadata = Json::object();
    for (auto const& [name, stated] : metadata_of(article))
        if (!stated.value.empty())
            metadata[name] = {{"value", stated.value}, {"origin", stated.origin}, {"proposed", stated.proposed}};
    Json sentences = Json::array();
    for (auto const& sentence : article.sentences)
        sentences.push_back({{"role", name_of(sentence.role)},
                             {"line", sentence.line},
                             {"byte_begin", sentence.bytes.begin},
                             {"byte_end", sentence.bytes.end},
                             {"paragraph", sentence.paragraph},
                             {"heading", sentence.heading},
                             {"text", sentence.text}});
    return {{"path", article.path},
            {"format", article.format},
            {"encoding", article.encoding},
            {"language", article.language},
            {"sha256", article.sha256},
            {"status", article.status == ArticleStatus::ok ? "ok" : "not_assessable"},
            {"status_reason", article.status_reason},
            {"truncated", article.truncated},
            {"metadata", std::move(metadata)},
            {"sentences", std::move(sentences)}};
}

}  // namespace

int text_command(TextOptions const& options) {
    Diagnostics diagnostics;
    bool first = true;
    for (auto const& file : options.files) {
        fs::path const path(file);
        auto const article = read_article_file(path.stem().string(), "", file, {}, diagnostics);
        if (!first && !options.json) print("\n");
        first = false;
        print(options.json ? as_json(article).dump(-1, ' ', false, Json::error_handler_t::replace) + "\n"
                           : as_text(article, options.sentences));
    }
    print_messages(diagnostics, options);
    return diagnostics.empty() ? exit_done : exit_warnings;
}

}  // namespace dossier
