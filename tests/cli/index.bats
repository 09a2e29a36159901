# eco-index against names with known meaning, and against gdalinfo.
load ../lib/common
load ../lib/fixture

setup_file() {
    make_fixture "$BATS_FILE_TMPDIR/fixture"
}

setup() {
    cd "$BATS_TEST_TMPDIR"
    fixture=$BATS_FILE_TMPDIR/fixture
}

@test "a record has what the name says" {
    run --separate-stderr eco-index --no-provenance a/ECOv002_L2T_LSTE_26214_003_32UPU_20230219T061752_0710_01_LST_err.tif
    [ "$status" -eq 0 ]
    [ -z "$stderr" ]
    [ "$output" = $'#path\tproduct\tversion\tlayer\ttime\torbit\tscene\ttile\tzone
a/ECOv002_L2T_LSTE_26214_003_32UPU_20230219T061752_0710_01_LST_err.tif\tECO_L2T_LSTE\t002\tLST_err\t2023-02-19T06:17:52Z\t26214\t003\t32UPU\tNA' ]
}

@test "arguments, a list and records give the same" {
    local names=(x.tif "with blank_ECO_L2T_LSTE.002_LST_doy2020221094621_aid0001_21S.tif" ./-z.tif)
    eco-index --no-provenance "${names[@]}" >by_argument 2>/dev/null
    printf '%s\n' "${names[@]}" | eco-index --no-provenance >by_list 2>/dev/null
    { printf '#size\tpath\n'; printf '1\t%s\n' "${names[@]}"; } | eco-index --no-provenance - >by_records 2>/dev/null
    [ "$(wc -l <by_argument)" -eq 4 ]
    cmp by_argument by_list
    cmp by_argument by_records
}

@test "its records are a list for another run" {
    eco-index --no-provenance "$fixture"/*.tif >one 2>/dev/null
    eco-index --no-provenance <one 2>/dev/null | cmp one -
}

@test "an unknown name is told and keeps its record" {
    run --separate-stderr eco-index --no-provenance what.tif
    [ "$status" -eq 0 ]
    one_message what.tif
    [ "${lines[1]}" = $'what.tif\tNA\tNA\tNA\tNA\tNA\tNA\tNA\tNA' ]
}

@test "TAB, newline and backslash in a path are escaped, and come back" {
    local odd=$'a\tb\\c\nd.tif'
    cp "$fixture/scene.tif" "$odd"
    run --separate-stderr eco-index --no-provenance "$odd"
    [ "$status" -eq 0 ]
    [[ ${lines[1]} == 'a\tb\\c\nd.tif'$'\t'* ]]
    eco-index --no-provenance "$odd" 2>/dev/null | eco-index --open --no-provenance 2>/dev/null >out
    [ "$(awk -F'\t' 'NR == 2 { print $10 }' out)" = 60 ]
}

@test "CSV is quoted where it must be" {
    run --separate-stderr eco-index --csv 'a,"b".tif'
    [ "$status" -eq 0 ]
    [ "${lines[0]}" = path,product,version,layer,time,orbit,scene,tile,zone ]
    [ "${lines[1]}" = '"a,""b"".tif",NA,NA,NA,NA,NA,NA,NA,NA' ]
}

@test "##cmd= repeats the run when a shell reads it" {
    eco-index "it's.tif" '$HOME `x`.tif' '' >one 2>/dev/null || true
    sed -n 's/^##cmd=//p' one >again
    bash again >two 2>/dev/null || true
    cmp one two
    grep -qF '$HOME `x`.tif' two
}

@test "nothing in, a legend out" {
    run --separate-stderr eco-index --no-provenance </dev/null
    [ "$status" -eq 0 ]
    [ "${#lines[@]}" -eq 1 ]
}

@test "records without a path are refused" {
    run --separate-stderr eco-index --no-provenance <<<$'#name\tx\na\t1\nb\t2'
    [ "$status" -eq 1 ]
    [ "${#lines[@]}" -eq 1 ]
    [[ $stderr == *path* ]]
}

@test "an empty line is told by its number; the rest goes on" {
    run --separate-stderr eco-index --no-provenance <<<$'x.tif\n\ny.tif'
    [ "$status" -eq 1 ]
    [ "${#lines[@]}" -eq 3 ]
    [[ $stderr == *stdin:2* ]]
}

@test "a file that cannot be opened keeps its record and ends the run with 1" {
    echo "no raster" >text.tif
    mkdir folder.tif
    run --separate-stderr eco-index --open --no-provenance none.tif text.tif folder.tif "$fixture/scene.tif"
    [ "$status" -eq 1 ]
    [ "${#lines[@]}" -eq 5 ]
    for i in 0 1 2 3 4; do
        [ "$(awk -F'\t' '{ print NF }' <<<"${lines[i]}")" -eq 19 ]
    done
    [[ ${lines[1]} == *NaN$'\t'NaN$'\t'NaN$'\t'NA$'\t'* ]]
    [ "$(cut -f10,11 <<<"${lines[4]}")" = $'60\t60' ]
    for name in none.tif text.tif folder.tif; do
        [ "$(grep -c "$name: [^a]" <<<"$stderr")" -eq 1 ]
    done
}

# What gdalinfo says of files, in the columns of --open but for the CRS.
gdal_says() {
    for file; do
        gdalinfo -json "$file"
    done | jq -r '
        def number: if . == null then "NaN" elif type == "string" then "NaN" else . end;
        .bands[0] as $b | .metadata[""] as $m |
        [.size[0], .size[1], (.bands | length),
         (.geoTransform | .[1], -.[5]),
         $b.type, ($b.noDataValue | number),
         (if $b.scale then $b.scale else $m.scale_factor // 1 end),
         (if $b.offset then $b.offset else $m.add_offset // 0 end)] | @tsv'
}

# Same text, or numbers that differ by less than a float32 can tell.
alike() {
    paste "$1" "$2" | awk -F'\t' '
        { n = NF / 2
          for (i = 1; i <= n; i++) {
              a = $i; b = $(i + n); d = a - b; if (d < 0) d = -d
              if (a != b && !(a ~ /^[-0-9]/ && d <= 1e-7 * (a < 0 ? -a : a))) {
                  printf "record %d, field %d: %s, not %s\n", NR, i, a, b
                  bad = 1
              }
          } }
        END { exit bad || !NR }'
}

compare_with_gdalinfo() {
    printf '%s\n' "$@" | eco-index --open --no-provenance 2>/dev/null | grep -v '^#' >records
    cut -f10-12,14-19 records >ours
    gdal_says "$@" >theirs
    [ "$(wc -l <ours)" -eq $# ]
    alike ours theirs
    local i=1 code
    for file; do
        # One code, or several where GDAL finds several for the same system.
        code=$(sed -n "${i}p" records | cut -f13)
        gdalsrsinfo -o epsg "$file" | grep -qx "$code" || { echo "$file: not $code"; return 1; }
        i=$((i + 1))
    done
}

@test "--open says what gdalinfo says: made files" {
    gdal_translate -q -ot Int16 -a_scale 0.5 -a_offset -3 -a_nodata -32768 "$fixture/scene.tif" scaled.tif
    gdal_translate -q -b 1 -b 1 -b 1 -co TILED=YES -co BLOCKXSIZE=16 -co BLOCKYSIZE=16 \
        -co COMPRESS=LZW -co BIGTIFF=YES -co ENDIANNESS=BIG "$fixture/scene.tif" three.tif
    gdalwarp -q -t_srs EPSG:5880 -ot Float64 "$fixture/scene.tif" polyconic.tif
    gdal_translate -q -of netCDF "$fixture/scene.tif" scene.nc
    compare_with_gdalinfo scaled.tif three.tif polyconic.tif scene.nc "$fixture"/*.tif
}

@test "--open says what gdalinfo says: real files" {
    need_data region4
    need_data amazon
    local files=()
    # One file of each layer in each folder.
    mapfile -t files < <(find "$DATA" -name '*.tif' | sort | awk -F/ '
        { key = $0; sub(/_doy.*|[^\/]*coverage.*/, "", key) } !seen[key]++')
    [ "${#files[@]}" -ge 20 ]
    compare_with_gdalinfo "${files[@]}"
}

# NASA's table names what each field of each value means; ours says it in other words, so
# the words that both have are compared.
@test "--explain-qc agrees with NASA's table of values" {
    need_data region4
    local values bad=0
    values=$(awk -F, 'NR > 1 { print $1 }' "$DATA/region4/ECO2LSTE-001-SDS-QC-lookup.csv")
    [ "$(wc -w <<<"$values")" -eq 143 ]
    for value in $values; do
        eco-index --no-provenance --explain-qc "$value" >fields.tsv
        grep "^$value," "$DATA/region4/ECO2LSTE-001-SDS-QC-lookup.csv" >row.csv
        awk -F'\t' -v row="$(cat row.csv)" '
            function has(text) { if (index(row, text) == 0) { print "no " text ": " row; bad = 1 } }
            $2 == "mandatory" { has($3 == 0 ? "best quality" : $3 == 1 ? "nominal quality" : \
                $3 == 2 ? "cloud detected" : "not produced") }
            $2 == "lst_accuracy" { has($3 == 0 ? ">2 K (Poor" : $3 == 1 ? "1.5 - 2 K (Marginal" : \
                $3 == 2 ? "1 - 1.5 K (Good" : "<1 K (Excellent") }
            $2 == "emissivity_accuracy" { has($3 == 0 ? ">0.02 (Poor" : \
                $3 == 1 ? "0.015 - 0.02 (Marginal" : $3 == 2 ? "0.01 - 0.015 (Good" : \
                "<0.01 (Excellent") }
            $2 == "mmd" { has($3 == 0 ? ">0.15" : $3 == 1 ? "0.1 - 0.15" : \
                $3 == 2 ? "0.03 - 0.1" : "<0.03") }
            $2 == "opacity" { has($3 == 0 ? ">=3" : $3 == 1 ? "0.2 - 0.3" : \
                $3 == 2 ? "0.1 - 0.2" : "<0.1") }
            $2 == "iterations" { has($3 == 0 ? "Slow" : $3 == 3 ? "Fast" : "Nominal") }
            $2 == "data_quality" { has($3 == 0 ? "Good quality L1B" : $3 == 1 ? "Missing stripe" : \
                "Missing/bad") }
            END { exit bad }' fields.tsv || bad=1
    done
    [ "$bad" -eq 0 ]
}

@test "--explain-qc takes whole numbers only" {
    for value in "" 0x 0xG -1 1.5 0x1FFFFFFFF 12x; do
        run --separate-stderr eco-index --explain-qc "$value"
        [ "$status" -eq 2 ]
        [ -z "$output" ]
        one_message --explain-qc
    done
    run --separate-stderr eco-index --explain-qc 3 --qc-layer LST
    [ "$status" -eq 2 ]
    one_message LST
}

# The words of the ##cmd= line of eco-index, as a shell takes them apart, one a line.
words_of_command() {
    local line
    line=$(eco-index "$@" 2>told | sed -n 's/^##cmd=//p')
    eval "printf '%s\n' $line"
}

@test "##cmd= is the command as a shell takes it, of many paths the first eight" {
    local few=("a b.tif" "it's.tif" '$(c).tif' d.tif e.tif --open f.tif -- --g.tif h.tif -i)
    words_of_command "${few[@]}" | diff <(printf '%s\n' eco-index "${few[@]}") -
    # Eight in a row are whole, wherever the options stand.
    local eight=({1..8}.tif)
    words_of_command "${eight[@]}" --open "${eight[@]}" -- "${eight[@]:1}" -- |
        diff <(printf '%s\n' eco-index "${eight[@]}" --open "${eight[@]}" -- "${eight[@]:1}" --) -
    run --separate-stderr eco-index {1..500}.tif
    [ "${lines[0]}" = '##cmd=eco-index 1.tif 2.tif 3.tif 4.tif 5.tif 6.tif 7.tif 8.tif ... (492 more)' ]
    # All are done, and an option behind them is told whole.
    [ "$(grep -c '^[0-9]*[.]tif' <<<"$output")" -eq 500 ]
    run --separate-stderr eco-index {1..9}.tif --qc-layer QC {11..20}.tif
    [ "${lines[0]}" = '##cmd=eco-index 1.tif 2.tif 3.tif 4.tif 5.tif 6.tif 7.tif 8.tif ... (1 more) --qc-layer QC 11.tif 12.tif 13.tif 14.tif 15.tif 16.tif 17.tif ... (3 more)' ]
    run --separate-stderr eco-index -- {1..7}.tif --{1..5}
    [ "${lines[0]}" = '##cmd=eco-index -- 1.tif 2.tif 3.tif 4.tif 5.tif 6.tif 7.tif --1 ... (4 more)' ]
}

@test "--files: size and time as stat has them" {
    cd "$BATS_TEST_TMPDIR"
    name=ECO_L2T_LSTE.002_LST_doy2020001000000_aid0001_21S.tif
    mkdir folder.tif
    head -c 1234 /dev/zero >$name
    touch -d '2001-02-03 04:05:06.123456789 UTC' $name
    touch -d '1969-12-31 23:59:58.5 UTC' other.tif
    ln -s nowhere broken.tif
    ln -s $name link.tif
    eco-index --no-provenance --files $name other.tif link.tif broken.tif none.tif folder.tif 2>/dev/null >got
    [ "$(head -n 1 got | cut -f 10-)" = $'size\tmtime' ]
    for f in $name link.tif; do
        [ "$(grep "^$f" got | cut -f 10,11)" = "$(stat -L -c $'%s\t%.9Y' $f)" ]
    done
    [ "$(grep '^broken\|^none' got | cut -f 10,11 | sort -u)" = $'NaN\tNaN' ]
    [ "$(grep '^folder' got | cut -f 10)" = NaN ]
    grep '^folder' got | cut -f 11 | grep -q '^[0-9]*[.][0-9]*$'
}
