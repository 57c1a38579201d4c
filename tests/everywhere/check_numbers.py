"""Runs a job to every format and holds each, read back by a second program, to the analysis database.

    check_numbers.py DOSSIER JOB [--spoil csv|markdown|html|json|database]

--spoil changes one number in that output, or in the database, before anything is read: to show that it is found.
"""
import argparse
import json
import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile

import check_payloads
import compare
import payloads
import readers

TITLE = "coalesce((SELECT title FROM articles a WHERE a.article_id = x.article_id), x.article_id)"
INTERVAL = "ci_low || ' to ' || ci_high"
OVERALL = "FROM consensus x WHERE condition_id = '' ORDER BY claim_position"

# Table (by the key of its file), and columns of it as SQL over the views; None: not a value of the database.
TABLES = {
    "consensus-verdicts": (f"SELECT statement, direction_share, ci_low || ' to ' || ci_high {OVERALL}",
                           ["Claim", "Share", "95 % interval"]),
    "consensus-counts": ("SELECT statement, supports, refutes, mixed, neutral, silent, not_assessable, posterior, sign_test_p, "
                         f"agreement {OVERALL}",
                         ["Claim", "Supports", "Refutes", "Mixed", "Neutral", "Silent", "Not assessable", "P(share > ½)",
                          "Sign test p", "Agreement A"]),
    "consensus-further": ("SELECT statement, bound_low || ' to ' || bound_high, clopper_pearson_low || ' to ' || "
                          "clopper_pearson_high, jeffreys_low || ' to ' || jeffreys_high, posterior_uniform, direction_index, "
                          f"polarisation, tastle_wierman, entropy {OVERALL}",
                          ["Claim", "Bounds", "Exact 95 %", "Jeffreys 95 %", "P, uniform", "D", "Polarisation", "Cns",
                           "Entropy"]),
    "stance-table-every-stance": ("SELECT claim_id, condition_id, article_id, stance, n_supporting, n_refuting FROM stances x "
                                  "WHERE stance <> 'silent' AND (condition_id = '' OR stance <> 'not_assessable') ORDER BY claim_position, condition_position, article_position",
                                  ["Claim", "Condition", "Article", "Stance", "For", "Against"]),
    "consensus-conditions": (f"SELECT statement, condition_name, {INTERVAL}, supports, refutes, mixed FROM consensus x WHERE "
                             "condition_id <> '' AND supports + refutes + mixed > 0 ORDER BY claim_position, "
                             "condition_position",
                             ["Claim", "Condition", "95 % interval", "Supports", "Refutes", "Mixed"]),
    "risk-factors-quantities": (f"SELECT text, measure, comparator, estimate, {INTERVAL}, population, {TITLE} FROM "
                                "quantities x",
                                ["As stated", "Measure", "Comparator", "Number", "Interval", "Who was counted", "Article"]),
    "effects-effect-sizes": (f"SELECT text, measure, estimate, {INTERVAL}, population, {TITLE} FROM "
                             "effects x",
                             ["As stated", "Measure", "Estimate", "Interval", "Who was counted", "Article"]),
    "effects-pooled": (f"SELECT method, n_clusters, estimate, {INTERVAL}, hartung_knapp_low || ' to ' || hartung_knapp_high, "
                       "prediction_low || ' to ' || prediction_high, i2, q, q_p, tau2 FROM pooled_effects x",
                       ["Method", "Sources", "Estimate", "95 % interval", "Hartung-Knapp", "Prediction", "I²", "Q", "p of Q",
                        "τ²"]),
    "risk-factors-factors": ("SELECT name, outcome, n_clusters, n_articles FROM risk_factors x WHERE n_articles > 0 ORDER BY position",
                             ["Factor", "Outcome", "Sources", "Articles"]),
    "quotes-every-quote": ("SELECT evidence_id, claim_id, article_id, direction, quote, path, line, page, byte_begin, byte_end, "
                      "condition_id, attribution, causal_strength, strength, confidence, rule, decided_by FROM evidence x "
                      "ORDER BY evidence_id",
                      ["No.", "Claim", "Article", "Direction", "Quote", "File", "Line", "Page", "From byte", "To byte",
                       "Condition", "Attribution", "Link", "Strength", "Confidence", "Rule", "Decided by"]),
    "sources-files": ("SELECT article_id, path, format, language, n_sentences, status FROM articles ORDER BY position",
                      ["Article", "File", "Format", "Language", "Sentences"]),
    "stance-table-article-list": ("SELECT position, title, author, published, publisher, path FROM articles ORDER BY position",
                                  ["No.", "Title", "Author", "Published", "Publisher", "File"]),
}


def wanted_from(database, said):
    """The tables that the database tells of, with its values in the columns it has; the others are empty and left out."""
    found = []
    for name, (sql, columns) in TABLES.items():
        rows = [["" if value is None else repr(value) if isinstance(value, float) else str(value) for value in row]
                for row in database.execute(sql)]
        found.append((name, columns, rows))
    return found + [matrix_from(database)]


def matrix_from(database):
    """The table of stances, a column per article; of conditions the rows that somebody speaks of."""
    articles = [row[0] for row in database.execute("SELECT position FROM articles ORDER BY position")]
    rows = []
    stances = {(claim, condition, article): stance for claim, condition, article, stance in database.execute(
        "SELECT claim_position, condition_position, article_position, stance FROM stances")}
    for claim, condition in sorted({key[:2] for key in stances}):
        row = [stances.get((claim, condition, article), "") for article in articles]
        if condition == 0 or set(row) & {"supports", "refutes", "mixed", "neutral"}:
            rows.append(row)
    return "stance-table-stances", [f"[{article}]" for article in articles], rows


def hold_to_database(database, said, read, exact, on_paper):
    n = n_numbers = 0
    differences = []
    said = said if exact else [compare.on_pages(table) for table in said]
    for name, columns, rows in wanted_from(database, said):
        table = next((t for t in read if set(columns) <= set(t.head) and said_head(said, name) == t.head), None)
        if table is None:
            if said_head(said, name) is not None:
                differences.append(f"{name}: no such table")
            continue
        if len(table.rows) != len(rows):
            differences.append(f"{name}: {len(table.rows)} rows, in the database {len(rows)}")
            continue
        at = [table.head.index(column) for column in columns]
        for number, (row, values) in enumerate(zip(table.rows, rows), 1):
            for i, column, value in zip(at, columns, values):
                kind = "interval" if re.fullmatch(r"[-\d.e]+ to [-\d.e]+", value) else \
                       "number" if readers.NUMBER.match(value) else "text"
                n += 1
                n_numbers += kind != "text"
                if not compare.same_cell(row[i], value, kind, exact, on_paper):
                    differences.append(f"{name}, row {number}, {column}: {row[i]!r}, in the database {value!r}")
    return n, n_numbers, differences


def hold_views_to_database(database, path):
    """The views in the JSON output, every column of every row."""
    n = 0
    differences = []
    for view, rows in json.loads(path.read_text(encoding="utf-8"))["views"].items():
        cursor = database.execute(f'SELECT * FROM "{view}"')
        names = [column[0] for column in cursor.description]
        # A view promises no order.
        in_order = lambda found: sorted(found, key=lambda row: [(row.get(name) is not None, row.get(name)) for name in names])
        rows, wanted = in_order(rows), in_order(dict(zip(names, row)) for row in cursor)
        if len(rows) != len(wanted):
            differences.append(f"view {view}: {len(rows)} rows, in the database {len(wanted)}")
        for number, (row, values) in enumerate(zip(rows, wanted), 1):
            n += len(values)
            # -0.0 == 0 and True == 1 in Python; types are the schema's to check.
            differences += [f"view {view}, row {number}, {name}: {row.get(name)!r}, in the database {value!r}"
                            for name, value in values.items() if name not in row or row[name] != value]
    return n, differences


def said_head(said, name):
    return next((table.head for table in said if table.name == name), None)


def spoil(published, what):
    """Changes one digit of a number, in an output or, where every format must show it, in the database."""
    if what == "database":
        with sqlite3.connect(published.resolve() / "analysis.sqlite") as database:
            changed = database.execute("UPDATE t_consensus SET supports = supports + 1 WHERE claim_position = 1").rowcount
        assert changed >= 1
        return
    path = published / payloads.FILES[what]
    path, at = {"csv": (path / "consensus-counts.csv", r",(\d),"),
                "markdown": (path, r"\| Sign test p \|[^\n]*\n[^\n]*\n\|[^|]*\| (\d)"),
                "html": (path, r"Sign test p.*?<td[^>]*>(?:<[^>]*>)*(\d)"),
                "json": (path, r'"consensus-counts".*?"supports": ?\{"value": ?(\d)')}[what]
    text = path.read_bytes().decode("utf-8")
    found = re.search(at, text, re.S)
    digit = str((int(found.group(1)) + 1) % 10)
    path.write_bytes((text[:found.start(1)] + digit + text[found.end(1):]).encode("utf-8"))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("dossier")
    parser.add_argument("job")
    parser.add_argument("--spoil")
    arguments = parser.parse_args()
    formats = check_payloads.formats_of(arguments.dossier)
    if arguments.spoil:  # one reader that starts in no time is enough to see it
        formats = [name for name in formats if name in ("csv", "markdown")] + \
                  [name for name in (arguments.spoil,) if name in ("html", "json")]
    findings = []
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        example = pathlib.Path(arguments.job).parent
        shutil.copytree(example, folder / "job")
        head = (folder / "job/job.toml").read_text(encoding="utf-8").split("[[output]]")[0]
        outputs = payloads.job_file("x", formats, flat=True).split("[[output]]", 1)[1]
        (folder / "job/job.toml").write_text(head + "[[output]]" + outputs, encoding="utf-8")
        published, problems = check_payloads.run_job(arguments.dossier, folder / "job/job.toml", folder / "out")
        findings += problems
        if arguments.spoil:
            spoil(published, arguments.spoil)
        said = readers.read_csv(published / "data", guarded=False).tables
        with sqlite3.connect(f"file:{published.resolve()}/analysis.sqlite?mode=ro", uri=True) as database:
            for name in formats:
                path = published / payloads.FILES[name]
                reads = [("", readers.READERS[name](path) if name != "pdf" else readers.read_pdf(path, True))]
                if name == "html" and shutil.which("chromium"):
                    reads.append((" in Chromium", readers.read_html_in_browser(path)))
                for where, read in reads:
                    exact, on_paper = name in compare.EXACT, name == "pdf"
                    cells, numbers, differences = compare.compare(said, read.tables, exact, on_paper)
                    values, value_numbers, more = hold_to_database(database, said, read.tables, exact, on_paper)
                    print(f"{name}{where}: {cells} cells ({numbers} numbers) equal those said, {values} ({value_numbers} "
                          f"numbers) compared with the database, {len(differences) + len(more)} differences")
                    findings += [f"{name}{where}: {finding}" for finding in (read.problems + differences + more)[:20]]
                    if name == "json":
                        n, differences = hold_views_to_database(database, path)
                        print(f"json, views: {n} values compared with the database, {len(differences)} differences")
                        findings += differences[:20] + ([] if n else ["json: no views"])
                    if values == 0:
                        findings.append(f"{name}{where}: nothing was compared with the database")
    for finding in findings:
        print(finding.encode("ascii", "backslashreplace").decode())
    return 1 if findings else check_payloads.SKIPPED if check_payloads.skips else 0


if __name__ == "__main__":
    sys.exit(main())
