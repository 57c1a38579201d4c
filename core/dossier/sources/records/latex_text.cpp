#include "dossier/sources/records/latex_text.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "dossier/sources/document.hpp"
#include "dossier/sources/unicode.hpp"

namespace dossier::sources {
namespace {

/// Accent commands as combining marks, which follow their letter.
constexpr auto accents = std::to_array<std::pair<char, std::string_view>>({
    {'`', "\u0300"},
    {'\'', "\u0301"},
    {'^', "\u0302"},
    {'~', "\u0303"},
    {'=', "\u0304"},
    {'u', "\u0306"},
    {'.', "\u0307"},
    {'"', "\u0308"},
    {'r', "\u030A"},
    {'H', "\u030B"},
    {'v', "\u030C"},
    {'d', "\u0323"},
    {'c', "\u0327"},
    {'k', "\u0328"},
});

constexpr auto symbols = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"AA", "Å"},
    {"AE", "Æ"},
    {"DH", "Ð"},
    {"L", "Ł"},
    {"O", "Ø"},
    {"OE", "Œ"},
    {"TH", "Þ"},
    {"aa", "å"},
    {"ae", "æ"},
    {"dh", "ð"},
    {"i", "ı"},
    {"j", "ȷ"},
    {"l", "ł"},
    {"o", "ø"},
    {"oe", "œ"},
    {"ss", "ß"},
    {"th", "þ"},
    {"textless", "<"},
    {"textgreater", ">"},
    {"textbar", "|"},
    {"textbackslash", "\\"},
    {"textasciitilde", "~"},
    {"textasciicircum", "^"},
    {"textunderscore", "_"},
    {"textendash", "–"},
    {"textemdash", "—"},
    {"textquoteleft", "‘"},
    {"textquoteright", "’"},
    {"textquotedblleft", "“"},
    {"textquotedblright", "”"},
    {"textquotesingle", "'"},
    {"textquotedbl", "\""},
    {"textdegree", "°"},
    {"textdegreecentigrade", "°C"},
    {"textcelsius", "°C"},
    {"textmu", "µ"},
    {"textpm", "±"},
    {"texttimes", "×"},
    {"textregistered", "®"},
    {"texttrademark", "™"},
    {"textcopyright", "©"},
    {"textperiodcentered", "·"},
    {"textbullet", "•"},
    {"textellipsis", "…"},
    {"ldots", "…"},
    {"dots", "…"},
    {"textonehalf", "½"},
    {"guillemotleft", "«"},
    {"guillemotright", "»"},
    {"S", "§"},
    {"P", "¶"},
    {"copyright", "©"},
    {"pounds", "£"},
    {"texteuro", "€"},
    {"pm", "±"},
    {"mp", "∓"},
    {"times", "×"},
    {"div", "÷"},
    {"cdot", "·"},
    {"le", "≤"},
    {"leq", "≤"},
    {"ge", "≥"},
    {"geq", "≥"},
    {"ne", "≠"},
    {"neq", "≠"},
    {"approx", "≈"},
    {"sim", "∼"},
    {"lt", "<"},
    {"gt", ">"},
    {"infty", "∞"},
    {"circ", "°"},
    {"degree", "°"},
    {"rightarrow", "→"},
    {"leftarrow", "←"},
    {"to", "→"},
    {"alpha", "α"},
    {"beta", "β"},
    {"gamma", "γ"},
    {"delta", "δ"},
    {"epsilon", "ε"},
    {"varepsilon", "ε"},
    {"zeta", "ζ"},
    {"eta", "η"},
    {"theta", "θ"},
    {"kappa", "κ"},
    {"lambda", "λ"},
    {"mu", "μ"},
    {"nu", "ν"},
    {"pi", "π"},
    {"rho", "ρ"},
    {"sigma", "σ"},
    {"tau", "τ"},
    {"phi", "φ"},
    {"chi", "χ"},
    {"psi", "ψ"},
    {"omega", "ω"},
    {"Delta", "Δ"},
    {"Gamma", "Γ"},
    {"Omega", "Ω"},
    {"Sigma", "Σ"},
});

/// Commands whose argument is for the eye only.
constexpr auto dropped_with_argument =
    std::to_array<std::string_view>({"vphantom", "hphantom", "phantom", "hspace", "vspace", "label"});

template <std::size_t N, typename Key>
std::string_view value_of(std::array<std::pair<Key, std::string_view>, N> const& table, Key key) {
    for (auto const& [name, value] : table)
        if (name == key) return value;
    return {};
}

class LatexReader {
public:
    LatexReader(MappedText& to, std::string_view latex, std::size_t origin) noexcept
        : to_(to), latex_(latex), origin_(origin) {}

    void read() {
        while (at_ < latex_.size() && to_.n_pieces() <= max_entities) {
            auto const special = std::min(latex_.find_first_of("\\{}~$-`'", at_), latex_.size());
            to_.append(latex_.substr(at_, special - at_), origin_ + at_);
            at_ = special;
            if (at_ < latex_.size()) read_special();
        }
    }

private:
    void read_special() {
        switch (latex_[at_]) {
            case '\\': return read_command();
            case '{':
            case '}':
            case '$': ++at_; return;
            case '~': return resolve(" ", 1);
            case '-': return read_dashes();
            default: return read_quotes();
        }
    }

    void read_dashes() {
        auto const run = std::min(latex_.find_first_not_of('-', at_), latex_.size()) - at_;
        if (run == 2) return resolve("–", 2);
        if (run == 3) return resolve("—", 3);
        keep(run);
    }

    void read_quotes() {
        char const quote = latex_[at_];
        if (latex_.substr(at_, 2) != std::string(2, quote)) return keep(1);
        // Databases write plain text, where two apostrophes are what they are; only LaTeX opens a quotation with "``".
        if (quote == '\'' && !quotation_) return keep(2);
        quotation_ = quote == '`';
        resolve(quotation_ ? "“" : "”", 2);
    }

    void read_command() {
        auto const begin = at_;
        auto name_end = begin + 1;
        while (name_end < latex_.size() && is_ascii_alpha(latex_[name_end]))
            ++name_end;
        auto const name = latex_.substr(begin + 1, name_end - begin - 1);
        if (name.empty()) return read_escape();
        if (name.size() == 1 && read_accent(name[0], name_end)) return;
        auto const symbol = value_of(symbols, name);
        at_ = name_end;
        if (at_ < latex_.size() && is_space(static_cast<unsigned char>(latex_[at_])) &&
            (symbol.empty() || latex_.substr(at_, 1) == " "))
            ++at_;  // it only ends the name
        if (!symbol.empty()) {
            to_.append_resolved(symbol, origin_ + begin, at_ - begin);
            return;
        }
        if (std::find(dropped_with_argument.begin(), dropped_with_argument.end(), name) != dropped_with_argument.end())
            skip_group();
    }

    // A backslash and a character that is no letter.
    void read_escape() {
        if (at_ + 1 >= latex_.size()) return keep(1);
        char const c = latex_[at_ + 1];
        if (read_accent(c, at_ + 2)) return;
        if (c == '\\' || c == ' ' || c == ',' || c == ';' || c == '/' || c == '-' || c == '\n') {
            if (c == '/' || c == '-') {
                at_ += 2;
                return;
            }
            return resolve(" ", 2);
        }
        if (static_cast<unsigned char>(c) >= 0x80) return keep(1);
        resolve(latex_.substr(at_ + 1, 1), 2);
    }

    // \"{o}, \"o, {\"o}, \v{c}, \v c, \'{\i}
    bool read_accent(char accent, std::size_t at) {
        auto const mark = value_of(accents, accent);
        if (mark.empty()) return false;
        bool const letter_command = is_ascii_alpha(accent);
        auto next = at;
        while (letter_command && next < latex_.size() && latex_[next] == ' ')
            ++next;
        bool const braced = next < latex_.size() && latex_[next] == '{';
        if (letter_command && !braced && next == at) return false;
        if (braced) ++next;
        if (next >= latex_.size()) return false;
        std::string base;
        if (latex_[next] == '\\' && next + 1 < latex_.size() && (latex_[next + 1] == 'i' || latex_[next + 1] == 'j')) {
            base = latex_[next + 1];
            next += 2;
        } else if (is_ascii_alpha(latex_[next])) {
            base = latex_[next++];
        } else {
            return false;
        }
        if (braced) {
            if (next >= latex_.size() || latex_[next] != '}') return false;
            ++next;
        }
        to_.append_resolved(folded(base + std::string(mark)), origin_ + at_, next - at_);
        at_ = next;
        return true;
    }

    void skip_group() noexcept {
        if (at_ >= latex_.size() || latex_[at_] != '{') return;
        std::size_t depth = 0;
        for (; at_ < latex_.size(); ++at_) {
            if (latex_[at_] == '\\') {
                at_ = std::min(at_ + 1, latex_.size() - 1);
                continue;
            }
            if (latex_[at_] == '{') ++depth;
            if (latex_[at_] == '}' && --depth == 0) break;
        }
        at_ = std::min(at_ + 1, latex_.size());
    }

    void resolve(std::string_view text, std::size_t length) {
        to_.append_resolved(text, origin_ + at_, length);
        at_ += length;
    }

    void keep(std::size_t length) {
        to_.append(latex_.substr(at_, length), origin_ + at_);
        at_ += length;
    }

    MappedText& to_;
    std::string_view latex_;
    std::size_t origin_, at_ = 0;
    bool quotation_ = false;
};

}  // namespace

void append_latex(MappedText& to, std::string_view latex, std::size_t origin) {
    LatexReader(to, latex, origin).read();
}

}  // namespace dossier::sources
