// Copies into an array on the stack, and reads beyond the end of a vector.
#include <cstdio>
#include <cstring>
#include <vector>

int main(int n, char** arguments) {
    char copy[64];
    std::strncpy(copy, arguments[0], static_cast<std::size_t>(n) + 40);
    copy[63] = 0;
    std::vector<int> const numbers(static_cast<std::size_t>(n));
    std::printf("%s %d\n", copy, numbers[static_cast<std::size_t>(n)]);
}
