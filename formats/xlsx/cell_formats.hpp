// How cells look, as libxlsxwriter has it.
#pragma once

#include <xlsxwriter.h>

#include <cstdint>
#include <map>
#include <tuple>

#include "recorded_table.hpp"

namespace dossier::formats {

enum class Role { body, link, head, title, subtitle };

/// The formats of a workbook, each made when it is first asked for.
class CellFormats {
public:
    explicit CellFormats(lxw_workbook* workbook) noexcept : workbook_(workbook) {}
    /// Belongs to the workbook.
    [[nodiscard]] lxw_format* operator()(Role role, CellLook const& look = {});

private:
    [[nodiscard]] lxw_format* make(Role role, CellLook const& look) const;

    using Key = std::tuple<Role, NumberShape, std::uint8_t, Tint, bool, bool>;
    lxw_workbook* workbook_;
    std::map<Key, lxw_format*> made_;
};

}  // namespace dossier::formats
