"""Laws of greatest entropy of given mean 0 and variance, by scipy's SLSQP on the probabilities themselves (no exponential form is assumed).
Writes maximum-entropy.json beside this file. python test/reference/maximum-entropy.py"""
import json
from pathlib import Path

import numpy
import scipy
from scipy.optimize import minimize


def law(support, variance):
    v = numpy.array(support, dtype=float)
    constraints = [
        {"type": "eq", "fun": lambda p: p.sum() - 1, "jac": lambda p: numpy.ones_like(p)},
        {"type": "eq", "fun": lambda p: p @ v, "jac": lambda p: v},
    ]
    if variance is not None:
        constraints.append({"type": "eq", "fun": lambda p: p @ v**2 - variance, "jac": lambda p: v**2})
    best = None
    start = numpy.full(len(v), 1 / len(v))
    for _ in range(6):
        best = minimize(
            lambda p: float((p * numpy.log(p)).sum()), start, jac=lambda p: numpy.log(p) + 1, method="SLSQP",
            bounds=[(1e-14, 1)] * len(v), constraints=constraints, options={"ftol": 1e-16, "maxiter": 2000},
        )
        start = numpy.clip(best.x, 1e-13, 1)
    p = best.x
    assert abs(p.sum() - 1) < 1e-9 and abs(p @ v) < 1e-9
    return p.tolist()


cases = [
    (list(range(-2, 3)), 1.0), (list(range(-5, 6)), 3.0), ([-1, 0, 1, 2, 3, 4, 5], 3.0), ([-1, 2, 3, 4, 5], 3.0),
    ([-2, 1, 2, 3, 4, 5], 3.0), ([-3, 0, 1, 2, 3, 4, 5], 3.0), (list(range(-5, 6)), 14.0), ([-1, 0, 1, 2], None),
    ([-4, -1, 0, 1, 2, 3, 4, 5], 5.0), (list(range(-20, 21)), 50.0),
]
out = {"version": f"scipy {scipy.__version__}", "laws": [{"support": s, "variance": V, "probabilities": law(s, V)} for s, V in cases]}
Path(__file__).with_suffix(".json").write_text(json.dumps(out) + "\n")
