/* options: command lines, by one table a tool.
 *
 * A row of the table is an option: its name, what stands for its value, where the value
 * goes, what it may be, and its line of help. Everything else is made from the rows:
 * parsing, the messages about bad values, --help, and, through --help-all and
 * --list-options, the man page and the completions. Options that every tool has without
 * naming them: --help,
 * --help-all, --version and --no-provenance.
 *
 *     const struct option_row rows[] = {
 *         OPTION_FILE("grid", "GRID", ENDINGS_GRID, &grid, "grid file of eco-grid"),
 *         OPTION_NUMBER("tolerance", "PIXELS", &tolerance, 0, INFINITY, "error of ..."),
 *         OPTION_FLAG("raw", &raw, "leave scale and offset off"),
 *         OPTION_END,
 *     };
 *     options_init(&o, argc, argv, usage, examples);
 *     options_add(&o, rows, 0);
 *     status = options_parse(&o, 1, argc, argv);
 *
 * Values are borrowed from argv. An option that is given twice has its last value, but for
 * those whose function collects them. */
#ifndef ECO_BASE_OPTIONS_H
#define ECO_BASE_OPTIONS_H

#include "base/msg.h"
#include "base/option_row.h"

/* The version of eco. */
const char *options_version(void);

/* Sets the program's name, standard streams and the command line; first in main. */
void options_init(struct options *o, int argc, char **argv, const char *usage,
                  const char *examples);
void options_free(struct options *o);

/* Adds rows, which may go afterwards, to the table. They go with some of the modes of the
 * tool only, when `modes` has their bits; 0: with all. */
void options_add(struct options *o, const struct option_row *rows, unsigned modes);

/* The same for options that few need: --help has their names alone, --help-all and the page
 * all of them, so that --help fits a screen. */
void options_add_seldom(struct options *o, const struct option_row *rows, unsigned modes);

/* Takes the options from argv[first] on into what the rows point at; first is 2 behind a
 * command's name. --help, --help-all, --version and --list-options print and end the
 * program. MSG_OK, or what is wrong, told. */
int options_parse(struct options *o, int first, int argc, char **argv);

/* The command of that name, or NULL. */
const struct option_command *options_command(const struct option_command *commands,
                                             const char *name);

/* Whether an option was given. */
bool options_given(const struct options *o, const char *name);

/* MSG_USAGE, told, when an option was given that does not go with the mode of that number,
 * which the user chose by `name` ("--points"). */
int options_fit(const struct options *o, int mode, const char *name);

/* MSG_USAGE, told, when there are operands. */
int options_no_operands(const struct options *o);

/* An option's value as a list of numbers, or the index of a word in a NULL-terminated list
 * (else -1). On a bad one they say so, naming the option. */
bool options_numbers(const char *option, const char *value, double *v, int least, int most,
                     int *n);
int options_word(const char *option, const char *value, const char *const *words);

#endif
