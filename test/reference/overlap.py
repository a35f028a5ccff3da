"""Areas of intersection by shapely, of shapes drawn here from a seed. Writes overlap.json beside this file.
Made with shapely 2.2.0 (GEOS 3.14.1): python overlap.py"""
import json
import math
import random
from pathlib import Path

from shapely import MultiPolygon, Polygon, box
from shapely.affinity import rotate

draw = random.Random(20261124)


def star(x, y, radius, sides, hole=False):
    ring = [
        (
            round(x + radius * (0.4 + 0.6 * draw.random()) * math.cos(2 * math.pi * i / sides), 2),
            round(y + radius * (0.4 + 0.6 * draw.random()) * math.sin(2 * math.pi * i / sides), 2),
        )
        for i in range(sides)
    ]
    holes = []
    if hole:
        r = radius * 0.3
        holes = [[(round(x + r * math.cos(t), 2), round(y + r * math.sin(t), 2)) for t in (0, 1.5, 3.1, 4.6)]]
    return Polygon(ring, holes)


def place():
    return 560000 + 1500 * draw.random(), 6280000 + 1500 * draw.random()


shapes = []
while len(shapes) < 14:
    candidate = star(*place(), 200 + 500 * draw.random(), draw.randint(5, 80), len(shapes) % 3 == 0)
    if candidate.is_valid:
        shapes.append(candidate)
while len(shapes) < 18:
    pair = MultiPolygon([star(*place(), 250, 40), star(*place(), 250, 25, True)])
    if pair.is_valid:
        shapes.append(pair)
for _ in range(6):
    x, y = (round(c / 200) * 200 for c in place())
    shapes.append(box(x, y, x + 200, y + 200))
shapes += [rotate(shapes[-1], 7.3, "center"), rotate(shapes[-3], -3.1, "center")]
shapes.append(Polygon([(x, y + 200) for x, y in shapes[-4].exterior.coords]))  # shares an edge with another
shapes.append(box(560000, 6280000, 561500, 6281500).difference(shapes[0]))  # the complement of another


def polygons(shape):
    parts = shape.geoms if shape.geom_type == "MultiPolygon" else [shape]
    return [[[c for point in ring.coords for c in point] for ring in (p.exterior, *p.interiors)] for p in parts]


overlaps = [[a.intersection(b).area for b in shapes] for a in shapes]
triples = [
    [i, j, k, shapes[i].intersection(shapes[j]).intersection(shapes[k]).area]
    for i in range(0, 18, 3)
    for j in range(1, 18, 4)
    for k in range(18, 26, 2)
]
target = Path(__file__).with_name("overlap.json")
target.write_text(json.dumps({"shapes": [polygons(s) for s in shapes], "overlaps": overlaps, "triples": triples}) + "\n")
