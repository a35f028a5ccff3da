"""Points of French reference systems by PROJ: degrees drawn in the area of use, metres by pyproj.

Run: pip install pyproj==3.7.2 && python projections.py > projections.json
"""
import json
import random
import sys

import pyproj

# Areas inside those of EPSG: where the system is used for neighbourhoods.
areas = {
    2154: (-5.0, 41.4, 9.6, 51.0),
    3035: (-5.0, 41.4, 9.6, 51.0),
    3943: (-1.5, 42.2, 7.5, 43.8),
    3948: (-5.0, 47.2, 8.2, 48.8),
    5490: (-63.1, 14.4, -60.8, 18.1),
    2972: (-54.6, 2.2, -51.6, 5.8),
    2975: (55.2, -21.4, 55.9, -20.8),
    4471: (45.0, -13.0, 45.3, -12.6),
    4467: (-56.5, 46.7, -56.1, 47.2),
    32620: (-61.3, 14.4, -60.8, 14.9),
    3857: (-63.1, -21.4, 55.9, 51.0),
}
draw = random.Random(20220301)
systems = []
for epsg, (west, south, east, north) in areas.items():
    system = pyproj.CRS.from_epsg(epsg)
    to_metres = pyproj.Transformer.from_crs(system.geodetic_crs, system, always_xy=True)
    points = []
    for _ in range(12):
        lon, lat = round(draw.uniform(west, east), 7), round(draw.uniform(south, north), 7)
        x, y = to_metres.transform(lon, lat)
        points.append([lon, lat, round(x, 6), round(y, 6)])
    systems.append({"epsg": epsg, "name": system.name, "points": points})
json.dump({"versions": {"pyproj": pyproj.__version__, "PROJ": pyproj.proj_version_str}, "systems": systems}, sys.stdout, indent=1)
