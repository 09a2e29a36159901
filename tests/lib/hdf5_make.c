/* hdf5-make: writes an HDF5 file as a list on stdin describes it: hdf5-make FILE <LIST
 *
 * Plain HDF5, as ECOSTRESS's programs write it: no dimension scales, attributes and texts
 * of fixed length. A line of the list has fields parted by TAB:
 *
 *   dataset   PATH  TYPE  DIMS  OPTIONS  VALUES
 *   text      PATH  fixed|variable       TEXT
 *   attribute PATH  NAME  TYPE           VALUES
 *
 * TYPE is u1 i1 u2 i2 u4 i4 u8 i8 f4 f8, or text. DIMS is ROWSxCOLUMNS...; OPTIONS is "-",
 * or of chunk=AxB, deflate=N, filter=ID (one that is nowhere: samples are stored as they
 * are), external=FILE, parted by commas. VALUES is numbers, of which the last goes on, or
 * "ramp A STEP N": A + STEP * (i mod N), then "fill FROM TO V" for elements FROM to TO-1.
 * In TEXT \n and \t stand for line ends and TABs. */
#include <hdf5.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_DIMS = 8 };

static void die(const char *what, const char *about)
{
    fprintf(stderr, "hdf5-make: %s: %s\n", what, about);
    exit(1);
}

static hid_t type_of(const char *name)
{
    const struct {
        const char *name;
        hid_t type;
    } types[] = {{"u1", H5T_STD_U8LE},  {"i1", H5T_STD_I8LE},  {"u2", H5T_STD_U16LE},
                 {"i2", H5T_STD_I16LE}, {"u4", H5T_STD_U32LE}, {"i4", H5T_STD_I32LE},
                 {"u8", H5T_STD_U64LE}, {"i8", H5T_STD_I64LE}, {"f4", H5T_IEEE_F32LE},
                 {"f8", H5T_IEEE_F64LE}};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (strcmp(types[i].name, name) == 0)
            return types[i].type;
    die("no such type", name);
    return -1;
}

/* "3x4" */
static int sizes_of(const char *s, hsize_t size[MOST_DIMS])
{
    int n = 0;
    for (char *end; *s && n < MOST_DIMS; s = *end ? end + 1 : end)
        size[n++] = strtoull(s, &end, 10);
    return n;
}

static double *values_of(const char *s, size_t n)
{
    double *v = calloc(n + 1, sizeof *v), a, step, period;
    int used = 0;
    if (sscanf(s, "ramp %lf %lf %lf%n", &a, &step, &period, &used) == 3) {
        for (size_t i = 0; i < n; i++)
            v[i] = a + step * (double)(i % (size_t)period);
        unsigned long from, to;
        int more;
        for (s += used; sscanf(s, " fill %lu %lu %lf%n", &from, &to, &a, &more) == 3;
             s += more)
            for (size_t i = from; i < to && i < n; i++)
                v[i] = a;
        return v;
    }
    for (size_t i = 0; i < n; i++) {
        char *end;
        double next = strtod(s, &end);
        v[i] = end == s && i ? v[i - 1] : next;
        s = end;
    }
    return v;
}

/* Stores what it gets. */
static size_t keep(unsigned flags, size_t n, const unsigned *values, size_t bytes,
                   size_t *size, void **buffer)
{
    (void)flags;
    (void)n;
    (void)values;
    (void)size;
    (void)buffer;
    return bytes;
}

static hid_t creation_of(char *options, const hsize_t *dims, int rank, size_t bytes)
{
    hid_t p = H5Pcreate(H5P_DATASET_CREATE);
    for (char *o = strtok(options, ","); o; o = strtok(NULL, ",")) {
        hsize_t chunk[MOST_DIMS], all = bytes;
        if (strncmp(o, "chunk=", 6) == 0) {
            H5Pset_chunk(p, sizes_of(o + 6, chunk), chunk);
        } else if (strncmp(o, "deflate=", 8) == 0) {
            H5Pset_deflate(p, (unsigned)atoi(o + 8));
        } else if (strncmp(o, "filter=", 7) == 0) {
            H5Z_class2_t c = {H5Z_CLASS_T_VERS, atoi(o + 7), 1,    1,
                              "nowhere",        NULL,        NULL, keep};
            H5Zregister(&c);
            H5Pset_filter(p, c.id, 0, 0, NULL);
        } else if (strncmp(o, "external=", 9) == 0) {
            for (int i = 0; i < rank; i++)
                all *= dims[i];
            H5Pset_external(p, o + 9, 0, all);
        }
    }
    return p;
}

static hid_t links(void)
{
    hid_t p = H5Pcreate(H5P_LINK_CREATE);
    H5Pset_create_intermediate_group(p, 1);
    return p;
}

static void put_dataset(hid_t file, char **field)
{
    hsize_t dims[MOST_DIMS], n = 1;
    int rank = sizes_of(field[2], dims);
    hid_t type = type_of(field[1]);
    for (int i = 0; i < rank; i++)
        n *= dims[i];
    hid_t space = H5Screate_simple(rank, dims, NULL);
    hid_t create = creation_of(field[3], dims, rank, H5Tget_size(type));
    hid_t d = H5Dcreate2(file, field[0], type, space, links(), create, H5P_DEFAULT);
    double *v = values_of(field[4], n);
    if (d < 0 || H5Dwrite(d, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, v) < 0)
        die("cannot write", field[0]);
    free(v);
    H5Dclose(d);
}

static char *unescaped(char *s)
{
    char *to = s;
    for (const char *from = s; *from; from++) {
        char c = *from;
        if (c == '\\' && from[1])
            c = *++from == 'n' ? '\n' : *from == 't' ? '\t' : *from;
        *to++ = c;
    }
    *to = '\0';
    return s;
}

static void put_text(hid_t file, char **field)
{
    hid_t type = H5Tcopy(H5T_C_S1), space = H5Screate(H5S_SCALAR);
    char *text = unescaped(field[2]);
    bool is_fixed = strcmp(field[1], "fixed") == 0;
    H5Tset_size(type, is_fixed ? strlen(text) : H5T_VARIABLE);
    H5Tset_strpad(type, is_fixed ? H5T_STR_NULLPAD : H5T_STR_NULLTERM); /* as h5py does */
    hid_t d = H5Dcreate2(file, field[0], type, space, links(), H5P_DEFAULT, H5P_DEFAULT);
    if (d < 0 || H5Dwrite(d, type, H5S_ALL, H5S_ALL, H5P_DEFAULT,
                          is_fixed ? (void *)text : (void *)&text) < 0)
        die("cannot write", field[0]);
    H5Dclose(d);
}

static void put_attribute(hid_t file, char **field)
{
    hid_t object = H5Oopen(file, field[0], H5P_DEFAULT), type, space, a;
    if (object < 0)
        die("no such object", field[0]);
    if (strcmp(field[2], "text") == 0) {
        char *text = unescaped(field[3]);
        type = H5Tcopy(H5T_C_S1);
        H5Tset_size(type, strlen(text) + 1);
        a = H5Acreate2(object, field[1], type, H5Screate(H5S_SCALAR), H5P_DEFAULT,
                       H5P_DEFAULT);
        H5Awrite(a, type, text);
    } else {
        hsize_t n = 1;
        for (const char *c = field[3]; *c; c++)
            n += *c == ' ';
        type = type_of(field[2]);
        space = H5Screate_simple(1, &n, NULL);
        a = H5Acreate2(object, field[1], type, space, H5P_DEFAULT, H5P_DEFAULT);
        double *v = values_of(field[3], n);
        H5Awrite(a, H5T_NATIVE_DOUBLE, v);
        free(v);
    }
    H5Aclose(a);
    H5Oclose(object);
}

int main(int argc, char **argv)
{
    char *line = NULL;
    size_t cap = 0;
    if (argc != 2)
        die("usage", "hdf5-make FILE <LIST");
    hid_t file = H5Fcreate(argv[1], H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
    if (file < 0)
        die("cannot write", argv[1]);
    for (ssize_t n; (n = getline(&line, &cap, stdin)) > 0;) {
        char *field[6] = {NULL, "", "", "", "", ""};
        int k = 0;
        line[n - (line[n - 1] == '\n')] = '\0';
        for (char *s = line, *tab; s && k < 6; s = tab ? tab + 1 : NULL) {
            tab = k < 5 ? strchr(s, '\t') : NULL;
            if (tab)
                *tab = '\0';
            field[k++] = s;
        }
        if (strcmp(field[0], "dataset") == 0)
            put_dataset(file, field + 1);
        else if (strcmp(field[0], "text") == 0)
            put_text(file, field + 1);
        else if (strcmp(field[0], "attribute") == 0)
            put_attribute(file, field + 1);
        else
            die("no such line", field[0]);
    }
    free(line);
    return H5Fclose(file) < 0;
}
