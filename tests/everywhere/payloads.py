"""Texts that try to get out of their cell, and jobs that have them in every field."""
import json
import pathlib
import random
import re
import unicodedata

# Ours: always there, whether or not the shared corpora are.
OWN = [
    "=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1+1", "\r=1", "=HYPERLINK(\"http://x.example\",\"a\")", "=cmd|' /C calc'!A0",
    "\uff1d1+1", "<script>alert(1)</script>", "</td></tr></table><b>", "<img src=x onerror=alert(1)>", "&lt;b&gt;&amp;",
    "]]>", "<!-- -->", "-->", "\"><svg onload=alert(1)>", "' onmouseover='alert(1)", "</style><script>1</script>",
    "</title><script>1</script>", "javascript:alert(1)", "a | b", "|", "\\|", "`code`", "**bold**", "# heading",
    "[a](javascript:alert(1))", "![a](http://x.example/a.png)", "[^1]: x", "a\nb", "a\r\n\r\nb", "a\tb", "\",\"", "\"\"",
    "';DROP TABLE a;--", ") Tj ET Q BT (x", "<</JS (app.alert(1))>>", "endstream endobj", "%PDF-1.4", "\\)", "((((",
    "\x1b[31mred\x1b[0m", "\x1b]0;title\x07", "\x00nul", "\x07bell", "\x7f", "\x85", "\x9b31m", "\u202eevil", "\u2066x",
    "\u2069", "\u200f", "\ufeffbom", "\ufffe", "\uffff", "\U000e0041tag", "\u2028", "\u2029", "{{7*7}}", "${7*7}", "%s%n",
    "_x000D_", "_x003C_", "'=1", "---\nkey: value", "!!python/object", "{\"a\":1}", "\\u003cscript\\u003e",
]

# Once lost on pages: marks piled up on letters, and a Telugu syllable that a joiner shapes.
HARD_ON_PAGES = [
    "Z\u032e\u031e\u0320\u0359\u0354\u0345\u1e00\u0317\u031e\u0348\u033b\u0317\u1e36\u0359\u034e\u032f\u0339\u031e\u0353G\u033bO\u032d\u0317\u032e",
    "\u0c1c\u0c4d\u0c1e\u200c\u0c3e",
]


def corpora(root):
    """Every payload of corpora/hostile that is text; {} where the folder is absent."""
    root = pathlib.Path(root)
    if not root.is_dir():
        return {}
    lines = lambda path: path.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    found = {
        "naughty_strings": json.loads((root / "naughty_strings/blns.json").read_text(encoding="utf-8")),
        "csv_injection": [json.loads(line)["payload"] for line in lines(root / "csv_injection/payloads.jsonl")],
        "gfm": [json.loads(line)["markdown"] for line in lines(root / "gfm/examples.jsonl")],
        "utf8_stress": lines(root / "utf8_stress/utf8tests.txt"),
        "xml_attacks": [path.read_text(encoding="utf-8", errors="replace")[:2000]
                        for path in sorted((root / "xml_attacks").glob("*.x*"))],
        "csv_conformance": [path.read_text(encoding="utf-8", errors="replace")
                            for path in sorted((root / "csv_conformance").glob("*/csv*/*.csv"))],
    }
    for name, texts in found.items():
        assert len(texts) >= 10, f"{name}: only {len(texts)} payloads"
    return found


def raw_lines(root):
    """Lines with bytes that are no UTF-8."""
    path = pathlib.Path(root) / "utf8_stress/utf8tests.bin"
    own = [b"\xff\xfe", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xe2\x82", b"\x1b[2J\xff"]
    return own + (path.read_bytes().splitlines() if path.exists() else [])


def shown(text):
    """The text on one line as a reader sees it; '' where nothing is to be seen."""
    return " ".join(clean(text).split()).replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")  # which XML may not hold


def clean(text):
    """As formats must show it: no control characters, no direction overrides."""
    def one(c):
        code = ord(c)
        control = (code < 0x20 and c not in "\t\r\n") or 0x7F <= code <= 0x9F
        return "\ufffd" if control or 0x202A <= code <= 0x202E or 0x2066 <= code <= 0x2069 else c
    return "".join(one(c) for c in text.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))


def toml(text):
    """A TOML basic string."""
    out = []
    for c in text:
        if c in "\"\\":
            out.append("\\" + c)
        elif unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp", "Cn", "Co"):
            out.append("\\U%08X" % ord(c))
        else:
            out.append(c)
    return "\"" + "".join(out) + "\""


def file_name(text, number):
    """`text` as far as it may be a file's name."""
    kept = shown(text) if "\x00" in text else text
    kept = kept.replace("/", "_").replace("\x00", "_").encode("utf-8", "replace")[:120].decode("utf-8", "ignore")
    return f"{kept.lstrip('.')} {number}.txt"  # `*` leaves out hidden files


def is_utf8(text):
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


REPORTS = ["summary", "consensus", "stance-table", "risk-factors", "quotes", "sources", "effects", "methods"]
FILES = {"pdf": "report.pdf", "markdown": "report.md", "html": "report.html", "json": "report.json", "xlsx": "report.xlsx",
         "csv": "tables"}


def job_file(title, formats, flat=False):
    lines = ["[job]", f"title = {toml(title)}", "as_of = 2026-01-01", "[sources]", 'include = ["articles/*"]',
             'manifest = "sources.toml"', "[registry]", 'file = "claims.toml"']
    outputs = [(form, FILES[form], []) for form in formats]
    # What was said, without guards: that which the others are compared with.
    outputs.append(("csv", "data", ["formula_guard = false", 'targets = "none"']))
    for form, file, options in outputs:
        lines += ["[[output]]", f"reports = {json.dumps(REPORTS)}", f'format = "{form}"', f'file = "{file}"',
                  "[output.options]", *options]
        if flat:
            lines += ["[output.options.quotes]", "flat = true"]
    lines += ["[limits]", "plugin_seconds = 600.0"]
    return "\n".join(lines) + "\n"


CLAIMS = """[registry]
title = "Kava"
about = ["kava"]
outcome = "addiction"
outcome_terms = ["addict*"]
[[claim]]
id = "addictive"
statement = "Kava is addictive."
supports = ["addictive"]
conditions = ["evening"]
[[condition]]
id = "evening"
name = "in the evening"
phrases = ["in the evening"]
[[risk_factor]]
id = "stress"
name = "Stress"
phrases = ["stress"]
"""
BODY = "Kava is addictive in the evening. Stress raises the risk of addiction to kava by about 12 %.\n"


class Folder:
    """A job's folder."""

    def __init__(self, path):
        self.path = pathlib.Path(path)
        (self.path / "articles").mkdir(parents=True)

    def write(self, name, text):
        data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogateescape")
        (self.path / name).write_bytes(data)

    def job(self, title, formats):
        self.write("job.toml", job_file(title, formats))
        return self.path / "job.toml"


def legal(text):
    """Whether TOML files of a job may hold it; what they may not is told to the user."""
    return bool(shown(text)) and is_utf8(text) and clean(text) == text and not re.search("[\t\r\n\u2028\u2029]", text)


def words(number, field):
    """Harmless text that is like no other number's."""
    picked = random.Random(f"{field} {number}").sample("amber birch cedar delta ember fjord grove heron ivory jetty knoll "
                                                       "lemon maple north olive pearl quartz raven slate tulip umber "
                                                       "vapor willow xenon yarrow zephyr".split(), 6)
    return " ".join(picked) + f" {number}"


FIELDS = ("title", "author", "publisher")
MEANINGS = ("conflict_of_interest", "funding", "study_design", "population")


def articles_job(path, texts, formats, harmless=False, with_meanings=True):
    """Each text in every field of an article: declared in sources.toml, and in its file's name, where it may stand there;
    else in a record of a library, which may hold anything. Harmless: words in its place.

    @param with_meanings  also in fields that the analysis looks into, where "none" is not like other words
    """
    folder = Folder(path)
    sources, records = [], []
    names = {number: file_name(text, number) for number, text in enumerate(texts) if legal(text)}
    # The twin's files stand in the same order, since reports that show the first of many would show others.
    places = {name: place for place, name in enumerate(sorted(names.values(), key=str.encode))}
    for number, text in enumerate(texts):
        tame = lambda field: harmless or (field in MEANINGS and not with_meanings)
        said = {field: words(number, field) if tame(field) else text for field in FIELDS + MEANINGS[:2]}
        link = text.startswith(("http://", "https://", "mailto:"))
        said["url"] = ("https://example.org/" if link else "words") if harmless else text
        body = f"{BODY}Much about {words(number, 'body')} was said, and {words(number, 'more')} too.\n"
        if not legal(text):
            records.append(json.dumps(said | {"abstract": body, "journal": said["publisher"]}))
            continue
        name = file_name("words", f"{places[names[number]]:04}") if harmless else names[number]
        (folder.path / "articles" / name).write_text(body)
        sources.append("[[source]]\npath = " + toml("articles/" + name) + "\nindependent = true")
        for field in MEANINGS[2:]:
            said[field] = words(number, field) if tame(field) else text
        sources += [f"{field} = {toml(value)}" for field, value in said.items()]
    folder.write("sources.toml", "\n".join(sources) + "\n")
    if records:
        folder.write("articles/records.jsonl", "\n".join(records) + "\n")
    folder.write("claims.toml", CLAIMS)
    title = next((text for text in texts if legal(text)), "words")
    return folder.job("words" if harmless else title, formats)


def bodies_job(path, texts, formats, harmless=False):
    """Each text (str or bytes) within sentences that are quoted."""
    folder = Folder(path)
    for number, text in enumerate(texts):
        data = b"words" if harmless else text if isinstance(text, bytes) else text.encode("utf-8", "surrogateescape")
        folder.write(f"articles/{number:04}.txt", b"Kava is addictive, say " + data + b" on the label.\n\nStress and " +
                     data + b" raise the risk of addiction to kava.\n\n" + data + b" kava is addictive.\n")
    folder.write("sources.toml", "")
    folder.write("claims.toml", CLAIMS)
    return folder.job("Bodies", formats)


def registry_job(path, texts, formats, harmless=False):
    """Each text as a claim's statement and outcome, a condition's and a risk factor's name."""
    folder = Folder(path)
    first = "words" if harmless else texts[0]
    registry = [f"[registry]\ntitle = {toml(first)}\noutcome = {toml(first)}\noutcome_terms = [\"addict*\"]"]
    body = []
    for number, text in enumerate(texts):
        said = toml(f"words {number}" if harmless else text)
        registry.append(f'[[claim]]\nid = "c{number}"\nstatement = {said}\noutcome = {said}\nabout = ["kava{number}"]\n'
                        f'supports = ["addictive"]\nconditions = ["s{number}"]\n'
                        f'[[condition]]\nid = "s{number}"\nname = {said}\nphrases = ["in setting{number}"]\n'
                        f'[[risk_factor]]\nid = "f{number}"\nname = {said}\noutcome = {said}\nphrases = ["habit{number}"]')
        body.append(f"Kava{number} is addictive in setting{number}. "
                    f"In setting{number}, habit{number} raises the risk of addiction to kava{number}.\n\n")
    folder.write("claims.toml", "\n".join(registry) + "\n")
    folder.write("articles/one.txt", "".join(body))
    folder.write("articles/two.txt", "".join(body).replace("is addictive", "is not addictive"))
    folder.write("sources.toml", "")
    return folder.job("Registry", formats)
