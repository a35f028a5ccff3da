"""Expected parents of H3 cells, from the h3 package (pip install h3).
Run from the project folder: python test/reference/h3-cells.py && npx biome check --write test/reference
"""
import json
import h3

# A point of each half of the world, the pole, the equator's origin and a pentagon, at several resolutions.
points = [(-30.03, -51.23, 9), (-19.92, -43.94, 9), (46.0, -7.0, 12), (90, 0, 15), (0, 0, 0), (48.11, -1.68, 8), (-45.9, 170.5, 11)]
cells = [h3.latlng_to_cell(*point) for point in points] + [sorted(h3.get_pentagons(5))[0]]
out = {
    "versions": {"h3": h3.versions()["c"], "h3-py": h3.__version__},
    "cells": [
        {"cell": c, "parents": [h3.cell_to_parent(c, r) for r in range(h3.get_resolution(c) + 1)]} for c in cells
    ],
}
with open("test/reference/h3-cells.json", "w") as file:
    json.dump(out, file)
