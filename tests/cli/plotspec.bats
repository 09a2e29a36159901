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

# The colours "R G B" of a picture at places of a panel: lines of x and y in units of the
# axes on stdin, one line each: colors FILE PANEL
colors() {
    pixel_of "$2" | gdallocationinfo -valonly "$1" | awk -v bands="$(gdalinfo "$1" | grep -c '^Band')" '
        { line = line $1 " " }
        NR % bands == 0 { split(line, c); print c[1], c[2], c[3]; line = "" }'
}

# Columns and rows of the picture for places of a panel, as colors takes them.
pixel_of() {
    awk -v l="$(setting 'set lmargin at screen ' "$1")" \
        -v r="$(setting 'set rmargin at screen ' "$1")" \
        -v b="$(setting 'set bmargin at screen ' "$1")" \
        -v t="$(setting 'set tmargin at screen ' "$1")" \
        -v xr="$(setting 'set xrange ' 1)" -v yr="$(setting 'set yrange ' 1)" \
        -v size="$(sed -n 's/^set terminal.* size \([0-9]*\),\([0-9]*\) .*/\1 \2/p' picture.gp)" '
        BEGIN { split(size, s, " "); split(xr, u, /[:\]]/); split(yr, v, /[:\]]/) }
        {
            printf "%d %d\n", (l + (r - l) * ($1 - u[1]) / (u[2] - u[1])) * s[1],
                (1 - (b + (t - b) * ($2 - v[1]) / (v[2] - v[1]))) * s[2]
        }'
}

# The colours that a palette has for values, one a line: wanted PALETTE LEAST MOST. What is
# no number is no value.
wanted() {
    awk -v a="$2" -v b="$3" '
        FNR == NR { if (!/^#/) { at[++n] = $1; for (i = 2; i <= 4; i++) stop[n, i] = $i } next }
        $1 !~ /^[-+0-9]/ { print "228 228 228"; next }
        {
            t = ($1 - a) / (b - a); t = t < 0 ? 0 : t > 1 ? 1 : t
            for (k = 1; k < n - 1 && at[k + 1] < t; k++);
            f = (t - at[k]) / (at[k + 1] - at[k])
            for (i = 2; i <= 4; i++)
                printf "%.0f ", 255 * (stop[k, i] + f * (stop[k + 1, i] - stop[k, i]))
            print ""
        }' "$ROOT/share/palettes/$1.tsv" -
}

# Whether the lines of two files are the same colours but for rounding; the first file says
# where: alike PLACES GOT WANTED [MOST-THAT-DIFFER]
alike() {
    [ "$(wc -l <"$1")" -gt 2 ] && [ "$(wc -l <"$2")" -eq "$(wc -l <"$1")" ] || return
    paste -d ' ' "$2" "$3" "$1" | awk -v most="${4:-0}" '
        ($1 - $4) ^ 2 > 9 || ($2 - $5) ^ 2 > 9 || ($3 - $6) ^ 2 > 9 {
            print "is " $1, $2, $3 ", wanted " $4, $5, $6 ":", $7, $8, $9, $10; bad++
        }
        END { exit bad > most }'
}

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

@test "the values have the name and the unit that the user gives them" {
    script --site ATTO --variable 'Heat_a' --unit 'W m-2'
    draw p.png
    grep -aqF "'Heat\_a (W m^{−2})'" picture.gp
    grep -aqF "{/:Bold ATTO · Heat\_a" picture.gp
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

# Lines of x y value (and more) whose first two are in metres, in kilometres.
km() {
    awk '{ $1 = $1 / 1000; $2 = $2 / 1000; print }'
}

# Whether the values of a raster stand in their places: cells_stand FILE BAND PANEL PALETTE
# LEAST MOST
cells_stand() {
    values "$1" "$2" | km >cells
    colors p.png "$3" <cells >got
    cut -d ' ' -f 3 cells | wanted "$4" "$5" "$6" >want
    alike cells got want
}

@test "the result's cells and their coverage stand in their places, in their colours" {
    script "${masked[@]}"
    draw p.png
    # shellcheck disable=SC2046
    cells_stand coarse.tif 1 4 heat $(range 4)
    [ "$(wc -l <cells)" -eq 100 ]
    [ "$(sort -u got | wc -l)" -gt 10 ]
    grep -qx '228 228 228' got
    cells_stand coarse.tif 2 3 cover 0 1
    [ "$(sort -u got | wc -l)" -gt 10 ]
}

# x y value class, by GDAL, in km: what lies under places X Y in metres on stdin.
under() {
    awk '{ print $1, $2 }' >places
    gdaltransform -s_srs EPSG:32721 -t_srs EPSG:4326 -output_xy <places |
        gdallocationinfo -valonly -geoloc forest.tif >classes
    gdallocationinfo -valonly -geoloc scene.tif <places | paste -d ' ' places - classes | km
}

# The centres of some pixels of the scene, moved a little, but for those under the line
# around the area: places STEP DX DY
places() {
    values scene.tif 1 | awk -v n="$1" -v dx="$2" -v dy="$3" '
        function border(d) { return d < 60 && d > -60 }
        NR % n == 0 && !border($1 - 498300) && !border($1 - 501700) &&
            !border($2 - 9666700) && !border($2 - 9670100) { print $1 + dx, $2 + dy }'
}

# What panels a and b should show of lines of x y value class: files want_a and want_b.
want_pixels() {
    awk '
        { state = "255 255 255"; value = "none" }
        $1 > 498.3 && $1 < 501.7 && $2 > 9666.7 && $2 < 9670.1 {
            state = $4 != 3 ? "143 184 120" : $3 == "nan" ? "228 228 228" : "59 111 182"
            value = $4 == 3 ? $3 : "none"
        }
        { print state >"want_b"; print value }' "$1" >shown
    # shellcheck disable=SC2046
    wanted heat $(range 1) <shown >want_a
}

@test "the source's pixels stand in their places; class, area and cloud part them" {
    script "${masked[@]}"
    draw p.png
    # A little off the centres, where no line of the grid runs.
    places 7 0 0 | under | awk '{ $1 -= 0.008; $2 -= 0.008; print }' >pixels
    want_pixels pixels
    for color in '255 255 255' '143 184 120' '228 228 228' '59 111 182'; do
        grep -qx "$color" want_b
    done
    colors p.png 1 <pixels >got
    alike pixels got want_a
    colors p.png 2 <pixels >got
    alike pixels got want_b
}

@test "a source in another CRS stands where it belongs" {
    # Ten times finer, so that its pixels' edges are those of the scene. Looked for close
    # to these, to every side; classes part inside of a pixel, and so some may differ.
    gdalwarp -q -t_srs EPSG:4326 -ts 600 600 -r near scene.tif degrees.tif
    eco-plotspec panels --source degrees.tif --result coarse.tif --grid grid.txt \
        "${masked[@]}" >picture.gp 2>/dev/null
    draw p.png
    for move in '22 22' '22 -22' '-22 22' '-22 -22'; do
        # shellcheck disable=SC2086
        places 11 $move | under >pixels
        want_pixels pixels
        colors p.png 1 <pixels >got
        alike pixels got want_a 3
    done
}

# The share in the key of panel b that stands under a word.
share() {
    grep -a -A1 "^set label [0-9]* '$1' " picture.gp | sed -n "2s/.*'\([0-9.]*\) %'.*/\1/p"
}

@test "the key's shares are those of the area" {
    # The scene's western half, and all of the grid's area.
    gdal_translate -q -srcwin 0 0 30 60 scene.tif half.tif
    eco-plotspec panels --source half.tif --result coarse.tif --grid grid.txt \
        "${masked[@]}" >picture.gp 2>/dev/null
    values half.tif 1 >pixels
    cut -d ' ' -f 1,2 pixels | gdaltransform -s_srs EPSG:32721 -t_srs EPSG:4326 -output_xy |
        gdallocationinfo -valonly -geoloc forest.tif | paste -d ' ' pixels - | awk '
        $1 > 498300 && $1 < 501700 && $2 > 9666700 && $2 < 9670100 {
            n[$4 != 3 ? "other" : $3 == "nan" ? "empty" : "used"]++
            seen++
        }
        END {
            all = 3400 ^ 2 / 70 ^ 2
            print 100 * n["used"] / all, 100 * n["empty"] / all, 100 * n["other"] / all, \
                100 * (1 - seen / all)
        }' >wanted
    read -r used empty other none <wanted
    near "$(share used)" "$used" 0.0501
    near "$(share 'no value')" "$empty" 0.0501
    near "$(share 'other class')" "$other" 0.0501
    near "$(share 'no scene')" "$none" 0.0501
    near "$none" 50 5
    # The clip may go beyond the grid: what the grid does not hold is no share of it.
    sed 's/^0\t501700/0\t601700/' grid.txt >wide.txt
    eco-plotspec panels --source half.tif --result coarse.tif --grid wide.txt >picture.gp 2>/dev/null
    seen=$(awk '$1 > 498300 && $2 > 9666700 && $2 < 9670100' pixels | wc -l)
    near "$(share 'no scene')" \
        "$(awk -v n="$seen" 'BEGIN { print 100 * (1 - n * 70 ^ 2 / (3800 * 3400)) }')" 0.0501
}

# A scene of 30 x 30 pixels, so few that a share tells their number, with companions; a grid
# without a clip and one with.
small() {
    SMALL=small/ECO_L2T_LSTE.002_LST_doy2020221094621_aid0001_21S.tif
    mkdir -p small
    local layer name
    for layer in LST QC cloud; do
        name=${SMALL/_LST_doy/_${layer}_doy}
        gdal_translate -q -srcwin 5 0 30 30 "${name#*/}" "$name"
    done
    cp forest.tif map_2019.tif
    printf '%s\n' '##eco.grid=1' '##crs=EPSG:32721' '##x0=498250' '##y0=9670500' '##dx=210' \
        '##dy=210' '##columns=10' '##rows=10' >small.txt
    sed 's/=210/=70/; s/=10$/=30/' small.txt >clip.txt
    printf '#ring\tx\ty\n0\t498300\t9668500\n0\t500300\t9668700\n0\t500000\t9670300\n' >>clip.txt
}

# used GRID OPTION...: eco-regrid's count over all cells, which must be the pixels that the
# picture has as used.
used() {
    local grid=$1
    shift
    rm -f coarse.tif
    n=$(eco-regrid --no-provenance --grid "$grid" --min-coverage 0 "$@" -o coarse.tif "$SMALL" |
        awk -F '\t' 'NR == 2 { print $5 }')
    eco-plotspec panels --source "$SMALL" --result coarse.tif --grid "$grid" "$@" >picture.gp 2>said
    [ ! -s said ] || { cat said; return 1; }
    all=$(awk -F= -v RS='\n' '/^##d|^##col|^##rows/ { v = v ? v * $2 : $2 } END { print v / 4900 }' "$grid")
    [ -z "$AREA" ] || all=$(awk -v a="$AREA" 'BEGIN { print a / 4900 }')
    near "$(share used)" "$(awk -v n="$n" -v all="$all" 'BEGIN { print 100 * n / all }')" 0.0501
}

@test "the pixels used are those that eco-regrid counts" {
    small
    AREA=
    used small.txt
    [ "$n" -gt 700 ]
    used small.txt --keep cloud=0
    # Counted by other means: what has a value and no cloud, and what of it has no value.
    values "$SMALL" 1 >v
    values "${SMALL/_LST_/_cloud_}" 1 | paste -d ' ' v - | awk '
        { s = $3 == "nan" ? "empty" : $6 == 0 ? "used" : "fails"; k[s]++ }
        END { print k["used"], k["fails"] / 9, k["empty"] / 9 }' >counts
    read -r good fails empty <counts
    [ "$n" = "$good" ]
    near "$(share 'fails a rule')" "$fails" 0.0501
    near "$(share 'no value')" "$empty" 0.0501
    near "$(share used)" "$(awk -v n="$n" 'BEGIN { print n / 9 }')" 0.0501
    used small.txt --keep cloud=0 --keep 'QC:mandatory<=1' --mask forest.tif --classes 3
    near "$(share used)" "$(awk -v n="$n" 'BEGIN { print n / 9 }')" 0.0501
    used small.txt --mask forest.tif --classes 3 --mask forest.tif --classes 15 --keep cloud=0
    [ "$n" = 0 ]
    used small.txt --mask 'map_{year}.tif' --classes 3 --fallback 2020=2019
    used small.txt --mask forest.tif --classes 15 --mask-weight --keep cloud=0
    [[ ! $n =~ ^[0-9]*$ ]]
    cp "${SMALL/_LST_/_cloud_}" elsewhere.tif
    rm "${SMALL/_LST_/_cloud_}"
    used small.txt --keep cloud=0 --companion cloud=elsewhere.tif
    # Cells of one pixel each, so that a clip takes cells and pixels alike.
    AREA=$(awk 'BEGIN { print ((500300 - 498300) * (9670300 - 9668500) - (500000 - 498300) * (9668700 - 9668500)) / 2 }')
    used clip.txt --keep cloud=0 --companion cloud=elsewhere.tif --keep 'QC:mandatory<=1' --mask forest.tif --classes 3
    [ "$n" -gt 20 ]
}

@test "the rules, and --raw, are those that the result was made with" {
    small
    eco-regrid --grid small.txt --min-coverage 0 --keep cloud=0 --keep 'QC:mandatory<=1' -o kept.tif "$SMALL" >/dev/null
    pictured() { eco-plotspec panels --source "$SMALL" --grid small.txt --no-provenance "$@"; }
    pictured --result kept.tif --keep cloud=0 --keep 'QC:mandatory<=1' >wanted
    pictured --result kept.tif >picture.gp 2>said
    [ ! -s said ]
    cmp wanted picture.gp
    draw p.png
    # Others than those are shown as they are asked for, and told.
    run --separate-stderr bash -c "eco-plotspec panels --source '$SMALL' --grid small.txt --result kept.tif --keep cloud=1 >p.gp"
    [ "$status" -eq 0 ]
    one_message 'with --keep cloud=0 --keep QC:mandatory<=1, and the picture shows --keep cloud=1'
    # Numbers of the file, 50 times as large: 0.02 K each.
    gdal_translate -q -ot UInt16 -scale 0 655.34 0 32767 "$SMALL" digital.tif
    gdal_edit.py -scale 0.02 digital.tif
    eco-regrid --grid small.txt --raw -o raw.tif digital.tif >/dev/null
    eco-plotspec panels --source digital.tif --grid small.txt --result raw.tif >picture.gp
    draw p.png
    gdalinfo -stats raw.tif | sed -n 's/^ *STATISTICS_M[IA][NX]IMUM=//p' | head -2 | paste -s -d ' ' >cells
    grep -a '^set cbrange' picture.gp | sed -n '1s/.*\[\(.*\):\(.*\)\]/\1 \2/p' | paste -d ' ' - cells |
        awk '{ exit !($1 > 10000 && $1 > 0.9 * $4 && $2 < 1.1 * $3) }'
    # What is no rule is told with the raster's name.
    gdal_edit.py -mo ECO_KEEP=cloud raw.tif
    refused 1 'raw.tif: ECO_KEEP' --source digital.tif --grid small.txt --result raw.tif
}

@test "the band is the one that the result was made from" {
    gdal_create -q -ot Float32 -bands 2 -burn 300 -burn 310 -outsize 60 60 -a_srs EPSG:32721 \
        -a_ullr 497900 9670500 502100 9666300 two.tif
    eco-regrid --grid grid.txt --band 2 -o two_c.tif two.tif >/dev/null
    eco-plotspec panels --source two.tif --result two_c.tif --grid grid.txt >picture.gp 2>said
    [ ! -s said ]
    # All values are 310, within half of it.
    [[ $(grep -a -m 1 '^set cbrange' picture.gp) == 'set cbrange [309.5:310.5]' ]]
    run --separate-stderr bash -c 'eco-plotspec panels --source two.tif --result two_c.tif --grid grid.txt --band 1 >p.gp'
    [ "$status" -eq 0 ]
    one_message 'made from band 2, and the picture shows band 1'
}

@test "infinite pixels have no value, and finite ones the colour of the end, however large" {
    # Rows of -inf, inf, 1e300 and 290 to 299; GDAL reads the text into float64.
    { printf '%s\n' 'ncols 60' 'nrows 60' 'xllcorner 497900' 'yllcorner 9666300' 'cellsize 70'
      awk 'BEGIN { for (r = 0; r < 60; r++) { for (c = 0; c < 60; c++) printf "%s ", r == 20 ? "-inf" : r == 21 ? "inf" : r == 22 ? "1e300" : 290 + (r + c) % 10; print "" } }'
    } >huge.asc
    gdal_translate -q -ot Float64 -a_srs EPSG:32721 --config AAIGRID_DATATYPE Float64 huge.asc huge.tif
    small # the grid of the first 30 rows
    eco-regrid --grid small.txt -o h.tif huge.tif >/dev/null 2>&1
    eco-plotspec panels --source huge.tif --result h.tif --grid small.txt >picture.gp
    draw p.png
    run ! grep -aqE '[[: ]-?(inf|nan)[]:]' picture.gp
    [ "$(share 'no value')" = "$(awk 'BEGIN { printf "%.1f", 100 * 2 / 30 }')" ]
    [ "$(share used)" = "$(awk 'BEGIN { printf "%.1f", 100 * 28 / 30 }')" ]
    eco-plotspec panels --source huge.tif --result h.tif --grid small.txt --range 285,305 >picture.gp
    draw p.png
}

@test "a companion that is missing is an error, or a warning and no filter" {
    small
    rm ./*_cloud_* small/*_cloud_*
    eco-regrid --grid small.txt -o coarse.tif "$SMALL" >/dev/null
    run --separate-stderr eco-plotspec panels --source "$SMALL" --result coarse.tif --grid small.txt --keep cloud=0
    [ "$status" -eq 1 ]
    one_message cloud
    [ -z "$output" ]
    eco-plotspec panels --source "$SMALL" --result coarse.tif --grid small.txt --keep cloud=0 \
        --missing-companion warn >picture.gp 2>said
    grep -q 'warning: .*cloud=0 was not applied' said
    [ "$(share 'fails a rule')" = 0.0 ]
}

@test "longitudes another turn away make the same picture" {
    gdalwarp -q -t_srs EPSG:4326 scene.tif degrees.tif
    read -r x0 y0 x1 y1 < <(gdalinfo -json degrees.tif | jq -r '.cornerCoordinates | [.upperLeft[], .lowerRight[]] | @tsv')
    mkdir turned
    gdal_translate -q -a_ullr "$(awk -v x="$x0" 'BEGIN { printf "%.12f", x + 360 }')" "$y0" \
        "$(awk -v x="$x1" 'BEGIN { printf "%.12f", x + 360 }')" "$y1" degrees.tif turned/degrees.tif
    eco-grid --bounds -57.015,-3.015,-56.985,-2.985 --res 0.003 --crs EPSG:4326 >degrees.txt
    for grid in grid.txt degrees.txt; do
        eco-regrid --grid $grid -o coarse.tif degrees.tif >/dev/null
        for source in degrees.tif turned/degrees.tif; do
            eco-plotspec panels --no-provenance --source $source --result coarse.tif --grid $grid >picture.gp
            share used
        done >shares
        [ "$(sort -u shares | wc -l)" -eq 1 ]
        [ "$(sort -u shares | sed 's/\..*//')" -gt 80 ]
    done
}

@test "the frame is the area in whole cells with a margin" {
    script --units m
    read -r x0 x1 <<<"$(setting 'set xrange ' 1 | tr ':]' '  ')"
    read -r y0 y1 <<<"$(setting 'set yrange ' 1 | tr ':]' '  ')"
    near "$x0" 497816 0.01
    near "$x1" 502184 0.01
    # Panels are whole pixels high: the frame may be a pixel more or less.
    near "$y0" 9666216 8
    near "$y1" 9670584 8
}

@test "both axes of all panels have one scale" {
    sed 's/9666700$/9668333/' grid.txt >flat.txt
    for size in 911x877 1603x809 701x1400; do
        eco-plotspec panels --source scene.tif --result coarse.tif --grid flat.txt \
            --size "$size" >picture.gp 2>/dev/null
        for n in 1 2 3 4; do
            awk -v size="$size" -v xr="$(setting 'set xrange ' $n)" -v yr="$(setting 'set yrange ' $n)" \
                -v l="$(setting 'set lmargin at screen ' $n)" -v r="$(setting 'set rmargin at screen ' $n)" \
                -v b="$(setting 'set bmargin at screen ' $n)" -v t="$(setting 'set tmargin at screen ' $n)" '
                BEGIN {
                    split(size, s, "x"); split(xr, x, /[:\]]/); split(yr, y, /[:\]]/)
                    across = (r - l) * s[1] / (x[2] - x[1]); up = (t - b) * s[2] / (y[2] - y[1])
                    print across, up
                    exit !(across > 0 && across / up < 1.00003 && up / across < 1.00003)
                }'
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
                read -r column _ <<<"$(pixel_of 3 <<<"$at 0")"
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
    # shellcheck disable=SC2046
    cells_stand part.tif 1 4 heat $(range 4)
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
    [ "$(colors p.png 4 <<<'499.1 9668.1')" = '228 228 228' ]
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

@test "an area beside the grid makes a picture" {
    sed 's/^0\t\(......\)$/0\t6\1/; s/^0\t/0\t6/' grid.txt >away.txt
    eco-plotspec panels --source scene.tif --result coarse.tif --grid away.txt \
        >picture.gp 2>/dev/null
    draw p.png
    [ "$(share used)" = 0.0 ]
}

@test "one cell, a row and a column of cells stand in their places" {
    for cells in '1 1' '5 1' '1 5'; do
        read -r columns rows <<<"$cells"
        printf '%s\n' '##crs=EPSG:32721' '##x0=499000' '##y0=9670000' '##dx=140' '##dy=140' \
            "##columns=$columns" "##rows=$rows" $'#ring\tx\ty' >few.txt
        eco-regrid --grid few.txt -o few.tif scene.tif >/dev/null
        for terminal in svg png; do
            eco-plotspec panels --source scene.tif --result few.tif --grid few.txt \
                --terminal $terminal >picture.gp
            draw p.$terminal
        done
        {
            values few.tif 1 | km
            # Beside them there is nothing.
            awk -v c="$columns" -v r="$rows" 'BEGIN {
                print 499 - 0.001, 9670 - 0.07, "none"
                print 499 + 0.07, 9670 - 0.14 * r - 0.001, "none"
                print 499 + 0.14 * c + 0.001, 9670 - 0.07, "none"
            }'
        } >cells
        colors p.png 4 <cells >got
        # shellcheck disable=SC2046
        cut -d ' ' -f 3 cells | wanted heat $(range 4) >want
        alike cells got want
    done
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
    eco-plotspec panels --source large.tif --result coarse.tif --grid grid.txt --terminal svg >picture.gp
    grep -aq 'array=(650,650)' picture.gp
    eco-plotspec panels --source large.tif --result coarse.tif --grid grid.txt --range 0,1300 >picture.gp
    grep -aqF '3 m, means of 2 × 2' picture.gp
    draw p.png
    for c in 101 650 1201; do
        awk -v c="$c" 'BEGIN { print (497900 + c * 3) / 1000, 9669, c
            print (497900 + c * 3) / 1000, 9668.37, "nan" }'
    done >pixels
    colors p.png 1 <pixels >got
    cut -d ' ' -f 3 pixels | wanted heat 0 1300 >want
    alike pixels got want
}

@test "a PNG is given the pixels that it shows: those under the middles of its own" {
    # 1100 x 1100 pixels on panels of fewer. Neighbours differ; each fifth is clouded.
    awk 'BEGIN {
        printf "ncols 1100\nnrows 1100\nxllcorner 497900\nyllcorner 9666300\ncellsize 3\nnodata_value -9999\n"
        for (r = 0; r < 1100; r++) {
            for (c = 0; c < 1100; c++)
                printf "%d ", (r + 2 * c) % 5 ? (7 * r + 13 * c) % 97 : -9999
            print ""
        }
    }' >fine.asc
    gdal_translate -q -ot Float32 -a_srs EPSG:32721 fine.asc fine.tif
    printf '%s\n' '##crs=EPSG:32721' '##x0=497900' '##y0=9669600' '##dx=330' '##dy=330' \
        '##columns=10' '##rows=10' $'#ring\tx\ty' >grid.txt
    eco-regrid --grid grid.txt -o coarse.tif fine.tif >/dev/null
    eco-plotspec panels --source fine.tif --result coarse.tif --grid grid.txt --range 0,96 \
        --size 1100x1000 >picture.gp
    sed -nE "s/^plot .*array=\(([0-9]+),([0-9]+)\) .*/\1 \2/p" picture.gp | sed -n 1p >given
    read -r columns rows <given
    draw p.png
    # The middles of some of the picture's pixels, and what the source has there; not where
    # the middle lies on the edge of two.
    awk -v l="$(setting 'set lmargin at screen ' 1)" -v r="$(setting 'set rmargin at screen ' 1)" \
        -v b="$(setting 'set bmargin at screen ' 1)" -v t="$(setting 'set tmargin at screen ' 1)" \
        -v xr="$(setting 'set xrange ' 1)" -v yr="$(setting 'set yrange ' 1)" '
        function near_edge(v) { v -= int(v); return v < 0.01 || v > 0.99 }
        BEGIN {
            split(xr, u, /[:\]]/); split(yr, v, /[:\]]/)
            w = (r - l) * 1100; h = (t - b) * 1000
            for (i = 30; i < w - 30; i += 3) for (j = 30 + i % 11; j < h - 30; j += 11) {
                x = u[1] + (u[2] - u[1]) * (i + 0.5) / w
                y = v[1] + (v[2] - v[1]) * (j + 0.5) / h
                c = (x * 1000 - 497900) / 3; n = (9669600 - y * 1000) / 3
                if (near_edge(c) || near_edge(n)) continue
                c = int(c); n = int(n)
                printf "%.9f %.9f %s\n", x, y, (n + 2 * c) % 5 ? (7 * n + 13 * c) % 97 : "nan"
            }
        }' >pixels
    [ "$(wc -l <pixels)" -gt 2000 ]
    [ "$columns" -lt 500 ]
    [ "$rows" -lt 500 ]
    cut -d ' ' -f 3 pixels | wanted heat 0 96 >want
    colors p.png 1 <pixels >got
    alike pixels got want
    awk '{ print $3 == "nan" ? "228 228 228" : "59 111 182" }' pixels >want
    colors p.png 2 <pixels >got
    # Some are under the lines of the grid.
    alike pixels got want $(($(wc -l <pixels) / 15))
}

@test "the colours range over all cells, and the pixels but for a hundredth at each end" {
    script "${masked[@]}"
    values scene.tif 1 >pixels
    cut -d ' ' -f 1,2 pixels | gdaltransform -s_srs EPSG:32721 -t_srs EPSG:4326 -output_xy |
        gdallocationinfo -valonly -geoloc forest.tif | paste -d ' ' pixels - | awk '
        $1 > 498300 && $1 < 501700 && $2 > 9666700 && $2 < 9670100 && $4 == 3 && $3 != "nan" {
            print $3
        }' | sort -g >used
    n=$(wc -l <used)
    [ "$n" -gt 300 ]
    values coarse.tif 1 | cut -d ' ' -f 3 | grep -v nan | sort -g >cells
    least=$({ sed -n "$((1 + (n - 1) / 100))p" used; sed -n 1p cells; } | sort -g | sed -n 1p)
    most=$({ sed -n "$((1 + (n - 1) * 99 / 100))p" used; sed -n '$p' cells; } | sort -g | sed -n '$p')
    for panel in 1 4; do
        read -r a b <<<"$(range $panel)"
        near "$a" "$least" 1e-5
        near "$b" "$most" 1e-5
    done
}

@test "a grid in feet has kilometres on its axes" {
    # A foot is 0.3048006096 m.
    awk 'BEGIN { OFS = "\t" }
        function feet(m) { return sprintf("%.6f", m * 3937 / 1200) }
        /^##crs/ { $0 = "##crs=+proj=utm +zone=21 +south +datum=WGS84 +units=us-ft" }
        /^##(x0|y0|dx|dy)=/ { split($0, a, "="); $0 = a[1] "=" feet(a[2]) }
        /^[0-9]/ { $0 = $1 OFS feet($2) OFS feet($3) }
        { print }' grid.txt >feet.txt
    eco-regrid --grid feet.txt -o coarse.tif scene.tif >/dev/null
    eco-plotspec panels --source scene.tif --result coarse.tif --grid feet.txt >picture.gp
    read -r x0 x1 <<<"$(setting 'set xrange ' 1 | tr ':]' '  ')"
    near "$x0" 497.816 1e-4
    near "$x1" 502.184 1e-4
    grep -aqF "Mean of each cell, 420 × 420 m'" picture.gp
    grep -aqF "Pixels used, 70 m'" picture.gp
    draw p.png
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
    one_message 'with --mask forest.tif --classes 3, and the picture shows all pixels'
    run --separate-stderr bash -c 'eco-plotspec panels --source scene.tif --result coarse.tif \
        --grid grid.txt --mask forest.tif --classes 3,15 | wc -c'
    one_message '--classes 3, and the picture shows --mask forest.tif --classes 3,15'
    # Names stand without folders, and the map of a year for all that have the same name.
    small
    eco-regrid --grid small.txt --mask 'map_{year}.tif' --classes 3 --fallback 2020=2019 \
        --mask forest.tif --classes 3-5 --mask-weight --keep cloud=0 --keep 'LST<301' -o coarse.tif "$SMALL" >/dev/null
    options=(--source "$SMALL" --result coarse.tif --grid small.txt --mask ./map_2019.tif --classes 3
        --mask forest.tif --classes 3-5 --mask-weight --keep cloud=0 --output p.png)
    run --separate-stderr eco-plotspec panels "${options[@]}" --keep 'LST<301'
    [ "$status" -eq 0 ]
    [ -z "$stderr" ]
    run --separate-stderr eco-plotspec panels "${options[@]}"
    one_message '--mask-weight --keep cloud=0 --keep LST<301, and'
    # Nothing is known of rasters of others.
    gdal_translate -q -co PROFILE=BASELINE -b 1 coarse.tif plain.tif
    gdal_edit.py -unsetmd -a_srs EPSG:32721 -a_ullr 498250 9670500 500350 9668400 plain.tif
    run --separate-stderr eco-plotspec panels "${options[@]}" --result plain.tif
    [ "$status" -eq 0 ]
    [ -z "$stderr" ]
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
    ends "$1" "$2" eco-plotspec panels "${@:3}" || return
    [ -z "$output" ] || { echo "wrote something: $*"; return 1; }
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
    refused 2 --output "${all[@]}" --output $'p.png\nset label'
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
            BEGIN { lab(228 / 255, 228 / 255, 228 / 255); gl = L; ga = A; gb = B }
            {
                lab($2, $3, $4)
                # Apart in a grey print too, but where the palette passes by on its way.
                if (name != "cover" && gl - L < 6) bad("near the grey at " $1)
                if (sqrt((L - gl) ^ 2 + (A - ga) ^ 2 + (B - gb) ^ 2) < 7) bad("has the grey at " $1)
                if (name == "cover" && NR == 1 && L - gl < 5) bad("begins near the grey")
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
