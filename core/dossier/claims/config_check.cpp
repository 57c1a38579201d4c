#include "dossier/claims/config_check.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "dossier/claims/phrase_pattern.hpp"
#include "dossier/model/decimal.hpp"

namespace dossier {
namespace {

using Kind = ConfigNode::Kind;

bool is_list(ConfigType type) {
    switch (type) {
        case ConfigType::texts:
        case ConfigType::arguments:
        case ConfigType::references:
        case ConfigType::phrases:
        case ConfigType::paths:
        case ConfigType::globs: return true;
        default: return false;
    }
}

ConfigType item_type(ConfigType list) {
    switch (list) {
        case ConfigType::references: return ConfigType::reference;
        case ConfigType::phrases: return ConfigType::phrase;
        case ConfigType::paths:
        case ConfigType::globs: return ConfigType::path;
        default: return ConfigType::text;
    }
}

/// Whether a value of this kind can be of this type at all.
bool fits(Kind kind, ConfigType type) {
    switch (type) {
        case ConfigType::date: return kind == Kind::date || kind == Kind::text;
        case ConfigType::partial_date: return kind == Kind::date || kind == Kind::text || kind == Kind::integer;
        case ConfigType::integer: return kind == Kind::integer;
        case ConfigType::number: return kind == Kind::integer || kind == Kind::real;
        case ConfigType::boolean: return kind == Kind::boolean;
        case ConfigType::table:
        case ConfigType::options: return kind == Kind::table;
        case ConfigType::tables: return kind == Kind::list;
        default: return is_list(type) ? kind == Kind::list : kind == Kind::text;
    }
}

std::optional<int> number_in(std::string_view text, std::size_t offset, std::size_t digits) {
    int value = 0;
    if (text.size() < offset + digits) return std::nullopt;
    auto const* const begin = text.data() + offset;
    auto const [end, error] = std::from_chars(begin, begin + digits, value);
    if (error != std::errc{} || end != begin + digits || *begin == '-') return std::nullopt;
    return value;
}

/// YYYY-MM-DD that is in the calendar.
bool is_date(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
    auto const year = number_in(text, 0, 4), month = number_in(text, 5, 2), day = number_in(text, 8, 2);
    if (!year || !month || !day || *year < 1) return false;
    return std::chrono::year_month_day(std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                                       std::chrono::day(static_cast<unsigned>(*day)))
        .ok();
}

bool is_partial_date(std::string_view text) {
    if (text.size() == 4) return is_date(std::string(text) + "-01-01");
    if (text.size() == 7) return is_date(std::string(text) + "-01");
    return is_date(text);
}

bool is_identifier(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
}

/// An id made of what was written: "High Risk" gives "high-risk". Empty when nothing is left.
std::string proposed_identifier(std::string_view text) {
    std::string id;
    for (char const c : text) {
        if (c >= 'A' && c <= 'Z') {
            id += static_cast<char>(c - 'A' + 'a');
        } else if (is_identifier({&c, 1})) {
            id += c;
        } else if (!id.empty() && id.back() != '-') {
            id += '-';
        }
    }
    while (!id.empty() && id.back() == '-')
        id.pop_back();
    return id;
}

/// Byte offset of the first control character, C0, DEL or C1.
std::optional<std::size_t> control_character_in(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto const byte = static_cast<unsigned char>(text[i]);
        if (byte < 0x20 || byte == 0x7F) return i;
        bool const is_c1 = byte == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0;
        if (is_c1) return i;
    }
    return std::nullopt;
}

std::string range_text(ConfigKey const& key) {
    bool const low = std::isfinite(key.minimum), high = std::isfinite(key.maximum);
    if (low && high) return "from " + number_text(key.minimum) + " to " + number_text(key.maximum);
    if (low) return number_text(key.minimum) + " or more";
    return high ? number_text(key.maximum) + " or less" : "finite";
}

std::string name_of_key(ConfigKey const& key) {
    if (key.table != nullptr) return std::string(key.table->title);
    return key.type == ConfigType::options ? "[" + std::string(key.name) + "]" : std::string(key.name);
}

class Check {
public:
    Check(ConfigDocument const& document, ConfigCodes const& codes, std::string_view bad_phrase,
          Diagnostics& diagnostics)
        : document_(document), codes_(codes), bad_phrase_(bad_phrase), diagnostics_(diagnostics) {}

    void table(ConfigNode const& node, ConfigTable const& table) {
        std::vector<std::string_view> meant;  // by keys that are misspelt: those are not missing too
        for (auto const& entry : node.entries) {
            if (auto const* key = table.find(entry.key)) {
                value(entry.value, *key);
            } else {
                meant.push_back(unknown_key(entry, table));
            }
        }
        for (auto const& key : table.keys) {
            bool const is_missing = key.required && node.find(key.name) == nullptr;
            if (is_missing && std::find(meant.begin(), meant.end(), key.name) == meant.end())
                missing_key(node, table, key);
        }
    }

    void set_root(ConfigTable const& root) { root_ = &root; }

private:
    void add(std::string_view code, Place const& place, std::string message, std::vector<std::string> notes = {}) {
        auto diagnostic = document_.error(code, place, std::move(message));
        diagnostic.notes = std::move(notes);
        diagnostics_.add(std::move(diagnostic));
    }

    /// @return the key of the table that was meant; empty when none is near
    std::string_view unknown_key(ConfigEntry const& entry, ConfigTable const& table) {
        std::vector<std::string> shown;
        for (auto const& key : table.keys)
            shown.push_back(name_of_key(key));
        auto const names = names_of(table);
        auto const* meant = table.find(nearest(entry.key, names));
        std::vector<std::string> notes{listed("keys", shown)};
        if (auto const home = meant == nullptr ? home_of(entry.key, table) : std::string(); !home.empty())
            notes.push_back(home);
        add(codes_.unknown_key, entry.place,
            std::string(table.title) + " has no key " + in_quotes(entry.key) + did_you_mean(entry.key, names),
            std::move(notes));
        return meant != nullptr ? meant->name : std::string_view();
    }

    static std::vector<std::string> names_of(ConfigTable const& table) {
        std::vector<std::string> names;
        for (auto const& key : table.keys)
            names.emplace_back(key.name);
        return names;
    }

    /// Another table of the file that has such a key: it stands above its header, or below the wrong one.
    [[nodiscard]] std::string home_of(std::string_view name, ConfigTable const& table) const {
        for (auto const& key : root_->keys) {
            if (key.table == nullptr || key.table == &table) continue;
            auto const names = names_of(*key.table);
            if (auto const near = nearest(name, names); !near.empty())
                return std::string(key.table->title) + " has a key " + in_quotes(near);
        }
        return {};
    }

    void missing_key(ConfigNode const& node, ConfigTable const& table, ConfigKey const& key) {
        std::vector<std::string> notes;
        if (key.table != nullptr)
            for (auto const& inner : key.table->keys)
                if (inner.required) notes.push_back(name_of_key(key) + " needs " + std::string(inner.name));
        if (key.table == nullptr) notes.push_back(std::string(key.name) + ": " + std::string(key.doc));
        add(codes_.missing, node.place, std::string(table.title) + " lacks " + name_of_key(key), std::move(notes));
    }

    void value(ConfigNode const& node, ConfigKey const& key) {
        if (!fits(node.kind, key.type)) return wrong_type(node, key);
        if (node.kind == Kind::list && node.items.empty()) {
            return add(codes_.empty, node.place, std::string(key.name) + " is an empty list",
                       key.required ? std::vector<std::string>{}
                                    : std::vector<std::string>{"leave the key out if there is nothing to list"});
        }
        switch (key.type) {
            case ConfigType::table: return table(node, *key.table);
            case ConfigType::tables: return tables(node, key);
            case ConfigType::options: return;
            case ConfigType::integer:
            case ConfigType::number: return number(node, key);
            default: break;
        }
        if (is_list(key.type)) return list(node, key);
        if (node.kind == Kind::integer) return year(node, key);
        if (node.kind == Kind::text) text(node, key, key.type);
    }

    void wrong_type(ConfigNode const& node, ConfigKey const& key) {
        auto const name = std::string(key.name);
        std::vector<std::string> notes;
        if (key.type == ConfigType::tables && node.kind == Kind::table)
            notes.push_back("write " + name_of_key(key) + " in double brackets, once for each");
        if (key.type == ConfigType::table && node.kind == Kind::list)
            notes.push_back("write " + name_of_key(key) + " in single brackets, once");
        if (is_list(key.type) && node.kind == Kind::text)
            notes.push_back("write " + name + " = [" + in_quotes(node.text) + "]");
        if (key.type == ConfigType::number && node.kind == Kind::text)
            notes.emplace_back("write the number without quotation marks");
        if (key.type == ConfigType::integer && node.kind == Kind::text)
            notes.emplace_back("write the number without quotation marks");
        if (key.type == ConfigType::boolean && node.kind == Kind::text)
            notes.push_back("write " + name + " = true or " + name + " = false, without quotation marks");
        if (key.type == ConfigType::date) notes.push_back("write " + name + " = 2026-11-22");
        add(codes_.wrong_type, node.place,
            name + " takes " + std::string(words_for(key.type)) + ", not " + std::string(words_for(node.kind)),
            std::move(notes));
    }

    void tables(ConfigNode const& node, ConfigKey const& key) {
        for (auto const& item : node.items) {
            if (item.kind == Kind::table) {
                table(item, *key.table);
            } else {
                wrong_item(item, key, "a table");
            }
        }
    }

    void wrong_item(ConfigNode const& item, ConfigKey const& key, std::string_view wanted) {
        add(codes_.wrong_type, item.place,
            "every item of " + std::string(key.name) + " is " + std::string(wanted) + "; this is " +
                std::string(words_for(item.kind)));
    }

    void list(ConfigNode const& node, ConfigKey const& key) {
        auto const type = item_type(key.type);
        std::unordered_set<std::string_view> seen;
        for (auto const& item : node.items) {
            if (item.kind != Kind::text) {
                wrong_item(item, key, words_for(type));
                continue;
            }
            text(item, key, type);
            if (type == ConfigType::phrase) continue;  // a term given twice does no harm
            if (key.type == ConfigType::arguments) continue;
            if (!seen.insert(item.text).second)
                add(codes_.twice, item.place, std::string(key.name) + " names " + in_quotes(item.text) + " twice");
        }
    }

    void text(ConfigNode const& node, ConfigKey const& key, ConfigType type) {
        auto const name = std::string(key.name);
        if (node.text.find_first_not_of(" \t\r\n") == std::string::npos) {
            return add(codes_.empty, node.place, name + (is_list(key.type) ? " holds an empty text" : " is empty"),
                       key.required || is_list(key.type)
                           ? std::vector<std::string>{}
                           : std::vector<std::string>{"leave the key out if there is nothing to say"});
        }
        if (auto const at = control_character_in(node.text)) return control_character(node, key, *at);
        switch (type) {
            case ConfigType::identifier: return identifier(node);
            case ConfigType::phrase: return phrase(node);
            case ConfigType::date:
                if (!is_date(node.text))
                    add(codes_.bad_date, node.place, name + " is not a date: " + in_quotes(node.text),
                        {"write year, month and day: 2026-11-22"});
                return;
            case ConfigType::partial_date:
                if (!is_partial_date(node.text))
                    add(codes_.bad_date, node.place, name + " is not a date: " + in_quotes(node.text),
                        {"write 2026-11-22, \"2026-11\" or 2026, as far as it is known"});
                return;
            default: return word(node, key);
        }
    }

    void control_character(ConfigNode const& node, ConfigKey const& key, std::size_t at) {
        bool const is_break = node.text[at] == '\n' || node.text[at] == '\r';
        add(codes_.control_character, node.place,
            is_break ? std::string(key.name) + " goes over more than one line"
                     : std::string(key.name) + " holds a control character: " + in_quotes(node.text),
            {is_break ? "write it on one line, or end each line inside \"\"\" with a backslash"
                      : "take it out; a single space separates words"});
    }

    void identifier(ConfigNode const& node) {
        if (is_identifier(node.text)) return;
        std::vector<std::string> notes{"ids are lower-case letters a to z, digits and hyphens"};
        if (auto const id = proposed_identifier(node.text); !id.empty()) notes.push_back("write " + in_quotes(id));
        add(codes_.bad_id, node.place, in_quotes(node.text) + " cannot be an id", std::move(notes));
    }

    void phrase(ConfigNode const& node) {
        auto const parsed = parse_phrase(node.text);
        auto const* error = std::get_if<PhraseError>(&parsed);
        if (error == nullptr) return;
        add(bad_phrase_, document_.place_inside(node, error->offset, error->length),
            "this phrase cannot be used: " + error->message,
            error->remedy.empty() ? std::vector<std::string>{} : std::vector<std::string>{error->remedy});
    }

    void word(ConfigNode const& node, ConfigKey const& key) {
        if (key.allowed.empty()) return;
        if (std::find(key.allowed.begin(), key.allowed.end(), node.text) != key.allowed.end()) return;
        std::vector<std::string> const words(key.allowed.begin(), key.allowed.end());
        add(codes_.not_allowed, node.place,
            std::string(key.name) + " cannot be " + in_quotes(node.text) + did_you_mean(node.text, words),
            {listed("allowed", words)});
    }

    void number(ConfigNode const& node, ConfigKey const& key) {
        if (std::isfinite(node.real) && node.real >= key.minimum && node.real <= key.maximum) return;
        add(codes_.out_of_range, node.place,
            std::string(key.name) + " is " + number_text(node.real) + ", but must be " + range_text(key),
            key.fallback.empty() ? std::vector<std::string>{}
                                 : std::vector<std::string>{"default: " + std::string(key.fallback)});
    }

    void year(ConfigNode const& node, ConfigKey const& key) {
        if (node.integer >= 1000 && node.integer <= 9999) return;
        add(codes_.bad_date, node.place, std::string(key.name) + " is not a year: " + std::to_string(node.integer),
            {"write 2026-11-22, \"2026-11\" or 2026, as far as it is known"});
    }

    ConfigDocument const& document_;
    ConfigCodes const& codes_;
    std::string_view bad_phrase_;
    Diagnostics& diagnostics_;
    ConfigTable const* root_ = nullptr;
};

double number_of(std::string_view toml) {
    double value = 0.0;
    std::from_chars(toml.data(), toml.data() + toml.size(), value);
    return value;
}

}  // namespace

void check_config(ConfigDocument const& document, ConfigTable const& file_table, ConfigCodes const& codes,
                  std::string_view bad_phrase, Diagnostics& diagnostics) {
    Check check(document, codes, bad_phrase, diagnostics);
    check.set_root(file_table);
    check.table(document.root, file_table);
}

ConfigNode const* ConfigView::value(std::string_view key) const {
    auto const* declared = table_->find(key);
    auto const* entry = node_ != nullptr ? node_->find(key) : nullptr;
    if (declared == nullptr || entry == nullptr || !fits(entry->value.kind, declared->type)) return nullptr;
    return &entry->value;
}

std::string_view ConfigView::fallback(std::string_view key) const {
    auto const* declared = table_->find(key);
    return declared != nullptr ? declared->fallback : std::string_view();
}

std::string ConfigView::text(std::string_view key) const {
    auto const* node = value(key);
    if (node != nullptr) return node->kind == Kind::integer ? std::to_string(node->integer) : node->text;
    auto written = fallback(key);
    if (written.size() >= 2 && written.front() == '"') written = written.substr(1, written.size() - 2);
    return std::string(written);
}

double ConfigView::number(std::string_view key) const {
    auto const* node = value(key);
    return node != nullptr ? node->real : number_of(fallback(key));
}

bool ConfigView::flag(std::string_view key) const {
    auto const* node = value(key);
    return node != nullptr ? node->boolean : fallback(key) == "true";
}

std::vector<ConfigNode const*> ConfigView::texts(std::string_view key) const {
    std::vector<ConfigNode const*> result;
    if (auto const* node = value(key))
        for (auto const& item : node->items)
            if (item.kind == Kind::text) result.push_back(&item);
    return result;
}

ConfigView ConfigView::table(std::string_view key) const {
    auto const* declared = table_->find(key);
    return {value(key), *declared->table};
}

std::vector<ConfigView> ConfigView::tables(std::string_view key) const {
    std::vector<ConfigView> result;
    auto const* declared = table_->find(key);
    if (auto const* node = value(key))
        for (auto const& item : node->items)
            if (item.kind == Kind::table) result.emplace_back(&item, *declared->table);
    return result;
}

}  // namespace dossier
