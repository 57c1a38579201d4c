// How a lexicon that was read is kept. No member of a rule may be forgotten: the binding in visit_members names them all.
#include <cstdint>
#include <type_traits>
#include <utility>

#include "dossier/evidence/lexicon.hpp"
#include "dossier/model/bytes.hpp"

namespace dossier {
namespace {

void write(std::string& bytes, std::string const& text) {
    put_text(bytes, text);
}

void write(std::string& bytes, Phrase const& phrase) {
    put_text(bytes, phrase.text);
    put_text(bytes, phrase.place.file);
    put(bytes, static_cast<std::uint32_t>(phrase.place.line));
    put(bytes, static_cast<std::uint32_t>(phrase.place.column));
}

template <class Number>
requires std::is_arithmetic_v<Number>
void write(std::string& bytes, Number number) {
    put(bytes, number);
}

template <class Name>
requires std::is_enum_v<Name>
void write(std::string& bytes, Name name) {
    put(bytes, static_cast<std::underlying_type_t<Name>>(name));
}

template <class Item>
void write(std::string& bytes, std::vector<Item> const& items) {
    put(bytes, static_cast<std::uint32_t>(items.size()));
    for (auto const& item : items)
        write(bytes, item);
}

void read(ByteReader& bytes, std::string& text) {
    text = bytes.take_text();
}

void read(ByteReader& bytes, Phrase& phrase) {
    phrase.text = bytes.take_text();
    phrase.place.file = bytes.take_text();
    phrase.place.line = bytes.take<std::uint32_t>();
    phrase.place.column = bytes.take<std::uint32_t>();
}

template <class Number>
requires std::is_arithmetic_v<Number>
void read(ByteReader& bytes, Number& number) {
    number = bytes.take<Number>();
}

template <class Name>
requires std::is_enum_v<Name>
void read(ByteReader& bytes, Name& name) {
    name = static_cast<Name>(bytes.take<std::underlying_type_t<Name>>());
}

template <class Item>
void read(ByteReader& bytes, std::vector<Item>& items) {
    items.resize(bytes.take_count(1));
    for (auto& item : items)
        read(bytes, item);
}

template <class Rule, class Visit>
void visit_members(Rule& rule, Visit visit) {
    auto& [id, kind, scope, reach, joined, predicative, behind_verb, until_verb, until_same, strength, value, phrases,
           patterns, examples, counter_examples] = rule;
    static_cast<void>(patterns);  // the index holds them
    visit(id), visit(kind), visit(scope), visit(reach), visit(joined), visit(predicative), visit(behind_verb);
    visit(until_verb), visit(until_same), visit(strength), visit(value), visit(phrases), visit(examples);
    visit(counter_examples);
}

}  // namespace

std::string Lexicon::encode() const {
    std::string bytes;
    put(bytes, static_cast<std::uint32_t>(rules().size()));
    for (auto const& rule : rules())
        visit_members(rule, [&](auto const& member) { write(bytes, member); });
    write(bytes, data_->owners);
    auto index = data_->index;
    index.share_endings();
    index.encode(bytes);
    return bytes;
}

std::optional<Lexicon> Lexicon::decode(std::string_view bytes) {
    ByteReader reader(bytes);
    auto data = std::make_shared<Data>();
    data->rules.resize(reader.take_count(1));
    for (auto& rule : data->rules)
        visit_members(rule, [&](auto& member) { read(reader, member); });
    read(reader, data->owners);
    data->index = PhraseIndex::decode(reader);
    if (!reader.complete()) return std::nullopt;
    Lexicon lexicon;
    lexicon.data_ = std::move(data);
    return lexicon;
}

}  // namespace dossier
