/* options_help: what a tool says of its options. */
#include "options_help.h"
#include "base/buf.h"
#include "base/msg.h"
#include "base/out.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WIDTH = 80, LONGEST_LEFT = 21 };

/* The options that every tool has. In --help the last two share a line. */
static const struct option_row common[] = {
    {.kind = OPTION_KIND_FLAG,
     .name = "no-provenance",
     .help = "leave out the ##cmd= line"},
    {.kind = OPTION_KIND_FLAG, .name = "help", .help = "print this and exit"},
    {.kind = OPTION_KIND_FLAG, .name = "version", .help = "print the version and exit"}};
static const struct option_row both = {.name = "help, --version",
                                       .help = "print this, or the version, and exit"};

static void print_and_end(struct buf *b)
{
    struct out o;
    out_init(&o, STDOUT_FILENO, "stdout");
    out_puts(&o, b->s);
    buf_free(b);
    exit(out_close(&o));
}

void options_put_version(const char *version)
{
    struct buf b = {0};
    buf_printf(&b, "%s (eco) %s\n", msg_program(), version);
    print_and_end(&b);
}

static void add_left(struct buf *b, const struct option_row *r)
{
    buf_puts(b, "  ");
    if (r->letter)
        buf_printf(b, "-%c, ", r->letter);
    buf_printf(b, "--%s", r->name);
    if (r->value)
        buf_printf(b, " %s", r->value);
}

/* Text, broken at blanks, beginning where the line is now and going on at `indent`. */
static void add_wrapped(struct buf *b, const char *text, size_t at, size_t indent)
{
    for (bool first = true; *text; first = false) {
        size_t n = strcspn(text, " ");
        if (!first && at + 1 + n > WIDTH) {
            buf_printf(b, "\n%*s", (int)indent, "");
            at = indent;
        } else if (!first) {
            buf_putc(b, ' ');
            at++;
        }
        buf_add(b, text, n);
        at += n;
        text += n + strspn(text + n, " ");
    }
    buf_putc(b, '\n');
}

static void add_row(struct buf *b, const struct option_row *r, size_t indent)
{
    size_t before = b->n;
    add_left(b, r);
    size_t at = b->n - before;
    size_t pad = at + 2 <= indent ? indent - at : 2;
    buf_printf(b, "%*s", (int)pad, "");
    add_wrapped(b, r->help, at + pad, indent);
}

static void add_commands(struct buf *b, const struct options *o, size_t indent)
{
    buf_printf(b, "\n%s:\n", o->commands_title);
    for (const struct option_command *c = o->commands; c->name; c++) {
        buf_printf(b, "  %-*s", (int)indent - 2, c->name);
        add_wrapped(b, c->help, indent, indent);
    }
}

/* The names of the options that few need. */
static void add_seldom(struct buf *b, const struct options *o)
{
    struct buf names = {0};
    for (size_t i = 0; i < o->n; i++)
        if (o->row[i].seldom)
            buf_printf(&names, " --%s", o->row[i].name);
    if (names.n) {
        buf_puts(&names, "; see --help-all or the page");
        buf_puts(b, "\nOptions that few need:\n  ");
        add_wrapped(b, names.s + 1, 2, 2);
    }
    buf_free(&names);
}

void options_put_help(const struct options *o, bool all)
{
    struct buf b = {0}, left = {0};
    size_t widest = strlen("  --help, --version");
    for (size_t i = 0; i < o->n; i++) {
        buf_reset(&left);
        add_left(&left, &o->row[i]);
        if (left.n <= LONGEST_LEFT && left.n > widest)
            widest = left.n;
    }
    buf_puts(&b, o->usage);
    if (o->commands)
        add_commands(&b, o, widest + 2);
    buf_puts(&b, "\nOptions:\n");
    for (size_t i = 0; i < o->n; i++)
        if (all || !o->row[i].seldom)
            add_row(&b, &o->row[i], widest + 2);
    add_row(&b, &common[0], widest + 2);
    add_row(&b, &both, widest + 2);
    if (!all)
        add_seldom(&b, o);
    buf_printf(&b, "\nExamples:\n%s", o->examples);
    buf_free(&left);
    print_and_end(&b);
}

static const char *kind_of(const struct option_row *r)
{
    static const char *const hints[] = {"text", "file", "folder", "list"};
    if (r->kind == OPTION_KIND_FLAG)
        return "flag";
    return r->words && !r->hint ? "word" : hints[r->hint];
}

static void add_listed(struct buf *b, const struct option_row *r)
{
    buf_printf(b, "%s\t", r->name);
    if (r->letter)
        buf_putc(b, r->letter);
    else
        buf_puts(b, "NA");
    buf_printf(b, "\t%s\t%s\t", r->value ? r->value : "NA", kind_of(r));
    for (const char *const *w = r->words; w && *w; w++)
        buf_printf(b, "%s%s", w == r->words ? "" : ",", *w);
    const char *no_words = r->endings ? r->endings : "NA";
    buf_printf(b, "%s\t%s\n", r->words ? "" : no_words, r->help);
}

void options_put_list(const struct options *o)
{
    struct buf b = {0};
    buf_puts(&b, "#name\tletter\tvalue\tkind\twords\thelp\n");
    for (const struct option_command *c = o->commands; c && c->name; c++)
        buf_printf(&b, "%s\tNA\tNA\tcommand\tNA\t%s\n", c->name, c->help);
    if (o->operands)
        buf_printf(&b, "files\tNA\tNA\toperands\t%s\tNA\n", o->operands);
    for (size_t i = 0; i < o->n; i++)
        add_listed(&b, &o->row[i]);
    for (size_t i = 0; i < sizeof common / sizeof *common; i++)
        add_listed(&b, &common[i]);
    print_and_end(&b);
}
