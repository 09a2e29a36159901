# The folder that the examples of every --help run in: small made-up files under the
# names that the examples use, around 57 W 3 S, in UTM zone 21 south. Most come from the
# generator of the demo's data.

# A companion layer of a scene: layer FILE TYPE NODATA AWK-EXPRESSION-OF-c-AND-r
_fixture_layer() {
    awk "BEGIN {
        print \"ncols 60\nnrows 60\nxllcorner 497910\nyllcorner 9666300\ncellsize 70\"
        for (r = 0; r < 60; r++) {
            for (c = 0; c < 60; c++)
                printf \"%s \", $4
            print \"\"
        }
    }" >layer.asc
    gdal_translate -q -a_srs EPSG:32721 -ot "$2" -a_nodata "$3" layer.asc "$1"
    rm -f layer.asc "$1.aux.xml"
}

# make_fixture FOLDER
make_fixture() (
    mkdir -p "$1/coarse" && cd "$1" || exit 1
    "$BUILD/demo-scenes" --site tower,-57,-3 --layers LST --scenes 4 --size 60 demo || exit 1
    local scenes name tab=$'\t'
    mv demo/scenes/tower/*.tif .
    scenes=(*.tif)
    for name in "${scenes[@]}"; do
        gdalwarp -q -r average -tr 420 420 -te 497910 9666300 502110 9670500 "$name" \
            "coarse/Regrid_$name"
    done
    # The first scene is all clouds.
    cp "${scenes[1]}" scene.tif
    cp "${scenes[3]}" other.tif
    cp demo/classes/tower/2021.tif forest.tif
    cp demo/polygons/tower.geojson buffer.geojson
    rm -r demo
    _fixture_layer "${scenes[1]/_LST_/_QC_}" UInt16 65535 'c < 10 ? 3 : 0'
    _fixture_layer "${scenes[1]/_LST_/_cloud_}" Byte 255 'r < 5'

    printf '%s\n' '##eco.grid=1' '##crs=EPSG:32721' '##x0=497910' '##y0=9670500' '##dx=420' \
        '##dy=420' '##columns=10' '##rows=10' "#ring${tab}x${tab}y" \
        "0${tab}498300${tab}9666700" "0${tab}501700${tab}9666700" \
        "0${tab}501700${tab}9670100" "0${tab}498300${tab}9670100" >grid.txt
    printf '%s\n' '##crs=EPSG:4326' "#name${tab}lon${tab}lat" "tower${tab}-57.001${tab}-3.002" \
        "river${tab}-56.99${tab}-2.99" "far away${tab}-50${tab}-3" >sites.tsv
)
