/* compose: one raster and one record a period. */
#include "compose/compose.h"
#include "base/msg.h"
#include "composite.h"
#include "period.h"
#include "record/writer.h"
#include <string.h>

/* DIR/PREFIXLAYER_PERIOD.tif */
static void add_output(struct buf *b, const struct compose_options *options,
                       const char *layer, const char *period)
{
    buf_printf(b, "%s/%s", options->out_dir, options->prefix);
    for (; *layer; layer++)
        buf_putc(b, *layer == '/' ? '_' : *layer);
    buf_printf(b, "_%s.tif", period);
}

static void put_legend(struct out *o, char d)
{
    static const char *const names[] = {"layer", "period", "scenes", "from",
                                        "to",    "output", "cells"};
    out_puts(o, d == REC_TAB ? "#" : "");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (i)
            out_char(o, d);
        out_puts(o, names[i]);
    }
    out_char(o, '\n');
}

static void put_record(struct out *o, char d, const struct scene_row *row, size_t n,
                       const char *period, const char *output, double cells)
{
    rec_put_text(o, d, row->layer);
    out_char(o, d);
    out_puts(o, period);
    out_char(o, d);
    out_long(o, (long long)n);
    out_char(o, d);
    out_puts(o, row[0].time);
    out_char(o, d);
    out_puts(o, row[n - 1].time);
    out_char(o, d);
    rec_put_text(o, d, output);
    out_char(o, d);
    out_double(o, cells);
    out_char(o, '\n');
}

/* Tells the periods between two scenes of a layer that have none. */
static void tell_gap(const struct scene_row *before, const struct scene_row *after,
                     enum period_kind kind)
{
    struct buf from = {0}, to = {0};
    int first = before->period + 1, last = after->period - 1;
    if (period_has_order(kind) && strcmp(before->layer, after->layer) == 0 &&
        first <= last) {
        period_add_name(&from, kind, first);
        period_add_name(&to, kind, last);
        if (first == last)
            msg_warn("%s: there are no scenes of %s", before->layer, from.s);
        else
            msg_warn("%s: there are no scenes from %s to %s", before->layer, from.s, to.s);
    }
    buf_free(&from);
    buf_free(&to);
}

int compose(struct out *o, const struct compose_options *options,
            struct raster_inputs *inputs)
{
    struct scene_table table = {0};
    enum period_kind kind = (enum period_kind)options->by;
    char d = options->csv ? REC_COMMA : REC_TAB;
    int status = scene_table_read(&table, options, inputs);
    if (status == MSG_OK && table.n == 0)
        msg_warn("no rasters");
    put_legend(o, d);
    for (size_t i = 0, end; i < table.n && status == MSG_OK; i = end) {
        const struct scene_row *row = &table.row[i];
        struct buf period = {0}, output = {0};
        double cells;
        end = scene_table_group(&table, i);
        period_add_name(&period, kind, row->period);
        add_output(&output, options, row->layer, period.s);
        status = composite_make(&table, row, end - i, options, period.s, output.s, &cells);
        if (status == MSG_OK)
            put_record(o, d, row, end - i, period.s, output.s, cells);
        if (status == MSG_OK && end < table.n)
            tell_gap(row, &table.row[end], kind);
        buf_free(&period);
        buf_free(&output);
    }
    scene_table_free(&table);
    return status;
}
