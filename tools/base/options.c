/* options: what every tool's command line shares. */
#include "base/options.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/num.h"
#include "base/out.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifndef ECO_VERSION
#error "the Makefile defines ECO_VERSION"
#endif

enum { WORDS_SHOWN = 8 };

const char *cli_version(void)
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

void cli_init(struct cli *c, int argc, char **argv, const char *help)
{
    mem_init();
    msg_init(argv[0]);
    *c = (struct cli){.help = help, .provenance = true};
    struct buf b = {0};
    add_command(&b, argc, argv);
    c->command = b.s;
}

void cli_free(struct cli *c)
{
    free(c->command);
    c->command = NULL;
}

static void print_and_end(const char *text)
{
    struct out o;
    out_init(&o, STDOUT_FILENO, "stdout");
    out_puts(&o, text);
    exit(out_close(&o));
}

int cli_option(struct cli *c, int option)
{
    struct buf b = {0};
    switch (option) {
    case CLI_HELP:
        print_and_end(c->help);
        return MSG_OK;
    case CLI_VERSION:
        buf_printf(&b, "%s (eco) %s\n", msg_program(), ECO_VERSION);
        print_and_end(b.s);
        return MSG_OK;
    case CLI_NO_PROVENANCE:
        c->provenance = false;
        cli_free(c);
        return MSG_OK;
    default:
        /* getopt_long has said what it does not know. */
        msg_error("try '%s --help'", msg_program());
        return MSG_USAGE;
    }
}

int cli_usage(const char *format, ...)
{
    char text[1024];
    va_list ap;
    va_start(ap, format);
    vsnprintf(text, sizeof text, format, ap);
    va_end(ap);
    msg_error("%s; try '%s --help'", text, msg_program());
    return MSG_USAGE;
}

bool cli_numbers(const char *option, const char *value, double *v, int least, int most,
                 int *n)
{
    int count = 0;
    for (const char *s = value;;) {
        size_t length = strcspn(s, ",");
        double number;
        if (count == most || !num_parse(s, length, &number) || number != number) {
            cli_usage("%s: not %s: \"%s\"", option,
                      most == 1 ? "a number" : "a list of numbers of the right length",
                      value);
            return false;
        }
        v[count++] = number;
        if (!s[length])
            break;
        s += length + 1;
    }
    if (count < least) {
        cli_usage("%s: needs %d numbers: \"%s\"", option, least, value);
        return false;
    }
    if (n)
        *n = count;
    return true;
}

bool cli_number(const char *option, const char *value, double *v)
{
    return cli_numbers(option, value, v, 1, 1, NULL);
}

bool cli_count(const char *option, const char *value, long long least, long long most,
               long long *v)
{
    if (num_parse_long(value, strlen(value), v) && *v >= least && *v <= most)
        return true;
    cli_usage("%s: not a whole number from %lld to %lld: \"%s\"", option, least, most,
              value);
    return false;
}

int cli_word(const char *option, const char *value, const char *const *words)
{
    struct buf b = {0};
    for (int i = 0; words[i]; i++) {
        if (strcmp(value, words[i]) == 0) {
            buf_free(&b);
            return i;
        }
        buf_printf(&b, "%s%s", i ? ", " : "", words[i]);
    }
    cli_usage("%s: \"%s\" is none of %s", option, value, b.s);
    buf_free(&b);
    return -1;
}
