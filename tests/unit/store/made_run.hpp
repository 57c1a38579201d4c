// An invented run whose every input can be made another: for tests of what changed between two runs, and why.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "dossier/findings/overrides.hpp"
#include "sample_analysis.hpp"

namespace dossier::test {

struct MadeRun : SampleAnalysis {
    RunInfo info{"Coffee & sleep",     "2026-11-22",         "1.0.0",
                 std::string(64, 'a'), std::string(64, 'b'), {},
                 std::string(64, 'c'), std::string(64, 'd'), std::string(64, 'e')};
    std::vector<ComponentInfo> components;
    std::map<std::string, std::string> deciders;                   ///< by claim
    std::map<std::string, std::vector<StanceOverride>> overrides;  ///< by article

    /// The text of an article is another, and so are its quotes, which a test adds.
    void rewrite(std::size_t article, char digit = '1') {
        articles[article].sha256 = std::string(64, digit);
        evidence[article].items.clear();
    }
    void override_stance(std::size_t article, std::string claim, Stance stance, Stance detector) {
        overrides[articles[article].id].push_back({std::move(claim), "", stance, detector, "jm", "It says so.", {}});
        info.annotations_sha256 = std::string(64, 'f');
    }
    void remove(std::size_t article) {
        articles.erase(articles.begin() + static_cast<std::ptrdiff_t>(article));
        evidence.erase(evidence.begin() + static_cast<std::ptrdiff_t>(article));
    }

    void write(std::string const& path) const {
        AnalysisWriter writer(path);
        Summing summing(registry);
        writer.add_registry(registry, deciders);
        for (std::size_t i = 0; i < articles.size(); ++i) {
            auto said = evidence[i];
            auto const decided = overrides.find(articles[i].id);
            auto const of_people = decided == overrides.end() ? std::vector<StanceOverride>() : decided->second;
            auto const stances = summing.add(articles[i], said, of_people);
            add_quotes(of_people, said);
            writer.add_article(articles[i], said, stances);
        }
        writer.add_summary(summing.finish());
        writer.add_components(components);
        writer.add_diagnostics(diagnostics);
        writer.finish(info);
    }
};

}  // namespace dossier::test
