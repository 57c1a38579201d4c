#include "dossier/store/definitions.hpp"

#include <array>
#include <charconv>
#include <cstddef>
#include <string_view>
#include <vector>

#include "dossier/model/digest.hpp"

namespace dossier {
namespace {

/// A digest over texts and lists of them: each is followed by a mark, so that no two lists look alike.
class DefinitionDigest {
public:
    DefinitionDigest& add(std::string_view text) {
        digest_.update(text);
        digest_.update(std::string_view("\0", 1));
        return *this;
    }
    DefinitionDigest& add(double number) {
        std::array<char, 32> buffer{};
        auto const* end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr;
        return add(std::string_view(buffer.data(), static_cast<std::size_t>(end - buffer.data())));
    }
    DefinitionDigest& add(std::vector<std::string> const& texts) {
        for (auto const& text : texts)
            add(text);
        return end_list();
    }
    DefinitionDigest& add(std::vector<Phrase> const& phrases) {
        for (auto const& phrase : phrases)
            add(phrase.text);
        return end_list();
    }
    [[nodiscard]] std::string hex() { return digest_.hex(); }

private:
    DefinitionDigest& end_list() {
        digest_.update(std::string_view("\1", 1));
        return *this;
    }
    Sha256 digest_;
};

void add_conditions(std::vector<std::string> const& ids, ClaimRegistry const& registry, DefinitionDigest& digest) {
    for (auto const& id : ids) {
        digest.add(id);
        if (auto const* condition = registry.find_condition(id)) digest.add(condition->phrases);
    }
    digest.add(std::vector<std::string>());
}

std::string const& or_inherited(std::string const& own, std::string const& inherited) {
    return own.empty() ? inherited : own;
}

}  // namespace

std::string definition_sha256(Claim const& claim, ClaimRegistry const& registry) {
    DefinitionDigest digest;
    digest.add(claim.statement).add(claim.about.empty() ? registry.about : claim.about);
    digest.add(or_inherited(claim.outcome, registry.outcome)).add(claim.supports).add(claim.refutes);
    add_conditions(claim.conditions, registry, digest);
    add_conditions(claim.only_under, registry, digest);
    digest.add(claim.parent).add(claim.contrary_of).add(name_of(claim.degree)).add(claim.weight);
    return digest.hex();
}

std::string definition_sha256(RiskFactor const& factor, ClaimRegistry const& registry) {
    DefinitionDigest digest;
    digest.add(factor.name).add(or_inherited(factor.outcome, registry.outcome)).add(factor.phrases);
    digest.add(name_of(factor.usual_direction));
    return digest.hex();
}

std::string definitions_sha256(ClaimRegistry const& registry) {
    DefinitionDigest digest;
    digest.add(registry.language).add(registry.outcome);
    digest.add(registry.about).add(registry.others).add(registry.outcome_terms);
    for (auto const& claim : registry.claims)
        digest.add(claim.id).add(definition_sha256(claim, registry));
    for (auto const& condition : registry.conditions)
        digest.add(condition.id).add(condition.phrases);
    for (auto const& factor : registry.risk_factors)
        digest.add(factor.id).add(definition_sha256(factor, registry));
    return digest.hex();
}

}  // namespace dossier
