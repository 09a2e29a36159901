/* names: who has taken which name.
 *
 * A zeroed struct is empty. Texts are copied; the owner calls names_free. */
#ifndef ECO_BASE_NAMES_H
#define ECO_BASE_NAMES_H

#include <stddef.h>

struct names {
    struct names_entry {
        char *name, *owner;
    } * entry;
    size_t n, slots;
};

/* The owner of a name, or NULL. */
const char *names_owner(const struct names *s, const char *name);

/* Gives a name that has no owner to one. */
void names_take(struct names *s, const char *name, const char *owner);

void names_free(struct names *s);

#endif
