# eco-regrid's methods, judged by gdalwarp where the two define them alike, and by exact
# overlaps where they do not.
load ../lib/common
load ../lib/pixels

setup() {
    cd "$BATS_TEST_TMPDIR"
}

# What awk finds in each block of K x K pixels of a raster, one line a block: blocks FILE
# COLUMNS K STATISTIC, for statistics of all pixels, in order.
blocks() {
    pixels "$1" | awk -v columns="$2" -v k="$3" '
        {
            at = int((NR - 1) / columns / k) * (columns / k) + int((NR - 1) % columns / k)
            print at "\t" $1
        }' | sort -k 1,1n -k 2,2g | awk -v want="$4" '
        function finish(   i, best, count, most) {
            if (want == "min") print v[1]
            if (want == "max") print v[n]
            if (want == "range") print v[n] - v[1]
            if (want == "median") print v[(n + 1) / 2]
            if (want == "q1") print v[(n + 3) / 4]
            if (want == "q3") print v[(3 * n + 1) / 4]
            if (want == "mode") {
                for (i = 1; i <= n; i++) {
                    count = i > 1 && v[i] == v[i - 1] ? count + 1 : 1
                    if (count > most) {most = count; best = v[i]}
                }
                print best
            }
            n = 0
        }
        n && $1 != last {finish()}
        {last = $1; v[++n] = $2}
        END {finish()}'
}

@test "pixels that only border on a cell have no rank in it" {
    # Two CRSs with the same coordinates, in the one and then the other: edges of pixels
    # and cells coincide but for rounding. 5 x 5 pixels a cell.
    make_raster a.tif 150 150 Float32 nan -100,0.001,0,40,0,-0.001 EPSG:4269 'int(1000 * dice())'
    make_grid g.txt EPSG:4326 -100 40 0.005 0.005 30 30
    for method in min max range median q1 q3 mode; do
        eco-regrid --grid g.txt --method $method -o out.tif a.tif
        cmp <(pixels out.tif) <(blocks a.tif 150 5 $method)
    done
}

@test "methods by the names that gdalwarp has for them" {
    make_raster a.tif 60 60 Float32 none 500000,70,0,9700000,0,-70 EPSG:32721 '290 + 20 * dice()'
    make_grid g.txt EPSG:32721 500000 9700000 350 350 12 12
    while read -r theirs ours; do
        eco-regrid --no-provenance --grid g.txt --dtype Float64 --method "$theirs" -o theirs.tif a.tif >theirs.tsv
        eco-regrid --no-provenance --grid g.txt --dtype Float64 --method "$ours" -o ours.tif a.tif >ours.tsv
        cmp <(pixels ours.tif) <(pixels theirs.tif)
        [ "$(gdalinfo -json theirs.tif | jq -r '.bands[0].description')" = "$ours" ]
        rm ours.tif theirs.tif
    done <<<'average mean
med median
near nearest'
    for method in rms average med min max q1 q3 sum; do
        eco-regrid --grid g.txt --dtype Float64 --method $method -o ours.tif a.tif
        gdalwarp -q -overwrite -r $method -ot Float64 -te 500000 9695800 504200 9700000 -ts 12 12 a.tif theirs.tif
        paste <(pixels ours.tif) <(pixels theirs.tif) |
            awk '{n++; if (($1 - $2) ^ 2 > 1e-6 * $2 * $2) bad++} END {exit !(n == 144 && !bad)}' || { echo $method; false; }
    done
    run --separate-stderr eco-regrid --grid g.txt --bands rms,med,near,rms -o x.tif a.tif
    [ "$status" -eq 2 ]
    one_message 'named twice: "rms"'
    run --separate-stderr eco-regrid --grid g.txt --bands mean,average -o x.tif a.tif
    [ "$status" -eq 2 ]
    one_message 'named twice: "average"'
    run --separate-stderr eco-regrid --grid g.txt --method lanczos3 -o x.tif a.tif
    [ "$status" -eq 2 ]
    one_message 'no such band: "lanczos3"; there are mean (or average), '
}

# warped SOURCE GRID METHOD OUT [OPTION]...: by gdalwarp, every pixel transformed, and
# kernels not widened where cells are larger than pixels (it does so from 1/0.95 on).
warped() {
    local source=$1 grid=$2 method=$3 out=$4
    shift 4
    # shellcheck disable=SC2046
    gdalwarp -q -overwrite -et 0 -r "$method" -wo XSCALE=1 -wo YSCALE=1 \
        $(warp_options "$grid") "$@" "$source" "$out"
}

# agree OURS THEIRS PIXELS DIFFERENT LARGEST: that many pixels, all but a few equal, those
# few by no more than that, and none with a value in one alone.
agree() {
    local n same first second most
    read -r n same first second most <<<"$(differences "$1" "$2")"
    [ "$n" -eq "$3" ] && [ $((n - same)) -le "$4" ] && [ $((first + second)) -eq 0 ] &&
        awk -v m="$most" -v l="$5" 'BEGIN {exit !(m <= l)}' || {
        echo "of $n pixels $same are the same, $first and $second in one alone, differing by up to $most"
        return 1
    }
}

@test "nearest, bilinear and cubic are gdalwarp's, also among gaps and at edges" {
    make_raster a.tif 300 240 Float32 nan 500000,70,0,9700000,0,-70 EPSG:32721 \
        'dice() < 0.05 ? $nan : 300 + 20 * dice()' -co TILED=YES
    # Larger than the source.
    make_grid g.txt EPSG:4326 -57.01 -2.705 0.00053 0.0006 380 280
    for method in nearest:near bilinear:bilinear cubic:cubic; do
        warped a.tif g.txt ${method#*:} theirs.tif
        eco-regrid --grid g.txt --method ${method%:*} --tolerance 0 -o exact.tif a.tif
        eco-regrid --grid g.txt --method ${method%:*} -o default.tif a.tif
        # 3e-5: one step of a float32 at 300.
        agree exact.tif theirs.tif 106400 2 3.1e-5
        # The default transform errs by 1e-6 of a pixel here, which noise of 20 shows.
        if [ $method = nearest:near ]; then
            agree default.tif theirs.tif 106400 0 0
        else
            agree default.tif theirs.tif 106400 6000 1e-4
        fi
    done
}

@test "with the tolerance that gdalwarp has by default, pixels are gdalwarp's by default" {
    make_raster a.tif 300 240 Float32 nan 500000,70,0,9700000,0,-70 EPSG:32721 '300 + 20 * dice()'
    make_grid g.txt EPSG:4326 -57.01 -2.705 0.00053 0.0006 380 280
    for method in nearest:near bilinear:bilinear cubic:cubic; do
        warped a.tif g.txt ${method#*:} theirs.tif -et 0.125
        eco-regrid --grid g.txt --method ${method%:*} --tolerance 0.125 -o ours.tif a.tif
        agree ours.tif theirs.tif 106400 2 3.1e-5
    done
}

@test "onto other planes: from degrees to UTM, to the pole, turned and south-up" {
    make_raster a.tif 200 160 Float32 nan -56.9,0.0006,0,-2.8,0,-0.0007 EPSG:4326 '20 * dice()'
    make_grid utm.txt EPSG:32721 513000 9689000 62 66 230 200
    make_raster b.tif 120 120 Float32 nan 40,0.05,0,72,0,-0.02 EPSG:4326 '20 * dice()'
    make_grid pole.txt EPSG:3413 2000000 0 1000 1000 160 160
    make_raster c.tif 150 150 Float32 nan 500000,60,20,9700000,25,-64 EPSG:32721 '20 * dice()'
    make_grid turned.txt EPSG:32721 499000 9703000 60 60 210 200
    make_raster d.tif 150 150 Float32 nan 500000,70,0,9690000,0,70 EPSG:32721 '20 * dice()'
    make_grid up.txt EPSG:4326 -57 -2.7 0.0006 0.0006 160 160
    for pair in a.tif:utm.txt:46000 b.tif:pole.txt:25600 c.tif:turned.txt:42000 d.tif:up.txt:25600; do
        IFS=: read -r source grid n <<<"$pair"
        for method in nearest:near bilinear:bilinear cubic:cubic; do
            warped $source $grid ${method#*:} theirs.tif
            eco-regrid --grid $grid --method ${method%:*} --tolerance 0 -o ours.tif $source
            agree ours.tif theirs.tif "$n" 20 2e-6
        done
        [ "$(pixels ours.tif | grep -c -v nan)" -gt 5000 ]
    done
}

@test "on real scenes: a Collection 2 tile, a swath, bytes with a scale" {
    need_data region4
    need_data la2023
    make_grid tile.txt EPSG:4326 10.5 48.6 0.0009 0.0006 400 300
    make_grid swath.txt EPSG:32611 390000 3765000 58 70 300 300
    make_grid c1.txt EPSG:32613 345000 3810000 58 70 300 300
    local tile=$DATA/cog_32UPU/ECOv002_L2T_LSTE_26214_003_32UPU_20230219T061752_0710_01_LST.tif
    local swath=$DATA/la2023/ECO_L2_LSTE.002_LST_doy2023190054140_aid0001.tif
    local c1=$DATA/region4/ECO2LSTE.001_SDS_EmisWB_doy2020274211057_aid0001.tif
    while read -r source grid; do
        for method in nearest:near bilinear:bilinear cubic:cubic; do
            warped "$source" "$grid" ${method#*:} theirs.tif -ot Float32 -dstnodata nan
            eco-regrid --grid "$grid" --method ${method%:*} --raw --dtype Float32 \
                --nodata nan --tolerance 0 -o ours.tif "$source"
            [ "$(pixels ours.tif | grep -c -v nan)" -gt 40000 ]
            agree ours.tif theirs.tif "$(pixels ours.tif | wc -l)" 10 0.002
        done
    done <<END
$tile tile.txt
$swath swath.txt
$c1 c1.txt
END
}

@test "the class map of New Mexico, put on a swath's pixels, is another program's" {
    need_data region4
    local theirs=$DATA/region4/CDL_2020_reclassify.tif
    eco-grid --like "$theirs" >g.txt
    # Their classes are a function of the map's: of each class's pixels all have one.
    same() {
        paste <(pixels ours.tif) <(pixels "$theirs") | awk '
            {n[$1 " " $2]++; all++}
            END {
                for (k in n) {split(k, c, " "); if (n[k] > best[c[1]]) best[c[1]] = n[k]}
                for (k in best) {same += best[k]; classes++}
                print same, all, classes
            }'
    }
    for tolerance in 0 0.01; do
        eco-regrid --grid g.txt --method nearest --tolerance $tolerance -o ours.tif "$DATA/region4/CDL_2020.tif"
        [ "$(same)" = "226576 226576 24" ]
    done
    [ "$(gdalinfo -json ours.tif | jq -r '.bands[0] | .type, .colorInterpretation')" = $'Byte\nPalette' ]
    # With gdalwarp's tolerance 636 pixels are others.
    eco-regrid --grid g.txt --method nearest --tolerance 0.125 -o ours.tif "$DATA/region4/CDL_2020.tif"
    [[ $(same) == "225940 226576 "* ]]
}

@test "cubicspline and lanczos are gdalwarp's where pixels are larger, also among gaps" {
    make_raster a.tif 300 240 Float32 nan 500000,70,0,9700000,0,-70 EPSG:32721 \
        'dice() < 0.05 ? $nan : 300 + 20 * dice()' -co TILED=YES
    make_raster b.tif 120 120 Int16 -99 500000,70,0,9700000,0,-70 EPSG:32721 'dice() < 0.05 ? -99 : int(900 * dice())'
    make_grid g.txt EPSG:4326 -57.01 -2.705 0.00053 0.0006 380 280
    make_grid near.txt EPSG:32721 499990 9700010 61 66 130 120
    for method in cubicspline lanczos; do
        warped a.tif g.txt $method theirs.tif
        eco-regrid --grid g.txt --method $method --tolerance 0 -o ours.tif a.tif
        # gdalwarp leaves weights as they are whose sum is within 1e-5 of 1.
        agree ours.tif theirs.tif 106400 1000 0.0035
        # Whole numbers: halves may be rounded either way.
        warped b.tif near.txt $method theirs.tif
        eco-regrid --grid near.txt --method $method --dtype Int16 --nodata -99 -o ours.tif b.tif
        agree ours.tif theirs.tif 15600 40 1
        [ "$(pixels ours.tif | grep -vc '^-99$')" -gt 12000 ]
    done
}

# wide COLUMNS CELL PIXEL ORIGIN KERNEL: each cell of a row-major raster on stdin by the
# kernel's definition, widened to the cell, places counted in pixels of the source.
wide() {
    awk -v columns="$1" -v across="$2" -v cell="$3" -v pixel="$4" -v origin="$5" -v kernel="$6" '
        function sinc(x) {return x * x < 1e-18 ? 1 : sin(3.14159265358979 * x) / (3.14159265358979 * x)}
        function weight(x) {
            x = x < 0 ? -x : x
            if (kernel == "bilinear") return x < 1 ? 1 - x : 0
            if (kernel == "cubic") return x < 1 ? 1.5 * x ^ 3 - 2.5 * x ^ 2 + 1 : x < 2 ? -0.5 * x ^ 3 + 2.5 * x ^ 2 - 4 * x + 2 : 0
            if (kernel == "cubicspline") return x < 1 ? 2 / 3 - x ^ 2 + x ^ 3 / 2 : x < 2 ? (2 - x) ^ 3 / 6 : 0
            return x < 3 ? sinc(x) * sinc(x / 3) : 0
        }
        {v[NR - 1] = $1}
        END {
            for (i = 0; i < across * across; i++) {
                x = (origin + (i % across + 0.5) * cell) / pixel - 0.5
                y = (origin + (int(i / across) + 0.5) * cell) / pixel - 0.5
                sum = total = 0
                for (r = int(y - 3 * cell / pixel) - 1; r <= y + 3 * cell / pixel; r++) {
                    wy = r < 0 || r >= columns ? 0 : weight((r - y) * pixel / cell)
                    for (c = int(x - 3 * cell / pixel) - 1; wy != 0 && c <= x + 3 * cell / pixel; c++) {
                        if (c < 0 || c >= columns || v[r * columns + c] == "nan") continue
                        w = wy * weight((c - x) * pixel / cell)
                        sum += w * v[r * columns + c]; total += w
                    }
                }
                own = v[int(y + 0.5) * columns + int(x + 0.5)]
                printf "%.9g\n", own == "nan" || total < 1e-6 ? "nan" : sum / total
            }
        }'
}

@test "cells larger than pixels: kernels are widened, as by definition and by gdalwarp" {
    make_raster a.tif 120 120 Float32 nan 500000,70,0,9700000,0,-70 EPSG:32721 'dice() < 0.03 ? $nan : 20 * dice()'
    make_grid near.txt EPSG:32721 500010 9699990 73 73 100 100
    make_grid far.txt EPSG:32721 500010 9699990 203 203 40 40
    for method in bilinear cubic cubicspline lanczos; do
        # 1 / 0.96 counts as 1, for gdalwarp too.
        eco-regrid --grid near.txt --method $method -o near.tif a.tif
        warped a.tif near.txt $method theirs.tif
        agree near.tif theirs.tif 10000 60 2e-4
        eco-regrid --grid far.txt --method $method --dtype Float64 -o far.tif a.tif
        pixels a.tif | wide 120 40 203 70 10 $method >want.txt
        paste <(pixels far.tif) want.txt | awk '
            {if (($1 == "nan") != ($2 == "nan") || ($1 != "nan" && ($1 - $2) ^ 2 > 1e-12)) bad++}
            $1 != "nan" {n++}
            END {exit !(NR == 1600 && n > 1000 && !bad)}'
        # gdalwarp 3.6 leaves out where between pixels a cell lies, in lanczos alone.
        [ $method != lanczos ] || continue
        # shellcheck disable=SC2046
        gdalwarp -q -overwrite -et 0 -r $method -wo XSCALE=0.3448275862068966 -wo YSCALE=0.3448275862068966 \
            $(warp_options far.txt) a.tif theirs.tif
        eco-regrid --grid far.txt --method $method -o far.tif a.tif
        agree far.tif theirs.tif 1600 800 3e-4
    done
}

@test "widened in another CRS: each cell by how wide it is" {
    make_raster a.tif 300 300 Float32 nan 500000,70,0,9700000,0,-70 EPSG:32721 \
        'sin($c / 9) + cos($r / 7) + dice()'
    # 0.002 degrees are 222.4 m or 3.1776 pixels from west to east, 221.2 m or 3.1595 down.
    make_grid g.txt EPSG:4326 -56.995 -2.72 0.002 0.002 80 80
    for method in bilinear cubic cubicspline; do
        # shellcheck disable=SC2046
        gdalwarp -q -overwrite -et 0 -r $method -wo XSCALE=$(awk 'BEGIN {print 1 / 3.1776}') \
            -wo YSCALE=$(awk 'BEGIN {print 1 / 3.1595}') $(warp_options g.txt) a.tif theirs.tif
        eco-regrid --grid g.txt --method $method -o ours.tif a.tif
        agree ours.tif theirs.tif 6400 6400 2e-3
    done
}

@test "--antialias no leaves kernels as narrow, and says so" {
    make_raster a.tif 120 120 Float32 nan 500000,70,0,9700000,0,-70 EPSG:32721 '20 * dice()'
    make_grid far.txt EPSG:32721 500010 9699990 203 196 40 40
    for method in bilinear cubic cubicspline lanczos; do
        run --separate-stderr eco-regrid --grid far.txt --method $method --antialias no -o ours.tif a.tif
        [ "$status" -eq 0 ]
        one_message 'a.tif: cells are up to 2.9 x 2.8 of its pixels, and kernels that are not widened pass over some of them'
        [[ $(tail -1 <<<"$output") == *$'\tcells are up to 2.9 x 2.8 of its pixels'* ]]
        warped a.tif far.txt $method theirs.tif
        agree ours.tif theirs.tif 1600 20 2e-4
        run --separate-stderr eco-regrid --grid far.txt --method $method -o wide.tif a.tif
        [ -z "$stderr" ]
        ! cmp -s <(pixels ours.tif) <(pixels wide.tif)
    done
    # Nothing is passed over in cells as large as pixels, nor meant to be seen by nearest.
    make_grid near.txt EPSG:32721 500010 9699990 73 73 40 40
    for case in "near.txt lanczos" "far.txt nearest" "far.txt mean"; do
        run --separate-stderr eco-regrid --grid ${case% *} --method ${case#* } --antialias no -o ours.tif a.tif
        [ "$status" -eq 0 ]
        [ -z "$stderr" ]
    done
}

@test "strict: a neighbour that misses makes the cell miss, and only that" {
    make_raster a.tif 90 90 Float32 nan 500000,70,0,9700000,0,-70 EPSG:32721 'dice() < 0.05 ? $nan : 20 * dice()'
    make_grid g.txt EPSG:32721 499980 9700020 61 61 106 106
    for method in bilinear:2 cubic:4 cubicspline:4 lanczos:6; do
        eco-regrid --grid g.txt --method ${method%:*} -o lenient.tif a.tif
        eco-regrid --grid g.txt --method ${method%:*} --missing strict -o strict.tif a.tif
        {
            pixels a.tif
            paste <(pixels lenient.tif) <(pixels strict.tif)
        } | awk -v k=${method#*:} '
            function value(c, r) {
                return c >= 0 && r >= 0 && c < 90 && r < 90 ? v[r, c] : "nan"
            }
            function low(u) {return u < 0 ? int(u) - 1 : int(u)}
            NR <= 8100 {v[int((NR - 1) / 90), (NR - 1) % 90] = $1; next}
            {
                i = int((NR - 8101) / 106); j = (NR - 8101) % 106
                x = (-20 + 61 * (j + 0.5)) / 70; y = (-20 + 61 * (i + 0.5)) / 70
                own = value(low(x), low(y)) != "nan"
                c = low(x - 0.5) - (k / 2 - 1); r = low(y - 0.5) - (k / 2 - 1); all = 1
                for (a = 0; a < k; a++)
                    for (b = 0; b < k; b++)
                        if (value(c + b, r + a) == "nan") all = 0
                if (own != ($1 != "nan") || (own && all) != ($2 != "nan") ||
                    ($2 != "nan" && $1 != $2)) bad++
                if (own && !all) some++
                n++
            }
            END {exit n != 11236 || bad || some < 500}'
    done
}

@test "whole pixels in cells: statistics are gdalwarp's in every cell" {
    make_raster a.tif 200 200 Float32 nan 500000,70,0,9700000,0,-70 EPSG:32721 'dice() < 0.2 ? $nan : int(1000 * dice())'
    make_grid g.txt EPSG:32721 500000 9700000 350 350 40 40
    for method in mean:average sum:sum min:min max:max; do
        warped a.tif g.txt ${method#*:} theirs.tif
        eco-regrid --grid g.txt --method ${method%:*} --min-coverage 0 -o ours.tif a.tif
        agree ours.tif theirs.tif 1600 0 0
    done
    # gdalwarp's quantiles are pixels of a rank, which with 25 pixels are those of the definition
    # here; of several modes it takes the first that it meets, here it is the smallest.
    make_raster b.tif 200 200 Float32 nan 500000,70,0,9700000,0,-70 EPSG:32721 'int(1000 * dice())'
    for method in median:med q1:q1 q3:q3; do
        warped b.tif g.txt ${method#*:} theirs.tif
        eco-regrid --grid g.txt --method ${method%:*} -o ours.tif b.tif
        agree ours.tif theirs.tif 1600 0 0
        cmp <(pixels ours.tif) <(blocks b.tif 200 5 ${method%:*})
    done
    make_raster c.tif 200 200 Byte 0 500000,70,0,9700000,0,-70 EPSG:32721 '1 + int(5 * dice())'
    warped c.tif g.txt mode theirs.tif
    eco-regrid --grid g.txt --method mode -o ours.tif c.tif
    cmp <(pixels ours.tif) <(blocks c.tif 200 5 mode)
    # Where they differ theirs is as frequent: another of the modes.
    paste <(pixels ours.tif) <(pixels theirs.tif) >both.txt
    pixels c.tif | awk '
        NR == FNR {ours[NR - 1] = $1; theirs[NR - 1] = $2; next}
        {at = int((FNR - 1) / 1000) * 40 + int((FNR - 1) % 200 / 5); n[at, $1]++}
        END {
            for (k = 0; k < 1600; k++) {
                if (n[k, ours[k]] != n[k, theirs[k]] || ours[k] > theirs[k]) bad++
                differ += ours[k] != theirs[k]
            }
            exit bad || differ < 10 || differ > 800
        }' both.txt -
}

# judge SOURCE COLUMNS ROWS GRID: exact overlaps, from corners that cs2cs has transformed.
judge() {
    local source=$1 columns=$2 rows=$3 grid=$4
    local -A g
    while IFS='=' read -r key value; do
        [ -z "$key" ] || g[${key#"##"}]=$value
    done <"$grid"
    {
        gdalinfo -json "$source" | jq -r '.geoTransform | map(tostring) | join(" ")' |
            awk -v columns="$columns" -v rows="$rows" '{
                for (r = 0; r <= rows; r++)
                    for (c = 0; c <= columns; c++)
                        printf "%.17g %.17g\n", $1 + c * $2 + r * $3, $4 + c * $5 + r * $6
            }' | if [ "${5:-}" = same ]; then cat; else
            gdaltransform -s_srs "$(gdalsrsinfo -o epsg "$source" | xargs)" -t_srs "${g[crs]}" -output_xy
        fi | awk -v x0="${g[x0]}" -v y0="${g[y0]}" -v dx="${g[dx]}" -v dy="${g[dy]}" \
            '{printf "%.17g %.17g\n", ($1 - x0) / dx, (y0 - $2) / dy}'
        pixels "$source"
    } | awk -v columns="$columns" -v rows="$rows" -v across="${g[columns]}" -v down="${g[rows]}" \
        -f "$ROOT/tests/lib/overlaps.awk"
}

# judged OURS JUDGEMENT: all bands of eco-regrid's raster against the judge's columns.
judged() {
    local band=0 columns=()
    for name in n coverage mean sum stddev min max median q1 q3 mode; do
        band=$((band + 1))
        pixels "$1" $band >"$name.txt"
        columns+=("$name.txt")
    done
    paste "${columns[@]}" "$2" | tr '\t' ' ' | awk '
        {
            for (k = 1; k <= 11; k++) {
                if ($k == "nan" && $(k + 11) == "nan") continue
                d = $k - $(k + 11); d = d < 0 ? -d : d
                if ($k == "nan" || $(k + 11) == "nan" || !(d <= 1e-7 * (1 + $k))) {
                    print "cell " NR ", statistic " k ": " $k " for " $(k + 11)
                    bad = 1
                }
            }
            some += $3 != "nan"
        }
        END {exit bad || some < 20}'
}

BANDS=n,coverage,mean,sum,stddev,min,max,median,q1,q3,mode

# nearer OURS THEIRS JUDGEMENT COLUMN: in how many cells we, and they, are further than 1e-5
# from the judge.
nearer() {
    paste <(pixels "$1") <(pixels "$2") "$3" | awk -v c="$4" '
        function off(v, e) {return v == "nan" ? e != "nan" : (v - e) ^ 2 > 1e-10 * (1 + e * e)}
        $(c + 2) != "nan" {ours += off($1, $(c + 2)); theirs += off($2, $(c + 2))}
        END {print ours + 0, theirs + 0}'
}

# none_off: as float32 and by the tolerance that eco has by default no mean and no sum of
# a.tif in the cells of g.txt is off by judge.txt; how many of gdalwarp's are is told.
none_off() {
    local method name theirs column ours others
    for method in mean:average:3 sum:sum:4; do
        IFS=: read -r name theirs column <<<"$method"
        warped a.tif g.txt "$theirs" theirs.tif
        eco-regrid --grid g.txt --method "$name" --min-coverage 0 -o ours.tif a.tif
        read -r ours others <<<"$(nearer ours.tif theirs.tif judge.txt "$column")"
        echo "# $name: of 72 cells $ours of ours and $others of gdalwarp's are off" >&3
        [ "$ours" -eq 0 ] || return 1
    done
}

@test "partial overlaps along the axes: exact, where gdalwarp is sometimes" {
    make_raster a.tif 40 36 Float32 nan 500000,70,0,9700000,0,-70 EPSG:32721 'dice() < 0.1 ? $nan : int(20 * dice())'
    make_grid g.txt EPSG:32721 500017 9700111 301 333 9 8
    judge a.tif 40 36 g.txt same >judge.txt
    eco-regrid --grid g.txt --bands $BANDS --dtype Float64 --min-coverage 0 -o ours.tif a.tif
    judged ours.tif judge.txt
    # gdalwarp gives a minimum to pixels of which it uses half at most.
    none_off
}

@test "partial overlaps across CRSs: exact, where gdalwarp is not" {
    make_raster a.tif 40 36 Float32 nan 500000,70,0,9700000,0,-70 EPSG:32721 'dice() < 0.1 ? $nan : int(20 * dice())'
    make_grid g.txt EPSG:4326 -57.001 -2.7133 0.0031 0.0035 9 8
    judge a.tif 40 36 g.txt >judge.txt
    eco-regrid --grid g.txt --bands $BANDS --dtype Float64 --min-coverage 0 --tolerance 0 -o ours.tif a.tif
    judged ours.tif judge.txt
    none_off
    # Turned pixels in one CRS, and pixels larger than cells.
    make_raster b.tif 30 30 Float32 nan 500000,60,25,9700000,30,-64 EPSG:32721 'dice() < 0.1 ? $nan : int(20 * dice())'
    make_grid turned.txt EPSG:32721 499900 9700700 290 310 10 9
    judge b.tif 30 30 turned.txt same >judge.txt
    eco-regrid --grid turned.txt --bands $BANDS --dtype Float64 --min-coverage 0 -o ours.tif b.tif
    judged ours.tif judge.txt
    make_raster c.tif 8 8 Float32 nan 500000,700,0,9700000,0,-700 EPSG:32721 'int(20 * dice())'
    make_grid fine.txt EPSG:4326 -57.0005 -2.7133 0.0013 0.0011 40 36
    judge c.tif 8 8 fine.txt >judge.txt
    eco-regrid --grid fine.txt --bands $BANDS --dtype Float64 --min-coverage 0 --tolerance 0 -o ours.tif c.tif
    judged ours.tif judge.txt
}

# The sum of numbers from stdin, without the drift of naive adding.
total() {
    awk '$1 != "nan" {y = $1 - c; t = s + y; c = (t - s) - y; s = t} END {printf "%.17g\n", s}'
}

@test "the sum over all cells is the sum over all pixels, to 1e-12" {
    make_raster a.tif 150 120 Float64 nan 500000,70,0,9700000,0,-70 EPSG:32721 'dice() < 0.1 ? $nan : 300 + 20 * dice()'
    make_grid axes.txt EPSG:32721 499000 9701000 333 277 40 40
    make_grid fine.txt EPSG:32721 499000 9701000 33 27 400 400
    make_grid degrees.txt EPSG:4326 -57.01 -2.7 0.0031 0.0035 40 40
    sum=$(pixels a.tif | total)
    count=$(pixels a.tif | grep -c -v nan)
    for grid in axes fine degrees; do
        eco-regrid --no-provenance --grid $grid.txt --bands sum,n --dtype Float64 --min-coverage 0 \
            -o out.tif a.tif >out.tsv
        near "$(pixels out.tif 1 | total)" "$sum" "$(awk -v s="$sum" 'BEGIN {print s * 1e-12}')"
        near "$(pixels out.tif 2 | total)" "$count" 1e-8
    done
}
