/* hdf5_places: arrays of latitudes and longitudes. */
#include "raster/hdf5_places.h"
#include "cf_axes.h"
#include <string.h>

/* The dimension of a dataset that is one of an array's, by its name; -1 for none. */
static int same_dimension(const struct hdf5_dataset *d, const struct hdf5_dataset *array,
                          int i)
{
    for (int k = 0; k < d->ndims; k++)
        if (*d->dim_name[k] && strcmp(d->dim_name[k], array->dim_name[i]) == 0 &&
            d->dim[k] == array->dim[i])
            return k;
    return -1;
}

/* Takes an array that lists places of d's pixels for what it is. */
static void consider(struct hdf5_places *p, const struct hdf5_dataset *d,
                     const struct hdf5_dataset *array)
{
    if (!array || array == d || array->ndims < 2 || array->problem)
        return;
    enum cf_kind kind = cf_place_kind(array);
    int iy = same_dimension(d, array, array->ndims - 2),
        ix = same_dimension(d, array, array->ndims - 1);
    if (kind == CF_OTHER || ix < 0 || iy < 0 || ix == iy)
        return;
    if (kind == CF_X && !p->longitude)
        p->longitude = array;
    if (kind == CF_Y && !p->latitude) {
        p->latitude = array;
        p->ix = ix;
        p->iy = iy;
    }
}

bool hdf5_places_named(struct hdf5_places *p, const struct hdf5_file *f,
                       const struct hdf5_dataset *d)
{
    const struct hdf5_dataset *one;
    struct hdf5_places found = {0};
    for (const char *rest = hdf5_text(d, "coordinates");
         cf_next_coordinate(f, d, &rest, &one);)
        consider(&found, d, one);
    if (!found.latitude || !found.longitude ||
        same_dimension(d, found.longitude, found.longitude->ndims - 2) != found.iy ||
        same_dimension(d, found.longitude, found.longitude->ndims - 1) != found.ix)
        return false;
    *p = found;
    return true;
}

const struct hdf5_dataset *hdf5_places_array(const struct hdf5_file *f,
                                             const char *const *names, size_t rows,
                                             size_t columns)
{
    const struct hdf5_dataset *first = NULL;
    for (; *names; names++)
        for (size_t i = 0; i < f->catalogue->ndatasets; i++) {
            const struct hdf5_dataset *d = &f->catalogue->dataset[i];
            if (strcmp(d->name, *names) != 0 || d->ndims < 2 || d->problem)
                continue;
            if (d->dim[d->ndims - 2] == rows && d->dim[d->ndims - 1] == columns)
                return d;
            first = first ? first : d;
        }
    return first;
}

bool hdf5_places_of_file(struct hdf5_places *p, const struct hdf5_file *f, size_t rows,
                         size_t columns)
{
    static const char *const latitudes[] = {"latitude", "lat", "Latitude", NULL};
    static const char *const longitudes[] = {"longitude", "lon", "Longitude", NULL};
    p->latitude = hdf5_places_array(f, latitudes, rows, columns);
    p->longitude = hdf5_places_array(f, longitudes, rows, columns);
    return p->latitude && p->longitude;
}
