/* axes: coordinate variables of netCDF files, which GDAL takes to be evenly spaced. */
#include "base/buf.h"
#include "base/mem.h"
#include "base/msg.h"
#include "plugin.h"
#include <cpl_string.h>
#include <float.h>
#include <gdal.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double slack = 0.01; /* of a step: how far a coordinate may lie off */

/* A coordinate variable, read. */
struct axis {
    char *name;
    double *v;
    size_t n;
    double rounding; /* how far its type may put a number off */
};

static void axis_free(struct axis *a)
{
    free(a->name);
    free(a->v);
    *a = (struct axis){0};
}

/* All numbers of an array, unpacked; NULL when it has none, or too many to be an axis. */
static double *read_all(GDALMDArrayH array, size_t dimensions, size_t most, size_t *n,
                        double *rounding)
{
    GUInt64 start[2] = {0, 0};
    size_t count[2] = {1, 1}, given = 0;
    GDALDimensionH *dimension = GDALMDArrayGetDimensions(array, &given);
    for (size_t i = 0; i < given && given == dimensions; i++)
        count[i] = (size_t)GDALDimensionGetSize(dimension[i]);
    GDALReleaseDimensions(dimension, given);
    if (given != dimensions || !count[0] || count[0] > most || count[1] > 2)
        return NULL;
    *n = count[0] * count[1];
    double *v = mem_alloc(*n, sizeof *v);
    GDALExtendedDataTypeH doubles = GDALExtendedDataTypeCreate(GDT_Float64);
    bool good = GDALMDArrayRead(array, start, count, NULL, NULL, doubles, v, NULL, 0);
    GDALExtendedDataTypeRelease(doubles);
    int has_scale = 0, has_offset = 0;
    double scale = GDALMDArrayGetScale(array, &has_scale),
           offset = GDALMDArrayGetOffset(array, &has_offset), largest = 0;
    GDALExtendedDataTypeH type = GDALMDArrayGetDataType(array);
    bool single = GDALExtendedDataTypeGetNumericDataType(type) == GDT_Float32;
    GDALExtendedDataTypeRelease(type);
    for (size_t i = 0; i < *n; i++) {
        v[i] = v[i] * (has_scale ? scale : 1) + (has_offset ? offset : 0);
        largest = fmax(largest, fabs(v[i]));
    }
    *rounding =
        (single ? FLT_EPSILON : DBL_EPSILON) * largest + (has_scale ? fabs(scale) / 2 : 0);
    if (good)
        return v;
    free(v);
    return NULL;
}

/* The coordinate variable of an array's dimension; false when it has none of numbers. */
static bool axis_read(struct axis *a, GDALMDArrayH variable, size_t most)
{
    *a = (struct axis){.name = mem_text(GDALMDArrayGetName(variable))};
    a->v = read_all(variable, 1, most, &a->n, &a->rounding);
    return a->v != NULL;
}

/* How far coordinate i may be from where it should be. */
static double tolerance(const struct axis *a, double step)
{
    return slack * fabs(step) + a->rounding;
}

static int check_even(const struct ras *r, const struct axis *a)
{
    double step = (a->v[a->n - 1] - a->v[0]) / (double)(a->n - 1), least = INFINITY,
           most = -INFINITY;
    bool even = true;
    for (size_t i = 0; i < a->n; i++) {
        even = even && fabs(a->v[i] - (a->v[0] + (double)i * step)) <= tolerance(a, step);
        if (i) {
            least = fmin(least, a->v[i] - a->v[i - 1]);
            most = fmax(most, a->v[i] - a->v[i - 1]);
        }
    }
    if (even)
        return MSG_OK;
    msg_error(
        "%s: its coordinates %s are not evenly spaced (steps of %.6g to %.6g), as the "
        "pixels of a raster are; lay it on an even grid first, as cdo remapcon does",
        r->path, a->name, least, most);
    return MSG_INPUT;
}

/* Angles may be given in any turn; GDAL's rows may run the other way. */
static int check_place(const struct ras *r, const struct axis *a, bool is_x)
{
    const double *gt = r->grid.gt;
    double step = is_x ? gt[1] : gt[5], first = (is_x ? gt[0] : gt[3]) + step / 2,
           last = first + step * (double)(a->n - 1);
    for (int back = 0; back < 2; back++) {
        double d0 = a->v[0] - (back ? last : first),
               d1 = a->v[a->n - 1] - (back ? first : last);
        if (is_x) {
            d0 -= 360 * rint(d0 / 360);
            d1 -= 360 * rint(d1 / 360);
        }
        if (fabs(d0) <= tolerance(a, step) && fabs(d1) <= tolerance(a, step))
            return MSG_OK;
    }
    msg_error("%s: its coordinates %s run from %.10g to %.10g, but its geotransform from "
              "%.10g to %.10g; take away the one that is wrong",
              r->path, a->name, a->v[0], a->v[a->n - 1], first, last);
    return MSG_INPUT;
}

/* Cells that CF gives by their bounds: they lie half a step about their coordinates, but
 * for those at the poles. */
static int check_bounds(const struct ras *r, const struct axis *a, GDALMDArrayH bounds,
                        bool is_latitude)
{
    size_t n = 0;
    double rounding = 0, step = (a->v[a->n - 1] - a->v[0]) / (double)(a->n - 1);
    double *v = read_all(bounds, 2, a->n, &n, &rounding);
    bool good = true;
    for (size_t i = 0; v && n == 2 * a->n && i < a->n && good; i++) {
        double low = fmin(v[2 * i], v[2 * i + 1]), high = fmax(v[2 * i], v[2 * i + 1]),
               to_low = a->v[i] - fabs(step) / 2, to_high = a->v[i] + fabs(step) / 2;
        if (is_latitude) {
            to_low = fmax(to_low, fmin(low, -90));
            to_high = fmin(to_high, fmax(high, 90));
            to_low = fmax(to_low, -90);
            to_high = fmin(to_high, 90);
        }
        double may = tolerance(a, step) + rounding;
        good = fabs(low - to_low) <= may && fabs(high - to_high) <= may;
        if (!good)
            msg_error(
                "%s: the bounds %s lay the pixel at %s %.10g from %.10g to %.10g, not "
                "half a step to each side; lay it on an even grid first, as cdo "
                "remapcon does",
                r->path, GDALMDArrayGetName(bounds), a->name, a->v[i], low, high);
    }
    free(v);
    return good ? MSG_OK : MSG_INPUT;
}

static int check_axis(const struct ras *r, GDALGroupH root, GDALMDArrayH variable,
                      bool is_x, bool angles)
{
    struct axis a;
    size_t most = (size_t)(is_x ? r->grid.columns : r->grid.rows);
    int status = MSG_OK;
    if (axis_read(&a, variable, most) && a.n > 1) {
        status = check_even(r, &a);
        if (status == MSG_OK && r->has_gt && angles)
            status = check_place(r, &a, is_x);
        GDALAttributeH attribute = GDALMDArrayGetAttribute(variable, "bounds");
        const char *name = attribute ? GDALAttributeReadAsString(attribute) : NULL;
        GDALMDArrayH bounds = name ? GDALGroupResolveMDArray(root, name, "/", NULL) : NULL;
        if (status == MSG_OK && bounds)
            status = check_bounds(r, &a, bounds, !is_x && angles);
        if (bounds)
            GDALMDArrayRelease(bounds);
        if (attribute)
            GDALAttributeRelease(attribute);
    }
    axis_free(&a);
    return status;
}

/* The last two dimensions of a variable are those of its pictures. */
static int check_variable(const struct ras *r, GDALGroupH root, GDALMDArrayH variable,
                          bool angles)
{
    size_t n = 0;
    int status = MSG_OK;
    GDALDimensionH *dimension = GDALMDArrayGetDimensions(variable, &n);
    for (size_t i = n < 2 ? n : n - 2; i < n && status == MSG_OK; i++) {
        GDALMDArrayH axis = GDALDimensionGetIndexingVariable(dimension[i]);
        if (!axis)
            continue;
        status = check_axis(r, root, axis, i == n - 1, angles);
        GDALMDArrayRelease(axis);
    }
    GDALReleaseDimensions(dimension, n);
    return status;
}

/* The name of the variable that a dataset shows. */
static const char *variable_of(const struct ras *r, GDALDatasetH ds)
{
    const char *colon = strrchr(r->file, ':');
    if (strncmp(r->file, "NETCDF:", 7) == 0 && colon > r->file + 7)
        return colon + 1;
    return GDALGetMetadataItem(GDALGetRasterBand(ds, 1), "NETCDF_VARNAME", NULL);
}

int gdal_axes_check(const struct ras *r, GDALDatasetH ds)
{
    static const char *const driver[] = {"netCDF", NULL};
    const char *name = variable_of(r, ds);
    if (strcmp(GDALGetDriverShortName(GDALGetDatasetDriver(ds)), driver[0]) != 0 || !name)
        return MSG_OK;
    int status = MSG_OK;
    char **files = GDALGetFileList(ds);
    OGRSpatialReferenceH srs = GDALGetSpatialRef(ds);
    CPLPushErrorHandler(CPLQuietErrorHandler);
    GDALDatasetH multi =
        files ? GDALOpenEx(files[0], GDAL_OF_MULTIDIM_RASTER, driver, NULL, NULL) : NULL;
    GDALGroupH root = multi ? GDALDatasetGetRootGroup(multi) : NULL;
    GDALMDArrayH variable = root ? GDALGroupResolveMDArray(root, name, "/", NULL) : NULL;
    if (variable) {
        status = check_variable(r, root, variable, srs && OSRIsGeographic(srs));
        GDALMDArrayRelease(variable);
    }
    if (root)
        GDALGroupRelease(root);
    if (multi)
        GDALClose(multi);
    CPLPopErrorHandler();
    CSLDestroy(files);
    return status;
}
