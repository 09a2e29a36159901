# eco-sample --points: rasters at the points of a table.
load ../lib/common
load ../lib/raster

LST=ECO_L2T_LSTE.002_LST_doy2020221094621_aid0001_21S.tif
ERR=ECO_L2T_LSTE.002_LST_err_doy2020221094621_aid0001_21S.tif
LATER=ECO_L2T_LSTE.002_LST_doy2020222094621_aid0001_21S.tif

setup() {
    cd "$BATS_TEST_TMPDIR"
    raster "$LST" '1.5 2 3\n4 -9999 6' -mo units=K
    printf '##crs=EPSG:32721\n#site\tx\ty\n%b' \
        'A\t250050\t9750150\nB\t250250\t9750050\nC\t250150\t9750050\nD\t1\t2\n' >sites.tsv
}

sample() {
    eco-sample --no-provenance "$@"
}

# sample_values OPTIONS...: the column of values alone.
sample_values() {
    sample "$@" | awk -F'\t' '/^#[^#]/ { for (i = 1; i <= NF; i++) if ($i == "value") k = i; next }
        /^#/ { next } { print $k }'
}

@test "one record a raster and point: its own columns, then ours" {
    run --separate-stderr sample --points sites.tsv "$LST"
    [ "$status" -eq 0 ]
    printf '%b' '##crs=EPSG:32721\n##unit.LST=K\n' \
        '#site\tx\ty\ttime\tsolar_time\tlayer\tvalue\tpath\n' >expected
    for p in 'A\t250050\t9750150 1.5' 'B\t250250\t9750050 6' 'C\t250150\t9750050 NaN'; do
        printf "%b\t2020-08-08T09:46:21Z\t2020-08-08T05:43:4\tLST\t%s\t$LST\n" "${p% *}" "${p#* }"
    done >>expected
    # The last digit of the solar time (09:46:21 - 3:56:58 - 5:37, see tests/unit/solar_time.c)
    # is another at each point.
    head -6 <<<"$output" | sed 's/T05:43:4[0-9]/T05:43:4/' | diff - expected
    [[ ${lines[6]} == D$'\t'1$'\t'2$'\t'*$'\t'NaN$'\t'$LST ]]
    [ "${#lines[@]}" -eq 7 ]
}

@test "points in any CRS; longitude and latitude need none" {
    printf '250050 9750150\n250250 9750050\n250150 9750050\n' |
        cs2cs -f %.10f EPSG:32721 +to EPSG:4326 |
        awk 'BEGIN { print "#lat\tLON" } { print $1 "\t" $2 }' >degrees.tsv
    [ "$(sample_values --points degrees.tsv "$LST" | xargs)" = '1.5 6 NaN' ]
    sample --points degrees.tsv "$LST" | grep -qx '##crs=EPSG:4326'
    sed 's/LON/x/; s/lat/y/' degrees.tsv >xy.tsv
    [ "$(sample_values --points xy.tsv --points-crs EPSG:4326 "$LST" | xargs)" = '1.5 6 NaN' ]
    run --separate-stderr sample --points xy.tsv "$LST"
    [ "$status" -eq 1 ]
    one_message xy.tsv
    [ -z "$output" ]
    run --separate-stderr sample --points xy.tsv --points-crs EPSG:999999 "$LST"
    [ "$status" -eq 1 ]
    one_message EPSG:999999
    # A CRS without an area of use.
    printf '#x\ty\n0\t0\n' >center.tsv
    raster here.tif '1 2 3\n4 5 6' -a_srs '+proj=laea +lat_0=-2 +lon_0=-59 +datum=WGS84 +units=m' \
        -a_ullr -150 100 150 -100
    [ "$(sample_values --points center.tsv --points-crs \
        '+proj=laea +lat_0=-2 +lon_0=-59 +datum=WGS84 +units=m' here.tif)" = 5 ]
}

@test "longitude and latitude under the names that people give them" {
    place=$(printf '250050 9750150\n' | cs2cs -f %.10f EPSG:32721 +to EPSG:4326 | awk '{ print $2 "\t" $1 }')
    for names in 'lon\tlat' 'LON\tLAT' 'Longitude\tLatitude' 'long\tlat' 'Lon\tlatitude'; do
        printf "#$names\n$place\n" >degrees.tsv
        [ "$(sample_values --points degrees.tsv "$LST")" = 1.5 ] || { echo "$names"; return 1; }
        # Named by the user they are no less so.
        [ "$(sample_values --points degrees.tsv --columns "${names/'\t'/,}" "$LST")" = 1.5 ]
    done
    # Names stay what they were when coordinates change; the stream says what they are.
    [ "$(eco-reproject --to EPSG:32721 degrees.tsv | sample_values --points - "$LST")" = 1.5 ]
    # Of columns with a CRS of their own it is that, as eco-reproject writes it.
    printf "#lon\tlat\n$place\n" | eco-reproject --to EPSG:32721 --append e,n >both.tsv
    sample --points both.tsv --columns e,n "$LST" >out
    [ "$(tail -1 out | cut -f 8)" = 1.5 ]
    [ "$(grep -c '^##crs=EPSG:4326$' out)" -eq 1 ]
    [ "$(grep -c '^##crs.e=EPSG:32721$' out)" -eq 1 ]
    # Both tools find the same.
    printf '250050\t9750150\t%s\n' "$place" | sed '1i#x\ty\tlon\tlat' >four.tsv
    [ "$(sample_values --points four.tsv "$LST")" = 1.5 ]
    [ "$(sample_values --points four.tsv --points-crs EPSG:32721 "$LST")" = 1.5 ]
    sed '1i##crs=EPSG:32721' four.tsv >known.tsv
    [ "$(sample_values --points known.tsv "$LST")" = 1.5 ]
    sample --points known.tsv "$LST" | grep -qx '##crs=EPSG:32721'
    sed '1i##crs=EPSG:4326' four.tsv >angles.tsv
    [ "$(sample_values --points angles.tsv "$LST")" = 1.5 ]
}

@test "two columns that may be the same coordinate are told" {
    for legend in 'LON,lon,lat' 'longitude,lon,lat'; do
        printf '%s\n1,2,3\n' "$legend" >two.csv
        run --separate-stderr sample --points two.csv --csv-in "$LST"
        [ "$status" -eq 1 ] && [ -z "$output" ]
        one_message "two.csv: its longitude may be column 1 (${legend%%,*}) or 2 (lon): name it by --columns"
    done
    printf 'x,y\n1,2\n' >not.tsv
    run --separate-stderr sample --points not.tsv "$LST"
    [ "$status" -eq 1 ]
    one_message 'or is it CSV: --csv-in'
}

@test "rasters in unlike CRSs, each with the points in its own" {
    gdalwarp -q -t_srs EPSG:32720 -r near -dstnodata nan "$LST" other.tif
    printf '#lon\tlat\n-59.2478\t-2.2591\n-59.2460\t-2.2600\n' >degrees.tsv
    for order in "$LST other.tif $LST" "other.tif $LST other.tif"; do
        [ "$(sample_values --points degrees.tsv $order | xargs)" = '1.5 6 1.5 6 1.5 6' ]
    done
}

@test "longitude and latitude are taken where x and y have no CRS" {
    eco-sample --cells --csv "$LST" >cells.csv
    sample --points cells.csv --csv-in --csv --prefix again_ "$LST" >again.csv
    awk -F, 'NR > 1 && ($6 != $17 || $11 != $14) { exit 1 } END { if (NR != 6) exit 1 }' again.csv
}

@test "what --cells wrote can be sampled again" {
    sample --cells "$LST" >cells.tsv
    sample --points cells.tsv --prefix again_ "$LST" | grep -v '^#' >again.tsv
    [ "$(wc -l <again.tsv)" -eq 5 ]
    # Whichever of its coordinates are left.
    for columns in 1-3,7 1,4,5,7; do
        cut -f $columns cells.tsv | sample --points - --prefix again_ "$LST" |
            awk -F'\t' '/^#/ { next } $4 != $8 { exit 1 } { n++ } END { exit n != 5 }'
    done
    awk -F'\t' '$7 != $16 || $1 != $13 { exit 1 }' again.tsv
    run --separate-stderr sample --points cells.tsv "$LST"
    [ "$status" -eq 1 ]
    [ -z "$output" ]
    [[ $stderr == *'"time"'*--prefix* ]]
}

@test "CSV: the point samples that AppEEARS asks for" {
    printf 'ID,Category,Latitude,Longitude,Note\r\n' >points.csv
    printf '250050 9750150\n' | cs2cs -f %.10f EPSG:32721 +to EPSG:4326 |
        awk '{ printf "A 1,\"tower, \"\"old\"\"\",%s,%s,\r\n", $1, $2 }' >>points.csv
    run --separate-stderr sample --points points.csv --csv-in --csv "$LST"
    [ "${lines[0]}" = ID,Category,Latitude,Longitude,Note,time,solar_time,layer,value,path ]
    [[ ${lines[1]} == 'A 1,"tower, ""old""",-2.2'*,-59.2*,,2020-08-08T09:46:21Z,*,LST,1.5,$LST ]]
    # As records: without quotes, and what is empty is NA.
    sample --points points.csv --csv-in "$LST" | tail -1 | cut -f 1,2,5 >got
    printf 'A 1\ttower, "old"\tNA\n' | diff - got
    # And records as CSV.
    printf '#lon\tlat\tnote\n-59\t-2\ta, "b" \\\\ c\n' >note.tsv
    sample --points note.tsv --csv "$LST" | tail -1 | grep -q '^-59,-2,"a, ""b"" \\ c",2020'
}

@test "CSV with a column without a name, as pandas writes its index" {
    printf ',lon,lat\n0,-59,-2\n' >index.csv
    sample --points index.csv --csv-in --csv "$LST" | head -1 | grep -q '^,lon,lat,time,'
    # A legend must not open like a comment.
    sample --points index.csv --csv-in "$LST" >records
    [ "$(grep '^#[^#]' records | cut -f 1-3)" = $'#NA\tlon\tlat' ]
    eco-reproject --to EPSG:32721 --append x,y records | grep -q $'^0\t-59\t-2\t'
}

@test "columns by name or number, and tables without a legend" {
    grep -v '^#' sites.tsv | awk -F'\t' '{ print $3 "\t" $1 "\t" $2 }' >bare.tsv
    run --separate-stderr sample --points bare.tsv --columns 3,1 --points-crs EPSG:32721 "$LST"
    [ "$(cut -f 7 <<<"$output" | tail -4 | xargs)" = '1.5 6 NaN NaN' ]
    [[ $output == *'#c1'$'\t'c2$'\t'c3$'\t'time* ]]
    run --separate-stderr sample --points bare.tsv "$LST"
    [ "$status" -eq 1 ]
    one_message --columns
    sed 's/#site\tx\ty/#site\teast\tnorth/' sites.tsv >named.tsv
    [ "$(sample_values --points named.tsv --columns east,north "$LST" | head -1)" = 1.5 ]
    run --separate-stderr sample --points named.tsv --columns east,nord "$LST"
    [ "$status" -eq 1 ]
    one_message nord
}

@test "windows take the valid pixels, clipped to the raster" {
    run --separate-stderr sample --points sites.tsv --window 3 --stat n,mean,median,min,max,stddev "$LST"
    [ "$(cut -f 7-12 <<<"${lines[3]}")" = $'3\t2.5\t2\t1.5\t4\t1.0801234497346435' ]
    [ "$(cut -f 7-12 <<<"${lines[6]}")" = $'0\tNaN\tNaN\tNaN\tNaN\tNaN' ]
    # A window of one pixel is the pixel.
    sample --points sites.tsv --window 1 --stat value,mean "$LST" | awk -F'\t' '!/^#/ && $7 != $8 { exit 1 }'
    for bad in 2 0 -1 x; do
        run --separate-stderr sample --points sites.tsv --window "$bad" "$LST"
        [ "$status" -eq 2 ]
    done
}

@test "all 1,065 match-ups of the cal/val table on a plane: bilinear is exact" {
    need_data calval
    awk 'BEGIN { print "ncols 360\nnrows 180\nxllcorner -180\nyllcorner -90\ncellsize 1"
        for (r = 0; r < 180; r++) { for (c = 0; c < 360; c++)
            printf "%.17g ", 0.25 * (c - 179.5) - 3 * (89.5 - r); print "" } }' >plane.asc
    gdal_translate -q -ot Float64 -a_srs EPSG:4326 plane.asc plane.tif
    awk -F, 'NR == FNR { lat[$1] = $(NF - 10); lon[$1] = $(NF - 9); next }
        FNR == 1 { print "#lon\tlat\tid"; next } { print lon[$2] "\t" lat[$2] "\t" $2 }' \
        "$DATA/calval/metadata_ebc_filt.csv" "$DATA/calval/combined_eco_flux_EC_filtered.csv" >towers.tsv
    sample --points towers.tsv --interp bilinear plane.tif | grep -v '^#' | awk -F'\t' '
        { d = $7 - (0.25 * $1 - 3 * $2); if (!(d < 1e-10 && d > -1e-10)) exit 1 }
        END { if (NR != 1065) exit 1 }'
}

# The same points by gdallocationinfo, in the raster's own coordinates; nodata and scale
# as the file has them.
compare() {
    local raster=$1 x0=$2 y0=$3 x1=$4 y1=$5 nodata=$6 scale=$7
    awk -v x0="$x0" -v y0="$y0" -v x1="$x1" -v y1="$y1" 'BEGIN { srand(42)
        for (i = 0; i < 10000; i++) printf "%.10f %.10f\n", x0 + rand() * (x1 - x0), y0 + rand() * (y1 - y0) }' >xy.txt
    gdallocationinfo -valonly -geoloc "$raster" <xy.txt >theirs
    crs=$(eco-index --open --no-provenance "$raster" 2>/dev/null | tail -1 | cut -f 13)
    tr ' ' '\t' <xy.txt | sample --points - --columns 1,2 --points-crs "$crs" "$raster" >ours
    [ "$(wc -l <theirs)" -eq 10000 ]
    grep -v '^#' ours | cut -f 6 | paste - theirs | awk -v nodata="$nodata" -v scale="$scale" -F'\t' '
        $2 == "" || $2 == nodata || $2 == "nan" { if ($1 != "NaN") exit 1; missing++; next }
        { d = $1 - $2 * scale; if (d * d > ($1 * 6e-8) ^ 2) exit 1; seen++ }
        END { if (seen < 1000 || missing < 100 || seen + missing != 10000) exit 1 }'
}

@test "10,000 random points equal gdallocationinfo: UTM" {
    need_data cog_32UPU
    compare "$DATA"/cog_32UPU/*_LST.tif 599000 5289000 711000 5401000 nan 1
}

@test "10,000 random points equal gdallocationinfo: longitude and latitude" {
    need_data la2023
    compare "$DATA"/la2023/ECO_L2_LSTE.002_LST_doy2023172202153_aid0001.tif -119 33.6 -117.7 34.4 0 0.02
}

@test "10,000 random points equal gdallocationinfo: Albers" {
    need_data region4
    compare "$DATA"/region4/CDL_2020.tif -985000 1300000 -950000 1340000 none 1
}

@test "a raster whose coordinates are those of pixel centres" {
    awk 'BEGIN { print "ncols 20\nnrows 15\nxllcorner 250000\nyllcorner 9750000\ncellsize 70"
        for (r = 0; r < 15; r++) { for (c = 0; c < 20; c++) printf "%d ", 100 * r + c; print "" } }' >v.asc
    gdal_translate -q -ot Int32 -a_srs EPSG:32721 -mo AREA_OR_POINT=Point v.asc point.tif
    gdalinfo point.tif | grep -q AREA_OR_POINT=Point
    awk 'BEGIN { srand(2); for (i = 0; i < 2000; i++)
        printf "%.3f %.3f\n", 249990 + 1420 * rand(), 9749990 + 1070 * rand() }' >xy.txt
    gdallocationinfo -valonly -geoloc point.tif <xy.txt | sed 's/^$/NaN/' >theirs
    tr ' ' '\t' <xy.txt | sample --points - --columns 1,2 --points-crs EPSG:32721 point.tif |
        grep -v '^#' | cut -f 6 | diff - theirs
}

@test "the order of the points changes nothing, and lists can be joined" {
    gdal_create -q -of GTiff -ot Float32 -outsize 3 2 -burn 1 -a_srs EPSG:32721 \
        -a_ullr 250000 9750200 250300 9750000 flat.tif
    awk 'BEGIN { srand(1); for (i = 0; i < 5000; i++)
        printf "%d\t%.3f\t%.3f\n", i, 249990 + 320 * rand(), 9749990 + 220 * rand() }' >rows
    { printf '##crs=EPSG:32721\n#id\tx\ty\n'; cat rows; } >all.tsv
    { printf '##crs=EPSG:32721\n#id\tx\ty\n'; shuf --random-source=rows rows; } >shuffled.tsv
    sample --points all.tsv "$LST" flat.tif | grep -v '^#' | sort >a
    sample --points shuffled.tsv "$LST" flat.tif | grep -v '^#' | sort >b
    cmp a b
    { printf '##crs=EPSG:32721\n#id\tx\ty\n'; head -2000 rows; } >first.tsv
    { printf '##crs=EPSG:32721\n#id\tx\ty\n'; tail -3000 rows; } >second.tsv
    { sample --points first.tsv "$LST"; sample --points second.tsv "$LST" | grep -v '^#'; } |
        cmp - <(sample --points all.tsv "$LST")
}

@test "more points than are held at a time" {
    awk 'BEGIN { print "##crs=EPSG:32721\n#x\ty"; for (i = 0; i < 600000; i++)
        printf "%.1f\t9750150\n", 250000.5 + i % 300 }' >many.tsv
    sample --points many.tsv "$LST" "$LST" | awk -F'\t' '/^#/ { next }
        { x = $1 - 250000; want = x < 100 ? 1.5 : x < 200 ? 2 : 3; if ($6 != want) exit 1; n++ }
        END { if (n != 1200000) exit 1 }'
}

@test "wide: a row a time and point, a column a layer" {
    raster "$ERR" '0.1 0.2 0.3\n0.4 0.5 0.6'
    raster "$LATER" '10 20 30\n40 50 60' -mo units=K
    run --separate-stderr sample --points sites.tsv --wide "$LATER" "$ERR" "$LST"
    [ "$status" -eq 0 ]
    grep -v '^##' <<<"$output" | cut -f 1,4,6- >got
    printf '%b' '#site\ttime\tLST\tLST_err\n' 'A\t2020-08-08T09:46:21Z\t1.5\t0.1\n' \
        'B\t2020-08-08T09:46:21Z\t6\t0.6\n' 'C\t2020-08-08T09:46:21Z\tNaN\t0.5\n' \
        'D\t2020-08-08T09:46:21Z\tNaN\tNaN\n' 'A\t2020-08-09T09:46:21Z\t10\tNaN\n' \
        'B\t2020-08-09T09:46:21Z\t60\tNaN\n' 'C\t2020-08-09T09:46:21Z\t50\tNaN\n' \
        'D\t2020-08-09T09:46:21Z\tNaN\tNaN\n' >expected
    diff got expected
    # Another order of columns, and statistics.
    run --separate-stderr sample --points sites.tsv --wide --layer LST_err,LST --window 3 --stat mean,n "$LST" "$ERR"
    grep -q $'\tLST_err_mean\tLST_err_n\tLST_mean\tLST_n$' <<<"$output"
}

@test "wide: empty names in a list of layers are passed over" {
    sample --points sites.tsv --wide --layer LST "$LST" >expected
    for list in ',LST' 'LST,' 'LST,,LST'; do
        sample --points sites.tsv --wide --layer $list "$LST" | cmp - expected
    done
}

@test "wide: tiles of one time and layer fill each other's gaps" {
    mkdir east
    raster "east/$LST" '7 8 9\n7 8 9' -a_ullr 250100 9750200 250400 9750000
    run --separate-stderr sample --points sites.tsv --wide "$LST" "east/$LST"
    [ "$(grep -v '^#' <<<"$output" | cut -f 6 | xargs)" = '1.5 6 7 NaN' ]
    run --separate-stderr sample --points sites.tsv --wide "east/$LST" "$LST"
    [ "$(grep -v '^#' <<<"$output" | cut -f 6 | xargs)" = '1.5 8 7 NaN' ]
}

@test "units of all layers stand before the legend" {
    raster "$ERR" '0.1 0.2 0.3\n0.4 0.5 0.6' -mo units=mK
    for wide in '' --wide; do
        run --separate-stderr sample --points sites.tsv $wide "$LST" "$ERR"
        [ "$(sed -n '/^#site/q; /^##unit/p' <<<"$output" | xargs)" = '##unit.LST=K ##unit.LST_err=mK' ]
        [ "$(grep -c '##unit' <<<"$output")" -eq 2 ]
    done
}

@test "only the layers that are asked for" {
    raster "$ERR" '0.1 0.2 0.3\n0.4 0.5 0.6'
    [ "$(sample_values --points sites.tsv --layer LST_err "$LST" "$ERR" | wc -l)" -eq 4 ]
    [ "$(sample --cells --layer LST "$LST" "$ERR" | grep -vc '^#')" -eq 5 ]
}

# refused TABLE-TEXT WORD [OPTION]...: one message with the word, and no output.
refused() {
    local text=$1 word=$2
    shift 2
    printf '%b' "$text" >bad.tsv
    run --separate-stderr sample --points bad.tsv "$@" "$LST"
    [ "$status" -eq 1 ] || { echo "status $status"; return 1; }
    one_message "$word"
    [ -z "$output" ] || { echo "output: $output"; return 1; }
}

@test "bad tables are refused with file, line and column" {
    head='##crs=EPSG:32721\n#site\tx\ty\n'
    refused "${head}A\t250050\tnorth\n" 'bad.tsv:3: y: not a number: "north"'
    refused "${head}A\t250050,5\t9750150\n" 'bad.tsv:3: x: not a number: "250050,5"'
    refused "${head}A\t250050\n" 'bad.tsv:3:'
    refused "${head}A\t250050\t9750150\tmore\n" 'bad.tsv:3:'
    refused "${head}A\t250050\t\n" 'bad.tsv:3: y: an empty field'
    refused '##crs=EPSG:32721\n#site\tx\n' 'no columns x and y'
    refused '##crs=nonsense\n#x\ty\n1\t2\n' nonsense
    refused '' 'no legend'
    refused 'lon,lat\n1,,2\n' 'bad.tsv:2:' --csv-in
    refused 'lon,lat\n1,\n' 'bad.tsv:2: lat: an empty field' --csv-in
    run --separate-stderr sample --points missing.tsv "$LST"
    [ "$status" -eq 1 ]
    one_message missing.tsv
}

@test "with --keep-going malformed records are passed over, and told" {
    printf '##crs=EPSG:32721\n#site\tx\ty\nA\t250050\tx\nB\t250250\t9750050\n' >bad.tsv
    run --separate-stderr sample --keep-going --points bad.tsv "$LST"
    [ "$status" -eq 1 ]
    one_message 'bad.tsv:3'
    [ "$(grep -vc '^#' <<<"$output")" -eq 1 ]
}

@test "tables in odd forms: CRLF, a byte order mark, no last newline, a line of 1 MB, NaN" {
    printf '\xef\xbb\xbf##crs=EPSG:32721\r\n#site\tx\ty\r\nA\t250050\t9750150\r\nB\t250250\t9750050' >odd.tsv
    [ "$(sample_values --points odd.tsv "$LST" | xargs)" = '1.5 6' ]
    long=$(head -c 1000000 /dev/zero | tr '\0' a)
    printf '##crs=EPSG:32721\n#site\tx\ty\n%s\t250050\t9750150\n' "$long" >long.tsv
    [ "$(sample_values --points long.tsv "$LST")" = 1.5 ]
    printf '##crs=EPSG:32721\n#x\ty\nNaN\t9750150\n250050\tNA\n250050\t9750150\n' >nan.tsv
    [ "$(sample_values --points nan.tsv "$LST" | xargs)" = 'NaN NaN 1.5' ]
}

@test "no points or no rasters: a head alone" {
    printf '##crs=EPSG:32721\n#x\ty\n' >none.tsv
    for wide in '' --wide; do
        run --separate-stderr sample --points none.tsv $wide "$LST"
        [ "$status" -eq 0 ]
        [ "$(grep -vc '^##' <<<"$output")" -eq 1 ]
        run --separate-stderr sample --points sites.tsv $wide </dev/null
        [ "$status" -eq 0 ]
        [ "$(grep -vc '^##' <<<"$output")" -eq 1 ]
    done
}

@test "a raster that fails among good ones" {
    echo text >text.tif
    for wide in '' --wide; do
        run --separate-stderr sample --points sites.tsv $wide text.tif "$LST"
        [ "$status" -eq 1 ]
        one_message text.tif
        [ "$(grep -vc '^#' <<<"$output")" -eq 4 ]
    done
}

@test "a reader that goes away, a full disk, wrong usage" {
    awk 'BEGIN { print "#lon\tlat"; for (i = 0; i < 100000; i++) print "1\t2" }' >long.tsv
    # The writer must end by the signal, not run on or complain.
    run --separate-stderr bash -c 'eco-sample --points long.tsv '"$LST"' | head -1; exit ${PIPESTATUS[0]}'
    [ "$status" -eq 141 ]
    [ -z "$stderr" ]
    run --separate-stderr bash -c 'eco-sample --points sites.tsv '"$LST"' >/dev/full'
    [ "$status" -eq 3 ]
    one_message stdout
    for bad in "--points - -" "--points -" "--points sites.tsv --cells" \
        "--points sites.tsv --stat fraction:1" "--points sites.tsv --interp cubic" \
        "--points sites.tsv --columns x"; do
        run --separate-stderr sample $bad </dev/null
        [ "$status" -eq 2 ]
    done
}
