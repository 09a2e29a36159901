/* option_row: what an option is, and a tool's table of them; see options.h. */
#ifndef ECO_BASE_OPTION_ROW_H
#define ECO_BASE_OPTION_ROW_H

#include <stdbool.h>
#include <stddef.h>

enum option_kind {
    OPTION_KIND_END,
    OPTION_KIND_FLAG,    /* bool: takes no value */
    OPTION_KIND_TEXT,    /* const char *: the value itself */
    OPTION_KIND_NUMBER,  /* double, from least to most */
    OPTION_KIND_NUMBERS, /* double[]: least to most of them; *count is how many */
    OPTION_KIND_COUNT,   /* int, from least to most */
    OPTION_KIND_WORD,    /* int or enum: the index of the value in words */
    OPTION_KIND_SIZE,    /* size_t, in bytes: 64M, 1G */
    OPTION_KIND_CALL,    /* take(to, "--name", value) returns MSG_OK or a status, told */
};

/* What a value is, for completions beside words. */
enum option_hint {
    OPTION_HINT_NONE,
    OPTION_HINT_FILE,
    OPTION_HINT_FOLDER,
    OPTION_HINT_LIST
};

/* How files end that completions offer first; capitals are meant, too. They are here since
 * rows of all rooms have them. */
#define ENDINGS_RASTER  "tif,tiff,vrt,h5,hdf5,nc"
#define ENDINGS_VECTOR  "shp,gpkg,geojson,json,kml,fgb"
#define ENDINGS_GRID    "txt,grid"
#define ENDINGS_TABLE   "tsv,csv,txt"
#define ENDINGS_PICTURE "png,svg,pdf"

struct option_row {
    enum option_kind kind;
    char letter; /* -o; 0: none */
    const char *name, *value, *help;
    void *to;
    double least, most;
    int *count;
    const char *const *words; /* NULL-terminated; of a list (OPTION_HINT_LIST) its items */
    int (*take)(void *to, const char *option, const char *value);
    enum option_hint hint;
    const char *endings; /* of a file: a comma list, or NULL for any */

    /* private */
    unsigned modes;
    bool given, seldom;
};

/* A word that may stand before all options, and what then runs. */
struct option_command {
    const char *name, *help;
    int (*run)(int argc, char **argv);
};

/* clang-format off */
#define OPTION_FLAG(n, t, h) {.kind = OPTION_KIND_FLAG, .name = n, .to = t, .help = h}
#define OPTION_TEXT(n, v, t, h) \
    {.kind = OPTION_KIND_TEXT, .name = n, .value = v, .to = t, .help = h}
#define OPTION_FILE(n, v, e, t, h) \
    {.kind = OPTION_KIND_TEXT, .name = n, .value = v, .to = t, .help = h, .hint = OPTION_HINT_FILE, .endings = e}
#define OPTION_FOLDER(n, v, t, h) \
    {.kind = OPTION_KIND_TEXT, .name = n, .value = v, .to = t, .help = h, .hint = OPTION_HINT_FOLDER}
#define OPTION_NUMBER(n, v, t, from, up_to, h) \
    {.kind = OPTION_KIND_NUMBER, .name = n, .value = v, .to = t, .least = from, .most = up_to, .help = h}
#define OPTION_NUMBERS(n, v, t, from, up_to, c, h) \
    {.kind = OPTION_KIND_NUMBERS, .name = n, .value = v, .to = t, .least = from, .most = up_to, .count = c, .help = h}
#define OPTION_COUNT(n, v, t, from, up_to, h) \
    {.kind = OPTION_KIND_COUNT, .name = n, .value = v, .to = t, .least = from, .most = up_to, .help = h}
#define OPTION_WORD(n, v, t, w, h) \
    {.kind = OPTION_KIND_WORD, .name = n, .value = v, .to = t, .words = w, .help = h}
#define OPTION_SIZE(n, v, t, h) {.kind = OPTION_KIND_SIZE, .name = n, .value = v, .to = t, .help = h}
#define OPTION_CALL(n, v, f, t, h) \
    {.kind = OPTION_KIND_CALL, .name = n, .value = v, .take = f, .to = t, .help = h}
#define OPTION_CALL_FILE(n, v, e, f, t, h) \
    {.kind = OPTION_KIND_CALL, .name = n, .value = v, .take = f, .to = t, .help = h, .hint = OPTION_HINT_FILE, .endings = e}
/* As OPTION_CALL; values are one of words, or a comma list of them, as completions say. */
#define OPTION_CALL_OF(n, v, f, t, w, h) \
    {.kind = OPTION_KIND_CALL, .name = n, .value = v, .take = f, .to = t, .words = w, .help = h}
#define OPTION_LIST(n, v, f, t, w, h) \
    {.kind = OPTION_KIND_CALL, .name = n, .value = v, .take = f, .to = t, .words = w, .help = h, .hint = OPTION_HINT_LIST}
#define OPTION_END {.kind = OPTION_KIND_END}
/* clang-format on */

struct options {
    const char *usage;    /* "usage: NAME ...", and what the tool does in a line or two */
    const char *examples; /* indented by two blanks, a command may go on by a backslash */

    /* set between init and parse: the endings of the files that operands are; NULL: none */
    const char *operands;

    /* of a tool whose first word chooses what runs; set between init and parse: what is
     * said of them, and then parsing ends at the first operand */
    const char *commands_title;            /* "Pictures" */
    const struct option_command *commands; /* the last has no name */

    /* what is left behind the options */
    char **args;
    int nargs;
    char *command; /* the command line, quoted for a shell, of many operands in a row the
                      first eight; NULL without provenance */

    /* private */
    struct option_row *row;
    size_t n, cap;
};

#endif
