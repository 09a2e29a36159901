/* scenes: ECOSTRESS scenes of a landscape, each under its own sky. */
#include "base/mem.h"
#include "base/msg.h"
#include "demo.h"
#include "field.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The pixels of a scene, and what lies under them. */
struct frame {
    int zone_code; /* EPSG */
    int side;
    double gt[6];
    double *x, *y; /* km from the site */
    double *relief;
    struct field_land *land;
};

/* PROJ's last bits may differ between machines; so nothing finer than this is used. */
static double settle(double v, double step)
{
    return rint(v / step) * step;
}

/* Longitude and latitude of each DEMO_PIXEL, by the parabolas through 3 x 3 points: some cm
 * off, and quick. */
static void place_pixels(struct frame *f, struct crs_transform *map,
                         const struct demo_land *land)
{
    double px[9], py[9];
    for (int i = 0; i < 9; i++)
        gt_place(f->gt, f->side * (i % 3) / 2.0, f->side * (i / 3) / 2.0, &px[i], &py[i]);
    crs_forward(map, px, py, 1, 9);
    for (int i = 0; i < 9; i++) {
        px[i] = (settle(px[i], 1e-9) - land->site->longitude) * land->km_east;
        py[i] = (settle(py[i], 1e-9) - land->site->latitude) * land->km_north;
    }
    for (int r = 0; r < f->side; r++) {
        double w = (r + 0.5) / f->side;
        const double down[3] = {(2 * w - 1) * (w - 1), 4 * w * (1 - w), w * (2 * w - 1)};
        double cx[3], cy[3];
        for (int j = 0; j < 3; j++) {
            cx[j] = px[j] * down[0] + px[3 + j] * down[1] + px[6 + j] * down[2];
            cy[j] = py[j] * down[0] + py[3 + j] * down[1] + py[6 + j] * down[2];
        }
        for (int c = 0; c < f->side; c++) {
            double u = (c + 0.5) / f->side;
            const double across[3] = {(2 * u - 1) * (u - 1), 4 * u * (1 - u),
                                      u * (2 * u - 1)};
            size_t i = (size_t)r * (size_t)f->side + (size_t)c;
            f->x[i] = cx[0] * across[0] + cx[1] * across[1] + cx[2] * across[2];
            f->y[i] = cy[0] * across[0] + cy[1] * across[1] + cy[2] * across[2];
        }
    }
}

static void frame_free(struct frame *f)
{
    free(f->x);
    free(f->y);
    free(f->relief);
    free(f->land);
    *f = (struct frame){0};
}

/* A frame of the site in a UTM zone, on whole pixels as tiles are. */
static int frame_init(struct frame *f, const struct demo_land *land, int code)
{
    struct crs_transform *map;
    int status = demo_zone(&map, code, land->site);
    if (status != MSG_OK)
        return status;
    size_t side = (size_t)land->demo->size;
    double x = land->site->longitude, y = land->site->latitude;
    crs_inverse(map, &x, &y, 1, 1);
    double half = (double)(side / 2) * DEMO_PIXEL;
    *f = (struct frame){
        .zone_code = code,
        .side = (int)side,
        .gt = {settle(x, DEMO_PIXEL) - half, DEMO_PIXEL, 0, settle(y, DEMO_PIXEL) + half, 0,
               -DEMO_PIXEL},
        .x = mem_alloc(side * side, sizeof(double)),
        .y = mem_alloc(side * side, sizeof(double)),
        .relief = mem_alloc(side * side, sizeof(double)),
        .land = mem_alloc(side * side, sizeof(struct field_land)),
    };
    place_pixels(f, map, land);
    for (size_t i = 0; i < side * side; i++) {
        f->relief[i] = field_relief(land->seed, f->x[i], f->y[i]);
        f->land[i] = field_land(land->seed, f->x[i], f->y[i]);
    }
    crs_transform_close(map);
    return MSG_OK;
}

/* One look of the sensor: when, under what sky. */
struct look {
    struct date when;
    uint32_t seed;
    double cover; /* clouds lie where their field is above this */
    double edge;  /* the swath ends where x + y / 3 is above this, in km */
    double sun;   /* 0 by night to 1 at the warmest hour */
};

static double warmth(int class, double sun)
{
    switch (class) {
    case FIELD_PASTURE:
        return 6.5 * sun - 1;
    case FIELD_GRASS:
        return 5 * sun - 0.7;
    case FIELD_SAVANNA:
        return 2.5 * sun - 0.3;
    case FIELD_TOWN:
        return 7 * sun + 1.5;
    case FIELD_WATER:
        return 2 - 4 * sun;
    default:
        return 0;
    }
}

static double greenness(int class)
{
    switch (class) {
    case FIELD_PASTURE:
        return 0.52;
    case FIELD_GRASS:
        return 0.45;
    case FIELD_SAVANNA:
        return 0.66;
    case FIELD_TOWN:
        return 0.22;
    case FIELD_WATER:
        return -0.08;
    default:
        return 0.84;
    }
}

/* The surface's temperature under a clear sky, in K; x and y in km from the site. */
static double temperature(const struct look *k, double x, double y, double relief,
                          int class)
{
    double weather = 5 * (field_noise(k->seed + 1, x / 30, y / 30) - 0.5);
    return 295.5 + 8 * k->sun - 7 * relief + warmth(class, k->sun) + weather;
}

static double value(int layer, const struct frame *f, size_t i, const struct look *k,
                    double cloud)
{
    double x = f->x[i], y = f->y[i], near = cloud - (k->cover - 0.04);
    if (cloud > k->cover || x + y / 3 > k->edge)
        return (double)NAN;
    double edge = near > 0 ? near : 0;
    double grain = field_random(k->seed + 3, (uint32_t)i, (uint32_t)layer) - 0.5;
    int class = field_class(&f->land[i], k->when.year);
    if (layer == DEMO_LST) {
        double t = temperature(k, x, y, f->relief[i], class) - 50 * edge + 1.2 * grain;
        return rint(t * 50) / 50;
    }
    double season = 0.08 * (field_noise(k->seed + 2, x / 12, y / 12) - 0.5);
    double green = greenness(class) + season + 0.06 * grain;
    return rint((layer == DEMO_NDVI ? green : 0.02 + edge + 0.03 * (1 - green)) * 1e4) /
           1e4;
}

static int write_layer(const struct demo_land *land, const struct frame *f,
                       const struct look *k, int layer, const double *cloud)
{
    static const char *const product[] = {"ECO_L2T_LSTE.002_LST", "ECO_L2T_STARS.002_NDVI",
                                          "ECO_L2T_STARS.002_NDVI-UQ"};
    static const char *const unit[] = {"K", NULL, NULL};
    const struct date *d = &k->when;
    char name[160];
    snprintf(name, sizeof name, "%s/%s_doy%04d%03d%02d%02d%02d_aid0001_%02d%c.tif",
             land->site->name, product[layer], d->year, d->doy, d->hour, d->minute,
             d->second, f->zone_code % 100, f->zone_code / 100 == 327 ? 'S' : 'N');
    size_t n = (size_t)f->side * (size_t)f->side;
    double *v = mem_alloc(n, sizeof *v);
    for (size_t i = 0; i < n; i++)
        v[i] = value(layer, f, i, k, cloud[i]);
    struct ras_spec spec = {
        .grid.columns = f->side,
        .grid.rows = f->side,
        .nbands = 1,
        .type = RAS_F32,
        .grid.crs = crs_of_epsg(f->zone_code),
        .has_nodata = true,
        .nodata = (double)NAN,
        .unit = unit[layer],
        .tile = land->demo->tile,
    };
    memcpy(spec.grid.gt, f->gt, sizeof spec.grid.gt);
    char *path = demo_path(land->demo, "scenes", name);
    int status = demo_raster(path, &spec, v);
    free(path);
    free(v);
    return status;
}

/* 0 by night to 1 at the warmest hour of the sun's day. */
static double sun_at(double utc_hour, double longitude)
{
    double hour = utc_hour + longitude / 15;
    hour -= 24 * floor(hour / 24);
    double late = (hour - 13) / 6.5;
    return late * late < 1 ? 1 - late * late : 0;
}

/* Look number `index` of those at temperature (daily false) or at greenness. */
static struct look take_look(const struct demo_land *land, int index, bool daily)
{
    const struct demo *d = land->demo;
    struct look k = {.seed = field_hash(land->seed, (uint32_t)index, daily ? 77 : 99),
                     .edge = 1e9};
    long long years = d->last_year - d->first_year + 1, last = d->scenes - 1;
    long long year = last < 1        ? d->first_year
                     : index == last ? d->last_year + 1
                                     : d->first_year + index * years / last;
    date_set_doy(&k.when, (int)year, 1 + (int)(field_hash(k.seed, 1, 1) % 365));
    if (!daily)
        date_set_time(&k.when, (int)(field_hash(k.seed, 2, 2) % 24),
                      (int)(field_hash(k.seed, 3, 3) % 60),
                      (int)(field_hash(k.seed, 4, 4) % 60));
    k.sun = sun_at(k.when.hour + k.when.minute / 60.0, land->site->longitude);
    k.cover = 0.5 + 0.14 * field_random(k.seed, 5, 5);
    if (index % 5 == 1)
        k.edge = 10 * d->size / 900.0;
    /* One sky without a gap, where there is more than one site. */
    if (!daily && land->site == d->sites + 1 && index == d->scenes - 2)
        k.cover = -1;
    return k;
}

static int write_look(const struct demo_land *land, const struct frame *f,
                      const struct look *k, bool daily)
{
    size_t n = (size_t)f->side * (size_t)f->side;
    double *cloud = mem_alloc(n, sizeof *cloud), km = 11 * f->side / 900.0;
    for (size_t i = 0; i < n; i++)
        cloud[i] = field_fractal(k->seed + 9, f->x[i] / km, f->y[i] / km, 5);
    int status = MSG_OK, first = daily ? DEMO_NDVI : DEMO_LST;
    int last = daily ? DEMO_NDVI_UQ : DEMO_LST;
    for (int layer = first; layer <= last; layer++)
        if (land->demo->layer[layer] && status == MSG_OK)
            status = write_layer(land, f, k, layer, cloud);
    free(cloud);
    return status;
}

/* AppEEARS delivers what lies across a zone's border in both zones; here each third look
 * of such a site comes in the neighbour's. */
int demo_scenes(const struct demo_land *land)
{
    const struct demo *d = land->demo;
    double reach = d->size / 30.0 / land->km_east;
    int code = crs_utm(land->site->longitude, land->site->latitude), other = code;
    for (int side = -1; side <= 1; side += 2) {
        int beside = crs_utm(land->site->longitude + side * reach, land->site->latitude);
        other = beside != code ? beside : other;
    }
    if (!code || !other) {
        msg_error("%s: no UTM zone there", land->site->name);
        return MSG_USAGE;
    }
    struct frame frames[2] = {0};
    int status = frame_init(&frames[0], land, code);
    if (status == MSG_OK && other != code)
        status = frame_init(&frames[1], land, other);
    for (int daily = 0; daily < 2; daily++)
        for (int i = 0; i < d->scenes && status == MSG_OK; i++) {
            struct look k = take_look(land, i, daily);
            status = write_look(land, &frames[other != code && i % 3 == 2], &k, daily);
        }
    frame_free(&frames[0]);
    frame_free(&frames[1]);
    return status;
}

double demo_at_tower(const struct demo_land *land, int index, struct date *when)
{
    struct look k = take_look(land, index, false);
    struct field_land under = field_land(land->seed, 0, 0);
    *when = k.when;
    return temperature(&k, 0, 0, field_relief(land->seed, 0, 0),
                       field_class(&under, k.when.year));
}

double demo_at_hour(const struct demo_land *land, long day, double utc_hour, int year)
{
    struct look k = {.seed = land->seed + 55,
                     .sun = sun_at(utc_hour, land->site->longitude)};
    struct field_land under = field_land(land->seed, 0, 0);
    /* Weather that lasts a week: its field moves by, 4 km a day. */
    return temperature(&k, 4 * (double)(day - 18000), 0, field_relief(land->seed, 0, 0),
                       field_class(&under, year));
}
