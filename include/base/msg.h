/* msg: what a program says to its user, and how it ends.
 *
 * Every message is one line on stderr that opens with the program's name. A
 * library function that fails has said why, once, and returns a status; its
 * callers pass the status on in silence. The statuses are the exit codes. */
#ifndef ECO_BASE_MSG_H
#define ECO_BASE_MSG_H

#include <stdbool.h>

enum msg_status {
    MSG_OK = 0,     /* all done */
    MSG_INPUT = 1,  /* some input was bad */
    MSG_USAGE = 2,  /* the command line was wrong */
    MSG_SYSTEM = 3, /* the system failed: I/O, memory */
};

/* Takes the program's name from argv[0]; call it first in main. */
void msg_init(const char *argv0);

/* The program's name, without its folder. */
const char *msg_program(void);

/* The word of the command line that has a help of its own, which msg_usage then names;
 * borrowed. */
void msg_command(const char *word);

#if defined(__GNUC__)
#define MSG_PRINTF(a, b) __attribute__((format(printf, a, b)))
#else
#define MSG_PRINTF(a, b)
#endif

void msg_error(const char *format, ...) MSG_PRINTF(1, 2);
void msg_warn(const char *format, ...) MSG_PRINTF(1, 2);

/* What is wrong with the command line, and where help is; returns MSG_USAGE. */
int msg_usage(const char *format, ...) MSG_PRINTF(1, 2);

/* What a user asked to be told. */
void msg_note(const char *format, ...) MSG_PRINTF(1, 2);

/* Messages that are kept: those of one input, for its record. From msg_keep to the
 * msg_release of the same struct, each message is also added to `text`, parted by "; ",
 * without the program's name and without "ABOUT: " at its beginning. With `silent` it goes
 * nowhere else. They nest: the last that was begun is asked first, and is released first.
 */
struct msg_kept {
    const char *about; /* borrowed; NULL: nothing is left out */
    bool silent;
    char *text; /* NULL when nothing was said; msg_release frees it */

    /* private */
    struct msg_kept *outer;
};
void msg_keep(struct msg_kept *kept);
void msg_release(struct msg_kept *kept);

/* A plug-in has a copy of this module of its own: what it says goes through the program's,
 * once the program has handed it the one and it has joined by the other. */
struct msg_channel;
struct msg_channel *msg_channel(void);
void msg_join(struct msg_channel *channel);

/* The worse of two statuses: a run goes on after bad input and still reports it. */
int msg_worse(int a, int b);

#endif
