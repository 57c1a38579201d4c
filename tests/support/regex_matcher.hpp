// Regex matcher: a second way to find phrases, for tests and benchmarks to hold against the trie. RE2::Set says which phrases
// a text holds, and each of those is then looked for word by word.
#pragma once

#include <re2/re2.h>
#include <re2/set.h>

#include <cstdint>
#include <numeric>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dossier/claims/phrase_pattern.hpp"
#include "dossier/evidence/cue_matcher.hpp"

namespace dossier::test {

class RegexMatcher final : public CueMatcher {
public:
    explicit RegexMatcher(std::vector<PhrasePattern> const& patterns) : set_(options(), RE2::UNANCHORED) {
        for (auto const& pattern : patterns) {
            auto& phrase = phrases_.emplace_back();
            std::string expression;
            for (auto const& variant : pattern.variants()) {
                phrase.push_back(steps_of(variant));
                expression += (expression.empty() ? "" : "|") + expression_of(phrase.back());
            }
            is_complete_ &= set_.Add(expression, nullptr) >= 0;
        }
        is_complete_ = is_complete_ && set_.Compile();
    }

    void find(Tokens const& tokens, std::vector<PhraseMatch>& matches) const override {
        auto const from = matches.size();
        for (auto const phrase : candidates(tokens))
            for (auto const& variant : phrases_[static_cast<std::size_t>(phrase)])
                for (std::size_t first = 0; first < tokens.size(); ++first)
                    match(tokens, variant,
                          {static_cast<std::uint32_t>(phrase), static_cast<std::uint32_t>(first), 0, 0}, 0, first,
                          matches);
        keep_best_matches(matches, from);
    }

private:
    struct Step {
        bool is_stem = false, after_gap = false;
        std::string text;
    };
    using Variant = std::vector<Step>;

    static RE2::Options options() {
        RE2::Options options;
        options.set_encoding(RE2::Options::EncodingLatin1);  // bytes; the words are folded already
        options.set_max_mem(std::int64_t{1} << 30);
        options.set_log_errors(false);
        return options;
    }

    static Variant steps_of(std::vector<PhraseElement> const& elements) {
        Variant steps;
        bool after_gap = false;
        for (auto const& element : elements) {
            if (element.kind == PhraseElement::Kind::gap) {
                after_gap = true;
                continue;
            }
            auto const parts = tokenize(element.text);
            for (std::size_t i = 0; i < parts.size(); ++i) {
                bool const is_stem =
                    element.kind == PhraseElement::Kind::stem && i + 1 == parts.size() && !element.text.ends_with('-');
                steps.push_back({is_stem, std::exchange(after_gap, false), std::string(parts[i].text)});
            }
        }
        return steps;
    }

    /// Words are written " word/", and a line ends where a phrase must.
    static std::string expression_of(Variant const& variant) {
        std::string expression;
        for (auto const& step : variant) {
            if (step.after_gap) expression += "(?: [^/\\n]*/){0," + std::to_string(max_gap) + "}";
            expression += " " + RE2::QuoteMeta(step.text) + (step.is_stem ? "[^/\\n]*/" : "/");
        }
        return expression;
    }

    std::vector<int> candidates(Tokens const& tokens) const {
        std::vector<int> found(phrases_.size());
        std::iota(found.begin(), found.end(), 0);
        if (!is_complete_) return found;
        std::string text;
        for (auto const& token : tokens)
            text.append(parts_phrases(token) ? "\n " : " ").append(token.text).append("/");
        std::vector<int> hits;
        RE2::Set::ErrorInfo error{};
        if (!set_.Match(text, &hits, &error) && error.kind != RE2::Set::kNoError) return found;
        return hits;
    }

    /// Step `step` is to match at `token`, or up to max_gap words further on. As deep as the phrase is long.
    static void match(Tokens const& tokens, Variant const& variant, PhraseMatch so_far, std::size_t step,
                      std::size_t token, std::vector<PhraseMatch>& matches) {
        for (std::size_t skipped = 0; token < tokens.size(); ++skipped, ++token) {
            if (step > 0 && parts_phrases(tokens[token])) return;
            auto const& wanted = variant[step];
            auto const& word = tokens[token].text;
            if (wanted.is_stem ? word.size() >= 3 && wanted.text.size() >= 3 && word.starts_with(wanted.text)
                               : word == wanted.text) {
                auto next = so_far;
                next.last = static_cast<std::uint32_t>(token);
                if (token - next.first < 64) next.named |= std::uint64_t{1} << (token - next.first);
                if (step + 1 == variant.size())
                    matches.push_back(next);
                else
                    match(tokens, variant, next, step + 1, token + 1, matches);
            }
            if (!wanted.after_gap || skipped == max_gap) return;
        }
    }

    std::vector<std::vector<Variant>> phrases_;
    RE2::Set set_;
    bool is_complete_ = true;
};

}  // namespace dossier::test
