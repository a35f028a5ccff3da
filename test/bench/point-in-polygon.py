"""The same join by geopandas. Arguments: folder of the points (x.f64, y.f64), GeoJSON of the polygons, number of turns.
Writes intersects.i32 and within.i32 (first polygon of each point, or -1) into the folder; prints one JSON line of times in milliseconds."""
import json
import sys
import time

import geopandas
import numpy

folder, polygons_file, turns = sys.argv[1], sys.argv[2], int(sys.argv[3])
x = numpy.fromfile(f"{folder}/x.f64")
y = numpy.fromfile(f"{folder}/y.f64")
polygons = geopandas.read_file(polygons_file)[["geometry"]].set_crs(None, allow_override=True)
started = time.perf_counter()
points = geopandas.GeoDataFrame(geometry=geopandas.points_from_xy(x, y))
times = {"points": [1000 * (time.perf_counter() - started)]}
for predicate in ("intersects", "within"):
    times[predicate] = []
    for _ in range(turns):
        started = time.perf_counter()
        joined = geopandas.sjoin(points, polygons, how="inner", predicate=predicate)
        times[predicate].append(1000 * (time.perf_counter() - started))
    first = numpy.full(len(x), 2**31 - 1, dtype=numpy.int32)
    numpy.minimum.at(first, joined.index.to_numpy(), joined["index_right"].to_numpy().astype(numpy.int32))
    first[first == 2**31 - 1] = -1
    first.tofile(f"{folder}/{predicate}.i32")
print(json.dumps({"times": times, "version": geopandas.__version__}))
