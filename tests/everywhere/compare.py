"""Whether two readings of one document say the same."""
import dataclasses
import re
import unicodedata

from payloads import shown

STANCES = {"supports", "refutes", "mixed", "neutral", "silent", "not_assessable"}
DECIMAL = re.compile(r"-?\d+(?:\.(\d+))?(?:[eE][+-]?\d+)?")


def same_number(words, value, exact=False):
    """Whether `words` are the number `value` (its digits in full): all of it, or as it is shown, rounded or as a share in
    percent."""
    percent = words.endswith("%")
    words = words.rstrip(" %\u00a0").replace("\u2212", "-")
    found = DECIMAL.fullmatch(words)
    if not found:
        return False
    wanted = float(value) * (100 if percent else 1)
    if exact or "e" in words.lower():
        return abs(float(words) - wanted) <= 1e-11 * max(1e-300, abs(wanted))
    return abs(float(words) - wanted) <= 0.5000001 * 10.0 ** -len(found.group(1) or "")


def visible(text):
    """Without characters that have no shape of their own, which a page does not hold."""
    return "".join(c for c in text if unicodedata.category(c) != "Cf" and not "\ufe00" <= c <= "\ufe0f")


def same_cell(words, value, kind, exact=False, on_paper=False):
    words, value = shown(words), shown(value)
    if on_paper:
        words, value = " ".join(visible(words).split()), " ".join(visible(value).split())
    if words == value:
        return True
    if not words or not value:
        return False
    if kind == "interval" or (" to " in value and kind == "number"):
        parts, ends = words.split(" to "), value.split(" to ")
        return len(parts) == 2 and len(ends) == 2 and all(same_number(p, e, exact) for p, e in zip(parts, ends))
    if kind == "number":
        return same_number(words, value, exact)
    if value in STANCES:
        return words.split(" ", 1)[-1].replace(" ", "_") == value
    return False


def is_quotes(table):
    return table.head[:3] == ["Anchor", "Stance", "Quote"]


def on_pages(table):
    """A table as formats for people have it: the columns of ids, whose titles end in " id", are for programs."""
    at = [i for i, title in enumerate(table.head) if not title.endswith(" id")]
    pick = lambda row: [row[i] for i in at] if len(row) == len(table.head) else row
    return dataclasses.replace(table, head=pick(table.head), rows=[pick(row) for row in table.rows], kinds=pick(table.kinds))


EXACT = {"csv", "json", "xlsx"}  # formats that keep every digit, and ids


def compare(said, read, exact=False, on_paper=False):
    """Holds every table that was said to the one that was read.

    @return (cells compared, of them numbers, differences in words)
    """
    n_cells = n_numbers = 0
    differences = []
    left = list(read)
    for table in said if exact else map(on_pages, said):
        head = [shown(title) for title in table.head]
        found = next((t for t in left if [shown(title) for title in t.head] == head), None)
        if found is None:
            # Charts may be drawn, and quotes stand in the text.
            if not (table.is_chart or is_quotes(table)):
                differences.append(f"no table has the head {head}")
            continue
        left.remove(found)
        if on_paper and not table.rows and len(found.rows) == 1:
            continue  # where a page says that there are none
        if len(found.rows) != len(table.rows):
            differences.append(f"{table.caption}: {len(found.rows)} rows and not {len(table.rows)}")
            continue
        for number, (row, wanted) in enumerate(zip(found.rows, table.rows), 1):
            if len(row) != len(wanted):
                differences.append(f"{table.caption}, row {number}: {len(row)} cells and not {len(wanted)}")
                continue
            for words, value, kind, title in zip(row, wanted, table.kinds, head):
                n_cells += 1
                n_numbers += kind != "text" and value != ""
                if not same_cell(words, value, kind, exact, on_paper):
                    differences.append(f"{table.caption}, row {number}, {title}: {words[:200]!r} and not {value[:200]!r}")
    return n_cells, n_numbers, differences
