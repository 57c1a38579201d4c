#include "dossier/sources/title_in_text.hpp"

#include <algorithm>
#include <array>
#include <deque>

#include "dossier/model/byte_masks.hpp"
#include "dossier/sources/page_furniture.hpp"
#include "dossier/sources/unicode.hpp"
#include "dossier/sources/word_numbers.hpp"

namespace dossier::sources {
namespace {

constexpr std::size_t near_text = 15;  // blocks above the text among which the title is sought first
constexpr std::size_t far_from_text = 40;
constexpr long words_against_a_stretch = 6;  // of running text, for a line of another kind in it

using Features = BlockFeatures;

constexpr auto title_labels = std::to_array<std::string_view>({"post:", "title:", "article:", "headline:"});

// A line above the text of a capture that may be its title.
struct TitleCandidate {
    std::string text;
    std::size_t block = 0, words = 0;
    int score = 0;
    bool repeated = false;
};

// Which content words of some lines stand in the text, too: those of its title do, those of a menu do not.
class SharedWords {
public:
    void add_line(std::string_view comparable_line) {
        for_each_stem(comparable_line, [&](std::string_view stem) { stems_.add(stem); });
        seen_.resize(stems_.size() + 1);
    }
    /// @pre the lines were added
    void read(std::string_view comparable_text) {
        for_each_stem(comparable_text, [&](std::string_view stem) { seen_[stems_.find(stem)] = true; });
    }
    /// Share of the content words of a line that the text has; 0 for a line that has none.
    [[nodiscard]] double share_of(std::string_view comparable_line) const {
        std::size_t n = 0, known = 0;
        for_each_stem(comparable_line, [&](std::string_view stem) {
            ++n;
            auto const number = stems_.find(stem);
            known += number != 0 && seen_[number];
        });
        return n > 0 ? static_cast<double>(known) / static_cast<double>(n) : 0.0;
    }

private:
    template <typename Take>
    static void for_each_stem(std::string_view text, Take const& take) {
        constexpr auto is_part = [](ByteBlock c) {
            auto const sign = (c == '.') | (c == ',') | (c == ';') | (c == ':') | (c == '!') | (c == '?') | (c == '/');
            return ~((c == ' ') | (c == 0) | sign | (c == '(') | (c == ')') | (c == '"') | (c == '\'') | (c == '-') |
                     (c == '|'));
        };
        for_each_run(text, is_part, [&](std::size_t begin, std::size_t end) {
            if (end - begin >= 4) take(text.substr(begin, std::min<std::size_t>(end - begin, 6)));
            return true;
        });
    }
    WordNumbers stems_;
    std::vector<bool> seen_;  // by number of the stem
};

// The lines before the text, and what stands among them.
class TitleSearch {
public:
    TitleSearch(std::vector<Block> const& blocks, std::vector<Features> const& features)
        : blocks_(blocks), features_(features) {
        find_text();
        collect();
    }

    std::string best() {
        lower_what_stands_above_a_menu();
        lower_what_stands_far_above_the_text();
        raise_what_stands_above_the_byline();
        weigh_shared_words();
        TitleCandidate const* best = nullptr;
        for (auto const& candidate : candidates_)
            if (candidate.score > (best ? best->score : 0)) best = &candidate;
        return best ? best->text : std::string();
    }

private:
    // The stretch that has most words of running text, each short line in it counted against it: teasers among the menus
    // of a page are no begin of its article.
    void find_text() {
        long sum = 0, best = 0;
        std::size_t begin = 0;
        head_ = blocks_.size();
        for (std::size_t i = 0; i < blocks_.size(); ++i) {
            auto const& f = features_[i];
            bool const running = is_running_text(blocks_[i], f);
            if (sum <= 0) {
                sum = 0;
                begin = i;
            }
            sum += running ? static_cast<long>(std::min<std::size_t>(f.words, 200)) : -words_against_a_stretch;
            if (sum <= best) continue;
            best = sum;
            head_ = begin;
            text_ends_ = i;
        }
    }

    void collect() {
        std::size_t short_lines = 0;
        for (std::size_t i = head_ - std::min(head_, longest_head); i < head_; ++i) {
            auto const& f = features_[i];
            if (is_running_text(blocks_[i], f)) continue;
            short_lines = f.words <= 3 && !f.terminated ? short_lines + 1 : 0;
            // Four short lines in a row are a menu, too.
            if (is_menu_word(f.text) || is_menu_line(f.text) || short_lines >= 4) menu_ends_ = i;
            if (is_publication_line(f, trimmed(blocks_[i].text.text())))
                byline_ = std::min(byline_, i);
            else
                take(i, f);
        }
    }

    // A title shares words with its text; a line that comes again and does not is a menu's.
    void weigh_shared_words() {
        if (candidates_.empty()) return;
        SharedWords shared;
        for (auto const& candidate : candidates_)
            shared.add_line(comparable(candidate.text.substr(0, looked_at_bytes)));
        std::size_t words = 0;
        for (std::size_t i = head_; i < blocks_.size() && i <= text_ends_ && words < 600; ++i) {
            if (!is_running_text(blocks_[i], features_[i])) continue;
            shared.read(features_[i].text);
            words += features_[i].words;
        }
        for (auto& candidate : candidates_) {
            auto const share = shared.share_of(comparable(candidate.text.substr(0, looked_at_bytes)));
            candidate.score += share >= 0.75 ? 4 : share >= 0.5 ? 2 : share >= 0.25 ? 0 : -2;
            if (candidate.repeated) candidate.score += share >= 0.5 ? 6 : 2;
        }
    }

    void take(std::size_t i, Features const& f) {
        auto const whole = trimmed(blocks_[i].text.text());
        auto const line = without_title_label(whole);
        bool const labelled = line.size() != whole.size();
        bool const sentence = f.terminated && !f.question;
        if (f.words < 2 || f.words > 30 || sentence || f.foreign || blocks_[i].kind == BlockKind::list_item) return;
        if (!labelled && (f.furniture || section_opened_by(f.text) != SectionOpening::none)) return;
        int score = f.words >= 5 ? 5 : f.words == 4 ? 4 : f.words == 3 ? 2 : 1;
        if (labelled) score += 8;
        bool const repeated = f.words >= 3 && times(comparable(line)) >= 2;
        if (f.weak) score -= 3;
        candidates_.push_back({folded(line), i, f.words, score, repeated});
    }

    /// How many short lines of the document say the same, a label before it left out.
    std::size_t times(std::string const& comparable_line) {
        if (short_lines_.empty()) collect_short_lines();
        auto const [begin, end] = std::equal_range(short_lines_.begin(), short_lines_.end(), comparable_line);
        return static_cast<std::size_t>(end - begin);
    }

    void collect_short_lines() {
        short_lines_.reserve(blocks_.size());
        for (std::size_t i = 0; i < blocks_.size(); ++i) {
            std::string_view const text = blocks_[i].text.text();
            if (text.size() > 300) continue;
            auto const line = without_title_label(text);
            if (line.size() == text.size())
                short_lines_.emplace_back(features_[i].text);
            else
                short_lines_.emplace_back(unlabelled_.emplace_back(comparable(line)));
        }
        std::sort(short_lines_.begin(), short_lines_.end());
    }

    // The site's name and its motto stand above its menu, the title of an article below.
    void lower_what_stands_above_a_menu() {
        for (auto& candidate : candidates_)
            if (candidate.block < menu_ends_) candidate.score -= candidate.block <= 1 ? 2 : 1;
    }

    void lower_what_stands_far_above_the_text() {
        if (head_ <= near_text) return;
        for (auto& candidate : candidates_)
            if (candidate.block + near_text < head_) candidate.score -= candidate.block + far_from_text < head_ ? 5 : 3;
    }

    void raise_what_stands_above_the_byline() {
        for (std::size_t k = 0; k < candidates_.size(); ++k)
            if (is_above_byline(k) && candidates_[k].words >= 3 && !sums_up(k)) candidates_[k].score += 2;
    }

    // Directly, or with a short line between them that may be the author's name alone.
    bool is_above_byline(std::size_t k) const noexcept {
        auto const at = candidates_[k].block;
        if (at + 1 == byline_) return candidates_[k].words >= 5 || k == 0 || candidates_[k - 1].block + 1 != at;
        return at + 2 == byline_ && k + 1 < candidates_.size() && candidates_[k + 1].block == at + 1 &&
               candidates_[k + 1].words < 5;
    }

    // A line between title and byline that says in more words what the article is about. What stands above the title may
    // also be the motto below the site's name.
    bool sums_up(std::size_t k) const noexcept {
        if (k == 0) return false;
        auto const &line = candidates_[k], &above = candidates_[k - 1], &first = candidates_.front();
        if (above.block == 1 && first.block == 0 && first.words <= 3) return false;
        return line.words > 14 || (above.words >= 6 && line.words * 5 >= above.words * 7);
    }

    std::vector<Block> const& blocks_;
    std::vector<Features> const& features_;
    std::vector<std::string_view> short_lines_;  // comparable, sorted
    std::deque<std::string> unlabelled_;         // those without their label
    std::vector<TitleCandidate> candidates_;
    std::size_t menu_ends_ = 0;
    std::size_t head_ = 0;       // number of blocks above the text
    std::size_t text_ends_ = 0;  // its last block
    std::size_t byline_ = std::string::npos;
};

}  // namespace

std::string_view without_title_label(std::string_view line) noexcept {
    for (auto const label : title_labels)
        if (line.size() > label.size() && line[label.size() - 1] == label.back() &&
            ascii_lower(line.substr(0, label.size())) == label)
            return trimmed(line.substr(label.size()));
    return line;
}

std::string title_in_text(Document const& document, std::vector<BlockFeatures> const& features) {
    return TitleSearch(document.blocks, features).best();
}

}  // namespace dossier::sources
