/* raw_hdf5: what libnetcdf leaves out or gets wrong of HDF5, by libhdf5, which it has open
 * anyway: texts of fixed length that no NUL ends, as h5py writes them (libnetcdf 4.9 reads
 * beyond them), and values that lie in other files. */
#include "plugin.h"
#include <hdf5.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_TEXT = 1 << 22 };

/* The dataset in the file that libnetcdf opened last; below 0 for none. */
static hid_t open_dataset(const struct hdf5_dataset *d, hid_t *file)
{
    hid_t all[2];
    *file = H5Fget_obj_ids((hid_t)H5F_OBJ_ALL, H5F_OBJ_FILE, 1, all) > 0 ? all[0] : -1;
    return *file < 0 ? -1 : H5Dopen2(*file, d->path, H5P_DEFAULT);
}

bool hdf5_fixed_text(struct hdf5_catalogue *c, struct hdf5_dataset *d)
{
    hid_t file, id = open_dataset(d, &file), type = id < 0 ? -1 : H5Dget_type(id);
    size_t n = type < 0 || H5Tget_class(type) != H5T_STRING || H5Tis_variable_str(type)
                   ? 0
                   : H5Tget_size(type);
    char *text = n && n <= LONGEST_TEXT ? hdf5_room(c, n + 1) : NULL;
    if (text && H5Dread(id, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, text) < 0)
        *text = '\0';
    d->text = text;
    if (type >= 0)
        H5Tclose(type);
    if (id >= 0)
        H5Dclose(id);
    return text != NULL;
}

bool hdf5_lies_elsewhere(const struct hdf5_dataset *d)
{
    hid_t file, id = open_dataset(d, &file), plist = id < 0 ? -1 : H5Dget_create_plist(id);
    bool elsewhere = plist >= 0 && (H5Pget_external_count(plist) > 0 ||
                                    H5Pget_layout(plist) == H5D_VIRTUAL);
    if (plist >= 0)
        H5Pclose(plist);
    if (id >= 0)
        H5Dclose(id);
    return elsewhere;
}
