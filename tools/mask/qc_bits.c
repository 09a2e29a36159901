/* qc_bits: the fields of quality layers. */
#include "mask/qc_bits.h"
#include "base/buf.h"
#include "scene/layers.h"
#include <string.h>

static const struct qc_field fields[] = {
    {"QC",
     "mandatory",
     0,
     2,
     {"best quality", "nominal quality", "produced, but cloud detected", "not produced"}},
    {"QC",
     "data_quality",
     2,
     2,
     {"good", "missing stripe pixel in bands 1 and 5", "not set", "missing or bad"}},
    {"QC", "iterations", 6, 2, {"slow convergence", "nominal", "nominal", "fast"}},
    {"QC",
     "opacity",
     8,
     2,
     {"0.3 or more: warm, humid air or cold land", "0.2 to 0.3: nominal",
      "0.1 to 0.2: nominal", "below 0.1: dry or high"}},
    {"QC",
     "mmd",
     10,
     2,
     {"above 0.15: most silicate rocks", "0.1 to 0.15: rocks, sand, some soils",
      "0.03 to 0.1: mostly soils, mixed pixel",
      "below 0.03: vegetation, snow, water, ice"}},
    {"QC",
     "emissivity_accuracy",
     12,
     2,
     {"poor: above 0.02", "marginal: 0.015 to 0.02", "good: 0.01 to 0.015",
      "excellent: below 0.01"}},
    {"QC",
     "lst_accuracy",
     14,
     2,
     {"poor: above 2 K", "marginal: 1.5 to 2 K", "good: 1 to 1.5 K",
      "excellent: below 1 K"}},
    {"CloudMask", "determined", 0, 1, {"no", "yes"}},
    {"CloudMask", "cloud", 1, 1, {"no", "yes"}},
    {"CloudMask", "any_test", 2, 1, {"no", "yes"}},
    {"CloudMask", "brightness_test", 3, 1, {"no", "yes"}},
    {"CloudMask", "thermal_test", 4, 1, {"no", "yes"}},
    {"CloudMask", "water", 5, 1, {"land", "water"}},
};
enum { FIELDS = sizeof fields / sizeof *fields };

const struct qc_field *qc_find(const char *layer, const char *field)
{
    for (size_t i = 0; i < FIELDS; i++)
        if (layers_same(fields[i].layer, layer) && strcmp(fields[i].name, field) == 0)
            return &fields[i];
    return NULL;
}

char *qc_names(const char *layer)
{
    struct buf b = {0};
    for (size_t i = 0; i < FIELDS; i++)
        if (layers_same(fields[i].layer, layer))
            buf_printf(&b, "%s%s", b.n ? ", " : "", fields[i].name);
    return b.s;
}

int qc_value(const struct qc_field *f, double pixel)
{
    long long v = (long long)pixel;
    return (int)(v >> f->shift) & ((1 << f->bits) - 1);
}

bool qc_tells(const struct qc_field *f, double pixel)
{
    bool of_clouds = strcmp(f->layer, "CloudMask") == 0 && strcmp(f->name, "cloud") == 0;
    return !of_clouds || ((long long)pixel & 1);
}

/* What a value means from Collection 2 on, where it is something else; or NULL. */
static const char *later_meaning(const struct qc_field *f, int value)
{
    return strcmp(f->name, "mandatory") == 0 && value == 2
               ? "not set: clouds are in the cloud layer"
               : NULL;
}

/* What a value means, in one collection or (0) in all. */
static void put_meaning(struct out *o, const struct qc_field *f, int value, int collection)
{
    const char *later = later_meaning(f, value);
    if (!later || collection < 2)
        out_puts(o, f->meaning[value]);
    if (later && !collection)
        out_puts(o, " (Collection 1); ");
    if (later && collection != 1)
        out_puts(o, later);
    if (later && !collection)
        out_puts(o, " (Collections 2 and 3)");
}

bool qc_explain(struct out *o, const char *layer, long value, int collection)
{
    bool any = false;
    for (size_t i = 0; i < FIELDS; i++) {
        const struct qc_field *f = &fields[i];
        if (!layers_same(f->layer, layer))
            continue;
        int v = qc_value(f, (double)value);
        out_puts(o, f->layer);
        out_char(o, '\t');
        out_puts(o, f->name);
        out_char(o, '\t');
        out_long(o, v);
        out_char(o, '\t');
        put_meaning(o, f, v, collection);
        out_char(o, '\n');
        any = true;
    }
    return any;
}
