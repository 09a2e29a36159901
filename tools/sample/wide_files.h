/* wide_files: what the wide forms of points and polygons share: the rasters in the order of
 * their times, and a column a layer. */
#ifndef ECO_SAMPLE_WIDE_FILES_H
#define ECO_SAMPLE_WIDE_FILES_H

#include "base/stats.h"
#include "scene/raster_list.h"

struct wide_file {
    char *path;
    size_t layer, order; /* order: among those given */
    struct date date;
    char time[DATE_TEXT];
};

struct wide_files {
    struct wide_file *file; /* by time */
    size_t n;
    char **layer; /* in the order of what was asked for, or else of their first raster */
    int *form;    /* of all values of a layer, or SCENE_DOUBLE */
    size_t nlayers;

    /* private */
    size_t file_cap, layer_cap, form_cap;
};

/* Looks into all rasters of a list. MSG_INPUT, told, where some cannot be read: the others
 * are there. A raster that no layer is known of has its file's name for one, without
 * suffix.
 */
int wide_files_survey(struct wide_files *w, struct raster_list *sources);

/* The first file behind `from` that has another time. */
size_t wide_files_moment(const struct wide_files *w, size_t from);
void wide_files_free(struct wide_files *w);

/* n values of statistics, over and over, as where there is no raster. */
void wide_clear(const struct stat_list *stats, double *v, size_t n);

/* Whether a raster said nothing at a place. */
bool wide_is_empty(const struct stat_list *stats, const double *v);

#endif
