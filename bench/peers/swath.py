"""A swath laid on a grid as Python programs do: pyresample's k-d tree, the nearest centre.

    swath.py GRID RADIUS GEO LSTE OUT      the result, as numbers one after the other
    swath.py --read GEO LSTE               the layers alone: what nobody can do without
"""
import sys

import h5py


def layers(geo, lste):
    with h5py.File(geo) as g, h5py.File(lste) as f:
        return (g["Geolocation/latitude"][()], g["Geolocation/longitude"][()],
                f["SDS/LST"][()])


if sys.argv[1] == "--read":
    layers(*sys.argv[2:])
    sys.exit()

import numpy as np
from pyresample import geometry, kd_tree

grid_path, radius, geo, lste, out = sys.argv[1:]
grid = dict(line[2:].strip().split("=", 1) for line in open(grid_path) if line.startswith("##"))
x0, y0, dx, dy = (float(grid[k]) for k in ("x0", "y0", "dx", "dy"))
columns, rows = int(grid["columns"]), int(grid["rows"])
lat, lon, lst = layers(geo, lste)
area = geometry.AreaDefinition("g", "g", "g", grid["crs"], columns, rows,
                               (x0, y0 - rows * dy, x0 + columns * dx, y0))
swath = geometry.SwathDefinition(lons=lon, lats=lat)
found = kd_tree.resample_nearest(swath, lst, area, radius_of_influence=float(radius),
                                 fill_value=0)
(found * np.float32(0.02)).astype("f4").tofile(out)
