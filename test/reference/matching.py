"""Optima of seeded assignment and transport problems by scipy and networkx. Writes matching.json beside this file.
Instances are drawn again, number for number, by test/models/matching/instances.ts.
python test/reference/matching.py"""
import json
import math
from pathlib import Path

import networkx
import numpy
import scipy
from scipy.optimize import linear_sum_assignment, linprog
from scipy.special import logsumexp

MASK = 0xFFFFFFFF


def seeded_random(seed):
    """sfc32, as in src/codes/random.ts."""
    state = [seed & MASK, (seed >> 32) & MASK, 0x9E3779B9, 1]

    def draw():
        a, b, c, counter = state
        t = (a + b + counter) & MASK
        state[3] = (counter + 1) & MASK
        state[0] = b ^ (b >> 9)
        state[1] = (c + (c << 3)) & MASK
        state[2] = (((c << 21) | (c >> 11)) + t) & MASK
        return t / 0x100000000

    for _ in range(12):
        draw()
    return draw


def cost_instance(kind, rows, columns, seed):
    draw = seeded_random(seed)
    if kind in ("clustered", "clustered-rounded"):
        centres = [(draw() * 60, draw() * 60) for _ in range(8)]
        points = []
        for _ in range(rows + columns):
            x, y = centres[math.floor(draw() * 8)]
            px = x + (draw() + draw() + draw() - 1.5) * 4
            points.append((px, y + (draw() + draw() + draw() - 1.5) * 4))
        km = [[math.sqrt((a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1])) for b in points[rows:]] for a in points[:rows]]
        return numpy.array(km if kind == "clustered" else [[math.floor(x + 0.5) for x in row] for row in km], dtype=float)
    values = []
    for _ in range(rows * columns):
        u = draw()
        if kind == "random":
            values.append(u * 100)
        elif kind == "integer":
            values.append(math.floor(u * 1000))
        elif kind == "tied":
            values.append(math.floor(u * 4))
        else:
            values.append(math.inf if draw() < 0.7 else math.floor(u * 100))
    return numpy.array(values, dtype=float).reshape(rows, columns)


def assignment(kind, rows, columns, seed):
    costs = cost_instance(kind, rows, columns, seed)
    try:
        i, j = linear_sum_assignment(costs)
        total = float(costs[i, j].sum())
    except ValueError:
        total = None
    return {"kind": kind, "rows": rows, "columns": columns, "seed": seed, "total": total}


def counts(n, most, seed):
    draw = seeded_random(seed)
    return [1 + math.floor(draw() * most) for _ in range(n)]


def transport(kind, cells, offers, seed, unassigned):
    """The linear programme of scipy (HiGHS), and networkx's network simplex where costs are whole numbers. unassigned None: as many as possible first."""
    costs = cost_instance(kind, cells, offers, seed)
    seekers, posts = counts(cells, 9, seed + 1), counts(offers, 5, seed + 2)
    pairs = [(i, j) for i in range(cells) for j in range(offers) if math.isfinite(costs[i, j])]
    most = max((costs[p] for p in pairs), default=0)
    penalty = unassigned if unassigned is not None else (min(cells, offers) + 2) * (most + 1)
    n = len(pairs) + cells
    equal = scipy.sparse.lil_array((cells, n))
    under = scipy.sparse.lil_array((offers, n))
    for k, (i, j) in enumerate(pairs):
        equal[i, k] = 1
        under[j, k] = 1
    for i in range(cells):
        equal[i, len(pairs) + i] = 1
    objective = [costs[p] for p in pairs] + [penalty] * cells
    found = linprog(objective, A_ub=under.tocsr(), b_ub=posts, A_eq=equal.tocsr(), b_eq=seekers, method="highs")
    left = float(found.x[len(pairs):].sum())
    total = float(numpy.dot(found.x[: len(pairs)], objective[: len(pairs)]))
    if all(float(x).is_integer() for x in objective):
        graph = networkx.DiGraph()
        for i in range(cells):
            graph.add_node(("cell", i), demand=-seekers[i])
            graph.add_edge(("cell", i), "left", weight=int(penalty))
        graph.add_node("sink", demand=sum(seekers))
        graph.add_edge("left", "sink", weight=0)
        for j in range(offers):
            graph.add_edge(("offer", j), "sink", weight=0, capacity=posts[j])
        for i, j in pairs:
            graph.add_edge(("cell", i), ("offer", j), weight=int(costs[i, j]))
        cost, _ = networkx.network_simplex(graph)
        assert abs(cost - (total + penalty * left)) < 1e-6, (cost, total, left)
    return {"kind": kind, "cells": cells, "offers": offers, "seed": seed, "unassignedCost": unassigned, "objective": total + (unassigned or 0) * left,
            "total": total if unassigned is None else None, "unassigned": left if unassigned is None else None}


def entropic(kind, rows, columns, seed, epsilon):
    """Sinkhorn in the log domain, both half steps by scipy's logsumexp; margins are seeded counts as shares of 1."""
    costs = cost_instance(kind, rows, columns, seed)
    a = numpy.array(counts(rows, 9, seed + 1), dtype=float)
    b = numpy.array(counts(columns, 5, seed + 2), dtype=float)
    a, b = a / a.sum(), b / b.sum()
    f, g = numpy.zeros(rows), numpy.zeros(columns)
    for _ in range(20_000):
        f = epsilon * (numpy.log(a) - logsumexp((g[None, :] - costs) / epsilon, axis=1))
        g = epsilon * (numpy.log(b) - logsumexp((f[:, None] - costs) / epsilon, axis=0))
        plan = numpy.exp((f[:, None] + g[None, :] - costs) / epsilon)
        if abs(plan.sum(axis=1) - a).sum() < 1e-13:
            break
    finite = numpy.where(numpy.isfinite(costs), costs, 0)
    return {"kind": kind, "rows": rows, "columns": columns, "seed": seed, "epsilon": epsilon, "total": float((plan * finite).sum()), "largest": float(plan.max())}


shapes = [(1, 1), (1, 7), (5, 5), (12, 12), (40, 40), (60, 60), (20, 45), (45, 20), (150, 200), (200, 150), (180, 180)]
kinds = ["random", "integer", "tied", "clustered", "clustered-rounded", "sparse"]
result = {
    "versions": {"scipy": scipy.__version__, "numpy": numpy.__version__, "networkx": networkx.__version__},
    "assignment": [assignment(k, r, c, 100 * a + b) for a, k in enumerate(kinds) for b, (r, c) in enumerate(shapes)],
    "transport": [
        transport(k, r, c, 5000 + 100 * a + b, penalty)
        for a, k in enumerate(kinds)
        for b, (r, c, penalty) in enumerate([(1, 1, 10), (8, 5, 40), (12, 30, 25), (30, 12, 60), (60, 60, None), (25, 90, None), (90, 25, 50)])
    ],
    "entropic": [
        entropic(k, r, c, 7000 + 10 * a + b, e)
        for a, k in enumerate(["random", "integer", "clustered", "clustered-rounded"])
        for b, (r, c, e) in enumerate([(1, 4, 3), (6, 6, 10), (20, 13, 5), (9, 31, 2)])
    ],
}
target = Path(__file__).with_suffix(".json")
draft = target.with_suffix(".json.tmp")
body = ",\n".join(
    f'  {json.dumps(key)}: ' + (json.dumps(value) if isinstance(value, dict) else "[\n" + ",\n".join(f"    {json.dumps(row)}" for row in value) + "\n  ]")
    for key, value in result.items()
)
draft.write_text("{\n" + body + "\n}\n")
draft.replace(target)
