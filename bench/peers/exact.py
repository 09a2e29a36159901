"""Means in polygons by exactextract, by the share of each pixel.

    exact.py LAYER RASTER
"""

import sys

from exactextract import exact_extract


def main():
    for feature in exact_extract(sys.argv[2], sys.argv[1], ["count", "mean"]):
        found = feature["properties"]
        print(found["count"], found["mean"], sep="\t")


if __name__ == "__main__":
    main()
