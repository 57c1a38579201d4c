#include "dossier/claims/registry_file.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <system_error>
#include <utility>
#include <vector>

#include "dossier/claims/certainty_judgement.hpp"
#include "dossier/claims/config_check.hpp"
#include "dossier/claims/phrase_pattern.hpp"
#include "dossier/claims/registry_schema.hpp"
#include "dossier/diagnostics/near_path.hpp"
#include "dossier/model/digest.hpp"

namespace dossier {
namespace {

namespace fs = std::filesystem;

constexpr ConfigCodes codes{.unreadable = "DOS0101",
                            .not_toml = "DOS0102",
                            .unknown_key = "DOS0103",
                            .missing = "DOS0110",
                            .wrong_type = "DOS0111",
                            .empty = "DOS0112",
                            .control_character = "DOS0113",
                            .not_allowed = "DOS0114",
                            .out_of_range = "DOS0115",
                            .bad_date = "DOS0116",
                            .twice = "DOS0118",
                            .bad_id = "DOS0119"};

constexpr std::size_t most_files = 100;  // of one registry

/// A claim, condition or factor with the document that holds it.
struct Entry {
    ConfigDocument const* document;
    ConfigView view;
};

Place place_of_id(Entry const& entry) {
    auto const* id = entry.view.value("id");
    return id != nullptr ? id->place : entry.view.place();
}

std::string at(Place const& place) {
    return place.file + ":" + std::to_string(place.line) + ":" + std::to_string(place.column);
}

// --- files: the registry and what it extends ------------------------------------------------------------------------

bool is_below(fs::path const& path, fs::path const& folder) {
    return std::mismatch(folder.begin(), folder.end(), path.begin(), path.end()).first == folder.end();
}

/// Absolute, links resolved as far as the path exists, without a trailing separator.
fs::path resolved_path(fs::path const& path) {
    std::error_code error;
    auto const absolute = fs::absolute(path.empty() ? fs::path(".") : path, error);
    auto resolved = fs::weakly_canonical(absolute, error);
    if (error) resolved = absolute.lexically_normal();
    return resolved.has_filename() ? resolved : resolved.parent_path();
}

/// Reads a registry and everything it extends, base files first, each once.
class FileReader {
public:
    FileReader(fs::path const& path, fs::path const& root, Diagnostics& diagnostics) : diagnostics_(diagnostics) {
        auto const own_folder = resolved_path(path.parent_path());
        root_ = root.empty() ? own_folder : resolved_path(root);
        if (!is_below(own_folder, root_)) root_ = own_folder;
    }

    void read(fs::path const& path, std::string const& shown, std::optional<Diagnostic> naming) {
        auto const identity = resolved_path(path);
        chain_.emplace_back(identity, shown);
        seen_.insert(identity);
        if (auto document = read_config(path, shown, codes, diagnostics_, std::move(naming))) {
            check_config(*document, registry_table(), codes, "DOS0134", diagnostics_);
            auto const kept = std::make_shared<ConfigDocument>(std::move(*document));
            for (auto const* base : ConfigView(&kept->root, registry_table()).table("registry").texts("extends"))
                extend(*kept, *base, path.parent_path(), fs::path(shown).parent_path());
            documents_.push_back(kept);
        } else {
            complete_ = false;
        }
        chain_.pop_back();
    }

    [[nodiscard]] std::vector<std::shared_ptr<ConfigDocument const>> const& documents() const { return documents_; }
    /// False when a file is missing or broken: then nobody can say which ids there are.
    [[nodiscard]] bool complete() const { return complete_; }

private:
    void extend(ConfigDocument const& document, ConfigNode const& name, fs::path const& folder,
                fs::path const& shown_folder) {
        if (name.text.empty() || name.text.find('\0') != std::string::npos) return;  // told by check_config
        fs::path const relative(name.text);
        auto const identity = resolved_path(folder / relative);
        auto const shown = (shown_folder / relative).lexically_normal().string();
        if (auto const refusal = refusal_of(relative, identity); !refusal.empty()) {
            auto diagnostic = document.error("DOS0136", name.place, in_quotes(name.text) + " is not read: " + refusal);
            diagnostic.notes.emplace_back("write a path relative to this file, to a registry below the job's folder");
            complete_ = false;
            return diagnostics_.add(std::move(diagnostic));
        }
        if (auto const first =
                std::find_if(chain_.begin(), chain_.end(), [&](auto const& link) { return link.first == identity; });
            first != chain_.end())
            return cycle(document, name, first);
        if (seen_.contains(identity)) return;
        if (seen_.size() >= most_files) {
            complete_ = false;
            return diagnostics_.add(document.error(
                "DOS0137", name.place, "a registry may extend over at most " + std::to_string(most_files) + " files"));
        }
        auto naming = document.error(codes.unreadable, name.place, in_quotes(name.text) + " cannot be read");
        add_near_path(naming, folder, relative);
        read(folder / relative, shown, std::move(naming));
    }

    /// Why a file named in extends is not read; empty when it may be. Nothing outside root_ is opened.
    [[nodiscard]] std::string refusal_of(fs::path const& relative, fs::path const& identity) const {
        if (relative.is_absolute()) return "the path is absolute";
        if (!is_below(identity, root_)) return "it lies outside the job's folder";
        return {};
    }

    using Chain = std::vector<std::pair<fs::path, std::string>>;

    void cycle(ConfigDocument const& document, ConfigNode const& name, Chain::const_iterator first) {
        auto diagnostic = document.error("DOS0133", name.place, "extends goes round in a circle");
        std::string circle;
        for (auto link = first; link != chain_.end(); ++link)
            circle += link->second + " extends ";
        diagnostic.notes.push_back(circle + first->second);
        diagnostics_.add(std::move(diagnostic));
    }

    Diagnostics& diagnostics_;
    fs::path root_;
    bool complete_ = true;
    Chain chain_;  ///< from the registry to the file being read: canonical path and as shown
    std::set<fs::path> seen_;
    std::vector<std::shared_ptr<ConfigDocument const>> documents_;
};

// --- checks over all files ------------------------------------------------------------------------------------------

constexpr std::size_t longest_statement = 1000;  // bytes

class RegistryCheck {
public:
    RegistryCheck(std::vector<Entry> const& claims, std::vector<Entry> const& conditions,
                  std::vector<Entry> const& factors, bool complete, Diagnostics& diagnostics)
        : claims_(claims), conditions_(conditions), factors_(factors), complete_(complete), diagnostics_(diagnostics) {}

    void run() {
        claim_ids_ = unique_ids(claims_, "claim");
        condition_ids_ = unique_ids(conditions_, "condition");
        unique_ids(factors_, "risk factor");
        for (auto const& claim : claims_)
            check(claim);
        check_parents();
    }

private:
    std::vector<std::string> unique_ids(std::vector<Entry> const& entries, std::string const& kind) {
        std::map<std::string, Place> first;
        std::vector<std::string> ids;
        for (auto const& entry : entries) {
            auto const* id = entry.view.value("id");
            if (id == nullptr || id->text.empty()) continue;
            auto const [known, is_new] = first.emplace(id->text, id->place);
            if (is_new) {
                ids.push_back(id->text);
                continue;
            }
            auto diagnostic =
                entry.document->error("DOS0130", id->place, "a second " + kind + " has the id " + in_quotes(id->text));
            diagnostic.notes.push_back("first: " + at(known->second));
            diagnostics_.add(std::move(diagnostic));
        }
        return ids;
    }

    void check(Entry const& claim) {
        for (auto const* key : {"conditions", "only_under"})
            for (auto const* name : claim.view.texts(key))
                refer(claim, *name, condition_ids_, "condition");
        for (auto const* key : {"parent", "contrary_of"})
            if (auto const* name = claim.view.value(key)) refer(claim, *name, claim_ids_, "claim");
        auto const* contrary = claim.view.value("contrary_of");
        if (contrary != nullptr && contrary->text == claim.view.text("id") && !contrary->text.empty())
            diagnostics_.add(claim.document->error("DOS0132", contrary->place, "a claim cannot be contrary to itself"));
        check_statement(claim);
        check_sides(claim);
        for (auto const& judgement : claim.view.tables("certainty"))
            check_judgement(claim, judgement);
    }

    void check_judgement(Entry const& claim, ConfigView const& judgement) {
        check_certainty_judgement(*claim.document, judgement, "DOS0123", diagnostics_);
        auto const* condition = judgement.value("condition");
        if (condition == nullptr || condition->text.empty()) return;
        std::vector<std::string> own;
        for (auto const* name : claim.view.texts("conditions"))
            own.push_back(name->text);
        if (std::find(own.begin(), own.end(), condition->text) != own.end()) return;
        auto diagnostic = claim.document->error(
            "DOS0124", condition->place,
            "the claim is not looked at under " + in_quotes(condition->text) + did_you_mean(condition->text, own));
        diagnostic.notes.push_back(listed("conditions of the claim", own));
        diagnostics_.add(std::move(diagnostic));
    }

    /// A statement stands in every table of every report.
    void check_statement(Entry const& claim) {
        auto const* statement = claim.view.value("statement");
        if (statement == nullptr || statement->text.size() <= longest_statement) return;
        auto diagnostic = claim.document->error("DOS0122", statement->place,
                                                "this statement has " + std::to_string(statement->text.size()) +
                                                    " bytes, more than " + std::to_string(longest_statement));
        diagnostic.notes.emplace_back("state the claim in one sentence; what it rests on belongs in its cues");
        diagnostics_.add(std::move(diagnostic));
    }

    void refer(Entry const& claim, ConfigNode const& name, std::vector<std::string> const& ids,
               std::string const& kind) {
        if (!complete_ || name.text.empty() || std::find(ids.begin(), ids.end(), name.text) != ids.end()) return;
        auto diagnostic = claim.document->error(
            "DOS0131", name.place, "no " + kind + " has the id " + in_quotes(name.text) + did_you_mean(name.text, ids));
        diagnostic.notes.push_back(listed(kind + "s", ids));
        diagnostics_.add(std::move(diagnostic));
    }

    /// A phrase, or one of its variants, under both supports and refutes would decide by accident.
    void check_sides(Entry const& claim) {
        std::map<std::string, ConfigNode const*> supporting;
        for (auto const* phrase : claim.view.texts("supports"))
            for (auto const& variant : variants_of(*phrase))
                supporting.emplace(variant, phrase);
        for (auto const* phrase : claim.view.texts("refutes")) {
            for (auto const& variant : variants_of(*phrase)) {
                auto const found = supporting.find(variant);
                if (found == supporting.end()) continue;
                auto diagnostic = claim.document->error(
                    "DOS0135", phrase->place,
                    in_quotes(phrase->text) + " refutes the claim, but " +
                        (found->second->text == phrase->text ? "also supports it"
                                                             : in_quotes(found->second->text) + " supports it"));
                if (found->second->text != phrase->text) diagnostic.notes.push_back("both match: " + variant);
                diagnostic.notes.push_back("under supports: " + at(found->second->place));
                diagnostics_.add(std::move(diagnostic));
                break;
            }
        }
    }

    static std::vector<std::string> variants_of(ConfigNode const& phrase) {
        std::vector<std::string> texts;
        auto const parsed = parse_phrase(phrase.text);
        auto const* pattern = std::get_if<PhrasePattern>(&parsed);
        if (pattern == nullptr) return texts;
        for (auto const& variant : pattern->variants()) {
            std::string text;
            for (auto const& element : variant) {
                text += text.empty() ? "" : " ";
                text += element.kind == PhraseElement::Kind::gap ? "…" : element.text;
                text += element.kind == PhraseElement::Kind::stem ? "*" : "";
            }
            texts.push_back(std::move(text));
        }
        return texts;
    }

    /// Each circle of parents is told once, at its first claim in the order of reading.
    void check_parents() {
        std::map<std::string, Entry const*> by_id;
        for (auto const& claim : claims_)
            by_id.emplace(claim.view.text("id"), &claim);
        std::set<std::string> done;
        for (auto const& claim : claims_) {
            std::vector<std::string> path;
            auto id = claim.view.text("id");
            while (!id.empty() && by_id.contains(id) && !done.contains(id) &&
                   std::find(path.begin(), path.end(), id) == path.end()) {
                path.push_back(id);
                id = by_id.at(id)->view.text("parent");
            }
            if (auto const first = std::find(path.begin(), path.end(), id); first != path.end())
                tell_circle(by_id, {first, path.end()});
            done.insert(path.begin(), path.end());
        }
    }

    void tell_circle(std::map<std::string, Entry const*> const& by_id, std::vector<std::string> circle) {
        auto const& first = *by_id.at(circle.front());
        auto diagnostic = first.document->error(
            "DOS0138", first.view.value("parent")->place,
            circle.size() == 1 ? "a claim cannot be its own parent" : "these parents go round in a circle");
        if (circle.size() > 1) {
            std::string chain;
            for (auto const& id : circle)
                chain += id + " is part of ";
            diagnostic.notes.push_back(chain + circle.front());
        }
        diagnostics_.add(std::move(diagnostic));
    }

    std::vector<Entry> const& claims_;
    std::vector<Entry> const& conditions_;
    std::vector<Entry> const& factors_;
    bool complete_;  ///< all files could be read
    Diagnostics& diagnostics_;
    std::vector<std::string> claim_ids_, condition_ids_;
};

// --- values ---------------------------------------------------------------------------------------------------------

std::vector<Phrase> phrases_of(ConfigView const& view, std::string_view key) {
    std::vector<Phrase> phrases;
    for (auto const* node : view.texts(key))
        phrases.push_back({node->text, node->place});
    return phrases;
}

std::vector<std::string> names_of(ConfigView const& view, std::string_view key) {
    std::vector<std::string> names;
    for (auto const* node : view.texts(key))
        names.push_back(node->text);
    return names;
}

void add_new(std::vector<Phrase>& phrases, std::vector<Phrase> const& more) {
    for (auto const& phrase : more) {
        auto const is_same = [&](Phrase const& known) { return known.text == phrase.text; };
        if (std::none_of(phrases.begin(), phrases.end(), is_same)) phrases.push_back(phrase);
    }
}

Degree degree_of(std::string const& word) {
    for (auto const degree : {Degree::low, Degree::high})
        if (word == name_of(degree)) return degree;
    return Degree::none;
}

FactorDirection direction_of(std::string const& word) {
    for (auto const direction : {FactorDirection::raises, FactorDirection::lowers, FactorDirection::no_effect})
        if (word == name_of(direction)) return direction;
    return FactorDirection::unclear;
}

Claim claim_of(Entry const& entry) {
    auto const& view = entry.view;
    Claim claim;
    claim.id = view.text("id");
    claim.statement = view.text("statement");
    claim.about = phrases_of(view, "about");
    claim.outcome = view.text("outcome");
    claim.supports = phrases_of(view, "supports");
    claim.refutes = phrases_of(view, "refutes");
    claim.conditions = names_of(view, "conditions");
    claim.only_under = names_of(view, "only_under");
    claim.parent = view.text("parent");
    claim.contrary_of = view.text("contrary_of");
    claim.degree = degree_of(view.text("degree"));
    claim.weight = view.number("weight");
    auto const examples = view.table("examples");
    claim.examples = {phrases_of(examples, "supports"), phrases_of(examples, "refutes"),
                      phrases_of(examples, "silent")};
    claim.place = place_of_id(entry);
    return claim;
}

std::string name_or_id(ConfigView const& view) {
    if (view.has("name")) return view.text("name");
    auto name = view.text("id");
    std::replace(name.begin(), name.end(), '-', ' ');
    return name;
}

void add_head(ClaimRegistry& registry, ConfigView const& head) {
    if (head.has("title")) registry.title = head.text("title");
    if (head.has("outcome")) registry.outcome = head.text("outcome");
    registry.language = head.text("language");
    add_new(registry.about, phrases_of(head, "about"));
    add_new(registry.others, phrases_of(head, "others"));
    add_new(registry.outcome_terms, phrases_of(head, "outcome_terms"));
}

/// What claims and factors do not say themselves they have from [registry].
void inherit(ClaimRegistry& registry) {
    for (auto& claim : registry.claims) {
        if (claim.about.empty()) claim.about = registry.about;
        if (claim.outcome.empty()) claim.outcome = registry.outcome;
    }
    for (auto& factor : registry.risk_factors)
        if (factor.outcome.empty()) factor.outcome = registry.outcome;
}

using Documents = std::vector<std::shared_ptr<ConfigDocument const>>;

std::vector<Entry> entries_of(Documents const& documents, std::string_view key) {
    std::vector<Entry> entries;
    for (auto const& document : documents)
        for (auto const& view : ConfigView(&document->root, registry_table()).tables(key))
            entries.push_back({document.get(), view});
    return entries;
}

ClaimRegistry registry_of(Documents const& documents, std::vector<Entry> const& claims,
                          std::vector<Entry> const& conditions, std::vector<Entry> const& factors) {
    ClaimRegistry registry;
    Sha256 digest;
    for (auto const& document : documents) {
        digest.update(document->bytes);
        add_head(registry, ConfigView(&document->root, registry_table()).table("registry"));
    }
    registry.sha256 = digest.hex();
    for (auto const& claim : claims) {
        registry.claims.push_back(claim_of(claim));
        for (auto const& judgement : claim.view.tables("certainty"))
            registry.certainty.push_back(read_certainty_judgement(judgement, registry.claims.back().id));
    }
    for (auto const& entry : conditions)
        registry.conditions.push_back(
            {entry.view.text("id"), name_or_id(entry.view), phrases_of(entry.view, "phrases"), place_of_id(entry)});
    for (auto const& entry : factors)
        registry.risk_factors.push_back({entry.view.text("id"), name_or_id(entry.view), entry.view.text("outcome"),
                                         phrases_of(entry.view, "phrases"),
                                         direction_of(entry.view.text("usual_direction")), place_of_id(entry)});
    inherit(registry);
    return registry;
}

}  // namespace

std::optional<ClaimRegistry> load_registry(fs::path const& path, std::string const& shown, Diagnostics& diagnostics,
                                           fs::path const& root, std::optional<Diagnostic> naming) {
    Diagnostics found;
    FileReader reader(path, root, found);
    reader.read(path, shown, std::move(naming));
    auto const& documents = reader.documents();
    bool const well_formed = !found.has_errors();

    auto const claims = entries_of(documents, "claim");
    auto const conditions = entries_of(documents, "condition");
    auto const factors = entries_of(documents, "risk_factor");
    RegistryCheck(claims, conditions, factors, reader.complete(), found).run();
    if (well_formed && claims.empty()) {
        Diagnostic nothing;
        nothing.code = "DOS0139";
        nothing.place.file = shown;
        nothing.message = "there is no claim in this registry";
        nothing.notes.emplace_back("a claim is [[claim]] with an id and a statement");
        found.add(std::move(nothing));
    }
    found.sort();
    diagnostics.append(found);
    if (found.has_errors()) return std::nullopt;
    return registry_of(documents, claims, conditions, factors);
}

}  // namespace dossier
