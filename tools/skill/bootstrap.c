/* bootstrap: how far statistics would lie apart on other pairs like these. */
#include "bootstrap.h"
#include "base/mem.h"
#include "ranks.h"
#include <math.h>
#include <stdlib.h>

static uint64_t splitmix64(uint64_t *state)
{
    uint64_t z = *state += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

/* One of 0 to n - 1, each as likely. */
static uint32_t draw(uint64_t *state, uint32_t n)
{
    uint32_t unfair = -n % n;
    uint64_t product;
    do
        product = (splitmix64(state) >> 32) * n;
    while ((uint32_t)product < unfair);
    return (uint32_t)(product >> 32);
}

/* The pairs of each block, one block after the other; without blocks each pair is one. */
struct blocks {
    uint32_t *pair; /* indices */
    size_t *begin;  /* n + 1 of them, into pair */
    uint32_t n;
};

static void blocks_init(struct blocks *b, const struct pairs *p)
{
    uint32_t *number = mem_alloc(p->n, sizeof *number), most = 0;
    for (size_t i = 0; i < p->n; i++) {
        number[i] = p->block ? p->block[i] : (uint32_t)i;
        most = number[i] > most ? number[i] : most;
    }
    size_t *count = mem_alloc((size_t)most + 2, sizeof *count);
    for (size_t i = 0; i < p->n; i++)
        count[number[i]]++;
    b->begin = mem_alloc((size_t)most + 2, sizeof *b->begin);
    b->pair = mem_alloc(p->n, sizeof *b->pair);
    b->n = 0;
    /* Blocks that have no pair here are none. count becomes where the next pair goes. */
    for (size_t k = 0, at = 0; p->n && k <= most; k++) {
        size_t size = count[k];
        count[k] = at;
        at += size;
        b->n += size > 0;
        b->begin[b->n] = at;
    }
    for (size_t i = 0; i < p->n; i++)
        b->pair[count[number[i]]++] = (uint32_t)i;
    free(count);
    free(number);
}

static void take_pair(struct pairs *to, const struct pairs *from, size_t i)
{
    pairs_grow(to, from->w, false);
    to->o[to->n] = from->o[i];
    to->s[to->n] = from->s[i];
    if (from->w)
        to->w[to->n] = from->w[i];
    to->n++;
}

/* The quantiles of n values, some of them NaN. */
static void interval(double *v, size_t n, double level, double *low, double *high)
{
    size_t some = 0;
    for (size_t i = 0; i < n; i++)
        if (!isnan(v[i]))
            v[some++] = v[i];
    *low = *high = NAN;
    if (!some)
        return;
    ranks_sort(v, some);
    *low = ranks_quantile(v, some, (1 - level) / 2);
    *high = ranks_quantile(v, some, (1 + level) / 2);
}

void bootstrap_intervals(const struct bootstrap *b, const struct skill_choice *choice,
                         const struct pairs *p, double *low, double *high)
{
    size_t rounds = (size_t)b->rounds, n = choice->n;
    double *value = mem_alloc(rounds * n, sizeof *value);
    double *result = mem_alloc(n, sizeof *result);
    struct blocks blocks;
    struct pairs drawn = {0};
    uint64_t state = b->seed;
    blocks_init(&blocks, p);
    for (size_t k = 0; k < rounds; k++) {
        drawn.n = 0;
        for (uint32_t i = 0; i < blocks.n; i++) {
            uint32_t block = draw(&state, blocks.n);
            for (size_t j = blocks.begin[block]; j < blocks.begin[block + 1]; j++)
                take_pair(&drawn, p, blocks.pair[j]);
        }
        skill_compute(choice, &drawn, result, NULL);
        for (size_t i = 0; i < n; i++)
            value[i * rounds + k] = choice->item[i]->traits & SKILL_COUNT ? NAN : result[i];
    }
    for (size_t i = 0; i < n; i++)
        interval(value + i * rounds, rounds, b->level, &low[i], &high[i]);
    pairs_free(&drawn);
    free(blocks.pair);
    free(blocks.begin);
    free(result);
    free(value);
}
