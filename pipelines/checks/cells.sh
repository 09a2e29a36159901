# cells.sh: whether cells are as large as they should be, before any scene is averaged.
#
# usage: cells.sh CONFIG OUT LIST
#
# LIST has a line for each variable: SITE/VAR, what set the size of its cells (RES, RES.SITE or
# GRID, or RES=2 of the command line), its grid, and one of its scenes. Of grids that are younger than the last check a
# cell, in the middle, is measured in the scene's CRS, beside its pixels. Cells of less than a
# tenth of a pixel, or that have no place, are of another unit: an error; other small ones, and
# those larger than the scene, may be meant. The first of a kind is told, with its line of CONFIG.
# shellcheck shell=sh disable=SC3013 # all shells know -nt
set -u
config=$1 checked=$2/.eco/cells list=$3
trap 'rm -f "$list" "$list".*' EXIT
sed 's/^ //' "$list" | while IFS= read -r line; do
    grid=${line%	*}
    grid=${grid##*	}
    [ -e "$checked" ] && [ ! "$grid" -nt "$checked" ] || printf '%s\n' "$line"
done >"$list.new"
cut -f 4 "$list.new" | eco-index --open --no-provenance >"$list.opened" 2>/dev/null # what cannot be read fails later

# Three corners of a cell, beside the CRS that they are wanted in and what they are for.
awk -F '\t' -v OFS='\t' '
    FILENAME ~ /opened$/ && /^#/ { for (i = 1; i <= NF; i++) at[$i] = i; next }
    FILENAME ~ /opened$/ { scene[$1] = $at["crs"] FS $at["dx"] FS $at["dy"] FS $at["columns"] FS $at["rows"]; next }
    !($4 in scene) || split(scene[$4], s, FS) && s[1] == "NA" { next }
    {
        split("", g)
        while ((getline line < $3) > 0)
            if (match(line, /^##[a-z0-9]+=/)) g[substr(line, 3, RLENGTH - 3)] = substr(line, RLENGTH + 1)
        close($3)
        x = g["x0"] + g["columns"] / 2 * g["dx"]
        y = g["y0"] - g["rows"] / 2 * g["dy"]
        for (i = 0; i < 3; i++)
            print s[1], x + (i == 1) * g["dx"], y - (i == 2) * g["dy"], g["crs"], g["dx"] "," g["dy"] " (" g["crs"] ")", $1, $2, scene[$4]
    }' OFMT=%.17g CONVFMT=%.17g "$list.opened" "$list.new" | sort -t "$(printf '\t')" -k 1,1 -s >"$list.corners"
cut -f 1 "$list.corners" | uniq | while IFS= read -r crs; do
    { printf '#to\tx\ty\tcrs\tcell\ttask\tset\tscene_crs\tdx\tdy\tcolumns\trows\n'
      awk -F '\t' -v crs="$crs" '$1 == crs' "$list.corners"; } | eco-reproject --to "$crs" --no-provenance 2>/dev/null
done | awk -F '\t' -v config="$config" '
    BEGIN {
        while ((getline line < config) > 0) {
            n++
            if (match(line, /^[A-Za-z_][A-Za-z_0-9.-]*[ \t]*[:?+]*=/)) { name = line; sub(/[ \t:?+=].*/, "", name); set[name] = n }
        }
    }
    function square(a, b) { return a * a + b * b } # busybox awk may lack sqrt
    /^#/ { next }
    { x[++k] = $2; y[k] = $3 }
    k < 3 { next }
    {
        k = 0
        w = square(x[2] - x[1], y[2] - y[1]) / ($9 * $9)
        h = square(x[3] - x[1], y[3] - y[1]) / ($10 * $10)
        if (!(w > 0 && h > 0) || x[1] x[2] y[3] ~ /[nN][aA][nN]/) why = "have no place on earth beside"
        else if (w < 0.01 || h < 0.01) why = "are far finer than"
        else if (w < 0.999 || h < 0.999) why = "are finer than"
        else if (w > $11 * $11 && h > $12 * $12) why = "are larger than a whole scene with"
        else next
        if (told[$7, why]++) next
        wrong = why ~ /far|earth/
        said = sprintf("%s: cells of %s %s its pixels of %g x %g (%s)%s", $6, $5, why, $9, $10, $8, wrong ? "; in which unit is it?" : "")
        print "eco: " ($7 in set ? config ":" set[$7] ": " $7 : $7) ": " said > "/dev/stderr"
        if (wrong) bad = 1
    }
    END { exit bad }' && : >"$checked"
