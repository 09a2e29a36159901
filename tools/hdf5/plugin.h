/* What the parts of eco-hdf5.so share. */
#ifndef ECO_HDF5_PLUGIN_H
#define ECO_HDF5_PLUGIN_H

#include "raster/hdf5_plugin.h"

/* n bytes of the catalogue's memory, zeroed, or a copy of a text in it; NULL when it is
 * full. */
void *hdf5_room(struct hdf5_catalogue *c, size_t n);
const char *hdf5_keep_text(struct hdf5_catalogue *c, const char *s);

/* Of an enumeration the type of its numbers; of others the type. And number i of those of
 * an atomic type. */
int hdf5_plain_type(int group, int type);
double hdf5_number_at(int type, const void *numbers, size_t i);

/* All attributes of a variable, or of the file (NC_GLOBAL). False when there is no room. */
bool hdf5_attributes(struct hdf5_catalogue *c, int group, int id,
                     const struct hdf5_attribute **attribute, size_t *n);

/* All datasets of an open file, and the file's attributes. */
bool hdf5_list(struct hdf5_catalogue *c, int file);

/* The one text of a dataset of texts of fixed length; false where it is none, or too long.
 */
bool hdf5_fixed_text(struct hdf5_catalogue *c, struct hdf5_dataset *d);

/* Whether an HDF5 dataset has its values in other files, which nobody named. */
bool hdf5_lies_elsewhere(const struct hdf5_dataset *d);

#endif
