#include "tag_writer.hpp"

#include <algorithm>

#include "unicode.hpp"

namespace dossier::pdf {

namespace {

std::string reference(std::uint32_t number) {
    return std::to_string(number) + " 0 R";
}

/// A text string in hexadecimal digits.
std::string text_string(std::string const& utf8) {
    std::string room, out = "<";
    for (char const c : utf16_with_mark(settable(utf8, room))) {
        auto const byte = static_cast<unsigned char>(c);
        out += "0123456789ABCDEF"[byte >> 4], out += "0123456789ABCDEF"[byte & 15];
    }
    return out + '>';
}

char const* attributes_of(Role role) {
    switch (role) {
        case Role::column_head: return "/A<</O/Table/Scope/Column>>";
        case Role::bullets: return "/A<</O/List/ListNumbering/Disc>>";
        case Role::numbers: return "/A<</O/List/ListNumbering/Decimal>>";
        case Role::figure: return "/A<</O/Layout/Placement/Block>>";
        default: return "";
    }
}

}  // namespace

TagWriter::TagWriter(std::vector<Structure const*> structures, std::unordered_map<Page const*, PageObject> const& pages,
                     std::size_t n_keys)
    : structures_(std::move(structures)), pages_(pages), parents_(n_keys), parents_of_links_(n_keys, 0) {
    constexpr std::size_t root_document_and_parents = 3;
    n_objects_ = root_document_and_parents;
    for (auto const& [page, object] : pages) {
        parents_[object.key].of_marks.resize(object.n_marks);
        n_objects_ += object.n_marks > 0 ? 1 : 0;
    }
    for (auto const* const structure : structures_)
        n_objects_ += structure->n_elements();
}

void TagWriter::write(std::uint32_t first, ObjectStreams& out) {
    root_ = first;
    next_number_ = first + 3;
    out.add(root_, "<</Type/StructTreeRoot/K " + reference(root_ + 1) + "/ParentTree " + reference(root_ + 2) +
                       "/ParentTreeNextKey " + std::to_string(parents_.size()) + ">>");
    write_document(out);
    write_parents(out);
}

void TagWriter::write_document(ObjectStreams& out) {
    open_.push_back({root_ + 1, Role::section, {}, nullptr, nullptr, false});
    for (auto const* const structure : structures_)
        walk(*structure, Structure::main_part, out);
    auto const document = std::move(open_.back());
    open_.clear();
    out.add(document.number, "<</S/Document/P " + reference(root_) + "/K[" + document.children + "]>>");
}

void TagWriter::walk(Structure const& structure, Structure::Part part, ObjectStreams& out) {
    Page const* page = nullptr;
    for (auto const event : structure.events(part)) {
        switch (event.kind()) {
            case TagEvent::Kind::open: open(static_cast<Role>(event.value())); break;
            case TagEvent::Kind::close: close(out); break;
            case TagEvent::Kind::alternative: open_.back().alternative = &structure.texts().at(event.value()); break;
            case TagEvent::Kind::page: page = structure.pages().at(event.value()); break;
            case TagEvent::Kind::content: add_content(page, event.value(), out); break;
            case TagEvent::Kind::link: add_link(page, event.value()); break;
            case TagEvent::Kind::part: walk(structure, event.value(), out); break;
        }
    }
}

void TagWriter::open(Role role) {
    auto const number = next_number_++;
    open_.back().children += reference(number) + ' ';
    open_.push_back({number, role, {}, nullptr, nullptr, false});
}

void TagWriter::close(ObjectStreams& out) {
    auto element = std::move(open_.back());
    open_.pop_back();
    if (!element.children.empty()) element.children.pop_back();  // the blank behind the last
    bool const is_plain_text = element.role == Role::link && !element.leads_somewhere;
    std::string text = "<</S";
    text += is_plain_text ? "/Span" : type_name(element.role);
    text += "/P " + reference(open_.back().number);
    if (element.page != nullptr) text += "/Pg " + reference(pages_.at(element.page).number);
    text += attributes_of(element.role);
    if (element.alternative != nullptr) text += "/Alt" + text_string(*element.alternative);
    bool const one_number = element.children.find_first_not_of("0123456789") == std::string::npos;
    if (!element.children.empty()) text += one_number ? "/K " + element.children : "/K[" + element.children + ']';
    out.add(element.number, text + ">>");
}

void TagWriter::add_content(Page const* page, std::uint32_t number, ObjectStreams& out) {
    auto& element = open_.back();
    auto const& object = pages_.at(page);
    if (element.page == nullptr) element.page = page;
    if (element.page == page)
        element.children += std::to_string(number) + ' ';
    else
        element.children += "<</Type/MCR/Pg " + reference(object.number) + "/MCID " + std::to_string(number) + ">> ";
    auto& parents = parents_.at(object.key);
    parents.of_marks.at(number) = element.number;
    // Beside the elements of its page, whose numbers it repeats: so they compress to next to nothing.
    if (++parents.n_known == parents.of_marks.size()) write_parents_of(parents, out);
}

void TagWriter::add_link(Page const* page, std::uint32_t number) {
    auto const& object = pages_.at(page);
    if (number >= object.annotations.size() || object.annotations[number].number == 0) return;
    auto const& annotation = object.annotations[number];
    auto& element = open_.back();
    element.children += "<</Type/OBJR/Pg " + reference(object.number) + "/Obj " + reference(annotation.number) + ">> ";
    element.leads_somewhere = true;
    parents_of_links_.at(annotation.key) = element.number;
}

void TagWriter::write_parents_of(PageParents& parents, ObjectStreams& out) {
    parents.number = next_number_++;
    std::string array = "[";
    for (auto const parent : parents.of_marks)
        array += (parent == 0 ? "null" : reference(parent)) + ' ';
    array.back() = ']';
    out.add(parents.number, array);
}

void TagWriter::write_parents(ObjectStreams& out) {
    std::string entries;
    for (std::size_t key = 0; key < parents_.size(); ++key) {
        if (auto const link = parents_of_links_[key]; link != 0)
            entries += std::to_string(key) + ' ' + reference(link) + ' ';
        auto& parents = parents_[key];
        if (parents.of_marks.empty()) continue;
        if (parents.number == 0) write_parents_of(parents, out);
        entries += std::to_string(key) + ' ' + reference(parents.number) + ' ';
    }
    out.add(root_ + 2, "<</Nums[" + entries + "]>>");
}

}  // namespace dossier::pdf
