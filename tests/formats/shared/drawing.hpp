// An SVG drawing as a reader of XML sees it.
#pragma once

#include <libxml/parser.h>

#include <algorithm>
#include <cstdlib>
#include <pugixml.hpp>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace dossier::test {

/// True if libxml2 finds nothing wrong with it.
inline bool is_well_formed(std::string const& xml) {
    auto* const document = xmlReadMemory(xml.data(), static_cast<int>(xml.size()), "chart.svg", "UTF-8",
                                         XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_HUGE);
    if (document == nullptr) return false;
    xmlFreeDoc(document);
    return true;
}

struct Spot {
    double x = 0, y = 0;
};

/// One element: where it is, and in which ink ("cf-blue": filled, "cs-blue": stroked).
struct Mark {
    std::string name, ink, words, anchor;
    double x = 0, y = 0, width = 0, height = 0;  ///< rectangles; x and y also of text
    double radius = 0;                           ///< circles, whose middle is x, y
    double thickness = 0, size = 8.36;
    std::vector<Spot> spots;  ///< of paths

    [[nodiscard]] bool is(std::string const& element, std::string const& in_ink) const {
        return name == element && ink == in_ink;
    }
    [[nodiscard]] double right() const { return x + width; }
    [[nodiscard]] double middle_x() const { return x + width / 2; }
    [[nodiscard]] double middle_y() const { return y + height / 2; }
};

inline std::vector<Spot> spots_of(std::string path) {
    std::replace_if(
        path.begin(), path.end(), [](char c) { return c == 'M' || c == 'L' || c == 'Z'; }, ' ');
    std::istringstream in(path);
    std::vector<Spot> spots;
    for (Spot spot; in >> spot.x >> spot.y;)
        spots.push_back(spot);
    return spots;
}

class Drawing {
public:
    explicit Drawing(std::string const& svg) {
        auto const result = document_.load_buffer(svg.data(), svg.size(), pugi::parse_default | pugi::parse_ws_pcdata);
        if (!result || !is_well_formed(svg)) throw std::runtime_error("not XML: " + svg.substr(0, 2000));
        root_ = document_.child("svg");
        std::istringstream box(root_.attribute("viewBox").value());
        double x = 0, y = 0;
        box >> x >> y >> width_ >> height_;
        for (auto const element : root_.children())
            if (element.attribute("class")) marks_.push_back(mark_of(element));
    }

    [[nodiscard]] pugi::xml_node root() const { return root_; }
    [[nodiscard]] double width() const { return width_; }
    [[nodiscard]] double height() const { return height_; }
    [[nodiscard]] std::vector<Mark> const& marks() const { return marks_; }
    template <class Wanted>
    [[nodiscard]] std::vector<Mark> where(Wanted wanted) const {
        std::vector<Mark> found;
        std::copy_if(marks_.begin(), marks_.end(), std::back_inserter(found), wanted);
        return found;
    }
    [[nodiscard]] std::vector<Mark> all(std::string const& element, std::string const& ink) const {
        return where([&](Mark const& mark) { return mark.is(element, ink); });
    }
    [[nodiscard]] Mark text(std::string const& words) const {
        auto const found = where([&](Mark const& mark) { return mark.name == "text" && mark.words == words; });
        return found.empty() ? throw std::runtime_error("not written: " + words) : found.front();
    }
    /// All that is written, a blank between.
    [[nodiscard]] std::string words() const {
        std::string words;
        for (auto const& mark : marks_)
            if (mark.name == "text") words += mark.words + " ";
        return words;
    }

private:
    static Mark mark_of(pugi::xml_node element) {
        auto const number = [&](char const* name, double otherwise = 0) {
            return element.attribute(name) ? std::strtod(element.attribute(name).value(), nullptr) : otherwise;
        };
        Mark mark;
        mark.name = element.name(), mark.ink = element.attribute("class").value();
        mark.words = element.child_value(), mark.anchor = element.attribute("text-anchor").value();
        mark.x = number("x", number("cx")), mark.y = number("y", number("cy"));
        mark.width = number("width"), mark.height = number("height"), mark.radius = number("r");
        mark.thickness = number("stroke-width"), mark.size = number("font-size", 8.36);
        mark.spots = spots_of(element.attribute("d").value());
        return mark;
    }
    pugi::xml_document document_;
    pugi::xml_node root_;
    double width_ = 0, height_ = 0;
    std::vector<Mark> marks_;
};

}  // namespace dossier::test
