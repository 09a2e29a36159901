/* options_help: what a tool says of its options; each prints to stdout and ends the
 * program. all: with the options that few need, of which there are else the names.
 *
 * The list of --list-options is made for the completions: records of name, letter, value,
 * kind (flag, text, file, folder, word, list, command), the words that the value may be,
 * and help. */
#ifndef ECO_BASE_OPTIONS_HELP_H
#define ECO_BASE_OPTIONS_HELP_H

#include "base/option_row.h"

void options_put_help(const struct options *o, bool all);
void options_put_version(const char *version);
void options_put_list(const struct options *o);

#endif
