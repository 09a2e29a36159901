/* cf_axes: the coordinates of a dataset's dimensions, as CF and the netCDF users' guide
 * give them.
 *
 * Which dimension runs to the east and which to the north is told by the units, the
 * standard_name or the axis of its coordinate variable (of the same name, in the dataset's
 * group or one around it), not by the order of the dimensions. Pixels lie half a step to
 * each side of their coordinates, or where the bounds lay them. */
#ifndef ECO_CF_AXES_H
#define ECO_CF_AXES_H

#include "raster/hdf5_file.h"

enum cf_kind { CF_OTHER, CF_X, CF_Y, CF_TIME };

/* The coordinate variable of dimension i (of its name, or else one that `coordinates`
 * names), or NULL, and what it counts. */
const struct hdf5_dataset *cf_axis_of(const struct hdf5_file *f,
                                      const struct hdf5_dataset *d, int i,
                                      enum cf_kind *kind);

/* A single time that `coordinates` names: of all of it. NULL for none. */
const struct hdf5_dataset *cf_time_of(const struct hdf5_file *f,
                                      const struct hdf5_dataset *d);

/* Of an array of places: CF_X where it holds longitudes, CF_Y latitudes, else CF_OTHER. */
enum cf_kind cf_place_kind(const struct hdf5_dataset *array);

/* What its angles are, by standard_name and units: longitudes and latitudes, those of a
 * rotated pole, or none (those in which a projection's coordinates are seen, too). */
enum cf_angle { CF_NO_ANGLE, CF_GEOGRAPHIC, CF_ROTATED };
enum cf_angle cf_axis_angle(const struct hdf5_dataset *axis);

/* All its n numbers, which it has one dimension of, as values; NULL, told, when they cannot
 * be read. To be freed. */
double *cf_axis_values(struct hdf5_file *f, const struct hdf5_dataset *axis);

/* Where its pixels lie: the outer edge of the first and the step. `per_unit`: what a unit
 * of it is. As angles: longitudes may begin again within, and pixels end at a pole.
 * MSG_INPUT, told, where they are not evenly spaced. One without a step (a single
 * coordinate without bounds) gets step 0. */
int cf_axis_lay(struct hdf5_file *f, const struct hdf5_dataset *axis, bool angles,
                double per_unit, double *edge, double *step);

/* A dataset by a name in an attribute of d, which may be a path: from its group, or one
 * around it, or from the file's where it begins with a slash. */
const struct hdf5_dataset *cf_named(const struct hdf5_file *f, const struct hdf5_dataset *d,
                                    const char *name, size_t n);

/* The next that d's attribute `coordinates` names, or NULL where there is none of that
 * name. *rest is the attribute's text, or NULL, at first; false when no name is left. */
bool cf_next_coordinate(const struct hdf5_file *f, const struct hdf5_dataset *d,
                        const char **rest, const struct hdf5_dataset **one);

#endif
