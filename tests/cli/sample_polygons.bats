# eco-sample --polygons: rasters inside of polygons.
load ../lib/common
load ../lib/raster

LST=ECO_L2T_LSTE.002_LST_doy2020221094621_aid0001_21S.tif

# layer EPSG NAME GEOMETRY...: GeoJSON of features, each a name and a geometry's text.
layer() {
    printf '{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::%s"}},"features":[' "$1"
    shift
    local comma=
    while [ $# -gt 0 ]; do
        printf '%s{"type":"Feature","properties":{"name":"%s","n":%d},"geometry":%s}' "$comma" "$1" $# "$2"
        comma=,
        shift 2
    done
    printf ']}\n'
}

polygon() {
    printf '{"type":"Polygon","coordinates":[%s]}' "$*"
}

# box X0 Y0 X1 Y1: a ring
box() {
    printf '[[%s,%s],[%s,%s],[%s,%s],[%s,%s],[%s,%s]]' "$1" "$2" "$3" "$2" "$3" "$4" "$1" "$4" "$1" "$2"
}

setup() {
    cd "$BATS_TEST_TMPDIR"
    raster "$LST" '1.5 2 3\n4 -9999 6' -mo units=K
}

sample() {
    eco-sample --no-provenance "$@"
}

rows() {
    sample "$@" | grep -v '^#'
}

@test "one record a raster and polygon, weighted by the share of each pixel" {
    layer 32721 whole "$(polygon "$(box 250000 9750000 250300 9750200)")" \
        part "$(polygon "$(box 250050 9750050 250150 9750150)")" >a.geojson
    run --separate-stderr sample --polygons a.geojson --id name --stat mean,sum,n,min,max "$LST"
    [ "$status" -eq 0 ]
    [ -z "$stderr" ]
    # part: a quarter of 1.5, 2, 4 and of the pixel without a value.
    printf '%b' '##unit.LST=K\n' '#name\ttime\tlayer\tmean\tsum\tn\tmin\tmax\tpath\n' \
        "whole\t2020-08-08T09:46:21Z\tLST\t3.3\t16.5\t5\t1.5\t6\t$LST\n" \
        "part\t2020-08-08T09:46:21Z\tLST\t2.5\t1.875\t0.75\t1.5\t4\t$LST\n" >expected
    diff expected - <<<"$output"
    run --separate-stderr sample --polygons a.geojson --csv --prefix x_ "$LST"
    [ "${lines[0]}" = fid,x_time,x_layer,x_mean,x_stddev,x_n,x_path ]
    [ "${lines[2]:0:2}" = 1, ]
}

@test "holes, parts, slivers, polygons that leave the raster or miss it" {
    layer 32721 \
        hole "$(polygon "$(box 250000 9750000 250300 9750200),$(box 250010 9750110 250060 9750160)")" \
        parts "{\"type\":\"MultiPolygon\",\"coordinates\":[[$(box 250000 9750100 250100 9750200)],[$(box 250250 9750000 250300 9750100)]]}" \
        sliver "$(polygon "$(box 250010 9750150 250060 9750150.001)")" \
        leaves "$(polygon "$(box 240000 9750150 250150 9990000)")" \
        misses "$(polygon "$(box 240000 9750150 240100 9750160)")" >a.geojson
    rows --polygons a.geojson --id name --stat n,mean,sum "$LST" | cut -f 1,4-6 >got
    awk '
        function is(n, mean) { if (($2 - n) ^ 2 > 1e-18 || ($3 - mean) ^ 2 > 1e-16) exit 1; seen++ }
        $1 == "hole" { is(4.75, (1.5 * 3 / 4 + 2 + 3 + 4 + 6) / 4.75) }
        $1 == "parts" { is(1.5, (1.5 + 6 / 2) / 1.5) }
        $1 == "sliver" { is(0.5 * 0.00001, 1.5) }
        $1 == "leaves" { is(0.75, (1.5 / 2 + 2 / 4) / 0.75) }
        $1 == "misses" { if ($2 != "0" || $3 != "NaN" || $4 != "NaN") exit 1; seen++ }
        END { if (seen != 5) exit 1 }' got
}

@test "all statistics, and fractions of classes" {
    layer 32721 all "$(polygon "$(box 250000 9750000 250300 9750200)")" >a.geojson
    raster classes.tif '3 3 5\n15 9 -9999' -ot Int16
    # 3 3 5 9 15: mean 7, squares 16 + 16 + 4 + 4 + 64 = 104, sqrt(104 / 5)
    [ "$(rows --polygons a.geojson --stat mode,median,q1,q3,stddev,fraction:3,fraction:5-9,15 classes.tif |
        cut -f 4-10)" = $'3\t5\t3\t9\t4.560701700396552\t0.4\t0.6' ]
}

@test "by centre as gdal_rasterize does, by fraction as it does at 64 times the size" {
    awk 'BEGIN { srand(7); print "ncols 30\nnrows 20\nxllcorner 250000\nyllcorner 9750000\ncellsize 70"
        for (r = 0; r < 20; r++) { for (c = 0; c < 30; c++) printf "%d ", 1000 * rand(); print "" } }' >v.asc
    gdal_translate -q -ot Float32 -a_srs EPSG:32721 v.asc v.tif
    ring=$(awk 'BEGIN { srand(8); for (i = 0; i < 17; i++) { a = i % 17 * 0.369599; r = 300 + 380 * rand()
        p = sprintf("[%.3f,%.3f]", 251050 + 1.4 * r * cos(a), 9750700 + r * sin(a)); if (!i) first = p
        printf "%s,", p } print first }')
    layer 32721 star "$(polygon "[$ring],$(box 251000 9750650 251100 9750750)")" >a.geojson
    gdal_rasterize -q -burn 1 -ot Byte -te 250000 9750000 252100 9751400 -tr 70 70 a.geojson centre.tif
    gdal_rasterize -q -burn 1 -ot Float32 -te 250000 9750000 252100 9751400 -ts 1920 1280 a.geojson fine.tif
    gdal_translate -q -r average -outsize 30 20 fine.tif share.tif
    for f in v centre share; do gdal_translate -q -of XYZ $f.tif $f.xyz; done
    paste -d' ' v.xyz centre.xyz share.xyz |
        awk '{ c += $6; cv += $6 * $3; s += $9; sv += $9 * $3 } END { printf "%.12g %.12g %.12g %.12g\n", c, cv / c, s, sv / s }' >want
    for touch in center fraction; do
        rows --polygons a.geojson --touch $touch --stat n,mean v.tif | cut -f 4,5
    done | xargs >got
    paste -d' ' want got | awk '{ exit !($1 == $5 && ($2 - $6) ^ 2 < 1e-8 &&
        ($3 / $7 - 1) ^ 2 < 1e-6 && ($4 / $8 - 1) ^ 2 < 1e-6) }' || { cat want got; false; }
    # Every pixel that is touched counts whole.
    all=$(rows --polygons a.geojson --touch all --stat n v.tif | cut -f 4)
    [ "$all" = "$(awk '$3 > 0' share.xyz | wc -l)" ]
}

@test "polygons in another CRS: edges that are straight there bend here" {
    # A box of longitude and latitude; its outline by cs2cs at 4,000 points.
    gdal_create -q -of GTiff -ot Byte -outsize 2400 2400 -burn 1 -a_srs EPSG:32721 \
        -a_ullr 0 9900000 240000 9660000 ones.tif
    layer 4326 box "$(polygon "$(box -61 -2.5 -59.5 -1.5)")" >a.geojson
    awk 'BEGIN { n = 1000
        for (i = 0; i < n; i++) print -2.5, -61 + 1.5 * i / n
        for (i = 0; i < n; i++) print -2.5 + i / n, -59.5
        for (i = 0; i < n; i++) print -1.5, -59.5 - 1.5 * i / n
        for (i = 0; i < n; i++) print -1.5 - i / n, -61 }' |
        cs2cs -f %.6f EPSG:4326 +to EPSG:32721 | awk '
        NR == 1 { x0 = x = $1; y0 = y = $2; next }
        { a += (x - x0) * ($2 - y0) - ($1 - x0) * (y - y0); x = $1; y = $2 }
        END { printf "%.6f\n", a / 2 / 1e4 }' >want
    rows --polygons a.geojson --stat n ones.tif | cut -f 4 | paste - want |
        awk '{ exit !($2 > 1e6 && ($1 / $2 - 1) ^ 2 < 1e-14) }'
}

@test "rasters of one grid and of others, and the same from any order" {
    layer 32721 part "$(polygon "$(box 250050 9750050 250150 9750150)")" >a.geojson
    raster b.tif '10 20 30\n40 50 60'
    raster moved.tif '1 2 3\n4 5 6' -a_ullr 250050 9750250 250350 9750050
    raster zone20.tif '7 7 7\n7 7 7' -a_srs EPSG:32720
    [ "$(rows --polygons a.geojson --stat mean b.tif "$LST" moved.tif zone20.tif b.tif moved.tif |
        cut -f 4 | xargs)" = '30 2.5 4 NaN 30 4' ]
}

@test "longitudes a turn away are the same place" {
    raster wide.tif '1 2 3\n4 5 6' -a_srs EPSG:4326 -a_ullr 170 10 200 -10
    layer 4326 here "$(polygon "$(box 180 0 190 10)")" there "$(polygon "$(box -180 0 -170 10)")" \
        across "{\"type\":\"MultiPolygon\",\"coordinates\":[[$(box 175 0 180 10)],[$(box -180 0 -175 10)]]}" >a.geojson
    [ "$(rows --polygons a.geojson --stat mean,n wide.tif | cut -f 4,5 | xargs)" = '2 1 2 1 1.5 1' ]
    raster west.tif '1 2 3\n4 5 6' -a_srs EPSG:4326 -a_ullr -190 10 -160 -10
    [ "$(rows --polygons a.geojson --stat mean,n west.tif | cut -f 4,5 | xargs)" = '2 1 2 1 1.5 1' ]
    printf '#lon\tlat\n-175\t5\n185\t5\n175\t5\n' >p.tsv
    [ "$(rows --points p.tsv wide.tif | cut -f 6 | xargs)" = '2 2 1' ]
}

@test "NASA's own counts of each cloud mask value" {
    need_data region4
    layer 4326 everything "$(polygon "$(box -108 33 -105 36)")" >a.geojson
    table=$DATA/region4/ECO2CLD-001-SDS-CloudMask-Statistics-QA.csv
    classes=$(head -1 "$table" | cut -d, -f 7- | tr -d '\r' | tr , ' ')
    # shellcheck disable=SC2086
    stats=n$(printf ',fraction:%s' $classes)
    found=0
    for raster in "$DATA"/region4/ECO2CLD*.tif; do
        rows --polygons a.geojson --stat "$stats" "$raster" >got
        when=$(cut -f 2 got | tr TZ ' +')
        grep -F ",${when}00:00," "$table" | cut -d, -f 7- | tr -d '\r' >want
        awk -F'\t' '{ for (i = 5; i < NF; i++) printf "%.6f%s", $4 * $i, i < NF - 1 ? "," : "\n" }' got |
            cat - want | awk -F, 'NR == 1 { split($0, ours); next }
                { for (i = 1; i <= NF; i++) { d = ours[i] - $i; if (d > 1e-3 || d < -1e-3) exit 1; sum += $i } }
                END { if (NR != 2 || sum < 100000) exit 1 }'
        found=$((found + 1))
    done
    [ "$found" -eq 6 ]
}

@test "an invalid polygon is repaired and said" {
    # A bow tie of two triangles, a quarter of a pixel each.
    layer 32721 tie "$(polygon '[[250000,9750100],[250100,9750200],[250100,9750100],[250000,9750200],[250000,9750100]]')" >a.geojson
    run --separate-stderr sample --polygons a.geojson --stat n,mean "$LST"
    [ "$status" -eq 0 ]
    [[ $stderr == *repaired* ]]
    [[ ${lines[2]} == *$'\tLST\t0.5\t1.5\t'* ]]
}

# NAME|WKT: rings that cross or touch as they should not, on a plane of 200 by 200. A comment
# says what they are; gdal_rasterize says which area they have.
odd_polygons() {
    sed 's/ *#.*//' <<'END'
touch|POLYGON((0 0,100 0,100 100,0 100,0 0),(0 20,60 20,60 60,0 60,0 20)) # a hole along the ring's edge
longer|POLYGON((0 50,100 50,100 150,0 150,0 50),(0 20,60 20,60 110,0 110,0 20)) # and beyond its end
over|MULTIPOLYGON(((0 0,60 0,60 60,0 60,0 0)),((40 40,100 40,100 100,40 100,40 40))) # parts that overlap
twice|MULTIPOLYGON(((0 0,60 0,60 60,0 60,0 0)),((0 0,60 0,60 60,0 60,0 0)))
nested|MULTIPOLYGON(((0 0,100 0,100 100,0 100,0 0)),((20 20,60 20,60 60,20 60,20 20)))
beside|MULTIPOLYGON(((0 0,50 0,50 100,0 100,0 0)),((50 0,100 0,100 100,50 100,50 0))) # parts that share an edge
plugged|MULTIPOLYGON(((0 0,60 0,60 60,0 60,0 0),(0 20,40 20,40 40,0 40,0 20)),((30 10,100 10,100 100,30 100,30 10)))
stick|POLYGON((0 0,100 0,100 100,0 100,0 0),(50 20,150 20,150 60,50 60,50 20)) # a hole that sticks out
outside|POLYGON((0 0,100 0,100 100,0 100,0 0),(120 20,150 20,150 60,120 60,120 20))
holes|POLYGON((0 0,100 0,100 100,0 100,0 0),(20 20,60 20,60 60,20 60,20 20),(40 40,80 40,80 80,40 80,40 40))
island|POLYGON((0 0,100 0,100 100,0 100,0 0),(20 20,80 20,80 80,20 80,20 20),(40 40,60 40,60 60,40 60,40 40))
bow|POLYGON((0 0,100 100,100 0,0 100,0 0))
laps|POLYGON((0 0,100 0,100 60,20 60,20 20,60 20,60 100,0 100,0 0)) # a ring over itself
star|POLYGON((50 0,80 100,0 30,100 30,20 100,50 0))
key|POLYGON((0 0,100 0,100 100,0 100,0 0,20 20,20 60,60 60,60 20,20 20,0 0)) # a hole on a bridge
slot|POLYGON((0 0,100 0,100 100,0 100,0 20,60 20,60 60,0 60,0 0)) # an edge run along twice
spike|POLYGON((0 0,100 0,100 100,50 100,50 180,50 100,0 100,0 0))
none|POLYGON((0 0,100 0,100 100,0 100,0 0),(0 0,100 0,100 100,0 100,0 0)) # all hole
END
}

@test "rings that cross or touch have the area that gdal_rasterize fills" {
    { echo name,WKT && odd_polygons | sed 's/|/,"/; s/$/"/'; } >odd.csv
    ogr2ogr -q -a_srs EPSG:32721 odd.gpkg odd.csv
    gdal_create -q -of GTiff -ot Byte -outsize 20 20 -burn 1 -a_srs EPSG:32721 -a_ullr 0 200 200 0 ones.tif
    rows --polygons odd.gpkg --id name --stat n ones.tif 2>told | cut -f 1,4 >got
    [ "$(wc -l <got)" -eq 18 ]
    [ "$(grep -c 'is not a valid polygon (.*repaired' told)" -eq 18 ]
    while IFS=$'\t' read -r name n; do
        ogr2ogr -q -where "name='$name'" one.gpkg odd.gpkg
        # Edges lie on sides of pixels of a twentieth, but for a few that slant.
        gdal_rasterize -q -burn 100 -ot Byte -te 0 0 200 200 -ts 400 400 one.gpkg one.tif
        want=$(gdalinfo -json -stats one.tif | jq '.bands[0].mean * 4 * 1000 | round / 1000')
        awk -v n="$n" -v want="$want" 'BEGIN {exit !((n - want) ^ 2 <= 0.15 ^ 2)}' ||
            { echo "$name: $n, not $want"; return 1; }
        case $name in
        bow | star) ;;
        none) [ "$n" = 0 ] ;;
        *) # The same as a clip: eco-regrid's cells by their centres.
            awk -v n="$n" -v want="$want" 'BEGIN {exit !((n - want) ^ 2 < 1e-18)}'
            eco-grid --like ones.tif --clip one.gpkg >g.txt 2>/dev/null
            [ "$(eco-regrid --grid g.txt -o cells.tif ones.tif | grep -v '^#' | cut -f 4)" = "$want" ]
            ;;
        esac
        rm -f one.gpkg* one.tif*
    done <got
    # Parts that overlap are parts in shapefiles, too.
    ogr2ogr -q -where "name IN ('over', 'twice', 'beside', 'touch')" odd.shp odd.gpkg
    [ "$(rows --polygons odd.shp --id name --stat n ones.tif 2>&- | cut -f 1,4 | xargs)" = 'touch 76 over 68 twice 36 beside 100' ]
    grep -qx $'touch\t76' got
    grep -qx $'over\t68' got
}

# shapefile NAME RING...: a polygon of one record; a ring is "x y x y ...", in its order.
shapefile() {
    perl -e '
        my ($name, @ring) = @ARGV;
        my (@start, @x, @y);
        for (@ring) {
            push @start, scalar @x;
            my @v = split;
            while (@v) {push @x, shift @v; push @y, shift @v}
        }
        my @xs = sort {$a <=> $b} @x;
        my @ys = sort {$a <=> $b} @y;
        my $box = pack("d<4", $xs[0], $ys[0], $xs[-1], $ys[-1]);
        my $shape = pack("l<", 5) . $box . pack("l<2", scalar @start, scalar @x) . pack("l<*", @start);
        $shape .= pack("d<2", $x[$_], $y[$_]) for 0 .. $#x;
        my $words = length($shape) / 2;
        for (["shp", 50 + 4 + $words, pack("l>2", 1, $words) . $shape], ["shx", 54, pack("l>2", 50, $words)]) {
            my ($kind, $size, $body) = @$_;
            open my $f, ">:raw", "$name.$kind" or die;
            print $f pack("l>7", 9994, 0, 0, 0, 0, 0, $size), pack("l<2", 1000, 5), $box, pack("d<4", 0, 0, 0, 0), $body;
        }' "$@"
}

@test "rings of shapefiles, whichever way they are wound" {
    gdal_create -q -of GTiff -ot Byte -outsize 20 20 -burn 1 -a_srs EPSG:32721 -a_ullr 0 200 200 0 ones.tif
    local outer='0 0 0 100 100 100 100 0 0 0' hole='20 20 60 20 60 60 20 60 20 20' island='30 30 30 40 40 40 40 30 30 30'
    turned() { awk '{for (i = NF - 1; i > 0; i -= 2) printf "%s %s ", $i, $(i + 1)}' <<<"$1"; }
    for a in "$outer" "$(turned "$outer")"; do
        for b in "$hole" "$(turned "$hole")"; do
            for c in "$island" "$(turned "$island")"; do
                shapefile s "$a" "$b" "$c"
                n=$(sample --polygons s.shp --polygons-crs EPSG:32721 --stat n ones.tif | grep -v '^#' | cut -f 4)
                [ "$n" = 85 ] || { echo "$a; $b; $c: $n"; return 1; }
                shapefile t "$c" "$b" "$a"
                n=$(sample --polygons t.shp --polygons-crs EPSG:32721 --stat n ones.tif | grep -v '^#' | cut -f 4)
                [ "$n" = 85 ] || { echo "$c; $b; $a: $n"; return 1; }
            done
        done
    done
}

@test "names in Latin-1 or Windows-1252 are written as UTF-8" {
    layer 32721 'São João – Ilhéus' "$(polygon "$(box 250050 9750050 250150 9750150)")" >a.geojson
    ogr2ogr -q -lco ENCODING=CP1252 old.shp a.geojson
    printf '\0' | dd of=old.dbf bs=1 seek=29 conv=notrunc status=none # the code page it names
    run --separate-stderr sample --polygons old.shp --id name --stat n "$LST"
    [ "$(grep -v '^#' <<<"$output" | cut -f 1)" = 'São João – Ilhéus' ]
    rm old.cpg
    run --separate-stderr sample --polygons old.shp --id name --stat n "$LST"
    [ "$status" -eq 0 ]
    [ "$(grep -v '^#' <<<"$output" | cut -f 1)" = 'São João – Ilhéus' ]
    one_message 'old.shp: "name" is not UTF-8'
    ogr2ogr -q -lco ENCODING=UTF-8 new.shp a.geojson
    for cpg in keep drop; do
        [ $cpg = keep ] || rm new.cpg
        run --separate-stderr sample --polygons new.shp --id name --stat n "$LST"
        [ "$(grep -v '^#' <<<"$output" | cut -f 1)" = 'São João – Ilhéus' ]
        [ -z "$stderr" ]
    done
}

@test "a feature without an area keeps its record" {
    layer 32721 nothing null whole "$(polygon "$(box 250000 9750000 250300 9750200)")" >a.geojson
    run --separate-stderr sample --polygons a.geojson --id name --stat mean,n "$LST"
    [ "$status" -eq 0 ]
    [ "$(grep -v '^#' <<<"$output" | cut -f 1,4,5 | xargs)" = 'nothing NaN 0 whole 3.3 5' ]
}

@test "bad layers are refused" {
    layer 32721 point '{"type":"Point","coordinates":[250000,9750000]}' >points.geojson
    run --separate-stderr sample --polygons points.geojson "$LST"
    [ "$status" -eq 1 ]
    one_message points.geojson
    [ -z "$output" ]
    layer 32721 part "$(polygon "$(box 250050 9750050 250150 9750150)")" >a.geojson
    run --separate-stderr sample --polygons a.geojson --id nome "$LST"
    [ "$status" -eq 1 ]
    one_message nome
    run --separate-stderr sample --polygons a.geojson --polygon-layer b "$LST"
    [ "$status" -eq 1 ]
    one_message a.geojson
    printf 'id,WKT\n1,"POLYGON((250000 9750100,250100 9750100,250100 9750200,250000 9750200,250000 9750100))"\n' >none.csv
    run --separate-stderr sample --polygons none.csv "$LST"
    [ "$status" -eq 1 ]
    one_message --polygons-crs
    [ "$(rows --polygons none.csv --polygons-crs EPSG:32721 --id id --stat n,mean "$LST" | cut -f 1,4,5)" = $'1\t1\t1.5' ]
    run --separate-stderr sample --polygons none.csv --polygons-crs EPSG:32721 --id id --stat n --prefix i "$LST"
    [ "$status" -eq 0 ]
    run --separate-stderr sample --polygons a.geojson --id n --stat n "$LST"
    [ "$status" -eq 1 ]
    one_message --prefix
    echo text >text.geojson
    run --separate-stderr sample --polygons text.geojson "$LST"
    [ "$status" -eq 1 ]
    one_message text.geojson
    layer 32721 >empty.geojson
    run --separate-stderr sample --polygons empty.geojson "$LST"
    [ "$status" -eq 1 ]
    one_message empty.geojson
}

@test "a raster that fails among good ones; a full disk; wrong usage" {
    layer 32721 part "$(polygon "$(box 250050 9750050 250150 9750150)")" >a.geojson
    echo text >text.tif
    run --separate-stderr sample --polygons a.geojson text.tif "$LST"
    [ "$status" -eq 1 ]
    one_message text.tif
    [ "$(grep -vc '^#' <<<"$output")" -eq 1 ]
    run --separate-stderr bash -c "eco-sample --polygons a.geojson $LST >/dev/full"
    [ "$status" -eq 3 ]
    one_message stdout
    for bad in '--stat value' '--stat meen' '--touch some' '--window 3' '--name x' '--points a'; do
        # shellcheck disable=SC2086
        run --separate-stderr sample --polygons a.geojson $bad "$LST"
        [ "$status" -eq 2 ] || { echo "$bad: $status"; return 1; }
        [ -z "$output" ]
    done
}
