# Outputs where the file system has no nameless files (NFS, FUSE, old overlays): they are
# written under a hidden name aside, and appear under their own when they are whole.
load ../lib/common
load ../lib/fixture

setup_file() {
    ! grep -q __asan_init "$BUILD/bin/eco-regrid" || export ASAN_OPTIONS=verify_asan_link_order=0
    "${CC:-cc}" -shared -fPIC -o "$BATS_FILE_TMPDIR/no_tmpfile.so" "$ROOT/tests/lib/no_tmpfile.c" -ldl
    make_fixture "$BATS_FILE_TMPDIR/fixture"
}

setup() {
    cp "$BATS_FILE_TMPDIR"/fixture/{scene,other}.tif "$BATS_FILE_TMPDIR/fixture/grid.txt" "$BATS_TEST_TMPDIR"
    cd "$BATS_TEST_TMPDIR"
    eco-regrid --no-provenance --grid grid.txt -o expected.tif scene.tif >/dev/null
}

# eco-regrid there: aside [DIE_AT=...] RASTER...
aside() {
    local die=()
    [[ $1 != DIE_AT=* ]] || { die=("$1"); shift; }
    env "${die[@]}" LD_PRELOAD="$BATS_FILE_TMPDIR/no_tmpfile.so" \
        eco-regrid --no-provenance --grid grid.txt --out-dir out "$@"
}

@test "without nameless files outputs are the same, and nothing lies beside them" {
    aside scene.tif >/dev/null
    cmp expected.tif out/Regrid_scene.tif
    [ "$(ls -A out)" = Regrid_scene.tif ]
    [ "$(stat -c %a out/Regrid_scene.tif)" = "$(stat -c %a expected.tif)" ]
    # One that fails leaves nothing.
    head -c 9000 scene.tif >cut.tif
    run --separate-stderr aside cut.tif scene.tif
    [ "$status" -eq 1 ]
    one_message cut.tif
    [ "$(ls -A out)" = Regrid_scene.tif ]
}

@test "killed anywhere without nameless files: no half output, and the next run finishes" {
    local ended=0 killed=0 at
    for at in rename:1 write:{1..200}; do
        rm -rf out
        aside "DIE_AT=$at" scene.tif >/dev/null && ended=1 && break
        killed=$((killed + 1))
        [ ! -e out/Regrid_scene.tif ] || { echo "$at: there is an output"; return 1; }
        # It was at work on a file aside: none that a pattern matches.
        [ "$(find out -type f -name '.*.tmp' | wc -l)" -eq 1 ]
        [ -z "$(ls out)" ]
        aside scene.tif >/dev/null
        cmp expected.tif out/Regrid_scene.tif
        [ "$(ls out)" = Regrid_scene.tif ]
    done 2>/dev/null
    [ "$ended" -eq 1 ]
    [ "$killed" -ge 4 ]
}

@test "killed without nameless files: an older output stays whole" {
    aside scene.tif >/dev/null
    gdal_translate -q -ot Float32 -scale 0 1 0 2 scene.tif twice.tif
    for at in write:1 write:3 rename:1; do
        cp twice.tif scene.tif
        run ! aside "DIE_AT=$at" scene.tif
        cmp expected.tif out/Regrid_scene.tif
    done
    eco-regrid --no-provenance --grid grid.txt -o expected.tif scene.tif >/dev/null
    aside scene.tif >/dev/null
    cmp expected.tif out/Regrid_scene.tif
}
