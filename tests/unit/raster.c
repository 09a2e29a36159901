/* Rasters to read: what the GeoTIFF reader takes, it reads as GDAL does; the rest GDAL
 * reads. The oracle is the same file beside an empty .aux.xml, which only GDAL opens, and,
 * for that itself, what gdal_translate makes of it. */
#include "raster/raster.h"
#include "base/mem.h"
#include "catch.h"
#include "dice.h"
#include "geo/crs.h"
#include "raster/geotiff_write.h"
#include "unit.h"

/* 0 to n - 1. */
static int below(int n)
{
    return (int)dice(0, n - 1);
}

static bool shell(const char *command)
{
    bool good = system(command) == 0;
    if (!good)
        printf("# failed: %s\n", command);
    return good;
}

/* ---- Comparing two readings ------------------------------------------------------ */

/* The same text, or both none. */
static bool alike(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static bool same_bits(const double *a, const double *b, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (memcmp(&a[i], &b[i], sizeof *a) != 0 && !(isnan(a[i]) && isnan(b[i])))
            return false;
    return true;
}

static bool same_heading(const struct ras *a, const struct ras *b)
{
    bool good = a->grid.columns == b->grid.columns && a->grid.rows == b->grid.rows &&
                a->nbands == b->nbands && a->has_gt == b->has_gt &&
                memcmp(a->grid.gt, b->grid.gt, sizeof a->grid.gt) == 0 &&
                (a->grid.crs == b->grid.crs ||
                 (a->grid.crs && b->grid.crs && crs_same(a->grid.crs, b->grid.crs))) &&
                a->ntags == b->ntags;
    for (int i = 0; good && i < a->nbands; i++) {
        const struct ras_band *p = &a->band[i], *q = &b->band[i];
        /* GDAL rounds nodata to the band's type. */
        bool nodata = p->has_nodata == q->has_nodata &&
                      (!p->has_nodata || p->nodata == q->nodata ||
                       (isnan(p->nodata) && isnan(q->nodata)) ||
                       (p->type == RAS_F32 && (float)p->nodata == (float)q->nodata));
        good = p->type == q->type && nodata && p->scale == q->scale &&
               p->offset == q->offset && alike(p->description, q->description) &&
               alike(ras_unit(a, i), ras_unit(b, i));
    }
    for (size_t i = 0; good && i < a->ntags; i++)
        good = alike(a->tag[i].value, ras_tag(b, a->tag[i].key));
    return good;
}

/* All pixels of all bands, raw and not, and some windows; and through a table. */
static bool same_pixels(struct ras *a, struct ras *b)
{
    size_t n = (size_t)a->grid.columns * (size_t)a->grid.rows;
    double *v = mem_alloc(2 * n, sizeof *v);
    unsigned char *looked_up = mem_alloc(n, 1), *table = mem_alloc(65536, 1);
    for (int i = 0; i < 65536; i++)
        table[i] = (unsigned char)(1 + i * 7 % 251);
    bool good = true;
    for (int band = 0; good && band < a->nbands; band++) {
        for (unsigned flags = 0; good && flags <= RAS_RAW; flags++)
            good = ras_read(a, band, 0, 0, a->grid.columns, a->grid.rows, v, flags) ==
                       MSG_OK &&
                   ras_read(b, band, 0, 0, a->grid.columns, a->grid.rows, v + n, flags) ==
                       MSG_OK &&
                   same_bits(v, v + n, n);
        for (int i = 0; good && i < 5; i++) {
            int x = below(a->grid.columns), y = below(a->grid.rows);
            int w = 1 + below(a->grid.columns - x), h = 1 + below(a->grid.rows - y);
            good = ras_read(a, band, x, y, w, h, v, RAS_RAW) == MSG_OK;
            for (int row = 0; good && row < h; row++)
                good = same_bits(v + (size_t)row * (size_t)w,
                                 v + n + (size_t)(y + row) * (size_t)a->grid.columns + x,
                                 (size_t)w);
        }
        good = good && ras_read_table(a, band, 0, 0, a->grid.columns, a->grid.rows, table,
                                      looked_up) == MSG_OK;
        for (size_t i = 0; good && i < n; i++) {
            double x = v[n + i];
            bool whole = x >= 0 && x <= 65535 && x == floor(x);
            good = looked_up[i] == (whole ? table[(int)x] : 0);
        }
    }
    free(looked_up);
    free(table);
    free(v);
    return good;
}

/* Reads a file both ways. direct: whether the GeoTIFF reader was to take it (-1: either).
 * Counts in *count, when it is not NULL, the files that it took. */
static void compare(const char *path, int direct, int *count)
{
    char command[1000];
    snprintf(command, sizeof command,
             "p=$(realpath '%s'); rm -f twin.tif*; ln -s \"$p\" twin.tif; "
             "[ ! -e \"$p.msk\" ] || ln -s \"$p.msk\" twin.tif.msk; "
             "echo '<PAMDataset/>' >twin.tif.aux.xml",
             path);
    CHECK(shell(command));
    struct ras a, b;
    if (ras_open(&a, path) != MSG_OK) {
        printf("# %s\n", path);
        CHECK(!"it opens");
        return;
    }
    CHECK(ras_open(&b, "twin.tif") == MSG_OK);
    bool taken = a.driver == &ras_tiff_driver, heading = same_heading(&a, &b);
    bool pixels = heading && same_pixels(&a, &b);
    for (size_t i = 0; !heading && i < a.ntags; i++)
        printf("# %s=%s\n", a.tag[i].key, a.tag[i].value);
    for (size_t i = 0; !heading && i < b.ntags; i++)
        printf("# GDAL: %s=%s\n", b.tag[i].key, b.tag[i].value);
    if (!heading || !pixels || (direct >= 0 && taken != direct))
        printf("# %s: %s\n", path, !heading ? "heading" : !pixels ? "pixels" : "driver");
    CHECK(b.driver != &ras_tiff_driver);
    CHECK(heading && pixels);
    CHECK(direct < 0 || taken == direct);
    if (count)
        *count += taken;
    ras_close(&a);
    ras_close(&b);
}

/* ---- Made files ------------------------------------------------------------------ */

/* base.tif: 100 x 70, values 0 to 250 with gaps in them (0 for missing). */
static void make_base(void)
{
    FILE *f = fopen("base.asc", "w");
    fprintf(f, "ncols 100\nnrows 70\nxllcorner 500000\nyllcorner 9000000\ncellsize 70\n");
    for (int r = 0; r < 70; r++) {
        for (int c = 0; c < 100; c++)
            fprintf(f, "%d ", (c * 7 + r * 13) % 5 == 0 ? 0 : (c * c + r * 31) % 251);
        fprintf(f, "\n");
    }
    fclose(f);
    CHECK(shell("gdal_translate -q -ot Byte -a_srs EPSG:32721 base.asc base.tif"));
    CHECK(shell(
        "gdal_translate -q -b 1 -b 1 -b 1 -co PHOTOMETRIC=MINISBLACK base.tif three.tif"));
}

static void check_made(const char *options, const char *from, int direct)
{
    char command[600];
    snprintf(command, sizeof command,
             "rm -f made.tif*; gdal_translate -q %s %s made.tif && rm -f made.tif.aux.xml",
             options, from);
    CHECK(shell(command));
    bool before = unit_good;
    unit_good = true;
    compare("made.tif", direct, NULL);
    if (!unit_good)
        printf("# made with %s\n", options);
    unit_good = unit_good && before;
}

TEST(types_and_layouts)
{
    static const char *const types[] = {"Byte",  "UInt16",  "Int16",  "UInt32",
                                        "Int32", "Float32", "Float64"};
    static const char *const layouts[] = {
        "",
        "-co COMPRESS=DEFLATE -co PREDICTOR=2",
        "-co TILED=YES -co BLOCKXSIZE=32 -co BLOCKYSIZE=16 -co COMPRESS=LZW",
        "-co COMPRESS=ZSTD -co BLOCKYSIZE=7 -co BIGTIFF=YES",
        "-co ENDIANNESS=BIG -co COMPRESS=PACKBITS -co BLOCKYSIZE=70",
    };
    for (size_t t = 0; t < sizeof types / sizeof *types; t++)
        for (size_t l = 0; l < sizeof layouts / sizeof *layouts; l++) {
            char options[300];
            bool wide = strcmp(types[t], "Float64") == 0 && strstr(layouts[l], "PREDICTOR");
            snprintf(options, sizeof options, "-ot %s -a_nodata 0 %s", types[t],
                     wide ? "-co COMPRESS=DEFLATE -co PREDICTOR=3" : layouts[l]);
            check_made(options, "base.tif", 1);
        }
}

TEST(nodata_and_scale)
{
    check_made("-ot Float32 -a_nodata nan", "base.tif", 1);
    check_made("-ot Float32 -a_nodata -9999999999999", "base.tif", 1);
    check_made("-ot Float32 -a_nodata 3.3", "base.tif", 1);
    check_made("-ot UInt16 -a_nodata 7 -a_scale 0.02 -a_offset -3.5", "base.tif", 1);
    check_made("-ot UInt16 -mo scale_factor=0.02 -mo add_offset=1 -mo units=K", "base.tif",
               1);
    check_made("-ot Int32 -a_scale 2 -mo scale_factor=0.02", "base.tif", 1);
    check_made("-a_nodata 0 -mo 'A=<&\"x' -mo B= -mo 'C=&lt;&amp;lt;&quot;' -mo 'D=a&b;'",
               "base.tif", 1);
}

TEST(several_bands)
{
    check_made("-co INTERLEAVE=BAND -co PHOTOMETRIC=MINISBLACK", "three.tif", 1);
    check_made("-co INTERLEAVE=BAND -co TILED=YES -co BLOCKXSIZE=16 -co BLOCKYSIZE=16 -co "
               "PHOTOMETRIC=MINISBLACK",
               "three.tif", 1);
    check_made("-co INTERLEAVE=PIXEL", "three.tif", 0);
    check_made("-b 1 -b 2 -co INTERLEAVE=BAND -co ALPHA=YES", "three.tif", 0);
    check_made("-co INTERLEAVE=BAND -co PHOTOMETRIC=RGB", "three.tif", -1);
    CHECK(shell(
        "rm -f named.tif; gdal_translate -q -co INTERLEAVE=BAND three.tif named.vrt &&"
        " sed -i 's|<VRTRasterBand dataType=\"Byte\" band=\"2\">|&<Description>LST \\&amp;"
        " co</Description><UnitType>K</UnitType><Scale>0.5</Scale>|' named.vrt"));
    check_made("-co INTERLEAVE=BAND -co PHOTOMETRIC=MINISBLACK", "named.vrt", 1);
    struct ras r;
    CHECK(ras_open(&r, "made.tif") == MSG_OK);
    CHECK(ras_find_band(&r, "LST & co") == 1 && ras_find_band(&r, "LST") == -1);
    CHECK_TEXT(ras_unit(&r, 1), "K");
    ras_close(&r);
}

/* Blocks that are left out, by files with and without nodata. */
TEST(sparse)
{
    CHECK(shell("rm -f hole.tif; gdal_create -q -ot Int16 -outsize 200 200 -bands 2 -a_srs "
                "EPSG:32721 -a_ullr 0 200 200 0 -co SPARSE_OK=TRUE -co TILED=YES -co "
                "BLOCKXSIZE=64 -co BLOCKYSIZE=64 -co INTERLEAVE=BAND hole.tif"));
    compare("hole.tif", 1, NULL);
    static const char *const options[] = {
        "-a_nodata 5",
        "-ot Float32 -a_nodata nan",
        "-ot Float32 -a_nodata -9999999999999",
        "-ot Byte -a_nodata 255",
    };
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        char all[300];
        snprintf(all, sizeof all, "-co SPARSE_OK=TRUE -co INTERLEAVE=BAND %s", options[i]);
        check_made(all, "hole.tif", -1);
    }
}

/* Nodata that the type cannot hold, which gdal_translate does not write, in a file whose
 * last block is missing. */
TEST(odd_nodata)
{
    static const struct {
        enum ras_type type;
        double nodata;
    } odd[] = {
        {RAS_U8, -1},       {RAS_U8, 256},        {RAS_U8, 1.5},     {RAS_U16, 70000},
        {RAS_I16, 1.5},     {RAS_I16, -40000},    {RAS_I32, NAN},    {RAS_U32, -9999},
        {RAS_I32, 3e9},     {RAS_F32, 1e300},     {RAS_F32, -1e300}, {RAS_F32, HUGE_VAL},
        {RAS_U8, HUGE_VAL}, {RAS_F64, -HUGE_VAL}, {RAS_F32, 0.1},    {RAS_U8, -0.0},
    };
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        struct ras_spec spec = {.grid.columns = 20,
                                .grid.rows = 20000,
                                .nbands = 1,
                                .type = odd[i].type,
                                .grid.gt = {0, 1, 0, 0, 0, -1},
                                .grid.crs = crs_of("EPSG:32721"),
                                .has_nodata = true,
                                .nodata = odd[i].nodata};
        struct ras_writer w;
        CHECK(ras_create(&w, "odd.tif", &spec) == MSG_OK);
        double *v = mem_alloc(400000, sizeof *v);
        for (int k = 0; k < 400000; k++)
            v[k] = k % 3;
        CHECK(w.block_rows < 20000);
        CHECK(ras_put_rows(&w, 0, 0, v) == MSG_OK);
        CHECK(ras_commit(&w) == MSG_OK);
        free(v);
        bool before = unit_good;
        unit_good = true;
        compare("odd.tif", -1, NULL);
        if (!unit_good)
            printf("# %s, nodata %g\n", ras_type_name(odd[i].type), odd[i].nodata);
        unit_good = unit_good && before;
    }
}

/* What GDAL reads in ways of its own is left to it. */
TEST(left_to_gdal)
{
    const char *threads = getenv("OPENBLAS_NUM_THREADS"); /* of one of GDAL's libraries */
    CHECK(threads && strcmp(threads, "1") == 0);
    check_made("-co NBITS=5 -scale 0 255 0 31", "base.tif", 0);
    check_made("-ot Float32 -co NBITS=16", "base.tif", 0);
    check_made("-mo AREA_OR_POINT=Point", "base.tif", 0);
    check_made("-a_srs EPSG:5880", "base.tif", 1); /* the code says all */
    check_made("-a_srs EPSG:2229", "base.tif", 0); /* feet */
    check_made("-a_srs EPSG:32721+5773", "base.tif", 0);
    check_made("-mo NODATA_VALUES=7", "base.tif", 0);
    check_made("-co COMPRESS=JPEG", "base.tif", 0);
    check_made("-mask 1 --config GDAL_TIFF_INTERNAL_MASK YES", "base.tif", 0);
    check_made("-mask 1 --config GDAL_TIFF_INTERNAL_MASK NO", "base.tif", 0);
    check_made("-a_ullr 500000 9000000 507000 9004900", "base.tif", -1); /* south up */
    CHECK(
        shell("rm -f turned.vrt; gdal_translate -q base.tif turned.vrt && sed -i "
              "'s|<GeoTransform>.*</G|<GeoTransform>5e5,60,10,9e6,10,-60</G|' turned.vrt"));
    check_made("", "turned.vrt", 1);
    CHECK(
        shell("rm -f pages.tif; gdal_translate -q base.tif pages.tif && gdal_translate -q "
              "-co APPEND_SUBDATASET=YES base.tif pages.tif"));
    compare("pages.tif", 0, NULL);
    CHECK(shell("gdal_translate -q -of COG -co BLOCKSIZE=128 -outsize 1000% 1000% base.tif "
                "cog.tif"));
    compare("cog.tif", 1, NULL);
    CHECK(shell("gdal_translate -q base.tif palette.vrt && sed -i "
                "'s|<ColorInterp>Gray</ColorInterp>|<ColorInterp>Palette</ColorInterp>"
                "<ColorTable><Entry c1=\"0\" c2=\"0\" c3=\"0\" c4=\"255\"/><Entry c1=\"9\" "
                "c2=\"9\" c3=\"9\" c4=\"255\"/></ColorTable>|' palette.vrt"));
    check_made("", "palette.vrt", 1);
}

/* The module's own reading against gdal_translate: raw values, nodata, and masks. */
TEST(module_reads_as_gdal_translate)
{
    static const char *const options[] = {
        "-ot UInt32 -a_nodata 7 -co NBITS=20",
        "-ot Float32 -a_nodata 3.3 -co NBITS=16",
        "-of netCDF -a_nodata 9",
        "-mask 1 --config GDAL_TIFF_INTERNAL_MASK YES",
    };
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        char command[400];
        snprintf(command, sizeof command,
                 "rm -f other* o.bin* m.bin*; gdal_translate -q %s base.tif other && "
                 "gdal_translate -q -of ENVI -ot Float64 other o.bin && "
                 "gdal_translate -q -of ENVI -b mask other m.bin",
                 options[i]);
        CHECK(shell(command));
        static double v[7000], expected[7000];
        static unsigned char valid[7000];
        FILE *f = fopen("o.bin", "rb"), *m = fopen("m.bin", "rb");
        CHECK(fread(expected, sizeof *expected, 7000, f) == 7000);
        CHECK(fread(valid, 1, 7000, m) == 7000);
        fclose(f);
        fclose(m);
        int missing = 0;
        for (int k = 0; k < 7000; k++) {
            missing += !valid[k];
            expected[k] = valid[k] ? expected[k] : (double)NAN;
        }
        struct ras r;
        CHECK(ras_open(&r, "other") == MSG_OK && r.driver != &ras_tiff_driver);
        CHECK(ras_read(&r, 0, 0, 0, 100, 70, v, RAS_RAW) == MSG_OK);
        CHECK(same_bits(v, expected, 7000));
        CHECK(missing > 0 || i == 1);
        ras_close(&r);
    }
}

/* ---- Real files ------------------------------------------------------------------ */

TEST(real_files)
{
    char command[600];
    snprintf(command, sizeof command, "find '%s' -name '*.tif' 2>/dev/null | sort",
             getenv("ECO_DATA"));
    FILE *f = popen(command, "r");
    char path[600];
    int files = 0, taken = 0;
    while (fgets(path, sizeof path, f)) {
        path[strcspn(path, "\n")] = '\0';
        /* Of the many small files of one kind, every tenth. */
        if (strstr(path, "real_outputs") && files++ % 10)
            continue;
        compare(path, -1, &taken);
    }
    pclose(f);
    if (!files)
        SKIP("no data");
    CHECK(taken > 80);
}

/* ---- Blocks kept, damage, and refusals ------------------------------------------- */

TEST(kept_blocks_change_nothing)
{
    CHECK(shell("gdal_translate -q -ot Float32 -co TILED=YES -co BLOCKXSIZE=16 -co "
                "BLOCKYSIZE=16 -co COMPRESS=DEFLATE base.tif kept.tif"));
    static const size_t bytes[] = {0, 1, 2000, 1 << 20};
    double all[7000], v[7000];
    struct ras r;
    CHECK(ras_open(&r, "kept.tif") == MSG_OK);
    CHECK(ras_read(&r, 0, 0, 0, 100, 70, all, 0) == MSG_OK);
    ras_close(&r);
    for (size_t k = 0; k < sizeof bytes / sizeof *bytes; k++) {
        CHECK(ras_open(&r, "kept.tif") == MSG_OK);
        ras_keep(&r, bytes[k]);
        int wrong = 0;
        for (int i = 0; i < 200; i++) {
            int x = below(100), y = below(70), w = 1 + below(100 - x),
                h = 1 + below(70 - y);
            CHECK(ras_read(&r, 0, x, y, w, h, v, 0) == MSG_OK);
            for (int row = 0; row < h; row++)
                wrong += !same_bits(v + row * w, all + (y + row) * 100 + x, (size_t)w);
        }
        CHECK(wrong == 0);
        ras_close(&r);
    }
}

/* A file that ends early, or has other bytes in it, is told: by its name, once. */
TEST(damaged)
{
    double *v = mem_alloc(7000, sizeof *v);
    CHECK(shell("gdal_translate -q -ot Float32 -co COMPRESS=DEFLATE base.tif whole.tif"));
    for (int part = 0; part < 100; part += 7) {
        char command[200];
        snprintf(command, sizeof command,
                 "head -c $(($(stat -c %%s whole.tif) * %d / 100)) whole.tif >cut.tif",
                 part);
        CHECK(shell(command));
        struct ras r;
        catch_start();
        int status = ras_open(&r, "cut.tif");
        if (status == MSG_OK) {
            status = ras_read(&r, 0, 0, 0, r.grid.columns, r.grid.rows, v, 0);
            ras_close(&r);
        }
        const char *said = catch_end();
        CHECK(status == MSG_INPUT);
        CHECK(strstr(said, "cut.tif: ") && strchr(said, '\n') == said + strlen(said) - 1);
    }
    free(v);
}

TEST(refusals)
{
    static const char *const commands[] = {
        "rm -f no.tif",
        "rm -rf no.tif; mkdir no.tif",
        "rmdir no.tif; : >no.tif",
        "echo text >no.tif",
        "printf 'II*\\0\\10\\0\\0\\0\\0\\0' >no.tif",
        "rm no.tif; gdal_translate -q -ot CFloat32 base.tif no.tif",
    };
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        CHECK(shell(commands[i]));
        struct ras r;
        catch_start();
        int status = ras_open(&r, "no.tif");
        const char *said = catch_end();
        CHECK(status == MSG_INPUT);
        CHECK(strncmp(said, "eco: no.tif: ", 13) == 0);
        CHECK(strchr(said, '\n') == said + strlen(said) - 1);
    }
}

/* ---- Places ---------------------------------------------------------------------- */

TEST(places)
{
    const double gt[6] = {5e5, 70, 0, 9e6, 0, -70}, turned[6] = {5e5, 60, 20, 9e6, 20, -60};
    const double none[6] = {0, 1, 2, 0, 2, 4};
    double inverse[6], x, y, c, r;
    CHECK(gt_invert(gt, inverse));
    for (int i = 0; i <= 10000; i += 7) {
        gt_place(gt, i, i, &x, &y);
        CHECK(x == 5e5 + 70.0 * i && y == 9e6 - 70.0 * i);
        gt_place(inverse, x, y, &c, &r);
        CHECK_NEAR(c, i, 1e-9);
        CHECK_NEAR(r, i, 1e-9);
    }
    CHECK(gt_invert(turned, inverse));
    gt_place(turned, 12.5, 99, &x, &y);
    gt_place(inverse, x, y, &c, &r);
    CHECK_NEAR(c, 12.5, 1e-9);
    CHECK_NEAR(r, 99, 1e-9);
    CHECK(!gt_invert(none, inverse));
}

/* ---- What is written is read again ----------------------------------------------- */

TEST(written_types)
{
    for (enum ras_type type = RAS_U8; type <= RAS_F64; type++)
        for (int tile = 0; tile <= 16; tile += 16) {
            struct ras_spec spec = {.grid.columns = 50,
                                    .grid.rows = 33,
                                    .nbands = 2,
                                    .type = type,
                                    .grid.gt = {5e5, 70, 0, 9e6, 0, -70},
                                    .grid.crs = crs_of("EPSG:32721"),
                                    .has_nodata = true,
                                    .nodata = 100,
                                    .tile = tile};
            static double v[2][1650], got[1650];
            struct ras_writer w;
            CHECK(ras_create(&w, "written.tif", &spec) == MSG_OK);
            for (int b = 0; b < 2; b++) {
                for (int i = 0; i < 1650; i++)
                    v[b][i] = (i + b) % 9 ? (i * 3 + b) % 99 : (double)NAN;
                for (int row = 0; row < 33; row += w.block_rows)
                    CHECK(ras_put_rows(&w, b, row, v[b] + row * 50) == MSG_OK);
            }
            CHECK(ras_commit(&w) == MSG_OK);
            struct ras r;
            CHECK(ras_open(&r, "written.tif") == MSG_OK);
            CHECK(r.band[0].type == type && r.driver == &ras_tiff_driver);
            CHECK(r.grid.crs == crs_of("EPSG:32721"));
            for (int b = 0; b < 2; b++) {
                CHECK(ras_read(&r, b, 0, 0, 50, 33, got, 0) == MSG_OK);
                CHECK(same_bits(got, v[b], 1650));
            }
            ras_close(&r);
            if (type != RAS_I8)
                compare("written.tif", 1, NULL);
        }
}

/* Metadata of all kinds come back, for us and for GDAL. */
TEST(written_metadata)
{
    static const struct ras_tag tags[] = {
        {(char *)"cmd", (char *)"eco-x 'a<b>' \"&amp;\" &"},
        {(char *)"plain", (char *)"one two"}};
    static const char *const names[] = {"LST & \"co\"", "n < 3"};
    struct ras_spec spec = {.grid.columns = 3,
                            .grid.rows = 2,
                            .nbands = 2,
                            .type = RAS_F32,
                            .grid.gt = {5e5, 60, 20, 9e6, 20, -60},
                            .grid.crs = crs_of("EPSG:2229"),
                            .description = names,
                            .unit = "W m-2",
                            .tag = tags,
                            .ntags = 2};
    static const double v[6] = {1, 2, 3, 4, 5, 6};
    struct ras_writer w;
    CHECK(ras_create(&w, "tags.tif", &spec) == MSG_OK);
    CHECK(ras_put_rows(&w, 0, 0, v) == MSG_OK && ras_put_rows(&w, 1, 0, v) == MSG_OK);
    CHECK(ras_commit(&w) == MSG_OK);
    compare("tags.tif", 0, NULL);
    static const char *const plain[] = {"EPSG:5880", "EPSG:4674", "EPSG:4326"};
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
        spec.grid.crs = crs_of(plain[i]);
        CHECK(ras_create(&w, "tags.tif", &spec) == MSG_OK);
        CHECK(ras_put_rows(&w, 0, 0, v) == MSG_OK && ras_put_rows(&w, 1, 0, v) == MSG_OK);
        CHECK(ras_commit(&w) == MSG_OK);
        compare("tags.tif", 1, NULL);
    }
    struct ras r;
    CHECK(ras_open(&r, "tags.tif") == MSG_OK);
    for (int i = 0; i < 2; i++) {
        CHECK_TEXT(ras_tag(&r, tags[i].key), tags[i].value);
        CHECK_TEXT(r.band[i].description, names[i]);
    }
    CHECK_TEXT(ras_unit(&r, 0), "W m-2");
    CHECK(memcmp(r.grid.gt, spec.grid.gt, sizeof r.grid.gt) == 0);
    ras_close(&r);
}

int main(void)
{
    /* Data are found from where the program was started. */
    char cwd[400], data[420];
    if (!getenv("ECO_DATA") && getcwd(cwd, sizeof cwd)) {
        snprintf(data, sizeof data, "%s/../shared/data", cwd);
        setenv("ECO_DATA", data, 1);
    }
    catch_folder();
    make_base();
    RUN(types_and_layouts);
    RUN(nodata_and_scale);
    RUN(several_bands);
    RUN(sparse);
    RUN(odd_nodata);
    RUN(left_to_gdal);
    RUN(module_reads_as_gdal_translate);
    RUN(real_files);
    RUN(kept_blocks_change_nothing);
    RUN(damaged);
    RUN(refusals);
    RUN(places);
    RUN(written_types);
    RUN(written_metadata);
    catch_folder_end();
    return unit_end();
}
