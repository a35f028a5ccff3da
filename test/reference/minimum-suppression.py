"""Least losses of suppression patterns by scipy's HiGHS, on the whole model of Fischetti and Salazar (2001) written out at once: one binary a cell and, for each
primary, direction and reader, the deviations of every cell. The laboratory never writes that model: it chooses cells and learns demands one by one.
Instances are drawn here and written with their minimum; of real files only the minimum is written, none of their numbers.
python test/reference/minimum-suppression.py [folder of the publishers' files]"""
import csv
import json
import random
import sys
from collections import Counter
from itertools import product
from pathlib import Path

import numpy
import scipy
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix

DATA = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[2] / "../shared/data"
THRESHOLD = 11


def crossed(dimensions, inner):
    """Cells and sums of a crossed table; a dimension is (labels, sums)."""
    labels = list(product(*[range(len(names)) for names, _ in dimensions]))
    index = {key: i for i, key in enumerate(labels)}
    values = [inner.get(key, 0) for key in labels]
    sums = []
    for axis, (_, hierarchy) in enumerate(dimensions):
        for total, parts in hierarchy:
            for key in labels:
                if key[axis] != total:
                    continue
                members = [index[key[:axis] + (part,) + key[axis + 1 :]] for part in parts]
                values[index[key]] = sum(values[m] for m in members)
                sums.append({"total": index[key], "parts": members})
    return values, sums


def flat(size):
    return [f"{i}" for i in range(size + 1)], [(size, list(range(size)))]


def leaves(dimensions):
    return product(*[sorted(set(range(len(names))) - {t for t, _ in sums}) for names, sums in dimensions])


def drawn(dimensions, seed, scale, power, zero=0.05):
    source = random.Random(seed)
    return {key: 0 if source.random() < zero else int(scale * source.random() ** power) + 1 for key in leaves(dimensions)}


def counts(values):
    """Primaries of counts: the interval [0, threshold]."""
    return [
        {"cell": i, "up": THRESHOLD - value, "down": value} for i, value in enumerate(values) if 0 < value < THRESHOLD
    ]


def minimum(values, sums, primaries, *, whole, costs, zeros_known, alone=None, integer_readers=False, limit=600):
    """Least loss of complementary cells, and whether scipy proved it."""
    n = len(values)
    alone = alone or [-1] * n
    usable = [not (zeros_known and value == 0) for value in values]
    primary = {p["cell"] for p in primaries}
    readers = [-1] + sorted({who for i, who in enumerate(alone) if who >= 0 and usable[i]})
    blocks = []
    for p in primaries:
        for reader in readers:
            if reader >= 0 and alone[p["cell"]] == reader:
                continue
            if p["up"] > 0:
                blocks.append((p["cell"], p["up"], True, reader))
            if p["down"] > 0:
                blocks.append((p["cell"], p["down"], False, reader))
    big = 4 * (max(values) + max([1] + [max(p["up"], p["down"]) for p in primaries]))
    unknowns = n + n * len(blocks)
    low = numpy.zeros(unknowns)
    high = numpy.ones(unknowns)
    for i in range(n):
        high[i] = 1 if usable[i] else 0
        if i in primary:
            low[i] = 1
    rows, columns, data, lower, upper = [], [], [], [], []
    row = 0
    for b, (cell, need, rising, reader) in enumerate(blocks):
        base = n + b * n
        floor = 1 if rising and zeros_known and whole else 0
        for i, value in enumerate(values):
            known = reader >= 0 and alone[i] == reader
            loss = 0 if known or not usable[i] else max(0, value - floor)
            gain = 0 if known or not usable[i] else big
            low[base + i], high[base + i] = -loss, gain
            # -loss y <= d <= gain y
            rows += [row, row, row + 1, row + 1]
            columns += [base + i, i, base + i, i]
            data += [1, loss, 1, -gain]
            lower += [0, -numpy.inf]
            upper += [numpy.inf, 0]
            row += 2
        if rising:
            low[base + cell] = need
        else:
            high[base + cell] = -need
            if low[base + cell] > -need:
                return None, True
        for line in sums:
            for member, sign in [(line["total"], 1)] + [(part, -1) for part in line["parts"]]:
                rows.append(row)
                columns.append(base + member)
                data.append(sign)
            lower.append(0)
            upper.append(0)
            row += 1
    objective = numpy.zeros(unknowns)
    objective[:n] = costs
    integrality = numpy.zeros(unknowns)
    integrality[:n] = 1
    if integer_readers:
        integrality[n:] = 1
    answer = milp(
        objective,
        constraints=LinearConstraint(csr_matrix((data, (rows, columns)), shape=(row, unknowns)), lower, upper),
        bounds=Bounds(low, high),
        integrality=integrality,
        options={"time_limit": limit, "mip_rel_gap": 0},
    )
    if answer.status == 2:
        return None, True
    if answer.x is None:
        return None, False
    return round(float(answer.fun - sum(costs[i] for i in primary)), 6), answer.status == 0


def case(name, values, sums, *, primaries=None, whole=True, by_value=False, alone=None, integer_readers=False):
    primaries = counts(values) if primaries is None else primaries
    costs = [max(value, 1) for value in values] if by_value else [1] * len(values)
    least, proven = minimum(
        values, sums, primaries, whole=whole, costs=costs, zeros_known=True, alone=alone, integer_readers=integer_readers
    )
    print(name, len(values), len(primaries), least, proven, flush=True)
    assert proven
    contributors = None if alone is None else [1 if who >= 0 else 3 for who in alone]
    return {
        "name": name,
        "values": values,
        "sums": sums,
        "primaries": primaries,
        "costs": "values" if by_value else "cells",
        "contributors": contributors,
        "minimum": least,
    }


def instances():
    two = [flat(2), flat(2)]
    values, sums = crossed(two, {(0, 0): 4, (0, 1): 20, (1, 0): 15, (1, 1): 30})
    yield case("two by two of the note", values, sums)
    yield case("two by two of the note, by value", values, sums, by_value=True)
    for seed in (11, 12):
        dimensions = [flat(9), flat(6)]
        values, sums = crossed(dimensions, drawn(dimensions, seed, 150, 2))
        yield case(f"neighbourhood by age, seed {seed}", values, sums)
        yield case(f"neighbourhood by age, by value, seed {seed}", values, sums, by_value=True)
    # Six neighbourhoods in three communes (one of them with a single neighbourhood), in a département, by age.
    tree = [f"{i}" for i in range(10)], [(6, [0, 1, 2]), (7, [3, 4]), (8, [5]), (9, [6, 7, 8])]
    for seed in (21, 22):
        dimensions = [tree, flat(4)]
        values, sums = crossed(dimensions, drawn(dimensions, seed, 120, 2))
        yield case(f"hierarchy with a commune of one neighbourhood, seed {seed}", values, sums)
    # Two groupings of the same ages: tables that share cells.
    ages = [f"{i}" for i in range(11)], [(6, [0, 1]), (7, [2, 3, 4, 5]), (8, [0, 1, 2]), (9, [3, 4, 5]), (10, [6, 7]), (10, [8, 9])]
    for seed in (31, 32):
        dimensions = [flat(4), ages]
        values, sums = crossed(dimensions, drawn(dimensions, seed, 100, 2))
        yield case(f"linked groupings of ages, seed {seed}", values, sums)
    for seed in (41,):
        dimensions = [flat(3), flat(3), flat(2)]
        values, sums = crossed(dimensions, drawn(dimensions, seed, 60, 1.5))
        yield case(f"three ways, whole-number readers, seed {seed}", values, sums, integer_readers=True)
    # Amounts: three enterprises a cell, except two cells with one. The cells to protect are uncertain by 10 %.
    source = random.Random(51)
    dimensions = [flat(5), flat(4)]
    inner = {key: source.randint(200, 900) for key in leaves(dimensions)}
    values, sums = crossed(dimensions, inner)
    alone = [-1] * len(values)
    alone[0], alone[1] = 0, 1
    primaries = [{"cell": i, "up": values[i] / 10, "down": values[i] / 10} for i in (0, 1, 8)]
    yield case("amounts, two contributors alone in one line", values, sums, primaries=primaries, whole=False, alone=alone)


def real():
    path = DATA / "reference/disclosure/adult_raw.csv"
    with path.open() as file:
        rows = [{key.strip(): value.strip() for key, value in row.items()} for row in csv.DictReader(file)]
    result = []
    for first, second in (("workclass", "marital-status"), ("education", "relationship")):
        tally = Counter((row[first], row[second]) for row in rows)
        names = [sorted({key[axis] for key in tally}) for axis in (0, 1)]
        dimensions = [flat(len(names[0])), flat(len(names[1]))]
        inner = {(names[0].index(a), names[1].index(b)): n for (a, b), n in tally.items()}
        values, sums = crossed(dimensions, inner)
        least, proven = minimum(values, sums, counts(values), whole=True, costs=[1] * len(values), zeros_known=True)
        print(first, second, len(values), len(counts(values)), least, proven, flush=True)
        assert proven
        result.append({"columns": [first, second], "minimum": least})
    return result


if __name__ == "__main__":
    written = {"made": {"scipy": scipy.__version__}, "instances": list(instances()), "adult": real()}
    Path(__file__).with_suffix(".json").write_text(json.dumps(written, separators=(",", ":")) + "\n")
