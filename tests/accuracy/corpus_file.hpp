// Files of the labelled data, unpacked: .gz, .xz, .tar.xz.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace accuracy {

/// The bytes of a file, unpacked if it is compressed. @throws std::runtime_error
[[nodiscard]] std::string bytes_of(std::filesystem::path const& path);

/// Every regular file of an archive, in its order.
void for_each_member(std::filesystem::path const& archive,
                     std::function<void(std::string const& path, std::string&& bytes)> const& take);

}  // namespace accuracy
