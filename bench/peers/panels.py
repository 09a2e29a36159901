"""A stand-in for a Python program: the picture of four panels, by rasterio and matplotlib.

    panels.py SCENE MAP COARSE POLYGON PNG
"""

import sys

import geopandas
import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
import rasterio
from rasterio.plot import plotting_extent
from rasterio.warp import Resampling, reproject


def main():
    scene, classes_path, coarse, polygon, png = sys.argv[1:]
    with rasterio.open(scene) as source:
        values, crs, transform = source.read(1), source.crs, source.transform
        extent = plotting_extent(source)
    classes = np.zeros(values.shape, np.uint8)
    with rasterio.open(classes_path) as source:
        reproject(rasterio.band(source, 1), classes, dst_transform=transform, dst_crs=crs,
                  resampling=Resampling.nearest)
    values[~np.isin(classes, (3, 4, 5, 6))] = np.nan
    with rasterio.open(coarse) as source:
        mean, coverage = source.read(1), source.read(2)
        grid, cells = source.transform, plotting_extent(source)
    area = geopandas.read_file(polygon).to_crs(crs)

    figure, axes = plt.subplots(2, 2, figsize=(16, 14), dpi=100)
    low, high = np.nanpercentile(values, (2, 98))
    image = axes[0, 0].imshow(values, extent=extent, cmap="inferno", vmin=low, vmax=high)
    figure.colorbar(image, ax=axes[0, 0], label="LST (K)")
    axes[0, 1].imshow(np.isfinite(values), extent=extent, cmap="Greys", alpha=0.5)
    rows, columns = mean.shape
    for j in range(columns + 1):
        axes[0, 1].axvline(grid.c + j * grid.a, color="tab:blue", linewidth=0.4)
    for i in range(rows + 1):
        axes[0, 1].axhline(grid.f + i * grid.e, color="tab:blue", linewidth=0.4)
    centre = area.geometry.unary_union.centroid
    axes[0, 1].plot(centre.x, centre.y, "r+")
    image = axes[1, 0].imshow(coverage, extent=cells, cmap="viridis", vmin=0, vmax=1)
    figure.colorbar(image, ax=axes[1, 0], label="coverage")
    image = axes[1, 1].imshow(mean, extent=cells, cmap="inferno", vmin=low, vmax=high)
    figure.colorbar(image, ax=axes[1, 1], label="mean LST (K)")
    for axis, title in zip(axes.flat, ("pixels", "geometry", "coverage", "result")):
        area.boundary.plot(ax=axis, color="black", linewidth=1)
        axis.set_title(title)
        axis.set_xlim(extent[0], extent[1])
        axis.set_ylim(extent[2], extent[3])
    figure.tight_layout()
    figure.savefig(png)


if __name__ == "__main__":
    main()
