"""Ward trees, their cuts and silhouettes by scipy and scikit-learn. Writes clustering.json beside this file.
The rows are written in it, so that the test reads the same numbers. python test/reference/clustering.py"""
import json
from pathlib import Path

import numpy
import scipy
import sklearn
from scipy.cluster.hierarchy import fcluster, linkage
from sklearn.metrics import silhouette_samples

random = numpy.random.default_rng(20220301)
cases = []
for rows, width, centres in [(12, 1, 3), (40, 2, 4), (90, 3, 1), (150, 5, 6)]:
    middle = random.normal(0, 4, (centres, width))
    values = numpy.round(middle[random.integers(0, centres, rows)] + random.normal(0, 1, (rows, width)), 6)
    tree = linkage(values, "ward")
    cuts = {}
    for number in (2, 3, 5):
        labels = fcluster(tree, number, "maxclust")
        cuts[number] = {
            "labels": labels.tolist(),
            "silhouette": silhouette_samples(values, labels).tolist(),
        }
    cases.append({"width": width, "values": values.ravel().tolist(), "heights": tree[:, 2].tolist(), "cuts": cuts})
versions = {"numpy": numpy.__version__, "scipy": scipy.__version__, "sklearn": sklearn.__version__}
Path(__file__).with_suffix(".json").write_text(json.dumps({"versions": versions, "cases": cases}) + "\n")
