# cell-polygons.awk: a table of cells with their outlines before the other columns.
#
# usage: awk -v grid=GRID -v types=FILE -f column-types.awk -f cell-polygons.awk TABLE.csv
#
# A cell of the grid lies around its x, y. FILE becomes what OGR reads the columns' types from
# (.csvt). Quoted fields stand behind x and y.
BEGIN {
    FS = ","
    while ((getline l < grid) > 0 && sub(/^##/, "", l)) {
        k = index(l, "=")
        of[substr(l, 1, k - 1)] = substr(l, k + 1)
    }
    dx = of["dx"] / 2; dy = of["dy"] / 2
}
function corner(x, y) { return sprintf("%.17g %.17g", x, y) }
NR == 1 {
    t = "WKT"
    for (i = 1; i <= NF; i++) { at[$i] = i; t = t "," type_of($i) }
    print t > types
    print "WKT," $0
    next
}
{
    w = $at["x"] - dx; e = $at["x"] + dx; s = $at["y"] - dy; n = $at["y"] + dy
    print "\"POLYGON((" corner(w, s) "," corner(e, s) "," corner(e, n) "," corner(w, n) "," corner(w, s) "))\"," $0
}
