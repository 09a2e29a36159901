/* geolocation_file: the geolocation file of a scene, among those of folders. */
#ifndef ECO_SCENE_GEOLOCATION_FILE_H
#define ECO_SCENE_GEOLOCATION_FILE_H

#include "scene/scene_name.h"

/* Its path, to be freed; NULL for none, and then *other is one of another time, or NULL. */
char *geolocation_file_find(const char *file, const struct scene *scene, char **other);

/* Whether two names may be of one scene, as far as both tell. */
bool geolocation_file_same(const struct scene *a, const struct scene *b);

#endif
