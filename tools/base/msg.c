/* msg: one-line messages on stderr. */
#include "base/msg.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct msg_channel {
    const char *program, *command;
    struct msg_kept *kept; /* the innermost, or NULL */
};

static struct msg_channel own = {.program = "eco", .command = ""};
static struct msg_channel *channel = &own;

struct msg_channel *msg_channel(void)
{
    return channel;
}

void msg_join(struct msg_channel *other)
{
    channel = other;
}

void msg_init(const char *argv0)
{
    if (argv0 && *argv0) {
        const char *slash = strrchr(argv0, '/');
        channel->program = slash ? slash + 1 : argv0;
    }
}

const char *msg_program(void)
{
    return channel->program;
}

void msg_keep(struct msg_kept *kept)
{
    kept->text = NULL;
    kept->outer = channel->kept;
    channel->kept = kept;
}

void msg_release(struct msg_kept *kept)
{
    channel->kept = kept->outer;
    free(kept->text);
    kept->text = NULL;
}

/* Where there is no memory for it, a message is not kept: mem.h would end with one. */
static void add(struct msg_kept *kept, const char *message)
{
    size_t about = kept->about ? strlen(kept->about) : 0;
    if (about && strncmp(message, kept->about, about) == 0 &&
        strncmp(message + about, ": ", 2) == 0)
        message += about + 2;
    size_t before = kept->text ? strlen(kept->text) : 0;
    char *text = realloc(kept->text, before + strlen(message) + sizeof "; ");
    if (!text)
        return;
    kept->text = text;
    strcpy(text + before, before ? "; " : "");
    strcat(text, message);
}

/* Whether somebody keeps it who wants it said nowhere else. */
static bool keep(const char *message)
{
    for (struct msg_kept *k = channel->kept; k; k = k->outer) {
        add(k, message);
        if (k->silent)
            return true;
    }
    return false;
}

void msg_command(const char *word)
{
    channel->command = word;
}

/* One write a message, so that those of parallel processes do not mix. */
static void say(const char *kind, const char *format, va_list ap)
{
    char text[4096];
    int n = snprintf(text, sizeof text, "%s: %s", channel->program, kind);
    int m = vsnprintf(text + n, sizeof text - (size_t)n, format, ap);
    if (keep(text + n))
        return;
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
    const char *command = channel->command;
    msg_error("%s; try '%s%s%s --help'", text, channel->program, *command ? " " : "",
              command);
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
