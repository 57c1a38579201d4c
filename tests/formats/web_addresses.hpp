// Addresses that are links in every format, and such that are links in none.
#pragma once

#include <string>
#include <vector>

namespace dossier::test {

inline std::vector<std::string> web_addresses() {
    return {"http://example.org",
            "https://example.org/a?b=c&d=e#f",
            "HTTPS://EXAMPLE.ORG/a",
            "hTTp://example.org/%41%20b",
            "https://example.org/a_(b)*c*'d'",
            "https://example.org/\u00E9\u4E2D",
            "http://[2001:db8::1]:8080/~a/;b=c,d!$@+",
            "mailto:a@b.example",
            "MailTo:a@b.example?subject=x",
            "https://example.org/" + std::string(1'980, 'a')};
}

inline std::vector<std::string> no_web_addresses() {
    return {"",
            "https://",
            "mailto:",
            "HTTPS://example.org/a b",
            " https://example.org",
            "https://example.org/\t",
            "https://example.org/\r\n# x",
            "https://example.org/\x1B[31m",
            "https://example.org/\x7F",
            "https://example.org/\u00A0",
            "https://example.org/\u200B",
            "https://example.org/\u202Egro",
            "https://example.org/\u3000",
            "https://example.org/\xFF",
            "https://example.org/\"><script>",
            "https://example.org/a|b",
            "https://example.org/\\b",
            "https://example.org/{b}",
            "https://example.org/^`",
            "https:/example.org",
            "https//example.org",
            "javascript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "ftp://example.org",
            "//example.org",
            "example.org",
            "https://example.org/" + std::string(1'981, 'a')};
}

}  // namespace dossier::test
