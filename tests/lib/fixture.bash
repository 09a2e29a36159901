# The folder that the examples of every --help run in: small made-up files under the
# names that the examples use. Around 57 W 3 S, in UTM zone 21 south.

# raster FILE SRS TYPE NODATA X0 Y0(south) CELL COLUMNS ROWS AWK-EXPRESSION-OF-c-AND-r
_fixture_raster() {
    local to=$1 srs=$2 type=$3 nodata=$4
    awk -v x="$5" -v y="$6" -v cell="$7" -v nc="$8" -v nr="$9" "BEGIN {
        printf \"ncols %d\nnrows %d\nxllcorner %s\nyllcorner %s\ncellsize %s\n\", nc, nr, x, y, cell
        for (r = 0; r < nr; r++) {
            for (c = 0; c < nc; c++)
                printf \"%s \", ${10}
            print \"\"
        }
    }" >"$to.asc"
    gdal_translate -q -a_srs "$srs" -ot "$type" -a_nodata "$nodata" "$to.asc" "$to"
    rm -f "$to.asc" "$to.aux.xml"
}

# make_fixture FOLDER
make_fixture() (
    mkdir -p "$1/coarse" && cd "$1" || exit 1
    local lst='(c - 30) ^ 2 + (r - 25) ^ 2 < 40 ? "nan" : 295 + c * 0.1 + r * 0.05 + (c * 7 + r * 13) % 11 * 0.1'
    _fixture_raster scene.tif EPSG:32721 Float32 nan 497900 9666300 70 60 60 "$lst"
    _fixture_raster other.tif EPSG:32721 Float32 nan 497900 9666300 70 60 60 "($lst) + 2"
    _fixture_raster forest.tif EPSG:4326 Byte 0 -57.03 -3.03 0.0003 200 200 \
        '(int(c / 20) + int(r / 20)) % 3 ? 3 : 15'
    _fixture_raster coarse/first.tif EPSG:32721 Float32 nan 497900 9666300 420 10 10 \
        'c == 4 && r == 4 ? "nan" : 297 + c * 0.6 + r * 0.3'
    local layer=ECO_L2T_LSTE.002_LST date
    for date in 2020221094621 2020225081132 2021109043415; do
        cp scene.tif "${layer}_doy${date}_aid0001_21S.tif"
        cp coarse/first.tif "coarse/Regrid_${layer}_doy${date}_aid0001_21S.tif"
    done
    rm coarse/first.tif
    _fixture_raster ECO_L2T_LSTE.002_QC_doy2020221094621_aid0001_21S.tif EPSG:32721 UInt16 65535 \
        497900 9666300 70 60 60 'c < 10 ? 3 : 0'
    _fixture_raster ECO_L2T_LSTE.002_cloud_doy2020221094621_aid0001_21S.tif EPSG:32721 Byte 255 \
        497900 9666300 70 60 60 'r < 5'

    # A netCDF with a time axis, in degrees, and a swath: places that are listed.
    awk 'BEGIN {
        print "netcdf days {\ndimensions: time = 2 ; lat = 20 ; lon = 20 ; row = 20 ; column = 20 ;\nvariables:"
        print "  double lat(lat) ; lat:units = \"degrees_north\" ;\n  double lon(lon) ; lon:units = \"degrees_east\" ;"
        print "  int time(time) ; time:units = \"hours since 2020-08-08\" ;"
        print "  short LST(time, lat, lon) ; LST:scale_factor = 0.02 ; LST:_FillValue = 0s ; LST:units = \"K\" ;"
        print "  ubyte QC(time, lat, lon) ;\n  double y(row, column) ; y:units = \"degrees_north\" ;"
        print "  double x(row, column) ; x:units = \"degrees_east\" ;"
        print "  float wind(row, column) ; wind:coordinates = \"y x\" ;\ndata:\n  time = 13, 37 ;"
        for (i = 0; i < 20; i++) {
            a = a s (-2.98 - 0.002 * i); b = b s (-57.02 + 0.002 * i)
            s = ", "
            for (k = 0; k < 20; k++) {
                y = y t (-2.98 - 0.002 * i + 0.0002 * k); x = x t (-57.02 + 0.002 * k); v = v t (14800 + 7 * i + k)
                q = q t (k % 4); t = ", "
            }
        }
        print "  lat = " a ";\n  lon = " b ";\n  LST = " v ", " v ";\n  QC = " q ", " q ";\n  y = " y ";\n  x = " x ";\n  wind = " v ";\n}"
    }' | ncgen -k nc4 -o days.nc -

    local tab=$'\t'
    printf '%s\n' '##eco.grid=1' '##crs=EPSG:32721' '##x0=497900' '##y0=9670500' '##dx=420' \
        '##dy=420' '##columns=10' '##rows=10' "#ring${tab}x${tab}y" \
        "0${tab}498300${tab}9666700" "0${tab}501700${tab}9666700" \
        "0${tab}501700${tab}9670100" "0${tab}498300${tab}9670100" >grid.txt
    printf '%s\n' '##crs=EPSG:4326' "#name${tab}lon${tab}lat" "tower${tab}-57.001${tab}-3.002" \
        "river${tab}-56.99${tab}-2.99" "far away${tab}-50${tab}-3" >sites.tsv
    printf '%s\n' '##unit.LE=W m-2' "#site${tab}LE${tab}ETinst${tab}JET" \
        "tower${tab}210${tab}260${tab}231.5" "tower${tab}180${tab}190${tab}NaN" \
        "tower${tab}95.5${tab}120${tab}99" "river${tab}310${tab}280${tab}290" \
        "river${tab}250${tab}301${tab}260" >pairs.tsv
    printf '%s\n' "#site${tab}time${tab}ETinst${tab}n${tab}longitude" "river${tab}2020-08-08T13:46:21Z${tab}260${tab}9${tab}-56.99" \
        "tower${tab}2020-08-08T13:46:21Z${tab}301${tab}9${tab}-57" "tower${tab}2020-08-08T13:47:13Z${tab}300${tab}7${tab}-57" \
        "tower${tab}2020-08-09T12:51:32Z${tab}190${tab}9${tab}-57" >overpasses.tsv
    printf '%s\n' '##unit.LE=W m-2' "#site${tab}start${tab}end${tab}LE" \
        "tower${tab}2020-08-08T13:30:00Z${tab}2020-08-08T14:00:00Z${tab}280" \
        "tower${tab}2020-08-08T14:00:00Z${tab}2020-08-08T14:30:00Z${tab}310" \
        "tower${tab}2020-08-09T12:30:00Z${tab}2020-08-09T13:00:00Z${tab}205" >tower.tsv
    printf '%s\n' '# Site: US-CRT' '# Version: 2-5' TIMESTAMP_START,TIMESTAMP_END,LE,H,NETRAD \
        201101010000,201101010030,-9999,-9999,-40 201101010030,201101010100,12.5,-20,-38 \
        >AMF_US-CRT_BASE_HH_2-5.csv
    printf '%s\n' TIMESTAMP_START,TIMESTAMP_END,LE_F_MDS,LE_F_MDS_QC,H_F_MDS,H_F_MDS_QC \
        201101010000,201101010030,10,2,-21,0 201101010030,201101010100,12.5,0,-20,1 \
        >FLX_US-CRT_FLUXNET2015_SUBSET_HH_2011-2011_1-4.csv
    printf '%s\n' SITE_ID,UTC_OFFSET US-CRT,-5 >offsets.csv
    printf '%s\n' when,LE '2020-08-08 09:00,280' '2020-08-08 10:00,310' >river.csv
    cat >buffer.geojson <<'END'
{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"name": "tower"},
"geometry": {"type": "Polygon", "coordinates": [[[-57.015, -3.015], [-56.985, -3.015],
[-56.98, -3.0], [-56.985, -2.985], [-57.015, -2.985], [-57.02, -3.0], [-57.015, -3.015]]]}}]}
END
)
