#include "dossier/sources/journal/journal_blocks.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "dossier/sources/journal/statements.hpp"
#include "dossier/sources/unicode.hpp"

namespace dossier::sources {
namespace {

enum class Element {
    inline_text,  // also what only groups: its text is that of the element around it
    skipped,
    spacing,  // skipped, but what stands before and after it are two words
    section,
    heading,
    paragraph,
    list,
    item,
    term,
    quotation,
    floating,  // figure, table: may stand in the middle of a sentence
    caption,
    cell,
    code,
    superscript,
    reference
};

constexpr auto elements = std::to_array<std::pair<std::string_view, Element>>({
    {"abstract", Element::section},
    {"ack", Element::section},
    {"annotation", Element::skipped},
    {"app", Element::section},
    {"app-group", Element::section},
    {"array", Element::floating},
    {"attrib", Element::skipped},
    {"bio", Element::skipped},
    {"boxed-text", Element::section},
    {"break", Element::spacing},
    {"caption", Element::caption},
    {"code", Element::code},
    {"copyright-statement", Element::skipped},
    {"def", Element::item},
    {"def-item", Element::list},
    {"def-list", Element::list},
    {"disp-formula", Element::spacing},
    {"disp-formula-group", Element::spacing},
    {"disp-quote", Element::quotation},
    {"fig", Element::floating},
    {"fig-group", Element::floating},
    {"fn", Element::skipped},
    {"fn-group", Element::skipped},
    {"glossary", Element::skipped},
    {"graphic", Element::spacing},
    {"kwd-group", Element::skipped},
    {"label", Element::skipped},
    {"list", Element::list},
    {"list-item", Element::item},
    {"long-desc", Element::skipped},
    {"media", Element::spacing},
    {"notes", Element::section},
    {"object-id", Element::skipped},
    {"p", Element::paragraph},
    {"permissions", Element::skipped},
    {"preformat", Element::code},
    {"processing-meta", Element::skipped},
    {"ref-list", Element::skipped},
    {"related-article", Element::skipped},
    {"related-object", Element::skipped},
    {"response", Element::skipped},
    {"sec", Element::section},
    {"sec-meta", Element::skipped},
    {"sig-block", Element::skipped},
    {"speaker", Element::skipped},
    {"sub-article", Element::skipped},
    {"sup", Element::superscript},
    {"supplementary-material", Element::spacing},
    {"table-wrap", Element::floating},
    {"table-wrap-foot", Element::skipped},
    {"table-wrap-group", Element::floating},
    {"td", Element::cell},
    {"term", Element::term},
    {"tex-math", Element::skipped},
    {"th", Element::cell},
    {"title", Element::heading},
    {"verse-group", Element::quotation},
    {"verse-line", Element::paragraph},
    {"xref", Element::reference},
});

Element element_named(std::string_view name) noexcept {
    auto const at =
        std::lower_bound(elements.begin(), elements.end(), name,
                         [](auto const& element, std::string_view wanted) { return element.first < wanted; });
    return at != elements.end() && at->first == name ? at->second : Element::inline_text;
}

static_assert(std::is_sorted(elements.begin(), elements.end(),
                             [](auto const& a, auto const& b) { return a.first < b.first; }));

constexpr int deepest_heading = 6;

}  // namespace

void JournalBlocks::read(pugi::xml_node element, Start start, bool back) {
    if (!element) return;
    Context context;
    context.back = context.furniture = back;
    if (start == Start::sections) {
        if (local_name(element) == "abstract") enter_section(element, context);
    } else {
        open(context, start == Start::title ? BlockKind::heading : BlockKind::paragraph);
        slots_.back().block.title = start == Start::title;
        slots_.back().block.heading_level = start == Start::title ? 1 : 0;
    }
    contexts_ = {context};
    walk_xml(
        element, [&](pugi::xml_node node) { return node == element || enter(node); },
        [&](pugi::xml_node node) {
            if (node != element) leave();
        });
}

void JournalBlocks::add_heading(XmlSlice text) {
    Context context;
    open(context, BlockKind::heading);
    slots_.back().block.heading_level = 2;
    slots_.back().text.add(text, true);
}

bool JournalBlocks::enter(pugi::xml_node node) {
    if (overfull_) return false;
    if (node.type() == pugi::node_element) return enter_element(node);
    if (is_text(node)) take_text(node);
    return false;
}

void JournalBlocks::take_text(pugi::xml_node node) {
    auto const& context = contexts_.back();
    if (!context.collects) return;
    auto& text = slots_[context.slot].text;
    auto const slice = xml_.slice_of(node);
    bool const resolve = node.type() == pugi::node_pcdata;
    if (context.mark)
        text.add_mark(slice, resolve);
    else if (context.superscript)
        text.add_superscript(slice, resolve);
    else
        text.add(slice, resolve);
}

bool JournalBlocks::enter_element(pugi::xml_node element) {
    auto context = contexts_.back();
    context.parts = false;
    switch (element_named(local_name(element))) {
        case Element::inline_text: break;
        case Element::skipped: return false;
        case Element::spacing:
            if (context.collects) slots_[context.slot].text.add_space(xml_.origin_of(element), 1);
            return false;
        case Element::section: enter_section(element, context); break;
        case Element::heading: open_heading(element, context); break;
        case Element::paragraph:
            context.parts = context.collects;
            open(context, context.kind);
            break;
        case Element::list:
            context.parts = context.collects;
            context.collects = false;
            break;
        case Element::item:
            if (context.kind == BlockKind::paragraph) context.kind = BlockKind::list_item;
            open(context, context.kind);
            break;
        case Element::term: open(context, BlockKind::caption); break;
        case Element::quotation:
            context.parts = context.collects;
            context.kind = BlockKind::quotation;
            open(context, context.kind);
            break;
        case Element::floating:
            context.collects = false;
            context.kind = BlockKind::caption;
            break;
        case Element::caption:
            context.kind = BlockKind::caption;
            open(context, context.kind);
            break;
        case Element::cell:
            context.kind = BlockKind::table_cell;
            open(context, context.kind);
            break;
        case Element::code:
            context.parts = context.collects;
            open(context, BlockKind::code);
            break;
        case Element::superscript: context.superscript = true; break;
        case Element::reference: enter_reference(element, context); break;
    }
    contexts_.push_back(context);
    return true;
}

void JournalBlocks::leave() {
    bool const parts = contexts_.back().parts;
    contexts_.pop_back();
    auto& around = contexts_.back();
    if (!parts || !around.collects) return;
    auto const kind = slots_[around.slot].block.kind;
    open(around, kind);
}

void JournalBlocks::enter_section(pugi::xml_node element, Context& context) const {
    auto const name = local_name(element);
    context.parts = context.collects;
    context.collects = false;
    if (name != "app-group") context.level = std::min(context.level + 1, deepest_heading);
    if (context.back) context.furniture = name != "sec" && name != "app" && name != "app-group";
    context.furniture = context.furniture || statement_of(element) != Statement::none;
    if (context.furniture) context.back = false;  // so are the sections in it
}

void JournalBlocks::enter_reference(pugi::xml_node element, Context& context) const {
    if (context.in_reference) return;
    context.in_reference = true;
    static constexpr auto marks =
        std::to_array<std::string_view>({"", "aff", "author-notes", "bibr", "corresp", "fn", "table-fn"});
    auto const type = attribute_of(element, "ref-type");
    context.mark = std::find(marks.begin(), marks.end(), type) != marks.end() && is_citation_mark(plain_text(element));
}

void JournalBlocks::open(Context& context, BlockKind kind) {
    if (slots_.size() > max_blocks) {
        overfull_ = true;
        context.collects = false;
        return;
    }
    context.collects = true;
    context.slot = slots_.size();
    Slot slot;
    slot.block.kind = kind;
    slot.block.furniture = context.furniture;
    slots_.push_back(std::move(slot));
}

void JournalBlocks::open_heading(pugi::xml_node element, Context& context) {
    bool const heads =
        context.kind == BlockKind::paragraph && element_named(local_name(element.parent())) != Element::list;
    open(context, heads ? BlockKind::heading : BlockKind::caption);
    if (heads && context.collects) slots_[context.slot].block.heading_level = context.level;
}

void JournalBlocks::finish(Document& document) {
    document.overfull = document.overfull || overfull_;
    for (auto& slot : slots_) {
        slot.block.text = slot.text.result();
        if (!trimmed(slot.block.text.text()).empty()) document.blocks.push_back(std::move(slot.block));
    }
    slots_.clear();
    std::stable_sort(document.blocks.begin(), document.blocks.end(),
                     [](Block const& a, Block const& b) { return a.text.origin_begin(0) < b.text.origin_begin(0); });
}

}  // namespace dossier::sources
