#include "dossier/findings/main_texts.hpp"

#include <algorithm>
#include <type_traits>
#include <utility>

namespace dossier {

static_assert(std::is_trivially_copyable_v<MainText>);

MainTexts::MainTexts(std::filesystem::path folder) : folder_(std::move(folder)) {}

void MainTexts::add(MainText const& text) {
    constexpr std::size_t worth_writing = 2048;
    last_.push_back(text);
    if (last_.size() < worth_writing) return;
    if (!file_) file_.emplace(folder_);
    file_->append(last_.data(), last_.size() * sizeof(MainText));
    n_filed_ += last_.size();
    last_.clear();
}

std::vector<MainText> MainTexts::all() const {
    std::vector<MainText> texts(n_filed_ + last_.size());
    if (n_filed_ > 0) file_->read(0, texts.data(), n_filed_ * sizeof(MainText));
    std::copy(last_.begin(), last_.end(), texts.begin() + static_cast<std::ptrdiff_t>(n_filed_));
    return texts;
}

}  // namespace dossier
