# PROJ and GDAL are loaded when they are first needed: tools that stay in one CRS do without.
load ../lib/common
load ../lib/fixture

setup() {
    cd "$BATS_TEST_TMPDIR" || exit
    make_fixture .
    ! grep -q __asan_init "$BUILD/bin/eco-regrid" || skip "the sanitizers look into libraries"
}

# without_proj TOOL: the tool as it would be where there is no PROJ, in bin/
without_proj() {
    mkdir -p bin
    ln -sfn "$BUILD/lib" lib
    sed 's/libproj\.so\.[0-9]/libproj.so.X/g' "$BUILD/bin/$1" >"bin/$1"
    chmod +x "bin/$1"
    grep -q 'libproj\.so\.X' "bin/$1"
}

@test "no tool is linked with PROJ" {
    for tool in "$BUILD"/bin/*; do
        run ! grep -q libproj <(ldd "$tool")
    done
}

@test "in one CRS the tools work without PROJ, and give the same" {
    for tool in eco-regrid eco-sample eco-index eco-grid eco-reproject eco-plotspec; do
        without_proj $tool
    done
    eco-regrid --no-provenance --grid grid.txt -o expected.tif scene.tif >expected.tsv
    bin/eco-regrid --no-provenance --grid grid.txt -o out.tif scene.tif >out.tsv
    cmp expected.tif out.tif
    diff <(cut -f 4- expected.tsv) <(cut -f 4- out.tsv)
    for tool in eco-regrid eco-sample eco-index eco-grid eco-reproject eco-plotspec; do
        [ "$(bin/$tool --version)" = "$($tool --version)" ]
        diff <($tool --help) <(bin/$tool --help)
    done
    ls *.tif | eco-index --no-provenance >expected.tsv
    ls *.tif | bin/eco-index --no-provenance >out.tsv
    cmp expected.tsv out.tsv
}

@test "where PROJ is needed and missing that is told, once, and ends with 3" {
    for tool in eco-regrid eco-reproject; do
        without_proj $tool
    done
    run --separate-stderr bash -c "printf '#x\ty\n1\t2\n' | bin/eco-reproject --from EPSG:4326 --to EPSG:32721"
    [ "$status" -eq 3 ]
    one_message 'eco-reproject: cannot load PROJ'
    run --separate-stderr bin/eco-regrid --grid grid.txt --mask forest.tif --classes 3 -o out.tif scene.tif
    [ "$status" -eq 3 ]
    one_message 'eco-regrid: cannot load PROJ'
    [ ! -e out.tif ]
}

# PROJ looks for the file before SQLite opens it: twice a connection.
database_opens() {
    # A leak checker is a tracer itself.
    ASAN_OPTIONS=detect_leaks=0 strace -f -o calls -e trace=openat "$@" >/dev/null 2>err || { cat err; return 1; }
    grep -c 'proj\.db".* = [0-9]' calls || true
}

@test "PROJ's database is opened where a CRS needs it, once" {
    command -v strace >/dev/null || skip 'no strace here: which files are opened was not looked at'
    printf '#x\ty\tcrs\n6e5\t9.7e6\tEPSG:32721\n5e5\t9.7e6\tEPSG:32720\n' >utm.tsv
    printf '6e5\t9.7e6\tEPSG:31981\n-6e6\t-2e5\tEPSG:3857\n6e5\t9.7e6\tEPSG:29191\n' | cat utm.tsv - >all.tsv
    sed 's/EPSG:32721/EPSG:32720/' grid.txt >zone.txt
    [ "$(database_opens eco-reproject --to EPSG:4326 utm.tsv)" = 0 ]
    [ "$(database_opens eco-regrid --grid zone.txt -o out.tif scene.tif)" = 0 ]
    local once
    once=$(database_opens eco-reproject --to EPSG:3857 --from EPSG:4326 --columns 1,2 utm.tsv)
    [ "$once" -ge 1 ] && [ "$once" -le 2 ]
    [ "$(database_opens eco-reproject --to EPSG:4326 all.tsv)" = "$once" ]
    [ "$(database_opens eco-reproject --to EPSG:4326 --accuracy all.tsv)" = "$once" ]
}

# loads_gdal TOOL...: whether it opens what calls GDAL
loads_gdal() {
    ASAN_OPTIONS=detect_leaks=0 strace -f -o calls -e trace=openat "$@" >out.tsv 2>err || { cat err; return 2; }
    grep -q 'eco-gdal\.so".* = [0-9]' calls
}

@test "a CRS of which an EPSG code says all is read and written without GDAL" {
    command -v strace >/dev/null || skip 'no strace here: which files are opened was not looked at'
    for code in 31981 5070 3857 2193 4674 4269; do
        gdal_translate -q -a_srs EPSG:$code scene.tif $code.tif
        eco-grid --like $code.tif --no-provenance >$code.txt
        grep -qx "##crs=EPSG:$code" $code.txt
        run loads_gdal eco-regrid --grid $code.txt -o out.tif $code.tif
        [ "$status" -eq 1 ]
        [ "$(gdalsrsinfo -e out.tif | sed -n 's/^EPSG://p')" = $code ]
    done
}

@test "a CRS of which the keys say more, or another thing, is read by GDAL" {
    command -v strace >/dev/null || skip 'no strace here: which files are opened was not looked at'
    gdal_translate -q -a_srs EPSG:2229 scene.tif feet.tif
    gdal_translate -q -a_srs EPSG:31981+5773 scene.tif heights.tif
    gdal_translate -q -a_srs '+proj=utm +zone=21 +south +ellps=intl' scene.tif own.tif
    gdal_translate -q -a_srs EPSG:4674 scene.tif axis.tif
    perl -0777 -pi -e 'BEGIN { ($from, $to) = map pack("d<", $_), 6378137, 6378200 } s/\Q$from/$to/' axis.tif
    gdal_translate -q -a_srs EPSG:31981 scene.tif units.tif
    perl -0777 -pi -e 'BEGIN { $key = pack("v3", 3076, 0, 1); ($from, $to) = map pack("v", $_), 9001, 9003 } s/\Q$key$from/$key$to/' units.tif
    gdal_translate -q -a_srs EPSG:31981 scene.tif old.tif # EPSG:29121 has been replaced by 29171
    perl -0777 -pi -e 'BEGIN { $key = pack("v3", 3072, 0, 1); ($from, $to) = map pack("v", $_), 31981, 29121 } s/\Q$key$from/$key$to/' old.tif
    for file in feet heights own axis units old; do
        loads_gdal eco-index --open $file.tif
        cp out.tsv $file.tsv
    done
    [ "$(tail -n 1 feet.tsv | cut -f 13)" = EPSG:2229 ]
    [ "$(tail -n 1 old.tsv | cut -f 13)" = EPSG:29171 ]
    tail -n 1 units.tsv | cut -f 13 | grep -q '^PROJCRS.*US survey foot'
}
