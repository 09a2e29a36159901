# eco-regrid: records beside the rasters, what stands in them, and the joblog.
load ../lib/common
load ../lib/fixture

LEGEND=$'#path\tstatus\toutput\tcells\tn\tmean\tcoverage\tsize\tmtime\tmessage'

teardown() {
    umount small 2>/dev/null || true
}

setup() {
    cd "$BATS_TEST_TMPDIR" || exit
    make_fixture .
}

# field FILE NAME: the column of that name in the record of a file
field() {
    awk -F '\t' -v name="$2" '/^#/ { for (i = 1; i <= NF; i++) if ($i == name || $i == "#" name) at = i; next }
        { print $at }' "$1"
}

regrid() {
    run --separate-stderr eco-regrid --no-provenance --grid grid.txt "$@"
}

@test "--csv prints the same records as CSV, and leaves those beside the rasters as they are" {
    cp scene.tif 'a,"b.tif'
    eco-regrid --grid grid.txt --records --out-dir tsv scene.tif 'a,"b.tif' >tsv.txt
    eco-regrid --grid grid.txt --records --csv --out-dir csv scene.tif 'a,"b.tif' >csv.txt
    python3 - <<'END' || return
import csv
tab = [l.rstrip("\n").split("\t") for l in open("tsv.txt") if not l.startswith("##")]
tab[0][0] = tab[0][0].lstrip("#")
got = list(csv.reader(open("csv.txt", newline="")))
assert got == [[f.replace("tsv/", "csv/") for f in r] for r in tab], got
END
    cmp tsv/Regrid_scene.tsv <(sed 's#csv/#tsv/#' csv/Regrid_scene.tsv)
}

@test "the record beside the raster is that of stdout, with its legend" {
    regrid --records --out-dir out scene.tif other.tif
    [ "$status" -eq 0 ]
    [ "${lines[0]}" = "$LEGEND" ]
    diff <(printf '%s\n' "${lines[0]}" "${lines[1]}") out/Regrid_scene.tsv
    diff <(printf '%s\n' "${lines[0]}" "${lines[2]}") out/Regrid_other.tsv
    [ "$(find out -type f | wc -l)" -eq 4 ]
    regrid --records -o a.b/new.x.tiff scene.tif
    [ "$(find a.b -type f | sort | xargs)" = "a.b/new.x.tiff a.b/new.x.tsv" ]
    [ "$(field a.b/new.x.tsv output)" = a.b/new.x.tiff ]
    regrid --records -o ./raster scene.tif
    [ "$(field raster.tsv output)" = ./raster ]
    # Without --records there is none; again gives the same bytes.
    regrid --out-dir two scene.tif
    [ "$(ls -A two)" = Regrid_scene.tif ]
    cp out/Regrid_scene.tsv before.tsv
    regrid --records --out-dir out scene.tif
    cmp before.tsv out/Regrid_scene.tsv
    regrid --records -o raster.tsv scene.tif
    [ "$status" -eq 2 ]
    one_message raster.tsv
}

@test "size and mtime are those of the file that a link leads to" {
    touch -d '2001-02-03 04:05:06.000000789 UTC' scene.tif
    ln -s scene.tif link.tif
    regrid --records --out-dir out link.tif
    [ "$(field out/Regrid_link.tsv size)" = "$(stat -c %s scene.tif)" ]
    [ "$(field out/Regrid_link.tsv mtime)" = 981173106.000000789 ]
    [ "$(field out/Regrid_link.tsv mtime)" = "$(stat -L -c %.9Y link.tif)" ]
    ln -s nowhere.tif dangling.tif
    regrid --records --out-dir out dangling.tif
    [ "$status" -eq 1 ]
    [ "$(field out/Regrid_dangling.tsv size) $(field out/Regrid_dangling.tsv mtime)" = "NaN NaN" ]
    [[ $(field out/Regrid_dangling.tsv message) == *"No such file"* ]]
}

@test "outside, empty and failed have their records, and why" {
    gdal_translate -q -a_ullr 0 100 100 0 scene.tif far.tif
    gdal_translate -q -ot Float32 -scale 0 1000 5 5 -a_nodata 5 scene.tif none.tif
    head -c 3000 scene.tif >cut.tif
    printf '%s\n' 'ncols 2' 'nrows 1' 'xllcorner 498300' 'yllcorner 9666700' 'cellsize 420' '1 2' >bare.asc
    mkdir out
    touch out/Regrid_far.tif out/Regrid_cut.tif
    regrid --records --out-dir out far.tif none.tif cut.tif bare.asc
    [ "$status" -eq 1 ]
    [ "$(cut -f 2 <<<"$output" | xargs)" = "status outside empty failed failed" ]
    for name in far none cut bare; do
        diff <(printf '%s\n' "$LEGEND"; grep "^$name" <<<"$output") out/Regrid_$name.tsv
    done
    [ "$(field out/Regrid_far.tsv message) $(field out/Regrid_far.tsv output)" = "NA NA" ]
    [ "$(field out/Regrid_none.tsv output)" = out/Regrid_none.tif ]
    # The message without the tool's name and the path; what is on stderr has both.
    for name in cut.tif bare.asc; do
        grep -qxF "eco-regrid: $name: $(field "out/Regrid_${name%.*}.tsv" message)" <<<"$stderr"
    done
    [ ! -e out/Regrid_far.tif ] && [ -e out/Regrid_cut.tif ]
}

@test "warnings stand in the record of their raster alone, those of GDAL's side too" {
    gdal_translate -q -srcwin 0 0 60 200 forest.tif half.tif
    gdal_translate -q -of ENVI scene.tif whole.envi
    gdal_translate -q -of VRT other.tif lost.vrt
    rm other.tif
    regrid --records --out-dir out --mask half.tif --classes 3 scene.tif whole.envi
    [ "$status" -eq 0 ]
    [[ $(field out/Regrid_scene.tsv message) == "the class map half.tif covers "*" % of its pixels; the others do not count" ]] ||
        { cat out/Regrid_scene.tsv; false; }
    regrid --records --out-dir out lost.vrt scene.tif
    [ "$status" -eq 1 ]
    [ "eco-regrid: lost.vrt: $(field out/Regrid_lost.tsv message)" = "$stderr" ]
    [ "$(field out/Regrid_scene.tsv message)" = NA ]
}

@test "rules stand between coverage and size, and are found by name" {
    lst=ECO_L2T_LSTE.002_LST_doy2020221094621_aid0001_21S.tif
    regrid --records -o out.tif --keep cloud=0 --keep QC=0 $lst
    [ "$(head -1 out.tsv | cut -f 7-)" = $'coverage\tremoved:cloud=0\tremoved:QC=0\tsize\tmtime\tmessage' ]
    [ "$(field out.tsv size)" = "$(stat -c %s $lst)" ]
    [ "$(field out.tsv removed:cloud=0)" -eq 300 ]
}

@test "a record replaces nothing that is read, nor that of another input" {
    cp scene.tif a.tsv
    cp a.tsv before
    regrid --records -o a.tif a.tsv
    [ "$status" -eq 1 ]
    one_message 'its record would replace a.tsv'
    cmp before a.tsv
    [ ! -e a.tif ]
    cp grid.txt b.tsv
    run --separate-stderr eco-regrid --no-provenance --grid b.tsv --records -o b.tif scene.tif
    [ "$status" -eq 1 ]
    one_message 'its record would replace b.tsv'
    cmp grid.txt b.tsv
    # Two of one name, whatever became of the first.
    mkdir x y
    head -c 3000 scene.tif >x/s.tif
    cp scene.tif y/s.tif
    for order in 'x y' 'y x'; do
        read -r first second <<<"$order"
        rm -rf out
        regrid --records --out-dir out $first/s.tif $second/s.tif
        [ "$status" -eq 1 ]
        [ "$(field out/Regrid_s.tsv path)" = $first/s.tif ]
        [[ $stderr == *"$second/s.tif: its output out/Regrid_s.tif is already that of $first/s.tif"* ]]
    done
}

@test "a raster that is replaced or changed while it is read fails" {
    for way in replaced changed; do
        gdal_translate -q -outsize 4000 4000 scene.tif large.tif
        cp large.tif new.tif
        eco-regrid --no-provenance --records --grid grid.txt --bands median -o out.tif large.tif >status.tsv 2>said &
        pid=$!
        until find "/proc/$pid/fd" -lname '*/large.tif' 2>/dev/null | grep -q .; do
            kill -0 $pid || break
        done
        kill -STOP $pid
        if [ $way = replaced ]; then mv new.tif large.tif; else touch large.tif; fi
        kill -CONT $pid
        status=0
        wait $pid || status=$?
        [ "$status" -eq 1 ] || { cat status.tsv; false; }
        [ "$(cat said)" = "eco-regrid: large.tif: it was changed while it was read" ]
        [ "$(field out.tsv status)" = failed ]
        [ ! -e out.tif ]
        eco-regrid --records --grid grid.txt --bands median -o out.tif large.tif
        [ "$(field out.tsv mtime)" = "$(stat -c %.9Y large.tif)" ]
        rm out.tif
    done
}

@test "records on a full disk: what was whole stays" {
    mkdir small
    mount -t tmpfs -o size=32k none small 2>/dev/null || skip "cannot mount here"
    regrid --records -o small/out.tif scene.tif
    [ "$status" -eq 0 ]
    cp small/out.tif small/out.tsv .
    cat /dev/zero >small/fill 2>/dev/null || true
    # The record of the raster that stays went before: it would speak for the new one.
    regrid --records --compress none --bands mean,coverage,n,stddev,sum,min,max,median,q1,q3,mode,range \
        -o small/out.tif other.tif
    [ "$status" -eq 3 ]
    cmp out.tif small/out.tif
    [ ! -e small/out.tsv ]
    [ "$(find small -name '.*' -type f)" = "" ]
}

@test "the joblog: one legend and whole records of many processes at once" {
    for i in {1..40}; do ln scene.tif "s $i.tif"; done
    printf '%s\n' s\ *.tif nowhere.tif |
        xargs -d '\n' -P 8 -n 1 eco-regrid --grid grid.txt --out-dir out --joblog 'job log' >/dev/null 2>&1 || true
    [ "$(head -1 'job log')" = $'#path\tstart\tseconds\tmemory\tstatus\thost' ]
    [ "$(grep -c '^#' 'job log')" -eq 1 ]
    diff <(printf '%s\n' s\ *.tif nowhere.tif | sort) <(grep -v '^#' 'job log' | cut -f 1 | sort)
    now=$(date -u +%s)
    awk -F '\t' -v now="$now" -v host="$(uname -n)" '/^#/ { next }
        NF != 6 || $5 != ($1 == "nowhere.tif" ? "failed" : "ok") || $6 != host { exit 1 }
        $3 !~ /^[0-9]+\.[0-9][0-9][0-9][0-9]$/ || $3 > 60 || $4 !~ /^[0-9]+\.[0-9]$/ || $4 < 1 || $4 > 200 { exit 1 }
        { print $2 }' 'job log' >starts
    while read -r start; do
        near "$(date -u -d "$start" +%s)" "$now" 120
    done <starts
    # One process, several inputs; a file that is empty; one that was there.
    : >log
    regrid --out-dir out --joblog log scene.tif other.tif
    regrid --out-dir out --joblog log scene.tif
    [ "$(cut -f 1 log | xargs)" = "#path scene.tif other.tif scene.tif" ]
    regrid --out-dir out --joblog /dev/full scene.tif
    [ "$status" -eq 3 ]
    one_message /dev/full
    regrid --out-dir none --joblog no/such/log scene.tif
    [ "$status" -eq 3 ]
    one_message no/such/log
    [ ! -e none ]
}
