/* cf_crs: the CRS of a CF grid mapping. */
#ifndef ECO_CF_CRS_H
#define ECO_CF_CRS_H

#include "base/buf.h"
#include "raster/hdf5_file.h"

/* A CRS's text of the attributes of a grid mapping: its WKT where it has one, else what its
 * parameters say. To be freed. *metres: whether coordinates in other units of length than
 * metres must become metres for it. NULL, with the reason added to `why`, for a mapping
 * that PROJ lacks or that lacks a parameter. */
char *cf_crs_text(const struct hdf5_dataset *mapping, bool *metres, struct buf *why);

#endif
