// Headless Chromium, driven over WebDriver: what a page does, asked of a browser.
#pragma once

#include <chrono>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace dossier::test {

/// One browser with one window. Throws std::runtime_error where it does not do as told.
class Browser {
public:
    /// Empty: there is a browser with a driver. Otherwise what is missing, for GTEST_SKIP.
    [[nodiscard]] static std::string missing();
    /// The one that all tests share, started when first asked for.
    [[nodiscard]] static Browser& shared();

    Browser(Browser const&) = delete;
    Browser& operator=(Browser const&) = delete;
    ~Browser();

    /// Shows a page, in a window of the size and state that a reader begins with. What it says to the console and loads is
    /// counted from here.
    void show(std::string const& html, int width = 1280, int height = 900);
    /// Runs the body of a function in the page: "return document.title".
    nlohmann::json run(std::string const& script, nlohmann::json const& arguments = nlohmann::json::array());
    /// The same for a script that calls its last argument with its result.
    nlohmann::json run_async(std::string const& script, nlohmann::json const& arguments = nlohmann::json::array());
    /// Runs a command of the DevTools protocol.
    nlohmann::json command(std::string const& name, nlohmann::json const& parameters = nlohmann::json::object());
    /// Presses keys one after the other; "Tab", "Shift+Tab", "Enter", "Escape" or a character each.
    void press(std::vector<std::string> const& keys);
    /// Waits until a script gives true; gives up after five seconds.
    bool wait_until(std::string const& script);
    /// What the console has said.
    [[nodiscard]] std::vector<std::string> console();
    /// What was asked of the network or disk, without the page itself.
    [[nodiscard]] std::vector<std::string> requests();

private:
    Browser();
    nlohmann::json ask(std::string const& method, std::string const& path, nlohmann::json const& body = nullptr);
    int driver_ = -1;  ///< process id
    int port_ = 0;
    std::string session_, folder_;
};

}  // namespace dossier::test
