"""What a second program reads in each output: its tables, its shape, and what should not be there.

A reader takes the path of an output and gives a Read. `shape` counts the pieces of markup, so that two documents that
differ in their words alone have the same; `problems` says what no document may hold, whatever its words.
"""
import collections
import csv
import dataclasses
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import xml.etree.ElementTree as ET
import zipfile

csv.field_size_limit(1 << 30)


@dataclasses.dataclass
class Table:
    head: list
    rows: list
    caption: str = ""
    kinds: list = None  # of the columns, where the format tells: text, number, interval
    name: str = ""  # of its file, where it has one of its own
    is_chart: bool = False  # the values of a chart, which may be drawn instead


@dataclasses.dataclass
class Read:
    tables: list = dataclasses.field(default_factory=list)
    shape: collections.Counter = dataclasses.field(default_factory=collections.Counter)
    problems: list = dataclasses.field(default_factory=list)
    text: str = ""


def run(*command, ok=(0,)):
    done = subprocess.run([str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=600)
    if done.returncode not in ok:
        raise RuntimeError(f"{command[0]} failed with {done.returncode}: {done.stderr[-2000:].decode(errors='replace')}")
    return done.stdout


def forbidden_characters(data, allowed="\n"):
    """Raw control characters, direction overrides and bytes that are no UTF-8, of a text file."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return [f"not UTF-8 at byte {error.start}: {data[error.start - 20:error.start + 20]!r}"]
    found = re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]".replace("\x0b-\x1f", "\x09-\x1f"),
                      "".join(c for c in text if c not in allowed))
    return [f"the character U+{ord(found.group()):04X}"] if found else []


# ---- CSV: Python's reader --------------------------------------------------------------------------------------------

FORMULA = re.compile("[\\s\"',;|]*[=+\\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\Z")


def csv_records(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.reader(file, strict=True))


def read_csv(folder, guarded=True):
    folder = pathlib.Path(folder)
    read = Read()
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    read.problems += forbidden_characters((folder / "datapackage.json").read_bytes())
    for resource in package["resources"]:
        path = folder / resource["path"]
        records = csv_records(path)
        fields = resource["schema"]["fields"]
        read.problems += [f"{path.name}: {p}" for p in forbidden_characters(path.read_bytes(), "\r\n\t")]
        if records[0] != [field["name"] for field in fields]:
            read.problems.append(f"{path.name}: its head is not that of datapackage.json")
        for number, record in enumerate(records[1:], 1):
            if len(record) != len(fields):
                read.problems.append(f"{path.name}: row {number} has {len(record)} fields, the head {len(fields)}")
            for field, cell in zip(fields, record):
                if field["type"] in ("integer", "number"):
                    if cell and not NUMBER.match(cell):
                        read.problems.append(f"{path.name}: row {number}: {cell!r} is no number")
                elif guarded and cell[:1] != "'" and FORMULA.match(cell):
                    read.problems.append(f"{path.name}: row {number}: a spreadsheet runs {cell[:60]!r}")
        read.shape[(resource["name"], len(fields))] += len(records)
        read.tables.append(data_table(resource, fields, records[1:], guarded))
    return read


def data_table(resource, fields, records, guarded):
    """Columns of an interval become one; link targets are left out."""
    names = {field["name"] for field in fields}
    columns = []
    for i, field in enumerate(fields):
        name = field["name"]
        if name.endswith("_target") and name[:-7] in names:
            continue
        if name.endswith("_high") and name[:-5] + "_low" in names:
            continue
        interval = name.endswith("_low") and name[:-4] + "_high" in names
        kind = "interval" if interval else "text" if field["type"] not in ("integer", "number") else "number"
        columns.append((i, field["title"], kind))
    def cell(record, i, kind):
        if kind == "interval":
            return " to ".join(record[i:i + 2]) if record[i] else ""
        guard = guarded and kind == "text" and record[i][:1] == "'" and FORMULA.match(record[i][1:])
        return record[i][1:] if guard else record[i]
    rows = [[cell(record, i, kind) for i, _, kind in columns] for record in records if len(record) == len(fields)]
    return Table([title for _, title, _ in columns], rows, resource["title"], [kind for _, _, kind in columns],
                 resource["name"], fields[0]["name"] == "category")


# ---- Markdown: md4c -----------------------------------------------------------------------------------------------------

def read_markdown(path):
    data = pathlib.Path(path).read_bytes()
    said = json.loads(run(os.environ["READ_MARKDOWN"], path))
    read = Read(problems=forbidden_characters(data), text=data.decode("utf-8", "replace"))
    for rows in said["tables"]:
        read.tables.append(Table(rows[0], rows[1:]))
        if any(len(row) != len(rows[0]) for row in rows):
            read.problems.append("a table whose rows differ in length")
        read.shape[("table", len(rows[0]))] += len(rows)
    read.shape.update(("block", kind) for kind in said["outline"])
    read.shape.update(("span", kind) for kind in said["other_spans"])
    for tag in said["html"]:
        anchor = re.fullmatch(r'<a id="[a-z0-9-]+">|</a>', tag)
        if not anchor:
            read.problems.append(f"the tag {tag[:80]}")
    read.problems += [f"the span {kind}" for kind in said["other_spans"]]
    return read


# ---- HTML: libxml2, and Chromium ----------------------------------------------------------------------------------------

SCRIPT_TAGS = {"iframe", "object", "embed", "base", "applet", "frame", "frameset", "audio", "video", "img", "image"}


def tree_of_html(data):
    """The tree that libxml2 makes of it."""
    with tempfile.NamedTemporaryFile(suffix=".html") as file:
        file.write(data)
        file.flush()
        xml = run("xmllint", "--html", "--xmlout", "--noent", "--nonet", "--huge", "--nowarning", file.name, ok=(0, 1, 2))
    return ET.fromstring(re.sub(rb"<!DOCTYPE[^>]*>", b"", xml, count=1))


def text_of(element):
    return "".join(element.itertext())


def read_html_data(data):
    read = Read()
    root = tree_of_html(data)
    for element in root.iter():
        if not isinstance(element.tag, str):
            read.shape[("comment",)] += 1
            continue
        read.shape[(element.tag, *sorted(element.attrib))] += 1
        if element.tag in SCRIPT_TAGS:
            read.problems.append(f"the element <{element.tag}>")
        for name, value in element.attrib.items():
            if name.startswith("on"):
                read.problems.append(f"the attribute {name} of <{element.tag}>")
            if name in ("href", "src", "action") and not re.match(r"#|https?://|mailto:", value):
                read.problems.append(f"{name}={value[:80]!r} of <{element.tag}>")
    for table in root.iter("table"):
        rows = [[" ".join(text_of(cell).split()) for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
        if rows:
            caption = table.find("caption")
            read.tables.append(Table(rows[0], rows[1:], "" if caption is None else text_of(caption)))
            if any(len(row) != len(rows[0]) for row in rows):
                read.problems.append(f"a table of {len(rows[0])} columns whose rows differ in length")
    read.text = text_of(root)
    return read


def read_html(path):
    data = pathlib.Path(path).read_bytes()
    read = read_html_data(data)
    read.problems += forbidden_characters(data, "\n\t")
    return read


def read_html_in_browser(path):
    """The document as Chromium has it once its scripts have run."""
    with tempfile.TemporaryDirectory() as profile:
        return read_html_data(run("chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={profile}",
                                  "--virtual-time-budget=2000", "--dump-dom", pathlib.Path(path).resolve().as_uri()))


# ---- PDF: qpdf and poppler ----------------------------------------------------------------------------------------------

PDF_OPERATORS = set("b B b* B* BDC BI BMC BT BX c cm CS cs d d0 d1 Do DP EI EMC ET EX f F f* G g gs h i ID j J K k l M m MP n "
                    "q Q re RG rg ri s S SC sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W* y ' \"".split())
PDF_TOKEN = re.compile(rb"<<|>>|<[0-9A-Fa-f\s]*>|\[|\]|/[^\s<>\[\](){}/%]*|[^\s<>\[\](){}/%]+|(\()|[{}<>)%]")


def operators_of(stream, read):
    at = 0
    while True:
        found = PDF_TOKEN.search(stream, at)
        if not found:
            return
        at = found.end()
        if found.group(1):  # a string in parentheses
            depth = 1
            while depth:
                if at >= len(stream):
                    read.problems.append("a string that is not closed")
                    return
                c = stream[at]
                at += 2 if c == 0x5C else 1
                depth += (c == 0x28) - (c == 0x29)
            continue
        token = found.group().decode("latin-1")
        if token[0] in "/<[]>" or NUMBER.match(token) or token in ("true", "false", "null"):
            continue
        if token not in PDF_OPERATORS:
            read.problems.append(f"the operator {token[:40]!r}")
        read.shape[("operator", token)] += 1


def read_pdf(path, with_tables=False):
    """@param with_tables  also its tables, for which poppler takes a minute from a hundred pages on"""
    read = Read()
    run("qpdf", "--check", path)
    plain = run("qpdf", "--qdf", "--object-streams=disable", path, "-")
    for stream in re.findall(rb"%% Contents for page \d+\n(?:%%[^\n]*\n)*\d+ 0 obj\n<<.*?>>\nstream\n(.*?)\nendstream", plain, re.S):
        operators_of(stream, read)
        read.shape["page"] += 1
    outside = re.sub(rb"\nstream\n.*?\nendstream", b"", plain, flags=re.S)
    outside = re.sub(rb"\((?:[^()\\]|\\.)*\)", b"()", outside)
    for name in (b"JavaScript", b"JS", b"Launch", b"EmbeddedFile", b"SubmitForm", b"RichMedia", b"AA", b"GoToR"):
        if re.search(rb"/" + name + rb"\b", outside):
            read.problems.append(f"the action /{name.decode()}")
    for uri in re.findall(rb"/URI \(((?:[^()\\]|\\.)*)\)", plain):
        if not re.match(rb"https?://|mailto:", uri):
            read.problems.append(f"a link to {uri[:60]!r}")
    text = run("pdftotext", "-enc", "UTF-8", path, "-")
    # Where text runs from right to left, pdftotext itself puts U+202A to U+202C around it.
    read.text = re.sub("[\u202a-\u202c]", "", text.decode("utf-8", "replace"))
    read.problems += forbidden_characters(read.text.encode(), "\n\f")
    if with_tables:
        read.tables = tables_of_pdf(path)
    return read


def tables_of_pdf(path):
    """Tables of a tagged document, as poppler reads its structure."""
    tables, open_row, open_cell = [], None, False
    for line in run("pdfinfo", "-struct-text", path).decode("utf-8", "replace").splitlines():
        words = line.strip()
        if words.startswith('"'):
            if open_cell:
                open_row[-1] += words[1:-1] if words.endswith('"') else words[1:]
            continue
        kind = words.split(" ")[0].rstrip(":")
        if kind == "Table":
            tables.append([])
        elif kind == "TR" and tables:
            open_row = []
            tables[-1].append(open_row)
        elif kind in ("TH", "TD") and open_row is not None:
            open_row.append("")
            open_cell = True
        elif kind in ("P", "H1", "H2", "H3", "H4", "H5", "H6", "L", "Sect", "Figure", "BlockQuote", "Note", "Caption"):
            open_cell = False
    return [Table(rows[0], rows[1:]) for rows in tables if rows]


# ---- XLSX: its XML, and LibreOffice -------------------------------------------------------------------------------------

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def read_xlsx(path, with_tables=True):
    read = Read()
    with zipfile.ZipFile(path) as book:
        if book.testzip():
            read.problems.append("a damaged member")
        for name in book.namelist():
            data = book.read(name)
            if not name.endswith((".xml", ".rels")):
                read.problems.append(f"the member {name}")
                continue
            read.problems += [f"{name}: {p}" for p in forbidden_characters(data, "\r\n\t")]
            root = ET.fromstring(data)
            if name.startswith("xl/worksheets/sheet"):
                read.shape[("rows", name)] += sum(1 for _ in root.iter(SHEET + "row"))
                read.shape[("cells", name)] += sum(1 for _ in root.iter(SHEET + "c"))
                if any(True for _ in root.iter(SHEET + "f")):
                    read.problems.append(f"{name}: a formula")
            if name.endswith(".rels"):
                for relation in root:
                    target = relation.get("Target")
                    if relation.get("TargetMode") == "External" and not re.match(r"https?://|mailto:", target):
                        read.problems.append(f"{name}: a link to {target[:60]!r}")
    if with_tables:
        read.tables = tables_of_xlsx(path)
    return read


def tables_of_xlsx(path):
    """Its sheets as LibreOffice writes them, every number in full."""
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder) / "book.xlsx"
        shutil.copy(path, copy)
        run("soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to",
            "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1", "--outdir", folder, copy)
        with zipfile.ZipFile(path) as book:
            names = [sheet.get("name") for sheet in ET.fromstring(book.read("xl/workbook.xml")).iter(SHEET + "sheet")]
        tables = []
        for name in names:
            records = csv_records(pathlib.Path(folder) / f"book-{name}.csv")
            if records:
                tables.append(with_intervals_joined(Table(records[0], records[1:], name)))
        return tables


def with_intervals_joined(table):
    """Neighbours called "x, low" and "x, high" as one column "x"."""
    title = lambda i: table.head[i] if i < len(table.head) else ""
    joined = [i for i in range(len(table.head)) if title(i).endswith(", low") and title(i + 1) == title(i)[:-3] + "high"]
    def one(row, name):
        cells = []
        for i, cell in enumerate(row):
            if i in joined:
                cells.append(cell[:-5] if name else f"{cell} to {row[i + 1]}" if cell else "")
            elif i - 1 not in joined:
                cells.append(cell)
        return cells
    return Table(one(table.head, True), [one(row, False) for row in table.rows], table.caption)


# ---- JSON: Python's reader ----------------------------------------------------------------------------------------------

def read_json(path):
    data = pathlib.Path(path).read_bytes()
    read = Read(problems=forbidden_characters(data))
    document = json.loads(data)
    def walk(value, at):
        if isinstance(value, dict):
            read.shape[at] += 1
            for key, inner in value.items():
                walk(inner, at + ("*" if at[-1:] == ("cells",) else key,))  # cells: by the keys of columns
        elif isinstance(value, list):
            read.shape[at + ("[]",)] += len(value)
            for inner in value:
                walk(inner, at + ("[]",))
    walk(document, ())
    for section in document["sections"]:
        read.tables += [table_of_json(block) for block in section["blocks"] if block["kind"] == "table"]
    return read


def table_of_json(block):
    columns = block["columns"]
    def words(column, cell):
        value = cell.get("value", cell) if isinstance(cell, dict) else cell
        if column["kind"] == "interval" and isinstance(value, dict):
            return f"{value['low']!r} to {value['high']!r}" if "low" in value else ""
        if value is None or value == {}:
            return ""
        return value if isinstance(value, str) else repr(value)
    rows = [[words(column, row["cells"].get(column["key"])) for column in columns] for row in block["rows"]]
    return Table([column["title"] for column in columns], rows, block["caption"])


READERS = {"csv": read_csv, "markdown": read_markdown, "html": read_html, "pdf": read_pdf, "xlsx": read_xlsx,
           "json": read_json}
NEEDS = {"csv": [], "markdown": [], "html": ["xmllint"], "pdf": ["qpdf", "pdftotext", "pdfinfo"], "xlsx": ["soffice"],
         "json": []}
