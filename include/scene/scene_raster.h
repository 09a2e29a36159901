/* scene_raster: what a raster is a picture of.
 *
 * Layer and time come from the tags that eco-regrid writes (ECO_LAYER, ECO_TIME), or
 * else from the file's name. The values are the band described "mean", or else the
 * first one; coverage, n and stddev are the bands of those names, where there are. */
#ifndef ECO_SCENE_SCENE_RASTER_H
#define ECO_SCENE_SCENE_RASTER_H

#include "base/out.h"
#include "raster/raster.h"
#include "scene/scene_name.h"

enum {
    SCENE_RASTER_COVERAGE,
    SCENE_RASTER_N,
    SCENE_RASTER_STDDEV,
    SCENE_RASTER_COMPANIONS
};

struct scene_raster {
    struct ras ras;
    char *layer;                            /* "NA" when nothing tells it */
    struct date date;                       /* its time */
    char time[DATE_TEXT];                   /* the same as text */
    int value;                              /* the band of the values */
    int companion[SCENE_RASTER_COMPANIONS]; /* bands, -1 for none */
};

/* The names of the companions, as bands and as columns. */
extern const char *const scene_raster_companions[SCENE_RASTER_COMPANIONS];

/* MSG_INPUT, told, when it cannot be opened, or has no place on earth: no
 * geotransform that can be inverted, or no CRS. */
int scene_raster_open(struct scene_raster *s, const char *path);
void scene_raster_close(struct scene_raster *s);

/* Whether a layer is one of "LST,LST_err", by any of its names; any is, when layers is
 * NULL. */
bool scene_raster_among(const char *layers, const char *layer);

/* Whether a band's values are float32 as they stand in the file, without scale: such
 * print as the shortest text of a float32. */
bool scene_raster_single(const struct scene_raster *s, int band);

/* A value of a band, as text. */
void scene_raster_put_value(const struct scene_raster *s, int band, struct out *o,
                            double v);

#endif
