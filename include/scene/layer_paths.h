/* layer_paths: what a path stands for: itself, or the layers and times of an HDF5 or netCDF
 * file one by one, as paths of their own (FILE:LAYER, FILE:LAYER:20190101T000000).
 *
 * Of a file with several layers those that are asked for, by any of their names. Of a layer
 * with a time axis the times that are asked for; without a question all. Where a band is
 * asked for, times are bands. What cannot be read, or is not there, stands for itself, and
 * so does a file with several layers where none is asked for: opening it tells why. */
#ifndef ECO_SCENE_LAYER_PATHS_H
#define ECO_SCENE_LAYER_PATHS_H

#include "base/options.h"
#include "scene/scene_raster.h"

struct layer_paths {
    char **path;
    char **time; /* of each, where the time axis says it, or NULL */
    size_t n, cap;
    bool unread; /* a file could not be read, and stands for itself */
};

/* Adds the options --layer and --time. `help` is what --layer does. Or the row of --time.
 */
void layer_paths_options(struct options *o, struct scene_ask *ask, const char *help);
struct option_row layer_paths_time_row(struct scene_ask *ask);

/* Adds what a path stands for. all: of a file with several layers each one, where none is
 * asked for. */
void layer_paths_add(struct layer_paths *l, const char *path, const struct scene_ask *ask,
                     bool all);
void layer_paths_free(struct layer_paths *l);

/* The one raster that a path stands for: of a layer with a time axis that of the time which
 * is asked for, or without a question the layer, whose bands its times then are. To be
 * freed. NULL, told, where it is none, or several. */
char *layer_paths_one(const char *path, const struct scene_ask *ask);

/* The layer of that name, or else of another name that means the same; -1 for none. */
int layer_paths_find(const struct ras_layers *l, const char *name, size_t n);

/* Whether a time, as records have it, is one of "2019-05", "2019-05-01..2019-06",
 * "..2018", or of several of these behind each other, parted by commas. */
bool layer_paths_wants(const char *times, const char *time);

#endif
