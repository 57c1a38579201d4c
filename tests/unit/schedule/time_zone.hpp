// A time zone for the length of a test.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <optional>
#include <string>

namespace dossier::test {

/// Sets TZ of this process, and puts back what it was.
class TimeZone {
public:
    explicit TimeZone(std::string const& name) {
        if (char const* const before = std::getenv("TZ")) before_ = before;
        ::setenv("TZ", name.c_str(), 1);
        ::tzset();
    }
    ~TimeZone() {
        if (before_)
            ::setenv("TZ", before_->c_str(), 1);
        else
            ::unsetenv("TZ");
        ::tzset();
    }
    TimeZone(TimeZone const&) = delete;
    TimeZone& operator=(TimeZone const&) = delete;

private:
    std::optional<std::string> before_;
};

/// Unix time of a moment of UTC.
inline std::int64_t utc(int year, int month, int day, int hour = 0, int minute = 0, int second = 0) {
    std::tm moment{};
    moment.tm_year = year - 1900;
    moment.tm_mon = month - 1;
    moment.tm_mday = day;
    moment.tm_hour = hour;
    moment.tm_min = minute;
    moment.tm_sec = second;
    return ::timegm(&moment);
}

}  // namespace dossier::test
