"""rasterio's own way to read many rasters at the same points, in one process.

    points.py POINTS RASTER...

POINTS: lines of x and y.
"""

import sys

import numpy as np
import rasterio


def main():
    points = np.loadtxt(sys.argv[1])
    for path in sys.argv[2:]:
        with rasterio.open(path) as source:
            for (x, y), (value,) in zip(points, source.sample(points)):
                print(path, x, y, value, sep="\t")


if __name__ == "__main__":
    main()
