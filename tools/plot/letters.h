/* letters: the characters of a text in UTF-8, and whether a font here has them.
 *
 * cairo takes a letter from any font that has it and draws a box where none does. Which
 * fonts there are is asked of fontconfig's fc-list, and only for letters beyond Europe's
 * and those of mathematics; without that program every letter counts as there. */
#ifndef ECO_PLOT_LETTERS_H
#define ECO_PLOT_LETTERS_H

#include "base/buf.h"
#include <stdbool.h>

/* How many bytes the character at s has; 0 when it is none. */
size_t letters_length(const char *s);

/* The letters that were asked for; a zeroed struct knows none. */
struct letters {
    struct letter {
        unsigned code;
        bool there;
        char text[5];
    } * letter;
    size_t n, cap;
};

/* Adds text that is UTF-8, with a question mark for each letter that no font has. */
void letters_add(struct letters *l, struct buf *b, const char *text);

/* Tells of letters that no font has, and of the Debian package with a font that does. */
void letters_close(struct letters *l);

#endif
