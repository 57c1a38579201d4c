#include "dossier/evidence/lexicon.hpp"

#include <toml++/toml.h>
#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>

#include "dossier/diagnostics/failure.hpp"
#include "dossier/model/file_bytes.hpp"

namespace dossier {

namespace {

constexpr std::size_t max_phrases_of_rule = 20000;   // after sets are put in
constexpr std::size_t max_lexicon_bytes = 1u << 20;  // toml++ overflows the stack on monsters

constexpr std::array kind_names = {
    "negation",        "pseudo",       "contrast",   "terminator",  "opener",         "after_comma", "hedge",
    "historical",      "hypothetical", "question",   "doubted",     "recommendation", "mitigation",  "comparison",
    "frame",           "degree_nil",   "degree_low", "degree_high", "reported",       "belief",      "rebuttal",
    "rebuts_previous", "study",        "pronoun",    "generic",     "verb",           "raises",      "lowers",
    "no_effect",       "comparator",   "stopword",   "partial",     "proviso",        "harm",        "experiencer",
    "causal",          "association",  "modal",      "no_finding",  "change",         "origin",      "answer"};
static_assert(kind_names.size() == n_rule_kinds);
constexpr std::array scope_names = {"none", "forward", "backward", "both", "inside", "segment"};
constexpr std::array known_keys = {"id",          "kind",        "scope",      "reach",           "joined",
                                   "predicative", "behind_verb", "until_verb", "until_same",      "strength",
                                   "value",       "phrases",     "examples",   "counter_examples"};

template <typename Names>
std::optional<std::size_t> position(Names const& names, std::string_view name) {
    auto const found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) return std::nullopt;
    return static_cast<std::size_t>(found - names.begin());
}

template <typename Names>
std::string nearest_of(Names const& names, std::string_view word) {
    std::vector<std::string> const candidates(names.begin(), names.end());
    return std::string(nearest(word, candidates));
}

/// Reads [[rule]] tables; collects every mistake.
class Reader {
public:
    Reader(std::string const& name, Diagnostics& diagnostics) : name_(name), diagnostics_(diagnostics) {}

    std::vector<LexiconRule> read(toml::table const& file) {
        std::vector<LexiconRule> rules;
        if (auto const* sets = file["sets"].as_table())
            for (auto const& [name, node] : *sets)
                for (auto& [item, at] : list(*sets, name.str()))
                    sets_[std::string(name.str())].push_back(std::move(item));
        auto const* array = file["rule"].as_array();
        if (!array) {
            report("DOS0411", file, "a lexicon has [[rule]] tables, and this file has none");
            return rules;
        }
        for (auto const& node : *array)
            if (auto const* table = node.as_table()) rules.push_back(rule(*table));
        return rules;
    }

private:
    void report(char const* code, toml::node const& node, std::string message) {
        auto const at = node.source().begin;
        diagnostics_.add({Severity::error, code, Place{name_, at.line, at.column, 0}, std::move(message), {}, {}});
    }

    LexiconRule rule(toml::table const& table) {
        for (auto const& [key, node] : table)
            if (!position(known_keys, key.str())) {
                auto const near = nearest_of(known_keys, key.str());
                report("DOS0411", node,
                       "a rule has no key \"" + std::string(key.str()) + "\"" +
                           (near.empty() ? "" : "; did you mean \"" + near + "\"?"));
            }
        LexiconRule rule;
        rule.id = text(table, "id");
        if (rule.id.empty() || !ids_.insert(rule.id).second)
            report("DOS0411", table,
                   rule.id.empty() ? "a rule needs an id" : "two rules are called \"" + rule.id + "\"");
        rule.kind = static_cast<RuleKind>(word(table, "kind", kind_names, true));
        rule.scope = static_cast<RuleScope>(word(table, "scope", scope_names, false));
        rule.reach = static_cast<std::size_t>(std::max<std::int64_t>(0, table["reach"].value_or<std::int64_t>(0)));
        rule.joined = table["joined"].value_or(false);
        rule.predicative = table["predicative"].value_or(false);
        rule.behind_verb = table["behind_verb"].value_or(false);
        rule.until_verb = table["until_verb"].value_or(false);
        rule.until_same = table["until_same"].value_or(false);
        rule.strength = std::clamp(table["strength"].value_or(1.0), 0.0, 1.0);
        rule.value = text(table, "value");
        for (auto& [phrase, node] : list(table, "phrases"))
            read_phrase(rule, std::move(phrase), *node);
        for (auto& [example, node] : list(table, "examples"))
            rule.examples.push_back(std::move(example));
        for (auto& [example, node] : list(table, "counter_examples"))
            rule.counter_examples.push_back(std::move(example));
        if (rule.phrases.empty()) report("DOS0411", table, "rule \"" + rule.id + "\" has no phrases");
        if (rule.examples.empty()) report("DOS0412", table, "rule \"" + rule.id + "\" has no example sentence");
        return rule;
    }

    /// Puts each word of a set in the place of the first <name>, until none is left.
    void read_phrase(LexiconRule& rule, std::string text, toml::node const& node) {
        auto const open = text.find('<'), close = text.find('>');
        if (open != std::string::npos && close != std::string::npos && open < close) {
            auto const name = text.substr(open + 1, close - open - 1);
            auto const set = sets_.find(name);
            if (set == sets_.end() || rule.phrases.size() > max_phrases_of_rule)
                return report(
                    "DOS0413", node,
                    set == sets_.end() ? "there is no set called \"" + name + "\"" : "a rule has too many phrases");
            // Within braces a set adds its words to the alternatives there.
            auto const before = text.substr(0, open), after = text.substr(close + 1);
            bool const in_braces =
                std::count(before.begin(), before.end(), '{') > std::count(before.begin(), before.end(), '}') ||
                std::count(before.begin(), before.end(), '[') > std::count(before.begin(), before.end(), ']');
            if (in_braces) {
                std::string words;
                for (auto const& item : set->second)
                    words += (words.empty() ? "" : "|") + item;
                return read_phrase(rule, before + words + after, node);
            }
            for (auto const& item : set->second)
                read_phrase(rule, before + item + after, node);
            return;
        }
        auto parsed = parse_phrase(text);
        if (auto const* error = std::get_if<PhraseError>(&parsed)) {
            report("DOS0413", node, "\"" + text + "\" cannot be used: " + error->message);
            return;
        }
        auto const at = node.source().begin;
        rule.phrases.push_back({std::move(text), Place{name_, at.line, at.column, 0}});
        rule.patterns.push_back(std::move(std::get<PhrasePattern>(parsed)));
    }

    std::string text(toml::table const& table, std::string_view key) {
        auto const node = table[key];
        if (node && !node.is_string()) report("DOS0411", *node.node(), "\"" + std::string(key) + "\" is a text");
        return node.value_or(std::string());
    }

    template <typename Names>
    std::size_t word(toml::table const& table, std::string_view key, Names const& names, bool needed) {
        auto const value = text(table, key);
        if (value.empty() && !needed) return 0;
        if (auto const found = position(names, value)) return *found;
        auto const near = nearest_of(names, value);
        report("DOS0411", table[key] ? *table[key].node() : static_cast<toml::node const&>(table),
               "no " + std::string(key) + " is called \"" + value + "\"" +
                   (near.empty() ? "" : "; did you mean \"" + near + "\"?"));
        return 0;
    }

    std::vector<std::pair<std::string, toml::node const*>> list(toml::table const& table, std::string_view key) {
        std::vector<std::pair<std::string, toml::node const*>> items;
        auto const* array = table[key].as_array();
        if (!array && table.contains(key))
            report("DOS0411", *table[key].node(), "\"" + std::string(key) + "\" is a list of texts");
        if (array)
            for (auto const& node : *array) {
                if (auto const* item = node.as_string())
                    items.emplace_back(item->get(), &node);
                else
                    report("DOS0411", node, "\"" + std::string(key) + "\" is a list of texts");
            }
        return items;
    }

    std::string name_;
    Diagnostics& diagnostics_;
    std::set<std::string> ids_;
    std::map<std::string, std::vector<std::string>> sets_;
};

}  // namespace

char const* name_of(RuleKind kind) noexcept {
    return kind_names[static_cast<std::size_t>(kind)];
}

Lexicon::Lexicon(std::vector<LexiconRule> rules) {
    auto data = std::make_shared<Data>();
    for (std::uint32_t i = 0; i < rules.size(); ++i)
        for (auto const& pattern : rules[i].patterns) {
            data->index.add(pattern);
            data->owners.push_back(i);
        }
    for (auto& rule : rules)
        rule.patterns = {};  // only the index needs them
    data->rules = std::move(rules);
    data_ = std::move(data);
}

Lexicon read_lexicon(std::string_view text, std::string const& name, Diagnostics& diagnostics) {
    if (text.size() > max_lexicon_bytes) {
        diagnostics.add({Severity::error, "DOS0410", Place{name, 0, 0, 0}, "the lexicon is larger than 1 MiB", {}, {}});
        return {};
    }
    try {
        auto const file = toml::parse(text, name);
        return Lexicon(Reader(name, diagnostics).read(file));
    } catch (toml::parse_error const& error) {
        auto const at = error.source().begin;
        diagnostics.add({Severity::error,
                         "DOS0410",
                         Place{name, at.line, at.column, 0},
                         "not valid TOML: " + std::string(error.description()),
                         {},
                         {}});
        return {};
    }
}

Lexicon load_lexicon(std::string const& path, Diagnostics& diagnostics) {
    auto const file = read_file(path, max_lexicon_bytes);
    if (file.problem != ReadProblem::none)
        throw Failure(FailureKind::io, "cannot read the lexicon \"" + path + "\": " + words_for(file.problem), path,
                      file.system_error);
    return read_lexicon(file.bytes, path, diagnostics);
}

}  // namespace dossier
