#include "results.hpp"

#include <algorithm>
#include <cstdio>

#include "dossier/plugin/utf8.hpp"

namespace dossier::check {
namespace {

std::string subject_of(Result const& result) {
    if (!result.component) return {};
    return std::string(name_of(result.component->kind)) + " `" + result.component->name + "` ";
}

char const* word_of(Result::Outcome outcome) {
    switch (outcome) {
        case Result::Outcome::ok: return "ok    ";
        case Result::Outcome::failed: return "FAILED";
        case Result::Outcome::not_applicable:
        case Result::Outcome::not_tried: break;
    }
    return "-     ";
}

std::size_t count(std::vector<Result> const& results, Result::Outcome outcome) {
    return static_cast<std::size_t>(
        std::count_if(results.begin(), results.end(), [&](Result const& one) { return one.outcome == outcome; }));
}

std::string xml(std::string_view text) {
    std::string escaped;
    for (char const c : printable(text, 100'000))
        switch (c) {
            case '<': escaped += "&lt;"; break;
            case '>': escaped += "&gt;"; break;
            case '&': escaped += "&amp;"; break;
            case '"': escaped += "&quot;"; break;
            case '\n': escaped += "&#10;"; break;
            default: escaped += c;
        }
    return escaped;
}

std::string seconds_text(double seconds) {
    char text[32];
    std::snprintf(text, sizeof text, "%.3f", seconds);
    return text;
}

std::string test_case_of(Result const& result) {
    std::string text = "  <testcase classname=\"" + std::string(result.rule->code) + "\" name=\"" +
                       xml(subject_of(result) + result.rule->title) + "\" time=\"" + seconds_text(result.seconds) +
                       "\"";
    switch (result.outcome) {
        case Result::Outcome::ok: return text + "/>\n";
        case Result::Outcome::failed: return text + "><failure message=\"" + xml(result.sentence) + "\"/></testcase>\n";
        case Result::Outcome::not_applicable:
        case Result::Outcome::not_tried: break;
    }
    return text + "><skipped message=\"" + xml(result.sentence) + "\"/></testcase>\n";
}

}  // namespace

std::string line_of(Result const& result) {
    auto text =
        std::string(result.rule->code) + " " + word_of(result.outcome) + " " + subject_of(result) + result.rule->title;
    if (!result.sentence.empty()) text += ": " + printable(result.sentence, 4000);
    std::replace(text.begin(), text.end(), '\n', ' ');
    return text;
}

std::string sum_of(std::vector<Result> const& results) {
    auto text = std::to_string(count(results, Result::Outcome::ok)) + " kept, " +
                std::to_string(count(results, Result::Outcome::failed)) + " broken";
    if (auto const n = count(results, Result::Outcome::not_tried); n != 0)
        text += ", " + std::to_string(n) + " not tried";
    if (auto const n = count(results, Result::Outcome::not_applicable); n != 0)
        text += ", " + std::to_string(n) + " do not apply";
    return text;
}

std::string junit_of(std::vector<Result> const& results, std::string const& plugin_path) {
    auto const skipped = count(results, Result::Outcome::not_tried) + count(results, Result::Outcome::not_applicable);
    std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"" + xml(plugin_path) +
                       "\" tests=\"" + std::to_string(results.size()) + "\" failures=\"" +
                       std::to_string(count(results, Result::Outcome::failed)) + "\" skipped=\"" +
                       std::to_string(skipped) + "\">\n";
    for (auto const& result : results)
        text += test_case_of(result);
    return text + "</testsuite>\n";
}

}  // namespace dossier::check
