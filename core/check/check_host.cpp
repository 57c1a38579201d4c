#include "check_host.hpp"

#include <utility>

#include "dossier/plugin/utf8.hpp"
#include "dossier/plugin/value_format.hpp"

namespace dossier::check {
namespace {

CheckHost& host_of(void* context) {
    return *static_cast<CheckHost*>(context);
}

}  // namespace

CheckHost::CheckHost(HostManners manners) : manners_(std::move(manners)), analysis_([] { return false; }) {
    if (!manners_.analysis.empty() && !analysis_.open(manners_.analysis))
        throw std::runtime_error("the kit cannot read its analysis: " + analysis_.problem());
    table_.size = sizeof table_;
    table_.abi_major = DOSSIER_ABI_MAJOR, table_.abi_minor = DOSSIER_ABI_MINOR;
    table_.context = this;
    table_.error = [](void* self, dossier_status, dossier_text message, dossier_text option) {
        host_of(self).error = view(message), host_of(self).error_option = view(option);
    };
    table_.log = [](void*, std::uint32_t, dossier_text) {};
    table_.cancelled = [](void* self) { return host_of(self).cancelled_ ? 1 : 0; };
    fill_in_queries();
    fill_in_output();
}

void CheckHost::fill_in_queries() {
    table_.query = [](void* self, dossier_text sql, dossier_value const* parameters, std::size_t n_parameters,
                      dossier_rows** rows) {
        auto& host = host_of(self);
        auto const status = host.analysis_.query(sql, parameters, n_parameters, rows);
        if (status == DOSSIER_OK) ++host.n_queries, ++host.open_queries;
        return status;
    };
    table_.next_row = [](void* self, dossier_rows* rows, dossier_value const** values, std::size_t* n_values) {
        auto& host = host_of(self);
        if (host.cancelled_) ++host.n_after_refusal;
        if (host.manners_.cancelled_from_row != 0 && host.n_rows + 1 >= host.manners_.cancelled_from_row) {
            host.cancelled_ = true;
            return dossier_status{DOSSIER_CANCELLED};
        }
        auto const status = host.analysis_.next_row(rows, values, n_values);
        if (status == DOSSIER_OK) ++host.n_rows;
        return status;
    };
    table_.close_rows = [](void* self, dossier_rows* rows) {
        if (rows != nullptr) --host_of(self).open_queries;
        host_of(self).analysis_.close_rows(rows);
    };
}

void CheckHost::fill_in_output() {
    table_.format_value = [](void* self, dossier_column const* column, dossier_cell const* cell, dossier_text* shown) {
        if (column == nullptr || cell == nullptr || shown == nullptr) return dossier_status{DOSSIER_BAD_ARGUMENT};
        auto& text = host_of(self).shown_;
        text = format_cell(*column, *cell);
        *shown = {text.data(), text.size()};
        return dossier_status{DOSSIER_OK};
    };
    table_.write = [](void* self, void const* bytes, std::size_t size) {
        if (bytes == nullptr && size != 0) return dossier_status{DOSSIER_BAD_ARGUMENT};
        return host_of(self).write(static_cast<char const*>(bytes), size);
    };
    table_.begin_file = [](void* self, dossier_text name) { return host_of(self).begin_file(std::string(view(name))); };
}

void CheckHost::misused(std::string what) {
    if (misuse.empty()) misuse = std::move(what);
}

bool CheckHost::refused() {
    if (refused_) ++n_after_refusal;
    ++n_writes;
    if (n_writes == manners_.failing_write || n_bytes > most_bytes) refused_ = true;
    return refused_;
}

dossier_status CheckHost::write(char const* bytes, std::size_t size) {
    if (refused()) return DOSSIER_NO_OUTPUT;
    if (manners_.several_files && !begun_) misused("it wrote before it began a file; begin_file comes first");
    n_bytes += size;
    if (size != 0) files[file_].append(bytes, size);
    return DOSSIER_OK;
}

dossier_status CheckHost::begin_file(std::string const& name) {
    if (refused()) return DOSSIER_NO_OUTPUT;
    auto const shown = "\"" + printable(name, 100) + "\"";
    if (!manners_.several_files)
        misused("it began the file " + shown + ", but does not declare several_files");
    else if (!is_output_file_name(name))
        misused("it called a file " + shown + "; names are [a-z0-9][a-z0-9._-]*");
    else if (files.contains(name))
        misused("it began the file " + shown + " twice; each is begun once and written before the next");
    begun_ = true;
    file_ = name;
    files[name];
    return DOSSIER_OK;
}

std::optional<std::string> CheckHost::failure(dossier_status status) const {
    if (status == DOSSIER_OK) return std::nullopt;
    if (error.empty() && status == DOSSIER_BAD_QUERY && !analysis_.problem().empty())
        return "a query was refused: " + analysis_.problem();
    return status_text(status, error);
}

std::string CheckHost::output() const {
    std::string text;
    for (auto const& [name, bytes] : files)
        text += name + '\0' + std::to_string(bytes.size()) + '\0' + bytes;
    return text;
}

}  // namespace dossier::check
