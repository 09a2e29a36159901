# Makes the benchmark's inputs, each kind once, in the present folder. Read by bench/run.
# shellcheck shell=bash disable=SC2154

data=${ECO_DATA:-$root/../shared/data}

# with NAME [ARGUMENT]...: runs make_NAME unless it has run since the generator was built.
with() {
    local spec stamp
    for spec; do
        stamp=.made.${spec// /.}
        [ "$stamp" -nt "$programs/inputs" ] && continue
        say "making input: $spec"
        # shellcheck disable=SC2086
        make_$spec
        touch "$stamp"
    done
}

make_scenes() {
    rm -rf scenes
    inputs scenes scenes 24 900
    inputs classes forest_2020.tif
    inputs classes forest_2021.tif
    inputs polygon circle.geojson
    eco-grid --around circle.geojson --res 2200,1660 --no-provenance >site.grid
    eco-grid --bounds 245080,9732010,308880,9793430 --res 2200,1660 --crs EPSG:32721 \
        --no-provenance >plain.grid
    printf '%s\n' scenes/*.tif >scenes.txt
    head -n 4 scenes.txt >four.txt
}

make_zone() {
    eco-grid --around circle.geojson --res 2200,1660 --crs EPSG:32720 --no-provenance \
        >zone.grid
}

# The options of gdalwarp for a grid.
grid_window() {
    awk -F = '/^##/ { v[substr($1, 3)] = $2 }
        END { printf "-te %.12g %.12g %.12g %.12g -tr %.12g %.12g", v["x0"],
            v["y0"] - v["rows"] * v["dy"], v["x0"] + v["columns"] * v["dx"], v["y0"],
            v["dx"], v["dy"] }' "$1"
}

# cdo reads netCDF and knows longitude and latitude: the four scenes as if they were.
make_scenes_netcdf() {
    rm -rf cdo
    mkdir cdo
    if command -v cdo gdal_translate >/dev/null; then
        while read -r scene; do
            gdal_translate -q -of netCDF -a_srs EPSG:4326 -a_ullr 0 0.9 0.9 0 \
                "$scene" "cdo/${scene##*/}.nc"
        done <four.txt
    fi
    printf '%s\n' 'gridtype = lonlat' 'xsize = 29' 'ysize = 37' 'xfirst = 0.01' \
        'xinc = 0.0314' 'yfirst = 0.014' 'yinc = 0.0237' >cdo.grid
}

# A thousand scenes of one year: links to the first twelve.
make_many() {
    rm -rf many
    mkdir many
    local scene i
    mapfile -t scene < <(head -n 12 scenes.txt)
    for ((i = 0; i < 1000; i++)); do
        ln "${scene[i % 12]}" "$(printf 'many/ECO_L2T_LSTE.002_LST_doy2020%03d%02d%02d00_aid0001_21S.tif' \
            $((1 + i / 3)) $((8 + i % 3)) $((i % 60)))"
    done
    printf '%s\n' many/*.tif >many.txt
}

# The configurations of whole runs: the 24 scenes, and 2,225 of them at five sites.
make_flow() {
    printf '%s\n' 'SITES := Site' 'VARS := LST' 'SCENES := scenes/*.tif' \
        'POLYGON := circle.geojson' 'CLASSMAP := forest_{year}.tif' 'CLASSES := 3,4,5,6' \
        'RES := 2200,1660' >flow.mk
    rm -rf flow
    local scene i to
    mapfile -t scene <scenes.txt
    for ((i = 0; i < 2225; i++)); do
        printf -v to 'flow/S%d/ECO_L2T_LSTE.002_LST_doy2020%03d%02d%02d00_aid0001_21S.tif' \
            $((i % 5)) $((1 + i / 5 % 366)) $((8 + i / 1830)) $((i % 60))
        [ "$i" -ge 5 ] || mkdir -p "${to%/*}"
        ln "${scene[i % 12]}" "$to"
    done
    printf '%s\n' 'SITES := S0 S1 S2 S3 S4' 'VARS := LST' 'SCENES := flow/{site}/*.tif' \
        'POLYGON := circle.geojson' 'CLASSMAP := forest_{year}.tif' 'CLASSES := 3,4,5,6' \
        'RES := 2200,1660' 'PLOTS := no' >flow2225.mk
}

# small_links FOLDER N: small scenes in one folder, links to twelve.
small_links() {
    rm -rf "$1" small
    mkdir -p "$1"
    inputs scenes small 12 32
    perl -e '
        my ($n, $to, @scene) = @ARGV;
        for my $i (0 .. $n - 1) {
            my $t = int($i / 366);
            link $scene[$i % @scene], sprintf("%s/ECO_L2T_LSTE.002_LST_doy2020%03d%02d%02d00_aid0001_21S.tif",
                $to, 1 + $i % 366, $t / 60, $t % 60) or die "link: $!\n";
        }' "$2" "$1" small/*.tif
}

make_many_small() {
    small_links many_small 100000
    find many_small -name '*.tif' >many_small.txt
}

# $1 small scenes, and what the flow makes of them: its grid, rasters by one process, its
# tables.
make_flow_done() {
    local n=$1 here=flow$1
    rm -rf "$here"
    small_links "$here/scenes" "$n"
    printf '%s\n' 'SITES := Site' 'VARS := LST' "SCENES := $here/scenes/*.tif" \
        'POLYGON := circle.geojson' 'RES := 2200,1660' 'PLOTS := no' 'ALLOW_EMPTY := yes' >"$here.mk"
    local flow=(make -s -f "$root/pipelines/eco.mk" ECO_BIN="$bin" CONFIG="$here.mk" OUT="$here/out" JOBS=2)
    "${flow[@]}" prepare
    find "$here/scenes" -type f | eco-regrid --grid "$here/out/Site/grid.txt" --records --min-coverage 0.5 \
        --denominator cell --bands mean,coverage,n --out-dir "$here/out/Site/LST/coarse" >/dev/null
    "${flow[@]}" >/dev/null
}

make_coarse() {
    rm -rf coarse coarse24
    inputs coarse coarse 500
    mkdir coarse24
    printf '%s\n' coarse/*.tif >coarse.txt
    head -n 24 coarse.txt | xargs ln -t coarse24
}

make_coarse_many() {
    rm -rf coarse_many
    inputs coarse coarse_many "$1"
    printf '%s\n' coarse_many/*.tif >coarse_many.txt
}

# A million points of UTM zone 21S as text, parted by TABs and by blanks.
make_lines() {
    awk 'BEGIN {
        srand(1)
        for (i = 0; i < 1000000; i++)
            printf "%.3f\t%.3f\n", 166000 + 668000 * rand(), 7000000 + 3000000 * rand()
    }' >lines.tsv
    tr '\t' ' ' <lines.tsv >lines.txt
}

make_many_lines() {
    local i
    for ((i = 0; i < 10; i++)); do
        cat lines.tsv
    done >many_lines.tsv
}

# Coarse rasters that another program once made of real scenes, where they are.
make_real() {
    rm -rf real
    ln -s "$data/amazon/real_outputs/ATTO/LST" real
}

make_large() {
    inputs large large.tif 10980
    eco-grid --bounds -56.1005,-2.7962,-55.1123,-1.808 --res 0.00009 --crs EPSG:4326 \
        --no-provenance >large.grid
    eco-grid --bounds -56.1005,-2.7962,-55.1123,-1.808 --res 0.0009 --crs EPSG:4326 \
        --no-provenance >hectare.grid
}

# A gridded scene of Collection 3, of 4000 x 4000 pixels of 0.0006 degrees, and the same with
# a place for GDAL, which sees none in it.
make_l2g() {
    local lst='/HDFEOS/GRIDS/ECO_L1CG_RAD_70m/Data Fields/LST' where
    where='GROUP=GridStructure\nGROUP=GRID_1\nGridName="ECO_L1CG_RAD_70m"\nXDim=4000\nYDim=4000\n'
    where+='UpperLeftPointMtrs=(-118000000.0,36000000.0)\nLowerRightMtrs=(-115036000.0,33036000.0)\n'
    where+='Projection=HE5_GCTP_GEO\nEND_GROUP=GRID_1\nEND_GROUP=GridStructure\n'
    {
        printf 'dataset\t%s\tu2\t4000x4000\tchunk=400x400,deflate=9\tramp 14000 1 2999\n' "$lst"
        printf 'attribute\t%s\t_FillValue\tu2\t0\n' "$lst"
        printf 'attribute\t%s\tscale_factor\tf8\t0.02\n' "$lst"
        printf 'attribute\t%s\tvalid_range\tu2\t7500 65535\n' "$lst"
        printf 'text\t/HDFEOS INFORMATION/StructMetadata.0\tfixed\t%s\n' "$where"
    } | "$root/build/unit/lib/hdf5-make" l2g.h5
    printf '<VRTDataset rasterXSize="4000" rasterYSize="4000"><SRS>EPSG:4326</SRS>
<GeoTransform>-118, 0.0006, 0, 36, 0, -0.0006</GeoTransform><VRTRasterBand dataType="UInt16" band="1">
<NoDataValue>0</NoDataValue><SimpleSource><SourceFilename>HDF5:"l2g.h5":/%s</SourceFilename>
</SimpleSource></VRTRasterBand></VRTDataset>' "${lst/Data Fields/Data_Fields}" >l2g.vrt
    eco-grid --bounds -118,33.6,-115.6,36 --res 0.02 --crs EPSG:4326 --no-provenance >l2g.grid
}

# A granule of full size, 5632 x 5400 pixels and their places, made after JPL's layout (it
# takes python3-h5py and half a gigabyte), and the same as GDAL takes a swath.
make_swath() {
    local geo lste layer
    mkdir -p swath
    peer_of swath.py || { leave "no $lacks"; return; }
    "$ran_by" "$root/tests/lib/swath.py" granule swath 44 0 5400
    geo=$(echo swath/*L1B_GEO*) lste=$(echo swath/*L2_LSTE*)
    ln -sf "${geo#swath/}" swath/geo.h5
    {
        printf '<VRTDataset rasterXSize="5400" rasterYSize="5632"><Metadata domain="GEOLOCATION">'
        for layer in X_DATASET=longitude Y_DATASET=latitude; do
            printf '<MDI key="%s">HDF5:"%s"://Geolocation/%s</MDI>' "${layer%=*}" "$geo" \
                "${layer#*=}"
        done
        printf '<MDI key="%s">%s</MDI>' X_BAND 1 Y_BAND 1 PIXEL_OFFSET 0 LINE_OFFSET 0 \
            PIXEL_STEP 1 LINE_STEP 1 SRS EPSG:4326 GEOREFERENCING_CONVENTION PIXEL_CENTER
        printf '</Metadata><VRTRasterBand dataType="UInt16" band="1"><NoDataValue>0</NoDataValue>
<SimpleSource><SourceFilename>HDF5:"%s"://SDS/LST</SourceFilename></SimpleSource>
</VRTRasterBand></VRTDataset>' "$lste"
    } >swath.vrt
    eco-grid --bounds 190000,2390000,790000,2990000 --res 2000 --crs EPSG:32616 \
        --no-provenance >swath_2k.grid
    eco-grid --bounds 290000,2490000,710000,2910000 --res 70 --crs EPSG:32616 \
        --no-provenance >swath_70.grid
}

# A coarse raster to draw.
make_coarse_one() {
    eco-regrid --grid site.grid --mask forest_2020.tif --classes 3,4,5,6 --no-provenance \
        -o coarse_one.tif "$(head -n 1 scenes.txt)" >/dev/null
}

# Random places: a million and a hundred thousand of them in the large raster, a thousand
# in the scenes.
make_points() {
    inputs points points.txt 1000000
    tr ' ' '\t' <points.txt >points.tsv
    head -n 100000 points.txt >some.txt
    { printf '##crs=EPSG:32721\n#x\ty\n'; head -n 100000 points.tsv; } >some.tsv
    sed 's/.*/[&]/; s/ /, /' some.txt >some.json
    awk 'NR <= 1000 { printf "%.2f %.2f\n", 245480 + ($1 - 600000) * 0.5738,
        9794220 + ($2 - 9800020) * 0.5738 }' points.txt >few.txt
    { printf '##crs=EPSG:32721\n#x\ty\n'; tr ' ' '\t' <few.txt; } >few.tsv
}

# A raster of $1 x $1 pixels of 10 m and a grid of 30 x 30 cells on it.
make_square() {
    inputs large "square_$1.tif" "$1"
    eco-grid --bounds "600000,$((9800020 - 10 * $1)),$((600000 + 10 * $1)),9800020" \
        --res "$(awk "BEGIN { print $1 / 3 }")" --crs EPSG:32721 --no-provenance \
        >"square_$1.grid"
}

# A thousand polygons on a square of 3000 x 3000.
make_stars() {
    inputs stars stars.geojson 1000 3000
}

# 25,000 on the large raster, whose first pixels are corner.tif.
make_stars_many() {
    inputs stars stars_many.geojson 25000 10980
    rm -f stars_many.gpkg
    ogr2ogr -q stars_many.gpkg stars_many.geojson
    gdal_translate -q -srcwin 0 0 16 16 large.tif corner.tif
}

make_sites() {
    inputs sites sites.geojson 500 900
}

# The first $2 lines of list $1: the name of a file that holds them.
first() {
    head -n "$2" "$1" >"$1.$2"
    echo "$1.$2"
}

# 20 sites of a tower that writes half hours, and an overpass ten minutes into each of them.
make_pairs() {
    awk 'BEGIN {
        srand(1)
        print "#site\tstart\tend\tLE" >"tower.tsv"
        print "#site\ttime\tETinst\tn" >"overpasses.tsv"
        for (site = 0; site < 20; site++)
            for (i = 0; i < 50000; i++) {
                d = int(i / 48); h = sprintf("%02d", int(i % 48 / 2)); m = i % 2 * 30
                day = sprintf("S%02d\t%04d-%02d-%02dT", site, 2000 + int(d / 336), int(d % 336 / 28) + 1, d % 28 + 1)
                end = m ? sprintf("%02d:00:00", h + 1) : h ":30:00"
                le = 400 * rand()
                if (end == "24:00:00") end = "23:59:59"
                printf "%s%s:%02d:00Z\t%s%sZ\t%.3f\n", day, h, m, substr(day, 5), end, le >"tower.tsv"
                printf "%s%s:%02d:00Z\t%.3f\t9\n", day, h, m + 10, le + 60 * rand() - 20 >"overpasses.tsv"
            }
    }'
    eco-match overpasses.tsv tower.tsv >pairs.tsv
    grep -v '^##' pairs.tsv | sed 's/^#//' >pairs.plain.tsv
}
