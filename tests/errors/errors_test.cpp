// Every message a user can get: each folder beside this file holds the smallest input that provokes one message, and
// expected.txt, the exact output and exit code of `dossier check job.toml` run in that folder.
//
//   errors_test PROGRAM FOLDER [--accept] [NAME...]   runs all folders, or those whose names begin so
//   errors_test --codes SOURCES FOLDER                every code from DOS01xx to DOS05xx, and DOS07xx, has its folder
//
// A folder may hold, besides its input,
//   arguments         one line of words that stand in place of "check job.toml"
//   built-plugins     plugins, by their paths in the build tree, that are copied into its folder plugins/
//   anyone-may-write  paths in it that are given the permission that version control does not keep
// The last two are for a copy that the program then runs in, shown as "<folder>".
// After a change of messages: run with --accept, and read the diff.
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace {

namespace fs = std::filesystem;

std::string contents(fs::path const& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> words_of(std::string const& text) {
    std::istringstream stream(text);
    return {std::istream_iterator<std::string>(stream), {}};
}

std::vector<std::string> lines_of(std::string const& text) {
    std::istringstream stream(text);
    std::vector<std::string> lines;
    for (std::string line; std::getline(stream, line);)
        lines.push_back(line);
    return lines;
}

std::string read_all(int descriptor) {
    std::string text;
    std::array<char, 4096> buffer{};
    for (ssize_t n = 0; (n = ::read(descriptor, buffer.data(), buffer.size())) > 0;)
        text.append(buffer.data(), static_cast<std::size_t>(n));
    return text;
}

void replace_all(std::string& text, std::string const& what, std::string const& by) {
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
        text.replace(at, what.size(), by);
}

/// Names of runs hold a digest of all that went in, plugins included: "runs/2026-11-22-6d1624ef941a" -> "runs/<run>".
void hide_names_of_runs(std::string& text) {
    constexpr std::string_view folder = "runs/";
    for (auto at = text.find(folder); at != std::string::npos; at = text.find(folder, at + folder.size())) {
        auto const begin = at + folder.size();
        auto const end = std::min(text.find_first_of("/\n", begin), text.size());
        text.replace(begin, end - begin, "<run>");
    }
}

/// A copy of a folder, made ready as its files built-plugins and anyone-may-write say; gone with this object.
class PreparedCopy {
public:
    PreparedCopy(fs::path const& folder, fs::path const& build) {
        auto pattern = (fs::temp_directory_path() / "dossier-errors-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr) throw std::system_error(errno, std::generic_category(), pattern);
        path_ = fs::canonical(pattern);
        fs::copy(folder, path_, fs::copy_options::recursive);
        for (fs::path const plugin : words_of(contents(folder / "built-plugins"))) {
            fs::create_directory(path_ / "plugins");
            fs::copy_file(build / plugin, path_ / "plugins" / plugin.filename());
        }
        // Whatever the umask of the copy was, only what is named may be written by others.
        for (auto const& entry : fs::recursive_directory_iterator(path_))
            fs::permissions(entry.path(), fs::perms::others_write, fs::perm_options::remove);
        for (auto const& name : words_of(contents(folder / "anyone-may-write")))
            fs::permissions(path_ / name, fs::perms::others_write, fs::perm_options::add);
    }
    PreparedCopy(PreparedCopy const&) = delete;
    PreparedCopy& operator=(PreparedCopy const&) = delete;
    ~PreparedCopy() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    fs::path const& path() const { return path_; }

private:
    fs::path path_;
};

/// Runs the program in `folder`, both outputs into one pipe, with nothing of our environment but the path.
/// @return what it wrote, the build tree's path replaced by "<build>", and a last line "exit code: N"
std::string output_in(fs::path const& program, fs::path const& folder) {
    auto arguments = words_of(contents(folder / "arguments"));
    if (arguments.empty()) arguments = {"check", "job.toml"};
    std::vector<char*> argv{const_cast<char*>(program.c_str())};
    for (auto& argument : arguments)
        argv.push_back(argument.data());
    argv.push_back(nullptr);
    std::string locale = "LC_ALL=C.UTF-8", path = "PATH=/usr/bin:/bin";
    std::array<char*, 3> environment{locale.data(), path.data(), nullptr};

    std::array<int, 2> pipe{};
    if (::pipe2(pipe.data(), O_CLOEXEC) != 0) throw std::system_error(errno, std::generic_category(), "pipe2");
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addchdir_np(&actions, folder.c_str());
    posix_spawn_file_actions_adddup2(&actions, pipe[1], STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, pipe[1], STDERR_FILENO);
    pid_t child = 0;
    int const error = posix_spawn(&child, program.c_str(), &actions, nullptr, argv.data(), environment.data());
    posix_spawn_file_actions_destroy(&actions);
    ::close(pipe[1]);
    if (error != 0) throw std::system_error(error, std::generic_category(), program.string());
    auto text = read_all(pipe[0]);
    ::close(pipe[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    replace_all(text, program.parent_path().parent_path().string(), "<build>");
    return text + "exit code: " +
           (WIFEXITED(status) ? std::to_string(WEXITSTATUS(status))
                              : "killed by signal " + std::to_string(WTERMSIG(status))) +
           "\n";
}

/// As output_in, in a copy of the folder where that needs one; the copy's path is replaced by "<folder>".
std::string output_of(fs::path const& program, fs::path const& folder) {
    if (!fs::exists(folder / "built-plugins") && !fs::exists(folder / "anyone-may-write"))
        return output_in(program, folder);
    PreparedCopy const copy(folder, program.parent_path().parent_path());
    auto text = output_in(program, copy.path());
    replace_all(text, copy.path().string(), "<folder>");
    hide_names_of_runs(text);
    return text;
}

std::vector<fs::path> folders_in(fs::path const& root) {
    std::vector<fs::path> folders;
    for (auto const& entry : fs::directory_iterator(root))
        if (entry.is_directory()) folders.push_back(entry.path());
    std::sort(folders.begin(), folders.end());
    return folders;
}

void print_difference(std::string const& expected, std::string const& found) {
    auto const old_lines = lines_of(expected), new_lines = lines_of(found);
    for (auto const& line : old_lines)
        if (std::find(new_lines.begin(), new_lines.end(), line) == new_lines.end()) std::cout << "  - " << line << "\n";
    for (auto const& line : new_lines)
        if (std::find(old_lines.begin(), old_lines.end(), line) == old_lines.end()) std::cout << "  + " << line << "\n";
}

/// A folder says by its name which code it is about, and its output must hold that code; messages about the words of a
/// command line have none.
bool names_its_code(fs::path const& folder, std::string const& text) {
    auto const name = folder.filename().string(), code = name.substr(0, 7);
    if (name.starts_with("usage-")) return text.starts_with("dossier: ") && text.ends_with("exit code: 2\n");
    return text.find("[" + code + "]") != std::string::npos ||
           text.find("\"code\":\"" + code + "\"") != std::string::npos;
}

int run_folders(fs::path const& program, fs::path const& root, bool accept, std::vector<std::string> const& names) {
    int n_run = 0, n_failed = 0;
    for (auto const& folder : folders_in(root)) {
        auto const name = folder.filename().string();
        auto const is_asked = [&](std::string const& begin) { return name.starts_with(begin); };
        if (!names.empty() && std::none_of(names.begin(), names.end(), is_asked)) continue;
        ++n_run;
        auto const found = output_of(program, folder);
        auto const expected = contents(folder / "expected.txt");
        if (!names_its_code(folder, found)) {
            ++n_failed;
            std::cout << name << ": the message it is named after does not come:\n" << found;
        } else if (found != expected && accept) {
            std::ofstream(folder / "expected.txt", std::ios::binary) << found;
            std::cout << name << ": accepted\n";
        } else if (found != expected) {
            ++n_failed;
            std::cout << name << ": not as expected\n";
            print_difference(expected, found);
        }
    }
    std::cout << n_run << " messages, " << n_failed << " not as expected\n";
    return n_failed == 0 && n_run > 0 ? 0 : 1;
}

/// Codes DOS01xx to DOS05xx, and DOS07xx, that stand in string literals of the sources.
std::set<std::string> codes_in(fs::path const& sources) {
    std::set<std::string> codes;
    for (auto const& entry : fs::recursive_directory_iterator(sources)) {
        auto const extension = entry.path().extension();
        if (extension != ".cpp" && extension != ".hpp") continue;
        auto const text = contents(entry.path());
        for (auto const* begin : {"\"DOS01", "\"DOS02", "\"DOS03", "\"DOS04", "\"DOS05", "\"DOS07"})
            for (auto at = text.find(begin); at != std::string::npos; at = text.find(begin, at + 1))
                codes.insert(text.substr(at + 1, 7));
    }
    return codes;
}

/// without-folder.txt: lines "DOS0137 where it is tested instead, and why".
std::set<std::string> codes_without_folder(fs::path const& root) {
    std::set<std::string> codes;
    for (auto const& line : lines_of(contents(root / "without-folder.txt")))
        if (line.starts_with("DOS")) codes.insert(line.substr(0, 7));
    return codes;
}

int check_codes(fs::path const& sources, fs::path const& root) {
    std::set<std::string> shown = codes_without_folder(root);
    for (auto const& folder : folders_in(root))
        if (names_its_code(folder, contents(folder / "expected.txt")))
            shown.insert(folder.filename().string().substr(0, 7));
    auto const codes = codes_in(sources);
    int n_missing = 0;
    for (auto const& code : codes)
        if (!shown.contains(code)) {
            ++n_missing;
            std::cout << code << ": no folder shows this message\n";
        }
    std::cout << codes.size() << " codes, " << n_missing << " without a folder\n";
    return n_missing == 0 && codes.size() > 40 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) try {
    std::vector<std::string> arguments(argv + 1, argv + argc);
    bool const accept = std::erase(arguments, "--accept") > 0;
    if (arguments.size() == 3 && arguments[0] == "--codes") return check_codes(arguments[1], arguments[2]);
    if (arguments.size() < 2 || arguments[0].starts_with('-')) {
        std::cerr << "usage: errors_test PROGRAM FOLDER [--accept] [NAME...]\n"
                     "       errors_test --codes SOURCES FOLDER\n";
        return 2;
    }
    return run_folders(fs::canonical(arguments[0]), arguments[1], accept, {arguments.begin() + 2, arguments.end()});
} catch (std::exception const& error) {
    std::cerr << error.what() << "\n";
    return 1;
}
