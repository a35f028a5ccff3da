"""Peer of ward.mjs: fastcluster's Ward on vectors. "read <file> <axes>", "write <file>" (losses of inertia, lowest first), "run" (milliseconds)."""
import sys
import time

import fastcluster
import numpy as np

rows = None
for line in sys.stdin:
    word, *arguments = line.split()
    if word == "read":
        rows = np.fromfile(arguments[0]).reshape(-1, int(arguments[1]))
        answer = fastcluster.__version__
    elif word == "write":
        heights = fastcluster.linkage_vector(rows, "ward")[:, 2]
        (heights**2 / 2 / len(rows)).tofile(arguments[0])
        answer = "done"
    else:
        start = time.perf_counter()
        fastcluster.linkage_vector(rows, "ward")
        answer = 1000 * (time.perf_counter() - start)
    print(answer, flush=True)
