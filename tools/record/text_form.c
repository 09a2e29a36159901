/* text_form: how an input of records begins, where it is not the text it should be. */
#include "text_form.h"
#include "record/field.h"
#include <string.h>

static const char utf16[] = "it is UTF-16: iconv -f UTF-16 -t UTF-8 makes it UTF-8";
static const char utf32[] = "it is UTF-32: iconv -f UTF-32 -t UTF-8 makes it UTF-8";

/* The longer mark first, where one begins with another. */
static const struct {
    size_t n;
    const char *mark, *wrong;
} marks[] = {
    {3, "\xef\xbb\xbf", NULL},
    {4, "\xff\xfe\0\0", utf32},
    {2, "\xff\xfe", utf16},
    {2, "\xfe\xff", utf16},
    {4, "\0\0\xfe\xff", utf32},
    {2, "\x1f\x8b", "it is compressed: gzip -dc makes text of it"},
    {4, "II*\0", "it is a TIFF, a raster, where a table is wanted"},
    {4, "MM\0*", "it is a TIFF, a raster, where a table is wanted"},
    {4, "II+\0", "it is a TIFF, a raster, where a table is wanted"},
    {4, "\x89HDF", "it is HDF5 or netCDF, where a table is wanted"},
    {4, "PK\x03\x04", "it is a spreadsheet or a zip archive: save it as CSV in UTF-8"},
};

enum text_form text_form_begin(const char *s, size_t n, size_t *mark, const char **wrong)
{
    *mark = 0;
    *wrong = NULL;
    if (!n)
        return TEXT_FORM_MORE;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t have = n < marks[i].n ? n : marks[i].n;
        if (memcmp(s, marks[i].mark, have) != 0)
            continue;
        if (have < marks[i].n)
            return TEXT_FORM_MORE;
        *wrong = marks[i].wrong;
        *mark = *wrong ? 0 : marks[i].n;
        break;
    }
    return TEXT_FORM_KNOWN;
}

static bool has(const char *s, size_t n, char c)
{
    return n && memchr(s, c, n) != NULL;
}

/* A CR within all that there is, that is no path: a list of these has one a line. */
static bool has_old_ends(const char *s, size_t n, char delimiter)
{
    const char *cr = n > 1 ? memchr(s, '\r', n - 1) : NULL;
    bool is_path = delimiter == '\t' && s[0] != '#' && !has(s, n, '\t');
    return cr && !is_path && !has(s, (size_t)(cr - s), '"');
}

/* The character that parts fields, as the line "sep=;" of spreadsheets says; 0 for none. */
static char separator(const char *s, size_t n)
{
    return n == 5 && memcmp(s, "sep=", 4) == 0 ? s[4] : '\0';
}

int text_form_line(const char *s, size_t n, bool ended, char delimiter, const char **wrong)
{
    bool csv = rec_is_csv(delimiter);
    bool plain = csv && !has(s, n, delimiter) && !has(s, n, '"');
    char named = csv ? separator(s, n) : '\0';
    *wrong = NULL;
    if (csv && named == delimiter)
        return TEXT_FORM_PASS;
    if (has(s, n, '\0'))
        *wrong =
            "it has NUL bytes, as UTF-16 (iconv makes that UTF-8) and files that are no "
            "text have";
    else if (!ended && has_old_ends(s, n, delimiter))
        *wrong = "its lines end in CR alone: tr '\\r' '\\n' mends that";
    else if (named == ';' || (plain && has(s, n, ';') && memcmp(s, "##", 2) != 0))
        *wrong = "its fields are parted by semicolons: --delimiter ';' reads that, where "
                 "numbers have points";
    else if (named == '\t' || (plain && has(s, n, '\t') && memcmp(s, "##", 2) != 0))
        *wrong = "its fields are parted by TABs: --delimiter tab reads that";
    else if (named)
        *wrong = "it names another separator: say it by --delimiter";
    return TEXT_FORM_LINE;
}
