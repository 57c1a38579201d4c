// <dossier/plugin.hpp> where a plugin author's mistake, or a newer host, would otherwise do harm.
#include <gtest/gtest.h>
#include <dossier/plugin.hpp>

#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

/// What reached the host's error function.
struct Heard {
    dossier_status status = DOSSIER_OK;
    std::string message, option;
};

dossier_host host_that_hears(Heard& heard) {
    dossier_host host{};
    host.size = sizeof host;
    host.context = &heard;
    host.error = [](void* context, dossier_status status, dossier_text message, dossier_text option) {
        *static_cast<Heard*>(context) = {status, std::string(dossier::view(message)),
                                         std::string(dossier::view(option))};
    };
    return host;
}

TEST(PluginLayer, AnExceptionIsNeverTakenForSuccess) {
    for (auto const status : {dossier_status{DOSSIER_OK}, dossier_status{DOSSIER_DONE}}) {
        Heard heard;
        auto const host = host_that_hears(heard);
        auto const came_to = dossier::detail::guarded(&host, [&] { throw dossier::PluginError("no", status); });
        EXPECT_EQ(came_to, DOSSIER_FAILED);
        EXPECT_EQ(heard.status, DOSSIER_FAILED);
    }
}

TEST(PluginLayer, ExceptionsBecomeTheHostsMessage) {
    Heard heard;
    auto const host = host_that_hears(heard);
    EXPECT_EQ(dossier::detail::guarded(&host, [] { throw std::out_of_range("too far"); }), DOSSIER_FAILED);
    EXPECT_EQ(heard.message, "too far");
    EXPECT_EQ(dossier::detail::guarded(&host, [] { throw 42; }), DOSSIER_FAILED);
    EXPECT_EQ(heard.message, "an exception of unknown type");
    EXPECT_EQ(dossier::detail::guarded(&host, [] { throw dossier::PluginError("bad", DOSSIER_BAD_OPTION, "enough"); }),
              DOSSIER_BAD_OPTION);
    EXPECT_EQ(heard.option, "enough");
}

TEST(PluginLayer, WhatTheHostStoppedHasNoMessageOfItsOwn) {
    Heard heard;
    auto const host = host_that_hears(heard);
    EXPECT_EQ(dossier::detail::guarded(&host, [] { throw dossier::Stopped(DOSSIER_CANCELLED); }), DOSSIER_CANCELLED);
    EXPECT_TRUE(heard.message.empty());
}

TEST(PluginLayer, ARealThatNoIntegerHoldsReadsAsZero) {
    dossier_value values[3] = {};
    for (auto& value : values)
        value.type = DOSSIER_REAL;
    values[0].real = 1e300, values[1].real = -9223372036854775808.0, values[2].real = 2.9;
    dossier::Row const row(values, 3);
    EXPECT_EQ(row.integer(0), 0);
    EXPECT_EQ(row.integer(1), INT64_MIN);
    EXPECT_EQ(row.integer(2), 2);
    EXPECT_THROW((void)row.integer(3), dossier::PluginError);
}

TEST(PluginLayer, ParametersTakeEveryWholeNumber) {
    EXPECT_EQ(dossier::Parameter(std::size_t{7}).value().integer, 7);
    EXPECT_EQ(dossier::Parameter(7u).value().integer, 7);
    EXPECT_EQ(dossier::Parameter(-7).value().type, static_cast<std::uint32_t>(DOSSIER_INTEGER));
    EXPECT_EQ(dossier::Parameter(7.5).value().type, static_cast<std::uint32_t>(DOSSIER_REAL));
    EXPECT_EQ(dossier::Parameter("7").value().type, static_cast<std::uint32_t>(DOSSIER_TEXT));
}

/// `entries` as a newer host would lay them out: each 16 bytes longer.
template <class Struct>
std::vector<char> grown(std::vector<Struct> const& entries) {
    std::size_t const stride = sizeof(Struct) + 16;
    std::vector<char> bytes(entries.size() * stride, '\xA5');
    for (std::size_t i = 0; i < entries.size(); ++i) {
        auto entry = entries[i];
        entry.size = stride;
        std::memcpy(bytes.data() + i * stride, &entry, sizeof entry);
    }
    return bytes;
}

TEST(PluginLayer, ArraysOfANewerHostAreWalkedByTheirOwnStride) {
    std::vector<dossier_option_value> values(3);
    std::vector<dossier_column> columns(3);
    std::string const names[] = {"a", "b", "c"};
    for (std::size_t i = 0; i < 3; ++i) {
        values[i].key = columns[i].key = dossier::as_text(names[i]);
        values[i].value.type = DOSSIER_INTEGER;
        values[i].value.integer = static_cast<std::int64_t>(i);
    }
    auto const value_bytes = grown(values), column_bytes = grown(columns);
    dossier::OptionValues const options(reinterpret_cast<dossier_option_value const*>(value_bytes.data()), 3);
    EXPECT_EQ(options.integer("c"), 2);
    dossier_table table{};
    table.size = sizeof table;
    table.columns = reinterpret_cast<dossier_column const*>(column_bytes.data());
    table.n_columns = 3;
    auto const read = dossier::columns_of(table);
    ASSERT_EQ(read.size(), 3u);
    EXPECT_EQ(dossier::view(read[2]->key), "c");
}

}  // namespace
