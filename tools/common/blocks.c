/* blocks: pixels of a raster here and there, by a cache of its blocks. */
#include "blocks.h"
#include "mem.h"
#include "msg.h"
#include <stdlib.h>

struct slot {
    size_t block;
    double *v;
    int newer, older; /* slots in the order of their last use; -1 at the ends */
};

struct blocks {
    struct ras *r;
    int band;
    unsigned flags;
    int across;
    size_t count, reads;
    int *slot_of; /* of each block, + 1; 0: not here */
    struct slot *slot;
    int nslots, most, newest, oldest;
};

struct blocks *blocks_open(struct ras *r, int band, unsigned flags, size_t bytes)
{
    struct blocks *b = mem_alloc(1, sizeof *b);
    b->r = r;
    b->band = band;
    b->flags = flags;
    b->across = (r->columns - 1) / r->block_columns + 1;
    b->count = (size_t)b->across * (size_t)((r->rows - 1) / r->block_rows + 1);
    b->slot_of = mem_alloc(b->count, sizeof *b->slot_of);
    size_t most =
        bytes / ((size_t)r->block_columns * (size_t)r->block_rows * sizeof(double));
    b->most = (int)(most < 1 ? 1 : most < b->count ? most : b->count);
    b->slot = mem_alloc((size_t)b->most, sizeof *b->slot);
    b->newest = b->oldest = -1;
    return b;
}

void blocks_close(struct blocks *b)
{
    if (!b)
        return;
    for (int i = 0; i < b->nslots; i++)
        free(b->slot[i].v);
    free(b->slot);
    free(b->slot_of);
    free(b);
}

size_t blocks_index(const struct blocks *b, int column, int row)
{
    return (size_t)(row / b->r->block_rows) * (size_t)b->across +
           (size_t)(column / b->r->block_columns);
}

size_t blocks_count(const struct blocks *b)
{
    return b->count;
}

size_t blocks_reads(const struct blocks *b)
{
    return b->reads;
}

static void unlink_slot(struct blocks *b, int i)
{
    struct slot *s = &b->slot[i];
    if (s->newer >= 0)
        b->slot[s->newer].older = s->older;
    else
        b->newest = s->older;
    if (s->older >= 0)
        b->slot[s->older].newer = s->newer;
    else
        b->oldest = s->newer;
}

static void link_newest(struct blocks *b, int i)
{
    b->slot[i].newer = -1;
    b->slot[i].older = b->newest;
    if (b->newest >= 0)
        b->slot[b->newest].newer = i;
    b->newest = i;
    if (b->oldest < 0)
        b->oldest = i;
}

/* A slot to read into: a new one, or that which was not used for longest. */
static int take_slot(struct blocks *b)
{
    if (b->nslots < b->most) {
        size_t pixels = (size_t)b->r->block_columns * (size_t)b->r->block_rows;
        b->slot[b->nslots].v = mem_resize(NULL, pixels, sizeof(double));
        return b->nslots++;
    }
    int i = b->oldest;
    unlink_slot(b, i);
    b->slot_of[b->slot[i].block] = 0;
    return i;
}

const double *blocks_run(struct blocks *b, int column, int row, int *n)
{
    const struct ras *r = b->r;
    size_t block = blocks_index(b, column, row);
    int left = column / r->block_columns * r->block_columns;
    int top = row / r->block_rows * r->block_rows;
    int columns =
        r->columns - left < r->block_columns ? r->columns - left : r->block_columns;
    int rows = r->rows - top < r->block_rows ? r->rows - top : r->block_rows;
    int i = b->slot_of[block] - 1;
    if (i < 0) {
        i = take_slot(b);
        b->reads++;
        b->slot[i].block = block;
        link_newest(b, i);
        if (ras_read(b->r, b->band, left, top, columns, rows, b->slot[i].v, b->flags) !=
            MSG_OK)
            return NULL;
        b->slot_of[block] = i + 1;
    } else if (i != b->newest) {
        unlink_slot(b, i);
        link_newest(b, i);
    }
    *n = *n < left + columns - column ? *n : left + columns - column;
    return b->slot[i].v + (size_t)(row - top) * (size_t)columns + (column - left);
}
