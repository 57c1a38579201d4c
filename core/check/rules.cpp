#include <algorithm>
#include <iterator>

#include "rule.hpp"

namespace dossier::check {

std::span<Rule const> all_rules() {
    static auto const rules = [] {
        std::vector<Rule> all;
        for (auto const& part : {static_rules(), load_rules(), descriptor_rules(), report_rules(), format_rules(),
                                 engine_rules(), life_cycle_rules()})
            all.insert(all.end(), part.begin(), part.end());
        return all;
    }();
    return rules;
}

Rule const* find_rule(std::string_view code) {
    auto const rules = all_rules();
    auto const found = std::find_if(rules.begin(), rules.end(), [&](Rule const& rule) { return rule.code == code; });
    return found == rules.end() ? nullptr : &*found;
}

bool is_about(Rule const& rule, ComponentKind kind) noexcept {
    switch (rule.scope) {
        case Scope::component: return true;
        case Scope::report: return kind == ComponentKind::report;
        case Scope::format: return kind == ComponentKind::format;
        case Scope::engine: return kind == ComponentKind::engine;
        case Scope::file:
        case Scope::plugin: break;
    }
    return false;
}

}  // namespace dossier::check
