/* plugin_load: opening the shared objects beside the programs. */
#ifndef ECO_PLUGIN_LOAD_H
#define ECO_PLUGIN_LOAD_H

/* The `eco_module` of lib/eco/NAME, whose first member is its version, an int. NULL, and
 * told, when it is missing, does not load or is of another version. */
const void *plugin_load(const char *name, int version);

#endif
