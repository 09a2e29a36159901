/* folder: the names in folders. */
#ifndef ECO_BASE_FOLDER_H
#define ECO_BASE_FOLDER_H

#include <stdbool.h>

/* Calls take for each name in a folder, which is "" or ends in its slash; if `deeper`, also
 * for those in the folders in it, but for hidden ones. A folder that cannot be read has
 * none. */
void folder_each(const char *folder, bool deeper,
                 void (*take)(void *user, const char *folder, const char *name),
                 void *user);

#endif
