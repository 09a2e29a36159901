/* datasets: what libnetcdf says of a file's datasets, into a catalogue. */
#include "plugin.h"
#include <netcdf.h>
#include <netcdf_filter.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum {
    DEEPEST = 32, /* of groups in groups */
    FEW = 16,     /* numbers that are read at once */
    MOST_FILTERS = 32,
    MOST_TEXT = 1 << 22, /* of one text */
    CHUNK_MOST = 1 << 30,
    CACHE_LEAST = 4 << 20,
    CACHE_MOST = 96 << 20,
};

static bool take_type(struct hdf5_dataset *d, nc_type type)
{
    static const enum ras_type types[] = {
        [NC_BYTE] = RAS_I8,    [NC_UBYTE] = RAS_U8,  [NC_SHORT] = RAS_I16,
        [NC_USHORT] = RAS_U16, [NC_INT] = RAS_I32,   [NC_UINT] = RAS_U32,
        [NC_INT64] = RAS_I64,  [NC_FLOAT] = RAS_F32, [NC_DOUBLE] = RAS_F64,
        [NC_UINT64] = RAS_U64,
    };
    if (type == NC_CHAR || type < NC_BYTE || type > NC_UINT64)
        return false;
    d->type = types[type];
    d->numbers = true;
    return true;
}

/* Classic netCDF has no unsigned integers, and DAP2 no signed bytes; an attribute says what
 * they are. */
static void take_unsigned(struct hdf5_dataset *d)
{
    static const enum ras_type pairs[][2] = {
        {RAS_I8, RAS_U8}, {RAS_I16, RAS_U16}, {RAS_I32, RAS_U32}};
    for (size_t i = 0; i < d->nattributes; i++) {
        const struct hdf5_attribute *a = &d->attribute[i];
        bool is = a->text && strcasecmp(a->text, "true") == 0,
             is_not = a->text && strcasecmp(a->text, "false") == 0;
        if (strcmp(a->name, "_Unsigned") != 0 || !(is || is_not))
            continue;
        for (size_t k = 0; k < sizeof pairs / sizeof *pairs && !d->recast; k++)
            if (d->type == pairs[k][is_not]) {
                d->type = pairs[k][is];
                d->recast = true;
            }
    }
}

/* netCDF fills what nobody writes, but bytes, of which all may be values. Only its own
 * numbers: what other writers of HDF5 set, such as 0 of flags, may well be a value. Called
 * before d is recast. */
static void take_fill(struct hdf5_dataset *d, nc_type type)
{
    static const double fills[] = {[NC_SHORT] = NC_FILL_SHORT,
                                   [NC_USHORT] = NC_FILL_USHORT,
                                   [NC_INT] = NC_FILL_INT,
                                   [NC_UINT] = NC_FILL_UINT,
                                   [NC_FLOAT] = (double)NC_FILL_FLOAT,
                                   [NC_DOUBLE] = NC_FILL_DOUBLE,
                                   [NC_INT64] = (double)NC_FILL_INT64,
                                   [NC_UINT64] = (double)NC_FILL_UINT64};
    double room = 0; /* as large, and as aligned, as any */
    int none = 1;
    if (type > NC_UINT64 || type == NC_UBYTE || type < NC_SHORT ||
        nc_inq_var_fill(d->group, d->id, &none, &room) != NC_NOERR || none)
        return;
    d->fill = hdf5_number_at(type, &room, 0);
    d->has_fill = d->fill == fills[type];
}

static bool take_dimensions(struct hdf5_catalogue *c, struct hdf5_dataset *d)
{
    int ids[NC_MAX_VAR_DIMS];
    char name[NC_MAX_NAME + 1];
    if (nc_inq_vardimid(d->group, d->id, ids) != NC_NOERR)
        return false;
    for (int i = 0; i < d->ndims; i++) {
        if (nc_inq_dim(d->group, ids[i], name, &d->dim[i]) != NC_NOERR)
            return false;
        bool made_up = strncmp(name, "phony_dim_", 10) == 0;
        d->dim_name[i] = hdf5_keep_text(c, made_up ? "" : name);
        if (!d->dim_name[i])
            return false;
    }
    return true;
}

/* Chunks, and room in the library for a row of them, so that none is decoded twice where
 * rows are read. */
static const char *take_chunks(struct hdf5_dataset *d, int format)
{
    int storage = NC_CONTIGUOUS;
    size_t chunk[NC_MAX_VAR_DIMS];
    if (format != NC_FORMAT_NETCDF4 ||
        nc_inq_var_chunking(d->group, d->id, &storage, chunk) != NC_NOERR)
        return NULL;
    if (storage != NC_CHUNKED)
        return hdf5_lies_elsewhere(d) ? "its values lie in other files" : NULL;
    size_t bytes = (size_t)ras_type_bytes(d->type), across = 1;
    for (int i = 0; i < d->ndims; i++) {
        d->chunk[i] = chunk[i];
        if (!chunk[i] || chunk[i] > CHUNK_MOST / bytes)
            return "its chunks are larger than 1 GiB";
        bytes *= chunk[i];
    }
    if (d->ndims > 0)
        across = (d->dim[d->ndims - 1] + chunk[d->ndims - 1] - 1) / chunk[d->ndims - 1];
    size_t room = across < CACHE_MOST / bytes ? across * bytes : CACHE_MOST;
    nc_set_var_chunk_cache(d->group, d->id, room > CACHE_LEAST ? room : CACHE_LEAST, 4093,
                           1);
    return NULL;
}

static const char *missing_filter(struct hdf5_catalogue *c, const struct hdf5_dataset *d)
{
    unsigned ids[MOST_FILTERS];
    size_t n = 0;
    char text[96];
    if (nc_inq_var_filter_ids(d->group, d->id, &n, NULL) != NC_NOERR || n > MOST_FILTERS ||
        nc_inq_var_filter_ids(d->group, d->id, &n, ids) != NC_NOERR)
        return NULL;
    for (size_t i = 0; i < n; i++) {
        if (nc_inq_filter_avail(d->group, ids[i]) == NC_NOERR)
            continue;
        snprintf(text, sizeof text,
                 "it is compressed by HDF5 filter %u, which is not installed", ids[i]);
        return hdf5_keep_text(c, text);
    }
    return NULL;
}

/* A text by itself: a string, or characters in a row. */
static bool take_text(struct hdf5_catalogue *c, struct hdf5_dataset *d, nc_type type,
                      size_t values)
{
    char *text = NULL;
    if (type == NC_STRING && values == 1) {
        if (hdf5_fixed_text(c, d))
            return true;
        if (nc_get_var_string(d->group, d->id, &text) != NC_NOERR)
            return true;
        d->text = hdf5_keep_text(c, text ? text : "");
        nc_free_string(1, &text);
        return d->text != NULL;
    }
    if (type != NC_CHAR || d->ndims > 1 || values > MOST_TEXT)
        return true;
    d->text = text = hdf5_room(c, values + 1);
    if (text && nc_get_var_text(d->group, d->id, text) != NC_NOERR)
        *text = '\0';
    return text != NULL;
}

static bool take_values(struct hdf5_catalogue *c, struct hdf5_dataset *d, nc_type type)
{
    size_t values = 1;
    for (int i = 0; i < d->ndims; i++)
        values = d->dim[i] && values > MOST_TEXT / d->dim[i] ? MOST_TEXT + 1
                                                             : values * d->dim[i];
    if (type == NC_CHAR || type == NC_STRING) {
        d->problem = "it is text";
        return take_text(c, d, type, values);
    }
    if (values > FEW || d->problem)
        return true;
    double *number = hdf5_room(c, values * sizeof *number + 1);
    if (number && nc_get_var_double(d->group, d->id, number) == NC_NOERR)
        d->nnumbers = values;
    d->number = number;
    return number != NULL;
}

static bool take_dataset(struct hdf5_catalogue *c, const char *folder, int group, int id)
{
    char name[NC_MAX_NAME + 1];
    nc_type type;
    int ndims, format = 0;
    if (nc_inq_var(group, id, name, &type, &ndims, NULL, NULL) != NC_NOERR ||
        ndims > HDF5_DIMS || c->ndatasets == HDF5_DATASETS)
        return true;
    struct hdf5_dataset *d = &c->dataset[c->ndatasets];
    *d = (struct hdf5_dataset){.ndims = ndims, .group = group, .id = id};
    char *path = hdf5_room(c, strlen(folder) + strlen(name) + 2);
    if (!path)
        return false;
    sprintf(path, "%s/%s", folder, name);
    d->path = path;
    d->name = path + strlen(folder) + 1;
    if (!take_dimensions(c, d) ||
        !hdf5_attributes(c, group, id, &d->attribute, &d->nattributes))
        return false;
    nc_inq_format(group, &format);
    if (!take_type(d, hdf5_plain_type(group, type))) {
        d->problem = "its type is none of numbers";
    } else {
        d->problem = take_chunks(d, format);
        take_fill(d, type);
        take_unsigned(d);
    }
    if (!d->problem && format == NC_FORMAT_NETCDF4)
        d->problem = missing_filter(c, d);
    if (!take_values(c, d, type))
        return false;
    c->ndatasets++;
    return true;
}

static bool take_group(struct hdf5_catalogue *c, const char *folder, int group, int depth)
{
    int n = 0;
    if (nc_inq_nvars(group, &n) != NC_NOERR)
        return false;
    for (int id = 0; id < n; id++)
        if (!take_dataset(c, folder, group, id))
            return false;
    n = 0;
    if (depth == DEEPEST || nc_inq_grps(group, &n, NULL) != NC_NOERR || n < 1)
        return true;
    int *inner = calloc((size_t)n, sizeof *inner);
    bool good = inner && nc_inq_grps(group, NULL, inner) == NC_NOERR;
    for (int i = 0; good && i < n; i++) {
        char name[NC_MAX_NAME + 1];
        good = nc_inq_grpname(inner[i], name) == NC_NOERR;
        char *path = good ? malloc(strlen(folder) + strlen(name) + 2) : NULL;
        if (path)
            sprintf(path, "%s/%s", folder, name);
        good = path && take_group(c, path, inner[i], depth + 1);
        free(path);
    }
    free(inner);
    return good;
}

bool hdf5_list(struct hdf5_catalogue *c, int file)
{
    c->dataset = hdf5_room(c, HDF5_DATASETS * sizeof *c->dataset);
    return c->dataset &&
           hdf5_attributes(c, file, NC_GLOBAL, &c->attribute, &c->nattributes) &&
           take_group(c, "", file, 0);
}
