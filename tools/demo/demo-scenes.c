/* demo-scenes: writes a folder of made-up ECOSTRESS scenes, class maps, polygons and files
 * of towers, in the form and with the names that AppEEARS and AmeriFlux deliver:
 *
 *     DIR/scenes/SITE/ECO_L2T_LSTE.002_LST_doy2021043151219_aid0001_21S.tif ...
 *     DIR/classes/SITE/2021.tif ...
 *     DIR/polygons/SITE.geojson
 *     DIR/towers/AMF_SITE_BASE_HH_1-1.csv
 *
 * The same command always writes the same bytes. Forest is cool, pasture is hot by day,
 * high ground is cold, and clouds leave gaps: enough for a job's numbers and pictures to
 * mean something. All layers of a site lie in one folder, as they come from AppEEARS. */
#include "base/atomic_file.h"
#include "base/buf.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/num.h"
#include "base/options.h"
#include "demo.h"
#include "field.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] =
    "usage: demo-scenes [OPTION]... DIR\n"
    "Write made-up scenes, class maps, polygons and towers: the same bytes each time.\n";

static const char examples[] =
    "  demo-scenes demo/input\n"
    "  demo-scenes --site bench,-59.01,-2.15 --layers LST --scenes 24 bench\n";

/* cos of an angle in degrees, within 1e-9, by its series: the same bits everywhere. */
static double cosine(double degrees)
{
    double t = degrees / 57.29577951308232, s = t * t, sum = 1, term = 1;
    for (int i = 1; i < 12; i++) {
        term *= -s / ((2 * i - 1) * (2 * i));
        sum += term;
    }
    return sum;
}

static int add_site(void *to, const char *option, const char *value)
{
    struct demo *d = to;
    const char *rest = value;
    struct slice name;
    double place[2];
    if (!list_next(&rest, &name) || !name.n || !rest)
        return msg_usage("%s: not NAME,LON,LAT: \"%s\"", option, value);
    if (!options_numbers(option, rest, place, 2, 2, NULL))
        return MSG_USAGE;
    if (!crs_utm(place[0], place[1]))
        return msg_usage("%s: no UTM zone holds \"%s\"", option, value);
    d->sites = mem_grow(d->sites, &d->sites_cap, d->nsites + 1, sizeof *d->sites);
    d->sites[d->nsites++] =
        (struct demo_site){mem_slice(name.s, name.n), place[0], place[1]};
    return MSG_OK;
}

static const char *const layers[] = {"LST", "NDVI", "NDVI-UQ", NULL};

static int set_layers(void *to, const char *option, const char *value)
{
    struct demo *d = to;
    struct slice item;
    for (const char *rest = value; list_next(&rest, &item);) {
        char *name = mem_slice(item.s, item.n);
        int layer = options_word(option, name, layers);
        free(name);
        if (layer < 0)
            return MSG_USAGE;
        d->layer[layer] = true;
    }
    return MSG_OK;
}

static int set_years(void *to, const char *option, const char *value)
{
    struct demo *d = to;
    double years[2];
    int n = 0;
    if (!options_numbers(option, value, years, 1, 2, &n))
        return MSG_USAGE;
    d->first_year = (int)years[0];
    d->last_year = (int)years[n - 1];
    if (d->first_year < 2000 || d->last_year < d->first_year || d->last_year > 2100)
        return msg_usage("%s: not two years, the first one first: \"%s\"", option, value);
    return MSG_OK;
}

static int read_options(struct demo *d, struct options *o, int argc, char **argv)
{
    const struct option_row rows[] = {
        OPTION_CALL("site", "NAME,LON,LAT", add_site, d,
                    "a site; may be repeated (two of the Amazon's)"),
        OPTION_LIST("layers", "NAME,...", set_layers, d, layers,
                    "of LST, NDVI and NDVI-UQ (all three)"),
        OPTION_COUNT("scenes", "N", &d->scenes, 0, 100000,
                     "scenes of each layer, the last of them a year later than the last "
                     "class map (7)"),
        OPTION_COUNT("size", "N", &d->size, 4, 20000,
                     "pixels of 70 m to a scene's side (900); the polygon's radius is a "
                     "thirtieth of that in km"),
        OPTION_CALL("years", "Y,Y", set_years, d,
                    "first and last year with a class map (2021,2022)"),
        OPTION_COUNT("tile", "N", &d->tile, 0, 4096,
                     "tiles of N x N pixels, N a multiple of 16 (rows)"),
        OPTION_COUNT("seed", "N", &d->seed, 0, 1000000000,
                     "another landscape and weather (1)"),
        OPTION_END,
    };
    options_add(o, rows, 0);
    int status = options_parse(o, 1, argc, argv);
    if (status != MSG_OK)
        return status;
    if (d->tile % 16)
        return msg_usage("--tile: not a multiple of 16");
    if (o->nargs != 1)
        return msg_usage("one folder to write into is wanted");
    d->dir = o->args[0];
    if (!d->layer[DEMO_LST] && !d->layer[DEMO_NDVI] && !d->layer[DEMO_NDVI_UQ])
        status = set_layers(d, "--layers", "LST,NDVI,NDVI-UQ");
    if (!d->nsites) {
        /* The second one's surroundings reach over a zone's border. */
        status = msg_worse(status, add_site(d, "--site", "Campina,-59.005,-2.148"));
        status = msg_worse(status, add_site(d, "--site", "Serra,-60.09,-2.609"));
    }
    return status;
}

static int write_site(const struct demo *d, const struct demo_site *site)
{
    struct demo_land land = {.demo = d, .site = site, .seed = (uint32_t)d->seed};
    for (const char *s = site->name; *s; s++)
        land.seed = field_hash(land.seed, (unsigned char)*s, 0);
    land.km_north = 111.32;
    land.km_east = 111.32 * cosine(site->latitude);
    int status = demo_polygon(&land);
    if (status == MSG_OK)
        status = demo_classes(&land);
    if (status == MSG_OK)
        status = demo_scenes(&land);
    return status == MSG_OK && d->layer[DEMO_LST] ? demo_tower(&land) : status;
}

int main(int argc, char **argv)
{
    struct options o;
    struct demo d = {
        .scenes = 7, .size = 900, .first_year = 2021, .last_year = 2022, .seed = 1};
    options_init(&o, argc, argv, usage, examples);
    int status = read_options(&d, &o, argc, argv);
    for (size_t i = 0; i < d.nsites && status == MSG_OK; i++)
        status = write_site(&d, &d.sites[i]);
    for (size_t i = 0; i < d.nsites; i++)
        free(d.sites[i].name);
    free(d.sites);
    options_free(&o);
    return status;
}
