/* qc_bits: the fields of quality layers. */
#include "mask/qc_bits.h"
#include "base/buf.h"
#include "base/num.h"
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

const char *qc_layer(const char *layer)
{
    return strncmp(layer, "SDS_", 4) == 0 ? layer + 4 : layer;
}

const struct qc_field *qc_find(const char *layer, const char *field)
{
    for (size_t i = 0; i < FIELDS; i++)
        if (strcmp(fields[i].layer, qc_layer(layer)) == 0 &&
            strcmp(fields[i].name, field) == 0)
            return &fields[i];
    return NULL;
}

char *qc_names(const char *layer)
{
    struct buf b = {0};
    for (size_t i = 0; i < FIELDS; i++)
        if (strcmp(fields[i].layer, qc_layer(layer)) == 0)
            buf_printf(&b, "%s%s", b.n ? ", " : "", fields[i].name);
    return b.s;
}

int qc_value(const struct qc_field *f, double pixel)
{
    long long v = (long long)pixel;
    int value = (int)(v >> f->shift) & ((1 << f->bits) - 1);
    /* The cloud bit counts only where a cloud was looked for. */
    if (strcmp(f->layer, "CloudMask") == 0 && f->shift == 1)
        value = value && (v & 1);
    return value;
}

bool qc_explain(struct out *o, const char *layer, long value)
{
    bool any = false;
    for (size_t i = 0; i < FIELDS; i++) {
        const struct qc_field *f = &fields[i];
        if (strcmp(f->layer, qc_layer(layer)) != 0)
            continue;
        int v = qc_value(f, (double)value);
        out_puts(o, f->layer);
        out_char(o, '\t');
        out_puts(o, f->name);
        out_char(o, '\t');
        out_long(o, v);
        out_char(o, '\t');
        out_puts(o, f->meaning[v]);
        out_char(o, '\n');
        any = true;
    }
    return any;
}
