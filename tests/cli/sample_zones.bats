# eco-sample --polygons: layers as people have them: fields, wide tables, weights, areas on
# the ground, many polygons in little memory.
load ../lib/common
load ../lib/raster

LST=ECO_L2T_LSTE.002_LST_doy2020221094621_aid0001_21S.tif
QC=ECO_L2T_LSTE.002_QC_doy2020221094621_aid0001_21S.tif
LATER=ECO_L2T_LSTE.002_LST_doy2020222094621_aid0001_21S.tif

setup() {
    cd "$BATS_TEST_TMPDIR"
}

rows() {
    eco-sample --no-provenance "$@" | grep -v '^#'
}

# with_modules MODULE...: sets python to one that has them, or skips.
with_modules() {
    local p
    for p in python3 /usr/bin/python3; do
        python=$p
        "$p" -c "import $(sed 's/ /, /g' <<<"$*")" 2>/dev/null && return
    done
    skip "no python3 with $* here"
}

# squares FILE [FIELD]: two squares with fields; the second reaches over the east end.
squares() {
    cat >"$1" <<END
{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::32721"}},"features":[
{"type":"Feature","properties":{"name":"São João","class":3,"share":0.1,"since":"2001-05-06","${2:-other}":null},
 "geometry":{"type":"Polygon","coordinates":[[[250000,9750000],[250200,9750000],[250200,9750200],[250000,9750200],[250000,9750000]]]}},
{"type":"Feature","properties":{"name":"a\\tb, \"c\"","class":-4,"share":1e-7,"since":null,"${2:-other}":"x"},
 "geometry":{"type":"Polygon","coordinates":[[[250250,9750000],[250400,9750000],[250400,9750200],[250250,9750200],[250250,9750000]]]}}]}
END
}

# stars N SIDE MOST: GeoJSON of N multipolygons, each of two stars, one with a hole, on a plane
# of SIDE metres, up to MOST metres large.
stars() {
    awk -v n="$1" -v side="$2" -v most="$3" '
        function ring(x, y, r, hole,   i, a, p, first, s, k) {
            for (k = 0; k < 12; k++) {
                i = hole ? 12 - k : k
                a = i * 0.52359877559829887
                s = hole ? 0.2 * r : r * (0.5 + 0.5 * rand())
                p = sprintf("[%.3f,%.3f]", x + s * cos(a), y + s * sin(a))
                if (!k) first = p
                out = out p ","
            }
            out = out first
        }
        BEGIN {
            srand(4)
            printf "{\"type\":\"FeatureCollection\",\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:EPSG::32721\"}},\"features\":["
            for (f = 0; f < n; f++) {
                x = 250000 + side * (0.4 * rand()); y = 9750000 + side * rand(); r = most * (0.2 + 0.8 * rand())
                out = "["; ring(x, y, r, 0); out = out "],["; ring(x, y, r, 1); out = out "]"
                one = out
                out = "["; ring(x + 0.5 * side + most, y, r, 0); out = out "]"
                printf "%s{\"type\":\"Feature\",\"properties\":{\"f\":%d},\"geometry\":{\"type\":\"MultiPolygon\",\"coordinates\":[[%s],[%s]]}}", f ? "," : "", f, one, out
            }
            print "]}"
        }'
}

# noise COLUMNS ROWS CELL SEED: an Arc/Info ASCII grid; one in twenty has no value.
noise() {
    awk -v c="$1" -v r="$2" -v size="$3" -v seed="$4" 'BEGIN {
        srand(seed)
        printf "ncols %d\nnrows %d\nxllcorner 250000\nyllcorner 9750000\ncellsize %g\nnodata_value -9999\n", c, r, size
        for (i = 0; i < r; i++) { for (k = 0; k < c; k++) printf "%s ", rand() < 0.05 ? -9999 : int(1000 * rand()); print "" } }'
}

# near: whether all numbers of paired lines agree to 1e-9.
near() {
    paste "$1" "$2" | awk '{ for (i = 1; i <= NF / 2; i++) { a = $i; b = $(i + NF / 2)
            if (a != b && !((a - b) ^ 2 <= 1e-18 * (1 + b * b))) { print NR, a, b; bad = 1 } } }
        END { exit bad || NR == 0 }'
}

@test "fields are copied: texts in UTF-8, numbers, dates, what is not set" {
    raster "$LST" '1.5 2 3\n4 -9999 6' -mo units=K
    squares a.geojson
    run --separate-stderr eco-sample --no-provenance --polygons a.geojson --id class --fields name,share,since,other --stat n "$LST"
    [ "$status" -eq 0 ]
    printf '%b' '##unit.LST=K\n' '#class\tname\tshare\tsince\tother\ttime\tlayer\tn\tpath\n' \
        "3\tSão João\t0.1\t2001/05/06\tNA\t2020-08-08T09:46:21Z\tLST\t3\t$LST\n" \
        "-4\ta\\\\tb, \"c\"\t1e-07\tNA\tx\t2020-08-08T09:46:21Z\tLST\t1\t$LST\n" >expected
    diff expected - <<<"$output"
    [ "$(eco-sample --polygons a.geojson --id share --fields all --stat n --csv "$LST" | head -1)" = share,name,class,since,other,time,layer,n,path ]
    [ "$(eco-sample --polygons a.geojson --fields all --stat n --csv "$LST" | sed -n '3s/,NA.*//p')" = '1,"a	b, ""c""",-4,1e-07' ] ||
        [ "$(eco-sample --polygons a.geojson --fields all --stat n --csv "$LST" | sed -n '3s/,NA.*//p')" = '2,"a	b, ""c""",-4,1e-07' ]
}

@test "fields that a layer lacks, or whose names are taken" {
    raster "$LST" '1.5 2 3\n4 -9999 6'
    for name in time layer mean path; do
        squares a.geojson $name
        run --separate-stderr eco-sample --polygons a.geojson --fields class,$name --stat mean "$LST"
        [ "$status" -eq 1 ]
        one_message "\"$name\" has the name of a new column; see --prefix"
        [ -z "$output" ]
        run --separate-stderr eco-sample --polygons a.geojson --fields all --prefix x_ --stat mean "$LST"
        [ "$status" -eq 0 ]
    done
    squares a.geojson LST_mean
    run --separate-stderr eco-sample --polygons a.geojson --fields all --wide --stat mean "$LST"
    [ "$status" -eq 1 ]
    one_message LST_mean
    run --separate-stderr eco-sample --polygons a.geojson --fields name,nome "$LST"
    [ "$status" -eq 1 ]
    one_message 'no field "nome", but name, class, share, since, LST_mean'
    for twice in 'name,class,name' class; do
        run --separate-stderr eco-sample --polygons a.geojson --id class --fields $twice "$LST"
        [ "$status" -eq 1 ]
        one_message 'two columns would be called'
        [ -z "$output" ]
    done
}

@test "--wide: the long form, turned" {
    raster "$LST" '1.5 2 3\n4 -9999 6'
    raster "$LATER" '2 4 6\n8 10 12'
    raster "$QC" '1 2 3\n3 2 1'
    squares a.geojson
    rows --polygons a.geojson --fields class --stat mean,n,max "$LATER" "$QC" "$LST" >long
    rows --polygons a.geojson --fields class --stat mean,n,max --wide "$LATER" "$QC" "$LST" >wide
    # time, id: LST's and QC's columns, in the order in which the layers came
    awk -F'\t' -v OFS='\t' '{ k = $3 "\t" $1 "\t" $2; v[k, $4] = $5 "\t" $6 "\t" $7; seen[k] = 1 }
        END { for (k in seen) { split(k, p, "\t")
            print p[2], p[3], p[1], v[k, "LST"], (k, "QC") in v ? v[k, "QC"] : "NaN\t0\tNaN" } }' long | sort -k3,3 -k1,1n >want
    diff want wide
    [ "$(eco-sample --polygons a.geojson --stat mean,n --wide --csv "$LST" "$QC" | head -1)" = fid,time,LST_mean,LST_n,QC_mean,QC_n ]
    # Two rasters of one time and layer: the first that has pixels there, told.
    mkdir -p other && raster "other/$LST" '9 9 9\n9 9 9'
    run --separate-stderr eco-sample --no-provenance --polygons a.geojson --stat mean --wide "$LST" "other/$LST"
    [ "$status" -eq 0 ]
    one_message '2 times a polygon has pixels in several rasters'
    [ "$(grep -v '^#' <<<"$output" | cut -f 3 | xargs)" = '2.5 4.5' ]
}

@test "polygons with holes, by brute force with shapely; and with weights" {
    with_modules shapely
    noise 40 30 70 1 >v.asc
    noise 40 30 70 2 >w.asc
    for f in v w; do gdal_translate -q -ot Float32 -a_srs EPSG:32721 $f.asc $f.tif; done
    stars 12 2100 300 >a.geojson
    $python "$ROOT/tests/lib/zones.py" v.asc a.geojson >want
    rows --polygons a.geojson --stat n,sum,mean v.tif | cut -f 4-6 >got
    near got want
    $python "$ROOT/tests/lib/zones.py" v.asc a.geojson w.asc >want
    rows --polygons a.geojson --weights w.tif --stat n,sum,mean v.tif | cut -f 4-6 >got
    near got want
    # Weights of coarser pixels, and of the same farther on every side.
    gdal_translate -q -r nearest -outsize 20 15 w.tif coarse.tif
    gdal_translate -q -r nearest -outsize 40 30 coarse.tif fine.tif
    gdal_translate -q -of AAIGrid fine.tif fine.asc
    $python "$ROOT/tests/lib/zones.py" v.asc a.geojson fine.asc >want
    for weights in fine coarse; do
        rows --polygons a.geojson --weights $weights.tif --stat n,sum,mean v.tif | cut -f 4-6 >got
        near got want
    done
    gdalwarp -q -r near -te 249300 9749300 254200 9753500 -tr 70 70 w.tif wide.tif
    $python "$ROOT/tests/lib/zones.py" v.asc a.geojson w.asc >want
    rows --polygons a.geojson --weights wide.tif --stat n,sum,mean v.tif | cut -f 4-6 >got
    near got want
}

@test "weights that are negative, in another CRS, finer, or none" {
    raster "$LST" '1.5 2 3\n4 -9999 6'
    squares a.geojson
    raster w.tif '1 2 3\n4 5 -6'
    run --separate-stderr eco-sample --polygons a.geojson --weights w.tif "$LST"
    [ "$status" -eq 1 ]
    one_message 'w.tif: the weight -6 is negative, at column 2, row 1'
    [ "$(grep -vc '^#' <<<"$output")" -eq 0 ]
    raster w.tif '1 2 3\n4 5 6' -a_srs EPSG:32720
    run --separate-stderr eco-sample --polygons a.geojson --weights w.tif "$LST"
    [ "$status" -eq 1 ]
    one_message 'w.tif: these weights are in another CRS'
    raster w.tif '1 2 3\n0 5 -9999' # no people; nothing is known
    [ "$(rows --polygons a.geojson --weights w.tif --stat n,mean "$LST" | cut -f 4,5 | xargs)" = "3 1.8333333333333333 1.5 3" ]
    gdal_translate -q -outsize 6 4 w.tif finer.tif
    run --separate-stderr eco-sample --polygons a.geojson --weights finer.tif --stat n "$LST"
    [ "$status" -eq 0 ]
    one_message 'smaller pixels'
    run --separate-stderr eco-sample --polygons a.geojson --weights none.tif "$LST"
    [ "$status" -eq 1 ]
    one_message none.tif
    run --separate-stderr eco-sample --cells --weights w.tif "$LST"
    [ "$status" -eq 2 ]
}

# integral WEST SOUTH EAST NORTH: square metres on the ellipsoid of WGS 84 between meridians and
# parallels: the radii of curvature of meridian and parallel, by Simpson's rule.
integral() {
    awk -v w="$1" -v s="$2" -v e="$3" -v n="$4" '
        function strip(latitude,   sine, d) {
            sine = sin(latitude); d = 1 - e2 * sine * sine
            return 6378137 / sqrt(d) * cos(latitude) * 6378137 * (1 - e2) / (d * sqrt(d))
        }
        BEGIN { f = 1 / 298.257223563; e2 = f * (2 - f); r = atan2(0, -1) / 180; m = 2000
            h = (n - s) * r / m
            for (i = 0; i <= m; i++) sum += strip(s * r + i * h) * (i == 0 || i == m ? 1 : i % 2 ? 4 : 2)
            printf "%.10g\n", sum * h / 3 * (e - w) * r }'
}

# degrees WEST SOUTH EAST NORTH: GeoJSON of a box of longitudes and latitudes.
degrees() {
    printf '{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4326"}},"features":[{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[[[%s,%s],[%s,%s],[%s,%s],[%s,%s],[%s,%s]]]}}]}\n' \
        "$1" "$2" "$3" "$2" "$3" "$4" "$1" "$4" "$1" "$2"
}

@test "--area ground: square metres between meridians and parallels" {
    gdal_create -q -of GTiff -ot Byte -outsize 36 18 -burn 1 -a_srs EPSG:4326 -a_ullr -180 90 180 -90 globe.tif
    for box in '-180 -90 180 90' '10 40 20 60' '-70 -90 -60 -80' '-30 0 40 10'; do
        # shellcheck disable=SC2086
        degrees $box >a.geojson
        # shellcheck disable=SC2086
        integral $box >want
        rows --polygons a.geojson --area ground --stat n globe.tif | cut -f 4 >got
        near got want
    done
    # What counts is the ground: 1 in the north, 3 at the equator.
    printf 'ncols 1\nnrows 2\nxllcorner 0\nyllcorner 0\ncellsize 40\n1\n3\n' >two.asc
    gdal_translate -q -a_srs EPSG:4326 two.asc two.tif
    degrees 0 0 40 80 >a.geojson
    { integral 0 0 40 40 && integral 0 40 40 80; } | xargs | awk '{ printf "%.12g\n", (3 * $1 + $2) / ($1 + $2) }' >want
    rows --polygons a.geojson --area ground --stat mean two.tif | cut -f 4 >got
    near got want
    [ "$(rows --polygons a.geojson --stat mean two.tif | cut -f 4)" = 2 ]
}

@test "--area ground: pixels of UTM and of a pole as terra has them" {
    command -v Rscript >/dev/null && Rscript -e 'library(terra)' >/dev/null 2>&1 || skip 'no terra (r-cran-terra) here'
    for place in 'EPSG:32721 166000 9800000 70' 'EPSG:32721 700000 5000000 30' 'EPSG:3031 -60000 40000 1000' 'EPSG:6933 -6000000 3000000 900'; do
        read -r crs x y size <<<"$place"
        gdal_create -q -of GTiff -ot Byte -outsize 90 70 -burn 1 -a_srs "$crs" \
            -a_ullr "$x" "$y" $((x + 90 * size)) $((y - 70 * size)) p.tif
        # A box of 1.5 pixels a side, far out, and all.
        awk -v x="$x" -v y="$y" -v size="$size" -v crs="${crs#EPSG:}" 'BEGIN {
            printf "{\"type\":\"FeatureCollection\",\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:EPSG::%s\"}},\"features\":[", crs
            for (k = 0; k < 2; k++) { w = x + (k ? 0 : 80) * size; e = x + (k ? 90 : 81.5) * size; n = y - (k ? 0 : 3) * size; s = y - (k ? 70 : 4.5) * size
                printf "%s{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[%d,%d],[%d,%d],[%d,%d],[%d,%d],[%d,%d]]]}}", k ? "," : "", w, s, e, s, e, n, w, n, w, s }
            print "]}" }' >a.geojson
        rows --polygons a.geojson --area ground --stat n p.tif | cut -f 4 >got
        Rscript -e 'suppressMessages(suppressWarnings(library(terra)))' -e 'a <- cellSize(rast("p.tif"), unit="m")' \
            -e 'm <- as.matrix(a, wide=TRUE)' \
            -e 'cat(format(c(m[4, 81] + m[4, 82] / 2 + m[5, 81] / 2 + m[5, 82] / 4, sum(m)), digits=15), sep="\n")' >want
        paste got want | awk -v crs="$crs" '{ d = $1 / $2 - 1; if (d * d > 4e-14) { print crs, $0, d; bad = 1 } } END { exit bad || NR != 2 }'
    done
}

@test "the same bytes from strips, tiles, any memory; blocks are decoded once" {
    noise 600 500 30 3 >v.asc
    gdal_translate -q -ot Float32 -a_srs EPSG:32721 v.asc strips.tif -co COMPRESS=DEFLATE
    gdal_translate -q strips.tif rows.tif -co BLOCKYSIZE=1
    gdal_translate -q strips.tif tiles.tif -co TILED=YES -co BLOCKXSIZE=64 -co BLOCKYSIZE=64 -co COMPRESS=DEFLATE
    gdal_translate -q strips.tif one.tif -co BLOCKYSIZE=500
    stars 300 15000 1500 >a.geojson
    for stat in mean,stddev,n,min median,mode,q1; do
        rows --polygons a.geojson --stat $stat strips.tif | cut -f 1-5 >want
        for file in rows tiles one; do
            rows --polygons a.geojson --stat $stat --memory 1M $file.tif | cut -f 1-5 | cmp - want
        done
        # Of several rasters of one grid what polygons cover is kept, or not.
        for memory in 1M 64M; do
            rows --polygons a.geojson --stat $stat --memory $memory strips.tif strips.tif tiles.tif | cut -f 1-5 | sort >got
            sort want want want | cmp - got
        done
    done
    command -v strace >/dev/null || skip 'no strace here: that blocks are read once was not looked at'
    # A leak checker is a tracer itself.
    ASAN_OPTIONS=detect_leaks=0 strace -o calls -e trace=openat,read,close eco-sample --polygons a.geojson --stat mean --memory 1M tiles.tif >/dev/null
    awk -v size="$(stat -c %s tiles.tif)" '
        /openat.*tiles.tif/ { fd = $NF }
        $0 ~ "^close\\(" fd "[ )]" { fd = "none" }
        $0 ~ "^read\\(" fd "," { sum += $NF }
        END { exit !(sum > size / 2 && sum < size + 10000) }' calls
}

@test "medians of too many pixels at once name the memory that they take" {
    gdal_create -q -of GTiff -ot Byte -outsize 1000 1000 -burn 1 -a_srs EPSG:32721 -a_ullr 250000 9760000 260000 9750000 ones.tif
    printf 'id,WKT\n1,"POLYGON((250000 9750000,260000 9750000,260000 9760000,250000 9760000,250000 9750000))"\n' >all.csv
    run --separate-stderr eco-sample --polygons all.csv --polygons-crs EPSG:32721 --stat median --memory 8M ones.tif
    [ "$status" -eq 1 ]
    one_message '--memory 62M'
    run --separate-stderr eco-sample --no-provenance --polygons all.csv --polygons-crs EPSG:32721 --stat median,n --memory 62M ones.tif
    [ "$status" -eq 0 ]
    [ "$(tail -1 <<<"$output" | cut -f 4,5)" = $'1\t1000000' ]
    [ "$(rows --polygons all.csv --polygons-crs EPSG:32721 --stat mean,n --memory 1M ones.tif | cut -f 4,5)" = $'1\t1000000' ]
}

@test "eco-regrid --area ground: square metres between meridians and parallels" {
    printf 'ncols 2\nnrows 4\nxllcorner 0\nyllcorner 0\ncellsize 20\nnodata_value -9\n1 5\n2 6\n3 -9\n4 8\n' >v.asc
    gdal_translate -q -ot Float64 -a_srs EPSG:4326 v.asc v.tif
    # One cell over three rows and both columns, of which it cuts the upper pixels in half.
    printf '%s\n' '##eco.grid=1' '##crs=EPSG:4326' '##x0=0' '##y0=70' '##dx=40' '##dy=70' '##columns=1' '##rows=1' >g.txt
    { integral 0 60 20 80 && integral 0 40 20 60 && integral 0 20 20 40 && integral 0 0 20 20 && integral 0 0 40 70; } | xargs >areas
    # A share of a pixel goes by its plane: half of the upper ones.
    awk '{ w = $1 / 2 + $1 / 2 + 2 * $2 + $3 + 2 * $4
        s = $1 / 2 * (1 + 5) + $2 * (2 + 6) + $3 * 3 + $4 * (4 + 8)
        q = $1 / 2 * (1 + 25) + $2 * (4 + 36) + $3 * 9 + $4 * (16 + 64)
        printf "%.12g %.12g %.12g %d\n", s / w, w / $5, sqrt(q / w - (s / w) ^ 2), 6 }' areas >want
    eco-regrid --no-provenance --grid g.txt --area ground --bands mean,coverage,stddev,n --min-coverage 0 --dtype Float64 -o out.tif v.tif >/dev/null
    gdal_translate -q -of XYZ out.tif /dev/null
    for b in 1 2 3 4; do gdallocationinfo -valonly -b $b out.tif 0 0; done | xargs >got
    near got want
    [ "$(gdalinfo -json out.tif | jq -r '.metadata[""].ECO_AREA')" = ground ]
    # Of one's own pixels nothing changes but the coverage's unit.
    eco-grid --like v.tif >same.txt
    for area in plane ground; do
        eco-regrid --no-provenance --grid same.txt --area $area --bands mean,coverage,n --dtype Float64 -o $area.tif v.tif >/dev/null
        gdal_translate -q -of XYZ -b 1 $area.tif $area.xyz
        gdal_translate -q -of XYZ -b 2 $area.tif $area.coverage
    done
    cmp plane.xyz ground.xyz
    near ground.coverage plane.coverage
    run --separate-stderr eco-regrid --grid g.txt --area ground --method nearest -o x.tif v.tif
    [ "$status" -eq 2 ]
    run --separate-stderr eco-regrid --grid g.txt --area sphere -o x.tif v.tif
    [ "$status" -eq 2 ]
}

@test "eco-regrid --area ground: full cells are covered, whatever the CRSs; bits do not depend on memory" {
    gdal_create -q -of GTiff -ot Float32 -outsize 400 300 -burn 7 -a_srs EPSG:32721 -a_ullr 500000 9700000 528000 9679000 ones.tif
    printf '%s\n' '##eco.grid=1' '##crs=EPSG:4326' '##x0=-56.98' '##y0=-2.72' '##dx=0.01' '##dy=0.012' '##columns=20' '##rows=12' >g.txt
    printf '%s\n' '##eco.grid=1' '##crs=EPSG:32721' '##x0=500700' '##y0=9699300' '##dx=700' '##dy=700' '##columns=30' '##rows=25' >p.txt
    for grid in g p; do
        eco-regrid --no-provenance --grid $grid.txt --area ground --bands mean,coverage,stddev --dtype Float64 -o $grid.tif ones.tif >/dev/null
        gdal_translate -q -of XYZ -b 2 $grid.tif $grid.xyz
        awk '{ d = $3 - 1; if (d * d > 1e-12) { print; bad = 1 } } END { exit bad || NR < 200 }' $grid.xyz
        eco-regrid --no-provenance --grid $grid.txt --area ground --bands mean,coverage,stddev --dtype Float64 --memory 11M -o less.tif ones.tif >/dev/null
        cmp $grid.tif less.tif
    done
}
