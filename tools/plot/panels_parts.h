/* panels_parts: what the parts of panels share: panels.c reads and checks all that is shown
 * into struct panels, panels_frame.c finds where it lies, panels_text.c what is said of it;
 * panels_draw.c then writes the script, so that bad input leaves no half of one. */
#ifndef ECO_PLOT_PANELS_PARTS_H
#define ECO_PLOT_PANELS_PARTS_H

#include "geo/grid.h"
#include "map_panels.h"
#include "plot/options.h"
#include "scene/scene_raster.h"
#include "source_image.h"

/* The coarse raster, its rows from the south. */
struct panels_cells {
    double x0, y0; /* the south-west corner */
    int columns, rows;
    float *value;    /* NaN where there is none; never infinite */
    float *coverage; /* NULL where the raster does not tell */
    long valid;      /* cells with a value */
    double inside;   /* cells of the grid whose centre is in the clip area */
    double pixels;   /* that went into the valid cells; NaN where nothing tells */
};

struct panels {
    struct plot_options options;
    const char *site, *variable; /* as the user calls them; or NULL */
    enum map_panels_units units;
    double metres; /* in a unit of the grid's CRS; 0 for degrees */
    struct grid grid;
    struct scene_raster scene, result;
    bool masked; /* there is a class map */
    bool ruled;  /* there are rules on companions */
    struct source_image plane;
    struct panels_cells cells;
    double min_coverage; /* NaN where the result does not tell */
    double area;         /* of the clip area under the grid, in its plane */
    double frame[4];     /* what the panels show: x0, y0, x1, y1 in the grid's plane */
    double range[2];     /* of the colours of values; NaN where there are none */
    struct plot_palette values, shares;
};

/* Sets frame, area and cells.inside from the grid. */
void panels_frame(struct panels *p);

/* Of how many rasters a result was made, by its tags (one, if they say nothing), and which
 * of them has that name, counted from 1; 0 when none has. */
int panels_sources(const struct ras *result, const char *name, int *at);

/* What it says: the first two as plain text, the others as gnuplot's markup. */
void panels_title(const struct panels *in, struct buf *b);
void panels_subtitle(const struct panels *in, struct buf *b);
void panels_value_name(const struct panels *in, struct buf *b);
void panels_source_name(const struct panels *in, struct buf *b);
void panels_coverage_name(const struct panels *in, struct buf *b);
void panels_result_name(const struct panels *in, struct buf *b);

int panels_draw(const struct panels *p, const char *command);

#endif
