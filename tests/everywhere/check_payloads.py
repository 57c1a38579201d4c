"""Runs jobs that have payloads in every field, and looks for whatever got out of its cell.

    check_payloads.py articles|bodies|registry|titles|pages|diagnostics DOSSIER CORPORA [--all]

Prints what was looked at; exits with 1 and the findings if there are any, else with 77 if something was left out for lack
of a reader or of the corpora.
"""
import argparse
import concurrent.futures
import functools
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import compare
import payloads
import readers

BATCH = 120
SKIPPED = 77  # as an exit code
skips = []  # what could not be looked at, and why


def skip(why):
    skips.append(why)
    print(f"skipped: {why}")


def formats_of(dossier):
    listed = readers.run(dossier, "plugins", "list").decode()
    offered = set(re.findall(r"^format (\S+)", listed, re.M))
    found = []
    for name in readers.READERS:
        missing = [tool for tool in readers.NEEDS[name] if not shutil.which(tool)]
        if name not in offered:
            skip(f"there is no format {name}")
        elif missing:
            skip(f"format {name}, for lack of {', '.join(missing)}")
        else:
            found.append(name)
    return found


def run_job(dossier, job, output):
    done = subprocess.run([dossier, "run", str(job), "--output", str(output)], capture_output=True, timeout=900)
    problems = unclean(done.stdout, "standard output") + unclean(done.stderr, "standard error")
    if done.returncode not in (0, 3):
        errors = [line for line in done.stderr.decode(errors="replace").splitlines() if ": error:" in line or "error: " in line[:9]]
        problems.append(f"dossier run ended with {done.returncode}: " + "\n".join(errors[:5]))
    return pathlib.Path(output) / "latest", problems


def unclean(data, where):
    return [f"{where}: {problem}" for problem in readers.forbidden_characters(data, "\n")]


class Check:
    def __init__(self, arguments):
        self.dossier = arguments.dossier
        self.corpora = arguments.corpora
        self.all = arguments.all
        self.formats = formats_of(self.dossier)
        self.findings = []
        self.n_cells = 0
        self.n_runs = 0
        self.n_books = 0  # that LibreOffice read
        self.twins = {}  # what the files of the last twin hold

    def texts(self):
        found = payloads.corpora(self.corpora)
        if not found:
            skip(f"{self.corpora} is absent; our own {len(payloads.OWN)} payloads alone")
        groups = [payloads.OWN] + list(found.values())
        if not self.all:  # all that a spreadsheet or a browser may run, a sample of the others
            groups = [payloads.OWN] + [texts if name == "csv_injection" else texts[::40] for name, texts in found.items()]
        texts = [text for group in groups for text in group]
        return list(dict.fromkeys(texts))

    def batches(self, texts):
        size = BATCH
        return [texts[i:i + size] for i in range(0, len(texts), size)]

    def complain(self, what, findings):
        self.findings += [f"{what}: {finding}" for finding in findings[:12]]
        if len(findings) > 12:
            self.findings.append(f"{what}: and {len(findings) - 12} more")

    def both(self, make, texts, what, same_counts, twin=None):
        """Runs the job and its harmless twin, and holds every output to what was said and to the twin's.

        @param twin  what the twin published, where it is the same for many
        """
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            outputs = []
            for harmless in (False, True):
                if harmless and twin:
                    outputs.append(twin)
                    continue
                job = make(folder / f"job{harmless}", texts, self.formats, harmless)
                published, problems = run_job(self.dossier, job, folder / f"out{harmless}")
                self.n_runs += 1
                self.complain(f"{what}, {'twin' if harmless else 'payloads'}", problems)
                if not published.exists():
                    return
                outputs.append(published)
            said = readers.read_csv(outputs[0] / "data", guarded=False)
            self.complain(f"{what}, data", said.problems)
            for name in self.formats:
                self.one(name, said, outputs, f"{what}, {name}", same_counts)

    def read_twin(self, name, file):
        if file not in self.twins:
            self.twins = {key: read for key, read in self.twins.items() if key.parent == file.parent}
            self.twins[file] = readers.read_xlsx(file, False) if name == "xlsx" else readers.READERS[name](file)
        return self.twins[file]

    def one(self, name, said, outputs, what, same_counts):
        file = payloads.FILES[name]
        try:
            if name == "xlsx":  # LibreOffice takes seconds to start: it reads the first; or all, of titles one in fifty
                by_office = self.n_books % 50 == 0 if what.startswith("title") else True
                read = readers.read_xlsx(outputs[0] / file, by_office and (self.all or self.n_books == 0))
                self.n_books += bool(read.tables)
            else:
                read = readers.READERS[name](outputs[0] / file)
            if name == "pdf":  # what its pages hold depends on its words; its tables: see check_pages
                return self.complain(what, read.problems)
            twin = self.read_twin(name, outputs[1] / file)
        except Exception as error:  # a reader that gives up is a finding, not the end
            self.complain(what, [f"cannot be read: {error}"])
            return
        self.complain(what, read.problems)
        self.complain(what + ", twin", twin.problems)
        if read.tables:
            n_cells, _, differences = compare.compare(said.tables, read.tables, name in compare.EXACT)
            self.n_cells += n_cells
            self.complain(what, differences)
        self.complain(what, foreign(read.shape, twin.shape, name, same_counts))


def foreign(shape, twin, name, same_counts):
    """Pieces of markup that the harmless twin has not, or not as many of. Which tables of data there are depends on the
    analysis, which may differ."""
    if not same_counts and name in ("csv", "xlsx", "json"):
        return []
    found = [f"{piece} is not in the twin" for piece in shape if piece not in twin]
    if same_counts:  # how many lines a chart's label takes depends on its words
        found += [f"{piece}: {n} and not {twin[piece]}" for piece, n in shape.items()
                  if piece in twin and n != twin[piece] and not str(piece[0]).startswith("{http://www.w3.org/2000/svg}")]
    return found


def check_articles(check):
    texts = [text for text in check.texts() if payloads.is_utf8(text)]
    declared = [text for text in texts if payloads.legal(text)]
    for number, batch in enumerate(check.batches(declared)):
        plain = functools.partial(payloads.articles_job, with_meanings=False)
        check.both(plain, batch, f"articles {number}", True)
        check.both(payloads.articles_job, batch, f"articles {number}, all fields", False)
    # Of records readers drop tags and what cannot be seen, so that other numbers of values are right.
    for number, batch in enumerate(check.batches([text for text in texts if not payloads.legal(text)])):
        check.both(payloads.articles_job, batch, f"records {number}", False)
    return len(texts)


def check_bodies(check):
    texts = check.texts() + payloads.raw_lines(check.corpora)[::1 if check.all else 10]
    for number, batch in enumerate(check.batches(texts)):
        check.both(payloads.bodies_job, batch, f"bodies {number}", False)
    return len(texts)


def check_registry(check):
    texts = [text for text in check.texts() if payloads.legal(text)]
    for number, batch in enumerate(check.batches(texts)):
        check.both(payloads.registry_job, batch, f"registry {number}", True)
    return len(texts)


def check_titles(check):
    texts = [text for text in check.texts() if payloads.legal(text)]
    if not check.all:
        texts = texts[::max(1, len(texts) // 2)]
    def job(path, said, formats, harmless):
        folder = payloads.Folder(path)
        folder.write("claims.toml", payloads.CLAIMS)
        folder.write("sources.toml", "")
        folder.write("articles/one.txt", payloads.BODY)
        return folder.job("words" if harmless else said[0], formats)
    with tempfile.TemporaryDirectory() as folder:
        twin, problems = run_job(check.dossier, job(f"{folder}/job", ["words"], check.formats, True), f"{folder}/out")
        check.n_runs += 1
        check.complain("the titles' twin", problems)
        for number, text in enumerate(texts):
            check.both(job, [text], f"title {number} {text[:30]!r}", True, twin)
    return len(texts)


def check_pages(check):
    """Tables of tagged PDFs, a few payloads each, since poppler's reading of the structure is slow."""
    if "pdf" not in check.formats:
        return 0
    texts = [text for text in check.texts() if payloads.legal(text)]
    if not check.all:
        texts = texts[::32]
    texts = payloads.HARD_ON_PAGES + texts
    for number in range(0, len(texts), 8):
        with tempfile.TemporaryDirectory() as folder:
            for make in (payloads.articles_job, payloads.registry_job):
                job = make(f"{folder}/{make.__name__}", texts[number:number + 8], ["pdf"])
                published, problems = run_job(check.dossier, job, f"{folder}/out-{make.__name__}")
                check.n_runs += 1
                check.complain(f"pages {number}", problems)
                said = readers.read_csv(published / "data", guarded=False)
                read = readers.read_pdf(published / payloads.FILES["pdf"], with_tables=True)
                n_cells, _, differences = compare.compare(said.tables, read.tables, on_paper=True)
                check.n_cells += n_cells
                check.complain(f"pages {number}, {make.__name__}", read.problems + differences)
    return len(texts)


MARK = "PAYLOAD"
# In quotation marks where the syntax is right and the value is not: every mistake of a file is told, so that many stand in one.
MISTAKES = {
    "claims.toml": [f'[[claim]]\nid = "{MARK}"\nstatement = "a"\nsupports = ["{MARK}"]\nparent = "{MARK}"\n', f'"{MARK}" = 1\n'],
    "sources.toml": [f'[[source]]\npath = "{MARK}"\npublished = "{MARK}"\nweight = "{MARK}"\n', f'["{MARK}"]\n'],
}
# One to a file: a job has one date, and bare, which is no TOML, the first mistake is the last.
ALONE = {
    "claims.toml": [f"[[claim]]\nid = {MARK}"],
    "job.toml": [f'[job]\ntitle = "a"\nas_of = "{MARK}"\n[sources]\ninclude = ["{MARK}"]\n[[output]]\n'
                 f'reports = ["{MARK}"]\nformat = "{MARK}"\nfile = "{MARK}"\n', MARK],
}


def check_diagnostics(check):
    """Payloads that make files wrong: what is said about them has no terminal escapes."""
    texts = [text for text in check.texts() if payloads.is_utf8(text)]
    if not check.all:
        texts = texts[:len(payloads.OWN):7] + texts[len(payloads.OWN)::25]
    files = [(file, template, batch) for file, templates in MISTAKES.items() for template in templates
             for batch in check.batches(texts)]
    files += [(file, template, [text]) for file, templates in ALONE.items() for template in templates for text in texts]
    options = ([], ["--message-format", "json"])[:2 if check.all else 1]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as threads:
        for (file, template, batch), (problems, lines) in zip(files, threads.map(
                lambda one: said_of_mistakes(check.dossier, *one, options), files)):
            check.n_runs += len(options)
            check.complain(f"{file} with {batch[0][:40]!r}" + (" and others" if len(batch) > 1 else ""), problems)
            if template in MISTAKES.get(file, []):
                n = template.count("\n")
                unsaid = [text for k, text in enumerate(batch) if not any(k * n < line <= (k + 1) * n for line in lines)]
                check.complain(f"{file}, {template!r}", [f"nothing is said about {text[:40]!r}" for text in unsaid])
    return len(texts)


def said_of_mistakes(dossier, file, template, texts, options):
    """@return problems with what is said about the file, and the lines of it about which something is said"""
    problems, lines = [], set()
    with tempfile.TemporaryDirectory() as folder:
        job = payloads.Folder(f"{folder}/job")
        job.write("articles/one.txt", payloads.BODY)
        job.write("claims.toml", payloads.CLAIMS)
        job.write("sources.toml", "")
        job.job("words", [])
        job.write(file, "".join(template.replace(f'"{MARK}"', payloads.toml(text)).replace(MARK, text) for text in texts))
        for option in options:
            done = subprocess.run([dossier, "check", str(job.path / "job.toml"), *option], capture_output=True, timeout=60)
            problems += unclean(done.stdout, "standard output") + unclean(done.stderr, "standard error")
            if done.returncode < 0 or done.returncode > 100:
                problems.append(f"ended with {done.returncode}")
            lines |= {int(n) for n in re.findall(file.encode() + rb":(\d+):\d+: ", done.stdout + done.stderr)}
    return problems, lines


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["articles", "bodies", "registry", "titles", "pages", "diagnostics"])
    parser.add_argument("dossier")
    parser.add_argument("corpora")
    parser.add_argument("--all", action="store_true")
    check = Check(parser.parse_args())
    n = globals()["check_" + sys.argv[1]](check)
    print(f"{n} payloads, {check.n_runs} runs, formats {' '.join(check.formats)}, {check.n_cells} cells compared, "
          f"{len(check.findings)} findings")
    for finding in check.findings:
        print(finding.encode("ascii", "backslashreplace").decode())
    return 1 if check.findings else SKIPPED if skips else 0


if __name__ == "__main__":
    sys.exit(main())
