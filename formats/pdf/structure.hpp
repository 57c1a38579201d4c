// What is on the pages, for readers that do not look at them: the tree of tags, as it is said while pages are drawn.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace dossier::pdf {

class Page;

/// The standard structure types of PDF 1.7 that documents are made of.
enum class Role : std::uint8_t {
    section,
    heading_1,  ///< the five others follow
    heading_2,
    heading_3,
    heading_4,
    heading_5,
    heading_6,
    paragraph,
    bullets,
    numbers,
    item,
    label,
    item_body,
    block_quote,
    note,
    division,  ///< a callout
    table,
    row,
    column_head,
    cell,
    figure,
    caption,
    link,
    contents,
    contents_entry
};
Role heading_role(int level) noexcept;

/// One step in saying the tree. Many million of them may be held.
struct TagEvent {
    enum class Kind : std::uint8_t {
        open,         ///< value: Role
        close,        ///< the innermost element
        alternative,  ///< text that stands for the open element; value: number in Structure::texts()
        page,         ///< what follows is on this page; value: number in Structure::pages()
        content,      ///< marked content; value: its number on the page
        link,         ///< an annotation; value: its number among the page's links
        part          ///< a part said elsewhere belongs here; value: its number
    };
    constexpr TagEvent(Kind kind, std::size_t value)
        : bits_((static_cast<std::uint32_t>(kind) << value_bits) | (static_cast<std::uint32_t>(value) & value_mask)) {}
    [[nodiscard]] Kind kind() const noexcept { return static_cast<Kind>(bits_ >> value_bits); }
    [[nodiscard]] std::uint32_t value() const noexcept { return bits_ & value_mask; }

private:
    static constexpr int value_bits = 28;
    static constexpr std::uint32_t value_mask = (1u << value_bits) - 1;
    std::uint32_t bits_;
};

/// The tree is said in reading order. What is drawn belongs to the element that is open at the time; pages ask with
/// place() whether that has changed. A heading that waits for what follows it is a part of its own: inserted where it
/// is said, drawn later.
class Structure {
public:
    using Part = std::uint32_t;
    static constexpr Part main_part = 0;
    static constexpr Part artifact = ~Part{0};  ///< what is drawn is furniture and has no place in the tree

    /// @param is_tagged  false: nobody wants the tree. It is not kept, and pages mark nothing
    explicit Structure(bool is_tagged);
    Structure(Structure const&) = delete;
    Structure& operator=(Structure const&) = delete;

    void open(Role role);
    /// @param alternative  what the picture shows, in words
    void open_figure(std::string alternative);
    void close();
    void close_all();

    /// A new part: filled by switch_to, put into the tree by insert, each once.
    Part new_part();
    void insert(Part part);
    /// What follows goes into `part`. @return the part before
    Part switch_to(Part part);

    // ---- For pages
    [[nodiscard]] bool is_tagged() const noexcept { return is_tagged_; }
    /// Changes whenever what is drawn next belongs to another element. Never 0.
    [[nodiscard]] std::uint64_t place() const noexcept { return current_ == artifact ? artifact_place : place_; }
    [[nodiscard]] bool draws_artifacts() const noexcept { return current_ == artifact || innermost().empty(); }
    /// True where lines and areas are what is said, not decoration.
    [[nodiscard]] bool draws_a_figure() const noexcept;
    /// The type of the innermost open element, as in "/P".
    [[nodiscard]] char const* type() const noexcept;
    void content(Page const& page, std::size_t number);
    /// Opens a link unless the one with this key is open already, so that a link over two lines stays one.
    void enter_link(void const* key);
    void leave_link();
    void link(Page const& page, std::size_t number);

    // ---- For the file
    [[nodiscard]] std::vector<TagEvent> const& events(Part part) const { return parts_.at(part).events; }
    [[nodiscard]] std::vector<Page const*> const& pages() const noexcept { return pages_; }
    [[nodiscard]] std::vector<std::string> const& texts() const noexcept { return texts_; }
    [[nodiscard]] std::size_t n_elements() const noexcept { return n_elements_; }

private:
    static constexpr std::uint64_t artifact_place = ~std::uint64_t{0};
    struct PartRecord {
        std::vector<TagEvent> events;
        std::vector<Role> open;
        Page const* page = nullptr;
        void const* link_key = nullptr;  ///< of the link that is open
    };
    [[nodiscard]] std::vector<Role> const& innermost() const noexcept { return parts_[current_].open; }
    void say(TagEvent::Kind kind, std::size_t value = 0) {
        if (is_tagged_) parts_[current_].events.emplace_back(kind, value);
    }
    void at_page(Page const& page);

    bool is_tagged_;
    std::vector<PartRecord> parts_;
    Part current_ = main_part;
    std::uint64_t place_ = 1;
    std::size_t n_elements_ = 0;
    std::vector<Page const*> pages_;
    std::vector<std::string> texts_;
};

/// "/H1", "/TD", …
char const* type_name(Role role) noexcept;

/// An element, open while this lives.
class Tag {
public:
    Tag(Structure& structure, Role role) : structure_(structure) { structure.open(role); }
    Tag(Tag const&) = delete;
    Tag& operator=(Tag const&) = delete;
    ~Tag() { structure_.close(); }

private:
    Structure& structure_;
};

/// While this lives, what is drawn belongs to another part, or is an artifact.
class DrawnAs {
public:
    DrawnAs(Structure& structure, Structure::Part part) : structure_(structure), before_(structure.switch_to(part)) {}
    DrawnAs(DrawnAs const&) = delete;
    DrawnAs& operator=(DrawnAs const&) = delete;
    ~DrawnAs() { structure_.switch_to(before_); }

private:
    Structure& structure_;
    Structure::Part before_;
};

}  // namespace dossier::pdf
