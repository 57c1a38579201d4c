#include "dossier/schedule/crontab.hpp"

#include <algorithm>
#include <cstdint>

#include "dossier/diagnostics/display_text.hpp"

namespace dossier {
namespace {

std::string base64(std::string_view bytes) {
    constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        auto const n = std::min<std::size_t>(3, bytes.size() - at);
        std::uint32_t group = 0;
        for (std::size_t i = 0; i < 3; ++i)
            group = group << 8 | (i < n ? static_cast<unsigned char>(bytes[at + i]) : 0U);
        for (std::size_t i = 0; i < 4; ++i)
            text += i <= n ? digits[group >> (18 - 6 * i) & 63] : '=';
    }
    return text;
}

/// One word of a shell command in a crontab, where an unescaped % ends the command.
std::string shell_word(std::string_view word) {
    constexpr auto plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./";
    if (!word.empty() && word.find_first_not_of(plain) == std::string_view::npos) return std::string(word);
    // Implementations of cron differ in what they make of a backslash: none is written.
    if (word.find('\\') != std::string_view::npos) return "\"$(echo " + base64(word) + " | base64 -d)\"";
    std::string text = "'";
    for (char const c : word) {
        if (c == '\'')
            text += "'\"'\"'";
        else if (c == '%')
            text += "\\%";
        else
            text += c;
    }
    return text + "'";
}

/// What the days of the month that only some months have need: cron cannot name a last day.
std::string guard_of(Schedule const& schedule) {
    if (schedule.day_of_month <= 28) return "";
    auto const day = std::to_string(schedule.day_of_month);
    std::string const is_the_day = "[ \"$(date +\\%d)\" -eq " + day + " ]";
    std::string const is_the_last =
        "[ \"$(date +\\%d)\" -lt " + day + " -a \"$(date -d '12:00 tomorrow' +\\%d)\" = 01 ]";
    return "{ " + is_the_day + " || " + is_the_last + "; } && ";
}

std::string command_line(ScheduledRun const& run) {
    std::string line;
    for (auto const& word : command_of(run))
        line += (line.empty() ? "" : " ") + shell_word(word);
    return line;
}

/// "0 6 * * 1,4"
std::string times_of(Schedule const& schedule) {
    auto const time = std::to_string(schedule.minute) + " " + std::to_string(schedule.hour) + " ";
    if (schedule.day_of_month > 28) return time + "28-31 * *";
    if (schedule.day_of_month != 0) return time + std::to_string(schedule.day_of_month) + " * *";
    if (schedule.weekdays == every_weekday) return time + "* * *";
    std::string days;
    for (unsigned weekday = 0; weekday < 7; ++weekday)
        if ((schedule.weekdays >> weekday & 1U) != 0)
            days += (days.empty() ? "" : ",") + std::to_string((weekday + 1) % 7);  // cron counts from Sunday
    return time + "* * " + days;
}

std::string tag_of(std::filesystem::path const& job) {
    return " # dossier schedule " + unit_name(job);
}

}  // namespace

std::optional<std::string> crontab_lines(ScheduledRun const& run) {
    auto const tag = tag_of(run.job);
    auto const command = guard_of(run.schedule) + command_line(run) + tag;
    if (command.size() > longest_cron_command) return std::nullopt;
    return "# \"" + display_text(run.job.string()) + "\", " + description_of(run.schedule) + tag + "\n" +
           times_of(run.schedule) + " " + command + "\n";
}

std::string without_job(std::string_view crontab, std::filesystem::path const& job) {
    auto const tag = tag_of(job);
    std::string rest;
    while (!crontab.empty()) {
        auto const end = crontab.find('\n');
        auto const line = crontab.substr(0, end);
        auto const whole = crontab.substr(0, end == std::string_view::npos ? end : end + 1);
        if (!line.ends_with(tag)) rest += whole;
        crontab.remove_prefix(whole.size());
    }
    return rest;
}

std::string with_job(std::string_view crontab, std::filesystem::path const& job, std::string const& lines) {
    auto table = without_job(crontab, job);
    if (!table.empty() && !table.ends_with('\n')) table += '\n';
    return table + lines;
}

}  // namespace dossier
