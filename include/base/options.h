/* options: what every tool's command line shares.
 *
 * A tool's help text is its only description: its first line is
 * "usage: NAME ...", and the man page is made from it. */
#ifndef ECO_BASE_OPTIONS_H
#define ECO_BASE_OPTIONS_H

#include "base/msg.h"
#include <getopt.h>
#include <stdbool.h>

/* Values for `val` in a tool's long options; above any character. */
enum {
    CLI_HELP = 1000,
    CLI_VERSION,
    CLI_NO_PROVENANCE,
    CLI_KEEP_GOING,
    CLI_FIRST_FREE,
};

/* The options that every tool has, for the end of its table. */
#define CLI_COMMON                                                                         \
    {"help", no_argument, NULL, CLI_HELP}, {"version", no_argument, NULL, CLI_VERSION},    \
    {                                                                                      \
        "no-provenance", no_argument, NULL, CLI_NO_PROVENANCE                              \
    }

struct cli {
    const char *help;
    bool provenance;
    char *command; /* the command line, quoted for a shell, of many operands in a row the
                      first eight; NULL without provenance */
};

/* The version of eco. */
const char *cli_version(void);

/* Sets the program's name, standard streams and the command line. */
void cli_init(struct cli *c, int argc, char **argv, const char *help);
void cli_free(struct cli *c);

/* Deals with an option that the tool does not know itself: --help and --version
 * print and end the program, the other common ones set c, and anything else is
 * wrong usage. Returns MSG_OK or MSG_USAGE. */
int cli_option(struct cli *c, int option);

/* Says what is wrong with the command line and where help is; returns MSG_USAGE. */
int cli_usage(const char *format, ...) MSG_PRINTF(1, 2);

/* An option's value as a number, a list of numbers, a count. On a bad one they say
 * so, naming the option, and return false. */
bool cli_number(const char *option, const char *value, double *v);
bool cli_numbers(const char *option, const char *value, double *v, int least, int most,
                 int *n);
bool cli_count(const char *option, const char *value, long long least, long long most,
               long long *v);

/* The index of `value` in a NULL-terminated list of words, or -1, which is told. */
int cli_word(const char *option, const char *value, const char *const *words);

#endif
