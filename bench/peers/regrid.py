"""A stand-in for a Python program: the masked mean of scenes on a coarse grid, by rasterio.

    regrid.py --polygon LAYER --maps PATTERN --out DIR [--workers N] SCENE...

It does what such programs do: clips the scene by the polygon, puts the class map onto the
scene by nearest neighbour, and warps three rasters (values, valid pixels, all pixels) with
the resampling `sum`; mean = values / valid, coverage = valid / all, cells below a half or
outside of the polygon are left out. A scene whose output is there is passed over.
"""

import argparse
import os
import re
from concurrent.futures import ProcessPoolExecutor
from functools import partial

import geopandas
import numpy as np
import rasterio
from rasterio.features import geometry_mask
from rasterio.mask import mask
from rasterio.transform import from_origin
from rasterio.warp import Resampling, reproject

DX, DY, RADIUS = 2200, 1660, 35000
CLASSES = (3, 4, 5, 6)


def summed(array, transform, crs, grid, shape):
    out = np.zeros(shape, np.float32)
    reproject(array.astype(np.float32), out, src_transform=transform, src_crs=crs,
              dst_transform=grid, dst_crs=crs, resampling=Resampling.sum)
    return out


def one(scene, polygon, maps, out):
    target = os.path.join(out, "Regrid_" + os.path.basename(scene))
    if os.path.exists(target):
        return 0
    with rasterio.open(scene) as source:
        area = geopandas.read_file(polygon).to_crs(source.crs)
        values, transform = mask(source, area.geometry, crop=True, nodata=np.nan)
        values, crs = values[0], source.crs
    classes = np.zeros(values.shape, np.uint8)
    year = re.search(r"doy(\d{4})", scene).group(1)
    with rasterio.open(maps.replace("{year}", year)) as source:
        reproject(rasterio.band(source, 1), classes, dst_transform=transform, dst_crs=crs,
                  resampling=Resampling.nearest)
    values[~np.isin(classes, CLASSES)] = np.nan
    valid = np.isfinite(values)

    centre = area.geometry.unary_union.centroid
    columns, rows = int(np.ceil(RADIUS / DX)), int(np.ceil(RADIUS / DY))
    grid = from_origin(centre.x - (columns + 0.5) * DX, centre.y + (rows + 0.5) * DY, DX, DY)
    shape = (2 * rows + 1, 2 * columns + 1)
    total = summed(np.where(valid, values, 0), transform, crs, grid, shape)
    count = summed(valid, transform, crs, grid, shape)
    whole = summed(np.ones(values.shape), transform, crs, grid, shape)

    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(count / whole >= 0.5, total / count, np.nan).astype(np.float32)
    mean[geometry_mask(area.geometry, shape, grid)] = np.nan
    profile = dict(driver="GTiff", width=shape[1], height=shape[0], count=1,
                   dtype="float32", crs=crs, transform=grid, nodata=np.nan)
    with rasterio.open(target, "w", **profile) as coarse:
        coarse.write(mean, 1)
    return int(np.isfinite(mean).sum())


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--polygon", required=True)
    parser.add_argument("--maps", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("scenes", nargs="+")
    args = parser.parse_args()
    os.makedirs(args.out, exist_ok=True)
    work = partial(one, polygon=args.polygon, maps=args.maps, out=args.out)
    if args.workers == 1:
        counts = list(map(work, args.scenes))
    else:
        with ProcessPoolExecutor(args.workers) as pool:
            counts = list(pool.map(work, args.scenes))
    for scene, count in zip(args.scenes, counts):
        print(scene, count, sep="\t")


if __name__ == "__main__":
    main()
