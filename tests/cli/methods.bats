# eco-regrid's methods, judged by gdalwarp where the two define them alike, and by exact
# overlaps where they do not.
load ../lib/common
load ../lib/pixels

setup() {
    cd "$BATS_TEST_TMPDIR"
}

# What awk finds in each block of K x K pixels of a raster, one line a block: blocks FILE
# COLUMNS K STATISTIC, for statistics of all pixels, in order.
blocks() {
    pixels "$1" | awk -v columns="$2" -v k="$3" '
        {
            at = int((NR - 1) / columns / k) * (columns / k) + int((NR - 1) % columns / k)
            print at "\t" $1
        }' | sort -k 1,1n -k 2,2g | awk -v want="$4" '
        function finish(   i, best, count, most) {
            if (want == "min") print v[1]
            if (want == "max") print v[n]
            if (want == "range") print v[n] - v[1]
            if (want == "median") print v[(n + 1) / 2]
            if (want == "q1") print v[(n + 3) / 4]
            if (want == "q3") print v[(3 * n + 1) / 4]
            if (want == "mode") {
                for (i = 1; i <= n; i++) {
                    count = i > 1 && v[i] == v[i - 1] ? count + 1 : 1
                    if (count > most) {most = count; best = v[i]}
                }
                print best
            }
            n = 0
        }
        n && $1 != last {finish()}
        {last = $1; v[++n] = $2}
        END {finish()}'
}

@test "pixels that only border on a cell have no rank in it" {
    # Two CRSs with the same coordinates, in the one and then the other: edges of pixels
    # and cells coincide but for rounding. 5 x 5 pixels a cell.
    make_raster a.tif 150 150 Float32 nan -100,0.001,0,40,0,-0.001 EPSG:4269 'int(1000 * dice())'
    make_grid g.txt EPSG:4326 -100 40 0.005 0.005 30 30
    for method in min max range median q1 q3 mode; do
        eco-regrid --grid g.txt --method $method -o out.tif a.tif
        cmp <(pixels out.tif) <(blocks a.tif 150 5 $method)
    done
}
