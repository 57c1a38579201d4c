// accuracy TOPIC [--markdown] [--known FILE]: prints one line per figure: set, metric, part, figure, target, pass or short.
// Exit status 1 if a figure falls short of its target, 77 if the labelled data is not there. Figures that FILE names are
// known to fall short: they fail below what was reached, and where they pass, since then the line is to go.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <locale>
#include <map>
#include <sstream>
#include <string>
#include <string_view>

#include "accuracy.hpp"

namespace accuracy {
namespace {

struct Entry {
    std::string topic;
    int order;
    Measure measure;
};

std::vector<Entry>& entries() {
    static std::vector<Entry> all;
    return all;
}

char const* name_of(Part part) noexcept {
    switch (part) {
        case Part::tuned: return "tuned";
        case Part::aside: return "aside";
        case Part::all: return "all";
    }
    return "";
}

/// A bar in a cell of a Markdown table.
std::string escaped(std::string const& text) {
    std::string cell;
    for (char const c : text)
        cell += c == '|' ? std::string("\\|") : std::string(1, c);
    return cell;
}

void print(Figure const& figure, bool markdown) {
    char const* const verdict = !figure.counts ? "-" : figure.value >= figure.target ? "pass" : "falls short";
    char target[32] = "-";
    if (figure.counts) std::snprintf(target, sizeof target, "%.3f", figure.target);
    std::printf(markdown ? "| `%s` | %s | %s | %.3f | %s | %s | %zu | %s |\n"
                         : "%-34s %-34s %-6s %7.3f  target %-7s %-12s n=%-6zu %s\n",
                figure.set.c_str(), figure.metric.c_str(), name_of(figure.part), figure.value, target, verdict,
                figure.n, (markdown ? escaped(figure.note) : figure.note).c_str());
    std::fflush(stdout);
}

/// What was reached, by "set | metric | part".
using Known = std::map<std::string, double>;

std::string name_of(Figure const& figure) {
    return figure.set + " | " + figure.metric + " | " + name_of(figure.part);
}

/// Lines "set | metric | part | floor"; others begin with '#'.
Known read_known(char const* path) {
    Known known;
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        auto const bar = line.rfind(" | ");
        if (line.empty() || line[0] == '#' || bar == std::string::npos) continue;
        std::istringstream number(line.substr(bar + 3));
        number.imbue(std::locale::classic());
        number >> known[line.substr(0, bar)];
    }
    return known;
}

/// Whether the figure is as good as it is to be.
bool holds(Figure const& figure, Known const& known) {
    if (!figure.counts) return true;
    bool const reached = figure.value >= figure.target;
    auto const entry = known.find(name_of(figure));
    if (entry == known.end()) return reached;
    if (reached) std::printf("  passes now: its line among the known ones is to go\n");
    return !reached && figure.value >= entry->second;
}

}  // namespace

Registered::Registered(std::string topic, int order, Measure measure) {
    entries().push_back({std::move(topic), order, measure});
}

bool is_kept_aside(std::string_view name) noexcept {
    unsigned hash = 2166136261u;
    for (char const c : name)
        hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
    return hash % 3 == 0;
}

}  // namespace accuracy

int main(int argc, char** argv) {
    using namespace accuracy;
    std::string_view topic;
    bool markdown = false;
    Known known;
    for (int i = 1; i < argc; ++i) {
        if (std::string_view(argv[i]) == "--markdown")
            markdown = true;
        else if (std::string_view(argv[i]) == "--known" && i + 1 < argc)
            known = read_known(argv[++i]);
        else
            topic = argv[i];
    }
    auto chosen = entries();
    std::erase_if(chosen, [&](Entry const& entry) { return entry.topic != topic; });
    std::sort(chosen.begin(), chosen.end(), [](Entry const& a, Entry const& b) { return a.order < b.order; });
    if (chosen.empty()) {
        std::fprintf(stderr, "usage: accuracy TOPIC [--markdown] [--known FILE]\n");
        return 2;
    }
    auto const corpora = std::filesystem::path(DOSSIER_SOURCE_DIR) / ".." / "shared" / "corpora";
    if (!std::filesystem::exists(corpora)) {
        std::printf("skipped: %s is not there\n", corpora.c_str());
        return 77;
    }
    bool all_hold = true;
    for (auto const& entry : chosen)
        for (auto const& figure : entry.measure(corpora)) {
            print(figure, markdown);
            all_hold &= holds(figure, known);
        }
    return all_hold ? 0 : 1;
}
