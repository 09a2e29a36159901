# eco-plotspec scatter and series: what they compute, and where points stand.
load ../lib/common
load ../lib/picture

setup() {
    cd "$BATS_TEST_TMPDIR"
}

tab=$'\t'

# Lines of fields parted by blanks, parted by TAB: a legend's # is the first's.
records() {
    tr ' ' '\t'
}

@test "scatter: the published match-ups give the published agreement" {
    need_data calval
    table=$DATA/calval/combined_eco_flux_EC_filtered.csv
    for row in 'JET 1,065 31.4 105.6 .51 .5 106.7' 'PTJPLSMinst 1,065 14.3 99.4 .55 .6 74.8'; do
        read -r y n bias rmse r2 slope intercept <<<"$row"
        eco-plotspec scatter --csv-in --x LEcorr50 --y "$y" "$table" >picture.gp
        draw p.png
        [ "$(label 'n = ')" = "$n" ]
        near "$(label 'bias = ')" "$bias" 0.05
        near "$(label 'RMSE = ')" "$rmse" 0.05
        near "$(label 'R^2 = ')" "$r2" 0.005
        near "$(label 'y = ' | sed 's/ x.*//')" "$slope" 0.05
        near "$(label 'y = ' | sed 's/.*+ //')" "$intercept" 0.05
    done
}

@test "scatter: pairs with a missing value do not count; the numbers are exact" {
    # y = 2 x + 1 but for the last: by hand.
    records >pairs.tsv <<'END'
##unit.b=W m-2
#a b
1 3
2 5
NaN 7
3 NA
4 9
6 11
END
    eco-plotspec scatter --x a --y b pairs.tsv >picture.gp
    draw p.png
    # x 1 2 4 6, y 3 5 9 11: means 3.25 and 7; Sxx 14.75, Syy 40, Sxy 24.
    [ "$(label 'n = ')" = 4 ]
    [ "$(label 'bias = ')" = '3.75 W m^{−2}' ]
    [ "$(label 'RMSE = ')" = "$(awk 'BEGIN { printf "%.4g", sqrt((4 + 9 + 25 + 25) / 4) }') W m^{−2}" ]
    [ "$(label 'R^2 = ')" = "$(awk 'BEGIN { printf "%.4g", 24 * 24 / 14.75 / 40 }')" ]
    [ "$(label 'y = ')" = "$(awk 'BEGIN { m = 24 / 14.75; printf "%.4g x + %.4g", m, 7 - m * 3.25 }')" ]
    grep -aqF "'b (W m^{−2})'" picture.gp
}

@test "scatter: points stand in their places" {
    printf '#a\tb\n0\t10\n10\t2\n' >pairs.tsv
    eco-plotspec scatter --x a --y b --range -5,15 pairs.tsv >picture.gp
    draw p.png
    [ "$(color p.png 0 10)" != "255 255 255" ]
    [ "$(color p.png 10 2)" != "255 255 255" ]
    [ "$(color p.png 10.5 8.5)" = "255 255 255" ]
    [ "$(color p.png 2.5 0.5)" = "255 255 255" ]
}

@test "scatter: nothing, one point and points in a column make pictures" {
    for rows in '' '1 2' '1 2;1 3' '1 1;2 1' 'NaN 1'; do
        { echo '#a b'; [ -z "$rows" ] || tr ';' '\n' <<<"$rows"; } | records >pairs.tsv
        eco-plotspec scatter --x a --y b pairs.tsv >picture.gp
        draw p.png
    done
    [ "$(label 'n = ')" = 0 ]
}

@test "series: lines stand in their places, and break in gaps" {
    # Daily, then 20 days of nothing.
    records >series.tsv <<'END'
##unit.LST=K
#time LST
2020-03-05T12:00:00Z 300
2020-03-01T12:00:00Z 290
2020-03-02T12:00:00Z 290
2020-03-03 NaN
NA 305
2020-03-03T12:00:00Z 290
2020-03-04T12:00:00Z 300
2020-03-25T12:00:00Z 300
2020-03-26T12:00:00Z 300
END
    at() { date -u -d "$1" +%s; }
    eco-plotspec series --y LST series.tsv >picture.gp
    draw p.png
    dark p.png "$(at '2020-03-02 00:00')" 290
    dark p.png "$(at '2020-03-25 12:00')" 300
    dark p.png "$(at '2020-03-05 00:00')" 300
    for day in 10 15 20; do
        run ! dark p.png "$(at "2020-03-$day 07:00")" 300
    done
    [ "$(label 'n = ')" = 7 ]
    grep -aqF "'LST (K)'" picture.gp
    eco-plotspec series --y LST --gap 30 series.tsv >picture.gp
    draw p.png
    for day in 10 15 20; do
        dark p.png "$(at "2020-03-$day 07:00")" 300
    done
}

@test "series: one line for each text of --by; values of one time are a mean with a bar" {
    records >series.tsv <<'END'
##unit.LST=K
#name time layer value
A 2020-03-01 LST 290
A 2020-03-01 LST 300
A 2020-03-02 LST 296
B 2020-03-01 LST 310
B 2020-03-02 LST 311
END
    eco-plotspec series --y value --by name series.tsv >picture.gp
    draw p.png
    grep -aq "^set label [0-9]* 'A' at" picture.gp
    grep -aq "^set label [0-9]* 'B' at" picture.gp
    grep -aqF "'LST (K)'" picture.gp
    [ "$(label 'n = ')" = '5, means of 4 times; bars from the lowest to the highest value' ]
    [ "$(grep -ac yerrorbars picture.gp)" -eq 1 ]
    a=$(color p.png "$(date -u -d 2020-03-01 +%s)" 295)
    b=$(color p.png "$(date -u -d 2020-03-01 +%s)" 310)
    white="255 255 255"
    [ "$a" != "$white" ]
    [ "$b" != "$white" ]
    [ "$a" != "$b" ]
    dark p.png "$(date -u -d '2020-03-01 12:00' +%s)" 295.5
    # From 290 to 300 where there are two values, here at the left edge; else nowhere.
    for y in 291 294 296 299; do
        bar p.png "$(date -u -d 2020-03-01 +%s)" "$y" || { echo "no bar at $y"; return 1; }
    done
    for place in '03-01 289.3' '03-01 301' '03-01 309' '03-02 294' '03-02 298' '03-02 309'; do
        run ! bar p.png "$(date -u -d "2020-${place% *}" +%s)" "${place#* }"
    done
}

@test "series: several columns, CSV, and a stream" {
    printf 'date,x,"y, really"\n2020-01-01,1,5\n2021-01-01,2,NaN\n2022-01-01,3,6\n' >series.csv
    eco-plotspec series --csv-in --time date --y x series.csv >picture.gp
    draw p.png
    printf '#time\tx\ty\n2020-01-01\t1\t5\n2022-01-01\t3\t6\n' | eco-plotspec series --y x,y >picture.gp
    draw p.png
    grep -aq "^set label [0-9]* 'y' at" picture.gp
}

@test "series: hours have their day, and the axis their year" {
    printf '#time\tx\n2020-03-01T04:00:00Z\t4\n2020-03-01T14:00:00Z\t5\n' | eco-plotspec series --y x >picture.gp
    grep -aqF "'03-01 06:00'" picture.gp
    grep -aqF "'UTC, 2020'" picture.gp
    printf '#time\tx\n2019-12-31T23:00:00Z\t4\n2020-01-01T02:00:00Z\t5\n' | eco-plotspec series --y x >picture.gp
    grep -aqF "'UTC, 2019 to 2020'" picture.gp
    draw p.png
    printf '#time\tx\n2019-12-31\t4\n2020-02-01\t5\n' | eco-plotspec series --y x >picture.gp
    grep -aqF "'UTC'" picture.gp
    # No label goes on beyond the picture: the letters of an axis end before its last column.
    gdal_translate -q -srcwin 1596 640 4 40 p.png edge.tif
    [ "$(gdalinfo -mm edge.tif | grep -c 'Min/Max=255.000,255.000')" -ge 3 ]
}

@test "series: texts as they are meant, and the time's name" {
    printf '%s\n' '#time site x' '2020-01-01 \#1\\a 1' '2020-01-02 \#1\\a 1' '2020-01-01 b 2' | records >t.tsv
    eco-plotspec series --y x --by site --terminal svg t.tsv >picture.gp
    draw p.svg
    sed 's/<[^>]*>//g' p.svg | grep -qF '#1\a'
    printf 'time,site,x\n2020-01-01,\\t,1\n2020-01-01,b,1\n' | eco-plotspec series --y x --by site --csv-in --terminal svg >picture.gp
    draw p.svg
    sed 's/<[^>]*>//g' p.svg | grep -qF '\t'
    printf '#solar_time\tx\n2020-03-01T04:00:00\t4\n2020-03-01T14:00:00\t5\n' | eco-plotspec series --time solar_time --y x >picture.gp
    grep -aqF "'local solar time, 2020'" picture.gp
}

@test "an empty field is no value in CSV, and an error in records" {
    # As pandas writes NaN.
    printf 'time,site,x,y\n2020-01-01,A,1,5\n2020-01-02,,2,\n,A,3,6\n2020-01-04,A,,7\n2020-01-05,A,5,8\n' >t.csv
    eco-plotspec series --csv-in --y x,y --by site t.csv >picture.gp
    draw p.png
    [ "$(label 'n = ')" = 6 ]
    eco-plotspec scatter --csv-in --x x --y y t.csv >picture.gp
    draw p.png
    [ "$(label 'n = ')" = 3 ]
    tr , '\t' <t.csv | sed '1s/^/#/' >t.tsv
    refused 1 't.tsv:3: y: an empty field' scatter --x x --y y t.tsv
}

@test "series: nothing and one point make pictures" {
    printf '#time\tx\n' | eco-plotspec series --y x >picture.gp
    draw p.png
    [ "$(label 'n = ')" = 0 ]
    printf '#time\tx\n2020-01-01\t4\n' | eco-plotspec series --y x >picture.gp
    draw p.png
}

@test "all pictures: size, terminal, title, output" {
    printf '#time\tx\ty\n2020-01-01\t1\t5\n2022-01-01\t3\t6\n' >t.tsv
    for picture in 'scatter --x x --y y' 'series --y x,y'; do
        # shellcheck disable=SC2086
        eco-plotspec $picture --size 640x480 --title 'a_b & <c>' --terminal svg t.tsv >picture.gp
        draw p.svg
        grep -q 'width="640" height="480"' p.svg
        sed 's/<[^>]*>//g' p.svg | grep -qF 'a_b &amp; &lt;c>'
        # shellcheck disable=SC2086
        eco-plotspec $picture --size 640x480 --output here.png t.tsv | gnuplot -d
        [[ $(gdalinfo here.png) == *"Size is 640, 480"* ]]
        rm here.png
        # shellcheck disable=SC2086
        eco-plotspec $picture --terminal pdf t.tsv >picture.gp
        draw p.pdf
        # shellcheck disable=SC2086
        run --separate-stderr bash -c "eco-plotspec $picture t.tsv >/dev/full"
        [ "$status" -eq 3 ]
    done
}

# The series' colours and types of points in picture.gp, a line each.
marks() {
    grep -a '^plot ' picture.gp | grep -aoE "(linespoints|points) pt [0-9]+ .*" |
        grep -aoE "points pt [0-9]+ ps [0-9.]+ (lw [0-9.]+ )?lc rgb '#[0-9a-f]{6}'" |
        sed -E "s/points pt ([0-9]+) .*'(.*)'/\1 \2/"
}

@test "series: forty texts of --by have a colour and a mark that no other has" {
    { printf '#time\tsite\tx\n'; seq -f "2020-01-01${tab}site%g${tab}1" 40; } >many.tsv
    eco-plotspec series --y x --by site many.tsv >picture.gp
    draw p.png
    [ "$(marks | wc -l)" -eq 40 ]
    [ "$(marks | sort -u | wc -l)" -eq 40 ]
    # The first six by the mark alone, the first seven by the colour alone.
    [ "$(marks | head -6 | cut -d ' ' -f 1 | sort -u | wc -l)" -eq 6 ]
    [ "$(marks | head -7 | cut -d ' ' -f 2 | sort -u | wc -l)" -eq 7 ]
    # The key has them all, but for a lower picture, which says so.
    [ "$(grep -ac "^set label [0-9]* 'site" picture.gp)" -eq 40 ]
    eco-plotspec series --y x --by site --size 900x300 many.tsv >picture.gp
    draw p.png
    grep -aqE "^set label [0-9]* 'and [0-9]+ more'" picture.gp
}

# As the eye with deuteranopia or protanopia has them (Vienot, Brettel and Mollon 1999), in
# CIELAB: no two of the seven colours come as close as 12 (a difference of 2.3 is just seen).
@test "series: the colours are told apart by the colour-blind" {
    { printf '#time\tsite\tx\n'; seq -f "2020-01-01${tab}site%g${tab}1" 7; } >seven.tsv
    eco-plotspec series --y x --by site seven.tsv >picture.gp
    marks | awk '
        function hex(s) { return (index("0123456789abcdef", substr(s, 1, 1)) - 1) * 16 + index("0123456789abcdef", substr(s, 2, 1)) - 1 }
        function linear(v) { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ^ 2.4 }
        function f(t) { return t > 0.008856 ? t ^ (1 / 3) : 7.787 * t + 16 / 116 }
        function lab(k, r, g, b,    x, y, z) {
            x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505)
            y = f(0.2126 * r + 0.7152 * g + 0.0722 * b)
            z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089)
            L[k, NR] = 116 * y - 16; A[k, NR] = 500 * (x - y); B[k, NR] = 200 * (y - z)
        }
        {
            r = linear(hex(substr($2, 2))); g = linear(hex(substr($2, 4))); b = linear(hex(substr($2, 6)))
            lab(0, r, g, b)
            lab(1, 0.11238 * r + 0.88762 * g, 0.11238 * r + 0.88762 * g, 0.00401 * r - 0.00401 * g + b)
            lab(2, 0.29275 * r + 0.70725 * g, 0.29275 * r + 0.70725 * g, -0.02234 * r + 0.02234 * g + b)
        }
        END {
            for (k = 0; k < 3; k++)
                for (i = 1; i <= NR; i++)
                    for (j = 1; j < i; j++) {
                        d = sqrt((L[k, i] - L[k, j]) ^ 2 + (A[k, i] - A[k, j]) ^ 2 + (B[k, i] - B[k, j]) ^ 2)
                        if (d < 12) { print "eye " k ": colours " j " and " i " are " d " apart"; bad = 1 }
                    }
            exit bad || NR != 7
        }'
}

@test "series: day and night are lines of their own, by solar_time or by the longitude" {
    # Days at 300, nights at 280: nothing must be drawn half way.
    printf '#time\tlongitude\tsolar_time\tLST\n' >records.tsv
    for day in 1 2 3 4; do
        printf '2020-03-0%dT05:00:00Z\t-60\t2020-03-0%dT01:00:00\t280\n' $day $day
        printf '2020-03-0%dT17:00:00Z\t-60\t2020-03-0%dT13:00:00\t300\n' $day $day
    done >>records.tsv
    at() { date -u -d "$1" +%s; }
    for columns in 1-4 1,2,4 1,3,4; do
        cut -f $columns records.tsv >t.tsv
        eco-plotspec series --y LST t.tsv >picture.gp
        draw p.png
        dark p.png "$(at '2020-03-02 12:00')" 300
        dark p.png "$(at '2020-03-02 12:00')" 280
        run ! dark p.png "$(at '2020-03-02 11:00')" 290
        run ! dark p.png "$(at '2020-03-02 23:00')" 290
        [ "$(marks | cut -d ' ' -f 1 | paste -s)" = "7${tab}6" ]
        [ "$(marks | cut -d ' ' -f 2 | sort -u | wc -l)" -eq 1 ]
        [ "$(label 'n = ')" = '8; filled marks by day (6 to 18 h of solar time), open by night' ]
    done
    # 18 h UTC is noon at 90 W and midnight at 90 E; where nothing tells, there is one line.
    for longitude in '-90 7' '270 7' '90 6' '-270 6'; do
        printf '#time\tlon\tx\n2020-03-01T18:00:00Z\t%s\t1\n' "${longitude% *}" >t.tsv
        eco-plotspec series --y x t.tsv >picture.gp
        [ "$(marks | cut -d ' ' -f 1)" = "${longitude#* }" ]
    done
    cut -f 1,4 records.tsv | eco-plotspec series --y LST >picture.gp
    [ "$(marks | wc -l)" -eq 1 ]
}

@test "series: --points draws no line" {
    printf '#time\tx\n2020-01-01\t4\n2020-01-03\t5\n2020-01-05\t4\n' >t.tsv
    eco-plotspec series --y x --points t.tsv >picture.gp
    draw p.png
    dark p.png "$(date -u -d 2020-01-03 +%s)" 5
    run ! dark p.png "$(date -u -d 2020-01-02 +%s)" 4.5
}

@test "--unit says what CSV has no place for" {
    printf 'time,LST,ET\n2020-01-01,300,5\n2020-01-03,301,6\n' >t.csv
    eco-plotspec series --csv-in --y LST --unit K t.csv >picture.gp
    draw p.png
    grep -aqF "'LST (K)'" picture.gp
    eco-plotspec scatter --csv-in --x LST --y ET --unit 'K,W m-2' t.csv >picture.gp
    draw p.png
    grep -aqF "'LST (K)'" picture.gp
    grep -aqF "'ET (W m^{−2})'" picture.gp
    [ "$(label 'bias = ' | cut -d ' ' -f 2-)" = 'W m^{−2}' ]
    eco-plotspec series --csv-in --y LST,ET --unit K t.csv >picture.gp
    grep -aqF "'K' at" picture.gp
    refused 2 --unit series --csv-in --y LST --unit K,m t.csv
}

@test "--output names a file, and text is text, whatever gnuplot might take them for" {
    printf '#time\tx\n2020-01-01\t4\n' >t.tsv
    mkdir '~'
    # shellcheck disable=SC2088
    for name in '|touch pwned' '~/p.svg' "it's" "a''b" '`touch pwned`' "'\`touch pwned\`" '-' 'p%d.svg' 'a"b' '\' ' '; do
        eco-plotspec series --y x --terminal svg --output "$name" t.tsv >picture.gp
        gnuplot -d picture.gp 2>err
        [ ! -s err ]
        grep -qx '</svg>' -- "./$name"
        rm -- "./$name"
        # As a title and a unit too.
        eco-plotspec series --y x --terminal svg --title "$name" --unit "$name" t.tsv >picture.gp
        draw p.svg
        [ "$(sed 's/<[^>]*>//g; s/&quot;/"/g; s/&#39;/'"'"'/g' p.svg | grep -cF -- "$name")" -ge 2 ]
    done
    [ ! -e pwned ]
    refused 2 --output series --y x --output '' t.tsv
    refused 2 --output series --y x --output $'a\nb' t.tsv
    # Nor does the comment that has the command end before its line does.
    eco-plotspec series --y x --title $'a\nsystem("touch pwned")\r\nsystem("touch pwned")\\' t.tsv >picture.gp
    draw p.png
    [ ! -e pwned ]
}

@test "the locale that gnuplot runs in makes no difference" {
    printf '##unit.x=W m-2\n#time\tsite\tx\n2020-01-01\tŻółć é−×\t4.5\n2020-01-02\tЖ & <\t4.25\n' >t.tsv
    for terminal in png svg; do
        eco-plotspec series --y x --by site --terminal $terminal t.tsv >picture.gp
        draw utf8.$terminal
        LC_ALL=C gnuplot -d picture.gp >c.$terminal 2>err
        cmp utf8.$terminal c.$terminal
        # For SVG it doubts that it can tell what a degree sign is.
        [ $terminal = svg ] || [ ! -s err ]
    done
}

@test "letters that no font has are told and stand as ?, those of Europe are not asked for" {
    printf '#time\tx\n2020-01-01\t4\n' >t.tsv
    mkdir bin
    # Of fonts that have Hebrew's alef alone.
    printf '#!/bin/sh\necho "$1" >>asked\n[ "$1" != :charset=5d0 ] || echo /a/font.ttf\n' >bin/fc-list
    chmod +x bin/fc-list
    run --separate-stderr env PATH="$PWD/bin:$PATH" eco-plotspec series --y x --title 'ü ≥ Ж − א 漢字漢' t.tsv
    [ "$status" -eq 0 ]
    one_message 'no font here has "漢字", which stands as ? in the picture; Debian'"'"'s package fonts-noto-cjk has one'
    [[ $output == *"{/:Bold ü ≥ Ж − א ???}'"* ]]
    # Each once.
    [ "$(sort asked)" = "$(printf ':charset=%s\n' 5b57 5d0 6f22)" ]
    run --separate-stderr env PATH="$PWD/bin:$PATH" eco-plotspec series --y x --title '🌲 हि' t.tsv
    one_message fonts-noto-color-emoji
    # What SVG is shown with is not known here; nor is anything without that program.
    for options in '--terminal svg' ''; do
        # shellcheck disable=SC2086
        run --separate-stderr env PATH="$BUILD/bin" eco-plotspec series --y x $options --title '漢' t.tsv
        [ -z "$stderr" ]
        [[ $output == *"{/:Bold 漢}'"* ]]
    done
    run --separate-stderr env PATH="$PWD/bin:$PATH" eco-plotspec series --y x --terminal svg --title '漢' t.tsv
    [ -z "$stderr" ]
}

@test "numbers that no picture can show are left out, and told; those near the limits are shown" {
    for v in inf -inf 1e300 -1.1e100; do
        printf '#time\tx\ty\n2020-01-01\t1\t5\n2020-01-02\t2\t%s\n2020-01-03\t3\t7\n' "$v" >t.tsv
        for picture in 'scatter --x x --y y' 'series --y y'; do
            # shellcheck disable=SC2086
            run --separate-stderr bash -c "eco-plotspec $picture t.tsv >picture.gp"
            [ "$status" -eq 0 ]
            one_message 'column "y": 1 of its values'
            draw p.png
            [ "$(label 'n = ')" = 2 ]
            [ "$(grep -ac '[^a-z]inf[^a-z]' picture.gp)" -eq 0 ]
        done
    done
    for v in 1e100 -9.9e99 3.4e38 1e-99 1e-300 5e-324 123456789012; do
        printf '#time\tx\ty\n2020-01-01\t1\t5\n2020-01-02\t2\t%s\n2020-01-03\t3\t7\n' "$v" >t.tsv
        printf '#time\tx\ty\n2020-01-01\t1\t%s\n2020-01-02\t%s\t2\n' "$v" "$v" >both.tsv
        for picture in 'scatter --x x --y y t.tsv' 'series --y y t.tsv' 'scatter --x x --y y both.tsv'; do
            # shellcheck disable=SC2086
            eco-plotspec $picture >picture.gp
            draw p.png
        done
    done
    for range in 0,1e101 1e300,1.1e300 1,1.00000000000001 0,1e-300; do
        refused 2 --range series --y x --range $range t.tsv
    done
}

@test "labels of large and of small numbers have a power of ten" {
    printf '#time\tx\n2020-01-01\t1e12\n2020-01-02\t2e12\n' | eco-plotspec series --y x >picture.gp
    draw p.png
    grep -a '^set ytics' picture.gp | grep -qF "'1.2×10^{12}' 1200000000000"
    printf '#time\tx\n2020-01-01\t0\n2020-01-02\t-2e-8\n' | eco-plotspec series --y x >picture.gp
    draw p.png
    grep -a '^set ytics' picture.gp | grep -qF "'-1.5×10^{−8}' -1.5"
    grep -a '^set ytics' picture.gp | grep -qF "'0' 0"
    printf '#time\tx\n2020-01-01\t9700000\n2020-01-02\t9800000\n' | eco-plotspec series --y x >picture.gp
    grep -a '^set ytics' picture.gp | grep -qF "'9720000' 9720000"
}

@test "bad records and wrong usage" {
    printf '#time\tx\ty\n2020-01-01\t1\t5\n2022-01-01\t3\t6\n' >t.tsv
    refused 1 '"z"' scatter --x x --y z t.tsv
    refused 1 '"z"' series --y z t.tsv
    refused 1 '"when"' series --y x --time when t.tsv
    refused 1 gone.tsv scatter --x x --y y gone.tsv
    printf '#time\tx\ty\n2020-01-01\t1,5\t5\n' >bad.tsv
    refused 1 bad.tsv:2 scatter --x x --y y bad.tsv
    printf '#time\tx\ty\n2020-01-01\t1\t5\nyesterday\t1\t5\n' >bad.tsv
    refused 1 bad.tsv:3 series --y x bad.tsv
    printf '#time\tx\ty\n2020-01-01\t1\n' >bad.tsv
    refused 1 bad.tsv:2 series --y x bad.tsv
    printf '2020-01-01\t1\n' >bad.tsv
    refused 1 bad.tsv series --y x bad.tsv
    { printf '#time\tsite\tx\n'; seq -f "2020-01-01${tab}site%g${tab}1" 41; } >many.tsv
    refused 1 many.tsv:42 series --y x --by site many.tsv
    { printf '#time\tsite\tx\ty\n'; seq -f "2020-01-01${tab}site%g${tab}1${tab}2" 21; } >many.tsv
    refused 1 '2 columns for each of 21 texts of "site"' series --y x,y --by site many.tsv
    refused 2 '"x,y"' scatter --x x --y x,y t.tsv # one column, as its help says
    eco-plotspec scatter --help | grep -q '^  --y NAME  '
    refused 2 --x scatter --y y t.tsv
    refused 2 --y series t.tsv
    refused 2 --gap series --y x --gap 0 t.tsv
    refused 2 --gap series --y x --gap week t.tsv
    printf '#time\ta\tb\tc\td\te\tf\tg\th\ti\n' >wide.tsv
    refused 2 --y series --y a,b,c,d,e,f,g,h,i wide.tsv
    refused 2 --range scatter --x x --y y --range 2,1 t.tsv
    # Help of a picture is the picture's.
    for picture in panels scatter series histogram diurnal map; do
        refused 2 "; try 'eco-plotspec $picture --help'" $picture
        refused 2 "; try 'eco-plotspec $picture --help'" $picture --unknown
    done
    refused 2 "; try 'eco-plotspec --help'" --unknown
    refused 2 "; try 'eco-plotspec --help'"
}
