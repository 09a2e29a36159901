"""Statistics of a raster in polygons by brute force: each pixel's square is cut with each
polygon by shapely (GEOS).

    zones.py VALUES.asc LAYER.geojson [WEIGHTS.asc]

Rasters are Arc/Info ASCII grids of one shape; -9999 is no value. One line a polygon: n, sum,
mean, weighted by share and weight.
"""

import json
import sys

from shapely.geometry import box, shape


def grid(path):
    with open(path) as lines:
        words = lines.read().split()
    head = {words[i].lower(): float(words[i + 1]) for i in range(0, 12, 2)}
    columns = int(head["ncols"])
    values = [float(w) for w in words[12:]]
    return head, [values[i : i + columns] for i in range(0, len(values), columns)]


def main():
    head, rows = grid(sys.argv[1])
    weights = grid(sys.argv[3])[1] if len(sys.argv) > 3 else None
    size, west = head["cellsize"], head["xllcorner"]
    north = head["yllcorner"] + size * len(rows)
    with open(sys.argv[2]) as layer:
        features = json.load(layer)["features"]
    for feature in features:
        area = shape(feature["geometry"])
        n = total = 0.0
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                pixel = box(west + c * size, north - (r + 1) * size, west + (c + 1) * size, north - r * size)
                weight = weights[r][c] if weights else 1
                if value == -9999 or weight == -9999 or not area.intersects(pixel):
                    continue
                share = area.intersection(pixel).area / size**2 * weight
                n += share
                total += share * value
        print(n, total, total / n if n else "NaN", sep="\t")


if __name__ == "__main__":
    main()
