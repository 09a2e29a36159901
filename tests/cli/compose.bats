# eco-compose: against awk's and miller's arithmetic on the same numbers.
load ../lib/common
load ../lib/pixels

setup() {
    cd "$BATS_TEST_TMPDIR"
}

PLACE=500000,70,0,9700000,0,-70

# scene TIME EXPRESSION [WEIGHT] : a coarse raster of LST as eco-regrid makes them, 6 x 5 cells.
scene() {
    local name=Regrid_ECO_L2T_LSTE.002_LST_doy$1_aid0001_21S.tif band
    local of=("$2" "${3:-0.5}" "${4:-3}") names=(mean coverage n)
    for band in 0 1 2; do
        make_raster $band.tif 6 5 Float32 nan $PLACE EPSG:32721 "${of[band]}"
    done
    gdalbuildvrt -q -separate s.vrt 0.tif 1.tif 2.tif
    for band in 0 1 2; do
        sed -i "s|<VRTRasterBand dataType=\"Float32\" band=\"$((band + 1))\">|&<Description>${names[band]}</Description>|" s.vrt
    done
    gdal_translate -q s.vrt "$name"
    rm s.vrt ?.tif
}

# Random scenes of two summers, one in winter; some cells are missing, one always.
scenes() {
    local k time
    for time in 2020183094621 2020221094621 2020222012345 2020225081132 2020244233059 2020336120000 2021003120000 2021221094621; do
        k=$((10#$time % 9973))
        scene $time "srand($k + 100 * \$r + \$c); \$c == 5 && \$r == 4 || rand() < 0.2 ? \$nan : 290 + 20 * rand()" \
            "srand($k + 7 * \$r + \$c); rand()" "srand($k + 3 * \$r + \$c); 1 + int(9 * rand())"
    done
}

# The values of a cell number of some rasters' band, one a line.
values_of() {
    local cell=$1 band=$2 file
    shift 2
    for file; do pixels "$file" "$band" | sed -n "${cell}p"; done
}

@test "means, weighted means, percentiles are those of the scenes of each month" {
    scenes
    eco-compose --no-provenance --by month --stat mean,n,stddev,p90,max --out-dir monthly Regrid_*.tif >got.tsv 2>said
    [ "$(cut -f 1-6 got.tsv)" = "$(printf '%b' '#layer\tperiod\tscenes\tfrom\tto\toutput\n' \
        'LST\t2020-07\t1\t2020-07-01T09:46:21Z\t2020-07-01T09:46:21Z\tmonthly/LST_2020-07.tif\n' \
        'LST\t2020-08\t4\t2020-08-08T09:46:21Z\t2020-08-31T23:30:59Z\tmonthly/LST_2020-08.tif\n' \
        'LST\t2020-12\t1\t2020-12-01T12:00:00Z\t2020-12-01T12:00:00Z\tmonthly/LST_2020-12.tif\n' \
        'LST\t2021-01\t1\t2021-01-03T12:00:00Z\t2021-01-03T12:00:00Z\tmonthly/LST_2021-01.tif\n' \
        'LST\t2021-08\t1\t2021-08-09T09:46:21Z\t2021-08-09T09:46:21Z\tmonthly/LST_2021-08.tif\n')" ]
    # Months without scenes are absent, and that is said.
    [ "$(cat said)" = "eco-compose: warning: LST: there are no scenes from 2020-09 to 2020-11
eco-compose: warning: LST: there are no scenes from 2021-02 to 2021-07" ]
    [ "$(ls monthly | wc -l)" -eq 5 ]
    [ "$(gdalinfo -json monthly/LST_2020-08.tif | jq -r '[.bands[].description] | join(",")')" = mean,n,stddev,p90,max ]
    august=(Regrid_*doy202022*.tif Regrid_*doy2020244*.tif)
    [ ${#august[@]} -eq 4 ]
    for cell in $(seq 30); do
        values_of "$cell" 1 "${august[@]}" | sort -g | awk '
            $1 != "nan" {v[++n] = $1; sum += $1}
            END {
                if (!n) {print "nan 0 nan nan nan"; exit}
                for (i = 1; i <= n; i++) squares += (v[i] - sum / n) ^ 2
                h = (n - 1) * 0.9; k = int(h)
                printf "%.9g %d %.9g %.9g %.9g\n", sum / n, n, sqrt(squares / n), v[k + 1] + (k + 1 < n ? (h - k) * (v[k + 2] - v[k + 1]) : 0), v[n]
            }'
    done >want.txt
    for band in 1 2 3 4 5; do pixels monthly/LST_2020-08.tif $band >b$band; done
    paste b1 b2 b3 b4 b5 want.txt | awk '
        {for (i = 1; i <= 5; i++) if ($i != $(i + 5) && !(($i - $(i + 5)) ^ 2 <= 1e-9)) bad++}
        $2 > 2 {n++}
        END {exit !(NR == 30 && n > 10 && !bad)}'
    [ "$(sed -n 30p b2) $(sed -n 30p b1)" = "0 nan" ]
    # By coverage, and by n.
    for weight in coverage:2 n:3; do
        eco-compose --by month --stat mean,n,median --weights ${weight%:*} --out-dir weighed Regrid_*.tif >w.tsv 2>said
        for cell in $(seq 30); do
            paste <(values_of "$cell" 1 "${august[@]}") <(values_of "$cell" ${weight#*:} "${august[@]}") | awk '
                $1 != "nan" && $2 > 0 {sum += $1 * $2; w += $2}
                END {if (w) printf "%.9g %.9g\n", sum / w, w; else print "nan 0"}'
        done >want.txt
        paste <(pixels weighed/LST_2020-08.tif) <(pixels weighed/LST_2020-08.tif 2) want.txt |
            awk '{if ($1 != $3 && !(($1 - $3) ^ 2 <= 1e-9) || ($2 - $4) ^ 2 > 1e-10) bad++} END {exit !(NR == 30 && !bad)}'
    done
}

@test "the periods are those of the calendar, and of the sun" {
    scenes
    while read -r by periods; do
        [ "$(eco-compose --no-provenance --by $by --out-dir $by Regrid_*.tif 2>said | awk '!/^#/ {printf "%s%s:%s", sep, $2, $3; sep = ","}')" = "$periods" ]
    done <<'END'
season 2020-JJA:5,2021-DJF:2,2021-JJA:1
year 2020:6,2021:2
doy doy003:1,doy183:1,doy221:2,doy222:1,doy225:1,doy244:1,doy336:1
all all:8
END
    # Local solar time at 57 W is UTC - 3:48, and the equation of time, some minutes.
    eco-sample --points <(printf '##crs=EPSG:32721\n#x\ty\n500210\t9699825\n') Regrid_*.tif | grep -v '^#' |
        cut -f 4 | cut -c 12-13 | sort | uniq -c | awk '{printf "%sh%s:%s", sep, $2, $1; sep = ","}' >want
    [ "$(eco-compose --no-provenance --by solar-hour --out-dir hours Regrid_*.tif | awk '!/^#/ {printf "%s%s:%s", sep, $2, $3; sep = ","}')" = "$(cat want)" ]
    [ -e hours/LST_h05.tif ]
}

@test "neither the order of rasters nor the memory changes a bit" {
    scenes
    options=(--no-provenance --by year --stat "mean,stddev,median,mode,n" --weights n)
    eco-compose "${options[@]}" --out-dir a Regrid_*.tif >a.tsv
    ls Regrid_*.tif | tac | eco-compose "${options[@]}" --out-dir b >b.tsv
    # Percentiles beside it do not change a mean.
    eco-compose --by year --stat mean,stddev --weights n --out-dir c Regrid_*.tif >c.tsv
    for year in 2020 2021; do
        cmp a/LST_$year.tif b/LST_$year.tif
        for band in 1 2; do cmp <(pixels a/LST_$year.tif $band) <(pixels c/LST_$year.tif $band); done
    done
    cmp <(cut -f 1-5 a.tsv) <(cut -f 1-5 b.tsv)
    # A grid that is worked out in parts.
    for k in 1 2 3; do
        make_raster ECO_L2T_LSTE.002_LST_doy202022${k}094621_aid0001_21S.tif 700 600 Float32 nan $PLACE EPSG:32721 "dice() < 0.$k ? \$nan : $k + dice()"
    done
    eco-compose --by all --stat mean,p75,n --memory 1G --out-dir whole ECO_*.tif >w.tsv
    eco-compose --by all --stat mean,p75,n --memory 12M --out-dir parts ECO_*.tif >p.tsv
    cmp whole/LST_all.tif parts/LST_all.tif
    [ "$(pixels parts/LST_all.tif 3 | sort -g | uniq -c | wc -l)" -eq 4 ]
    run --separate-stderr eco-compose --by all --stat median --memory 10K --out-dir none ECO_*.tif
    [ "$status" -eq 1 ]
    one_message '3 scenes of 700 x 600 cells take --memory 8M'
    [ ! -e none/LST_all.tif ]
}

@test "records in, and tables out of the records: scenes stand in the tags" {
    make_grid g.txt EPSG:32721 500000 9700000 140 140 10 10
    for time in 2020221094621 2020225081132; do
        make_raster ECO_L2T_LSTE.002_LST_doy${time}_aid0001_21S.tif 20 20 Float32 nan $PLACE EPSG:32721 '290 + dice()'
    done
    ls ECO_*.tif | eco-regrid --grid g.txt --out-dir coarse | eco-compose --by month --stat mean,n,p90 --out-dir monthly |
        eco-sample --cells --csv >LST.csv
    [ "$(wc -l <LST.csv)" -eq 101 ]
    [ "$(gdalinfo -json monthly/LST_2020-08.tif | jq -r '.metadata[""] | .ECO_SCENES, .ECO_PERIOD, .ECO_LAYER, .ECO_FROM, .ECO_TO, .ECO_WEIGHTS')" = \
        "ECO_L2T_LSTE.002_LST_doy2020221094621_aid0001_21S.tif
ECO_L2T_LSTE.002_LST_doy2020225081132_aid0001_21S.tif
2020-08
LST
2020-08-08T09:46:21Z
2020-08-12T08:11:32Z
equal" ]
    # The same of the table of all cells, by miller.
    command -v mlr >/dev/null || skip "no mlr"
    eco-sample --cells --csv coarse/*.tif | mlr --icsv --otsv put '$month = sub($date, "-..$", "")' \
        'then' stats1 -i -a mean,count,p90 -f LST -g month,pixel_id 'then' sort -f pixel_id 'then' cut -o -f LST_mean,LST_count,LST_p90 | tail -n +2 >want
    mlr --icsv --otsv sort -f pixel_id 'then' cut -o -f LST,n,LST_p90 LST.csv | tail -n +2 >got
    paste got want | awk '{for (i = 1; i <= 3; i++) if (($i - $(i + 3)) ^ 2 > 1e-8) bad++} END {exit !(NR == 100 && !bad)}'
}

@test "bad input: nothing is written, and one message says why" {
    scenes
    first=(Regrid_*.tif)
    make_raster Regrid_ECO_L2T_LSTE.002_LST_doy2020226081132_aid0001_21S.tif 6 5 Float32 nan 500010,70,0,9700000,0,-70 EPSG:32721 300
    run --separate-stderr eco-compose --by month --out-dir out Regrid_*.tif
    [ "$status" -eq 1 ]
    one_message "Regrid_ECO_L2T_LSTE.002_LST_doy2020226081132_aid0001_21S.tif: its cells are not those of ${first[0]}"
    rm Regrid_ECO_L2T_LSTE.002_LST_doy2020226*.tif
    make_raster odd.tif 6 5 Float32 nan $PLACE EPSG:32721 300
    run --separate-stderr eco-compose --by month --out-dir out "${first[@]}" odd.tif
    [ "$status" -eq 1 ]
    one_message "odd.tif: neither its tags nor its name tell the date that --by month needs"
    make_raster MOD11A1.061_LST_doy2020226_aid0001.tif 6 5 Float32 nan $PLACE EPSG:32721 300
    run --separate-stderr eco-compose --by solar-hour --out-dir out "${first[@]}" MOD11A1*.tif
    [ "$status" -eq 1 ]
    one_message "MOD11A1.061_LST_doy2020226_aid0001.tif: neither its tags nor its name tell the time of day that --by solar-hour needs"
    run --separate-stderr eco-compose --by month --weights coverage --out-dir out "${first[@]}" MOD11A1*.tif
    [ "$status" -eq 1 ]
    one_message "MOD11A1.061_LST_doy2020226_aid0001.tif: it has no band coverage for --weights"
    run --separate-stderr eco-compose --by month --out-dir out "${first[@]}" "${first[0]}"
    [ "$status" -eq 1 ]
    one_message "${first[0]}: this raster comes twice"
    run --separate-stderr eco-compose --by month --out-dir out "${first[@]}" missing.tif
    [ "$status" -eq 1 ]
    one_message "missing.tif"
    head -c 300 "${first[1]}" >cut.tif
    run --separate-stderr eco-compose --by all --out-dir out "${first[0]}" cut.tif
    [ "$status" -eq 1 ]
    one_message "cut.tif"
    [ ! -e out ]
    for bad in "" "--by week" "--by month --stat p101" "--by month --stat coverage" "--by month --weights area"; do
        run --separate-stderr eco-compose $bad "${first[@]}"
        [ "$status" -eq 2 ]
        one_message eco-compose
    done
    # A raster that is read is not replaced.
    eco-compose --by all --out-dir . "${first[0]}" >r.tsv
    run --separate-stderr eco-compose --by all --out-dir . LST_all.tif
    [ "$status" -eq 1 ]
    one_message "LST_all.tif: the output would replace this raster"
    run --separate-stderr eco-compose --by all --out-dir out </dev/null
    [ "$status" -eq 0 ]
    one_message "no rasters"
}
