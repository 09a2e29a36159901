/* field: smooth random fields and a landscape, out of integers.
 *
 * Values come from hashed integers through +, -, * and / alone, so they are the same
 * bits on every machine. Nothing is kept: the same place always gives the same value. */
#ifndef ECO_FIELD_H
#define ECO_FIELD_H

#include <stdint.h>

/* A number from the numbers given, well mixed. */
uint32_t field_hash(uint32_t seed, uint32_t a, uint32_t b);

/* The same as a number from 0 to 1. */
double field_random(uint32_t seed, uint32_t a, uint32_t b);

/* Smooth noise from 0 to 1 with features of size 1, and the same with finer and finer
 * octaves laid over it. */
double field_noise(uint32_t seed, double x, double y);
double field_fractal(uint32_t seed, double x, double y, int octaves);

/* What lies at a place, x and y in km from the middle of a landscape. */
struct field_land {
    uint8_t natural; /* its class while nobody clears it, in MapBiomas's numbers */
    uint8_t cleared; /* years after 2000 when it became pasture; 255: never */
};
struct field_land field_land(uint32_t seed, double x, double y);

/* The height there, from 0 to 1. */
double field_relief(uint32_t seed, double x, double y);

/* Its class in a year. */
enum {
    FIELD_FOREST = 3,
    FIELD_SAVANNA = 4,
    FIELD_FLOODED = 6,
    FIELD_GRASS = 12,
    FIELD_PASTURE = 15,
    FIELD_TOWN = 24,
    FIELD_WATER = 33,
};
int field_class(const struct field_land *land, int year);

#endif
