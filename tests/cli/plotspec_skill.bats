# eco-plotspec histogram, taylor, diurnal and map, the density of scatter, the line below a
# series; and bad input for all charts.
load ../lib/common
load ../lib/picture

setup() {
    cd "$BATS_TEST_TMPDIR"
}

tab=$'\t'
white="255 255 255"

# Lines of fields parted by blanks, parted by TAB, but for metadata.
records() {
    sed "/^##/!s/ /$tab/g"
}

# Whether a place of p.png has a colour "R G B" to within two: has X Y COLOUR
has() {
    [ "$(color p.png "$1" "$2" | awk -v c="$3" '{ split(c, w, " "); print ($1 - w[1]) ^ 2 <= 4 && ($2 - w[2]) ^ 2 <= 4 && ($3 - w[3]) ^ 2 <= 4 }')" = 1 ] ||
        { echo "at $1 $2: $(color p.png "$1" "$2"), wanted $3"; return 1; }
}

# The colours of the first and the last stop of a palette, or of the first from a position on:
# stop NAME N|$|FROM
first_from() {
    awk -v from="$2" '!/^#/ && $1 >= from { for (i = 2; i <= 4; i++) printf "%.0f ", $i * 255; exit }' "$ROOT/share/palettes/$1.tsv"
}
last() {
    awk '!/^#/ { c = ""; for (i = 2; i <= 4; i++) c = c sprintf("%.0f ", $i * 255) } END { print c }' "$ROOT/share/palettes/$1.tsv"
}

# Pairs whose errors are spread evenly from -10 to 10, and more of 3 to 4.
errors() {
    awk 'BEGIN {
        print "##unit.s=K\n#o\ts"
        for (i = 0; i < 400; i++) print 100 + i % 7 "\t" 100 + i % 7 - 10 + i / 20
        for (i = 0; i < 100; i++) print 50 "\t" 53 + i / 100
        print "NaN\t5\n6\tNA"
    }'
}

@test "histogram: bins have the counts that awk finds, and the notes are those of eco-stats" {
    errors >pairs.tsv
    eco-plotspec histogram --x o --y s pairs.tsv >picture.gp
    draw p.png
    width=$(grep -aoE "bins of [0-9.]+" picture.gp | head -1 | cut -d ' ' -f 3)
    # 2 IQR / cube root of n, by a sort, is between the width and half of it.
    awk -v w="$width" 'NR == FNR && !/^#/ && $1 != "NaN" && $2 != "NA" { print $2 - $1 }' pairs.tsv | sort -g |
        awk -v w="$width" '{ e[NR] = $1 } END { fd = 2 * (e[int(NR * .75)] - e[int(NR * .25)]) / NR ^ (1 / 3); exit !(w > 0.65 * fd && w < 1.85 * fd) }'
    awk -v w="$width" '!/^#/ && $1 != "NaN" && $2 != "NA" { v = ($2 - $1) / w; b = int(v); if (b > v) b--; n[b]++ }
        END { for (b in n) print (b + 0.5) * w, n[b] }' pairs.tsv >bins
    [ "$(wc -l <bins)" -gt 5 ]
    while read -r x n; do
        [ "$(color p.png "$x" "$(awk "BEGIN { print $n - 1.5 }")")" != "$white" ] || { echo "no box at $x $n"; return 1; }
        [ "$(color p.png "$x" "$(awk "BEGIN { print $n + 3 }")" | awk '{ print ($1 + $2 + $3 > 640) }')" = 1 ] || { echo "a box above $x $n"; return 1; }
    done <bins
    eco-stats --observed o --model s --stats n,bias,rmse,error_median,error_q1,error_q3 pairs.tsv 2>/dev/null | grep -v '^#' >skill
    read -r _ n bias rmse median q1 q3 _ <skill
    grep -aqF "'error (K)'" picture.gp
    [ "$(label 'n = ')" = "$n" ]
    [ "$(label 'bias = ')" = "$(printf %.4g "$bias") K" ]
    [ "$(label 'RMSE = ')" = "$(printf %.4g "$rmse") K" ]
    [ "$(label 'median = ')" = "$(printf %.4g "$median") K" ]
    near "$(label 'IQR = ' | cut -d ' ' -f 1)" "$(awk "BEGIN { print $q3 - $q1 }")" 0.001
    # What --range leaves out is told.
    eco-plotspec histogram --x o --y s --range 0,5 pairs.tsv >picture.gp
    draw p.png
    width=$(grep -aoE "bins of [0-9.]+" picture.gp | head -1 | cut -d ' ' -f 3)
    beyond=$(awk -v most="$(awk "BEGIN { print (int(5 / $width) + 1) * $width }")" '
        !/^#/ && $1 != "NaN" && $2 != "NA" { v = $2 - $1; if (v < 0 || v >= most) n++ } END { print n }' pairs.tsv)
    grep -aq "; $beyond of 500 lie beyond" picture.gp
}

@test "histogram: several columns are lines that have their marks in the key" {
    errors | awk -F '\t' 'BEGIN { OFS = "\t" } /^##/ { print; next } { print $0, NR == 2 ? "t" : ($2 == "NA" ? "NA" : $2 + 5) }' >three.tsv
    eco-plotspec histogram --x o --y s,t three.tsv >picture.gp
    draw p.png
    [ "$(grep -ac "point pt" picture.gp)" -ge 2 ]
    grep -aqE "^set label [0-9]* 's: n = 500, bias = " picture.gp
    grep -aqE "^set label [0-9]* 't: n = 500, bias = " picture.gp
}

@test "taylor: models stand at their standard deviation and correlation" {
    records >skill.tsv <<'END'
#site model r alpha
A one 0.9 1.2
B one 0.5 0.6
A two 0 0.8
B two NaN NaN
END
    eco-plotspec taylor skill.tsv >picture.gp
    draw p.png
    grep -aq "'n = 3;" picture.gp
    for place in '0.9 1.2 0,114,178' '0.5 0.6 0,114,178'; do
        read -r r alpha color <<<"$place"
        has "$(awk "BEGIN { print $r * $alpha }")" "$(awk "BEGIN { print $alpha * sqrt(1 - $r ^ 2) }")" "${color//,/ }"
    done
    has 0.003 0.8 "213 94 0"
    # A correlation below 0 opens the other quarter.
    sed 's/0\.9/-0.9/' skill.tsv | eco-plotspec taylor --by site >picture.gp
    draw p.png
    has -1.08 "$(awk 'BEGIN { print 1.2 * sqrt(1 - 0.81) }')" "0 114 178"
    grep -aq "^set label [0-9]* '−0.99'" picture.gp
    # The centred RMS error of eco-stats is the distance from the star.
    printf '#o\ts\n100\t120\n150\t140\n220\t260\n310\t250\n420\t460\n' | eco-stats --observed o --model s --stats r,alpha,ubrmse,sd_observed,n >one.tsv
    awk '/^#/ { next } { d = sqrt(($2 * $3 - 1) ^ 2 + $3 ^ 2 * (1 - $2 ^ 2)); sd = $5 * sqrt(($6 - 1) / $6)
        exit !(d * sd - $4 < 1e-9 && $4 - d * sd < 1e-9) }' FS='\t' <(grep -v '^##' one.tsv | cut -f 1-6)
}

@test "diurnal: means and standard deviations by the hour are those of awk" {
    # Noon at 90 W is 18 h UTC but for the equation of time: 14 minutes late in February.
    {
        echo '#time lon x y'
        for hour in 12 15 18; do
            for i in 1 2 3 4; do
                echo "2020-02-10T$hour:50:00Z -90 $((hour * 10 + i)) $((i * i))"
            done
        done
        echo '2020-02-10T21:50:00Z -90 5 NaN'
    } | records >t.tsv
    eco-plotspec diurnal --y x t.tsv >picture.gp
    draw p.png
    for hour in 12 15 18; do
        has "$((hour - 6)).5" "$(awk "BEGIN { print $hour * 10 + 2.5 }")" "0 114 178"
        # sqrt(1.25) = 1.118, by n.
        bar p.png "$((hour - 6)).5" "$(awk "BEGIN { print $hour * 10 + 2.5 + 1.0 }")"
    done
    has 15.5 5 "0 114 178"
    # With both columns, only whole records count.
    eco-plotspec diurnal --y x,y t.tsv >picture.gp
    draw p.png
    [ "$(label 'n = ' | cut -d ' ' -f 1)" = 12 ]
    # From solar_time, whatever the time is.
    printf '#solar_time\tx\n2020-02-10T05:10:00\t4\n2020-02-11T05:40:00\t6\n' | eco-plotspec diurnal --y x >picture.gp
    draw p.png
    has 5.5 5 "0 114 178"
}

@test "map: places stand where they are, in the colours of their values" {
    records >sites.tsv <<'END'
##unit.v=K
#lon lat v
-60 -3 280
-50 -10 300
-55 -6 NaN
END
    eco-plotspec map --value v sites.tsv >picture.gp
    draw p.png
    has -60 -3 "$(first_from heat 0)"
    has -50 -10 "$(last heat)"
    has -55 -6 "$white"
    grep -aqF "'v (K)'" picture.gp
    grep -aqF "Longitude (°)" picture.gp
    # In a plane: kilometres.
    printf '#a\tb\tv\n500000\t9600000\t1\n530000\t9620000\t2\n' >plane.tsv
    eco-plotspec map --value v --coordinates a,b --crs EPSG:32721 plane.tsv >picture.gp
    draw p.png
    has 500 9600 "$(first_from heat 0)"
    has 530 9620 "$(last heat)"
    refused 1 CRS map --value v --coordinates a,b plane.tsv
    refused 2 --raster map
    refused 2 --value map --value v --raster x.tif
    refused 1 '"w"' map --value w sites.tsv
}

@test "map: a raster's pixels stand in their places, rotated too" {
    printf 'ncols 4\nnrows 3\nxllcorner 500000\nyllcorner 9600000\ncellsize 1000\nNODATA_value -9\n1 2 3 4\n5 6 -9 8\n9 10 11 12\n' >r.asc
    gdal_translate -q -a_srs EPSG:32721 -ot Float32 r.asc r.tif
    eco-plotspec map --raster r.tif --range 1,12 --unit K --variable Heat >picture.gp
    draw p.png
    has 500.5 9602.5 "$(first_from heat 0)"
    has 503.5 9600.5 "$(last heat)"
    has 502.5 9601.5 "228 228 228"
    grep -aqF "'Heat (K)'" picture.gp
    grep -aqF "{/:Bold Heat}" picture.gp
    gdal_translate -q -of VRT r.tif turned.vrt
    sed -i 's|<GeoTransform>.*<|<GeoTransform>500000, 1000, 200, 9603000, 200, -1000<|' turned.vrt
    eco-plotspec map --raster turned.vrt --units m --range 1,12 >picture.gp
    draw p.png
    grep -aqF "Easting (m)" picture.gp
    has 500600 9602600 "$(first_from heat 0)"
    has 504000 9601200 "$(last heat)"
    has 500100 9600100 "228 228 228"
    refused 1 gone.tif map --raster gone.tif
    refused 2 '"r.tif"' map --raster r.tif r.tif
    refused 1 'no "2" among its bands' map --raster r.tif --band 2
}

@test "scatter: many pairs are counted in squares, the fullest of which is darkest" {
    awk 'BEGIN { print "#a\tb"; for (i = 0; i < 3000; i++) print i / 3000 "\t" (i * 7919 % 3000) / 3000; for (i = 0; i < 500; i++) print "0.503\t0.503" }' >many.tsv
    eco-plotspec scatter --x a --y b many.tsv >picture.gp
    draw p.png
    [ "$(label 'n = ')" = 3,500 ]
    grep -aq 'set logscale cb' picture.gp
    # 80 squares from -0.04 to 1.04; a corner of the one with 0.503, beside the lines.
    has 0.5015 0.512 "$(last cover)"
    # Of as many as can be told apart each is a point.
    head -2001 many.tsv | eco-plotspec scatter --x a --y b >picture.gp
    [ "$(grep -ac 'set logscale cb' picture.gp)" -eq 0 ]
}

@test "scatter: its numbers stand in the corner where they hide fewer points" {
    printf '#a\tb\n0\t10\n' | eco-plotspec scatter --x a --y b >picture.gp
    grep -aqE "^set label [0-9]* 'n = 1' at screen 0.[89].* right" picture.gp
    printf '#a\tb\n10\t0\n' | eco-plotspec scatter --x a --y b >picture.gp
    grep -aqE "^set label [0-9]* 'n = 1' at screen 0.[01].* left" picture.gp
}

@test "scatter says what eco-stats says" {
    need_data calval
    table=$DATA/calval/combined_eco_flux_EC_filtered.csv
    for y in JET BESSinst MOD16inst; do
        eco-plotspec scatter --csv-in --x LEcorr50 --y "$y" "$table" >picture.gp
        eco-stats --csv-in --observed LEcorr50 --model "$y" --stats n,bias,rmse,r2,slope,intercept "$table" | grep -v '^#' >skill
        read -r _ n bias rmse r2 slope intercept _ <skill
        [ "$(label 'n = ' | tr -d ,)" = "$n" ]
        [ "$(label 'bias = ')" = "$(printf %.4g "$bias")" ]
        [ "$(label 'RMSE = ')" = "$(printf %.4g "$rmse")" ]
        [ "$(label 'R^2 = ')" = "$(printf %.4g "$r2")" ]
        [ "$(label 'y = ')" = "$(printf '%.4g x + %.4g' "$slope" "$intercept")" ]
    done
}

@test "series: a tower's line lies below, at the middles of its intervals, and breaks where one is missing" {
    records >tower.tsv <<'END'
##unit.LE=W m-2
#start end LE
2020-08-08T12:00:00Z 2020-08-08T12:30:00Z 100
2020-08-08T12:30:00Z 2020-08-08T13:00:00Z 100
2020-08-08T13:00:00Z 2020-08-08T13:30:00Z 200
2020-08-08T13:30:00Z 2020-08-08T14:00:00Z NaN
2020-08-08T14:00:00Z 2020-08-08T14:30:00Z 200
2020-08-08T14:30:00Z 2020-08-08T15:00:00Z 200
END
    printf '##unit.ET=W m-2\n#time\tET\n2020-08-08T13:46:21Z\t150\n' >seen.tsv
    at() { date -u -d "2020-08-08 $1" +%s; }
    grey() { color p.png "$@" | awk '{ exit !($1 == $2 && $2 == $3 && $1 < 200) }'; }
    eco-plotspec series --y ET --line LE --line-from tower.tsv seen.tsv >picture.gp
    draw p.png
    has "$(at 13:46:21)" 150 "0 114 178"
    for minute in 20 40; do
        grey "$(at 12:$minute)" 100 || grey "$(at 12:$minute)" 100 1 || grey "$(at 12:$minute)" 100 -1
    done
    for lower in -1 0 1; do
        run ! grey "$(at 12:05)" 100 $lower
    done
    for lower in -1 0 1; do
        run ! grey "$(at 13:45)" 200 $lower
    done
    grey "$(at 14:30)" 200 || grey "$(at 14:30)" 200 1 || grey "$(at 14:30)" 200 -1
    grep -aqF "'W m^{−2}'" picture.gp
    sed 's/W m-2/mm/' seen.tsv >mm.tsv
    run --separate-stderr bash -c 'eco-plotspec series --y ET --line LE --line-from tower.tsv mm.tsv >picture.gp'
    one_message 'its unit is W m-2, and that of --y is mm'
    refused 2 --line-from series --y ET --line LE seen.tsv
    refused 1 '"H"' series --y ET --line H --line-from tower.tsv seen.tsv
    refused 1 gone.tsv series --y ET --line LE --line-from gone.tsv seen.tsv
}

# Each chart with its own words, for columns o and s: charts COMMAND...
charts=('scatter --x o --y s' 'histogram --x o --y s' 'histogram --x o --y s,o2' 'series --y o,s'
    'diurnal --y o,s' 'map --value s' 'taylor')
head='#time solar_time lon lat model r alpha o o2 s'
row='2020-01-01 2020-01-01T05:00:00 -60 -3 m 0.5 1'

# Draws all charts of t.tsv, in silence.
all_draw() {
    for chart in "${charts[@]}"; do
        # shellcheck disable=SC2086
        run --separate-stderr bash -c "eco-plotspec $chart t.tsv >picture.gp"
        [ "$status" -eq 0 ] || { echo "$chart: $stderr"; return 1; }
        [ -z "$stderr" ] || { echo "$chart said $stderr"; return 1; }
        draw p.png || { echo "of $chart"; return 1; }
    done
}

@test "no rows, one row and a constant column make pictures of all kinds" {
    echo "$head" | records >t.tsv
    all_draw
    printf '%s\n' "$head" "$row 1 2 3" | records >t.tsv
    all_draw
    { echo "$head"; for i in 1 2 3 4; do echo "$row 7 7 7"; done; } | records >t.tsv
    all_draw
    { echo "$head"; for i in 1 2 3 4; do echo "$row $i $i 7"; done; } | records >t.tsv
    all_draw
}

@test "a column without values is told, and the picture says that it is empty" {
    { echo "$head"; for i in 1 2 3; do echo "$row $i $i NaN"; done; } | records >t.tsv
    for chart in 'scatter --x o --y s' 'histogram --x o --y s' 'diurnal --y o,s' 'map --value s' 'series --y s'; do
        # shellcheck disable=SC2086
        run --separate-stderr bash -c "eco-plotspec $chart t.tsv >picture.gp"
        [ "$status" -eq 0 ]
        one_message 'column "s" has no value in any record'
        draw p.png
        grep -aqE "^set label [0-9]* 'no (value|pair|record)" picture.gp || { echo "$chart"; return 1; }
    done
}

@test "a missing column, two of one name, and a -9999 that nobody declared" {
    printf '#time\tlon\tlat\tsolar_time\to\ts\ts\n2020-01-01\t-60\t-3\tNA\t1\t2\t3\n' >twice.tsv
    printf '#time\tlon\tlat\tsolar_time\to\n2020-01-01\t-60\t-3\tNA\t1\n' >lacks.tsv
    for chart in 'scatter --x o --y s' 'histogram --x o --y s' 'series --y s' 'diurnal --y s' 'map --value s'; do
        # shellcheck disable=SC2086
        refused 1 'the legend names "s" twice' $chart twice.tsv
        # shellcheck disable=SC2086
        refused 1 'there is no column "s"' $chart lacks.tsv
    done
    refused 1 'taylor: there is no column "r"' taylor lacks.tsv
    refused 1 'no column solar_time, nor longitude' diurnal --y o <<<"#time${tab}o"
    # By its number one of the two is meant.
    eco-plotspec scatter --x o --y 7 twice.tsv >picture.gp
    { echo "$head"; for i in 1 2 3; do echo "$row $i $i $((i + 1))"; done; echo "$row 5 5 -9999"; } | records >t.tsv
    for chart in 'scatter --x o --y s' 'histogram --x o --y s' 'series --y s' 'diurnal --y s' 'map --value s'; do
        # shellcheck disable=SC2086
        run --separate-stderr bash -c "eco-plotspec $chart t.tsv >picture.gp"
        [ "$status" -eq 0 ]
        one_message 's holds -9999 in 1 records'
        # shellcheck disable=SC2086
        run --separate-stderr bash -c "eco-plotspec $chart --missing -9999 t.tsv >picture.gp"
        [ -z "$stderr" ]
        draw p.png
    done
    eco-plotspec scatter --x o --y s --missing -9999 t.tsv >picture.gp
    [ "$(label 'RMSE = ')" = 1 ]
}
