// Page furniture: the words by which menus, newsletter blocks, related links, comment forms and footers are known.
//
// General English web vocabulary, as data. Nothing here is taken from any one page.
#pragma once

#include <string>
#include <string_view>

namespace dossier::sources {

/// All `text` arguments are comparable() (unicode.hpp).

/// Which of the phrases below stand in a text: what each of them costs alone, all cost together.
struct FurniturePhrases {
    bool strong = false;           ///< has_furniture_phrase()
    bool weak = false;             ///< has_weak_furniture_phrase()
    bool publisher_voice = false;  ///< has_publisher_voice()
    bool paywall = false;          ///< is_paywall_phrase()
};
[[nodiscard]] FurniturePhrases furniture_phrases_in(std::string_view text);

/// A line that is furniture as it stands, or begins as furniture does: "skip to main content", "read also: …".
[[nodiscard]] bool is_furniture_line(std::string_view text);
/// False of nearly all sentences, by their first letters. @param folded  in any case
[[nodiscard]] bool may_be_furniture_line(std::string_view folded);

/// A phrase that only furniture has, whatever stands around it: "your email address will not be published".
[[nodiscard]] bool has_furniture_phrase(std::string_view text);

/// A phrase that makes a short passage furniture: "newsletter", "sign up", "contact us today".
[[nodiscard]] bool has_weak_furniture_phrase(std::string_view text);

/// The publisher speaks to its readers of its own offers: "enjoyed this?", "keep you updated", "join 5,000 readers".
[[nodiscard]] bool has_publisher_voice(std::string_view text);

/// An order to the reader: begins with "join", "sign", "get", "download" …
[[nodiscard]] bool begins_as_appeal(std::string_view text);

/// Links of a menu on one line: "News | Sport | About us".
[[nodiscard]] bool is_menu_line(std::string_view text);

/// What only the site's own menu says: "home", "search", "log in".
[[nodiscard]] bool is_menu_word(std::string_view text);

/// What a heading says about the part of the page below it.
enum class SectionOpening {
    none,
    links,   ///< "recent posts": short lines that follow are furniture, until running text comes
    closing  ///< "leave a reply", "references": below the text, near the end of a page, all that follows is furniture
};
[[nodiscard]] SectionOpening section_opened_by(std::string_view heading);

/// One of those headings that may as well head running text of the article: "Sources", "Notes".
[[nodiscard]] bool may_head_text(std::string_view heading);

/// The rest of the article is for subscribers.
[[nodiscard]] bool is_paywall_phrase(std::string_view text);
/// The page that was captured is a consent dialog or a robot check.
[[nodiscard]] bool is_wall_phrase(std::string_view text);

/// Class and id names of HTML elements, as written.
[[nodiscard]] bool names_furniture(std::string_view class_and_id);
/// What readers wrote below the article.
[[nodiscard]] bool names_comments(std::string_view class_and_id);
[[nodiscard]] bool names_article_text(std::string_view class_and_id);
/// Words below a picture, or the list of a gallery's pictures.
[[nodiscard]] bool names_caption(std::string_view class_and_id);
[[nodiscard]] bool names_byline(std::string_view class_and_id);

}  // namespace dossier::sources
