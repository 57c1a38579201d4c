// The ids in the tables of reports: by them the rows of different tables are joined.
#include <map>
#include <set>

#include "report_of_sample.hpp"

namespace {

using dossier::test::blocks_of;
using dossier::test::Said;
using dossier::test::SampleAnalysis;
using testing::Contains;

class Ids : public testing::TestWithParam<char const*> {
protected:
    Ids() {
        for (auto const& claim : sample_.registry.claims)
            known_["claim_id"].insert(claim.id);
        for (auto const& condition : sample_.registry.conditions)
            known_["condition_id"].insert(condition.id);
        for (auto const& factor : sample_.registry.risk_factors)
            known_["factor_id"].insert(factor.id);
        for (auto const& article : sample_.articles)
            known_["article_id"].insert(article.id);
        known_["cluster_id"] = known_["article_id"];
    }
    /// "supports_article_id" holds what "article_id" does.
    [[nodiscard]] std::set<std::string> const& known_under(std::string const& key) const {
        static std::set<std::string> const none;
        for (auto const& [name, ids] : known_)
            if (key == name || key.ends_with("_" + name)) return ids;
        return none;
    }
    SampleAnalysis sample_;
    std::map<std::string, std::set<std::string>> known_;
};

TEST_P(Ids, AreThoseOfTheDatabaseAndStandLast) {
    Said const* table = nullptr;
    for (auto const blocks = blocks_of(GetParam(), sample_); auto const& said : blocks) {
        if (said.kind == DOSSIER_TABLE_BEGIN) {
            table = &said;
            bool ids_began = false;
            for (auto const& column : table->columns) {
                EXPECT_TRUE(!ids_began || column.role == DOSSIER_COLUMN_KEY) << table->anchor << ": " << column.key;
                ids_began = column.role == DOSSIER_COLUMN_KEY;
            }
        }
        for (std::size_t i = 0; said.kind == DOSSIER_ROW && i < said.cells.size(); ++i) {
            auto const& column = table->columns[i];
            if (column.role != DOSSIER_COLUMN_KEY || said.cells[i].text.empty()) continue;
            EXPECT_THAT(known_under(column.key), Contains(said.cells[i].text)) << table->anchor << ": " << column.key;
        }
    }
}

TEST_P(Ids, StandBesideWhatTheyName) {
    for (auto const blocks = blocks_of(GetParam(), sample_); auto const& said : blocks) {
        std::set<std::string> keys;
        for (auto const& column : said.columns)
            keys.insert(column.key);
        for (std::string const name : {"claim", "article", "factor"})
            if (keys.contains(name)) {
                EXPECT_THAT(keys, Contains(name + "_id")) << said.anchor;
            }
    }
}

INSTANTIATE_TEST_SUITE_P(OfReport, Ids,
                         testing::Values("adjudication", "consensus", "contradictions", "effects", "evidence_map",
                                         "methods", "quotes", "risk_factors", "sensitivity", "sources", "stance_table",
                                         "summary"),
                         [](auto const& tested) { return std::string(tested.param); });

}  // namespace
