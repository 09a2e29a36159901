# Tables as other programs write them: their encodings, line ends and separators, empty
# fields, and texts that begin with #. The same table in plain UTF-8 is the judge.
load ../lib/common
load ../lib/raster

LST=ECO_L2T_LSTE.002_LST_doy2020221094621_aid0001_21S.tif

setup() {
    cd "$BATS_TEST_TMPDIR"
    raster "$LST" '1.5 2 3\n4 -9999 6'
    printf 'name,lon,lat\nSão João,-60,-2.5\n"K34, tower",-59.5,-2\n' >plain.csv
    printf '#name\tlon\tlat\nSão João\t-60\t-2.5\nK34, tower\t-59.5\t-2\n' >plain.tsv
}

# each FILE.csv: every tool that reads tables of people reads it: what it says, or exits with
each() {
    eco-reproject --no-provenance --to EPSG:32721 --delimiter , "$1" &&
        eco-sample --no-provenance --csv-in --points "$1" "$LST" &&
        eco-plotspec scatter --no-provenance --csv-in --x lon --y lat "$1"
}

# refused FILE TEXT: by every one of them, in one message with the file's name.
refused() {
    local tool
    for tool in 'eco-reproject --to EPSG:32721 --delimiter ,' 'eco-plotspec scatter --csv-in --x lon --y lat' \
        'eco-plotspec series --csv-in --y lat' "eco-sample --csv-in --points $1 $LST --csv"; do
        # shellcheck disable=SC2086,SC2046
        run --separate-stderr $tool $([[ $tool == eco-sample* ]] || echo "$1")
        [ "$status" -eq 1 ] || { echo "$tool: $status"; return 1; }
        one_message "$1: $2"
        [ -z "$(grep -v '^#' <<<"$output")" ]
    done
}

@test "a mark, CRLF, sep=, and quotes make no other table" {
    each plain.csv >want
    { printf '\xef\xbb\xbf'; cat plain.csv; } >mark.csv
    sed 's/$/\r/' plain.csv >crlf.csv
    { echo sep=,; cat plain.csv; } >sep.csv
    { printf '\xef\xbb\xbfsep=,\r\n'; cat crlf.csv; } >excel.csv
    sed 's/[a-z]*,lon,lat/"name","lon","lat"/' plain.csv >quoted.csv
    for f in mark crlf sep excel quoted; do
        each $f.csv | tr -d '\r' >got
        sed -i 's/"name","lon","lat"/name,lon,lat/' got
        diff want got || { echo $f; return 1; }
    done
}

@test "UTF-16 and UTF-32, with and without a mark, are named" {
    for code in UTF-16 UTF-16LE UTF-16BE UTF-32; do
        iconv -f UTF-8 -t $code plain.csv >coded.csv
        case $code in
        UTF-16LE | UTF-16BE) refused coded.csv 'it has NUL bytes, as UTF-16' ;;
        *) refused coded.csv "it is $code: iconv -f $code -t UTF-8 makes it UTF-8" ;;
        esac
    done
    { printf '\xfe\xff'; iconv -f UTF-8 -t UTF-16BE plain.csv; } >coded.csv
    refused coded.csv 'it is UTF-16'
    iconv -f UTF-8 -t UTF-16 plain.tsv >coded.tsv
    run --separate-stderr eco-reproject --to EPSG:32721 coded.tsv
    [ "$status" -eq 1 ]
    one_message 'coded.tsv: it is UTF-16'
    run --separate-stderr bash -c 'eco-index <coded.tsv'
    [ "$status" -eq 1 ]
    one_message 'stdin: it is UTF-16'
    # What the message says to do does it.
    diff <(iconv -f UTF-16 -t UTF-8 coded.tsv) plain.tsv
}

@test "lines that end in CR alone are named" {
    tr '\n' '\r' <plain.csv >old.csv
    refused old.csv 'its lines end in CR alone'
    tr '\n' '\r' <plain.tsv >old.tsv
    run --separate-stderr eco-reproject --to EPSG:32721 old.tsv
    [ "$status" -eq 1 ]
    one_message 'old.tsv: its lines end in CR alone'
    # A CR in a quoted field is its own.
    printf 'name,lon,lat\n"a\rb",-60,-2.5\n' >cr.csv
    eco-reproject --no-provenance --to EPSG:4326 --delimiter , cr.csv | cmp - cr.csv
}

@test "other separators, compressed files and spreadsheets are named" {
    sed 's/, / /; s/,/;/g' plain.csv >semi.csv
    refused semi.csv 'its fields are parted by semicolons'
    { echo 'sep=;'; cat semi.csv; } >excel.csv
    refused excel.csv 'its fields are parted by semicolons'
    tr -d '#' <plain.tsv >tabs.csv
    refused tabs.csv 'its fields are parted by TABs'
    printf 'sep=|\nlon|lat\n1|2\n' >bars.csv
    refused bars.csv 'it names another separator'
    gzip -k plain.csv
    refused plain.csv.gz 'it is compressed: gzip -dc'
    printf 'PK\003\004\024' >book.csv
    refused book.csv 'it is a spreadsheet'
}

# readers OPTION...: what every tool makes of the table in the file "table".
readers() {
    # What comes out is parted as what went in.
    eco-reproject --no-provenance "$@" --to EPSG:32721 --decimals 0 table | sed '/^##/d; s/^#//' | tr ',;| ' '\t' | tr -s '\t' &&
        eco-sample --no-provenance "$@" --prefix s_ --points table "$LST" &&
        eco-sample --csv "$@" --prefix s_ --points table "$LST" &&
        eco-match --no-provenance "$@" table table &&
        eco-match --csv "$@" --unmatched lost table table && cat lost &&
        eco-stats --no-provenance "$@" --by site --observed a --model b table || return
    local chart
    for chart in 'scatter --x a --y b' 'series --y a --line b --line-from table' 'histogram --x a --y b' \
        'diurnal --y a' 'map --value a' 'taylor'; do
        # shellcheck disable=SC2086
        eco-plotspec ${chart%% *} --no-provenance "$@" ${chart#"${chart%% *}"} table || return
    done
}

@test "every tool reads tables in all forms" {
    sed 's/^ *//' >plain <<'    END'
    site time start end lon lat a b model alpha r
    K34 2020-08-08T10:00:00Z 2020-08-08T09:30:00Z 2020-08-08T10:30:00Z -59.5 -2 1.5 2 LST 1 0.5
    K67 2020-08-09T10:00:00Z 2020-08-09T09:30:00Z 2020-08-09T10:30:00Z -60 -2.5 2.5 4 LST 2 0.25
    END
    { printf '#'; tr ' ' '\t' <plain; } >table
    readers >want
    [ "$(wc -l <want)" -gt 100 ]
    form() {
        local parts=$1
        shift
        tr ' ' "$parts" <plain >table
        readers "$@" >got
        diff want got >differ || { echo "^ $*"; head differ; return 1; }
    }
    form , --csv-in
    form , --delimiter ,
    form , --delimiter comma
    form ';' --delimiter semicolon
    form ';' --csv-in --delimiter ';'
    form '|' --delimiter '|'
    form '\t' --delimiter tab
    form ' ' --delimiter blank
    sed -i 's/ /  \t /' plain
    form ' ' --delimiter blank
}

@test "names in the first line are told from records" {
    # In every other form than CSV a first line with a number is a record.
    printf 'K34\t-60\t-2.5\nK67\t-59.5\t-2\n' >bare
    diff <(eco-reproject --to EPSG:32721 --from EPSG:4326 --columns 2,3 bare) \
        <(eco-reproject --to EPSG:32721 --from EPSG:4326 --columns 2,3 --delimiter tab bare)
    [ "$(eco-sample --no-provenance --points bare --columns 2,3 --points-crs EPSG:4326 --delimiter tab "$LST" | grep -vc '^#')" -eq 2 ]
    tr '\t' , <bare >bare.csv
    [ "$(eco-sample --csv --points bare.csv --columns 2,3 --points-crs EPSG:4326 --csv-in --no-legend "$LST" | wc -l)" -eq 3 ]
    # Who forgets to say so is told how.
    tr -d '#' <plain.tsv >names.tsv
    run --separate-stderr eco-sample --points names.tsv "$LST"
    [ "$status" -eq 1 ]
    one_message 'names.tsv: no legend names the columns of the coordinates: name them by --columns (or are names in its first line: --delimiter tab)'
    run --separate-stderr eco-stats --observed lon --model lat names.tsv
    [ "$status" -eq 1 ]
    one_message 'names.tsv: no legend names its columns (or are names in its first line: --delimiter tab)'
    for bad in x ab '' '#' . -; do
        run --separate-stderr eco-stats --observed lon --model lat --delimiter "$bad" names.tsv
        [ "$status" -eq 2 ]
        one_message "--delimiter: \"$bad\" is none of tab, blank, comma, semicolon, nor a character such as |"
    done
}

@test "every tool writes CSV that is its records without #" {
    printf 'start,x\n2020-08-08 10:00,1\n2020-08-08 10:30,2\n' >tower.csv
    printf '#site\ttime\tstart\tend\ta\tb\nK34\t2020-08-08T10:00:00Z\t2020-08-08T09:30:00Z\t2020-08-08T10:30:00Z\t1\t2\n' >pairs
    sed 's/, / /' plain.tsv >sites
    eco-grid --like "$LST" >grid
    mkdir coarse
    while read -r command; do
        rm -f coarse/*
        $command --no-provenance | sed '/^##/d; s/^#//' | tr '\t' , | sed 's/[0-9.e-]*$//' >want
        [ "$(wc -l <want)" -gt 1 ]
        rm -f coarse/*
        # The last column may be a time that it took.
        $command --csv | sed 's/[0-9.e-]*$//' >got
        diff want got || { echo "^ $command"; return 1; }
    done <<END
eco-index $LST
eco-index --open $LST
eco-regrid --grid grid --out-dir coarse $LST
eco-compose --by month --out-dir coarse $LST
eco-sample --points sites $LST
eco-tower --site river --utc-offset 0 --start start --step 30 tower.csv
eco-match pairs pairs
eco-stats --observed a --model b pairs
END
}

@test "text that holds what parts it is quoted" {
    printf 'name;lon;lat\n"a;b";-60;-2.5\n"c ""d""";-59.5;-2\n' >semi.csv
    eco-reproject --delimiter ';' --to EPSG:4326 --append 'x;y,z' semi.csv >out
    [ "$(head -n 2 out)" = $'name;lon;lat;"x;y";z\n"a;b";-60;-2.5;-60;-2.5' ]
    eco-sample --csv --delimiter ';' --points semi.csv "$LST" | cut -d , -f 1 >out
    [ "$(cat out)" = $'name\na;b\n"c ""d"""' ]
}

@test "empty fields of CSV are missing numbers in pictures" {
    # As pandas writes NaN, and as R does.
    printf 'time,a,b\n2020-08-08,1,2\n2020-08-09,,3\n2020-08-10,4,\n2020-08-11,5,6.5\n,7,8\n' >empty.csv
    sed 's/,,/,NaN,/; s/,$/,NaN/; s/^,/NA,/' empty.csv >nan.csv
    sed 's/,,/,NA,/; s/,$/,NA/; s/^,/NA,/' empty.csv >na.csv
    for f in empty na; do
        for options in 'scatter --x a --y b' 'series --y a,b' 'series --y a'; do
            # shellcheck disable=SC2086
            eco-plotspec $options --no-provenance --csv-in $f.csv >got
            # shellcheck disable=SC2086
            eco-plotspec $options --no-provenance --csv-in nan.csv | cmp - got
        done
    done
    eco-plotspec scatter --x a --y b --csv-in empty.csv | grep -q 'n = 3'
    # In records an empty field is a mistake.
    printf '#a\tb\n1\t2\n\t3\n' >empty.tsv
    run --separate-stderr eco-plotspec scatter --x a --y b empty.tsv
    [ "$status" -eq 1 ]
    one_message 'empty.tsv:3: a: an empty field'
}

@test "a path, an id and a text that begin with # stay" {
    mkdir '#d'
    cp "$LST" '#1.tif'
    cp "$LST" "#d/$LST"
    eco-index --no-provenance "#d/$LST" '#1.tif' 2>told >index.tsv
    [ "$(grep -v '^#' index.tsv | cut -f 1)" = "\\#d/$LST"$'\n''\#1.tif' ]
    # The next tool opens them.
    eco-sample --cells --no-provenance <index.tsv >cells.tsv
    [ "$(grep -vc '^#' cells.tsv)" -eq 10 ]
    [ "$(eco-index --csv "#d/$LST" | tail -1 | cut -d , -f 1)" = "#d/$LST" ]
    [ "$(awk -F '\t' '!/^#/ {print $NF}' cells.tsv | sort -u)" = $'\\#1.tif\n'"\\#d/$LST" ]
    sed 's/São João/#1/' plain.csv >ids.csv
    eco-sample --no-provenance --csv-in --points ids.csv "$LST" >points.tsv
    [ "$(grep -v '^#' points.tsv | cut -f 1)" = $'\\#1\nK34, tower' ]
    [ "$(eco-sample --no-provenance --points points.tsv --prefix x_ --csv "$LST" | cut -d , -f 1)" = $'name\n#1\n"K34' ]
    echo '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"id":"#7"},"geometry":
        {"type":"Polygon","coordinates":[[[-60,-2.5],[-59,-2.5],[-59,-2],[-60,-2],[-60,-2.5]]]}}]}' >a.geojson
    [ "$(eco-sample --no-provenance --polygons a.geojson --id id "$LST" | grep -v '^#' | cut -f 1)" = '\#7' ]
    eco-grid --like "$LST" >g.txt
    [ "$(eco-regrid --no-provenance --grid g.txt --out-dir o "#d/$LST" | grep -v '^#' | cut -f 1,2)" = "\\#d/$LST"$'\tok' ]
}

@test "a comment in a list of paths that is the name of a file is told" {
    cp "$LST" '#1.tif'
    for list in "$LST\\n#1.tif\\n" "#1.tif\\n$LST\\n" '#1.tif\n' "#1.tif"; do
        run --separate-stderr bash -c "printf '$list' | eco-index"
        [ "$status" -eq 1 ]
        one_message 'stdin: a line that begins with # is a comment: write ./#1.tif for that file'
    done
    run --separate-stderr bash -c "printf '# a list\\n$LST\\n#2.tif\\n./#1.tif\\n' | eco-index --no-provenance 2>&-"
    [ "$status" -eq 0 ]
    [ "${#lines[@]}" -eq 3 ]
}
