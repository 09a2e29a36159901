# sites.awk: a table of places, CSV or records, as settings of make.
#
# usage: awk -v file=NAME [-v layer=yes] -f sites.awk TABLE
#
# NAME is what the table is called in messages. That of a layer has the names of its
# features, in their order, and nothing else.
#
# The columns are found by their names, as AppEEARS (ID, Latitude, Longitude), AmeriFlux
# (SITE_ID, LOCATION_LAT, LOCATION_LONG) and others write them: the site, its longitude and
# latitude in degrees, its radius in m (else RADIUS), or a file with its polygon; and how many
# hours the clock of its tower is ahead of UTC.
BEGIN {
    # What neither make nor a folder's name can bear; a path may have slashes.
    odd = "[][:space:]$#%:;\\\\*?['\"`&|<>(){}=~]"
    known["site"] = "siteid site id station name sitename"
    known["lon"] = "longitude lon long lng locationlong"
    known["lat"] = "latitude lat locationlat"
    known["radius"] = "radius radiusm"
    known["polygon"] = "polygon boundary area"
    known["offset"] = "utcoffset"
}

function place(n) { return layer ? "feature " n - 1 : "line " n }
function wrong(text) {
    print "eco: " file (layer ? ": " place(FNR) : ":" FNR) ": " text > "/dev/stderr"
    bad = 1
}

# Splits a line of CSV (RFC 4180, one line a record) or of a record into `field`.
function fields(s,    c) {
    if (!csv) return split(s, field, "\t")
    c = 0
    for (s = s ","; s != ""; ) {
        if (substr(s, 1, 1) == "\"" && match(s, /^"([^"]|"")*",/)) {
            field[++c] = substr(s, 2, RLENGTH - 3)
            gsub(/""/, "\"", field[c])
        } else {
            match(s, /^[^,]*,/)
            field[++c] = substr(s, 1, RLENGTH - 1)
        }
        s = substr(s, RLENGTH + 1)
    }
    return c
}

function legend(    n, i, k, w, what, named) {
    csv = !/\t/
    n = fields($0)
    for (i = 1; i <= n; i++) {
        k = tolower(field[i])
        gsub(/\([^)]*\)|[^a-z0-9]/, "", k)
        if (!(k in named)) named[k] = i
    }
    for (what in known) {
        k = split(known[what], w, " ")
        for (i = k; i >= 1; i--) if (w[i] in named) column[what] = named[w[i]]
    }
    if (layer) column["site"] = 1
    else if (!("site" in column)) wrong("no column names the sites (site, ID, SITE_ID, name)")
    else if (!(("lon" in column) && ("lat" in column)) && !("polygon" in column))
        wrong("no columns of longitude and latitude, nor one of polygons")
}

function cell(what) {
    return what in column && field[column[what]] !~ /^(NA|NaN|-9999)$/ ? field[column[what]] : ""
}

# A number between two, or "" and a message.
function number(what, least, most,    v) {
    v = cell(what)
    if (v == "") wrong(site ": no " what)
    else if (v !~ /^[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]+)?$/) wrong(site ": " what ": not a number: \"" v "\"")
    else if (v + 0 < least || v + 0 > most) wrong(site ": " what ": not within " least " and " most ": " v)
    return v
}

{ sub(/\r$/, "") }
/^##/ || /^$/ { next }
!headed { sub(/^\357\273\277/, ""); sub(/^#/, ""); legend(); headed = 1; if (bad) exit; next }
/^#/ { next }
{
    n = fields($0)
    site = cell("site")
    if (site == "") { wrong("a site without a name"); next }
    if (site ~ odd || site ~ /^[.-]|\//) { wrong("not a name for a folder, or one that make cannot take: \"" site "\""); next }
    if (site in seen) { wrong(site ": this site is also in " place(seen[site])); next }
    seen[site] = FNR
    sites = sites " " site
    if (cell("offset") != "") print "TOWER_OFFSET." site " := " number("offset", -14, 14)
    if (cell("polygon") != "") {
        p = cell("polygon")
        if (p ~ odd) wrong(site ": a polygon that make cannot take: \"" p "\"")
        folder = file
        sub(/[^\/]*$/, "", folder)
        print "POLYGON." site " := " (p ~ /^\// ? p : folder p)
        if (cell("lon") != "") print "TOWER_AT." site " := " number("lon", -180, 360) "," number("lat", -90, 90)
        next
    }
    if (layer) next
    print "CENTER." site " := " number("lon", -180, 360) "," number("lat", -90, 90)
    if (cell("radius") != "") print "RADIUS." site " := " number("radius", 0, 1e7)
}

END {
    if (!headed) { print "eco: " file ": no legend, so no columns" > "/dev/stderr"; bad = 1 }
    if (bad) exit 2
    print "SITES_FOUND :=" sites
}
