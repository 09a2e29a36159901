/* Command lines: each kind of option, bad values and what is said of them, modes, and what
 * a table says of itself. */
#include "base/options.h"
#include "catch.h"
#include "unit.h"
#include <sys/wait.h>

enum { MODE_ONE, MODE_TWO };

/* Where values go, and what a command line left. */
static struct {
    bool flag;
    const char *text, *file;
    double number, list[3];
    int count, nlist, word;
    size_t size;
    char calls[64];
} got;

static int call(void *to, const char *option, const char *value)
{
    char *calls = to;
    if (strcmp(value, "bad") == 0)
        return msg_usage("%s: not good: \"%s\"", option, value);
    snprintf(calls + strlen(calls), 64 - strlen(calls), "[%s %s]", option, value);
    return MSG_OK;
}

static const char *const words[] = {"red", "green", NULL};

static void add_rows(struct options *o)
{
    const struct option_row rows[] = {
        OPTION_FLAG("flag", &got.flag, "a flag"),
        OPTION_TEXT("text", "TEXT", &got.text, "a text"),
        {.kind = OPTION_KIND_TEXT,
         .letter = 'o',
         .name = "output",
         .value = "FILE",
         .to = &got.file,
         .help = "a file",
         .hint = OPTION_HINT_FILE},
        OPTION_NUMBER("number", "N", &got.number, -1, 2, "a number"),
        OPTION_NUMBERS("list", "A,B[,C]", got.list, 2, 3, &got.nlist, "numbers"),
        OPTION_COUNT("count", "N", &got.count, 1, 9, "a whole number"),
        OPTION_END,
    };
    const struct option_row of_one[] = {
        OPTION_WORD("word", "WORD", &got.word, words, "red or green"),
        OPTION_END,
    };
    const struct option_row of_two[] = {
        OPTION_SIZE("size", "SIZE", &got.size, "a size"),
        OPTION_LIST("call", "LIST", call, got.calls, words,
                    "what a function takes, with a help that is so long that it does not "
                    "fit into a line"),
        OPTION_END,
    };
    options_add(o, rows, 0);
    options_add(o, of_one, 1u << MODE_ONE);
    options_add(o, of_two, 1u << MODE_ONE | 1u << MODE_TWO);
}

/* Parses a command line whose words are parted by blanks; to be freed. */
static int parse(struct options *o, const char *line)
{
    static char text[256], *argv[32];
    int argc = 0;
    memset(&got, 0, sizeof got);
    snprintf(text, sizeof text, "tool %s", line);
    for (char *s = text; *s;) {
        argv[argc++] = s;
        s += strcspn(s, " ");
        if (*s)
            *s++ = '\0';
    }
    argv[argc] = NULL;
    options_init(o, argc, argv, "usage: tool [OPTION]...\n", "  tool --flag\n");
    add_rows(o);
    return options_parse(o, 1, argc, argv);
}

/* What is said of a command line that is wrong, without the program's name and the hint to
 * --help. */
static const char *said(const char *line)
{
    static const char hint[] = "; try 'tool --help'\n";
    struct options o;
    catch_start();
    int status = parse(&o, line);
    const char *text = catch_end();
    options_free(&o);
    CHECK(status == MSG_USAGE);
    size_t n = strlen(text), end = strlen(hint);
    CHECK(strncmp(text, "tool: ", 6) == 0 && n > end + 6);
    CHECK(n > end && strcmp(text + n - end, hint) == 0);
    CHECK(strchr(text, '\n') == text + n - 1);
    static char s[512];
    snprintf(s, sizeof s, "%.*s", n > end + 6 ? (int)(n - end - 6) : 0, text + 6);
    return s;
}

TEST(each_kind)
{
    struct options o;
    CHECK(parse(&o, "--flag --text a --output b --number 1.5 --list 1,-2 --count 9 "
                    "--word green --size 2K --call x --call y") == MSG_OK);
    CHECK(got.flag);
    CHECK_TEXT(got.text, "a");
    CHECK_TEXT(got.file, "b");
    CHECK(got.number == 1.5 && got.count == 9 && got.word == 1 && got.size == 2048);
    CHECK(got.nlist == 2 && got.list[0] == 1 && got.list[1] == -2);
    CHECK_TEXT(got.calls, "[--call x][--call y]");
    CHECK(o.nargs == 0);
    CHECK(options_given(&o, "flag") && options_given(&o, "call"));
    options_free(&o);
    CHECK(parse(&o, "") == MSG_OK);
    CHECK(!got.flag && !options_given(&o, "flag") && !options_given(&o, "none"));
    options_free(&o);
}

TEST(sizes)
{
    static const struct {
        const char *line;
        size_t size;
    } cases[] = {{"--size 500000", 500000},
                 {"--size 1.5K", 1536},
                 {"--size 64M", (size_t)64 << 20},
                 {"--size 1G", (size_t)1 << 30},
                 {"--size 0.5T", (size_t)1 << 39}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct options o;
        CHECK(parse(&o, cases[i].line) == MSG_OK);
        CHECK(got.size == cases[i].size);
        options_free(&o);
    }
}

TEST(ways_to_write)
{
    struct options o;
    CHECK(parse(&o, "-ob --number=-1 --te=x --co 3") == MSG_OK);
    CHECK_TEXT(got.file, "b");
    CHECK_TEXT(got.text, "x");
    CHECK(got.number == -1 && got.count == 3);
    options_free(&o);
    CHECK(parse(&o, "--out b -o c --number 2 --number 1 --text --flag") == MSG_OK);
    CHECK_TEXT(got.file, "c");
    CHECK_TEXT(got.text, "--flag"); /* a value may look like an option */
    CHECK(got.number == 1 && !got.flag);
    options_free(&o);
}

TEST(operands)
{
    struct options o;
    CHECK(parse(&o, "a --flag b - -- --text c") == MSG_OK);
    CHECK(got.flag && !got.text && o.nargs == 5);
    const char *const left[] = {"a", "b", "-", "--text", "c"};
    for (int i = 0; i < 5 && i < o.nargs; i++)
        CHECK_TEXT(o.args[i], left[i]);
    catch_start();
    CHECK(options_no_operands(&o) == MSG_USAGE);
    CHECK_TEXT(catch_end(), "tool: unexpected argument \"a\"; try 'tool --help'\n");
    options_free(&o);
    CHECK(parse(&o, "--flag --") == MSG_OK);
    CHECK(options_no_operands(&o) == MSG_OK);
    options_free(&o);
}

TEST(bad_values)
{
    CHECK_TEXT(said("--number x"), "--number: not a number: \"x\"");
    CHECK_TEXT(said("--number nan"), "--number: not a number: \"nan\"");
    CHECK_TEXT(said("--number 1,2"), "--number: not a number: \"1,2\"");
    CHECK_TEXT(said("--number 2.5"), "--number: not from -1 to 2: \"2.5\"");
    CHECK_TEXT(said("--list 1"), "--list: needs 2 numbers: \"1\"");
    CHECK_TEXT(said("--list 1,,2"),
               "--list: not up to 3 numbers with commas between them: \"1,,2\"");
    CHECK_TEXT(said("--list 1,2,3,4"),
               "--list: not up to 3 numbers with commas between them: \"1,2,3,4\"");
    CHECK_TEXT(said("--count 10"), "--count: not a whole number from 1 to 9: \"10\"");
    CHECK_TEXT(said("--count 1.5"), "--count: not a whole number from 1 to 9: \"1.5\"");
    CHECK_TEXT(said("--word blue"), "--word: \"blue\" is none of red, green");
    CHECK_TEXT(said("--size 1X"), "--size: not a size such as 64M: \"1X\"");
    CHECK_TEXT(said("--size -1"), "--size: not a size such as 64M: \"-1\"");
    CHECK_TEXT(said("--size="), "--size: not a size such as 64M: \"\"");
    CHECK_TEXT(said("--size 0.9"), "--size: not a size such as 64M: \"0.9\"");
    CHECK_TEXT(said("--size 1e9G"), "--size: too much: \"1e9G\"");
    CHECK_TEXT(said("--call a --call bad"), "--call: not good: \"bad\"");
}

TEST(bad_options)
{
    CHECK_TEXT(said("--no-such"), "unrecognized option \"--no-such\"");
    CHECK_TEXT(said("--no-such=1"), "unrecognized option \"--no-such=1\"");
    CHECK_TEXT(said("-x"), "unrecognized option \"-x\"");
    CHECK_TEXT(said("--flag=1"), "--flag takes no value");
    CHECK_TEXT(said("a --text"), "--text needs a value");
    CHECK_TEXT(said("-o"), "-o needs a value");
    CHECK_TEXT(said("--n"), "ambiguous option \"--n\": --number, --no-provenance");
}

TEST(modes)
{
    struct options o;
    CHECK(parse(&o, "--flag --word red --size 1") == MSG_OK);
    CHECK(options_fit(&o, MODE_ONE, "--one") == MSG_OK);
    catch_start();
    CHECK(options_fit(&o, MODE_TWO, "--two") == MSG_USAGE);
    CHECK_TEXT(catch_end(), "tool: --word does not go with --two; try 'tool --help'\n");
    options_free(&o);
    CHECK(parse(&o, "--flag --size 1") == MSG_OK);
    CHECK(options_fit(&o, MODE_TWO, "--two") == MSG_OK);
    options_free(&o);
}

TEST(provenance)
{
    struct options o;
    CHECK(parse(&o, "--text a*b c") == MSG_OK);
    CHECK_TEXT(o.command, "tool --text 'a*b' c");
    options_free(&o);
    CHECK(parse(&o, "--no-prov a") == MSG_OK);
    CHECK(!o.command);
    options_free(&o);
}

/* What a command line that ends the program prints. */
static const char *printed(const char *line)
{
    static char s[4096];
    int p[2];
    CHECK(pipe(p) == 0);
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        struct options o;
        dup2(p[1], STDOUT_FILENO);
        parse(&o, line);
        _exit(99);
    }
    close(p[1]);
    size_t n = 0;
    for (ssize_t more; (more = read(p[0], s + n, sizeof s - 1 - n)) > 0;)
        n += (size_t)more;
    s[n] = '\0';
    close(p[0]);
    int status;
    CHECK(waitpid(child, &status, 0) == child && status == 0);
    return s;
}

TEST(help)
{
    CHECK_TEXT(
        printed("--count 3 --help --count x"),
        "usage: tool [OPTION]...\n"
        "\n"
        "Options:\n"
        "  --flag             a flag\n"
        "  --text TEXT        a text\n"
        "  -o, --output FILE  a file\n"
        "  --number N         a number\n"
        "  --list A,B[,C]     numbers\n"
        "  --count N          a whole number\n"
        "  --word WORD        red or green\n"
        "  --size SIZE        a size\n"
        "  --call LIST        what a function takes, with a help that is so long that it\n"
        "                     does not fit into a line\n"
        "  --no-provenance    leave out the ##cmd= line\n"
        "  --help, --version  print this, or the version, and exit\n"
        "\n"
        "Examples:\n"
        "  tool --flag\n");
    char version[64];
    snprintf(version, sizeof version, "tool (eco) %s\n", options_version());
    CHECK_TEXT(printed("--version"), version);
}

TEST(list_of_options)
{
    CHECK_TEXT(
        printed("--list-options"),
        "#name\tletter\tvalue\tkind\twords\thelp\n"
        "flag\tNA\tNA\tflag\tNA\ta flag\n"
        "text\tNA\tTEXT\ttext\tNA\ta text\n"
        "output\to\tFILE\tfile\tNA\ta file\n"
        "number\tNA\tN\ttext\tNA\ta number\n"
        "list\tNA\tA,B[,C]\ttext\tNA\tnumbers\n"
        "count\tNA\tN\ttext\tNA\ta whole number\n"
        "word\tNA\tWORD\tword\tred,green\tred or green\n"
        "size\tNA\tSIZE\ttext\tNA\ta size\n"
        "call\tNA\tLIST\tlist\tred,green\twhat a function takes, with a help that is "
        "so long that it does not fit into a line\n"
        "no-provenance\tNA\tNA\tflag\tNA\tleave out the ##cmd= line\n"
        "help\tNA\tNA\tflag\tNA\tprint this and exit\n"
        "version\tNA\tNA\tflag\tNA\tprint the version and exit\n");
}

static int run_one(int argc, char **argv)
{
    (void)argv;
    return argc;
}

TEST(commands)
{
    static const struct option_command all[] = {{"one", "does one", run_one}, {0}};
    char *argv[] = {(char *)"tool", (char *)"--flag", (char *)"two", (char *)"--text",
                    NULL};
    struct options o;
    CHECK(options_command(all, "one") == &all[0] && !options_command(all, "on"));
    memset(&got, 0, sizeof got);
    options_init(&o, 4, argv, "", "");
    o.commands_title = "Commands";
    o.commands = all;
    add_rows(&o);
    /* It ends at the first operand. */
    CHECK(options_parse(&o, 1, 4, argv) == MSG_OK);
    CHECK(got.flag && o.nargs == 2);
    options_free(&o);
    /* Options of a command stand behind its name. */
    argv[3] = (char *)"--count=2";
    options_init(&o, 4, argv, "", "");
    add_rows(&o);
    CHECK(options_parse(&o, 2, 4, argv) == MSG_OK);
    CHECK(got.count == 2 && o.nargs == 1);
    CHECK_TEXT(o.command, "tool --flag two --count=2");
    options_free(&o);
}

int main(void)
{
    RUN(each_kind);
    RUN(sizes);
    RUN(ways_to_write);
    RUN(operands);
    RUN(bad_values);
    RUN(bad_options);
    RUN(modes);
    RUN(provenance);
    RUN(help);
    RUN(list_of_options);
    RUN(commands);
    return unit_end();
}
