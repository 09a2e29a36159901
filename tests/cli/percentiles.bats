# Statistics by name, the same wherever statistics are named, against python's statistics.
load ../lib/common
load ../lib/pixels

setup() {
    cd "$BATS_TEST_TMPDIR"
}

NAMES=variance,stddev,rms,range,p0,p5,q1,median,q3,p90,p99.5,p100,iqr,whisker_low,whisker_high

# The same of the numbers of each line of stdin, by python.
judge() {
    command -v python3 >/dev/null || skip "no python3"
    python3 -c '
import statistics, sys
for line in sys.stdin:
    v = sorted(float(x) for x in line.split())
    def p(percent):  # type 7, from its definition
        h = (len(v) - 1) * percent / 100
        k = min(int(h), len(v) - 2)
        return v[k] + (h - k) * (v[k + 1] - v[k])
    q1, median, q3 = statistics.quantiles(v, n=4, method="inclusive")
    s = statistics.pvariance(v)
    low, high = q1 - 1.5 * (q3 - q1), q3 + 1.5 * (q3 - q1)
    print(s, s ** 0.5, (sum(x * x for x in v) / len(v)) ** 0.5, v[-1] - v[0], v[0], p(5), q1, median,
          q3, p(90), statistics.quantiles(v, n=1000, method="inclusive")[994], v[-1], q3 - q1,
          min(x for x in v if x >= low), max(x for x in v if x <= high))'
}

# Whether all numbers of two tables agree to 1e-6 of their size.
alike() {
    paste "$1" "$2" | awk -v n="$3" '
        {for (i = 1; i <= 15; i++) {d = $i - $(i + 15); if (NF != 30 || d * d > 1e-12 * ($i * $i + 1)) bad++}}
        END {exit !(NR == n && !bad)}'
}

@test "in cells, at points and in polygons they are python's" {
    # 6 x 6 cells of 7 x 7 pixels, with values far out and values that are equal.
    make_raster a.tif 42 42 Float64 none 500000,10,0,9700000,0,-10 EPSG:32721 \
        'dice() < 0.05 ? 900 * dice() : 290 + int(40 * dice()) / 2'
    make_grid g.txt EPSG:32721 500000 9700000 70 70 6 6
    pixels a.tif | awk '
        {k = int((NR - 1) / 42 / 7) * 6 + int((NR - 1) % 42 / 7); v[k] = v[k] " " $1}
        END {for (k = 0; k < 36; k++) print v[k]}' | judge >want
    eco-regrid --grid g.txt --bands $NAMES --dtype Float64 -o out.tif a.tif
    for band in $(seq 15); do pixels out.tif "$band" >"b$band"; done
    paste b1 b2 b3 b4 b5 b6 b7 b8 b9 b10 b11 b12 b13 b14 b15 >got
    alike got want 36
    [ "$(gdalinfo -json out.tif | jq -r '.bands | map(.description) | join(",")')" = "$NAMES" ]
    awk 'BEGIN {print "##crs=EPSG:32721\n#x\ty"; for (i = 0; i < 36; i++)
        print 500035 + i % 6 * 70 "\t" 9699965 - int(i / 6) * 70}' >points.tsv
    eco-sample --points points.tsv --window 7 --stat $NAMES a.tif | grep -v '^#' | cut -f 6-20 >got
    alike got want 36
    awk 'BEGIN {print "id,WKT"; for (i = 0; i < 36; i++) {
        x = 500000 + i % 6 * 70; y = 9700000 - int(i / 6) * 70
        printf "%d,\"POLYGON((%d %d,%d %d,%d %d,%d %d,%d %d))\"\n", i, x, y, x + 70, y, x + 70, y - 70, x, y - 70, x, y}}' >cells.csv
    eco-sample --polygons cells.csv --polygons-crs EPSG:32721 --stat $NAMES a.tif | grep -v '^#' | cut -f 4-18 >got
    alike got want 36
}

@test "percentiles make columns of their names" {
    make_raster ECO_L2T_LSTE.002_LST_doy2020221094621_aid0001_21S.tif 4 4 Float32 nan 500000,10,0,9700000,0,-10 EPSG:32721 '$c'
    make_grid g.txt EPSG:32721 500000 9700000 20 20 2 2
    eco-regrid --grid g.txt --bands mean,n,p90,whisker_high --out-dir . ECO_*.tif >r.tsv
    [ "$(eco-sample --cells --csv Regrid_*.tif | sed -n 1p | cut -d, -f 6,12-)" = LST,coverage,n,LST_p90,LST_whisker_high ]
}

@test "percentiles beyond 100 or below 0, none, twice" {
    make_raster a.tif 4 4 Float32 none 500000,10,0,9700000,0,-10 EPSG:32721 1
    make_grid g.txt EPSG:32721 500000 9700000 20 20 2 2
    printf '##crs=EPSG:32721\n#x\ty\n500010\t9699990\n' >points.tsv
    while IFS='|' read -r list said; do
        for command in "eco-regrid --grid g.txt -o out.tif --bands" "eco-regrid --grid g.txt -o out.tif --method" \
            "eco-sample --points points.tsv --stat" "eco-sample --polygons g.geojson --stat"; do
            [[ $list != *,* || $command != *--method ]] || continue
            run --separate-stderr $command "$list" a.tif
            [ "$status" -eq 2 ]
            one_message "$said"
            [ ! -e out.tif ]
        done
    done <<'END'
p101|percentiles go from p0 to p100: "p101"
p-1|percentiles go from p0 to p100: "p-1"
p100.001|percentiles go from p0 to p100: "p100.001"
px|: "px"; there are 
p|: "p"; there are 
p90,p90|named twice: "p90"
average,mean|named twice: "mean"
END
}
