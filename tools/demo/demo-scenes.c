/* demo-scenes: writes a folder of made-up ECOSTRESS scenes, class maps and polygons, in
 * the form and with the names that AppEEARS delivers:
 *
 *     DIR/scenes/SITE/ECO_L2T_LSTE.002_LST_doy2021043151219_aid0001_21S.tif ...
 *     DIR/classes/SITE/2021.tif ...
 *     DIR/polygons/SITE.geojson
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

static const char help[] =
    "usage: demo-scenes [OPTION]... DIR\n"
    "Write made-up scenes, class maps and polygons: the same bytes each time.\n"
    "\n"
    "Options:\n"
    "  --site NAME,LON,LAT   a site; may be repeated (two of the Amazon's)\n"
    "  --layers NAME,...     of LST, NDVI and NDVI-UQ (all three)\n"
    "  --scenes N            scenes of each layer, the last of them a year later\n"
    "                        than the last class map (7)\n"
    "  --size N              pixels of 70 m to a scene's side (900); the polygon's\n"
    "                        radius is a thirtieth of that in km\n"
    "  --years Y,Y           first and last year with a class map (2021,2022)\n"
    "  --tile N              tiles of N x N pixels, N a multiple of 16 (rows)\n"
    "  --seed N              another landscape and weather (1)\n"
    "  --help                print this and exit\n"
    "  --version             print the version and exit\n"
    "\n"
    "Examples:\n"
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

enum { SITE = CLI_FIRST_FREE, LAYERS, SCENES, SIZE, YEARS, TILE, SEED };

static int add_site(struct demo *d, const char *value)
{
    const char *comma = strchr(value, ',');
    size_t n = comma ? (size_t)(comma - value) : 0;
    double place[2];
    int numbers = 0;
    if (!n || !cli_numbers("--site", comma + 1, place, 2, 2, &numbers))
        return n ? MSG_USAGE : cli_usage("--site: not NAME,LON,LAT: \"%s\"", value);
    if (!crs_utm(place[0], place[1]))
        return cli_usage("--site: no UTM zone holds \"%s\"", value);
    d->sites = mem_grow(d->sites, &d->sites_cap, d->nsites + 1, sizeof *d->sites);
    d->sites[d->nsites++] = (struct demo_site){mem_slice(value, n), place[0], place[1]};
    return MSG_OK;
}

static int set_layers(struct demo *d, const char *value)
{
    static const char *const names[] = {"LST", "NDVI", "NDVI-UQ", NULL};
    struct list_item item;
    for (const char *rest = value; list_next(&rest, &item);) {
        char *name = mem_slice(item.s, item.n);
        int layer = cli_word("--layers", name, names);
        free(name);
        if (layer < 0)
            return MSG_USAGE;
        d->layer[layer] = true;
    }
    return MSG_OK;
}

static int set_years(struct demo *d, const char *value)
{
    double years[2];
    int n = 0;
    if (!cli_numbers("--years", value, years, 1, 2, &n))
        return MSG_USAGE;
    d->first_year = (long long)years[0];
    d->last_year = (long long)years[n - 1];
    if (d->first_year < 2000 || d->last_year < d->first_year || d->last_year > 2100)
        return cli_usage("--years: not two years, the first one first: \"%s\"", value);
    return MSG_OK;
}

static int set_count(const char *option, long long least, long long most, long long *to)
{
    return cli_count(option, optarg, least, most, to) ? MSG_OK : MSG_USAGE;
}

static int take_option(struct demo *d, struct cli *cli, int option)
{
    switch (option) {
    case SITE:
        return add_site(d, optarg);
    case LAYERS:
        return set_layers(d, optarg);
    case SCENES:
        return set_count("--scenes", 0, 100000, &d->scenes);
    case SIZE:
        return set_count("--size", 4, 20000, &d->size);
    case YEARS:
        return set_years(d, optarg);
    case TILE:
        if (set_count("--tile", 0, 4096, &d->tile) != MSG_OK)
            return MSG_USAGE;
        return d->tile % 16 ? cli_usage("--tile: not a multiple of 16") : MSG_OK;
    case SEED:
        return set_count("--seed", 0, 1000000000, &d->seed);
    default:
        return cli_option(cli, option);
    }
}

static int read_options(struct demo *d, struct cli *cli, int argc, char **argv)
{
    static const struct option options[] = {
        {"site", required_argument, NULL, SITE},
        {"layers", required_argument, NULL, LAYERS},
        {"scenes", required_argument, NULL, SCENES},
        {"size", required_argument, NULL, SIZE},
        {"years", required_argument, NULL, YEARS},
        {"tile", required_argument, NULL, TILE},
        {"seed", required_argument, NULL, SEED},
        CLI_COMMON,
        {0},
    };
    int status = MSG_OK;
    for (int c; status == MSG_OK && (c = getopt_long(argc, argv, "", options, NULL)) != -1;)
        status = take_option(d, cli, c);
    if (status != MSG_OK)
        return status;
    if (optind + 1 != argc)
        return cli_usage("one folder to write into is wanted");
    d->dir = argv[optind];
    if (!d->layer[DEMO_LST] && !d->layer[DEMO_NDVI] && !d->layer[DEMO_NDVI_UQ])
        status = set_layers(d, "LST,NDVI,NDVI-UQ");
    if (!d->nsites) {
        /* The second one's surroundings reach over a zone's border. */
        status = msg_worse(status, add_site(d, "Campina,-59.005,-2.148"));
        status = msg_worse(status, add_site(d, "Serra,-60.09,-2.609"));
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
    return status == MSG_OK ? demo_scenes(&land) : status;
}

int main(int argc, char **argv)
{
    struct cli cli;
    struct demo d = {
        .scenes = 7, .size = 900, .first_year = 2021, .last_year = 2022, .seed = 1};
    cli_init(&cli, argc, argv, help);
    int status = read_options(&d, &cli, argc, argv);
    for (size_t i = 0; i < d.nsites && status == MSG_OK; i++)
        status = write_site(&d, &d.sites[i]);
    for (size_t i = 0; i < d.nsites; i++)
        free(d.sites[i].name);
    free(d.sites);
    cli_free(&cli);
    return status;
}
