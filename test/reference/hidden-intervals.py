"""What remains possible of the hidden cells of published tables, in real and in whole numbers, by scipy's own HiGHS.
Writes hidden-intervals.json beside this file. python test/reference/hidden-intervals.py"""
import itertools
import json
from pathlib import Path

import numpy
import scipy
from scipy.optimize import Bounds, LinearConstraint, milp

infinite = float("inf")


def end(equations, right, cell, sense, whole):
    cost = numpy.zeros(equations.shape[1])
    cost[cell] = sense
    result = milp(
        cost, integrality=numpy.full(len(cost), int(whole)), constraints=LinearConstraint(equations, right, right),
        bounds=Bounds(0, infinite), options={"presolve": False, "mip_rel_gap": 0},
    )
    if result.status == 3 or result.fun is None:
        return None
    assert result.status == 0, result
    value = sense * result.fun
    return int(round(value)) if abs(value - round(value)) < 1e-6 else round(value, 9)


def case(name, values, relations, hidden):
    """Values with nothing hidden; relations [total, parts...]; positions hidden."""
    hidden = [h for h in hidden if any(h in r for r in relations)]
    at = {cell: k for k, cell in enumerate(hidden)}
    equations, right = [], []
    for total, *parts in relations:
        row = numpy.zeros(len(hidden))
        known = 0
        for cell, sign in [(total, 1)] + [(p, -1) for p in parts]:
            if cell in at:
                row[at[cell]] += sign
            else:
                known += sign * values[cell]
        assert values[total] == sum(values[p] for p in parts)
        equations.append(row)
        right.append(-known)
    equations = numpy.array(equations)
    ends = [[[end(equations, right, at[h], s, whole) for s in (1, -1)] for h in hidden] for whole in (False, True)]
    published = [None if k in at else int(v) for k, v in enumerate(values)]
    return {"name": name, "published": published, "truth": [int(v) for v in values], "relations": relations,
            "hidden": hidden, "real": ends[0], "whole": ends[1]}


def crossed(inside):
    """A table of any number of ways with all its margins, flat, and its relations."""
    full = numpy.array(inside)
    for axis in range(full.ndim):
        full = numpy.concatenate([full, full.sum(axis=axis, keepdims=True)], axis=axis)
    index = numpy.arange(full.size).reshape(full.shape)
    relations = []
    for axis in range(full.ndim):
        for line in numpy.moveaxis(index, axis, -1).reshape(-1, full.shape[axis]):
            relations.append([int(line[-1])] + [int(v) for v in line[:-1]])
    return full.ravel().tolist(), relations, index


cases = []
values, relations, index = crossed([[4, 20], [15, 30]])
cases.append(case("2x2, une cellule", values, relations, [0]))
cases.append(case("2x2, deux de la même ligne", values, relations, [0, 1]))
cases.append(case("2x2, quatre", values, relations, [0, 1, 3, 4]))
cases.append(case("total 103", [100, 1, 2, 103], [[3, 0, 1, 2]], [0, 1, 2]))

# A move that keeps every margin of a 3 x 3 x 3 table, in which one cell goes by twos: whole numbers skip what real numbers reach.
move = numpy.array([
    [[-1, 1, 0], [0, -1, 1], [1, 0, -1]], [[-1, 0, 1], [1, 0, -1], [0, 0, 0]], [[2, -1, -1], [-1, 1, 0], [-1, 0, 1]],
])
for name, room in (("3x3x3, une seule valeur entière", 0), ("3x3x3, zéro exclu en entiers", 5)):
    inside = numpy.where(move < 0, room, numpy.where(move > 0, 1, 20))
    values, relations, index = crossed(inside)
    hidden = [int(index[at]) for at in itertools.product(range(3), repeat=3) if move[at] != 0]
    cases.append(case(name, values, relations, hidden))

random = numpy.random.default_rng(7)
for k in range(24):
    shape = [(4,), (3, 3), (2, 3, 3), (3, 3, 3)][k % 4]
    inside = random.integers(0, 12, size=shape) * (random.random(shape) < 0.8)
    values, relations, index = crossed(inside)
    hidden = [int(i) for i in index.ravel() if random.random() < 0.5]
    cases.append(case(f"au hasard {k}", values, relations, hidden))

# Linked tables: zones by age and zones by sex share the totals of the zones.
for k in range(6):
    inside = random.integers(0, 15, size=(4, 5))
    women = [int(random.integers(0, row.sum() + 1)) for row in inside]
    values, relations, index = crossed(inside)
    first = len(values)
    for zone in range(4):
        total = int(index[zone, 5])
        values += [women[zone], values[total] - women[zone]]
        relations.append([total, first + 2 * zone, first + 2 * zone + 1])
    values += [sum(women), sum(values[first + 1 + 2 * z] for z in range(4))]
    relations.append([first + 8] + [first + 2 * z for z in range(4)])
    relations.append([first + 9] + [first + 1 + 2 * z for z in range(4)])
    relations.append([int(index[4, 5]), first + 8, first + 9])
    hidden = [i for i in range(len(values)) if random.random() < 0.45]
    cases.append(case(f"tableaux liés {k}", values, relations, hidden))

Path(__file__).with_suffix(".json").write_text(json.dumps({"version": f"scipy {scipy.__version__}", "cases": cases}, ensure_ascii=False) + "\n")
for c in cases:
    print(c["name"], len(c["hidden"]), sum(a != b for a, b in zip(c["real"], c["whole"])))
print(cases[4]["real"], cases[4]["whole"], cases[5]["real"], cases[5]["whole"], sep="\n")
