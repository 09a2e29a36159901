"""A swath laid on a grid as Python programs do: pyresample's k-d tree, the nearest centre.

    swath.py GRID RADIUS GEO LSTE OUT      the result, as numbers one after the other
    swath.py --read GEO LSTE               the layers alone: what nobody can do without
    swath.py --same OURS THEIRS APART SHARE
        whether of two such results one has values that are at most so far from the other's,
        but for a share of its cells; 0 and NaN are none
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


def same(ours, theirs, apart, share):
    a, b = (np.nan_to_num(np.fromfile(path, "f4")) for path in (ours, theirs))
    both = (a != 0) & (b != 0)
    off = both & (abs(a - b) > apart)
    alone = (a != 0) & ~both
    print(f"{theirs}: {both.sum()} cells in both, {off.sum() / both.sum():.2%} of them differ, "
          f"{alone.sum()} in ours alone, {((b != 0) & ~both).sum()} in theirs alone")
    return off.sum() + alone.sum() <= share * (a != 0).sum()


if sys.argv[1] == "--same":
    sys.exit(not same(*sys.argv[2:4], *map(float, sys.argv[4:])))

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
