/* band_list: what each band is made of, for those who compute it. */
#ifndef ECO_REGRID_BAND_LIST_H
#define ECO_REGRID_BAND_LIST_H

#include "regrid/bands_spec.h"

/* Whether a band's values are pixels of the source as they stand in it. */
bool band_is_pixel(const struct bands_list *list, int band);

#endif
