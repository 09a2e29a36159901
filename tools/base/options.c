/* options: command lines, by one table a tool. */
#include "base/options.h"
#include "base/buf.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/num.h"
#include "options_help.h"
#include <getopt.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifndef ECO_VERSION
#error "the Makefile defines ECO_VERSION"
#endif

enum { WORDS_SHOWN = 8 };

/* What getopt_long gives back: letters are themselves, rows are numbered from here. */
enum { HELP = 1000, HELP_ALL, VERSION, NO_PROVENANCE, LIST_OPTIONS, ROWS };

const char *options_version(void)
{
    return ECO_VERSION;
}

/* One word as a shell would need it quoted. */
static void add_quoted(struct buf *b, const char *word)
{
    static const char plain[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
        "%+,-./:=@_";
    if (*word && !word[strspn(word, plain)]) {
        buf_puts(b, word);
        return;
    }
    buf_putc(b, '\'');
    for (; *word; word++) {
        if (*word == '\'')
            buf_puts(b, "'\\''");
        else
            buf_putc(b, *word == '\n' ? ' ' : *word);
    }
    buf_putc(b, '\'');
}

/* The command line. Options and their values stand whole: only the first so many of words
 * that follow each other do that are no options, since they may be all files of a folder.
 */
static void add_command(struct buf *b, int argc, char **argv)
{
    bool operands = false; /* there are no more options */
    int run = 0;
    buf_puts(b, msg_program());
    for (int i = 1; i < argc; i++) {
        bool option = !operands && argv[i][0] == '-' && argv[i][1];
        operands = operands || strcmp(argv[i], "--") == 0;
        if (option && run > WORDS_SHOWN)
            buf_printf(b, " ... (%d more)", run - WORDS_SHOWN);
        run = option ? 0 : run + 1;
        if (run > WORDS_SHOWN)
            continue;
        buf_putc(b, ' ');
        add_quoted(b, argv[i]);
    }
    if (run > WORDS_SHOWN)
        buf_printf(b, " ... (%d more)", run - WORDS_SHOWN);
}

void options_init(struct options *o, int argc, char **argv, const char *usage,
                  const char *examples)
{
    mem_init();
    msg_init(argv[0]);
    *o = (struct options){.usage = usage, .examples = examples};
    struct buf b = {0};
    add_command(&b, argc, argv);
    o->command = b.s;
}

void options_free(struct options *o)
{
    free(o->command);
    free(o->row);
    *o = (struct options){0};
}

/* ---- values ---- */

bool options_numbers(const char *option, const char *value, double *v, int least, int most,
                     int *n)
{
    struct slice item;
    int count = 0;
    for (const char *rest = value; list_next(&rest, &item);) {
        double number;
        bool none = !num_parse(item.s, item.n, &number) || isnan(number);
        if (most == 1 && (none || count == 1)) {
            msg_usage("%s: not a number: \"%s\"", option, value);
            return false;
        }
        if (none || count == most) {
            msg_usage("%s: not %s%d numbers with commas between them: \"%s\"", option,
                      least < most ? "up to " : "", most, value);
            return false;
        }
        v[count++] = number;
    }
    if (count < least) {
        msg_usage("%s: needs %d numbers: \"%s\"", option, least, value);
        return false;
    }
    if (n)
        *n = count;
    return true;
}

int options_word(const char *option, const char *value, const char *const *words)
{
    struct buf b = {0};
    for (int i = 0; words[i]; i++) {
        if (strcmp(value, words[i]) == 0) {
            buf_free(&b);
            return i;
        }
        buf_printf(&b, "%s%s", i ? ", " : "", words[i]);
    }
    msg_usage("%s: \"%s\" is none of %s", option, value, b.s);
    buf_free(&b);
    return -1;
}

static int take_number(const struct option_row *r, const char *option, const char *value)
{
    double v;
    if (!options_numbers(option, value, &v, 1, 1, NULL))
        return MSG_USAGE;
    if (v >= r->least && v <= r->most) {
        *(double *)r->to = v;
        return MSG_OK;
    }
    if (isinf(r->most))
        return msg_usage("%s: below %g: \"%s\"", option, r->least, value);
    return msg_usage("%s: not from %g to %g: \"%s\"", option, r->least, r->most, value);
}

static int take_count(const struct option_row *r, const char *option, const char *value)
{
    long long v;
    if (!num_parse_long(value, strlen(value), &v) || (double)v < r->least ||
        (double)v > r->most)
        return msg_usage("%s: not a whole number from %.0f to %.0f: \"%s\"", option,
                         r->least, r->most, value);
    *(int *)r->to = (int)v;
    return MSG_OK;
}

static int take_word(const struct option_row *r, const char *option, const char *value)
{
    int k = options_word(option, value, r->words);
    if (k < 0)
        return MSG_USAGE;
    *(int *)r->to = k;
    return MSG_OK;
}

/* "64M", "1G", "500000" */
static int take_size(const struct option_row *r, const char *option, const char *value)
{
    static const char units[] = "KMGT";
    size_t n = strlen(value);
    const char *unit = n ? strchr(units, value[n - 1]) : NULL;
    double v;
    bool good = num_parse(value, unit ? n - 1 : n, &v);
    for (long k = unit ? unit - units + 1 : 0; good && k > 0; k--)
        v *= 1024;
    if (!good || !(v >= 1))
        return msg_usage("%s: not a size such as 64M: \"%s\"", option, value);
    if (v > 1e15)
        return msg_usage("%s: too much: \"%s\"", option, value);
    *(size_t *)r->to = (size_t)v;
    return MSG_OK;
}

static int take(struct option_row *r, const char *value)
{
    struct buf option = {0};
    int status = MSG_OK;
    buf_printf(&option, "--%s", r->name);
    r->given = true;
    if (r->kind == OPTION_KIND_FLAG)
        *(bool *)r->to = true;
    else if (r->kind == OPTION_KIND_TEXT)
        *(const char **)r->to = value;
    else if (r->kind == OPTION_KIND_NUMBER)
        status = take_number(r, option.s, value);
    else if (r->kind == OPTION_KIND_NUMBERS)
        status =
            options_numbers(option.s, value, r->to, (int)r->least, (int)r->most, r->count)
                ? MSG_OK
                : MSG_USAGE;
    else if (r->kind == OPTION_KIND_COUNT)
        status = take_count(r, option.s, value);
    else if (r->kind == OPTION_KIND_WORD)
        status = take_word(r, option.s, value);
    else if (r->kind == OPTION_KIND_SIZE)
        status = take_size(r, option.s, value);
    else
        status = r->take(r->to, option.s, value);
    buf_free(&option);
    return status;
}

/* ---- the table ---- */

void options_add(struct options *o, const struct option_row *rows, unsigned modes)
{
    for (const struct option_row *r = rows; r->kind != OPTION_KIND_END; r++) {
        o->row = mem_grow(o->row, &o->cap, o->n + 1, sizeof *o->row);
        o->row[o->n] = *r;
        o->row[o->n++].modes = modes;
    }
}

void options_add_seldom(struct options *o, const struct option_row *rows, unsigned modes)
{
    size_t before = o->n;
    options_add(o, rows, modes);
    for (size_t i = before; i < o->n; i++)
        o->row[i].seldom = true;
}

/* What getopt_long wants to know. Free both. */
static void describe(const struct options *o, struct option **longs, struct buf *letters)
{
    static const struct option common[] = {
        {"help", no_argument, NULL, HELP},
        {"help-all", no_argument, NULL, HELP_ALL},
        {"version", no_argument, NULL, VERSION},
        {"no-provenance", no_argument, NULL, NO_PROVENANCE},
        {"list-options", no_argument, NULL, LIST_OPTIONS},
        {0}};
    struct option *all = mem_alloc(o->n + sizeof common / sizeof *common, sizeof *all);
    buf_puts(letters, o->commands ? "+:" : ":");
    for (size_t i = 0; i < o->n; i++) {
        const struct option_row *r = &o->row[i];
        bool valued = r->kind != OPTION_KIND_FLAG;
        all[i] = (struct option){r->name, valued ? required_argument : no_argument, NULL,
                                 ROWS + (int)i};
        if (r->letter) {
            buf_putc(letters, r->letter);
            if (valued)
                buf_putc(letters, ':');
        }
    }
    memcpy(all + o->n, common, sizeof common);
    *longs = all;
}

static struct option_row *row_of(const struct options *o, int c)
{
    if (c >= ROWS)
        return &o->row[c - ROWS];
    for (size_t i = 0; i < o->n; i++)
        if (o->row[i].letter == c)
            return &o->row[i];
    return NULL;
}

/* What getopt_long could not use: longs is what it knew. */
static int tell_unknown(int c, char **argv, const struct option *longs)
{
    const char *word = argv[optind - 1];
    size_t n = strcspn(word, "=");
    struct buf like = {0};
    int count = 0;
    if (c == ':')
        return msg_usage("%s needs a value", word);
    if (word[0] != '-' || word[1] != '-')
        return msg_usage("unrecognized option \"-%c\"", optopt);
    if (optopt)
        return msg_usage("%.*s takes no value", (int)n, word);
    for (; longs->name; longs++)
        if (strncmp(longs->name, word + 2, n - 2) == 0)
            buf_printf(&like, "%s--%s", count++ ? ", " : "", longs->name);
    count ? msg_usage("ambiguous option \"%s\": %s", word, like.s)
          : msg_usage("unrecognized option \"%s\"", word);
    buf_free(&like);
    return MSG_USAGE;
}

static int take_next(struct options *o, int c, char **argv, const struct option *longs)
{
    switch (c) {
    case HELP:
    case HELP_ALL:
        options_put_help(o, c == HELP_ALL);
        return MSG_OK;
    case VERSION:
        options_put_version(ECO_VERSION);
        return MSG_OK;
    case LIST_OPTIONS:
        options_put_list(o);
        return MSG_OK;
    case NO_PROVENANCE:
        free(o->command);
        o->command = NULL;
        return MSG_OK;
    case '?':
    case ':':
        return tell_unknown(c, argv, longs);
    default:
        return take(row_of(o, c), optarg);
    }
}

int options_parse(struct options *o, int first, int argc, char **argv)
{
    struct option *longs;
    struct buf letters = {0};
    int status = MSG_OK;
    describe(o, &longs, &letters);
    argv += first - 1;
    argc -= first - 1;
    if (first > 1)
        msg_command(argv[0]);
    opterr = 0;
    optind = 0; /* which has it begin anew */
    for (int c;
         status == MSG_OK && (c = getopt_long(argc, argv, letters.s, longs, NULL)) != -1;)
        status = take_next(o, c, argv, longs);
    o->args = argv + optind;
    o->nargs = argc - optind;
    free(longs);
    buf_free(&letters);
    return status;
}

const struct option_command *options_command(const struct option_command *commands,
                                             const char *name)
{
    for (; commands->name; commands++)
        if (strcmp(commands->name, name) == 0)
            return commands;
    return NULL;
}

bool options_given(const struct options *o, const char *name)
{
    for (size_t i = 0; i < o->n; i++)
        if (strcmp(o->row[i].name, name) == 0)
            return o->row[i].given;
    return false;
}

int options_fit(const struct options *o, int mode, const char *name)
{
    for (size_t i = 0; i < o->n; i++)
        if (o->row[i].given && o->row[i].modes && !(o->row[i].modes & 1u << mode))
            return msg_usage("--%s does not go with %s", o->row[i].name, name);
    return MSG_OK;
}

int options_no_operands(const struct options *o)
{
    return o->nargs ? msg_usage("unexpected argument \"%s\"", o->args[0]) : MSG_OK;
}
