"""The peer of test/bench/spatial.mjs: one task a line of standard input; answers its milliseconds and a digest of its result.
Coordinates come from the same linear congruential generator as there, so that no file is exchanged."""
import sys, time
import numpy as np, sklearn, scipy
from sklearn.neighbors import BallTree
from sklearn.metrics.pairwise import haversine_distances

RADIUS = 6371.0088

def lcg(seed, n):
    """n numbers in [0, 1): x -> (1664525 x + 1013904223) mod 2^32, jumped ahead by doubling."""
    a, c, out = 1664525, 1013904223, np.empty(n, dtype=np.uint64)
    x = np.array([(a * seed + c) % 2**32], dtype=np.uint64)
    A, C, filled = a, c, 1
    out[0] = x[0]
    while filled < n:
        step = min(filled, n - filled)
        out[filled:filled + step] = (out[:step] * np.uint64(A) + np.uint64(C)) % np.uint64(2**32)
        A, C, filled = (A * A) % 2**32, (A * C + C) % 2**32, filled + step
    return out / 2.0**32

def points(seed, n):
    u = lcg(seed, 2 * n)
    return np.column_stack([42 + 9 * u[1::2], -4.5 + 12 * u[0::2]])  # latitude, longitude: mainland France

origins, destinations = np.radians(points(1, 1600)), np.radians(points(2, 35000))
queries, many = np.radians(points(3, 1500)), np.radians(points(4, 500000))

def haversine(a, b):
    dlat, dlon = b[None, :, 0] - a[:, None, 0], b[None, :, 1] - a[:, None, 1]
    h = np.sin(dlat / 2) ** 2 + np.cos(a[:, None, 0]) * np.cos(b[None, :, 0]) * np.sin(dlon / 2) ** 2
    return 2 * RADIUS * np.arcsin(np.sqrt(h))

def rows(kernel):
    """In blocks of 100 origins, which is numpy's best here: whole, its temporaries take gigabytes. One distance in 97 is summed, so that summing costs nothing."""
    total = np.zeros(len(origins))
    for i in range(0, len(origins), 100):
        total[i:i + 100] = kernel(origins[i:i + 100], destinations)[:, ::97].sum(axis=1)
    return total

tree = None
def build():
    global tree
    tree = BallTree(many, metric="haversine")
    return [len(many)]

def knn(k):
    distance, index = tree.query(queries, k=k)
    return [distance.sum() * RADIUS, index.sum()]

tasks = {"haversine": lambda: rows(haversine), "sklearn": lambda: rows(lambda a, b: haversine_distances(a, b) * RADIUS),
    "build": build, "knn10": lambda: knn(10), "knn100": lambda: knn(100)}
print(f"numpy {np.__version__}, scikit-learn {sklearn.__version__}, scipy {scipy.__version__}, Python {sys.version.split()[0]}", flush=True)
for line in sys.stdin:
    begin = time.perf_counter()
    values = tasks[line.strip()]()
    elapsed = (time.perf_counter() - begin) * 1000
    print(elapsed, *[f"{float(v):.17g}" for v in ([np.sum(values), values[0], values[-1]] if len(values) > 2 else values)], flush=True)
