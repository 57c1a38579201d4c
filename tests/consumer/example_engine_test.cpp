// The engine of examples/05-an-engine at work, asked as a worker asks it.
#include <dlfcn.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <dossier/plugin.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "support/format_harness.hpp"

namespace {

struct Said {
    std::uint64_t sentence;
    std::int32_t direction;
    double strength;
};

void PrintTo(Said const& said, std::ostream* out) {
    *out << said.sentence << ": " << said.direction << " with " << said.strength;
}
bool operator==(Said const& a, Said const& b) {
    return a.sentence == b.sentence && a.direction == b.direction && a.strength == b.strength;
}

/// The example's component, and a host that it never needs.
class SharedWords {
public:
    SharedWords() {
        auto* const library = ::dlopen(SHARED_WORDS_PLUGIN, RTLD_NOW | RTLD_LOCAL);
        auto const entry = reinterpret_cast<decltype(&dossier_plugin_entry)>(::dlsym(library, "dossier_plugin_entry"));
        component_ = entry(DOSSIER_ABI_MAJOR, DOSSIER_ABI_MINOR)->components[0];
        host_.size = sizeof host_;
        host_.error = [](void*, dossier_status, dossier_text, dossier_text) {};
        auto const values = dossier::test::detail::values_of(*component_, {});
        EXPECT_EQ(component_->create(&host_, values.data(), values.size(), &instance_), DOSSIER_OK);
    }
    ~SharedWords() { component_->destroy(instance_); }
    SharedWords(SharedWords const&) = delete;
    SharedWords& operator=(SharedWords const&) = delete;

    std::vector<Said> ask(std::string_view statement, std::vector<dossier_sentence> const& sentences) {
        dossier_claim claim{};
        claim.size = sizeof claim, claim.statement = dossier::as_text(statement);
        dossier_question question{};
        question.size = sizeof question, question.claim = &claim;
        question.sentences = sentences.data(), question.n_sentences = sentences.size();
        std::vector<Said> said;
        dossier_judgements const judgements{sizeof judgements, &said, &take};
        EXPECT_EQ(component_->judge(instance_, &host_, &question, &judgements), DOSSIER_OK);
        return said;
    }

private:
    static dossier_status take(void* context, dossier_judgement const* judgement) {
        EXPECT_FALSE(dossier::view(judgement->reason).empty());
        static_cast<std::vector<Said>*>(context)->push_back(
            {judgement->sentence, judgement->direction, judgement->strength});
        return DOSSIER_OK;
    }
    dossier_component const* component_ = nullptr;
    dossier_host host_{};
    void* instance_ = nullptr;
};

dossier_sentence sentence(std::string_view text, std::uint32_t role = DOSSIER_ROLE_STATEMENT) {
    return {sizeof(dossier_sentence), dossier::as_text(text), {}, role, 0};
}

TEST(ExampleEngine, JudgesSentencesThatShareTheStatementsWords) {
    auto const said = SharedWords().ask(
        "Coffee disturbs sleep.", {sentence("Coffee in the evening disturbs sleep."),
                                   sentence("Coffee never disturbs their sleep."), sentence("Tea calms the nerves.")});
    EXPECT_THAT(said, testing::ElementsAre(Said{0, 1, 1.0}, Said{1, -1, 1.0}));
}

TEST(ExampleEngine, LeavesHeadingsAndQuestionsAlone) {
    auto const said = SharedWords().ask("Coffee disturbs sleep.",
                                        {sentence("Coffee disturbs sleep", DOSSIER_ROLE_HEADING),
                                         sentence("Is it true that coffee disturbs sleep?", DOSSIER_ROLE_QUESTION)});
    EXPECT_THAT(said, testing::IsEmpty());
}

}  // namespace
