"""A stand-in for a Python program: the table of all cells of coarse rasters, by rasterio,
pyproj and pandas.

    table.py RASTER... >table.csv
"""

import datetime
import os
import re
import sys

import numpy as np
import pandas
import rasterio
from pyproj import Transformer
from rasterio.transform import xy


def rows(path):
    year, day = re.search(r"doy(\d{4})(\d{3})", path).groups()
    date = datetime.date(int(year), 1, 1) + datetime.timedelta(int(day) - 1)
    with rasterio.open(path) as source:
        values = source.read(1)
        row, column = np.nonzero(np.isfinite(values))
        x, y = map(np.array, xy(source.transform, row, column))
        to_degrees = Transformer.from_crs(source.crs, "EPSG:4326", always_xy=True)
    longitude, latitude = to_degrees.transform(x, y)
    return pandas.DataFrame({
        "date": date, "year": date.year, "doy": int(day), "latitude": latitude,
        "longitude": longitude, "LST": values[row, column],
        "pixel_id": [f"{int(a)}_{int(b)}" for a, b in zip(x, y)], "x": x, "y": y,
        "filename": os.path.basename(path)})


def main():
    tables = [rows(path) for path in sys.argv[1:]]
    pandas.concat(tables, ignore_index=True).to_csv(sys.stdout, index=False)


if __name__ == "__main__":
    main()
