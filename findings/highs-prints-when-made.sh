#!/usr/bin/env bash
# highspy 1.16.0 against 1.15.1, Python 3.11, 30 November 2026.
# Expected: a solver that is asked to be quiet before it is given anything to do prints nothing, and a program may print its
#   answer as JSON on standard output.
# Seen: 1.15.1 prints nothing. 1.16.0 prints two lines (name, version, licence; third-party notices) to standard output when
#   the object is made, below Python: no option can be set before that, and replacing sys.stdout does not catch it.
# Who meets it: commands whose standard output another program reads.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for version in 1.15.1 1.16.0; do
  python3 -m venv "$folder/$version"
  "$folder/$version/bin/pip" install --quiet "highspy==$version" numpy==2.2.6
  "$folder/$version/bin/python" - > "$folder/$version.txt" <<'PYTHON'
import contextlib
import io
import json

import highspy

with contextlib.redirect_stdout(io.StringIO()):
    solver = highspy.Highs()
    solver.silent()
print(json.dumps({"answer": 42}))
PYTHON
  echo "$version: $(grep -vc answer "$folder/$version.txt" || true) lines beside the answer"
done
test "$(cat "$folder/1.15.1.txt")" = '{"answer": 42}'
test "$(grep -vc answer "$folder/1.16.0.txt")" = 2
grep -q 'HiGHS 1.16.0' "$folder/1.16.0.txt"
