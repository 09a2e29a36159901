/* dice: numbers that look random and are the same on every run. */
#ifndef ECO_DICE_H
#define ECO_DICE_H

#include <stdint.h>

static uint64_t dice_state = 1;

/* A whole number from least to most. */
static inline long long dice(long long least, long long most)
{
    dice_state = dice_state * 6364136223846793005u + 1442695040888963407u;
    return least + (long long)((dice_state >> 33) % (uint64_t)(most - least + 1));
}

static inline double dice_real(double least, double most)
{
    return least + (most - least) * (double)dice(0, 1 << 30) / (1 << 30);
}

#endif
