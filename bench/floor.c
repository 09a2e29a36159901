/* floor: decoding. */
#include "floor.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tiffio.h>

void floor_die(const char *what, const char *name)
{
    fprintf(stderr, "floor: %s: %s\n", name, what);
    exit(1);
}

/* A scale and a tie point, or a matrix without a turn. */
static void place(struct floor_raster *r, TIFF *tif)
{
    uint32_t n = 0;
    double *scale, *tie, *matrix;
    if (TIFFGetField(tif, 34264, &n, &matrix) == 1) {
        r->x0 = matrix[3];
        r->dx = matrix[0];
        r->y0 = matrix[7];
        r->dy = matrix[5];
    } else if (TIFFGetField(tif, 33550, &n, &scale) == 1 &&
               TIFFGetField(tif, 33922, &n, &tie) == 1) {
        r->x0 = tie[3];
        r->dx = scale[0];
        r->y0 = tie[4];
        r->dy = -scale[1];
    } else {
        floor_die("it has no place", TIFFFileName(tif));
    }
}

/* Tiles are decoded aside and copied; the strips of one image lie in order. */
static void tiles(struct floor_raster *r, TIFF *tif)
{
    uint32_t width = 0, height = 0;
    TIFFGetField(tif, TIFFTAG_TILEWIDTH, &width);
    TIFFGetField(tif, TIFFTAG_TILELENGTH, &height);
    size_t line = (size_t)r->columns * (size_t)r->bytes;
    char *tile = malloc((size_t)TIFFTileSize(tif));
    uint32_t index = 0;
    for (int row = 0; row < r->rows; row += (int)height)
        for (int column = 0; column < r->columns; column += (int)width, index++) {
            if (!tile || TIFFReadEncodedTile(tif, index, tile, TIFFTileSize(tif)) < 0)
                floor_die("damaged", TIFFFileName(tif));
            int n = r->columns - column < (int)width ? r->columns - column : (int)width;
            for (int y = 0; y < (int)height && row + y < r->rows; y++)
                memcpy((char *)r->v + (size_t)(row + y) * line +
                           (size_t)column * (size_t)r->bytes,
                       tile + (size_t)y * width * (size_t)r->bytes,
                       (size_t)n * (size_t)r->bytes);
        }
    free(tile);
}

static void strips(struct floor_raster *r, TIFF *tif)
{
    uint32_t height = 0;
    TIFFGetFieldDefaulted(tif, TIFFTAG_ROWSPERSTRIP, &height);
    size_t line = (size_t)r->columns * (size_t)r->bytes;
    for (int row = 0, index = 0; row < r->rows; row += (int)height, index++)
        if (TIFFReadEncodedStrip(tif, (uint32_t)index, (char *)r->v + (size_t)row * line,
                                 (tmsize_t)(line * height)) < 0)
            floor_die("damaged", TIFFFileName(tif));
}

void floor_decode(struct floor_raster *r, const char *path)
{
    TIFFSetWarningHandler(NULL);
    TIFF *tif = TIFFOpen(path, "r");
    uint16_t bits = 8;
    if (!tif)
        floor_die("cannot open", path);
    TIFFGetField(tif, TIFFTAG_IMAGEWIDTH, &r->columns);
    TIFFGetField(tif, TIFFTAG_IMAGELENGTH, &r->rows);
    TIFFGetField(tif, TIFFTAG_BITSPERSAMPLE, &bits);
    r->bytes = bits / 8;
    place(r, tif);
    size_t need = (size_t)r->columns * (size_t)r->rows * (size_t)r->bytes;
    if (need > r->cap) {
        free(r->v);
        r->v = malloc(need);
        r->cap = need;
        if (!r->v)
            floor_die("no memory for", path);
    }
    if (TIFFIsTiled(tif))
        tiles(r, tif);
    else
        strips(r, tif);
    TIFFClose(tif);
}
