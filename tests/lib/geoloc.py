"""Swaths whose values are the pixels' own numbers, for a look at which pixel a program takes.

    geoloc.py mesh FILE
        one scan of 40 x 60 pixels of about 0.02 degrees, aslant and a little wavy: `value`
        is 1000 x row + column, `slope` 100 x longitude + 50 x latitude
    geoloc.py real NETCDF FILE ROW ROWS COLUMN COLUMNS
        so many pixels of a real swath's places, with such a `value`
    geoloc.py vrt FILE LAYER OUT
        what has gdalwarp -geoloc read a layer of them
    geoloc.py picks OURS THEIRS ROWS SAME SAME_SCAN FAR APART
        two lists of pixels, a cell each. Of the cells in which both have one: the share of
        those with the same pixel must be SAME at least, of those with pixels of the same
        scan SAME_SCAN; such pixels must be FAR rows and columns apart at most; and of all
        cells APART at most may have a pixel in one list alone
"""
import sys

import h5py
import numpy as np


def numbers(shape):
    row, column = np.mgrid[0:shape[0], 0:shape[1]]
    return row * 1000.0 + column


def mesh(path):
    r, c = np.mgrid[0:40, 0:60].astype(float)
    lon = 10 + 0.02 * (c + 0.3 * r) + 0.0005 * np.sin(r / 5)
    lat = 50 - 0.02 * (r - 0.2 * c) + 0.001 * np.cos(c / 7)
    with h5py.File(path, "w") as f:
        f["lon"], f["lat"], f["value"] = lon, lat, numbers(lon.shape)
        f["slope"] = 100 * lon + 50 * lat


def real(source, path, row, rows, column, columns):
    import netCDF4
    at = slice(row, row + rows), slice(column, column + columns)
    with netCDF4.Dataset(source) as src, h5py.File(path, "w") as f:
        for name in ("lon", "lat"):
            f[name] = np.ma.filled(src[name][at].astype("f8"), -9999)
        f["value"] = numbers(f["lat"].shape)


def vrt(path, layer, out):
    rows, columns = h5py.File(path)[layer].shape
    items = {"SRS": "EPSG:4326", "X_DATASET": f'HDF5:"{path}"://lon', "X_BAND": 1,
             "Y_DATASET": f'HDF5:"{path}"://lat', "Y_BAND": 1, "PIXEL_OFFSET": 0,
             "LINE_OFFSET": 0, "PIXEL_STEP": 1, "LINE_STEP": 1,
             "GEOREFERENCING_CONVENTION": "PIXEL_CENTER"}
    with open(out, "w") as f:
        print(f'<VRTDataset rasterXSize="{columns}" rasterYSize="{rows}">',
              '<Metadata domain="GEOLOCATION">', file=f)
        for key, value in items.items():
            print(f'<MDI key="{key}">{value}</MDI>', file=f)
        print('</Metadata><VRTRasterBand dataType="Float64" band="1"><SimpleSource>',
              f'<SourceFilename relativeToVRT="0">HDF5:"{path}"://{layer}</SourceFilename>',
              "</SimpleSource></VRTRasterBand></VRTDataset>", file=f)


def picks(ours, theirs, rows, same, same_scan, far, apart):
    a, b = np.loadtxt(ours), np.loadtxt(theirs)
    both = ~np.isnan(a) & ~np.isnan(b)
    alone = (np.isnan(a) != np.isnan(b)).sum() / max(1, (~np.isnan(a) | ~np.isnan(b)).sum())
    (ra, ca), (rb, cb) = np.divmod(a[both], 1000), np.divmod(b[both], 1000)
    scan = ra // rows == rb // rows
    steps = np.maximum(abs(ra - rb), abs(ca - cb))
    got = {"cells": both.sum(), "same": (steps == 0).mean(),
           "same of a scan": (steps[scan] == 0).mean(), "steps": steps[scan].max(),
           "alone": alone}
    print(*(f"{key} {value:.6g}" for key, value in got.items()), sep=", ")
    good = (got["cells"] > 1000 and got["same"] >= same and got["same of a scan"] >= same_scan
            and got["steps"] <= far and alone <= apart)
    sys.exit(0 if good else 1)


def main(command, *a):
    if command == "mesh":
        mesh(a[0])
    elif command == "real":
        real(a[0], a[1], *map(int, a[2:]))
    elif command == "vrt":
        vrt(*a)
    elif command == "picks":
        picks(a[0], a[1], *map(float, a[2:]))


main(*sys.argv[1:])
