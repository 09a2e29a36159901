/* band_list: what each band is made of, for those who compute it. */
#ifndef ECO_REGRID_BAND_LIST_H
#define ECO_REGRID_BAND_LIST_H

#include "regrid/bands_spec.h"

/* By the numbers of struct bands_list. */
struct band_kind {
    int stat, method; /* an enum area_stat or an enum warp_method, the other -1 */
};
extern const struct band_kind band_kinds[];

/* Whether a band's values are pixels of the source as they stand in it. */
bool band_is_pixel(int band);

#endif
