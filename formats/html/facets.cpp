#include "facets.hpp"

#include <algorithm>

namespace dossier::html {
namespace {

constexpr int most_cuts = 16;  ///< how often a text is shortened in search of a name

std::string_view without_blanks(std::string_view text) noexcept {
    auto const first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

/// "[3] Name" without its mark.
std::string_view without_mark(std::string_view text) noexcept {
    if (text.empty() || text.front() != '[') return text;
    auto const end = text.find("] ");
    bool const is_mark = end != std::string_view::npos && end > 1 &&
                         text.substr(1, end - 1).find_first_not_of("0123456789") == std::string_view::npos;
    return is_mark ? without_blanks(text.substr(end + 2)) : text;
}

bool is_one_of(std::string_view key, std::initializer_list<std::string_view> keys) noexcept {
    return std::find(keys.begin(), keys.end(), key) != keys.end();
}

}  // namespace

Role role_of(dossier_column const& column) noexcept {
    if (column.kind == DOSSIER_CELL_STANCE) return Role::stance;
    if (column.kind != DOSSIER_CELL_TEXT && column.kind != DOSSIER_CELL_LINK) return Role::none;
    auto const key = view(column.key);
    if (is_one_of(key, {"claim", "claim_id", "statement"})) return Role::claim;
    if (is_one_of(key, {"article", "article_id", "source", "source_id", "file", "path"})) return Role::source;
    if (is_one_of(key, {"condition", "condition_id"})) return Role::condition;
    return Role::none;
}

void Facet::know(std::string_view name, std::string_view label) {
    closed_ = true;
    name = without_blanks(name);
    if (name.empty()) return;
    auto const [found, is_new] = by_label_.try_emplace(std::string(label), labels_.size() + 1);
    if (is_new) {
        labels_.emplace_back(label);
        used_.push_back(false);
    }
    numbers_.try_emplace(std::string(name), found->second);
}

std::optional<std::size_t> Facet::find_exactly(std::string_view text) const {
    auto const found = numbers_.find(without_mark(without_blanks(text)));
    return found == numbers_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<std::size_t> Facet::find(std::string_view text) {
    auto name = without_mark(without_blanks(text));
    if (name.empty()) return std::nullopt;
    if (auto const number = find_exactly(name)) return use(*number);
    if (!closed_) {
        auto const number = labels_.size() + 1;
        labels_.emplace_back(name);
        used_.push_back(true);
        numbers_.emplace(std::string(name), number);
        return number;
    }
    for (int cut = 0; cut < most_cuts; ++cut) {
        auto const end = name.find_last_of(",;(:-");
        if (end == std::string_view::npos) break;
        name = without_blanks(name.substr(0, end));
        if (auto const number = find_exactly(name)) return use(*number);
    }
    return std::nullopt;
}

std::optional<std::size_t> Facet::use(std::size_t number) {
    used_[number - 1] = true;
    return number;
}

std::vector<std::pair<std::size_t, std::string>> Facet::used() const {
    std::vector<std::pair<std::size_t, std::string>> values;
    for (std::size_t i = 0; i < labels_.size(); ++i)
        if (used_[i]) values.emplace_back(i + 1, labels_[i]);
    return values;
}

void Facets::learn(dossier_document const& document, Output const& output) {
    for (auto const* const verdict : verdicts_of(document)) {
        claims.know(view(verdict->statement), view(verdict->statement));
        claims.know(view(verdict->claim_id), view(verdict->statement));
    }
    try {
        auto const analysis = output.analysis();
        for (auto const& article : analysis.articles()) {
            auto const& label = article.title.empty() ? article.article_id : article.title;
            for (auto const& name : {article.title, article.article_id, article.path})
                sources.know(name, label);
        }
        for (auto const& condition : analysis.conditions())
            for (auto const& name : {condition.name, condition.condition_id})
                conditions.know(name, condition.name);
    } catch (Stopped const&) {  // a host whose formats may not ask: texts stand for themselves
    }
}

}  // namespace dossier::html
