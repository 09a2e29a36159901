/* attributes: what libnetcdf says of a file's attributes, into a catalogue. */
#include "plugin.h"
#include <netcdf.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_TEXT = 1 << 20 };

void *hdf5_room(struct hdf5_catalogue *c, size_t n)
{
    size_t need = (n + 15) / 16 * 16;
    if (need < n || need > c->size - c->used)
        return NULL;
    void *at = memset(c->memory + c->used, 0, need);
    c->used += need;
    return at;
}

const char *hdf5_keep_text(struct hdf5_catalogue *c, const char *s)
{
    char *copy = hdf5_room(c, strlen(s) + 1);
    return copy ? strcpy(copy, s) : NULL;
}

/* Characters, which need not end with a NUL. */
static bool take_characters(struct hdf5_catalogue *c, int group, int id,
                            struct hdf5_attribute *a, size_t n)
{
    char *text = n <= MOST_TEXT ? hdf5_room(c, n + 1) : NULL;
    a->text = text;
    if (text && nc_get_att_text(group, id, a->name, text) != NC_NOERR)
        *text = '\0';
    return text != NULL;
}

/* The first of texts; most attributes have one. */
static bool take_string(struct hdf5_catalogue *c, int group, int id,
                        struct hdf5_attribute *a, size_t n)
{
    char **text = calloc(n + 1, sizeof *text);
    bool got = text && nc_get_att_string(group, id, a->name, text) == NC_NOERR;
    a->text = hdf5_keep_text(c, got && n && text[0] ? text[0] : "");
    if (got)
        nc_free_string(n, text);
    free(text);
    return a->text != NULL;
}

int hdf5_plain_type(int group, int type)
{
    char name[NC_MAX_NAME + 1];
    nc_type base;
    size_t size, fields;
    int class = 0;
    bool is_enum =
        type > NC_MAX_ATOMIC_TYPE &&
        nc_inq_user_type(group, type, name, &size, &base, &fields, &class) == NC_NOERR &&
        class == NC_ENUM;
    return is_enum ? base : type;
}

double hdf5_number_at(int type, const void *numbers, size_t i)
{
    switch (type) {
    case NC_BYTE:
        return ((const signed char *)numbers)[i];
    case NC_UBYTE:
        return ((const unsigned char *)numbers)[i];
    case NC_SHORT:
        return ((const short *)numbers)[i];
    case NC_USHORT:
        return ((const unsigned short *)numbers)[i];
    case NC_INT:
        return ((const int *)numbers)[i];
    case NC_UINT:
        return ((const unsigned *)numbers)[i];
    case NC_INT64:
        return (double)((const long long *)numbers)[i];
    case NC_UINT64:
        return (double)((const unsigned long long *)numbers)[i];
    case NC_FLOAT:
        return (double)((const float *)numbers)[i];
    default:
        return ((const double *)numbers)[i];
    }
}

/* type: that of the attribute, which may be an enumeration, and no text. */
static bool take_numbers(struct hdf5_catalogue *c, int group, int id,
                         struct hdf5_attribute *a, nc_type type, size_t n)
{
    int plain = hdf5_plain_type(group, type);
    double *all = calloc(n + 1, sizeof *all);
    void *raw = calloc(n + 1, sizeof *all); /* none is larger */
    int rc = all && raw ? nc_get_att(group, id, a->name, raw) : NC_ENOMEM;
    for (size_t i = 0; rc == NC_NOERR && i < n; i++)
        all[i] = hdf5_number_at(plain, raw, i);
    free(raw);
    a->n = rc != NC_NOERR ? 0 : n < HDF5_NUMBERS ? n : HDF5_NUMBERS;
    double *kept = hdf5_room(c, (a->n + 1) * sizeof *kept);
    if (kept && a->n)
        memcpy(kept, all, a->n * sizeof *kept);
    free(all);
    a->number = kept;
    return kept != NULL;
}

bool hdf5_attributes(struct hdf5_catalogue *c, int group, int id,
                     const struct hdf5_attribute **attribute, size_t *n)
{
    char name[NC_MAX_NAME + 1];
    int count = 0;
    nc_inq_varnatts(group, id, &count);
    struct hdf5_attribute *list = hdf5_room(c, (size_t)count * sizeof *list + 1);
    *attribute = list;
    *n = 0;
    for (int i = 0; list && i < count; i++) {
        nc_type type;
        size_t length;
        struct hdf5_attribute *a = &list[*n];
        if (nc_inq_attname(group, id, i, name) != NC_NOERR ||
            nc_inq_att(group, id, name, &type, &length) != NC_NOERR || length > MOST_TEXT ||
            hdf5_plain_type(group, type) > NC_STRING)
            continue;
        a->name = hdf5_keep_text(c, name);
        a->single = type == NC_FLOAT;
        a->real = a->single || type == NC_DOUBLE;
        if (!a->name ||
            !(type == NC_CHAR     ? take_characters(c, group, id, a, length)
              : type == NC_STRING ? take_string(c, group, id, a, length)
                                  : take_numbers(c, group, id, a, type, length)))
            return false;
        ++*n;
    }
    return list != NULL;
}
