/* scene_raster: what a raster is a picture of.
 *
 * Layer and time come from the tags that eco-regrid writes (ECO_LAYER, ECO_TIME), or
 * else from the file's name. The values are those of the band that is chosen (see
 * band_choice.h). Of eco-regrid's own rasters the bands coverage, n and stddev are
 * companions of the values, and, where no band was asked for, the rest are other values. */
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

struct geolocation_options;

struct scene_raster {
    struct ras ras;
    bool wanted;                            /* it is what was asked for */
    char *layer;                            /* "NA" when nothing tells it */
    char *name;                             /* of the values: LST, or LST_median */
    struct date date;                       /* its time */
    char time[DATE_TEXT];                   /* the same as text */
    unsigned flags;                         /* for ras_read: flags and classes are raw */
    int value;                              /* the band of the values */
    int companion[SCENE_RASTER_COMPANIONS]; /* bands, -1 for none */
    int *other, nothers;                    /* bands of other values, in their order */
};

/* The names of the companions, as bands and as columns. */
extern const char *const scene_raster_companions[SCENE_RASTER_COMPANIONS];

/* What is asked for: zeroed, all. */
struct scene_ask {
    const char *layers; /* "LST,LST_median": only rasters of such layers or values */
    const char *band;   /* see band_choice.h */
    bool raw;           /* leave scale and offset off */
    const char *times;  /* of a time axis; see layer_paths.h */
    const struct geolocation_options *geolocation; /* of swaths; NULL: they are refused */
};

/* What an open raster's name, file and band say of its scene. */
void scene_of_raster(struct scene *s, const struct ras *r, int band);

/* ask: borrowed, or NULL. One of another layer is not wanted, and its band not chosen.
 * MSG_INPUT, told, when it cannot be opened, no one band has its values, or it has no place
 * on earth: no geotransform that can be inverted, or no CRS. */
int scene_raster_open(struct scene_raster *s, const char *path,
                      const struct scene_ask *ask);
void scene_raster_close(struct scene_raster *s);

/* For who takes one raster alone: MSG_INPUT, told, for one that is not wanted. */
int scene_raster_unwanted(const struct scene_raster *s, const struct scene_ask *ask);

/* How a band's values print: as the shortest text of a float32, where they stand so in the
 * file; of integers with a scale in decimals, rounded to its digits, the number of which
 * is 0 or more; or of a double. */
enum { SCENE_FLOAT = -1, SCENE_DOUBLE = -2 };
int scene_raster_form(const struct scene_raster *s, int band);
void scene_put_value(struct out *o, int form, double v);

#endif
