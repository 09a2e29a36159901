/* tower: what a flux tower at the site measures, as AmeriFlux BASE. */
#include "base/atomic_file.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/msg.h"
#include "base/out.h"
#include "demo.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { HALF_HOURS = 48 };

static void put_stamp(struct out *o, long half_hour)
{
    struct date d = {0};
    char text[24];
    date_set_number(&d, half_hour / HALF_HOURS);
    int n = (int)(half_hour % HALF_HOURS);
    snprintf(text, sizeof text, "%04d%02d%02d%02d%02d", d.year, d.month, d.day, n / 2,
             n % 2 * 30);
    out_puts(o, text);
}

static void put_temperature(struct out *o, double kelvin)
{
    long hundredths = (long)rint((kelvin - 273.15) * 100) - DEMO_BIAS_HUNDREDTHS;
    char text[32];
    snprintf(text, sizeof text, "%s%ld.%02ld\n", hundredths < 0 ? "-" : "",
             labs(hundredths) / 100, labs(hundredths) % 100);
    out_puts(o, text);
}

/* Half hours of local standard time, from the first scene's year to the last one's. */
static void write_records(struct out *o, const struct demo_land *land)
{
    const struct demo *d = land->demo;
    struct date when = {0};
    date_set(&when, d->first_year, 1, 1);
    long first = date_number(&when) * HALF_HOURS;
    date_set(&when, d->last_year + 2, 1, 1);
    long n = date_number(&when) * HALF_HOURS - first;
    long ahead = 2 * (long)rint(land->site->longitude / 15);
    double *kelvin = mem_alloc((size_t)n, sizeof *kelvin);
    for (long i = 0; i < n; i++) {
        long utc = first + i - ahead;
        date_set_number(&when, utc / HALF_HOURS);
        kelvin[i] = demo_at_hour(land, utc / HALF_HOURS,
                                 (double)(utc % HALF_HOURS) / 2 + 0.25, when.year);
    }
    for (int look = 0; look < d->scenes; look++) {
        double seen = demo_at_tower(land, look, &when);
        /* An interval has its end, and not its start. */
        long i = (long)ceil(date_seconds(&when) / 1800) - 1 + ahead - first;
        if (i >= 0 && i < n)
            kelvin[i] = seen;
    }
    out_puts(o, "# Site: ");
    out_puts(o, land->site->name);
    out_puts(o, "\n# Version: 1-1\nTIMESTAMP_START,TIMESTAMP_END,T_CANOPY\n");
    for (long i = 0; i < n; i++) {
        put_stamp(o, first + i);
        out_char(o, ',');
        put_stamp(o, first + i + 1);
        out_char(o, ',');
        put_temperature(o, kelvin[i]);
    }
    free(kelvin);
}

int demo_tower(const struct demo_land *land)
{
    struct buf name = {0};
    struct atomic_file file = {0};
    struct out o;
    buf_printf(&name, "AMF_%s_BASE_HH_1-1.csv", land->site->name);
    char *path = demo_path(land->demo, "towers", name.s);
    int status = atomic_file_make_parents(path);
    if (status == MSG_OK)
        status = atomic_file_open(&file, path);
    if (status == MSG_OK) {
        out_init(&o, dup(file.fd), path);
        write_records(&o, land);
        status = out_close(&o);
    }
    if (status == MSG_OK)
        status = atomic_file_commit(&file);
    atomic_file_abort(&file);
    free(path);
    buf_free(&name);
    return status;
}
