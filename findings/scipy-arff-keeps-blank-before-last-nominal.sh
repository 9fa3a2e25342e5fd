#!/usr/bin/env bash
# SciPy 1.17.1 (Python 3.11)
#
# Expected: blanks after the commas of an ARFF file's declared values are no part of the values, as Weka's own examples have them
# (soybean.arff: {..., same-lst-two-yrs, same-lst-sev-yrs}).
# Behaviour: scipy.io.arff.loadarff takes a delimiter from the declaration as it was written first: where values are separated by a
# bare comma at first and by comma and blank later, the later values keep their blank, and rows that hold them are refused. Where all
# commas have a blank, all are read.
#
# Output seen:
#   {a, b, c}: read
#   {a,b,c}: read
#   {a,b, c}: refused: c value not in ('a', 'b', ' c')
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv env
env/bin/pip -q install --disable-pip-version-check scipy==1.17.1

env/bin/python - <<'PYTHON'
import io

from scipy.io import arff

seen = []
for values in ("{a, b, c}", "{a,b,c}", "{a,b, c}"):
    text = "@relation r\n@attribute k %s\n@data\na\nb\nc\n" % values
    try:
        data, meta = arff.loadarff(io.StringIO(text))
        seen.append("read")
    except ValueError as refused:
        seen.append("refused: %s" % refused)
    print("%s: %s" % (values, seen[-1]))
assert seen == ["read", "read", "refused: c value not in ('a', 'b', ' c')"], seen
PYTHON
