// What formats make of documents, however those arrive, and where their bytes cannot go.
#include <cstddef>

#include "analyses.hpp"
#include "document_generator.hpp"
#include "dossier/plugin/block_codec.hpp"
#include "escaping.hpp"
#include "format_run.hpp"
#include "rule.hpp"
#include "sample.hpp"

namespace dossier::check {
namespace {

FormatManners with_analysis(Trial const& trial) {
    FormatManners manners;
    manners.host.analysis = file_of(trial.analyses, AnalysisKind::ordinary).string();
    return manners;
}

std::vector<std::string> document(Trial const& trial, dossier_component const& component, DocumentShape shape,
                                  bool hostile = false) {
    return generated_document({shape, trial.seed, hostile, false}, component.carries);
}

Verdict takes_a_document(Trial const& trial) {
    auto const& component = load_component(trial);
    trial.doing("while it took a document");
    auto const outcome =
        run_format(component, document(trial, component, DocumentShape::everything), with_analysis(trial));
    if (outcome.flooded)
        return broken("it wrote more than 64 MiB for a document of a few pages; a format comes to an end");
    if (outcome.failure) return broken(*outcome.failure + "; a format takes every document that keeps the grammar");
    return kept();
}

Verdict begins_files_as_declared(Trial const& trial) {
    auto const& component = load_component(trial);
    auto const outcome =
        run_format(component, document(trial, component, DocumentShape::everything), with_analysis(trial));
    if (!outcome.misuse.empty()) return broken(outcome.misuse);
    if (component.several_files != 0 && (outcome.files.empty() || outcome.files.contains("")))
        return broken("it declares several_files, but began none; a format of one file declares 0");
    return kept();
}

Verdict writes_the_same_for_any_batches(Trial const& trial) {
    auto const& component = load_component(trial);
    auto manners = with_analysis(trial);
    for (auto const shape : {DocumentShape::everything, DocumentShape::random}) {
        auto const blocks = document(trial, component, shape);
        manners.batches = Batches::one_by_one;
        auto const expected = run_format(component, blocks, manners).output;
        for (auto const& [batches, name] : {std::pair(Batches::all_at_once, "all blocks in one batch"),
                                            std::pair(Batches::uneven, "batches of 0 to 7 blocks")}) {
            manners.batches = batches, manners.seed = trial.seed;
            trial.doing("with " + std::string(name));
            auto const outcome = run_format(component, blocks, manners);
            if (outcome.failure) return broken("with " + std::string(name) + ": " + *outcome.failure);
            if (outcome.output != expected)
                return broken("with " + std::string(name) +
                              " it wrote other bytes than with one block at a time; where "
                              "batches end means nothing, and a batch may be empty");
        }
    }
    return kept();
}

Verdict writes_the_same_twice(Trial const& trial) {
    auto const& component = load_component(trial);
    auto const blocks = document(trial, component, DocumentShape::everything);
    auto const manners = with_analysis(trial);
    auto const first = run_format(component, blocks, manners).output;
    (void)run_format(component, document(trial, component, DocumentShape::random, true), manners);
    if (run_format(component, blocks, manners).output == first) return kept();
    return broken(
        "it wrote other bytes for the same document when it ran again; no clock, no chance, no state kept between "
        "documents");
}

Verdict passes_refusals_on(Trial const& trial) {
    auto const& component = load_component(trial);
    auto const blocks = document(trial, component, DocumentShape::everything);
    auto manners = with_analysis(trial);
    auto const n_writes = run_format(component, blocks, manners).n_writes;
    for (auto const position : sample(n_writes, trial)) {
        manners.host.failing_write = position;
        auto const where =
            "when write " + std::to_string(position) + " of " + std::to_string(n_writes) + " was refused";
        trial.doing(where);
        auto const outcome = run_format(component, blocks, manners);
        if (outcome.status == DOSSIER_OK)
            return broken(where + ", it went on to the end and said DOSSIER_OK; a format passes write's status on");
        if (outcome.n_after_refusal != 0)
            return broken(where + ", it wrote " + std::to_string(outcome.n_after_refusal) +
                          " times more; after DOSSIER_NO_OUTPUT a format returns");
    }
    return kept();
}

Verdict writes_all_by_the_end(Trial const& trial) {
    auto const& component = load_component(trial);
    for (auto const shape : {DocumentShape::everything, DocumentShape::nothing}) {
        auto const outcome = run_format(component, document(trial, component, shape), with_analysis(trial));
        if (outcome.n_after_end != 0)
            return broken("it wrote in destroy; when the block DOCUMENT_END was taken, every byte has been written");
    }
    return kept();
}

Verdict skips_unknown_blocks(Trial const& trial) {
    auto const& component = load_component(trial);
    auto const manners = with_analysis(trial);
    // The seed decides where unknown blocks stand, and where they do not the rest must be the same: taken out again.
    auto const with = generated_document({DocumentShape::everything, trial.seed, false, true}, component.carries);
    auto without = with;
    std::erase_if(without,
                  [](std::string const& block) { return !is_known_block(BlockDecoder().decode(block)->kind); });
    trial.doing("with blocks of unknown kinds");
    auto const outcome = run_format(component, with, manners);
    if (outcome.failure)
        return broken("with blocks of unknown kinds: " + *outcome.failure + "; what is not known is skipped");
    if (outcome.output != run_format(component, without, manners).output)
        return broken("blocks of unknown kinds changed what it wrote; what is not known is skipped");
    return kept();
}

Verdict walks_by_size(Trial const& trial) {
    auto const& component = load_component(trial);
    auto const blocks = document(trial, component, DocumentShape::everything);
    auto manners = with_analysis(trial);
    auto const expected = run_format(component, blocks, manners).output;
    manners.longer_by = 2 * alignof(std::max_align_t);
    trial.doing("with structs of a newer host");
    auto const outcome = run_format(component, blocks, manners);
    if (outcome.failure) return broken("with structs of a newer host: " + *outcome.failure);
    if (outcome.output == expected) return kept();
    return broken(
        "with structs of a newer host, which are longer, it wrote other bytes; columns and verdicts lie as far apart "
        "as the `size` of the first says");
}

Verdict takes_any_document(Trial const& trial) {
    auto const& component = load_component(trial);
    auto const manners = with_analysis(trial);
    std::uint64_t const n_documents = trial.thorough ? 200 : 8;
    for (std::uint64_t i = 0; i < n_documents + 2; ++i) {
        DocumentSettings settings{i == 0   ? DocumentShape::nothing
                                  : i == 1 ? DocumentShape::everything
                                           : DocumentShape::random,
                                  trial.seed + i, i % 2 == 1, false};
        auto const name = i == 0 ? std::string("with an empty document")
                                 : "with the document of seed " + std::to_string(settings.seed);
        trial.doing(name);
        auto const outcome = run_format(component, generated_document(settings, component.carries), manners);
        if (outcome.failure)
            return broken(name + ": " + *outcome.failure + "; a format takes every document that keeps the grammar");
        if (!outcome.misuse.empty()) return broken(name + ": " + outcome.misuse);
    }
    return kept();
}

Verdict escapes(Trial const& trial) {
    auto const& component = load_component(trial);
    auto const check = escaping_check(view(component.media_type));
    if (check == nullptr)
        return not_applicable("the kit knows no attacks on " + std::string(view(component.media_type)));
    auto const outcome =
        run_format(component, document(trial, component, DocumentShape::everything, true), with_analysis(trial));
    if (outcome.failure) return broken(*outcome.failure);
    for (auto const& [name, bytes] : outcome.files)
        if (auto problem = check(name, bytes)) return broken((name.empty() ? "" : name + ": ") + *problem);
    return kept();
}

}  // namespace

std::vector<Rule> format_rules() {
    using enum Setting;
    constexpr auto format = Scope::format;
    return {
        {"P501", "takes a document", format, sandbox, {"P304", "P303"}, &takes_a_document},
        {"P502", "begins files as it declares", format, sandbox, {"P501"}, &begins_files_as_declared},
        {"P503", "writes the same bytes twice", format, sandbox, {"P502"}, &writes_the_same_twice},
        {"P504", "writes the same bytes for any batches", format, sandbox, {"P503"}, &writes_the_same_for_any_batches},
        {"P505", "passes refusals on", format, sandbox, {"P502"}, &passes_refusals_on},
        {"P506", "has written all when the document ends", format, sandbox, {"P502"}, &writes_all_by_the_end},
        {"P507", "skips blocks it does not know", format, sandbox, {"P503"}, &skips_unknown_blocks},
        {"P508", "bears the longer structs of newer hosts", format, sandbox, {"P503"}, &walks_by_size},
        {"P509", "takes any document", format, sandbox, {"P502"}, &takes_any_document},
        {"P510", "lets no text become markup", format, sandbox, {"P509"}, &escapes},
    };
}

}  // namespace dossier::check
