"""Random linear programs, in real and in whole numbers, solved by scipy's own HiGHS. Writes linear-programs.json beside this file.
python test/reference/linear-programs.py"""
import json
from pathlib import Path

import numpy
import scipy
from scipy.optimize import Bounds, LinearConstraint, milp

random = numpy.random.default_rng(20261124)
programs = []
for k in range(120):
    n = int(random.integers(1, 9))
    m = int(random.integers(0, 6))
    matrix = random.integers(-2, 3, size=(m, n))
    inside = random.integers(0, 12, size=n)
    middle = matrix @ inside
    kinds = random.integers(0, 4, size=m)
    low = [None if kind == 1 else int(v) - (3 if kind == 2 else 0) for kind, v in zip(kinds, middle)]
    high = [None if kind == 2 else int(v) + (2 if kind == 1 else 0) for kind, v in zip(kinds, middle)]
    if k % 10 == 9 and m > 0:
        low[0], high[0] = 1000, 1000
    least = [0] * n
    greatest = [None if random.random() < 0.3 else int(v) + int(random.integers(0, 9)) for v in inside]
    whole = [int(v) for v in random.integers(0, 2, size=n)] if k % 2 else [0] * n
    cost = [int(v) for v in random.integers(-5, 6, size=n)]
    sense = "min" if k % 4 < 2 else "max"
    inf = float("inf")
    constraints = LinearConstraint(matrix, [-inf if v is None else v for v in low], [inf if v is None else v for v in high]) if m else ()
    result = milp(
        numpy.array(cost) * (1 if sense == "min" else -1), integrality=whole, constraints=constraints,
        bounds=Bounds(least, [inf if v is None else v for v in greatest]), options={"presolve": False, "mip_rel_gap": 0},
    )
    answer = {0: "optimal", 2: "infeasible", 3: "unbounded"}.get(result.status, f"status {result.status}")
    if answer.startswith("status"):
        # Neither proven: does anything fit?
        fits = milp(numpy.zeros(n), integrality=whole, constraints=constraints, bounds=Bounds(least, [inf if v is None else v for v in greatest]))
        answer = "unbounded" if fits.status == 0 else "infeasible"
    value = None if result.status != 0 else float(result.fun) * (1 if sense == "min" else -1)
    programs.append({"sense": sense, "cost": cost, "matrix": matrix.tolist(), "low": low, "high": high, "greatest": greatest, "whole": whole, "status": answer, "value": value})
Path(__file__).with_suffix(".json").write_text(json.dumps({"version": f"scipy {scipy.__version__}", "programs": programs}) + "\n")
print({s: sum(p["status"] == s for p in programs) for s in {p["status"] for p in programs}})
