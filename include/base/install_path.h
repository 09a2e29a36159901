/* install_path: files that are installed with the programs.
 *
 * Programs lie in PREFIX/bin, what they need in other folders of PREFIX. The build folder
 * is laid out the same, so nothing knows where it will be installed. */
#ifndef ECO_BASE_INSTALL_PATH_H
#define ECO_BASE_INSTALL_PATH_H

/* PREFIX/path, for the PREFIX of the running program; whether there is such a file is not
 * looked at. Free it. NULL, told, when the system does not say where the program lies. */
char *install_path(const char *path);

#endif
