"""A shapefile and a GeoPackage written by GDAL: two neighbourhoods in Lambert-93 (one with a hole and two parts), in base64, with the same outlines in degrees by PROJ.

Run: pip install pyogrio==0.13.0 pyproj==3.7.2 shapely numpy && python geo-files.py > geo-files.json
"""
import base64
import gzip
import json
import pathlib
import tempfile

import numpy as np
import pyogrio.raw
import pyproj
import shapely
from shapely import ops

outline = shapely.Polygon(
    [(352000, 6789000), (353000, 6789100), (353100, 6790000), (351900, 6789900)],
    [[(352300, 6789300), (352600, 6789300), (352600, 6789600), (352300, 6789600)]],
)
shapes = [
    shapely.MultiPolygon([outline, shapely.box(354000, 6788000, 354200, 6788300)]),
    shapely.MultiPolygon([shapely.box(300000, 6700000, 300500, 6700900)]),
]
codes = np.array(["QN03501M", "QN04401M"], dtype=object)
names = np.array(["Villejean, Été", "Bellevue"], dtype=object)
people = np.array([8300.5, 12.0])
to_degrees = pyproj.Transformer.from_crs(2154, 4171, always_xy=True).transform


def rings(polygon):
    return [[list(point) for point in ring.coords] for ring in (polygon.exterior, *polygon.interiors)]


with tempfile.TemporaryDirectory() as folder:
    for name, driver in [("qp.shp", "ESRI Shapefile"), ("qp.gpkg", "GPKG")]:
        pyogrio.raw.write(
            str(pathlib.Path(folder) / name),
            geometry=np.array([shapely.to_wkb(shape) for shape in shapes], dtype=object),
            field_data=[codes, names, people],
            fields=["code_qp", "nom", "pop"],
            geometry_type="MultiPolygon",
            crs="EPSG:2154",
            driver=driver,
            layer="qp",
        )
    files = {
        path.name: base64.b64encode(gzip.compress(path.read_bytes(), mtime=0)).decode()
        for path in sorted(pathlib.Path(folder).iterdir())
    }

print(
    json.dumps(
        {
            "codes": list(codes),
            "names": list(names),
            "pop": list(people),
            "polygons": [[rings(part) for part in ops.transform(to_degrees, shape).geoms] for shape in shapes],
            "gzippedFiles": files,
        },
        ensure_ascii=False,
        indent=1,
    )
)
