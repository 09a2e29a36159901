/* form: how the text of records is parted, and the options by which users say so.
 *
 * Records are parted by TABs, and their legend is a line of #. Without that, other tables
 * may have their names in the first line: CSV always, text that TABs or blanks part where
 * no field of that line is a number. What parts CSV may be another character than a comma.
 */
#ifndef ECO_RECORD_FORM_H
#define ECO_RECORD_FORM_H

#include "base/options.h"
#include "record/reader.h"

struct rec_form {
    bool csv;       /* --csv-in */
    char delimiter; /* --delimiter, or 0 */
    bool headless;  /* no line has names */
};

/* The options of all tools that read tables of others. */
void rec_form_options_add(struct rec_form *f, struct options *o, unsigned modes);
/* And --no-legend, where columns can be named by their numbers. */
void rec_form_options_add_headless(struct rec_form *f, struct options *o, unsigned modes);

/* The row of all tools that end a pipeline. */
#define REC_CSV_OUT(to) OPTION_FLAG("csv", to, "write CSV with a plain header")

/* What parts fields. */
char rec_form_delimiter(const struct rec_form *f);

/* rec_open for that form. */
void rec_form_open(struct rec_reader *r, char **inputs, int ninputs,
                   const struct rec_form *f);

/* MSG_INPUT, told, when a stream whose head was read has no legend. */
int rec_form_check_legend(const struct rec_reader *r);

/* What to say behind a message about columns that are not found where the form may be
 * another than was said: "" or text in parentheses that begins with a blank. */
const char *rec_form_hint(const struct rec_reader *r);

#endif
