# What a newcomer types: files that are missing, empty, folders or of another kind, metres and
# degrees, swapped coordinates. One message says what is wrong and, where it can, what to do.
load ../lib/common
load ../lib/fixture

setup_file() {
    make_fixture "$BATS_FILE_TMPDIR/fixture"
}

setup() {
    cd "$BATS_FILE_TMPDIR/fixture"
    mkdir -p folder
    : >empty
    echo hello >text
}

# told STATUS MESSAGE COMMAND...: the command ends so, and its one message is that.
told() {
    local status_wanted=$1 message=$2
    shift 2
    run --separate-stderr timeout 60 "$@" </dev/null
    [ "$status" -eq "$status_wanted" ] || { echo "$*: $status: $stderr"; return 1; }
    [ "$stderr" = "${1##*/}: $message" ] || { printf '%s:\n%s\n' "$*" "$stderr"; return 1; }
}

SCENE=ECO_L2T_LSTE.002_LST_doy2020221094621_aid0001_21S.tif

@test "a raster that is none, in every tool" {
    while read -r tool; do
        # shellcheck disable=SC2086
        {
            told 1 'missing: No such file or directory' $tool missing
            told 1 'empty: the file is empty' $tool empty
            told 1 'folder: not a raster that can be read: it is a folder' $tool folder
            told 1 'text: not a raster that can be read: its format is none that GDAL knows' $tool text
            told 1 'buffer.geojson: not a raster that can be read: its format is none that GDAL knows' $tool buffer.geojson
        }
    done <<'END'
eco-regrid --grid grid.txt --out-dir folder
eco-sample --cells
eco-sample --points sites.tsv
eco-sample --polygons buffer.geojson
eco-grid --like
eco-plotspec map --raster
END
}

@test "a table that is none, in every tool" {
    while read -r before file after; do
        local tool=${before//,/ }
        # shellcheck disable=SC2086
        {
            told 1 'missing: No such file or directory' $tool missing $after
            told 1 'folder: cannot read: Is a directory' $tool folder $after
            told 1 "$SCENE: it is a TIFF, a raster, where a table is wanted" $tool $SCENE $after
        }
    done <<END
eco-reproject,--to,EPSG:32721 FILE
eco-sample,--points FILE $SCENE
eco-match FILE tower.tsv
eco-match,overpasses.tsv FILE
eco-stats,--observed,LE,--model,JET FILE
eco-plotspec,scatter,--x,LE,--y,JET FILE
eco-plotspec,series,--y,LE FILE
eco-tower,--utc-offset,0 FILE
eco-regrid,--out-dir,folder,--grid FILE $SCENE
END
    told 1 'empty: no legend names its columns (it is empty)' eco-stats --observed LE --model JET empty
    told 1 'empty: no legend names the columns of the coordinates: name them by --columns (it is empty)' \
        eco-sample --points empty $SCENE
}

@test "polygons that are none" {
    while read -r tool; do
        # shellcheck disable=SC2086
        {
            told 1 'missing: not a vector file that can be read: No such file or directory' $tool missing
            told 1 'empty: not a vector file that can be read: it is empty' $tool empty
            told 1 'folder: not a vector file that can be read: it is a folder' $tool folder
            told 1 'text: not a vector file that can be read: its format is none that GDAL knows' $tool text
        }
    done <<'END'
eco-grid --res 500 --around
eco-grid --like scene.tif --clip
eco-sample scene.tif --polygons
END
}

@test "metres and degrees" {
    told 2 "--res: cells of 2200 by 1660 degrees, which EPSG:4326 has for a unit; try 'eco-grid --help'" \
        eco-grid --around buffer.geojson --res 2200,1660 --crs EPSG:4326
    run --separate-stderr eco-grid --around buffer.geojson --res 0.0005
    [ "$status" -eq 2 ]
    [ -z "$output" ]
    one_message 'cells is not one to make: theirs are 0.0005 by 0.0005 units of EPSG:32721'
    told 2 "--center: there is no latitude -97; try 'eco-grid --help'" \
        eco-grid --center=-57,-97 --res 1000 --radius 20000
    told 2 "--res: not up to 2 numbers with commas between them: \"70m\"; try 'eco-grid --help'" \
        eco-grid --like scene.tif --res 70m
    told 2 "--radius: not a number: \"35km\"; try 'eco-grid --help'" \
        eco-grid --around buffer.geojson --res 500 --radius 35km
}

@test "points beyond all rasters: swapped, or of another CRS" {
    printf 'lon,lat\n-3.002,-57.001\n' >swapped.csv
    local wrong="none of its points lies in a raster: are longitude and latitude, or their CRS (--points-crs), others?"
    told 0 "warning: swapped.csv: $wrong" eco-sample --csv-in --points swapped.csv $SCENE
    told 0 "warning: sites.tsv: $wrong" eco-sample --points-crs EPSG:32721 --points sites.tsv $SCENE
    # One of three lies outside.
    run --separate-stderr eco-sample --points sites.tsv $SCENE
    [ "$status" -eq 0 ]
    [ -z "$stderr" ]
}

@test "a CRS that is none is told once" {
    local tool
    for tool in 'eco-reproject sites.tsv --to' 'eco-grid --around buffer.geojson --res 500 --crs' \
        'eco-grid --bounds 0,0,1,1 --res 1 --crs' 'eco-grid --like scene.tif --crs'; do
        # shellcheck disable=SC2086
        run --separate-stderr $tool 32721
        [ "$status" -ne 0 ]
        one_message 'not a coordinate reference system: "32721" (a code comes with its authority: EPSG:32721)'
    done
    # What is in a file that is none is told by its first line.
    run --separate-stderr eco-reproject --to buffer.geojson sites.tsv
    [ "$status" -eq 1 ]
    one_message 'not a coordinate reference system'
}

@test "names that are none are answered by those that are" {
    told 1 '--palette: none is called "viridis" here; heat, helix, cover, or a file'\''s name' \
        eco-plotspec map --raster scene.tif --palette viridis
    run --separate-stderr eco-stats --observed LE --model JET --stats foo pairs.tsv
    [ "$status" -eq 2 ]
    one_message 'there is no statistic "foo"; there are n, '
    printf 'lon;lat\n-57,001;-3,002\n' >semi.csv
    told 1 'semi.csv:2: lon: not a number: "-57,001"' \
        eco-sample --delimiter ';' --points semi.csv $SCENE
}
