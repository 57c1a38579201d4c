#include "dossier/plugin/frames.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "dossier/plugin/utf8.hpp"

namespace {

using dossier::FrameKind;
using dossier::FrameReader;

TEST(FrameReader, CutsFramesOutOfAStreamThatComesByteByByte) {
    std::string stream;
    dossier::put_frame(stream, FrameKind::bytes, "one");
    dossier::put_frame(stream, FrameKind::log, "");
    dossier::put_frame(stream, FrameKind::end, "three");
    FrameReader reader;
    std::vector<std::string> payloads;
    for (char const byte : stream) {
        reader.add({&byte, 1});
        while (auto const frame = reader.next())
            payloads.emplace_back(frame->payload);
    }
    EXPECT_EQ(payloads, (std::vector<std::string>{"one", "", "three"}));
    EXPECT_FALSE(reader.has_rest());
}

TEST(FrameReader, RefusesWhatIsNoFrame) {
    FrameReader unknown;
    unknown.add("hello, world");
    EXPECT_FALSE(unknown.next());
    EXPECT_TRUE(unknown.broken());
    FrameReader huge;
    huge.add(std::string("\5\xFF\xFF\xFF\xFF", 5));
    EXPECT_FALSE(huge.next());
    EXPECT_TRUE(huge.broken()) << "nobody waits for 4 GiB";
}

dossier::WorkRequest request() {
    dossier::WorkRequest made;
    made.mode = dossier::WorkMode::format;
    made.plugin_path = "/a/b.so", made.plugin_size = 12345, made.plugin_sha256 = "abc";
    made.abi_major = 1, made.abi_minor = 2, made.plugin_name = "b", made.plugin_version = "1.0";
    made.provides = {{dossier::ComponentKind::format, "b"}};
    made.component = "b";
    made.options = {{"a", true}, {"b", std::int64_t{-7}}, {"c", 0.25}, {"d", std::string("text")}};
    made.analysis_database = "/a/analysis.sqlite";
    made.seconds = 1.5, made.memory_bytes = 1 << 20, made.allow_unsandboxed = true;
    return made;
}

TEST(WorkRequest, ArrivesAsItWasSent) {
    auto const bytes = dossier::encode_request(request());
    auto const back = dossier::decode_request(bytes);
    ASSERT_TRUE(back);
    EXPECT_EQ(dossier::encode_request(*back), bytes);
    EXPECT_EQ(back->component, "b");
    EXPECT_EQ(std::get<std::int64_t>(back->options[1].value), -7);
    EXPECT_EQ(std::get<double>(back->options[2].value), 0.25);
    EXPECT_TRUE(back->allow_unsandboxed);
    EXPECT_FALSE(dossier::decode_request(bytes.substr(1)));
    EXPECT_FALSE(dossier::decode_request(bytes + "x"));
}

dossier::ComponentDescription component() {
    dossier::ComponentDescription made;
    made.kind = dossier::ComponentKind::format, made.name = "pdf", made.summary = "Pages.";
    made.carries = 5, made.media_type = "application/pdf", made.several_files = true;
    dossier::OptionDeclaration option;
    option.key = "paper", option.type = dossier::OptionType::text, option.fallback = std::string("a4");
    option.choices = {"a4", "letter"};
    option.doc = "Paper size.";
    made.options = {option};
    return made;
}

TEST(Description, ArrivesAsItWasSent) {
    auto const bytes = dossier::encode_description({component()});
    auto const back = dossier::decode_description(bytes);
    ASSERT_TRUE(back);
    EXPECT_EQ(dossier::encode_description(*back), bytes);
    EXPECT_EQ(back->front().options.front().choices.back(), "letter");
}

TEST(Description, IsRefusedWhereADeclarationContradictsItself) {
    auto const refused = [](auto const& spoil) {
        auto spoilt = component();
        spoil(spoilt);
        return !dossier::decode_description(dossier::encode_description({spoilt}));
    };
    EXPECT_TRUE(refused([](auto& c) { c.name = "PDF"; }));
    EXPECT_TRUE(refused([](auto& c) { c.summary = "\xFF"; }));
    EXPECT_TRUE(refused([](auto& c) { c.options[0].key = "Paper"; }));
    EXPECT_TRUE(refused([](auto& c) { c.options.push_back(c.options[0]); }));
    EXPECT_TRUE(refused([](auto& c) { c.options[0].fallback = std::string("a3"); }));
    EXPECT_TRUE(refused([](auto& c) { c.options[0].fallback = std::int64_t{4}; }));
    EXPECT_TRUE(refused([](auto& c) {
        c.options[0].type = dossier::OptionType::integer, c.options[0].fallback = std::int64_t{4};
        c.options[0].minimum = 5, c.options[0].maximum = 9;
    }));
    EXPECT_FALSE(refused([](auto&) {}));
}

TEST(Description, TakesAnyBytesAtAll) {
    auto const good = dossier::encode_description({component()});
    std::mt19937 random(11);
    for (std::size_t size = 0; size < good.size(); ++size)
        EXPECT_FALSE(dossier::decode_description(good.substr(0, size)));
    for (int i = 0; i < 5000; ++i) {
        auto bytes = good;
        bytes[random() % bytes.size()] = static_cast<char>(random());
        (void)dossier::decode_description(bytes);
        (void)dossier::decode_request(bytes);
        (void)dossier::decode_error(bytes);
    }
}

TEST(Utf8, KnowsWellFormedBytes) {
    for (char const* const good : {"", "abc", "é", "€", "😀", "\xEF\xBF\xBF", "\xF4\x8F\xBF\xBF", "twelve bytes and é"})
        EXPECT_TRUE(dossier::is_utf8(good)) << good;
    for (char const* const bad : {"\x80", "\xC0\xAF", "\xC1\xBF", "\xE0\x80\x80", "\xED\xA0\x80", "\xF0\x80\x80\x80",
                                  "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xC3", "\xE2\x82", "twelve bytes\xFF"})
        EXPECT_FALSE(dossier::is_utf8(bad)) << dossier::printable(bad, 99);
}

TEST(Printable, ShowsWhatTerminalsWouldObey) {
    EXPECT_EQ(dossier::printable("a\x1B[31mb\xFF", 99), "a\\x1B[31mb\\xFF");
    EXPECT_EQ(dossier::printable("\xE2\x80\xAE"
                                 "evil",
                                 99),
              "\\xE2\\x80\\xAE"
              "evil");
    EXPECT_EQ(dossier::printable("é\n≥", 99), "é\n≥");
    EXPECT_EQ(dossier::printable("abcdef", 3), "abc …");
}

}  // namespace
