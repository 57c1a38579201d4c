#include "dossier/sources/input.hpp"

#include <filesystem>
#include <utility>

#include "dossier/model/file_bytes.hpp"

namespace dossier {

void for_each_input_in(std::string_view bytes, std::string const& file, std::string const& id, InputOptions const&,
                       sources::Format const* format, std::function<bool(ArticleInput&&)> const& take, Diagnostics&) {
    ArticleInput input;
    input.id = id;
    input.path = file;
    input.origin = {file, {}, 0, {0, bytes.size()}};
    input.format = format != nullptr ? *format : sources::format_of(file, bytes);
    input.bytes = bytes;
    take(std::move(input));
}

void for_each_input(std::string const& folder, std::string const& file, std::string const& id,
                    InputOptions const& options, std::function<bool(ArticleInput&&)> const& take, Diagnostics&) {
    auto const whole = folder.empty() ? file : folder + '/' + file;
    auto read = read_file(whole, options.max_article_bytes);
    ArticleInput input;
    input.id = id;
    input.path = file;
    input.origin = {file, {}, 0, {0, read.bytes.size()}};
    input.format = sources::format_of(file, read.bytes);
    input.bytes = std::move(read.bytes);
    if (read.problem != ReadProblem::none) {
        input.problem = words_for(read.problem);
        if (read.problem == ReadProblem::missing) input.problem = "does not exist";
        if (read.problem == ReadProblem::no_permission) input.problem = "may not be read (permission denied)";
        if (read.problem == ReadProblem::too_large)
            input.problem += " (" + std::to_string(options.max_article_bytes >> 20) + " MiB)";
        input.problem_code = read.problem == ReadProblem::too_large ? "DOS0302" : "DOS0301";
    }
    take(std::move(input));
}

}  // namespace dossier
