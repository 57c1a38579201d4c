// How the columns of a table share its width. Knows lengths only: neither words nor pages.
#pragma once

#include <vector>

namespace dossier::pdf {

inline constexpr double padding_of_size = 0.5;  ///< left and right of a cell, in type sizes

/// How the columns of a table share its width.
struct ColumnPlan {
    std::vector<double> widths;  ///< with padding
    double size = 8;             ///< of the type
    bool landscape = false;
};

/// What a column wants, in points at the type size it was measured at, without padding.
struct ColumnWish {
    double narrowest = 0;          ///< longest part that should not be broken
    double comfortable = 0;        ///< below this it reads badly
    double widest = 0;             ///< everything on one line
    double mean = 0;               ///< of its cells on one line, empty ones counted as 0
    bool is_text = true;           ///< takes spare room
    std::vector<double> sample{};  ///< its head and some of its cells on one line each; the same rows in all columns
};

/// Widths for the wishes: smaller type before turned pages, turned pages before broken words.
/// @param size     type size the wishes were measured at
/// @param upright, turned  room on either page; turned <= 0: pages must not turn
ColumnPlan plan_columns(std::vector<ColumnWish> const& wishes, double size, double upright, double turned);

}  // namespace dossier::pdf
