#!/bin/sh
# Follows docs/writing-a-plugin.md word by word, in an empty folder, with the installed `dossier` in the path.
#   follow_the_guide.sh PAGE PREFIX WORK
# Code blocks behind "<!-- run -->" are run, in order, by one shell; those behind "<!-- holds FILE -->" are then found in FILE, each line whole,
# in that order; of "output" in what the last block printed. The page promises at most 60 lines, commands included.
set -eu
page="$1" prefix="$2" work="$3"
rm -rf "$work"
mkdir -p "$work/here"
export PATH="$prefix/bin:$PATH" PKG_CONFIG_PATH="$prefix/share/pkgconfig"
export XDG_DATA_HOME="$work/data" XDG_STATE_HOME="$work/state"  # no plugin and no quarantine of whoever runs the test

command -v make > /dev/null || export CMAKE_GENERATOR=Ninja

awk '
    /^<!-- run -->$/ { what = "run"; next }
    /^<!-- holds .* -->$/ { what = "holds"; file = $3; next }
    /^```/ && what != "" && !inside {
        inside = 1
        if (what == "run") print "{"; else print "holds " file " <<\"END_OF_BLOCK\""
        next
    }
    /^```/ && inside {
        if (what == "run") print "} > \"$OUTPUT\" 2>&1"; else print "END_OF_BLOCK"
        inside = 0; what = ""; next
    }
    inside { print; if (what == "run") print > COMMANDS }
' COMMANDS="$work/commands" "$page" > "$work/blocks"

cat > "$work/script" <<'EOF_SCRIPT'
set -eu
trap 'code=$?; [ $code = 0 ] || { echo "the guide failed; the last block printed:"; cat "$OUTPUT"; exit $code; }' EXIT
holds() {
    file="$1"
    [ "$file" != output ] || file="$OUTPUT"
    cat > "$EXPECTED"
    awk -v expected="$EXPECTED" '
        BEGIN { while ((getline line < expected) > 0) lines[++n] = line; next_line = 1 }
        next_line <= n && $0 == lines[next_line] { ++next_line }
        END { if (n == 0) exit 1; if (next_line <= n) { print "it lacks: " lines[next_line]; exit 1 } }
    ' "$file" || { echo "$file is not as the guide says:"; cat "$file"; exit 1; }
    n_checks=$((n_checks + 1))
}
n_checks=0
EOF_SCRIPT
cat "$work/blocks" >> "$work/script"
echo 'echo "$n_checks" > "$CHECKS"' >> "$work/script"

cd "$work/here"
OUTPUT="$work/output" EXPECTED="$work/expected" CHECKS="$work/checks" sh "$work/script"

[ "$(cat "$work/checks")" -ge 3 ] || { echo "the guide promises too little: $(cat "$work/checks") blocks"; exit 1; }
lines=$(cat "$work/commands" my-report/CMakeLists.txt my-report/my_report.cpp | wc -l)
[ "$lines" -le 60 ] || { echo "from nothing to a page takes $lines lines, more than 60"; exit 1; }
echo "followed: $(wc -l < "$work/commands") commands, $lines lines with the plugin, $(cat "$work/checks") blocks compared"
