#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
# controls.py [--json | --csv] FILE...: what is in the files that a terminal would act on, or that is no text. With --json, each
# line must be an object, by a reader that is strict; with --csv, a row of as many fields as the first one, ended as rows are.
import csv
import json
import sys
import unicodedata

form = sys.argv[1] if sys.argv[1].startswith("--") else ""
found = 0
fields = None
for name in sys.argv[1 + bool(form):]:
    with open(name, "rb") as file:
        data = file.read()
    for number, line in enumerate(data.split(b"\n"), 1):
        try:
            text = line.decode("utf-8")
            if form == "--csv" and text.endswith("\r"):
                text = text[:-1]
            bad = [c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")]
            if form == "--json" and text and not isinstance(json.loads(text), dict):
                bad = ["no object"]
            if form == "--csv" and text:
                row = next(csv.reader([text], strict=True))
                fields = fields or len(row)
                if len(row) != fields:
                    bad = [f"{len(row)} fields"]
        except (ValueError, csv.Error) as error:
            bad = [str(error)]
        if bad:
            print(f"{name}:{number}: {bad[0]!r} in {line!r:.300}")
            found = 1
sys.exit(found)
