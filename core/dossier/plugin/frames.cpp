#include "dossier/plugin/frames.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "dossier/model/bytes.hpp"
#include "dossier/plugin/utf8.hpp"

namespace dossier {
namespace {

constexpr std::size_t max_components = 256, max_options = 256, max_choices = 1024;
constexpr std::size_t max_text_bytes = 4096;

void put_scalar(std::string& bytes, OptionScalar const& value) {
    put(bytes, static_cast<std::uint8_t>(value.index()));
    if (auto const* boolean = std::get_if<bool>(&value)) put(bytes, static_cast<std::uint8_t>(*boolean));
    if (auto const* integer = std::get_if<std::int64_t>(&value)) put(bytes, *integer);
    if (auto const* real = std::get_if<double>(&value)) put(bytes, *real);
    if (auto const* text = std::get_if<std::string>(&value)) put_text(bytes, *text);
}

OptionScalar take_scalar(ByteReader& reader) {
    switch (reader.take<std::uint8_t>()) {
        case 0: return reader.take<std::uint8_t>() != 0;
        case 1: return reader.take<std::int64_t>();
        case 2: return reader.take<double>();
        default: return std::string(reader.take_text());
    }
}

void put_component(std::string& bytes, ProvidedComponent const& component) {
    put(bytes, static_cast<std::uint8_t>(component.kind));
    put_text(bytes, component.name);
}

ProvidedComponent take_component(ByteReader& reader) {
    auto const last = static_cast<std::uint8_t>(ComponentKind::engine);
    auto const kind = static_cast<ComponentKind>(std::min(reader.take<std::uint8_t>(), last));
    return {kind, std::string(reader.take_text())};
}

void put_option(std::string& bytes, OptionDeclaration const& option) {
    put_text(bytes, option.key);
    put(bytes, static_cast<std::uint8_t>(option.type));
    put_scalar(bytes, option.fallback);
    put(bytes, option.minimum), put(bytes, option.maximum);
    put(bytes, static_cast<std::uint32_t>(option.choices.size()));
    for (auto const& choice : option.choices)
        put_text(bytes, choice);
    put_text(bytes, option.doc);
}

OptionDeclaration take_option(ByteReader& reader) {
    OptionDeclaration option;
    option.key = reader.take_text();
    option.type = static_cast<OptionType>(std::min<std::uint8_t>(reader.take<std::uint8_t>(), 3));
    option.fallback = take_scalar(reader);
    option.minimum = reader.take<double>(), option.maximum = reader.take<double>();
    auto const n_choices = reader.take_count(4);
    for (std::size_t i = 0; i < n_choices; ++i)
        option.choices.emplace_back(reader.take_text());
    option.doc = reader.take_text();
    return option;
}

bool is_sound_text(std::string_view text) {
    return text.size() <= max_text_bytes && is_utf8(text);
}

bool has_its_type(OptionDeclaration const& option) {
    switch (option.type) {
        case OptionType::integer: return std::holds_alternative<std::int64_t>(option.fallback);
        case OptionType::real: return std::holds_alternative<double>(option.fallback);
        case OptionType::text: return std::holds_alternative<std::string>(option.fallback);
        case OptionType::boolean: return std::holds_alternative<bool>(option.fallback);
    }
    return false;
}

bool is_sound_default(OptionDeclaration const& option) {
    if (!has_its_type(option)) return false;
    if (auto const* text = std::get_if<std::string>(&option.fallback))
        return is_sound_text(*text) &&
               (option.choices.empty() ||
                std::find(option.choices.begin(), option.choices.end(), *text) != option.choices.end());
    double number = 0.0;
    if (auto const* integer = std::get_if<std::int64_t>(&option.fallback))
        number = static_cast<double>(*integer);
    else if (auto const* real = std::get_if<double>(&option.fallback))
        number = *real;
    else
        return true;
    return std::isfinite(number) && (!option.has_bounds() || (option.minimum <= number && number <= option.maximum));
}

bool is_sound(OptionDeclaration const& option) {
    return is_key(option.key) && is_sound_text(option.doc) && option.choices.size() <= max_choices &&
           !std::isnan(option.minimum) && !std::isnan(option.maximum) && is_sound_default(option) &&
           std::all_of(option.choices.begin(), option.choices.end(), is_sound_text);
}

bool is_sound(ComponentDescription const& component) {
    std::set<std::string_view> keys;
    return is_component_name(component.name) && is_sound_text(component.summary) &&
           is_sound_text(component.media_type) && component.options.size() <= max_options &&
           std::all_of(component.options.begin(), component.options.end(), [&](OptionDeclaration const& option) {
               return is_sound(option) && keys.insert(option.key).second;
           });
}

}  // namespace

void put_frame(std::string& bytes, FrameKind kind, std::string_view payload) {
    put(bytes, static_cast<unsigned char>(kind));
    put(bytes, static_cast<std::uint32_t>(payload.size()));
    bytes += payload;
}

std::optional<Frame> FrameReader::next() {
    auto const rest = std::string_view(buffer_).substr(used_);
    if (broken_ || rest.size() < frame_head_bytes) return std::nullopt;
    ByteReader head(rest);
    auto const kind = head.take<unsigned char>();
    auto const size = head.take<std::uint32_t>();
    broken_ = kind < static_cast<unsigned char>(FrameKind::request) ||
              kind > static_cast<unsigned char>(last_frame_kind) || size > max_frame_bytes;
    if (broken_ || rest.size() - frame_head_bytes < size) return std::nullopt;
    used_ += frame_head_bytes + size;
    return Frame{static_cast<FrameKind>(kind), rest.substr(frame_head_bytes, size)};
}

std::string encode_request(WorkRequest const& request) {
    std::string bytes;
    put(bytes, static_cast<std::uint32_t>(request.mode));
    put_text(bytes, request.plugin_path);
    put(bytes, request.plugin_size);
    put_text(bytes, request.plugin_sha256);
    put(bytes, static_cast<std::uint32_t>(request.abi_major)),
        put(bytes, static_cast<std::uint32_t>(request.abi_minor));
    put_text(bytes, request.plugin_name), put_text(bytes, request.plugin_version);
    put(bytes, static_cast<std::uint32_t>(request.provides.size()));
    for (auto const& component : request.provides)
        put_component(bytes, component);
    put_text(bytes, request.component);
    put(bytes, static_cast<std::uint32_t>(request.options.size()));
    for (auto const& option : request.options) {
        put_text(bytes, option.key);
        put_scalar(bytes, option.value);
    }
    put_text(bytes, request.analysis_database);
    put(bytes, request.seconds), put(bytes, request.memory_bytes);
    put(bytes, static_cast<std::uint8_t>(request.allow_unsandboxed));
    return bytes;
}

std::optional<WorkRequest> decode_request(std::string_view bytes) {
    ByteReader reader(bytes);
    WorkRequest request;
    request.mode =
        static_cast<WorkMode>(std::min(reader.take<std::uint32_t>(), static_cast<std::uint32_t>(last_work_mode)));
    request.plugin_path = reader.take_text();
    request.plugin_size = reader.take<std::uint64_t>();
    request.plugin_sha256 = reader.take_text();
    request.abi_major = reader.take<std::uint32_t>(), request.abi_minor = reader.take<std::uint32_t>();
    request.plugin_name = reader.take_text(), request.plugin_version = reader.take_text();
    auto const n_components = reader.take_count(5);
    for (std::size_t i = 0; i < n_components; ++i)
        request.provides.push_back(take_component(reader));
    request.component = reader.take_text();
    auto const n_options = reader.take_count(6);
    for (std::size_t i = 0; i < n_options; ++i) {
        auto key = std::string(reader.take_text());
        request.options.push_back({std::move(key), take_scalar(reader)});
    }
    request.analysis_database = reader.take_text();
    request.seconds = reader.take<double>(), request.memory_bytes = reader.take<std::uint64_t>();
    request.allow_unsandboxed = reader.take<std::uint8_t>() != 0;
    if (!reader.complete()) return std::nullopt;
    return request;
}

std::string encode_description(std::vector<ComponentDescription> const& components) {
    std::string bytes;
    put(bytes, static_cast<std::uint32_t>(components.size()));
    for (auto const& component : components) {
        put_component(bytes, {component.kind, component.name});
        put_text(bytes, component.summary);
        put(bytes, static_cast<std::uint32_t>(component.options.size()));
        for (auto const& option : component.options)
            put_option(bytes, option);
        put(bytes, component.carries);
        put_text(bytes, component.media_type);
        put(bytes, static_cast<std::uint8_t>(component.several_files));
    }
    return bytes;
}

std::optional<std::vector<ComponentDescription>> decode_description(std::string_view bytes) {
    ByteReader reader(bytes);
    std::vector<ComponentDescription> components;
    auto const n_components = reader.take_count(26);
    for (std::size_t i = 0; i < n_components; ++i) {
        ComponentDescription component;
        auto provided = take_component(reader);
        component.kind = provided.kind, component.name = std::move(provided.name);
        component.summary = reader.take_text();
        auto const n_options = reader.take_count(30);
        for (std::size_t j = 0; j < n_options; ++j)
            component.options.push_back(take_option(reader));
        component.carries = reader.take<std::uint64_t>();
        component.media_type = reader.take_text();
        component.several_files = reader.take<std::uint8_t>() != 0;
        if (reader.failed() || !is_sound(component)) return std::nullopt;
        components.push_back(std::move(component));
    }
    if (!reader.complete() || components.empty() || components.size() > max_components) return std::nullopt;
    return components;
}

std::string encode_error(ErrorFrame const& error) {
    std::string bytes;
    put(bytes, static_cast<std::uint32_t>(error.error));
    put_text(bytes, error.message);
    put_text(bytes, error.option);
    return bytes;
}

std::optional<ErrorFrame> decode_error(std::string_view bytes) {
    ByteReader reader(bytes);
    ErrorFrame error;
    auto const kind = reader.take<std::uint32_t>();
    error.message = reader.take_text();
    error.option = reader.take_text();
    if (!reader.complete() || kind > static_cast<std::uint32_t>(WorkerError::out_of_memory)) return std::nullopt;
    error.error = static_cast<WorkerError>(kind);
    return error;
}

}  // namespace dossier
