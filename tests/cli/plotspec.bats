# eco-plotspec: the script, and what gnuplot makes of it.
load ../lib/common
load ../lib/fixture

setup_file() {
    make_fixture "$BATS_FILE_TMPDIR/fixture"
    cd "$BATS_FILE_TMPDIR/fixture"
    eco-regrid --grid grid.txt --mask forest.tif --classes 3 -o coarse.tif scene.tif >/dev/null
}

setup() {
    cd "$BATS_TEST_TMPDIR"
    cp -R "$BATS_FILE_TMPDIR/fixture/." .
}

# The script of scene.tif and coarse.tif, with more options, in picture.gp.
script() {
    eco-plotspec panels --source scene.tif --result coarse.tif --grid grid.txt "$@" >picture.gp
}
masked=(--mask forest.tif --classes 3)

# What gnuplot makes of picture.gp, in FILE: draw FILE. It must have nothing to say.
draw() {
    gnuplot -d picture.gp >"$1" 2>err || { echo "gnuplot failed: $(cat err)"; return 1; }
    [ ! -s err ] || { echo "gnuplot said: $(cat err)"; return 1; }
    [ -s "$1" ]
}

# The first number after a word, in the N-th line of picture.gp that opens with it.
setting() {
    grep -a "^$1" picture.gp | sed -n "${2}s/^$1[^0-9.-]*//p"
}

# The picture's column and row of a place: place PANEL X Y, in units of the axes.
place() {
    local size=$(sed -n 's/^set terminal.* size \([0-9]*\),\([0-9]*\) .*/\1 \2/p' picture.gp)
    awk -v n="$1" -v x="$2" -v y="$3" -v l="$(setting 'set lmargin at screen ' "$1")" \
        -v r="$(setting 'set rmargin at screen ' "$1")" \
        -v b="$(setting 'set bmargin at screen ' "$1")" \
        -v t="$(setting 'set tmargin at screen ' "$1")" \
        -v xr="$(setting 'set xrange ' 1)" -v yr="$(setting 'set yrange ' 1)" -v size="$size" '
        BEGIN {
            split(size, s, " "); split(xr, u, /[:\]]/); split(yr, v, /[:\]]/)
            col = (l + (r - l) * (x - u[1]) / (u[2] - u[1])) * s[1]
            row = (1 - (b + (t - b) * (y - v[1]) / (v[2] - v[1]))) * s[2]
            printf "%d %d\n", col, row
        }'
}

# The colour of the picture there: color FILE PANEL X Y
color() {
    # shellcheck disable=SC2046
    gdallocationinfo -valonly "$1" $(place "$2" "$3" "$4") | head -3 | tr '\n' ' '
}

# The colour that a palette has for a value: wanted PALETTE VALUE LEAST MOST
wanted() {
    awk -v v="$2" -v a="$3" -v b="$4" '
        BEGIN { t = (v - a) / (b - a); t = t < 0 ? 0 : t > 1 ? 1 : t }
        !/^#/ {
            if ($1 >= t) {
                f = $1 > t ? (t - p[1]) / ($1 - p[1]) : 1
                for (i = 2; i <= 4; i++)
                    printf "%.0f ", 255 * (p[i] + f * ($i - p[i]))
                exit
            }
            split($0, p)
        }' "$ROOT/share/palettes/$1.tsv"
}

# Whether two colours are the same but for rounding: like WHERE "R G B" "R G B"
like() {
    awk -v a="$2" -v b="$3" 'BEGIN {
        split(a, x); split(b, y)
        for (i = 1; i <= 3; i++)
            bad += !length(x[i]) || (x[i] - y[i]) ^ 2 > 9
        exit bad
    }' || { echo "$1: is $2, wanted $3"; return 1; }
}

missing='220 220 220'

# A raster's values as lines of x y value: values FILE BAND
values() {
    gdal_translate -q -b "$2" -of XYZ "$1" /vsistdout/
}

# The range of the colours of panel N.
range() {
    setting 'set cbrange ' "$1" | tr ':]' '  '
}

@test "gnuplot draws PNG, SVG and PDF without a word" {
    script "${masked[@]}" --site ATTO
    draw p.png
    [[ $(gdalinfo p.png) == *"Driver: PNG"* ]]
    script "${masked[@]}" --terminal svg
    draw p.svg
    [[ $(head -c 200 p.svg) == *"<?xml"* ]]
    script "${masked[@]}" --terminal pdf
    draw p.pdf
    [ "$(head -c 5 p.pdf)" = %PDF- ]
}

@test "--output has gnuplot write the file" {
    script --output "it's a picture.png"
    draw nothing || [ ! -s nothing ]
    [[ $(gdalinfo "it's a picture.png") == *"Driver: PNG"* ]]
}

@test "a picture has the size that was asked for" {
    for size in 1600x1400 700x500 300x300; do
        script --size "$size"
        draw p.png
        [[ $(gdalinfo p.png) == *"Size is ${size/x/, }"* ]]
    done
    script --terminal svg --size 900x800
    draw p.svg
    grep -q 'width="900" height="800"' p.svg
}

@test "the result's cells stand in their places, in the palette's colours" {
    script "${masked[@]}"
    draw p.png
    read -r least most <<<"$(range 4)"
    checked=0
    while read -r x y v; do
        want=$missing
        [ "$v" = nan ] || want=$(wanted heat "$v" "$least" "$most")
        at=$(awk -v x="$x" -v y="$y" 'BEGIN { print x / 1000, y / 1000 }')
        # shellcheck disable=SC2086
        like "cell $x $y" "$(color p.png 4 $at)" "$want"
        checked=$((checked + 1))
    done < <(values coarse.tif 1 | awk 'NR % 3 == 0')
    [ "$checked" -eq 33 ]
}

@test "coverage stands in its place, in its own colours" {
    script "${masked[@]}"
    draw p.png
    while read -r x y v; do
        want=$missing
        [ "$v" = nan ] || want=$(wanted cover "$v" 0 1)
        at=$(awk -v x="$x" -v y="$y" 'BEGIN { print x / 1000, y / 1000 }')
        # shellcheck disable=SC2086
        like "cell $x $y" "$(color p.png 3 $at)" "$want"
    done < <(values coarse.tif 2 | awk 'NR % 7 == 0')
}

# 1 for a place inside of the area of grid.txt, else 0.
in_area() {
    awk -v x="$1" -v y="$2" \
        'BEGIN { print (x > 498300 && x < 501700 && y > 9666700 && y < 9670100) }'
}

# Pixels of a source, from lines of x y value class on stdin, in panel a and, by what
# becomes of them, in panel b. A little off the centre, where grid lines do not run.
pixels_stand() {
    read -r least most <<<"$(range 1)"
    while read -r x y v class; do
        at=$(awk -v x="$x" -v y="$y" 'BEGIN { print (x - 8) / 1000, (y - 8) / 1000 }')
        in_area=$(in_area "$x" "$y")
        value=$missing state='255 255 255'
        if [ "$in_area" = 1 ]; then
            state=$missing
            if [ "$class" != 3 ]; then
                state='191 227 192'
            elif [ "$v" != nan ]; then
                state='59 111 182'
                value=$(wanted heat "$v" "$least" "$most")
            fi
        fi
        # shellcheck disable=SC2086
        like "pixel $x $y in a" "$(color p.png 1 $at)" "$value" || return 1
        # shellcheck disable=SC2086
        like "pixel $x $y in b" "$(color p.png 2 $at)" "$state" || return 1
    done
}

# x y value class, by GDAL: one in so many pixels of the scene, but for those under the
# line around the area.
some_pixels() {
    values scene.tif 1 | awk -v n="$1" '
        function under(d) { return d < 60 && d > -60 }
        NR % n == 0 && !under($1 - 498300) && !under($1 - 501700) &&
            !under($2 - 9666700) && !under($2 - 9670100)' >pixels
    cut -d ' ' -f 1,2 pixels | gdaltransform -s_srs EPSG:32721 -t_srs EPSG:4326 -output_xy |
        gdallocationinfo -valonly -geoloc forest.tif | paste -d ' ' pixels -
}

@test "the source's pixels stand in their places; class, area and cloud part them" {
    script "${masked[@]}"
    draw p.png
    pixels_stand < <(some_pixels 53)
    some_pixels 1 | grep 'nan 3$' | sed 9q >cloud
    pixels_stand <cloud
    [ -s cloud ]
}

@test "a source in another CRS stands where it belongs" {
    # Ten times finer, so that nearest neighbour moves nothing to where it is looked for.
    gdalwarp -q -t_srs EPSG:4326 -ts 600 600 -r near scene.tif degrees.tif
    mv degrees.tif scene.tif
    script "${masked[@]}"
    cp "$BATS_FILE_TMPDIR/fixture/scene.tif" .
    draw p.png
    some_pixels 53 >chosen
    read -r least most <<<"$(range 1)"
    bad=0
    while read -r x y v class; do
        at=$(awk -v x="$x" -v y="$y" 'BEGIN { print x / 1000, y / 1000 }')
        want=$missing
        [ "$(in_area "$x" "$y")$class" != 13 ] || [ "$v" = nan ] || want=$(wanted heat "$v" "$least" "$most")
        # shellcheck disable=SC2086
        like "pixel $x $y" "$(color p.png 1 $at)" "$want" || bad=$((bad + 1))
    done <chosen
    # Classes change inside of a source pixel, and so its parts may differ.
    [ "$bad" -le 3 ]
}

@test "both axes have one scale, and the frame is the area in whole cells with a margin" {
    for size in 1600x1400 1000x1400; do
        script --size "$size" --units m
        read -r x0 x1 <<<"$(setting 'set xrange ' 1 | tr ':]' '  ')"
        read -r y0 y1 <<<"$(setting 'set yrange ' 1 | tr ':]' '  ')"
        near "$x0" 497816 0.01
        near "$x1" 502184 0.01
        # Panels are whole pixels high: the frame may be a pixel more or less.
        near "$y0" 9666216 8
        near "$y1" 9670584 8
        for n in 1 2 3 4; do
            read -r c0 r0 <<<"$(place "$n" "$x0" "$y0")"
            read -r c1 r1 <<<"$(place "$n" "$x1" "$y1")"
            near "$(awk "BEGIN { print ($c1 - $c0) / ($x1 - $x0) }")" \
                "$(awk "BEGIN { print ($r0 - $r1) / ($y1 - $y0) }")" 0.001
        done
    done
}

@test "labels of ticks have room" {
    for units in m km; do
        for size in 1600x1400 800x700 1600x500; do
            script --size "$size" --units "$units"
            font=$(sed -n "s/.*font 'DejaVu Sans,\([0-9.]*\)'.*/\1/p" picture.gp)
            # The lower left panel has the labels of both axes.
            grep -a '^set xtics' picture.gp | sed -n 3p | grep -o "'[^']*' [0-9.-]*" >ticks
            [ "$(wc -l <ticks)" -ge 2 ]
            last=
            while read -r label at; do
                read -r column _ <<<"$(place 3 "$at" 0)"
                [ -z "$last" ] || awk -v d="$((column - last))" -v n="$((${#label} - 2))" \
                    -v f="$font" 'BEGIN { exit !(d > 0.66 * f * n) }'
                last=$column
            done <ticks
        done
    done
    grep -aq "^set ytics ('9667000' 9667000" picture.gp || grep -aq "'9667' 9667" picture.gp
}

@test "rows from the south make the same picture" {
    mkdir south
    for file in scene coarse; do
        gdal_translate -q -b 1 -of AAIGrid "$file.tif" nan.asc
        sed 's/\<nan\>/-9999/g' nan.asc >up.asc
        { head -n 6 up.asc; sed 1,6d up.asc | tac; } >down.asc
        gdal_translate -q -ot Float32 -a_srs EPSG:32721 up.asc "$file.tif"
        gdal_translate -q -ot Float32 -a_srs EPSG:32721 \
            -a_ullr 497900 9666300 502100 9670500 down.asc "south/$file.tif"
    done
    [[ $(gdalinfo south/scene.tif) == *"Pixel Size = (70.0"*",70.0"* ]]
    script --no-provenance
    mv picture.gp north.gp
    eco-plotspec panels --no-provenance --source south/scene.tif --result south/coarse.tif \
        --grid grid.txt >picture.gp
    cmp north.gp picture.gp
}

@test "the title has site, layer and UTC time; the line below n, pixels, source and CRS" {
    name=ECO_L2T_LSTE.002_LST_err_doy2020221094621_aid0001_21S.tif
    cp scene.tif "$name"
    eco-regrid --grid grid.txt -o coarse.tif "$name" >status
    eco-plotspec panels --source "$name" --result coarse.tif --grid grid.txt --site A_B \
        --terminal svg >picture.gp
    draw p.svg
    sed 's/<[^>]*>//g' p.svg >text
    grep -q 'A_B · LST_err · 2020-08-08 09:46:21 UTC' text
    n=$(grep -v '^#' status | cut -f 4)
    [ "$n" -gt 10 ]
    # The grid's centres that lie in the area: 1 to 8 of 10 each way.
    pixels=$(grep -v '^#' status | cut -f 5 | awk '{ printf "%.0f", $1 }')
    grep -q "n = $n of 64 cells · ${pixels:0:1},${pixels:1} pixels · $name · EPSG:32721" text
}

@test "text stands as it is, whatever gnuplot might take it for" {
    for text in 'LST_err^2 & a@b ~c {d} 100% %d' "it's \"quoted\"" 'back\slash \n \U+00e9x' \
        '`touch ran` $(touch ran) @foo $HOME' 'é µ 漢 <b>&amp;'; do
        script --title "$text" --terminal svg
        draw p.svg
        sed 's/<[^>]*>//g; s/&lt;/</g; s/&gt;/>/g; s/&amp;/\&/g' p.svg |
            grep -qF -- "$text" || [[ $text == *U+* ]]
        script --title "$text"
        draw p.png
    done
    [ ! -e ran ]
    script --title $'bad \xff\xfe bytes, \ttab\nand line' --terminal svg
    draw p.svg
    sed 's/<[^>]*>//g' p.svg | grep -qF 'bad ?? bytes,  tab and line'
    script --site "$(printf 'long %.0s' {1..200})"
    draw p.png
}

@test "units come from the files, powers raised" {
    for unit in 'W m-2=W m^{−2}' 'Kelvin=K' '1=1' 'mm/day=mm/day' 'g C per kg H2O=g C per kg H2O'; do
        gdal_translate -q -mo "units=${unit%%=*}" scene.tif unit.tif
        eco-regrid --grid grid.txt -o coarse.tif unit.tif >/dev/null
        eco-plotspec panels --source unit.tif --result coarse.tif --grid grid.txt >picture.gp
        grep -aqF "'value (${unit#*=})'" picture.gp
        draw p.png
    done
}

@test "an old raster of one nameless band says that it has no coverage" {
    gdal_translate -q -b 1 -of AAIGrid coarse.tif old.asc
    gdal_translate -q -a_srs EPSG:32721 old.asc old.tif
    eco-plotspec panels --source scene.tif --result old.tif --grid grid.txt >picture.gp
    grep -aq 'no band "coverage"' picture.gp
    draw p.png
}

@test "a part of the grid's cells will do" {
    gdal_translate -q -srcwin 2 3 5 4 coarse.tif part.tif
    eco-plotspec panels --source scene.tif --result part.tif --grid grid.txt >picture.gp
    draw p.png
    read -r least most <<<"$(range 4)"
    values part.tif 1 | grep -v nan >cells
    [ "$(wc -l <cells)" -gt 3 ]
    while read -r x y v; do
        at=$(awk -v x="$x" -v y="$y" 'BEGIN { print x / 1000, y / 1000 }')
        # shellcheck disable=SC2086
        like "cell $x $y" "$(color p.png 4 $at)" "$(wanted heat "$v" "$least" "$most")"
    done <cells
}

@test "a scene without a valid pixel makes a picture that says n = 0" {
    gdal_create -q -outsize 60 60 -ot Float32 -burn nan -a_srs EPSG:32721 \
        -a_ullr 497900 9670500 502100 9666300 -a_nodata nan cloud.tif
    eco-regrid --grid grid.txt -o coarse.tif cloud.tif >/dev/null
    eco-plotspec panels --source cloud.tif --result coarse.tif --grid grid.txt >picture.gp
    draw p.png
    grep -aq 'n = 0 of 64 cells' picture.gp
    grep -aq 'no pixel is used' picture.gp
    grep -aq 'no cell has a value' picture.gp
    like "a cell" "$(color p.png 4 499.1 9668.1)" "$missing"
}

@test "a result without any value makes a picture that says n = 0" {
    eco-regrid --grid grid.txt --mask forest.tif --classes 99 -o coarse.tif scene.tif >/dev/null
    script
    grep -aq 'n = 0 of 64 cells' picture.gp
    draw p.png
}

@test "a source that lies elsewhere makes a picture that says so" {
    gdal_translate -q -a_ullr 697900 9670500 702100 9666300 scene.tif far.tif
    eco-plotspec panels --source far.tif --result coarse.tif --grid grid.txt \
        >picture.gp 2>/dev/null
    grep -aq 'the source lies elsewhere' picture.gp
    draw p.png
    gdalwarp -q -t_srs EPSG:4326 far.tif degrees.tif
    eco-plotspec panels --source degrees.tif --result coarse.tif --grid grid.txt \
        >picture.gp 2>/dev/null
    draw p.png
}

@test "values that are all the same make a picture" {
    gdal_create -q -outsize 60 60 -ot Float32 -burn 300 -a_srs EPSG:32721 \
        -a_ullr 497900 9670500 502100 9666300 same.tif
    eco-regrid --grid grid.txt -o coarse.tif same.tif >/dev/null
    eco-plotspec panels --source same.tif --result coarse.tif --grid grid.txt >picture.gp
    draw p.png
    read -r least most <<<"$(range 1)"
    near "$least" 299.5 1e-9
    near "$most" 300.5 1e-9
}

@test "more pixels than can be shown become means of blocks" {
    # 1300 columns: blocks of 2 x 2. The value is the column; a row of blocks is clouded.
    awk 'BEGIN {
        printf "ncols 1300\nnrows 1300\nxllcorner 497900\nyllcorner 9666300\ncellsize 3\nnodata_value -9999\n"
        for (c = 0; c < 1300; c++) { line = line c " "; cloud = cloud "-9999 " }
        for (r = 0; r < 1300; r++) print (r >= 600 && r < 620 ? cloud : line)
    }' >large.asc
    gdal_translate -q -ot Float32 -a_srs EPSG:32721 large.asc large.tif
    printf '%s\n' '##crs=EPSG:32721' '##x0=497900' '##y0=9670200' '##dx=390' '##dy=390' \
        '##columns=10' '##rows=10' $'#ring\tx\ty' >grid.txt
    eco-regrid --grid grid.txt -o coarse.tif large.tif >/dev/null
    eco-plotspec panels --source large.tif --result coarse.tif --grid grid.txt --range 0,1300 >picture.gp
    grep -aq 'array=(650,650)' picture.gp
    grep -aqF '3 m, shown 2 × 2' picture.gp
    draw p.png
    for c in 101 650 1201; do
        x=$(awk -v c="$c" 'BEGIN { print (497900 + c * 3) / 1000 }')
        like "column $c" "$(color p.png 1 "$x" 9669)" "$(wanted heat "$c" 0 1300)"
        like "cloud at $c" "$(color p.png 1 "$x" 9668.37)" "$missing"
    done
}

@test "--range sets the colours" {
    script --range 290,310
    [ "$(range 1)" = "290 310 " ]
    [ "$(range 4)" = "290 310 " ]
    draw p.png
}

@test "--palette takes a name or a file" {
    script --palette helix
    draw p.png
    printf '#position\tred\tgreen\tblue\n0\t0\t0\t0\n1\t1\t1\t1\n' >./mine.tsv
    script --palette mine.tsv
    grep -aqF "set palette defined (0 '#000000', 1 '#ffffff')" picture.gp
    for bad in '0 0 0 0' '0 0 0 0;0 1 1 1' '0 0 0 0;1 2 1 1' '0 0 0 x;1 1 1 1'; do
        { printf '#position\tred\tgreen\tblue\n'; tr ' ;' '\t\n' <<<"$bad"; } >bad.tsv
        run --separate-stderr eco-plotspec panels --source scene.tif --result coarse.tif \
            --grid grid.txt --palette ./bad.tsv
        [ "$status" -eq 1 ]
        [ -z "$output" ]
        one_message bad.tsv
    done
}

@test "a grid in degrees has degrees on its axes" {
    printf '%s\n' '##crs=EPSG:4326' '##x0=-57.02' '##y0=-2.98' '##dx=0.005' '##dy=0.005' \
        '##columns=8' '##rows=8' $'#ring\tx\ty' >grid.txt
    eco-regrid --grid grid.txt -o coarse.tif scene.tif >/dev/null
    script
    grep -aq 'Longitude (°)' picture.gp
    draw p.png
    run --separate-stderr eco-plotspec panels --source scene.tif --result coarse.tif \
        --grid grid.txt --units km
    [ "$status" -eq 2 ]
}

@test "a class map by year" {
    name=ECO_L2T_LSTE.002_LST_doy2020221094621_aid0001_21S.tif
    cp forest.tif map_2020.tif
    eco-plotspec panels --source "$name" --result coarse.tif --grid grid.txt \
        --mask 'map_{year}.tif' --classes 3 --no-provenance >year.gp 2>/dev/null
    eco-plotspec panels --source "$name" --result coarse.tif --grid grid.txt \
        --mask map_2020.tif --classes 3 --no-provenance >picture.gp 2>/dev/null
    cmp year.gp picture.gp
    run --separate-stderr eco-plotspec panels --source scene.tif --result coarse.tif \
        --grid grid.txt --mask 'map_{year}.tif' --classes 3
    [ "$status" -eq 1 ]
    one_message scene.tif
}

@test "a result that was made otherwise is warned of" {
    run --separate-stderr eco-plotspec panels --source other.tif --result coarse.tif \
        --grid grid.txt "${masked[@]}" --output p.png --terminal png
    [ "$status" -eq 0 ]
    one_message 'scene.tif'
    run --separate-stderr bash -c 'eco-plotspec panels --source scene.tif --result coarse.tif \
        --grid grid.txt | wc -c'
    one_message 'classes 3'
    run --separate-stderr bash -c 'eco-plotspec panels --source scene.tif --result coarse.tif \
        --grid grid.txt --mask forest.tif --classes 3,15 | wc -c'
    one_message 'classes 3, not 3,15'
}

@test "the same input makes the same script; the command stands in it unless told not to" {
    script "${masked[@]}"
    cp picture.gp first.gp
    script "${masked[@]}"
    cmp first.gp picture.gp
    grep -aq '^##cmd=eco-plotspec panels --source scene.tif' picture.gp
    script "${masked[@]}" --no-provenance
    run ! grep -aq '##cmd' picture.gp
}

# refused STATUS NAME OPTION...: one message that has the name, and not a byte of script.
refused() {
    local code=$1 name=$2
    shift 2
    run --separate-stderr eco-plotspec panels "$@"
    [ "$status" -eq "$code" ] || { echo "ended with $status: $*"; return 1; }
    [ -z "$output" ] || { echo "wrote something: $*"; return 1; }
    one_message "$name"
}

@test "bad input: one message with the file's name, and no script" {
    s=(--source scene.tif) r=(--result coarse.tif) g=(--grid grid.txt)
    refused 1 gone.tif --source gone.tif "${r[@]}" "${g[@]}"
    refused 1 gone.tif "${s[@]}" --result gone.tif "${g[@]}"
    refused 1 gone.txt "${s[@]}" "${r[@]}" --grid gone.txt
    refused 1 gone.tif "${s[@]}" "${r[@]}" "${g[@]}" --mask gone.tif --classes 3
    refused 1 gone "${s[@]}" "${r[@]}" "${g[@]}" --palette gone
    echo text >text.tif
    refused 1 text.tif --source text.tif "${r[@]}" "${g[@]}"
    refused 1 text.tif "${s[@]}" --result text.tif "${g[@]}"
    refused 1 text.tif "${s[@]}" "${r[@]}" --grid text.tif
    head -c 3000 scene.tif >cut.tif
    refused 1 cut.tif --source cut.tif "${r[@]}" "${g[@]}"
    gdal_create -q -outsize 60 60 -burn 1 -a_ullr 497900 9670500 502100 9666300 nowhere.tif
    refused 1 nowhere.tif --source nowhere.tif "${r[@]}" "${g[@]}"
}

@test "a result that does not lie on the grid is refused" {
    s=(--source scene.tif) g=(--grid grid.txt)
    gdal_translate -q -a_ullr 497910 9670500 502110 9666300 coarse.tif shifted.tif
    refused 1 shifted.tif "${s[@]}" --result shifted.tif "${g[@]}"
    gdal_translate -q -a_ullr 497480 9670500 501680 9666300 coarse.tif beyond.tif
    refused 1 beyond.tif "${s[@]}" --result beyond.tif "${g[@]}"
    refused 1 scene.tif "${s[@]}" --result scene.tif "${g[@]}"
    gdal_translate -q -a_srs EPSG:32720 coarse.tif other_crs.tif
    refused 1 other_crs.tif "${s[@]}" --result other_crs.tif "${g[@]}"
}

@test "wrong usage" {
    all=(--source scene.tif --result coarse.tif --grid grid.txt)
    refused 2 --source --result coarse.tif --grid grid.txt
    refused 2 --mask "${all[@]}" --mask forest.tif
    refused 2 --classes "${all[@]}" --mask forest.tif --classes x
    refused 2 --terminal "${all[@]}" --terminal gif
    refused 2 --size "${all[@]}" --size 1600
    refused 2 --size "${all[@]}" --size 10x10
    refused 2 --units "${all[@]}" --units mile
    refused 2 --range "${all[@]}" --range 3,1
    refused 2 --range "${all[@]}" --range nan,1
    refused 2 extra "${all[@]}" extra
    run --separate-stderr eco-plotspec
    [ "$status" -eq 2 ]
    run --separate-stderr eco-plotspec portrait
    [ "$status" -eq 2 ]
    one_message portrait
}

@test "a full disk" {
    run --separate-stderr bash -c 'eco-plotspec panels --source scene.tif --result coarse.tif \
        --grid grid.txt --mask forest.tif --classes 3 >/dev/full'
    [ "$status" -eq 3 ]
    one_message stdout
}

@test "palettes are what their program computes" {
    for name in heat cover helix; do
        awk -f "$ROOT/share/palettes/palettes.awk" -v name=$name | cmp - "$ROOT/share/palettes/$name.tsv"
    done
}

@test "palettes: lightness goes one way in equal steps, and the grey of no value is in none" {
    for name in heat cover helix; do
        # CIE L*a*b* (D65), another space than the one they come from.
        grep -v '^#' "$ROOT/share/palettes/$name.tsv" | awk -v name=$name '
            function linear(v) { return v <= 0.04045 ? v / 12.92 : exp(2.4 * log((v + 0.055) / 1.055)) }
            function f(t) { return t > 216 / 24389 ? exp(log(t) / 3) : (24389 / 27 * t + 16) / 116 }
            function lab(r, g, b,    x, y, z) {
                r = linear(r); g = linear(g); b = linear(b)
                x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505)
                y = f(0.2126 * r + 0.7152 * g + 0.0722 * b)
                z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089)
                L = 116 * y - 16; A = 500 * (x - y); B = 200 * (y - z)
            }
            function bad(why) { print name ": " why; failed = 1; exit 1 }
            BEGIN { lab(220 / 255, 220 / 255, 220 / 255); gl = L; ga = A; gb = B }
            {
                lab($2, $3, $4)
                if (sqrt((L - gl) ^ 2 + (A - ga) ^ 2 + (B - gb) ^ 2) < 7) bad("has the grey at " $1)
                if (NR > 1) {
                    step = L - last
                    if (NR == 2) way = step > 0 ? 1 : -1
                    if (step * way <= 0) bad("lightness turns at " $1)
                    if (step * way < least || NR == 2) least = step * way
                    if (step * way > most) most = step * way
                }
                last = L
            }
            END { if (!failed && most > 3 * least) bad("steps from " least " to " most) }'
    done
}
