// Memory that ran out where no exception may tell: in calls that a C library makes.
#pragma once

namespace dossier::formats {

/// While one workbook is written, by one thread: whether something of it could not be kept. libxlsxwriter does not always
/// look. A shortage of the workbook before does not count.
class ShortageWatch {
public:
    ShortageWatch() noexcept { happened_ = false; }
    [[nodiscard]] bool saw_any() const noexcept { return happened_; }
    static void report() noexcept { happened_ = true; }

private:
    // Aligned like what stands behind it: mold 1.10 may else begin the part that is made read-only in a page that is not there.
    alignas(8) inline static thread_local bool happened_ = false;
};

}  // namespace dossier::formats
