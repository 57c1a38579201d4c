"""Reads a data package as another program would: by the rules of Frictionless Data Package 1.0 and Table Schema 1.0.

    python3 check_package.py FOLDER...

Says every breach of a rule on a line and how many values and keys were read on the last; exit code 1 if there was a breach."""

import csv
import json
import pathlib
import re
import sys

INTEGER = re.compile(r"[+-]?[0-9]+")
NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")
NAME = re.compile(r"[-a-z0-9._/]+")
n_values = 0
n_keys = 0
breaches = []


def breach(place, what):
    breaches.append(f"{place}: {what}")


def check_value(place, field, value, missing):
    global n_values
    n_values += 1
    if value in missing:
        return
    if field["type"] == "integer" and not INTEGER.fullmatch(value):
        breach(place, f"not an integer: {value!r}")
    if field["type"] == "number" and not NUMBER.fullmatch(value):
        breach(place, f"not a number: {value!r}")
    constraints = field.get("constraints", {})
    if "enum" in constraints and value not in constraints["enum"]:
        breach(place, f"none of the values there are: {value!r}")
    if "pattern" in constraints and not re.fullmatch(constraints["pattern"], value):
        breach(place, f"unlike {constraints['pattern']}: {value!r}")


def check_schema(place, schema):
    fields = schema["fields"]
    names = [field["name"] for field in fields]
    if not fields or len(set(names)) != len(names):
        breach(place, "no fields, or two of one name")
    for field in fields:
        if field["type"] not in ("string", "integer", "number"):
            breach(place, f"an unknown type: {field['type']}")
        if not all(isinstance(field.get(key, ""), str) for key in ("title", "description")):
            breach(place, f"title or description of {field['name']} is no text")
    return fields, names


def values_of(folder, package, name, field):
    resource = next(resource for resource in package["resources"] if resource["name"] == name)
    with open(folder / resource["path"], newline="", encoding="utf-8-sig") as lines:
        return [row[field] for row in csv.DictReader(lines, delimiter=resource["dialect"]["delimiter"], strict=True)]


def check_keys(folder, package, resource):
    global n_keys
    schema = resource["schema"]
    if "primaryKey" in schema:
        n_keys += 1
        values = values_of(folder, package, resource["name"], schema["primaryKey"])
        if "" in values or len(set(values)) != len(values):
            breach(resource["name"], "the primary key does not tell rows apart")
    for key in schema.get("foreignKeys", []):
        n_keys += 1
        other = key["reference"]
        known = set(values_of(folder, package, other["resource"], other["fields"])) | {""}
        if not set(values_of(folder, package, resource["name"], key["fields"])) <= known:
            breach(resource["name"], f"{key['fields']} has values that {other} has not")


def check_resource(folder, package, resource):
    place = f"{folder}/{resource['path']}"
    if not NAME.fullmatch(resource["name"]) or resource["path"].startswith(("/", "..")):
        breach(place, "a name or path that the specification forbids")
    if resource["profile"] != "tabular-data-resource" or resource["encoding"] != "utf-8":
        breach(place, "profile or encoding")
    fields, names = check_schema(place, resource["schema"])
    missing = resource["schema"]["missingValues"]
    dialect = resource["dialect"]
    if not (dialect["header"] and dialect["doubleQuote"] and dialect["lineTerminator"] == "\r\n"):
        breach(place, "dialect")
    with open(folder / resource["path"], newline="", encoding="utf-8-sig") as lines:
        rows = csv.reader(lines, delimiter=dialect["delimiter"], quotechar=dialect["quoteChar"], strict=True)
        if next(rows) != names:
            breach(place, "the head of the file has other names than its schema")
        for row in rows:
            if len(row) != len(fields):
                breach(f"{place}:{rows.line_num}", f"{len(row)} values for {len(fields)} fields")
            for field, value in zip(fields, row):
                check_value(f"{place}:{rows.line_num}", field, value, missing)


for argument in sys.argv[1:]:
    folder = pathlib.Path(argument)
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    names = [resource["name"] for resource in package["resources"]]
    if package["profile"] != "tabular-data-package" or not names or len(set(names)) != len(names):
        breach(folder, "profile, no resources, or two of one name")
    files = {path.name for path in folder.iterdir()} - {"datapackage.json"}
    if files != {resource["path"] for resource in package["resources"]}:
        breach(folder, "files and resources are not the same")
    for resource in package["resources"]:
        check_resource(folder, package, resource)
        check_keys(folder, package, resource)
print("\n".join(breaches + [f"{n_values} values, {n_keys} keys"]))
sys.exit(1 if breaches else 0)
