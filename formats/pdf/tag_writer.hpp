// The tag tree as PDF objects.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "object_streams.hpp"
#include "structure.hpp"

namespace dossier::pdf {

/// An annotation in the file.
struct AnnotationObject {
    std::uint32_t number = 0;  ///< of the object; 0: the link leads nowhere and was left out
    std::uint32_t key = 0;     ///< its StructParent
};

/// A page in the file.
struct PageObject {
    std::uint32_t number = 0;                   ///< of the object
    std::uint32_t key = 0;                      ///< its StructParents
    std::size_t n_marks = 0;                    ///< marked contents that belong to elements
    std::vector<AnnotationObject> annotations;  ///< by the number of the page's link
};

class TagWriter {
public:
    /// @param structures  one after another they make the document
    /// @param n_keys      StructParent(s) in use are less than this
    TagWriter(std::vector<Structure const*> structures, std::unordered_map<Page const*, PageObject> const& pages,
              std::size_t n_keys);

    /// Objects that write() will add. The first is the root of the tree.
    [[nodiscard]] std::size_t n_objects() const noexcept { return n_objects_; }
    /// @param first  the number of the root; the other objects follow
    void write(std::uint32_t first, ObjectStreams& out);

private:
    struct Element {
        std::uint32_t number = 0;
        Role role{};
        std::string children;
        std::string const* alternative = nullptr;
        Page const* page = nullptr;  ///< on which it begins
        bool leads_somewhere = false;
    };
    /// The elements that marked contents of a page belong to.
    struct PageParents {
        std::vector<std::uint32_t> of_marks;
        std::size_t n_known = 0;
        std::uint32_t number = 0;  ///< of the object that says them; 0: it is not written yet
    };
    void walk(Structure const& structure, Structure::Part part, ObjectStreams& out);
    void open(Role role);
    void close(ObjectStreams& out);
    void add_content(Page const* page, std::uint32_t number, ObjectStreams& out);
    void add_link(Page const* page, std::uint32_t number);
    void write_document(ObjectStreams& out);
    void write_parents_of(PageParents& parents, ObjectStreams& out);
    void write_parents(ObjectStreams& out);

    std::vector<Structure const*> structures_;
    std::unordered_map<Page const*, PageObject> const& pages_;
    std::vector<PageParents> parents_;             ///< by StructParents key
    std::vector<std::uint32_t> parents_of_links_;  ///< by StructParent key; 0: not a link's key
    std::vector<Element> open_;
    std::size_t n_objects_ = 0;
    std::uint32_t root_ = 0, next_number_ = 0;
};

}  // namespace dossier::pdf
