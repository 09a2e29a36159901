# Made-up rasters, grid files, and what is in a raster, for tests of resampling.

# make_raster FILE COLUMNS ROWS TYPE NODATA GEOTRANSFORM SRS EXPRESSION [OPTION]...
# The expression is perl's, of $c and $r; dice() gives the next of some numbers from 0 to
# 1 that are the same on every run, $nan is NaN. TYPE as GDAL names it, NODATA may be
# none, GEOTRANSFORM is GDAL's six numbers in one word; options are gdal_translate's.
make_raster() {
    local file=$1 columns=$2 rows=$3 type=$4 nodata=$5 place=$6 srs=$7 expression=$8
    shift 8
    perl -e '
        my ($columns, $rows, $type, $expression) = @ARGV;
        my %letter = (Byte => "C", UInt16 => "S<", Int16 => "s<", UInt32 => "L<",
            Int32 => "l<", Float32 => "f<", Float64 => "d<", CFloat32 => "f<");
        my ($state, $nan) = (1, 9 ** 9 ** 9 / 9 ** 9 ** 9);
        sub dice {
            $state = ($state * 1103515245 + 12345) % 2147483648;
            return ($state >> 8) / 8388608;
        }
        my $value = eval "sub { my (\$c, \$r) = \@_; $expression }" or die $@;
        binmode STDOUT;
        for my $r (0 .. $rows - 1) {
            my @row = map { $value->($_, $r) } 0 .. $columns - 1;
            @row = map { ($_, 0) } @row if $type eq "CFloat32";
            print pack("($letter{$type})*", @row);
        }' "$columns" "$rows" "$type" "$expression" >"$file.raw"
    {
        echo "<VRTDataset rasterXSize=\"$columns\" rasterYSize=\"$rows\"><SRS>$srs</SRS>"
        echo "<GeoTransform>$place</GeoTransform>"
        echo "<VRTRasterBand dataType=\"$type\" band=\"1\" subClass=\"VRTRawRasterBand\">"
        [ "$nodata" = none ] || echo "<NoDataValue>$nodata</NoDataValue>"
        echo "<SourceFilename relativeToVRT=\"1\">${file##*/}.raw</SourceFilename>"
        echo "<ByteOrder>LSB</ByteOrder></VRTRasterBand></VRTDataset>"
    } >"$file.vrt"
    gdal_translate -q "$@" "$file.vrt" "$file"
    rm -f "$file.raw" "$file.vrt"
}

# make_grid FILE CRS X0 Y0 DX DY COLUMNS ROWS
make_grid() {
    printf '%s\n' '##eco.grid=1' "##crs=$2" "##x0=$3" "##y0=$4" "##dx=$5" "##dy=$6" \
        "##columns=$7" "##rows=$8" >"$1"
}

# The pixels of a band, one a line, row after row: pixels FILE [BAND]
pixels() {
    local folder type
    folder=$(mktemp -d -p "$BATS_TEST_TMPDIR")
    gdal_translate -q -of ENVI -a_ullr 0 1 1 0 -b "${2:-1}" "$1" "$folder/raw"
    case $(sed -n 's/^data type *= *//p' "$folder/raw.hdr") in
    1) type=u1 ;;
    2) type=d2 ;;
    3) type=d4 ;;
    4) type=f4 ;;
    5) type=f8 ;;
    12) type=u2 ;;
    13) type=u4 ;;
    esac
    od -An -v "-t$type" "-w${type#?}" "$folder/raw" | sed 's/^ *//; s/-nan/nan/'
    rm -r "$folder"
}

# The bits of all pixels of all bands, as a sum to compare.
bits() {
    local folder
    folder=$(mktemp -d -p "$BATS_TEST_TMPDIR")
    gdal_translate -q -of ENVI -a_ullr 0 1 1 0 -co INTERLEAVE=BSQ "$1" "$folder/raw" && md5sum <"$folder/raw"
    rm -r "$folder"
}

# The grid that gdalwarp is to be given for a grid file: its options.
warp_options() {
    awk -F= '
        {v[substr($1, 3)] = $2}
        END {
            printf "-t_srs %s -te %.17g %.17g %.17g %.17g -ts %d %d\n", v["crs"], v["x0"],
                v["y0"] - v["rows"] * v["dy"], v["x0"] + v["columns"] * v["dx"], v["y0"],
                v["columns"], v["rows"]
        }' "$1"
}

# How two rasters differ: how many pixels they have, how many are equal (both missing is
# equal), in how many only the first and only the second has a value, and the largest
# difference of the others.
differences() {
    paste <(pixels "$1") <(pixels "$2") | awk '
        {
            n++
            if ($1 == $2) {same++; next}
            if ($2 == "nan") {first++; next}
            if ($1 == "nan") {second++; next}
            d = $1 > $2 ? $1 - $2 : $2 - $1
            if (d > most) most = d
        }
        END {printf "%d %d %d %d %.3g\n", n, same, first, second, most}'
}
