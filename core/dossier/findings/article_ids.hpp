// Article ids: the names of all articles of a run, kept one after the other, and their order.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/model/text_list.hpp"

namespace dossier {

/// Articles are numbered from 0 as they come; their rank is their place by id.
class ArticleIds {
public:
    void add(std::string_view id) {
        sorted_ = sorted_ && (ids_.empty() || ids_[ids_.size() - 1] < id);
        ids_.push_back(id);
    }
    [[nodiscard]] std::size_t size() const noexcept { return ids_.size(); }
    [[nodiscard]] std::string_view operator[](std::size_t number) const noexcept { return ids_[number]; }

    /// To be called after the last article, before ranks are asked for.
    void rank() {
        if (sorted_) return;
        numbers_.resize(size());
        std::iota(numbers_.begin(), numbers_.end(), std::uint32_t{0});
        std::sort(numbers_.begin(), numbers_.end(),
                  [&](std::uint32_t a, std::uint32_t b) { return (*this)[a] < (*this)[b]; });
        ranks_.resize(size());
        for (std::uint32_t i = 0; i < numbers_.size(); ++i)
            ranks_[numbers_[i]] = i;
    }
    [[nodiscard]] std::uint32_t rank_of(std::size_t number) const noexcept {
        return sorted_ ? static_cast<std::uint32_t>(number) : ranks_[number];
    }
    [[nodiscard]] std::uint32_t number_at(std::size_t rank) const noexcept {
        return sorted_ ? static_cast<std::uint32_t>(rank) : numbers_[rank];
    }
    /// The id of the article at a rank.
    [[nodiscard]] std::string id_at(std::size_t rank) const { return std::string((*this)[number_at(rank)]); }

private:
    TextList ids_;
    bool sorted_ = true;                          ///< so far ids came in their order
    std::vector<std::uint32_t> numbers_, ranks_;  ///< of each other; empty where ids came in their order
};

}  // namespace dossier
