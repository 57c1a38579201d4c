// One instance of a component, destroyed at the latest with this.
#pragma once

#include <optional>
#include <utility>

#include "check_host.hpp"
#include "plugin_under_test.hpp"

namespace dossier::check {

class Instance {
public:
    /// Calls create with options at their defaults but for the one `replaced`.
    Instance(dossier_component const& component, CheckHost const& host,
             std::optional<std::pair<std::size_t, dossier_value>> const& replaced = {})
        : component_(component) {
        auto const values = option_values(component, replaced);
        created_ = component.create(host.table(), values.empty() ? nullptr : values.data(), values.size(), &instance_);
    }
    Instance(Instance const&) = delete;
    Instance& operator=(Instance const&) = delete;
    ~Instance() { destroy(); }

    /// What create returned. On anything but DOSSIER_OK there is no instance.
    [[nodiscard]] dossier_status created() const noexcept { return created_; }
    [[nodiscard]] void* get() const noexcept { return instance_; }
    void destroy() {
        if (created_ == DOSSIER_OK && instance_ != nullptr) component_.destroy(std::exchange(instance_, nullptr));
    }

private:
    dossier_component const& component_;
    void* instance_ = nullptr;
    dossier_status created_ = DOSSIER_FAILED;
};

}  // namespace dossier::check
