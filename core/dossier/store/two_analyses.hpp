// Two analyses, side by side: what both have is read in the order of its keys and merged.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/store/analysis_file.hpp"

namespace dossier {

/// A row as it stands; null where one of the two has none.
struct RowPair {
    Query const* before;
    Query const* after;

    [[nodiscard]] bool both() const noexcept { return before != nullptr && after != nullptr; }
    [[nodiscard]] Query const& any() const noexcept { return after != nullptr ? *after : *before; }
    /// Whether a column differs; only asked of pairs that are both there.
    [[nodiscard]] bool differs(int column) const {
        if (before->has_number_of(*after, column)) return false;  // a number becomes a text slowly
        return before->is_null(column) != after->is_null(column) || before->text(column) != after->text(column);
    }
};

/// nullopt: there is no row, or the value is NULL.
inline std::optional<std::string> value_in(Query const* row, int column) {
    if (row == nullptr || row->is_null(column)) return std::nullopt;
    return std::string(row->text(column));
}

class TwoAnalyses {
public:
    TwoAnalyses(AnalysisFile& before, AnalysisFile& after) : before_(before), after_(after) {}

    [[nodiscard]] AnalysisFile& before() noexcept { return before_; }
    [[nodiscard]] AnalysisFile& after() noexcept { return after_; }
    [[nodiscard]] bool both_have(std::string const& view, std::string_view column) {
        return before_.has(view, column) && after_.has(view, column);
    }
    /// "prefix.a, NULL, prefix.c": NULL for what only one of them has, so that it never differs.
    [[nodiscard]] std::string columns(std::string const& view, std::vector<std::string_view> const& names,
                                      std::string_view prefix = {}) {
        std::string list;
        for (auto const name : names) {
            list += list.empty() ? "" : ", ";
            if (both_have(view, name))
                list.append(prefix).append("\"").append(name).append("\"");
            else
                list += "NULL";
        }
        return list;
    }

    /// Runs a query on both and hands on the rows in the order of their first columns, those with equal keys together.
    /// @param sql     ordered by its first `n_keys` columns, which are texts and name no row twice
    /// @param of      what ?1 in it stands for
    template <class Take>
    void merge(std::string const& sql, int n_keys, Take const& take, std::string_view of = {}) {
        Query before(before_, sql), after(after_, sql);
        merge(before, after, n_keys, take, of);
    }
    /// The same with queries that are asked again and again.
    template <class Take>
    static void merge(Query& before, Query& after, int n_keys, Take const& take, std::string_view of = {}) {
        if (!of.empty()) before.with(of), after.with(of);
        bool more_before = before.next(), more_after = after.next();
        while (more_before || more_after) {
            int const order = !more_before ? 1 : !more_after ? -1 : compare(before, after, n_keys);
            take(RowPair{order <= 0 ? &before : nullptr, order >= 0 ? &after : nullptr});
            if (order <= 0) more_before = before.next();
            if (order >= 0) more_after = after.next();
        }
    }

private:
    static int compare(Query const& before, Query const& after, int n_keys) {
        for (int i = 0; i < n_keys; ++i)
            if (int const order = before.text(i).compare(after.text(i)); order != 0) return order;
        return 0;
    }

    AnalysisFile& before_;
    AnalysisFile& after_;
};

}  // namespace dossier
