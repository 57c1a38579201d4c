// datapackage.json: what the CSV files of a document hold, as Frictionless Data Package 1.0 has it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace dossier::formats {

/// A column of a CSV file.
struct DataField {
    std::string name;                  ///< in the head of the file
    std::string title, description;    ///< for people; may be empty
    std::string type;                  ///< of Table Schema: "string", "integer", "number"
    std::vector<std::string> choices;  ///< the only values there are; empty: any
    std::string pattern;               ///< regular expression that values match; empty: any
};

/// A field whose values, where it has one, are all found in a field of another file.
struct ForeignKey {
    std::string field;
    std::string resource, reference;  ///< the other file's resource name and its field
};

/// One CSV file.
struct DataResource {
    std::string path;    ///< its name, which ends in ".csv"
    std::string title;   ///< the table's caption
    std::string report;  ///< which report it belongs to
    std::vector<DataField> fields;
    std::string primary_key;  ///< the field by which its rows are told apart; empty: none is known
    std::vector<ForeignKey> foreign_keys;

    /// What the package calls it.
    [[nodiscard]] std::string name() const { return path.substr(0, path.rfind('.')); }
};

/// Something the document says about itself, which no table holds: "one article could not be read".
struct DataNotice {
    std::string tone;  ///< "info", "warning" or "failure"
    std::string title, text;
};

struct DataPackage {
    std::string title, as_of, language, generator;
    char separator = ',';
    std::vector<DataResource> resources;
    std::vector<DataNotice> notices;

    /// The package's descriptor, indented, ending in a line break.
    [[nodiscard]] std::string json() const;
};

}  // namespace dossier::formats
