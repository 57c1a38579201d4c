#include "structure.hpp"

#include <algorithm>

namespace dossier::pdf {

Role heading_role(int level) noexcept {
    return static_cast<Role>(static_cast<int>(Role::heading_1) + std::clamp(level, 1, 6) - 1);
}

char const* type_name(Role role) noexcept {
    switch (role) {
        case Role::section: return "/Sect";
        case Role::heading_1: return "/H1";
        case Role::heading_2: return "/H2";
        case Role::heading_3: return "/H3";
        case Role::heading_4: return "/H4";
        case Role::heading_5: return "/H5";
        case Role::heading_6: return "/H6";
        case Role::paragraph: return "/P";
        case Role::bullets:
        case Role::numbers: return "/L";
        case Role::item: return "/LI";
        case Role::label: return "/Lbl";
        case Role::item_body: return "/LBody";
        case Role::block_quote: return "/BlockQuote";
        case Role::note: return "/Note";
        case Role::division: return "/Div";
        case Role::table: return "/Table";
        case Role::row: return "/TR";
        case Role::column_head: return "/TH";
        case Role::cell: return "/TD";
        case Role::figure: return "/Figure";
        case Role::caption: return "/Caption";
        case Role::link: return "/Link";
        case Role::contents: return "/TOC";
        case Role::contents_entry: return "/TOCI";
    }
    return "/Span";
}

Structure::Structure(bool is_tagged) : is_tagged_(is_tagged), parts_(1) {}

void Structure::open(Role role) {
    if (current_ == artifact) return;
    leave_link();
    say(TagEvent::Kind::open, static_cast<std::size_t>(role));
    parts_[current_].open.push_back(role);
    ++n_elements_;
    ++place_;
}

void Structure::open_figure(std::string alternative) {
    if (current_ == artifact) return;
    open(Role::figure);
    say(TagEvent::Kind::alternative, texts_.size());
    texts_.push_back(std::move(alternative));
}

void Structure::close() {
    if (current_ == artifact) return;
    leave_link();
    auto& open = parts_[current_].open;
    if (open.empty()) return;
    open.pop_back();
    say(TagEvent::Kind::close);
    ++place_;
}

void Structure::close_all() {
    while (current_ != artifact && !innermost().empty())
        close();
}

Structure::Part Structure::new_part() {
    parts_.emplace_back();
    return static_cast<Part>(parts_.size() - 1);
}

void Structure::insert(Part part) {
    if (current_ == artifact) return;
    leave_link();
    say(TagEvent::Kind::part, part);
}

Structure::Part Structure::switch_to(Part part) {
    ++place_;  // a link stays open in its part: it may go on, on the next page
    return std::exchange(current_, part);
}

bool Structure::draws_a_figure() const noexcept {
    if (current_ == artifact) return false;
    return std::find(innermost().begin(), innermost().end(), Role::figure) != innermost().end();
}

char const* Structure::type() const noexcept {
    return draws_artifacts() ? "/Artifact" : type_name(innermost().back());
}

void Structure::at_page(Page const& page) {
    auto& part = parts_[current_];
    if (part.page == &page) return;
    part.page = &page;
    if (pages_.empty() || pages_.back() != &page) pages_.push_back(&page);
    say(TagEvent::Kind::page, pages_.size() - 1);
}

void Structure::content(Page const& page, std::size_t number) {
    at_page(page);
    say(TagEvent::Kind::content, number);
}

void Structure::enter_link(void const* key) {
    if (current_ == artifact || parts_[current_].link_key == key) return;
    open(Role::link);
    parts_[current_].link_key = key;
}

void Structure::leave_link() {
    if (current_ == artifact || parts_[current_].link_key == nullptr) return;
    parts_[current_].link_key = nullptr;
    close();
}

void Structure::link(Page const& page, std::size_t number) {
    if (!is_tagged_ || draws_artifacts()) return;
    at_page(page);
    say(TagEvent::Kind::link, number);
}

}  // namespace dossier::pdf
