/* field: random fields and landscapes out of hashed integers. */
#include "field.h"
#include <math.h>

static uint32_t mix(uint32_t h)
{
    h ^= h >> 16;
    h *= 0x7feb352du;
    h ^= h >> 15;
    h *= 0x846ca68bu;
    h ^= h >> 16;
    return h;
}

uint32_t field_hash(uint32_t seed, uint32_t a, uint32_t b)
{
    return mix((mix(mix(seed + 0x9e3779b9u) ^ a) + 0x85ebca6bu) ^ b);
}

double field_random(uint32_t seed, uint32_t a, uint32_t b)
{
    return field_hash(seed, a, b) * (1.0 / 4294967296.0);
}

/* Runs from 0 to 1 with slope and curvature 0 at both ends. */
static double ease(double t)
{
    return t * t * t * (t * (t * 6 - 15) + 10);
}

double field_noise(uint32_t seed, double x, double y)
{
    double column = floor(x), row = floor(y);
    uint32_t a = (uint32_t)(int32_t)column, b = (uint32_t)(int32_t)row;
    double u = ease(x - column), w = ease(y - row);
    double low = field_random(seed, a, b) * (1 - u) + field_random(seed, a + 1, b) * u;
    double high =
        field_random(seed, a, b + 1) * (1 - u) + field_random(seed, a + 1, b + 1) * u;
    return low * (1 - w) + high * w;
}

double field_fractal(uint32_t seed, double x, double y, int octaves)
{
    double sum = 0, weight = 0, part = 1;
    for (int i = 0; i < octaves; i++) {
        sum += part * field_noise(seed + (uint32_t)i * 101, x, y);
        weight += part;
        part *= 0.5;
        /* Twice as fine, and turned, so that the lattice does not show. */
        double turned = (x * 0.8 - y * 0.6) * 2 + 17.3;
        y = (x * 0.6 + y * 0.8) * 2 - 9.7;
        x = turned;
    }
    return sum / weight;
}

/* Clearings are square blocks along a road, the nearer the more. */
static uint8_t clearing_year(uint32_t seed, double x, double y, double from_road)
{
    enum { NEVER = 255, SPAN = 25 };
    const double block = 0.6, reach = 11;
    uint32_t a = (uint32_t)(int32_t)floor(x / block),
             b = (uint32_t)(int32_t)floor(y / block);
    double pressure =
        (1 - from_road / reach) * 0.9 + field_noise(seed + 31, x / 5, y / 5) - 0.6;
    if (field_random(seed + 37, a, b) >= pressure)
        return NEVER;
    return (uint8_t)(field_hash(seed + 41, a, b) % SPAN);
}

double field_relief(uint32_t seed, double x, double y)
{
    return field_fractal(seed, x / 14, y / 14, 5);
}

struct field_land field_land(uint32_t seed, double x, double y)
{
    struct field_land land = {.cleared = 255};
    double bank = fabs(field_fractal(seed + 7, x / 22, y / 22, 4) - 0.47);
    double dry = field_fractal(seed + 11, x / 9, y / 9, 4);
    double road = 14 * field_noise(seed + 23, x / 20, 0.5) - 20;
    double town = (x - 6) * (x - 6) + (y - road) * (y - road);
    if (bank < 0.012)
        land.natural = FIELD_WATER;
    else if (town < 4.5 && town < 4 * field_noise(seed + 29, x * 2, y * 2) + 0.5)
        land.natural = FIELD_TOWN;
    else if (bank < 0.03)
        land.natural = FIELD_FLOODED;
    else if (dry > 0.71)
        land.natural = FIELD_GRASS;
    else if (dry > 0.66)
        land.natural = FIELD_SAVANNA;
    else
        land.natural = FIELD_FOREST;
    if (land.natural == FIELD_FOREST || land.natural == FIELD_SAVANNA)
        land.cleared = clearing_year(seed, x, y, fabs(y - road));
    return land;
}

int field_class(const struct field_land *land, int year)
{
    return land->cleared != 255 && year >= 2000 + land->cleared ? FIELD_PASTURE
                                                                : land->natural;
}
