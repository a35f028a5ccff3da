"""The peer of routing.mjs: Dijkstra of scipy on the same compressed rows. Answers one line of JSON a question; files are read once, outside the clock."""
import json, os, resource, sys, time
import numpy as np
import scipy
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

folder = sys.argv[1]
read = lambda name, kind: np.fromfile(os.path.join(folder, name), dtype=kind)
starts, heads, seconds, places = read("starts", np.int32), read("heads", np.int32), read("seconds", np.float64), read("places", np.int32)
size = len(starts) - 1
graph = csr_matrix((seconds, heads, starts), shape=(size, size))


def matrix(count):
    """Rows by 64 origins: the whole distances to all nodes would be 312 MB, and slower."""
    origins = places[:count]
    rows = np.empty((len(origins), len(places)))
    start = time.perf_counter()
    for first in range(0, len(origins), 64):
        rows[first : first + 64] = dijkstra(graph, directed=True, indices=origins[first : first + 64])[:, places]
    return rows, 1000 * (time.perf_counter() - start)


for line in sys.stdin:
    word, *arguments = line.split()
    if word == "versions":
        answer = f"scipy {scipy.__version__}, numpy {np.__version__}, Python {sys.version.split()[0]}"
    else:
        rows, milliseconds = matrix(int(arguments[0]))
        if word == "save":
            rows.tofile(os.path.join(folder, "expected"))
        answer = {"milliseconds": milliseconds, "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}
    print(json.dumps(answer), flush=True)
