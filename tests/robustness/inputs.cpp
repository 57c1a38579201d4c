#include "robustness/inputs.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <stdexcept>
#include <string_view>

namespace dossier::test {
namespace {

namespace fs = std::filesystem;

constexpr char const* job_toml = R"(
[job]
title = "Blue light in the evening"
as_of = 2026-04-01

[sources]
include = ["articles/*"]
manifest = "sources.toml"

[registry]
file = "claims.toml"

[[output]]
reports = ["stance-table", "consensus"]
format = "markdown"
file = "report.md"

[[output]]
reports = ["stance-table"]
format = "csv"
file = "tables"
)";

constexpr char const* claims_toml = R"(
[registry]
title = "Blue light in the evening"
about = ["blue light", "screens"]

[[claim]]
id = "delays-sleep"
statement = "Blue light in the evening delays sleep."
supports = ["delay* … sleep"]

[[claim]]
id = "harms-eyes"
statement = "Blue light from screens harms the eyes."
supports = ["{harm*|damage*} … eyes"]
)";

constexpr char const* sources_toml = R"(
[[source]]
path = "articles/good.txt"
author = "Una Brightwell"

[[source]]
path = "articles/gone.txt"
author = "Nobody"
)";

constexpr char const* good_text =
    "Blue light and sleep\n\n"
    "Blue light from a screen in the evening delays sleep by about ten minutes, a small trial has found. "
    "The volunteers read on a tablet for an hour before they went to bed.\n\n"
    "The same group found that blue light does not damage the eyes at the brightness of a telephone. "
    "They measured the retina of every volunteer before and after the trial.\n";

constexpr char const* good_markdown =
    "---\ntitle: A week without screens\ndate: 2026-02-01\n---\n\n# A week without screens\n\n"
    "Blue light delays sleep, and anybody who has spent a night with a telephone knows it. "
    "I left mine in the kitchen for a week and slept as I had not slept for years.\n";

constexpr char const* german_text =
    "Blaues Licht am Abend\n\n"
    "Blaues Licht verzögert das Einschlafen, sagen die Forscherinnen der Universität, die eine Woche lang vierzig "
    "Freiwillige beobachtet haben. Die Wirkung war allerdings klein und verschwand bei älteren Menschen ganz. "
    "Für die Augen ist das Licht der Bildschirme nach allem, was man heute weiß, nicht schädlich.\n";

constexpr char const* truncated_html =
    "<!DOCTYPE html>\n<html lang=\"en\"><head><title>Screens and eyes</title></head>\n<body><article>\n"
    "<h1>Screens and eyes</h1>\n<p>Blue light from screens does not harm the eyes, an ophthalmologist told this "
    "magazine last week. She has looked after people who work at screens for thirty years.</p>\n"
    "<p>What tires the eyes is that people forget to blink, and <a href=\"https://exam";

void write(fs::path const& file, std::string_view bytes) {
    std::ofstream stream(file, std::ios::binary);
    stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (!stream.flush()) throw std::runtime_error("cannot write " + file.string());
}

void write_line(fs::path const& file, std::size_t n_bytes) {
    std::string block;
    while (block.size() < (std::size_t{1} << 20))
        block += "Blue light delays sleep and nobody ever ends the line ";
    std::ofstream stream(file, std::ios::binary);
    for (std::size_t written = 0; written < n_bytes; written += block.size())
        stream.write(block.data(), static_cast<std::streamsize>(std::min(block.size(), n_bytes - written)));
    if (!stream.flush()) throw std::runtime_error("cannot write " + file.string());
}

std::string binary_bytes() {
    std::string bytes =
        "\x7f"
        "ELF\x02\x01\x01";
    for (unsigned i = 0; i < 4096; ++i)
        bytes += static_cast<char>((i * 37u + (i >> 3u)) & 0xffu);
    return bytes;
}

/// UTF-8 for the most part, so that no legacy encoding explains it, with bytes in between that are none.
std::string invalid_utf8() {
    return std::string(good_text) + "The café’s own “study” – 40 guests, ≥ 18 years – was not published. " +
           "A stray byte \xff here, a lone surrogate \xed\xa0\x80 there, and an overlong slash \xc0\xaf at the end.\n";
}

}  // namespace

BadInputs write_bad_inputs(fs::path const& folder, std::size_t huge_line_bytes) {
    auto const articles = folder / "articles";
    fs::create_directories(articles);
    write(folder / "job.toml", job_toml);
    write(folder / "claims.toml", claims_toml);
    write(folder / "sources.toml", sources_toml);
    write(articles / "good.txt", good_text);
    write(articles / "good-week.md", good_markdown);

    BadInputs bad{folder / "job.toml", {}, {"good", "good-week"}};
    auto const add = [&](char const* name, char const* what, char const* code, Fate fate) {
        bad.inputs.push_back({std::string("articles/") + name, what, code, fate});
        return articles / name;
    };
    add("gone.txt", "named in sources.toml, not there", "DOS0320", Fate::absent);
    write(add("empty.txt", "empty file", "DOS0303", Fate::not_assessable), "");
    write(add("binary.txt", "binary file", "DOS0304", Fate::not_assessable), binary_bytes());
    write(add("invalid.txt", "invalid UTF-8", "DOS0305", Fate::assessed), invalid_utf8());
    write(add("german.txt", "article in another language", "DOS0306", Fate::not_assessable), german_text);
    write_line(add("huge.txt", "one line of many megabytes", "DOS0302", Fate::not_assessable), huge_line_bytes);
    write(add("cut.html", "HTML that ends within a tag", "DOS0310", Fate::assessed), truncated_html);

    auto const pipe = add("pipe.txt", "named pipe", "DOS0301", Fate::not_assessable);
    if (mkfifo(pipe.c_str(), 0600) != 0) throw std::runtime_error("cannot make " + pipe.string());
    fs::create_symlink("loop.txt", add("loop.txt", "symbolic link to itself", "DOS0301", Fate::not_assessable));
    fs::create_symlink("nowhere.txt", add("dangling.txt", "symbolic link to nothing", "DOS0301", Fate::not_assessable));
    fs::create_directory_symlink(".", articles / "again");  // a walk that follows it never ends; no article, no message

    if (geteuid() != 0) {  // root may read anything
        auto const locked = add("locked.txt", "file without read permission", "DOS0301", Fate::not_assessable);
        write(locked, good_text);
        fs::permissions(locked, fs::perms::none);
    }
    return bad;
}

}  // namespace dossier::test
