/* form: how the text of records is parted. */
#include "record/form.h"
#include <string.h>
#include <strings.h>

static const char *const words[] = {"tab", "blank", "comma", "semicolon", NULL};

static int take_delimiter(void *to, const char *option, const char *value)
{
    static const char named[] = {REC_TAB, REC_BLANK, REC_COMMA, ';'};
    /* Not what numbers, names, quotes and escapes are made of, nor what opens a comment. */
    static const char known[] = "\t ,;|:!$%&*/<=>@^_~";
    struct rec_form *f = to;
    f->delimiter = value[0] && !value[1] && strchr(known, value[0]) ? value[0] : '\0';
    for (int i = 0; words[i]; i++)
        if (strcasecmp(words[i], value) == 0)
            f->delimiter = named[i];
    return f->delimiter ? MSG_OK
                        : msg_usage("%s: \"%s\" is none of tab, blank, comma, semicolon, "
                                    "nor a character such as |",
                                    option, value);
}

void rec_form_options_add(struct rec_form *f, struct options *o, unsigned modes)
{
    const struct option_row rows[] = {
        OPTION_FLAG("csv-in", &f->csv, "tables that are read are CSV, with names first"),
        OPTION_END,
    };
    const struct option_row seldom[] = {
        OPTION_CALL_OF("delimiter", "D", take_delimiter, f, words,
                       "what parts fields that are read: tab or blank, where the first "
                       "line may be names; as CSV a comma, semicolon or |"),
        OPTION_END,
    };
    options_add(o, rows, modes);
    options_add_seldom(o, seldom, modes);
}

void rec_form_options_add_headless(struct rec_form *f, struct options *o, unsigned modes)
{
    const struct option_row rows[] = {
        OPTION_FLAG("no-legend", &f->headless,
                    "the first line that is read is a record, not names"),
        OPTION_END,
    };
    options_add_seldom(o, rows, modes);
}

char rec_form_delimiter(const struct rec_form *f)
{
    return f->delimiter ? f->delimiter : f->csv ? REC_COMMA : REC_TAB;
}

void rec_form_open(struct rec_reader *r, char **inputs, int ninputs,
                   const struct rec_form *f)
{
    rec_open(r, inputs, ninputs, rec_form_delimiter(f));
    r->headless = f->headless;
    r->names_first = f->delimiter == REC_TAB || f->delimiter == REC_BLANK;
}

const char *rec_form_hint(const struct rec_reader *r)
{
    if (r->pending && r->pending_status == 0 && !r->nlegend && !r->nmeta)
        return " (it is empty)";
    if (r->delimiter != REC_TAB || r->nlegend || r->names_first || rec_has_number(r))
        return "";
    return r->nfields == 1 ? " (or is it CSV: --csv-in)"
                           : " (or are names in its first line: --delimiter tab)";
}

int rec_form_check_legend(const struct rec_reader *r)
{
    if (r->nlegend)
        return MSG_OK;
    msg_error("%s: no legend names its columns%s", r->name, rec_form_hint(r));
    return MSG_INPUT;
}
