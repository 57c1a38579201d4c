#include "dossier/job/alert_condition.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <utility>

#include "dossier/claims/config_document.hpp"
#include "dossier/job/alert_measures.hpp"

namespace dossier {
namespace {

constexpr std::string_view bad_syntax = "DOS0281", unknown_measure = "DOS0282", bad_value = "DOS0283";

struct Token {
    enum class Kind { name, symbol, number, word, other, end };
    Kind kind = Kind::end;
    std::string_view text;  ///< of a word without its quotation marks
    std::size_t offset = 0, length = 0;
};

constexpr std::array<std::pair<std::string_view, AlertComparison>, 6> symbols{{{"<=", AlertComparison::at_most},
                                                                               {">=", AlertComparison::at_least},
                                                                               {"!=", AlertComparison::not_equal},
                                                                               {"<", AlertComparison::below},
                                                                               {">", AlertComparison::above},
                                                                               {"=", AlertComparison::equal}}};

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

class Tokens {
public:
    explicit Tokens(std::string_view text) : text_(text) {
        do
            all_.push_back(read());
        while (all_.back().kind != Token::Kind::end);
    }
    [[nodiscard]] Token const& next() const { return all_[at_]; }
    Token const& take() { return all_[is_at_end() ? at_ : at_++]; }
    [[nodiscard]] bool is_at_end() const { return all_[at_].kind == Token::Kind::end; }
    bool take_name(std::string_view name) {
        bool const is_it = next().kind == Token::Kind::name && next().text == name;
        if (is_it) take();
        return is_it;
    }

private:
    Token read() {
        while (offset_ < text_.size() && is_space(text_[offset_]))
            ++offset_;
        if (offset_ == text_.size()) return made(Token::Kind::end, 0);
        char const first = text_[offset_];
        auto const rest = text_.substr(offset_);
        if (is_letter(first))
            return made(Token::Kind::name,
                        length_of(rest, [](char c) { return is_letter(c) || is_digit(c) || c == '.'; }));
        if (is_digit(first) || first == '-' || first == '+' || first == '.')
            return made(Token::Kind::number, length_of(rest, [](char c) {
                            return is_letter(c) || is_digit(c) || c == '.' || c == '-' || c == '+' || c == '%';
                        }));
        if (first == '\'') return quoted(rest);
        for (auto const& symbol : symbols)
            if (rest.starts_with(symbol.first)) return made(Token::Kind::symbol, symbol.first.size());
        return made(Token::Kind::other,
                    length_of(rest, [](char c) { return !is_space(c) && !is_letter(c) && !is_digit(c) && c != '\''; }));
    }

    Token quoted(std::string_view rest) {
        auto const end = rest.find('\'', 1);
        if (end == std::string_view::npos) return made(Token::Kind::other, rest.size());
        auto token = made(Token::Kind::word, end + 1);
        token.text = rest.substr(1, end - 1);
        return token;
    }

    Token made(Token::Kind kind, std::size_t length) {
        Token const token{kind, text_.substr(offset_, length), offset_, length};
        offset_ += length;
        return token;
    }

    template <class Belongs>
    static std::size_t length_of(std::string_view text, Belongs const& belongs) {
        auto const end = std::find_if_not(text.begin(), text.end(), belongs);
        return std::max<std::size_t>(1, static_cast<std::size_t>(end - text.begin()));
    }

    std::string_view text_;
    std::size_t offset_ = 0;
    std::vector<Token> all_;
    std::size_t at_ = 0;
};

std::optional<double> number_of(std::string_view text) {
    double value = 0.0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
    return value;
}

class Parser {
public:
    explicit Parser(std::string_view text) : text_(text), tokens_(text) {}

    ParsedAlertCondition parse() {
        do {
            if (auto test = read_test()) {
                result_.condition.tests.push_back(std::move(*test));
            } else {
                skip_test();
            }
        } while (another());
        if (result_.condition.tests.size() > most_alert_tests)
            add(bad_syntax, 0, text_.size(),
                "a condition has at most " + std::to_string(most_alert_tests) + " tests; this one has " +
                    std::to_string(result_.condition.tests.size()),
                {"write several alerts"});
        return std::move(result_);
    }

private:
    void add(std::string_view code, std::size_t offset, std::size_t length, std::string message,
             std::vector<std::string> notes) {
        result_.errors.push_back({code, offset, length, std::move(message), std::move(notes)});
    }
    void add(std::string_view code, Token const& token, std::string message, std::vector<std::string> notes) {
        add(code, token.offset, token.length, std::move(message), std::move(notes));
    }

    /// Whether there is one more test to read. What stands between two tests other than "and" has been told already if the
    /// first of them was wrong.
    bool another() {
        if (tokens_.take_name("and")) return true;
        if (tokens_.is_at_end()) return false;
        auto const& token = tokens_.next();
        if (token.kind == Token::Kind::name && token.text == "or") {
            add(bad_syntax, token, "tests of numbers are joined by \"and\" only",
                {"write a second alert for the other test"});
        } else {
            add(bad_syntax, token, "here a test has ended, but " + in_quotes(token.text) + " follows",
                {"join tests by \"and\": supports < 3 and refutes > 3"});
        }
        tokens_.take();
        skip_test();
        return tokens_.take_name("and");
    }

    void skip_test() {
        while (!tokens_.is_at_end() && !(tokens_.next().kind == Token::Kind::name && tokens_.next().text == "and"))
            tokens_.take();
    }

    std::optional<AlertTest> read_test() {
        auto const name = tokens_.next();
        if (name.kind != Token::Kind::name) {
            add(bad_syntax, name,
                name.kind == Token::Kind::end ? std::string("a test is missing here")
                                              : "a test begins with what is measured, not with " + in_quotes(name.text),
                {"as in: direction_share < 0.5"});
            return std::nullopt;
        }
        tokens_.take();
        auto const* measure = find_alert_measure(name.text);
        if (measure == nullptr) {
            no_such_measure(name);
            return std::nullopt;
        }
        AlertTest test;
        test.measure = measure->name;
        bool const is_right = measure->is_number() ? read_number(*measure, test) : read_words(*measure, test);
        return is_right ? std::optional(std::move(test)) : std::nullopt;
    }

    void no_such_measure(Token const& name) {
        std::vector<std::string> names;
        for (auto const& measure : alert_measures())
            names.push_back(measure.name);
        add(unknown_measure, name,
            "nothing called " + in_quotes(name.text) + " can be measured" + did_you_mean(name.text, names),
            {listed("measures", names)});
    }

    bool read_number(AlertMeasure const& measure, AlertTest& test) {
        auto const symbol = tokens_.next();
        auto const known =
            std::find_if(symbols.begin(), symbols.end(), [&](auto const& pair) { return pair.first == symbol.text; });
        if (symbol.kind != Token::Kind::symbol || known == symbols.end()) {
            add(bad_syntax, symbol, measure.name + " is a number; compare it by <, <=, >, >=, = or !=",
                {"as in: " + measure.name + " > " + (measure.most <= 1 ? "0.5" : "3")});
            return false;
        }
        tokens_.take();
        auto const written = tokens_.next();
        auto const number = written.kind == Token::Kind::number ? number_of(written.text) : std::nullopt;
        if (!number) {
            add(bad_value, written,
                written.kind == Token::Kind::end ? measure.name + " " + std::string(symbol.text) + " lacks its number"
                                                 : in_quotes(written.text) + " is no number",
                {"write it with digits and a point: 3 or 0.5"});
            return false;
        }
        tokens_.take();
        if (*number < measure.least || *number > measure.most) {
            add(bad_value, written,
                measure.name + " is never " + shortest_text(*number) + ": it lies from " +
                    shortest_text(measure.least) +
                    (std::isfinite(measure.most) ? " to " + shortest_text(measure.most) : std::string(" up")),
                {});
            return false;
        }
        test.comparison = known->second;
        test.number = *number;
        return true;
    }

    bool read_words(AlertMeasure const& measure, AlertTest& test) {
        auto const is = tokens_.next();
        if (!tokens_.take_name("is")) {
            add(bad_syntax, is, measure.name + " is a word; ask whether it is, or is not, one",
                {"as in: " + measure.name + " is '" + measure.words.front() + "'"});
            return false;
        }
        test.comparison = tokens_.take_name("not") ? AlertComparison::is_not : AlertComparison::is;
        do
            if (!read_word(measure, test)) return false;
        while (tokens_.take_name("or"));
        return true;
    }

    bool read_word(AlertMeasure const& measure, AlertTest& test) {
        auto const word = tokens_.next();
        auto const known = listed("words", measure.words);
        if (word.kind != Token::Kind::word) {
            add(bad_value, word, "here stands no word in single quotation marks",
                {"as in: " + measure.name + " is '" + measure.words.front() + "'", known});
            return false;
        }
        tokens_.take();
        if (std::find(measure.words.begin(), measure.words.end(), word.text) == measure.words.end()) {
            add(bad_value, word,
                measure.name + " is never " + in_quotes(word.text) + did_you_mean(word.text, measure.words), {known});
            return false;
        }
        test.words.emplace_back(word.text);
        return true;
    }

    std::string_view text_;
    Tokens tokens_;
    ParsedAlertCondition result_;
};

std::string text_of(AlertTest const& test) {
    auto text = test.measure + " " + std::string(symbol_of(test.comparison));
    if (test.words.empty()) return text + " " + shortest_text(test.number);
    for (std::size_t i = 0; i < test.words.size(); ++i)
        text += (i == 0 ? " '" : " or '") + test.words[i] + "'";
    return text;
}

}  // namespace

ParsedAlertCondition parse_alert_condition(std::string_view text) {
    return Parser(text).parse();
}

std::string text_of(AlertCondition const& condition) {
    std::string text;
    for (auto const& test : condition.tests)
        text += (text.empty() ? "" : " and ") + text_of(test);
    return text;
}

std::string_view symbol_of(AlertComparison comparison) noexcept {
    if (comparison == AlertComparison::is) return "is";
    if (comparison == AlertComparison::is_not) return "is not";
    for (auto const& [symbol, meaning] : symbols)
        if (meaning == comparison) return symbol;
    return "";
}

std::string shortest_text(double number) {
    std::array<char, 32> buffer{};
    return {buffer.data(), std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr};
}

}  // namespace dossier
