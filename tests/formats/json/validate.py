"""Validates JSON files against a JSON Schema of draft 2020-12: validate.py SCHEMA FILE...

Prints a line per mistake, at most ten for each file; exits with 1 if there are any."""

import json
import sys

import jsonschema


def no_other_constants(name):
    raise ValueError(name + " is not JSON")


def main(schema_path, paths):
    with open(schema_path, encoding="utf-8") as file:
        schema = json.load(file)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    n_mistakes = 0
    for path in paths:
        with open(path, encoding="utf-8", newline="") as file:
            document = json.load(file, parse_constant=no_other_constants)
        for number, mistake in enumerate(validator.iter_errors(document)):
            if number == 10:
                break
            place = "/".join(str(part) for part in mistake.absolute_path)
            print(f"{path}: {place}: {mistake.message[:300]}")
            n_mistakes += 1
    return 1 if n_mistakes else 0


sys.exit(main(sys.argv[1], sys.argv[2:]))
