/* source: what a raster is a picture of.
 *
 * Layer and time come from the tags that eco-regrid writes (ECO_LAYER, ECO_TIME), or
 * else from the file's name. The values are the band described "mean", or else the
 * first one; coverage, n and stddev are the bands of those names, where there are. */
#ifndef ECO_SOURCE_H
#define ECO_SOURCE_H

#include "out.h"
#include "ras.h"
#include "rec.h"
#include "scene.h"

enum { SOURCE_COVERAGE, SOURCE_N, SOURCE_STDDEV, SOURCE_COMPANIONS };

struct source {
    struct ras ras;
    char *layer;                      /* "NA" when nothing tells it */
    struct scene date;                /* has_date, has_time and what they say */
    char time[SCENE_TIME];            /* the same as text */
    int value;                        /* the band of the values */
    int companion[SOURCE_COMPANIONS]; /* bands, -1 for none */
};

/* The names of the companions, as bands and as columns. */
extern const char *const source_companions[SOURCE_COMPANIONS];

/* MSG_INPUT, told, when it cannot be opened, or has no place on earth: no
 * geotransform that can be inverted, or no CRS. */
int source_open(struct source *s, const char *path);
void source_close(struct source *s);

/* A value of a band: float32 pixels without scale as the shortest text of a float32. */
void source_put_value(const struct source *s, int band, struct out *o, double v);

/* The units of layers that a stream has shown so far. */
struct source_units {
    struct rec_pair *unit; /* layer and unit */
    size_t n, cap;
};

/* Writes ##unit.LAYER= when the layer is new and its unit is known; o may be NULL, for
 * formats without metadata. MSG_INPUT, told, when the stream already has another unit
 * for that layer: one column cannot hold both. */
int source_put_unit(struct source_units *u, const struct source *s, struct out *o);
void source_units_free(struct source_units *u);

#endif
