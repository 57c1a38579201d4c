#include "browser.hpp"

#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cctype>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <stdexcept>
#include <thread>

extern char** environ;

namespace dossier::test {
namespace {

using Json = nlohmann::json;
namespace fs = std::filesystem;

std::string program(std::string const& name) {
    for (std::string const folder : {"/usr/bin/", "/usr/local/bin/"})
        if (::access((folder + name).c_str(), X_OK) == 0) return folder + name;
    return {};
}

/// What the driver says until it names its port.
int port_in(int pipe) {
    std::string said;
    std::array<char, 512> room{};
    for (ssize_t n = 0; (n = ::read(pipe, room.data(), room.size())) > 0;) {
        said.append(room.data(), static_cast<std::size_t>(n));
        constexpr std::string_view lead = "started successfully on port ";
        auto const at = said.find(lead);
        if (at != std::string::npos && said.find('.', at) != std::string::npos)
            return std::stoi(said.substr(at + lead.size()));
    }
    throw std::runtime_error("chromedriver did not start: " + said);
}

/// Whether an answer has as many bytes as its head says.
bool is_whole(std::string const& answer) {
    constexpr std::string_view field = "\r\ncontent-length:";
    auto const head = answer.find("\r\n\r\n");
    if (head == std::string::npos) return false;
    auto lower = answer.substr(0, head);
    for (auto& c : lower)
        c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    auto const length = lower.find(field);
    return length != std::string::npos && answer.size() >= head + 4 + std::stoul(lower.substr(length + field.size()));
}

/// One request to a server on this machine.
std::string answer_of(int port, std::string const& request) {
    auto const socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    timeval const patience{60, 0};
    ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    std::string answer;
    if (::connect(socket, reinterpret_cast<sockaddr const*>(&address), sizeof address) == 0) {
        for (std::size_t sent = 0; sent < request.size();) {
            auto const n = ::send(socket, request.data() + sent, request.size() - sent, MSG_NOSIGNAL);
            if (n <= 0) break;
            sent += static_cast<std::size_t>(n);
        }
        std::array<char, 65536> room{};
        for (ssize_t n = 0; !is_whole(answer) && (n = ::recv(socket, room.data(), room.size(), 0)) > 0;)
            answer.append(room.data(), static_cast<std::size_t>(n));
    }
    ::close(socket);
    return answer;
}

/// The code that WebDriver has for a key.
std::string key_code(std::string const& name) {
    static std::map<std::string, std::string> const codes{{"Tab", "\uE004"},       {"Enter", "\uE007"},
                                                          {"Escape", "\uE00C"},    {"Shift", "\uE008"},
                                                          {"ArrowDown", "\uE015"}, {"ArrowRight", "\uE014"}};
    auto const code = codes.find(name);
    return code == codes.end() ? name : code->second;
}

}  // namespace

std::string Browser::missing() {
    for (auto const* const name : {"chromium", "chromedriver"})
        if (program(name).empty()) return std::string(name) + " is not installed (scripts/setup --tests)";
    return {};
}

Browser& Browser::shared() {
    static std::unique_ptr<Browser> const browser(new Browser());
    return *browser;
}

Browser::Browser() {
    std::string name = (fs::temp_directory_path() / "dossier-html-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    folder_ = name;
    std::array<int, 2> pipe{};
    if (::pipe2(pipe.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, pipe[1], STDOUT_FILENO);
    ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    auto driver = program("chromedriver");
    std::string port = "--port=0";
    std::array<char*, 3> arguments{driver.data(), port.data(), nullptr};
    auto const failed = ::posix_spawn(&driver_, driver.c_str(), &actions, nullptr, arguments.data(), environ);
    ::posix_spawn_file_actions_destroy(&actions);
    ::close(pipe[1]);
    if (failed != 0) throw std::runtime_error("chromedriver cannot be run");
    port_ = port_in(pipe[0]);  // the pipe stays open: the driver may say more
    // Tests run as root in containers, where Chromium's own sandbox cannot be set up.
    Json const options{{"binary", program("chromium")},
                       {"args",
                        {"--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
                         "--disable-extensions", "--user-data-dir=" + folder_ + "/profile"}}};
    Json const wanted{{"browserName", "chrome"},
                      {"goog:chromeOptions", options},
                      {"goog:loggingPrefs", {{"browser", "ALL"}, {"performance", "ALL"}}}};
    session_ = "/session/" +
               ask("POST", "/session", {{"capabilities", {{"alwaysMatch", wanted}}}})["sessionId"].get<std::string>();
    ask("POST", session_ + "/timeouts", {{"script", 55000}});
}

Browser::~Browser() {
    try {
        if (!session_.empty()) ask("DELETE", session_);
    } catch (std::exception const&) {  // it is gone already
    }
    if (driver_ > 0) {
        ::kill(driver_, SIGTERM);
        ::waitpid(driver_, nullptr, 0);
    }
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
}

Json Browser::ask(std::string const& method, std::string const& path, Json const& body) {
    auto const text = body.is_null() ? std::string("{}") : body.dump(-1, ' ', true, Json::error_handler_t::replace);
    auto const answer = answer_of(port_, method + " " + path +
                                             " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
                                             "Content-Type: application/json\r\nContent-Length: " +
                                             std::to_string(text.size()) + "\r\n\r\n" + text);
    auto const head = answer.find("\r\n\r\n");
    if (head == std::string::npos) throw std::runtime_error("chromedriver does not answer " + path);
    auto value = Json::parse(answer.substr(head + 4)).at("value");
    if (answer.compare(0, 13, "HTTP/1.1 200 ") != 0) throw std::runtime_error(path + ": " + value.dump());
    return value;
}

void Browser::show(std::string const& html, int width, int height) {
    auto const path = folder_ + "/page.html";
    std::ofstream(path, std::ios::binary) << html;
    command("Emulation.setScriptExecutionDisabled", {{"value", false}});
    command("Emulation.setEmulatedMedia", {{"media", ""}, {"features", Json::array()}});
    command("Emulation.setDeviceMetricsOverride",
            {{"width", width}, {"height", height}, {"deviceScaleFactor", 1}, {"mobile", width < 500}});
    ask("POST", session_ + "/url", {{"url", "about:blank"}});
    (void)console();
    (void)requests();
    ask("POST", session_ + "/url", {{"url", "file://" + path}});
}

Json Browser::run(std::string const& script, Json const& arguments) {
    return ask("POST", session_ + "/execute/sync", {{"script", script}, {"args", arguments}});
}

Json Browser::run_async(std::string const& script, Json const& arguments) {
    return ask("POST", session_ + "/execute/async", {{"script", script}, {"args", arguments}});
}

Json Browser::command(std::string const& name, Json const& parameters) {
    return ask("POST", session_ + "/goog/cdp/execute", {{"cmd", name}, {"params", parameters}});
}

void Browser::press(std::vector<std::string> const& keys) {
    auto steps = Json::array();
    auto const add = [&](char const* type, std::string const& key) {
        steps.push_back({{"type", type}, {"value", key_code(key)}});
    };
    for (auto key : keys) {
        bool const shifted = key.rfind("Shift+", 0) == 0;
        if (shifted) {
            key = key.substr(6);
            add("keyDown", "Shift");
        }
        add("keyDown", key);
        add("keyUp", key);
        if (shifted) add("keyUp", "Shift");
    }
    auto actions = Json::array();
    actions.push_back({{"type", "key"}, {"id", "keyboard"}, {"actions", steps}});
    ask("POST", session_ + "/actions", {{"actions", actions}});
}

bool Browser::wait_until(std::string const& script) {
    for (int i = 0; i < 100; ++i) {
        if (run(script) == true) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    return false;
}

std::vector<std::string> Browser::console() {
    std::vector<std::string> said;
    for (auto const& line : ask("POST", session_ + "/se/log", {{"type", "browser"}}))
        said.push_back(line.at("message").get<std::string>());
    return said;
}

std::vector<std::string> Browser::requests() {
    std::vector<std::string> urls;
    for (auto const& line : ask("POST", session_ + "/se/log", {{"type", "performance"}})) {
        auto const message = Json::parse(line.at("message").get<std::string>()).at("message");
        if (message.at("method") != "Network.requestWillBeSent") continue;
        auto const url = message.at("params").at("request").at("url").get<std::string>();
        if (url != "file://" + folder_ + "/page.html" && url != "about:blank") urls.push_back(url);
    }
    return urls;
}

}  // namespace dossier::test
