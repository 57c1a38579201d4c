#!/usr/bin/env python3
"""registry.py CLAIMS.JSON REGISTRY.TOML: the acceptance kit's neutral claims as a registry of Dossier.

A claim of the kit has a subject and an object, both by several names, and a sign: +1 where "subject causes object" supports it,
-1 where it refutes it. Ids of Dossier are lower-case; `run` turns them back in the table that the kit reads."""
import json
import sys


def text(value):
    return json.dumps(value, ensure_ascii=False)


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        kit = json.load(file)
    lines = ["[registry]", 'title = "Acceptance kit"']
    for factor in kit.get("risk_factors", []):
        lines += ["", "[[risk_factor]]", "id = " + text(factor["id"].lower()), "name = " + text(factor["phrases"][0]),
                  "phrases = " + text(factor["phrases"])]
    for claim in kit["claims"]:
        side = "supports" if claim["sign"] > 0 else "refutes"
        lines += ["", "[[claim]]", "id = " + text(claim["id"].lower()), "statement = " + text(claim["statement"]),
                  "about = " + text(claim["subject"]), side + " = " + text(claim["object"])]
    with open(sys.argv[2], "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")


main()
