# eco-reproject against cs2cs (the same PROJ), and against itself: pieces, orders, there
# and back. Everything that is no coordinate must come through byte for byte.
load ../lib/common

setup() {
    cd "$BATS_TEST_TMPDIR"
}

# "x y" lines, the same ones each time: points SEED N X0 X1 Y0 Y1
points() {
    awk -v seed="$1" -v n="$2" -v x0="$3" -v x1="$4" -v y0="$5" -v y1="$6" 'BEGIN {
        srand(seed)
        for (i = 0; i < n; i++)
            printf "%.10g %.10g\n", x0 + (x1 - x0) * rand(), y0 + (y1 - y0) * rand()
    }'
}

# Changes the first two columns about, as cs2cs wants them where an authority has latitude
# (or northing) first: order yx or xy.
ordered() {
    if [ "$1" = yx ]; then awk '{ print $2, $1 }'; else cat; fi
}

plain() {
    eco-reproject --delimiter blank --columns 1,2 "$@"
}

# Whether two files of x y lines are as many and agree to a distance; where one has no
# point (NaN, or cs2cs's *), so has the other. same_points A B DISTANCE
same_points() {
    [ "$(wc -l <"$1")" -eq "$(wc -l <"$2")" ] || { echo "not as many lines"; return 1; }
    paste -d' ' "$1" "$2" | awk -v most="$3" '
        function far(a, b) { return a - b > most || b - a > most }
        { none = ($1 == "NaN") + ($3 == "*") }
        none == 1 || (!none && (far($1, $3) || far($2, $4))) {
            if (bad++ < 5) print "line " NR ": " $0
        }
        none == 2 { nowhere++ }
        { some += !none }
        END { if (!some) print "no points"; exit bad || !some }'
}

# ---- Against cs2cs ----------------------------------------------------------------------

# 10,000 points of a region through both; FROM's and TO's order of axes at cs2cs.
as_cs2cs() {
    local from=$1 in=$2 to=$3 out=$4
    shift 4
    points 1 10000 "$@" >in
    plain --from "$from" --to "$to" in >ours 2>err
    ordered "$in" <in | cs2cs -f %.12f "$from" +to "$to" | ordered "$out" >theirs
    same_points ours theirs 1e-9 || { echo "^ $from to $to"; return 1; }
    ordered "$in" <in | plain --authority-order --from "$from" --to "$to" 2>err |
        ordered "$out" | cmp - ours || { echo "^ $from to $to in the authority's order"; return 1; }
}

@test "UTM of both hemispheres is as by cs2cs" {
    as_cs2cs EPSG:32721 xy EPSG:4326 yx 166000 834000 1100000 10000000
    as_cs2cs EPSG:4326 yx EPSG:32721 xy -63 -51 -80 3
    as_cs2cs EPSG:32633 xy EPSG:4326 yx 166000 834000 0 9300000
    as_cs2cs EPSG:4326 yx EPSG:32633 xy 9 21 -2 84
    as_cs2cs EPSG:32720 xy EPSG:32721 xy 500000 900000 9000000 10000000
}

@test "polar stereographic is as by cs2cs" {
    as_cs2cs EPSG:4326 yx EPSG:3413 xy -180 180 55 90
    as_cs2cs EPSG:3031 xy EPSG:4326 yx -4000000 4000000 -4000000 4000000
}

@test "equal-area CRSs are as by cs2cs" {
    as_cs2cs EPSG:4326 yx EPSG:3035 yx -10 40 34 71
    as_cs2cs EPSG:3035 yx EPSG:25832 xy 2600000 6000000 1500000 5400000
    as_cs2cs EPSG:4326 yx EPSG:5070 xy -125 -67 25 50
    as_cs2cs EPSG:5070 xy EPSG:32613 xy -1500000 -600000 1000000 2500000
    as_cs2cs EPSG:6933 xy EPSG:4326 yx -17000000 17000000 -7000000 7000000
}

@test "sinusoidal on a sphere is as by cs2cs" {
    local modis='+proj=sinu +lon_0=0 +x_0=0 +y_0=0 +R=6371007.181 +units=m +no_defs'
    as_cs2cs "$modis" xy EPSG:4326 yx -8000000 8000000 -6000000 6000000
    as_cs2cs EPSG:4326 yx "$modis" xy -180 180 -90 90
}

@test "web Mercator is as by cs2cs" {
    as_cs2cs EPSG:3857 xy EPSG:4326 yx -20000000 20000000 -20000000 20000000
    as_cs2cs EPSG:4326 yx EPSG:3857 xy -180 180 -85 85
}

# With the grids that are installed, or without: cs2cs has the same.
@test "datum shifts, with an operation for each place, are as by cs2cs" {
    as_cs2cs EPSG:31467 yx EPSG:25832 xy 3300000 3700000 5200000 6100000
    as_cs2cs EPSG:27572 xy EPSG:2154 xy 0 1200000 1600000 2700000
    as_cs2cs EPSG:27200 xy EPSG:2193 yx 2000000 3000000 5300000 6800000
    as_cs2cs EPSG:4267 yx EPSG:4326 yx -170 -50 10 85
    as_cs2cs EPSG:29101 xy EPSG:4674 yx 3000000 8000000 7000000 11000000
}

# cs2cs prints all digits of metres as PROJ has them: then not one bit may differ.
@test "the digits are those of PROJ's doubles" {
    points 2 5000 -63 -51 -30 3 >in
    plain --from EPSG:4326 --to EPSG:32721 in | awk '{ printf "%.17g %.17g\n", $1, $2 }' >ours
    awk '{ print $2, $1 }' in | cs2cs -f %.17g EPSG:4326 EPSG:32721 |
        awk '{ printf "%.17g %.17g\n", $1, $2 }' >theirs
    cmp ours theirs
}

@test "heights and times go with x and y" {
    awk 'BEGIN { srand(3); OFS = "\t"; for (i = 0; i < 500; i++)
        print 110 + 45 * rand(), -40 + 30 * rand(), "id" i, 3000 * rand(), 1990 + 50 * rand() }' >in
    eco-reproject --columns 1,2,4,5 --from EPSG:7912 --to EPSG:7843 in >ours
    awk '{ print $2, $1, $4, $5 }' in | cs2cs -f %.12f EPSG:7912 EPSG:7843 >theirs
    awk '{ print $1, $2 }' ours >a
    awk '{ print $2, $1 }' theirs >b
    same_points a b 1e-9
    cut -f4 ours | paste - theirs | awk '{ e = $1 - $4; if (e > 1e-8 || e < -1e-8) bad = 1 } END { exit bad }'
    cmp <(cut -f3,5 in) <(cut -f3,5 ours)
    # a time of its own matters: at another one the same point is elsewhere
    awk -F'\t' -v OFS='\t' '{ $5 += 10; print }' in |
        eco-reproject --columns 1,2,4,5 --from EPSG:7912 --to EPSG:7843 >later
    run ! cmp -s <(cut -f1,2 ours) <(cut -f1,2 later)
}

@test "an area chooses the operation, as at cs2cs" {
    points 4 1000 -106 -105 34 35 >in
    plain --from EPSG:4267 --to EPSG:4326 --area -80,40,-75,45 in >ours 2>err
    awk '{ print $2, $1 }' in | cs2cs -f %.12f --bbox -80,40,-75,45 EPSG:4267 EPSG:4326 |
        awk '{ print $2, $1 }' >theirs
    same_points ours theirs 1e-9
    plain --from EPSG:4267 --to EPSG:4326 in >elsewhere 2>err
    run ! cmp -s elsewhere ours
}

# ---- Against itself ---------------------------------------------------------------------

@test "there and back ends within a micrometre" {
    while read -r crs x0 x1 y0 y1; do
        points 5 10000 "$x0" "$x1" "$y0" "$y1" >in
        plain --from "$crs" --to EPSG:4326 in 2>err | plain --from EPSG:4326 --to "$crs" >back 2>err
        same_points back in 1e-6 || { echo "^ $crs"; return 1; }
        run ! grep -q NaN back
    done <<'END'
EPSG:32721 166000 834000 1100000 10000000
EPSG:32633 166000 834000 0 9300000
EPSG:3413 -3000000 3000000 -3000000 3000000
EPSG:3031 -3000000 3000000 -3000000 3000000
EPSG:5070 -2000000 2000000 300000 3000000
EPSG:3857 -20000000 20000000 -18000000 18000000
EPSG:2154 100000 1200000 6100000 7100000
ESRI:54008 -8000000 8000000 -6000000 6000000
END
}

# PROJ's series for authalic latitudes stops early: LAEA Europe comes back a millimetre
# off. Then that must be the very place where cs2cs comes back.
@test "there and back is as by cs2cs where PROJ itself comes back elsewhere" {
    points 5 10000 2600000 6000000 1500000 5400000 >in
    plain --from EPSG:3035 --to EPSG:4326 in | plain --from EPSG:4326 --to EPSG:3035 >back
    ordered yx <in | cs2cs -f %.17g EPSG:3035 EPSG:4326 | cs2cs -f %.12f EPSG:4326 EPSG:3035 |
        ordered yx >theirs
    same_points back theirs 1e-8
    same_points back in 2e-3
}

# Points with several operations, and some that fail: what one point leaves behind must
# not reach the next. More than one batch of records.
awkward_points() {
    points 6 5000 -170 -50 10 85
    points 7 20 -170 -50 95 99
}

@test "a stream is the sum of its pieces" {
    awkward_points >in
    plain --from EPSG:4267 --to EPSG:32613 in >whole 2>err
    for at in 1 2047 2048 2049 5010; do
        head -n $at in >a
        tail -n +$((at + 1)) in >b
        for part in a b; do plain --from EPSG:4267 --to EPSG:32613 $part 2>err; done | cmp - whole
        plain --from EPSG:4267 --to EPSG:32613 a b 2>err | cmp - whole
    done
}

@test "shuffled records come out shuffled" {
    awkward_points >in
    plain --from EPSG:4267 --to EPSG:32613 in >straight 2>err
    seq 1 "$(wc -l <in)" | shuf --random-source=in >order
    shuffled() { paste -d' ' order "$1" | sort -n | cut -d' ' -f2-; }
    awk 'NR == FNR { line[NR] = $0; next } { print line[$1] }' in order >mixed
    plain --from EPSG:4267 --to EPSG:32613 mixed 2>err >out
    shuffled out | cmp - straight
}

@test "reading back gives the same doubles" {
    awkward_points | plain --from EPSG:4267 --to EPSG:32613 2>err >once
    plain --from EPSG:32613 --to EPSG:32613 once >twice
    cmp once twice
}

@test "--decimals rounds as printf does" {
    points 8 5000 -63 -51 -30 3 | plain --from EPSG:4326 --to EPSG:32721 >all
    for n in 0 3 9; do
        points 8 5000 -63 -51 -30 3 | plain --from EPSG:4326 --to EPSG:32721 --decimals $n >ours
        awk -v n=$n '{ printf "%.*f %.*f\n", n, $1, n, $2 }' all | cmp - ours
    done
}

@test "parallel gives the same, in order" {
    command -v parallel >/dev/null || skip "no parallel"
    points 9 20000 -63 -51 -30 3 | awk -v OFS='\t' 'BEGIN { print "##crs=EPSG:4326"; print "#lon", "lat", "id" }
        { print $1, $2, NR }' >in
    eco-reproject --no-provenance --to EPSG:32721 in >one
    parallel --pipepart --keep-order --jobs 2 --block 100k --header '(#.*\n)*' -a in \
        eco-reproject --no-provenance --to EPSG:32721 >many
    grep -v '^#' one | cmp - <(grep -v '^#' many)
    [ "$(grep -c '^##crs' many)" -gt 3 ]
}

# ---- What passes through ----------------------------------------------------------------

@test "other columns keep their bytes" {
    printf '##crs=EPSG:4326\n# a comment\n#site name\tlat\tlon\t \tnote\n' >in
    printf 'A b\t-2.6\t-60.2\t\t x  \n#later\n\t-2.60\t-6.02e1\t"\t\xff,\xc3\xa9\n' >>in
    eco-reproject --no-provenance --columns lon,lat --to EPSG:32720 in >out
    x=811375.5854000612 y=9712274.553857174
    printf '##crs=EPSG:32720\n#site name\tlat\tlon\t \tnote\n# a comment\n' >expected
    printf 'A b\t%s\t%s\t\t x  \n#later\n\t%s\t%s\t"\t\xff,\xc3\xa9\n' $y $x $y $x >>expected
    cmp out expected
    near "$(echo -2.6 -60.2 | cs2cs -f %.9f EPSG:4326 EPSG:32720 | cut -f1)" $x 1e-8
}

@test "blanks between fields stay as they are" {
    printf '  15\t 36  rest  of\tit \n\n15 36\n   \n15\t36\t\n' |
        plain --from EPSG:4326 --to EPSG:32633 --decimals 0 >out
    printf '  500000\t 3983948  rest  of\tit \n500000 3983948\n500000\t3983948\t\n' | cmp - out
    printf ' 1 15 2 36\n' | eco-reproject --delimiter blank --columns 4,2 --from EPSG:4326 \
        --to EPSG:4326 >out
    [ "$(cat out)" = " 1 15 2 36" ]
}

@test "CSV keeps its quotes, and quoted coordinates are understood" {
    printf '"id, no","lon",lat,"a ""b"""\r\n"x,y","15.0",36,"two\nlines"\r\n,"15","36",""\r\n' >in
    eco-reproject --delimiter , --from EPSG:4326 --to EPSG:32633 --decimals 1 in >out
    printf '"id, no","lon",lat,"a ""b"""\n"x,y",500000.0,3983948.5,"two\nlines"\n,500000.0,3983948.5,""\n' |
        cmp - out
    eco-reproject --delimiter , --from EPSG:4326 --to EPSG:32633 --decimals 1 --append 'x,"y"' in >out
    printf '"id, no","lon",lat,"a ""b""",x,"""y"""\n"x,y","15.0",36,"two\nlines",500000.0,3983948.5\n' >expected
    printf ',"15","36","",500000.0,3983948.5\n' >>expected
    cmp out expected
    printf '15,36\n15,36\n' | eco-reproject --delimiter , --no-legend --columns 1,2 --from EPSG:4326 \
        --to EPSG:32633 --decimals 0 >out
    printf '500000,3983948\n500000,3983948\n' | cmp - out
}

@test "CSV can have a CRS and rows of many" {
    printf '##crs=EPSG:4326\nx,y\n15,36\n' | eco-reproject --delimiter , --to EPSG:32633 --decimals 0 >out
    printf '##crs=EPSG:32633\nx,y\n500000,3983948\n' | cmp - out
    printf 'x,crs,y\n15,EPSG:4326,36\n500000,"EPSG:32634",0\n' >in
    eco-reproject --delimiter , --to EPSG:32633 --decimals 0 in >out
    printf 'x,crs,y\n500000,EPSG:32633,3983948\n1168660,EPSG:32633,0\n' >expected
    awk -F, 'NR == 3 { sub(/^[^,]*/, "1168660"); sub(/[^,]*$/, "0") } { print }' out | cmp - expected
    # a CRS without a code is WKT, with commas and quotes
    eco-reproject --delimiter , --to '+proj=tmerc +lon_0=15 +datum=WGS84 +x_0=1' in >wkt
    eco-reproject --delimiter , --to EPSG:4326 --decimals 9 wkt >back
    eco-reproject --delimiter , --to EPSG:4326 --decimals 9 in | cmp - back
}

@test "CRLF, a byte order mark and a missing last newline are no part of the data" {
    printf '\xef\xbb\xbf##crs=EPSG:4326\r\n#x\ty\tz\r\n15\t36\ta\r\n15\t36\tb' |
        eco-reproject --no-provenance --to EPSG:32633 --decimals 0 >out
    printf '##crs=EPSG:32633\n#x\ty\tz\n500000\t3983948\ta\n500000\t3983948\tb\n' | cmp - out
}

@test "a line of 1 MB passes" {
    long=$(head -c 1000000 /dev/zero | tr '\0' a)
    printf '15\t%s\t36\n15\tb\t36\n' "$long" >in
    eco-reproject --columns 1,3 --from EPSG:4326 --to EPSG:32633 --decimals 0 in >out
    printf '500000\t%s\t3983948\n500000\tb\t3983948\n' "$long" | cmp - out
}

# ---- Which CRS --------------------------------------------------------------------------

@test "##crs= is read and rewritten, and metadata passed on" {
    printf '##title=t\n##crs=EPSG:4326\n##unit.lon=degree\n##unit.lat=degree\n##unit.v=K\n#lon\tlat\tv\n15\t36\t1\n' >in
    run --separate-stderr eco-reproject --to 'wgs 84 / utm zone 33n' --decimals 0 in
    [ "$status" -eq 0 ]
    [ -z "$stderr" ]
    printf '%s\n' '##title=t' '##unit.v=K' '##crs=EPSG:32633' \
        "##cmd=eco-reproject --to 'wgs 84 / utm zone 33n' --decimals 0 in" \
        $'#lon\tlat\tv' $'500000\t3983948\t1' | cmp - <(echo "$output")
    eco-reproject --to EPSG:32633 in | eco-reproject --to EPSG:4326 --decimals 6 | tail -n 1 >out
    printf '15.000000\t36.000000\t1\n' | cmp - out
    # --from is stronger than what the stream says
    [ "$(eco-reproject --from EPSG:32633 --to EPSG:32633 in | tail -n1)" = $'15\t36\t1' ]
}

@test "appended columns have a CRS of their own, and the old ones keep theirs" {
    printf '##crs=EPSG:4326\n#lon\tlat\tv\n15\t36\tq\n' >in
    eco-reproject --no-provenance --to EPSG:32633 --decimals 0 --append east,north in >out
    printf '##crs=EPSG:4326\n##crs.east=EPSG:32633\n##crs.north=EPSG:32633\n#lon\tlat\tv\teast\tnorth\n15\t36\tq\t500000\t3983948\n' |
        cmp - out
    # and it is read from there
    eco-reproject --no-provenance --columns east,north --to EPSG:25833 --decimals 0 out >again
    sed 's/32633/25833/' out | cmp - again
    # without ##crs=, --from is what the old ones are in
    printf '#lon\tlat\n15\t36\n' | eco-reproject --from EPSG:4326 --to EPSG:32633 --append x,y | grep -qx '##crs=EPSG:4326'
}

@test "rows of many CRSs go through one column" {
    awk 'BEGIN { srand(11); OFS = "\t"; print "#n", "crs", "x", "y"
        for (i = 0; i < 6000; i++) { zone = 1 + int(60 * rand())
            print i, "EPSG:" (rand() < .5 ? 326 : 327) sprintf("%02d", zone), 300000 + 400000 * rand(), 9e6 * rand() } }' >in
    eco-reproject --no-provenance --to EPSG:4326 in >out
    [ "$(sed -n 1p out)" = '##crs=EPSG:4326' ]
    [ "$(sed -n 2p out)" = $'#n\tcrs\tx\ty' ]
    [ "$(tail -n +3 out | cut -f2 | uniq)" = EPSG:4326 ]
    for crs in EPSG:32601 EPSG:32721 EPSG:32760; do
        awk -F'\t' -v c=$crs '$2 == c { print $1 "\t" $3 "\t" $4 }' in >some
        [ -s some ]
        eco-reproject --from $crs --to EPSG:4326 --columns 2,3 some |
            while IFS=$'\t' read -r n x y; do printf '%s\tEPSG:4326\t%s\t%s\n' "$n" "$x" "$y"; done >expected
        cut -f1 some | awk -F'\t' 'NR == FNR { want[$1]; next } $1 in want' - out | cmp - expected
    done
}

@test "more CRSs than can be open at once" {
    awk 'BEGIN { OFS = "\t"; print "#x", "y", "crs"
        for (k = 0; k < 2; k++) for (i = 0; i < 300; i++)
            print 500000 + i, 4e6, "+proj=tmerc +lon_0=15 +k=0.9996 +datum=WGS84 +x_0=" 500000 + i }' >in
    eco-reproject --no-provenance --to EPSG:4326 --decimals 9 in | tail -n +3 | sort -u >out
    printf '15.000000000\t36.144718099\tEPSG:4326\n' | cmp - out
}

@test "a CRS can be WKT in a file, a PROJ string, a name, or have no area of use" {
    projinfo -o WKT1:ESRI EPSG:32633 -q >site.prj
    echo EPSG:32633 >code.txt
    for crs in site.prj code.txt 'WGS 84 / UTM zone 33N' '+proj=utm +zone=33 +datum=WGS84' +init=epsg:32633; do
        [ "$(echo 15 36 | plain --from EPSG:4326 --to "$crs" --decimals 3)" = '500000.000 3983948.453' ] ||
            { echo "^ $crs"; return 1; }
    done
    here='+proj=laea +lat_0=-3 +lon_0=-60 +datum=WGS84 +units=m'
    near "$(echo -60.5 -3.5 | plain --from EPSG:4326 --to "$here" | cut -d' ' -f2)" \
        "$(echo -3.5 -60.5 | cs2cs -f %.9f EPSG:4326 +to "$here" | cut -f2)" 1e-8
}

# ---- Points that fail -------------------------------------------------------------------

@test "a point outside of the domain keeps its record, and is counted" {
    printf '1 2 a\n1 95 b\n3 3 c\n' >in
    run --separate-stderr plain --from EPSG:4326 --to EPSG:32631 --decimals 0 in
    [ "$status" -eq 0 ]
    [ "$output" = $'277539 221197 a\nNaN NaN b\n500000 331593 c' ]
    one_message '1 of 3 points'
    [ "$(awk '{ print $2, $1 }' in | cs2cs EPSG:4326 EPSG:32631 | sed -n 2p | cut -f1)" = '*' ]
}

@test "--strict ends there; --keep-going leaves such records out" {
    printf '1 2 a\n1 95 b\n3 3 c\n' >in
    run --separate-stderr plain --strict --from EPSG:4326 --to EPSG:32631 --decimals 0 in
    [ "$status" -eq 1 ]
    [ "$output" = '277539 221197 a' ]
    one_message 'in:2: '
    run --separate-stderr plain --strict --keep-going --from EPSG:4326 --to EPSG:32631 --decimals 0 in
    [ "$status" -eq 1 ]
    [ "$output" = $'277539 221197 a\n500000 331593 c' ]
    one_message 'in:2: '
}

@test "missing coordinates stay missing, and are not counted" {
    printf '#x\ty\tz\nNaN\tNaN\ta\n15\tNA\tb\nnan\t36\tc\n' >in
    run --separate-stderr eco-reproject --no-provenance --strict --from EPSG:4326 --to EPSG:32633 in
    [ "$status" -eq 0 ]
    [ -z "$stderr" ]
    [ "$output" = $'##crs=EPSG:32633\n#x\ty\tz\nNaN\tNaN\ta\nNaN\tNaN\tb\nNaN\tNaN\tc' ]
    printf '#x\ty\tcrs\nNaN\tNaN\tNA\n' | eco-reproject --no-provenance --to EPSG:32633 |
        grep -qx $'NaN\tNaN\tEPSG:32633'
}

# ---- What is told -----------------------------------------------------------------------

# Wherever PROJ has its database, but no grids.
no_grids() {
    local d
    mkdir -p bare
    for d in $(projinfo --searchpaths); do
        [ ! -e "$d/proj.db" ] || ln -sf "$d/proj.db" bare/
    done
    export PROJ_DATA=$PWD/bare PROJ_LIB=$PWD/bare PROJ_USER_WRITABLE_DIRECTORY=$PWD/bare
}

@test "--accuracy tells each operation, its points and its accuracy" {
    no_grids
    printf -- '-106.7 34.36\n-80 40\n-106.8 34\n2 48\n' >in
    run --separate-stderr plain --accuracy --from EPSG:4267 --to EPSG:4326 in
    [ "$status" -eq 0 ]
    [[ $stderr == *'2 points by "NAD27 to WGS 84 (6)", accuracy 7 m'* ]]
    [[ $stderr == *'1 point by "NAD27 to WGS 84 (4)", accuracy 10 m'* ]]
    [[ $stderr == *'1 point by "Ballpark geographic offset from NAD27 to WGS 84", accuracy unknown'* ]]
    [[ $stderr == *'missing: us_noaa_conus.tif, for "NAD27 to WGS 84 (79)", accuracy 5 m'* ]]
    plain --from EPSG:4267 --to EPSG:4326 in 2>err >quiet
    [ "$output" = "$(cat quiet)" ]
    run --separate-stderr plain --accuracy --from EPSG:32721 --to EPSG:4326 <<<'5e5 9e6'
    one_message '1 point by "Inverse of UTM zone 21S", accuracy 0 m'
    run --separate-stderr plain --accuracy --from EPSG:4326 --to OGC:CRS84 <<<'1 2'
    one_message 'nothing to do'
}

@test "a grid that is missing where the points lie is told" {
    no_grids
    run --separate-stderr plain --from EPSG:4267 --to EPSG:4326 <<<'-106.7 34.36'
    [ "$status" -eq 0 ]
    one_message 'accuracy 7 m; it would be 1.5 m with these grids: us_noaa_conus.tif, us_noaa_nmhpgn.tif'
    run --separate-stderr plain --from EPSG:32721 --to EPSG:4326 <<<'5e5 9e6'
    [ -z "$stderr" ]
}

@test "a grid that is there is used" {
    local d grid=
    for d in $(projinfo --searchpaths); do [ ! -e "$d/ntf_r93.gsb" ] || grid=1; done
    [ "$grid" ] || skip "no ntf_r93.gsb (package proj-data)"
    points 12 10000 100000 1100000 1700000 2600000 >in
    plain --accuracy --from EPSG:27572 --to EPSG:2154 in >with 2>err
    grep -q ' points by .*RGF93 v1 to NTF (2).*, accuracy 1 m' err
    no_grids
    cs2cs -f %.9f EPSG:27572 EPSG:2154 <in >without
    run ! same_points with without 0.01
}

# ---- Bad input --------------------------------------------------------------------------

# bad MESSAGE: $in must stop the tool after its first record, and be passed over on request.
bad() {
    printf '%b' "$in" >in
    run --separate-stderr eco-reproject --no-provenance --from EPSG:4326 --to EPSG:4326 in
    [ "$status" -eq 1 ] && one_message "$1" || { echo "$in: $stderr"; return 1; }
    [ "$output" = $'##crs=EPSG:4326\n#x\ty\n1\t2' ] || { echo "$in: $output"; return 1; }
    run --separate-stderr eco-reproject --no-provenance --keep-going --from EPSG:4326 --to EPSG:4326 in
    [ "$status" -eq 1 ] && one_message "$1" || { echo "$in: $stderr"; return 1; }
    [ "$output" = $'##crs=EPSG:4326\n#x\ty\n1\t2\n5\t6' ] || { echo "$in: $output"; return 1; }
}

@test "bad records are told with file and line" {
    in='#x\ty\n1\t2\nfoo\t4\n5\t6\n' bad 'in:3: x: not a number: "foo"'
    in='#x\ty\n1\t2\n3\t4,5\n5\t6\n' bad 'in:3: y: not a number: "4,5"'
    in='#x\ty\n1\t2\n3\t4 \n5\t6\n' bad 'in:3: y: not a number: "4 "'
    in='#x\ty\n1\t2\n3\t0x4\n5\t6\n' bad 'in:3: y: not a number'
    in='#x\ty\n1\t2\n3\t\n5\t6\n' bad 'in:3: y: an empty field'
    in='#x\ty\n1\t2\n3\n5\t6\n' bad 'in:3: 1 fields where the legend names 2'
    in='#x\ty\n1\t2\n3\t4\t5\n5\t6\n' bad 'in:3: 3 fields where the legend names 2'
    in='#x\ty\n1\t2\n\n5\t6\n' bad 'in:3: '
}

@test "a CRS that a record must have and has not is a bad record" {
    for crs in EPSG:99999 NA '' foo; do
        printf '#x\ty\tcrs\n1\t2\tEPSG:4326\n1\t2\t%s\n1\t2\t%s\n5\t6\tEPSG:4326\n' "$crs" "$crs" >in
        run --separate-stderr eco-reproject --no-provenance --to EPSG:4326 in
        [ "$status" -eq 1 ]
        one_message 'in:3: '
        [ "$output" = $'##crs=EPSG:4326\n#x\ty\tcrs\n1\t2\tEPSG:4326' ]
        run --separate-stderr eco-reproject --no-provenance --keep-going --to EPSG:4326 in
        [ "$status" -eq 1 ]
        [ "$(grep -c 'in:[34]: ' <<<"$stderr")" -eq 2 ]
        [ "${#lines[@]}" -eq 4 ]
    done
}

@test "plain text must have numbers where it says" {
    run --separate-stderr plain --from EPSG:4326 --to EPSG:32633 <<<$'15 36\nfoo bar'
    [ "$status" -eq 1 ]
    one_message 'stdin:2: column 1: not a number: "foo"'
    run --separate-stderr plain --from EPSG:4326 --to EPSG:32633 <<<15
    [ "$status" -eq 1 ]
    [ -z "$output" ]
    one_message 'stdin:1: there is no column 2'
}

@test "longitude and latitude, in any case and order, need no --from" {
    echo 15 36 | plain --from EPSG:4326 --to EPSG:32633 --decimals 0 | tr ' ' '\t' >expected
    for names in 'lon\tlat' 'LON\tLAT' 'Longitude\tLatitude' 'long\tlat' 'lon\tLatitude'; do
        run --separate-stderr eco-reproject --no-provenance --to EPSG:32633 --decimals 0 <<<"$(printf "#$names\n15\t36\n")"
        [ "$status" -eq 0 ] && [ -z "$stderr" ] || { echo "$names: $stderr"; return 1; }
        [ "${lines[0]}" = '##crs=EPSG:32633' ]
        diff expected - <<<"${lines[2]}"
    done
    # The point samples that AppEEARS asks for.
    printf 'ID,Category,Latitude,Longitude\r\nA,tower,36,15\r\n' >points.csv
    eco-reproject --delimiter , --to EPSG:32633 --decimals 0 points.csv >out
    printf 'ID,Category,Latitude,Longitude\nA,tower,3983948,500000\n' | cmp - out
    # What they were in is told with what is appended.
    printf '#lon\tlat\n15\t36\n' | eco-reproject --no-provenance --to EPSG:32633 --append x,y --decimals 0 >out
    printf '##crs=EPSG:4326\n##crs.x=EPSG:32633\n##crs.y=EPSG:32633\n#lon\tlat\tx\ty\n15\t36\t500000\t3983948\n' |
        cmp - out
    # Another CRS stands.
    printf '##crs=EPSG:4267\n#lon\tlat\n-106\t34\n' | eco-reproject --to EPSG:32613 2>err | tail -1 >ours
    echo -106 34 | plain --from EPSG:4267 --to EPSG:32613 2>err | tr ' ' '\t' | diff - ours
    # In the authority's order nothing is known of columns by their names.
    run --separate-stderr eco-reproject --authority-order --to EPSG:32633 <<<$'#lon\tlat\n15\t36'
    [ "$status" -eq 1 ]
    one_message 'say --from CRS'
}

@test "x and y beside longitude and latitude" {
    head='#x\ty\tlon\tlat\n500000\t3983948\t15\t36\n'
    # Without angles the CRS is that of x and y; with angles, or unknown, it is not.
    printf "##crs=EPSG:32633\n$head" | eco-reproject --no-provenance --to EPSG:32634 --decimals 0 | tail -1 | grep -q $'\t15\t36$'
    printf "##crs=EPSG:4326\n$head" | eco-reproject --no-provenance --to EPSG:32634 --decimals 0 | tail -1 | grep -q $'^500000\t3983948\t'
    printf "$head" | eco-reproject --no-provenance --to EPSG:32634 --decimals 0 | tail -1 | grep -q $'^500000\t3983948\t'
    printf "$head" | eco-reproject --from EPSG:32633 --to EPSG:32634 --decimals 0 | tail -1 | grep -q $'\t15\t36$'
    # What is said of the others stays true, so that the result can be read again.
    printf "##crs=EPSG:4326\n$head" | eco-reproject --no-provenance --to EPSG:32634 --decimals 3 >out
    [ "$(head -3 out)" = $'##crs=EPSG:4326\n##crs.lon=EPSG:32634\n##crs.lat=EPSG:32634' ]
    [ "$(eco-reproject --to EPSG:4326 --decimals 6 out | tail -1)" = $'500000\t3983948\t15.000000\t36.000000' ]
    printf "$head" | eco-reproject --no-provenance --to EPSG:32634 --append e,n | grep '^##' >out
    printf '##crs.%s\n' lon=EPSG:4326 lat=EPSG:4326 e=EPSG:32634 n=EPSG:32634 | diff out -
    # A CRS a record, as eco-sample --crs-column writes it.
    printf '#x\ty\tlon\tlat\tcrs\n500000\t3983948\t15\t36\tEPSG:32633\n' |
        eco-reproject --to EPSG:32634 --decimals 0 | tail -1 | grep -q $'\t15\t36\tEPSG:32634$'
}

@test "two columns that may be the same coordinate are told" {
    for legend in 'LON,lon,lat' 'longitude,lon,lat' 'lon,Long,lat'; do
        printf '%s\n1,2,3\n' "$legend" >two.csv
        run --separate-stderr eco-reproject --delimiter , --to EPSG:32633 two.csv
        [ "$status" -eq 1 ] && [ -z "$output" ]
        names=${legend%,*}
        one_message "two.csv: its longitude may be column 1 (${names%,*}) or 2 (${names#*,}): name it by --columns"
        eco-reproject --delimiter , --to EPSG:32633 --columns "${names#*,},lat" two.csv | grep -q '^1,'
    done
    run --separate-stderr eco-reproject --from EPSG:32634 --to EPSG:32633 <<<$'#x\tX\ty\n1\t2\t3'
    [ "$status" -eq 1 ]
    one_message 'stdin: its x may be column 1 (x) or 2 (X): name it by --columns'
}

@test "columns and CRSs that are not there" {
    printf '#a\tb\n1\t2\n' >in
    run --separate-stderr eco-reproject --from EPSG:4326 --to EPSG:32633 in
    [ "$status" -eq 1 ]
    [ -z "$output" ]
    one_message 'in: the legend has no columns x and y'
    run --separate-stderr eco-reproject --from EPSG:4326 --to EPSG:32633 --columns a,lat in
    [ "$status" -eq 1 ]
    [ -z "$output" ]
    one_message 'no column "lat" among a, b'
    run --separate-stderr eco-reproject --to EPSG:32633 --columns a,b in
    [ "$status" -eq 1 ]
    [ -z "$output" ]
    one_message 'say --from CRS'
    for crs in EPSG:999999 foo '+proj=no' EPSG:7030 ''; do
        run --separate-stderr eco-reproject --from EPSG:4326 --to "$crs" --columns a,b in
        [ "$status" -eq 1 ]
        [ -z "$output" ]
        one_message '--to: not a coordinate reference system'
        run --separate-stderr eco-reproject --from "$crs" --to EPSG:4326 --columns a,b in
        [ "$status" -eq 1 ]
        [ -z "$output" ]
        one_message '--from: not a coordinate reference system'
    done
    run --separate-stderr eco-reproject --from EPSG:4326 --to 'LOCAL_CS["mine"]' --columns a,b in
    [ "$status" -eq 1 ]
    [ -z "$output" ]
    one_message 'no way from EPSG:4326'
    sed '1i##crs=EPSG:99999' in >worse
    run --separate-stderr eco-reproject --to EPSG:4326 --columns a,b worse
    [ "$status" -eq 1 ]
    [ -z "$output" ]
    one_message 'worse: not a coordinate reference system'
}

@test "wrong usage" {
    printf '#x\ty\n1\t2\n' >in
    for args in '' '--to EPSG:4326 --decimals 18' '--to EPSG:4326 --decimals x' '--to EPSG:4326 --delimiter x' \
        '--to EPSG:4326 --area 1,2,3' '--to EPSG:4326 --area 1,5,3,2' \
        '--to EPSG:4326 --from EPSG:4326 --columns x' '--to EPSG:4326 --from EPSG:4326 --columns x,x' \
        '--to EPSG:4326 --from EPSG:4326 --append a' '--to EPSG:4326 --from EPSG:4326 --append x,z' \
        '--to EPSG:4326 --from EPSG:4326 --append a,a' '--to EPSG:4326 --from EPSG:4326 --append a,b,c'; do
        # shellcheck disable=SC2086
        run --separate-stderr eco-reproject $args in
        [ "$status" -eq 2 ] && [ -z "$output" ] && one_message "try 'eco-reproject --help'" ||
            { echo "^ $args: $status $stderr"; return 1; }
    done
}

@test "streams without records" {
    printf '##crs=EPSG:4326\n#x\ty\n' >in
    [ "$(eco-reproject --no-provenance --to EPSG:32633 in)" = $'##crs=EPSG:32633\n#x\ty' ]
    run --separate-stderr plain --from EPSG:4326 --to EPSG:32633 </dev/null
    [ "$status" -eq 0 ]
    [ -z "$output" ]
    [ -z "$stderr" ]
    run --separate-stderr plain --from EPSG:4326 --to EPSG:32633 in missing
    [ "$status" -eq 1 ]
    one_message missing
}

@test "files follow one another, and must be one stream" {
    printf '##crs=EPSG:4326\n#x\ty\n15\t36\n' >a
    printf '##crs=EPSG:32633\n#x\ty\n5e5\t0\n' >b
    printf '#y\tx\n36\t15\n' >c
    eco-reproject --no-provenance --to EPSG:32633 --decimals 0 a - a <a >out
    printf '##crs=EPSG:32633\n#x\ty\n500000\t3983948\n500000\t3983948\n500000\t3983948\n' | cmp - out
    for other in b c; do
        run --separate-stderr eco-reproject --to EPSG:32633 a $other
        [ "$status" -eq 1 ]
        one_message "$other:"
    done
}

# ---- Streams ----------------------------------------------------------------------------

@test "records come out as they come in with --line-buffered" {
    mkfifo to from
    eco-reproject --line-buffered --columns 1,2 --from EPSG:4326 --to EPSG:4326 <to >from &
    exec 5>to 6<from
    for i in 1 2 3; do
        printf '%s\t2\n' $i >&5
        read -r -t 60 line <&6
        [ "$line" = "$i"$'\t2' ]
    done
    exec 5>&-
    wait
    exec 6<&-
}

@test "records come out as they come in from a terminal" {
    command -v script >/dev/null || skip "no script"
    { echo 1 2; while [ ! -s out ]; do sleep 0.1; done; echo 3 4; echo $'\004'; } |
        script -qec "eco-reproject --delimiter blank --columns 1,2 --from EPSG:4326 --to EPSG:4326 >out" /dev/null >/dev/null
    [ "$(cat out)" = $'1 2\n3 4' ]
}

@test "memory does not grow with the stream" {
    yes '500000 4000000 some text that goes on' |
        eco-reproject --delimiter blank --columns 1,2 --from EPSG:32633 --to EPSG:4326 >/dev/null &
    pid=$!
    peak_after() { # BYTES read
        while [ "$(sed -n 's/^rchar: //p' "/proc/$pid/io")" -lt "$1" ]; do sleep 0.1; done
        sed -n 's/^VmHWM:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$pid/status"
    }
    early=$(peak_after 10000000)
    late=$(peak_after 100000000)
    kill "$pid"
    echo "$early KiB, then $late"
    [ "$late" -lt $((early + 500)) ]
}

@test "a reader that goes away ends it; a full disk is an error" {
    status=0
    (set +o pipefail; yes '15 36' | { plain --from EPSG:4326 --to EPSG:32633 || echo $? >status; } | head -n 1) >out
    [ "$(cat out)" = "$(plain --from EPSG:4326 --to EPSG:32633 <<<'15 36')" ]
    [ "$(cat status)" -eq 141 ]
    run --separate-stderr bash -c 'eco-reproject --delimiter blank --columns 1,2 --from EPSG:4326 --to EPSG:32633 <<<"15 36" >/dev/full'
    [ "$status" -eq 3 ]
    one_message 'stdout: cannot write'
    run --separate-stderr bash -c 'yes 15 36 | eco-reproject --delimiter blank --columns 1,2 --from EPSG:4326 --to EPSG:32633 >/dev/full'
    [ "$status" -eq 3 ]
    one_message 'stdout: cannot write'
}

@test "a locale with a decimal comma changes nothing" {
    locale=$(locale -a | grep -m1 -E '^(de|fr|pt|es|ru)_.*(utf8|UTF-8)$') || skip "no such locale"
    LC_ALL=$locale plain --from EPSG:4326 --to EPSG:32633 <<<'15.5 36.5' >out
    plain --from EPSG:4326 --to EPSG:32633 <<<'15.5 36.5' | cmp - out
    LC_ALL=$locale plain --from EPSG:4326 --to EPSG:32633 --decimals 2 <<<'15.5 36.5' | grep -q '[.]'
}
