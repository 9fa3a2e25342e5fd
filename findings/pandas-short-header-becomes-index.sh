#!/usr/bin/env bash
# pandas 2.2.3 (Python 3.11), on the CSV files inside the package scikit-learn 1.9.1
#
# Expected: a table whose rows have more cells than its first line is refused, or gets columns without names.
# Behaviour: read_csv takes as many leading cells of each row as are too many for an index of as many levels, without a word. The
# tables inside scikit-learn begin with a line of counts and class names (rows, features, classes), which is shorter than their rows: of
# wine's 13 features 9 are no columns of the frame, and the other columns bear the names of others' things; iris, whose first line
# happens to be as long as its rows, keeps its columns, the label of which is called "virginica".
#
# Output seen:
#   wine_data.csv: first line 178,13,class_0,class_1,class_2; 178 rows, 5 columns, 9 levels of index
#   iris.csv: first line 150,4,setosa,versicolor,virginica; 150 rows, 5 columns, 1 level of index
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv env
env/bin/pip -q install --disable-pip-version-check pandas==2.2.3
env/bin/pip -q download --disable-pip-version-check --no-deps --dest . scikit-learn==1.9.1

env/bin/python - <<'PYTHON'
import glob
import io
import zipfile

import pandas

package = zipfile.ZipFile(glob.glob("scikit_learn-*.whl")[0])
seen = {}
for name in ("wine_data.csv", "iris.csv"):
    text = package.read("sklearn/datasets/data/" + name).decode()
    frame = pandas.read_csv(io.StringIO(text))
    seen[name] = (len(frame), len(frame.columns), frame.index.nlevels)
    print("%s: first line %s; %d rows, %d columns, %d level%s of index" % (
        (name, text.splitlines()[0]) + seen[name] + ("" if seen[name][2] == 1 else "s",)))
assert seen == {"wine_data.csv": (178, 5, 9), "iris.csv": (150, 5, 1)}, seen
PYTHON
