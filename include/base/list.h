/* list: texts such as "a,b,c" item by item, and items such as "2-5" or "2025=2024".
 *
 * Items are slices of the text. Nothing is left out: an empty text has one empty item, and
 * a comma has an item on both its sides, which may be empty. What an item must be is for
 * the caller to say. */
#ifndef ECO_BASE_LIST_H
#define ECO_BASE_LIST_H

#include "base/slice.h"

/* The next item. *rest is the text at first, then what is left of it; false when that is
 * nothing:
 *     for (const char *rest = text; list_next(&rest, &item);) */
bool list_next(const char **rest, struct slice *item);

/* Parts an item at the first such mark behind its first character, or makes `second` empty
 * and returns false when there is none. (In "-5--2" the mark is the second of the three.)
 */
bool list_part(struct slice item, char mark, struct slice *first, struct slice *second);

#endif
