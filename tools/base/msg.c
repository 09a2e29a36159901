/* msg: one-line messages on stderr. */
#include "base/msg.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char *program = "eco", *command = "";

void msg_init(const char *argv0)
{
    if (argv0 && *argv0) {
        const char *slash = strrchr(argv0, '/');
        program = slash ? slash + 1 : argv0;
    }
}

const char *msg_program(void)
{
    return program;
}

void msg_command(const char *word)
{
    command = word;
}

/* One write a message, so that those of parallel processes do not mix. */
static void say(const char *kind, const char *format, va_list ap)
{
    char text[4096];
    int n = snprintf(text, sizeof text, "%s: %s", program, kind);
    int m = vsnprintf(text + n, sizeof text - (size_t)n, format, ap);
    size_t length = (size_t)n + (m > 0 ? (size_t)m : 0);
    if (length > sizeof text - 2)
        length = sizeof text - 2;
    text[length++] = '\n';
    ssize_t ignored = write(STDERR_FILENO, text, length);
    (void)ignored;
}

void msg_error(const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    say("", format, ap);
    va_end(ap);
}

int msg_usage(const char *format, ...)
{
    char text[2048];
    va_list ap;
    va_start(ap, format);
    vsnprintf(text, sizeof text, format, ap);
    va_end(ap);
    msg_error("%s; try '%s%s%s --help'", text, program, *command ? " " : "", command);
    return MSG_USAGE;
}

void msg_warn(const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    say("warning: ", format, ap);
    va_end(ap);
}

void msg_note(const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    say("", format, ap);
    va_end(ap);
}

int msg_worse(int a, int b)
{
    return a > b ? a : b;
}
