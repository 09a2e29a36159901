/* gdal_metadata: GDAL's own tag of a GeoTIFF, an XML document of items. */
#include "gdal_metadata.h"
#include "base/mem.h"
#include "base/num.h"
#include <stdio.h>
#include <string.h>

/* The character that an XML entity at s stands for, and its length; 0 for no entity. */
static char entity_at(const char *s, size_t *length)
{
    static const struct {
        const char *name;
        char c;
    } entity[] = {
        {"&lt;", '<'}, {"&gt;", '>'}, {"&amp;", '&'}, {"&quot;", '"'}, {"&apos;", '\''}};
    for (size_t i = 0; i < sizeof entity / sizeof *entity; i++) {
        *length = strlen(entity[i].name);
        if (strncmp(s, entity[i].name, *length) == 0)
            return entity[i].c;
    }
    return 0;
}

/* XML text with its entities undone, twice, since GDAL escapes what it writes once more
 * than XML needs. False on anything but the five entities and plain characters. */
static bool plain_text(struct buf *b, const char *s, size_t n)
{
    size_t length;
    buf_reset(b);
    buf_puts(b, "");
    for (size_t i = 0; i < n; i++) {
        bool entity = s[i] == '&';
        char c = entity ? entity_at(s + i, &length) : s[i];
        if (c == 0 || s[i] == '<')
            return false;
        buf_putc(b, c);
        i += entity ? length - 1 : 0;
    }
    size_t to = 0;
    for (size_t i = 0; i < b->n; i++) {
        char c = b->s[i] == '&' ? entity_at(b->s + i, &length) : 0;
        if (b->s[i] == '&' && b->s[i + 1] == '#')
            return false;
        b->s[to++] = c ? c : b->s[i];
        i += c ? length - 1 : 0;
    }
    b->n = to;
    b->s[to] = '\0';
    return true;
}

/* The value of an attribute inside of an opening tag. */
static bool attribute(const char *tag, size_t n, const char *name, const char **s,
                      size_t *length)
{
    char head[32];
    int k = snprintf(head, sizeof head, " %s=\"", name);
    for (const char *p = tag; p + k < tag + n; p++) {
        if (strncmp(p, head, (size_t)k) != 0)
            continue;
        const char *from = p + k, *end = memchr(from, '"', n - (size_t)(from - tag));
        if (!end)
            return false;
        *s = from;
        *length = (size_t)(end - from);
        return true;
    }
    return false;
}

static bool is(const char *s, size_t n, const char *word)
{
    return strlen(word) == n && memcmp(s, word, n) == 0;
}

/* One item of a band: what GDAL gives a role. */
static bool take_role(struct ras_band *band, const char *role, size_t n, const char *value)
{
    if (is(role, n, "scale"))
        return num_parse(value, strlen(value), &band->scale);
    if (is(role, n, "offset"))
        return num_parse(value, strlen(value), &band->offset);
    if (is(role, n, "description") && !band->description)
        band->description = mem_text(value);
    else if (is(role, n, "unittype") && !band->unit)
        band->unit = mem_text(value);
    return true;
}

/* Items: <Item name="" [sample="" role=""] [domain=""]>. */
bool gdal_metadata_get(struct ras *r, const char *xml)
{
    struct buf value = {0};
    bool good = true;
    for (const char *p = xml; good && (p = strstr(p, "<Item"));) {
        const char *close = strchr(p, '>'), *end = close ? strstr(close, "</Item>") : NULL;
        size_t n = close ? (size_t)(close - p) : 0;
        const char *name, *sample, *role, *domain;
        size_t name_n, sample_n, role_n, domain_n;
        good = end && attribute(p, n, "name", &name, &name_n) &&
               !memchr(name, '&', name_n) &&
               plain_text(&value, close + 1, (size_t)(end - close - 1));
        if (!good)
            break;
        bool has_domain = attribute(p, n, "domain", &domain, &domain_n);
        if (attribute(p, n, "sample", &sample, &sample_n)) {
            long long b = -1;
            good = num_parse_long(sample, sample_n, &b) && b >= 0 && b < r->nbands;
            if (good && attribute(p, n, "role", &role, &role_n))
                good = take_role(&r->band[b], role, role_n, value.s);
        } else if (!has_domain && value.n) { /* GDAL drops empty ones */
            good =
                !is(name, name_n, "NODATA_VALUES"); /* masks where all bands have theirs */
            r->tag = mem_resize(r->tag, r->ntags + 1, sizeof *r->tag);
            r->tag[r->ntags++] =
                (struct ras_tag){mem_slice(name, name_n), mem_text(value.s)};
        }
        p = end;
    }
    buf_free(&value);
    return good;
}

/* Text with XML's entities; twice for values, since GDAL undoes them once more than XML
 * does. */
static void put_xml(struct buf *b, const char *s, bool twice)
{
    for (; *s; s++) {
        const char *entity = *s == '<'   ? "lt;"
                             : *s == '>' ? "gt;"
                             : *s == '&' ? "amp;"
                             : *s == '"' ? "quot;"
                                         : NULL;
        if (entity)
            buf_printf(b, "%s%s", twice ? "&amp;" : "&", entity);
        else
            buf_putc(b, *s);
    }
}

void gdal_metadata_put(struct buf *b, const struct ras_tag *tag, size_t ntags,
                       const char *const *name, int nbands, const char *unit)
{
    buf_puts(b, "<GDALMetadata>\n");
    for (size_t i = 0; i < ntags; i++) {
        buf_puts(b, "  <Item name=\"");
        put_xml(b, tag[i].key, false);
        buf_puts(b, "\">");
        put_xml(b, tag[i].value, true);
        buf_puts(b, "</Item>\n");
    }
    for (int i = 0; name && i < nbands; i++) {
        buf_printf(b, "  <Item name=\"DESCRIPTION\" sample=\"%d\" role=\"description\">",
                   i);
        put_xml(b, name[i], true);
        buf_puts(b, "</Item>\n");
    }
    if (unit) {
        buf_puts(b, "  <Item name=\"UNITTYPE\" sample=\"0\" role=\"unittype\">");
        put_xml(b, unit, true);
        buf_puts(b, "</Item>\n");
    }
    buf_puts(b, "</GDALMetadata>\n");
}
