# eco-regrid --mask-cache: the same bytes as without, whatever lies in the folder.
load ../lib/common
load ../lib/fixture

setup() {
    cd "$BATS_TEST_TMPDIR" || exit
    make_fixture .
    OPTIONS=(--grid grid.txt --mask forest.tif --classes 3)
}

teardown() {
    umount small 2>/dev/null || true
}

# regrid NAME SCENE [OPTION]...: NAME.tif and its record but for the raster's name; in silence
regrid() {
    local name=$1
    eco-regrid --no-provenance "${OPTIONS[@]}" "${@:3}" -o "$name.tif" "$2" 2>"$name.said" >"$name.out"
    cut -f 1,2,4- "$name.out" >"$name.tsv"
}

# Whether two of these are one.
same() {
    cmp "$1.tif" "$2.tif" && diff "$1.tsv" "$2.tsv" && diff "$1.said" "$2.said"
}

# The same without the cache, with it when it is new, and when it has an entry.
three_ways() {
    local scene=$1
    shift
    rm -rf fresh
    regrid without "$scene" "$@"
    regrid new "$scene" "$@" --mask-cache fresh
    regrid kept "$scene" "$@" --mask-cache fresh
    same without new
    same without kept
}

entries() {
    find "${1:-cache}" -type f | wc -l
}

@test "the same raster and record, by centre and by area, in one CRS and in others" {
    gdalwarp -q -t_srs EPSG:4326 scene.tif degrees.tif
    gdalwarp -q -t_srs EPSG:5880 scene.tif polyconic.tif
    gdalwarp -q -t_srs EPSG:32721 -tr 25 25 -r near forest.tif second.tif
    for scene in scene.tif degrees.tif polyconic.tif; do
        three_ways $scene
        three_ways $scene --mask-weight
        three_ways $scene --mask second.tif --classes 3,15
        three_ways $scene --mask second.tif --classes 15 --mask-weight --bands mean,n,median
        [ "$(entries fresh)" -eq 1 ]
    done
    # A clip alone; with neither there is nothing to keep.
    for scene in scene.tif degrees.tif polyconic.tif; do
        OPTIONS=(--grid grid.txt)
        three_ways $scene
        [ "$(entries fresh)" -eq 1 ]
        OPTIONS=(--grid plain.txt)
        grep '^##' grid.txt >plain.txt
        three_ways $scene
        [ ! -e fresh ]
    done
    # What the first tells of the map, the others tell too.
    gdal_translate -q -srcwin 0 0 60 200 forest.tif half.tif
    OPTIONS=(--grid grid.txt --mask half.tif --classes 3)
    three_ways scene.tif
    grep -q 'half.tif covers' kept.said
    grep -q 'half.tif covers' kept.tsv
}

@test "an entry is a GeoTIFF that says what it is of" {
    regrid out scene.tif --mask-cache cache
    entry=$(find cache -type f)
    grep -qE '^cache/([0-9a-f])/\1[0-9a-f]{15}\.tif$' <<<"$entry"
    gdalinfo -mm "$entry" >info
    for text in "pixels 60 60 497900 70 0 9670500 0 -70 EPSG:32721" "map centre 3 $(stat -c %s forest.tif) $(stat -c %.9Y forest.tif) $PWD/forest.tif" \
        "clip 4 " 'ID\["EPSG",32721\]' "Type=Byte" "Min/Max=0.000,3.000"; do
        grep -q "$text" info || { echo "$text"; cat info; false; }
    done
    # Clip (1) and class (2), by GDAL: a centre's class, and whether it lies in the clip.
    gdalwarp -q -r near -et 0 -t_srs EPSG:32721 -te 497900 9666300 502100 9670500 -tr 70 70 forest.tif here.tif
    paste <(gdal_translate -q -of XYZ "$entry" /vsistdout/) <(gdal_translate -q -of XYZ here.tif /vsistdout/) |
        awk '{ clip = $1 > 498300 && $1 < 501700 && $2 > 9666700 && $2 < 9670100
               if ($3 != clip + (clip && $6 == 3 ? 2 : 0)) wrong++ } END { print wrong + 0, NR }' >wrong
    [ "$(cat wrong)" = "0 3600" ]
}

@test "the maps are not opened again, and what an entry depends on makes another" {
    regrid before scene.tif --mask-cache cache
    # Other classes in a file of the same name, size and time: nobody looks.
    cp -p forest.tif old.tif
    gdal_translate -q -ot Byte -scale 3 15 15 3 -a_nodata 0 -co COMPRESS=NONE forest.tif forest2.tif
    cat forest2.tif >forest.tif
    truncate -s "$(stat -c %s old.tif)" forest.tif
    touch -r old.tif forest.tif
    [ "$(stat -c %s forest.tif)" -eq "$(stat -c %s forest2.tif)" ]
    regrid after scene.tif --mask-cache cache
    same before after
    regrid without scene.tif
    run ! cmp -s without.tif before.tif
    [ "$(entries)" -eq 1 ]
    # Its time, its place, classes, clip, pixels, weights: each has an entry of its own.
    n=1
    another() {
        regrid without "$@"
        regrid with "$@" --mask-cache cache
        same without with
        n=$((n + 1))
        [ "$(entries)" -eq $n ] || { echo "$* made no entry"; return 1; }
    }
    touch forest.tif
    another scene.tif
    another scene.tif --mask-weight
    regrid with other.tif --mask-cache cache # the same pixels
    [ "$(entries)" -eq $n ]
    mkdir place
    cp -p forest.tif place
    OPTIONS=(--grid grid.txt --mask place/forest.tif --classes 3)
    another scene.tif
    OPTIONS=(--grid grid.txt --mask place/forest.tif --classes '3,15')
    another scene.tif
    sed 's/501700/501600/' grid.txt >clip.txt
    OPTIONS=(--grid clip.txt --mask place/forest.tif --classes '3,15')
    another scene.tif
    gdal_translate -q -a_ullr 497900.5 9670500 502100.5 9666300 scene.tif moved.tif
    another moved.tif
    gdal_translate -q -srcwin 0 0 60 59 scene.tif cut.tif
    another cut.tif
    cp "$BUILD/bin/eco-regrid" .
    touch eco-regrid
    PATH=$PWD:$PATH another scene.tif
    # The grid's cells and the scene's values are no matter.
    sed 's/##d\(.\)=420/##d\1=210/; s/=10$/=20/' clip.txt >fine.txt
    OPTIONS=(--grid fine.txt --mask place/forest.tif --classes '3,15')
    regrid without scene.tif
    regrid with scene.tif --mask-cache cache
    same without with
    [ "$(entries)" -eq $n ]
}

@test "a map that is a list of files goes without" {
    gdal_translate -q -of VRT forest.tif list.vrt
    OPTIONS=(--grid grid.txt --mask list.vrt --classes 3)
    regrid without scene.tif
    regrid with scene.tif --mask-cache cache
    same without with
    [ ! -e cache ]
}

@test "damaged entries are as none, and are made again" {
    for weight in '' --mask-weight; do
        rm -rf cache
        # shellcheck disable=SC2086
        regrid good scene.tif $weight --mask-cache cache
        entry=$(find cache -type f)
        cp "$entry" whole
        size=$(stat -c %s whole)
        damage() {
            # shellcheck disable=SC2086
            regrid bad scene.tif $weight --mask-cache cache
            same good bad || { echo "$*"; return 1; }
            cmp whole "$entry" || { echo "$* was not made again"; return 1; }
        }
        for part in 0 1 8 100 $((size / 2)) $((size - 1)); do
            head -c "$part" whole >"$entry"
            damage "$part bytes"
        done
        for at in $((size / 3)) $((size / 2)); do
            { head -c "$at" whole; head -c 40 /dev/zero; tail -c +$((at + 41)) whole; } >"$entry"
            regrid bad scene.tif $weight --mask-cache cache
            same good bad
        done
        cp scene.tif "$entry"
        damage 'another raster'
        echo text >"$entry"
        damage text
        # One of other pixels under this name.
        gdal_translate -q -srcwin 0 0 60 59 scene.tif cut.tif
        regrid other cut.tif $weight --mask-cache elsewhere
        cp "$(find elsewhere -type f)" "$entry"
        rm -r elsewhere
        damage 'an entry of something else'
        rm "$entry"
        mkdir "$entry"
        regrid bad scene.tif $weight --mask-cache cache
        same good bad
    done
}

@test "where nothing can be kept it goes without; a folder that is a file is told" {
    regrid without scene.tif
    echo text >file
    run --separate-stderr eco-regrid "${OPTIONS[@]}" --mask-cache file -o out.tif scene.tif
    [ "$status" -eq 2 ]
    one_message file
    regrid with scene.tif --mask-cache file/below
    same without with
    mkdir small
    mount -t tmpfs -o size=4k none small 2>/dev/null || skip "cannot mount here"
    cat /dev/zero >small/fill 2>/dev/null || true
    regrid with scene.tif --mask-cache small
    same without with
    rm small/fill
    mount -o remount,ro small
    regrid with scene.tif --mask-cache small
    same without with
}

@test "many at once, killed, with entries removed meanwhile" {
    regrid without scene.tif
    for _ in {1..5}; do
        rm -rf cache out
        for i in {1..12}; do
            eco-regrid "${OPTIONS[@]}" --mask-cache cache -o "out/$i.tif" scene.tif >/dev/null 2>said.$i &
            pids[i]=$!
        done
        for i in 3 6 9; do
            sleep 0.00$i
            kill -KILL "${pids[i]}" 2>/dev/null || true
            rm -rf cache 2>/dev/null || true # while others write into it
        done
        for i in {1..12}; do
            wait "${pids[i]}" || true
        done
        for i in 1 2 4 5 7 8 10 11 12; do
            cmp without.tif "out/$i.tif" || { cat "said.$i"; false; }
        done
        find . -path "./cache/*" -type f >left
        while read -r entry; do
            gdal_translate -q "$entry" whole.tif
        done <left
        [ "$(wc -l <left)" -le 1 ]
    done
}
