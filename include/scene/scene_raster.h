/* source: what a raster is a picture of.
 *
 * Layer and time come from the tags that eco-regrid writes (ECO_LAYER, ECO_TIME), or
 * else from the file's name. The values are the band described "mean", or else the
 * first one; coverage, n and stddev are the bands of those names, where there are. */
#ifndef ECO_SOURCE_H
#define ECO_SOURCE_H

#include "base/out.h"
#include "raster/raster.h"
#include "scene/scene_name.h"

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

/* Whether a layer is one of "LST,LST_err"; any is, when layers is NULL. */
bool source_among(const char *layers, const char *layer);

/* Whether a band's values are float32 as they stand in the file, without scale: such
 * print as the shortest text of a float32. */
bool source_single(const struct source *s, int band);

/* A value of a band, as text. */
void source_put_value(const struct source *s, int band, struct out *o, double v);

#endif
