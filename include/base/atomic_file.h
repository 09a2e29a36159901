/* atomic_file: files that appear only when they are whole.
 *
 * A file is written without a name (or aside, where the file system has no nameless
 * files) and linked and renamed into place by atomic_file_commit. A killed process
 * leaves nothing that looks done. Statuses are MSG_OK and MSG_SYSTEM, told. */
#ifndef ECO_BASE_ATOMIC_FILE_H
#define ECO_BASE_ATOMIC_FILE_H

struct atomic_file {
    char *path;      /* where it will appear */
    char *temporary; /* its name while it is written, NULL for a nameless file */
    int fd;
};

/* Opens a new file for writing and reading. */
int atomic_file_open(struct atomic_file *f, const char *path);

/* Puts the file in place, replacing what was there. The descriptor is closed. */
int atomic_file_commit(struct atomic_file *f);

/* Throws it away. Harmless on a zeroed, committed or aborted one. */
void atomic_file_abort(struct atomic_file *f);

/* Removes the file of that name, where there is one: there is nothing to put in its place.
 * What is no plain file stays. */
int atomic_file_remove(const char *path);

/* A hidden name beside path that no other process uses now, for programs that write to
 * names only. Free it. */
char *atomic_file_name_aside(const char *path);

/* Makes the folder that holds path, and those above it. */
int atomic_file_make_parents(const char *path);

#endif
