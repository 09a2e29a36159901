"""rasterio's own way to means in polygons: the pixels whose centres lie inside.

    polygons.py GEOJSON RASTER
"""

import json
import sys

import numpy as np
import rasterio
from rasterio.features import geometry_mask, geometry_window


def main():
    with open(sys.argv[1]) as layer:
        features = json.load(layer)["features"]
    with rasterio.open(sys.argv[2]) as source:
        for feature in features:
            area = [feature["geometry"]]
            window = geometry_window(source, area)
            values = source.read(1, window=window)
            inside = ~geometry_mask(area, values.shape, source.window_transform(window))
            inside &= ~np.isnan(values)
            mean = values[inside].mean(dtype="f8") if inside.any() else np.nan
            print(inside.sum(), mean, sep="\t")


if __name__ == "__main__":
    main()
