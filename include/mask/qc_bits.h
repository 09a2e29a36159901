/* qc_bits: the fields of ECOSTRESS quality layers, by name.
 *
 * QC of land surface temperature (Product Specification Document for L2, JPL D-94635, and
 * the L2 user guides of Collections 2 and 3), 16 bits:
 *   mandatory       1-0    0 best, 1 nominal, 2 cloud detected, 3 not produced; in
 *                          Collections 2 (from v4.2) and 3 clouds are not in QC, and 2 is
 *                          not set
 *   data_quality    3-2    0 good, 1 missing stripe pixel, 2 not set, 3 missing or bad
 *   iterations      7-6    0 slow, ... 3 fast convergence
 *   opacity         9-8    0 >= 0.3, 1 0.2-0.3, 2 0.1-0.2, 3 < 0.1
 *   mmd             11-10  0 > 0.15, 1 0.1-0.15, 2 0.03-0.1, 3 < 0.03
 *   emissivity_accuracy 13-12  0 poor, 1 marginal, 2 good, 3 excellent
 *   lst_accuracy    15-14  0 poor (> 2 K), 1 marginal (1.5-2 K), 2 good (1-1.5 K),
 *                          3 excellent (< 1 K)
 * 0 is a legal value of QC: no fill.
 *
 * CloudMask, Collection 1 (8 bits): determined (bit 0), cloud (bit 1), and the tests behind
 * it (bits 2 to 5), as NASA's lookup table reads them. Where bit 0 is not set it is neither
 * clear nor cloudy, whatever bit 1 is. */
#ifndef ECO_MASK_QC_BITS_H
#define ECO_MASK_QC_BITS_H

#include "base/out.h"
#include <stdbool.h>

struct qc_field {
    const char *layer, *name;
    int shift, bits;
    const char *meaning[4]; /* of its values; NULL where there are fewer */
};

/* The field of a layer ("QC" and "SDS_QC" are one), or NULL. */
const struct qc_field *qc_find(const char *layer, const char *field);

/* The names of a layer's fields, "mandatory, data_quality, ...": a new text, or NULL when
 * the layer has none. */
char *qc_names(const char *layer);

/* The field's bits in a pixel, and whether they say something there. */
int qc_value(const struct qc_field *f, double pixel);
bool qc_tells(const struct qc_field *f, double pixel);

/* One record a field of a value: layer, field, value, meaning in a collection (0: in all).
 * False when the layer has no fields. */
bool qc_explain(struct out *o, const char *layer, long value, int collection);

#endif
