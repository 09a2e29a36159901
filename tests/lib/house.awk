# The order of the house: which room's files may include what, and how long things may be.
#
#     awk -v rooms="base record ..." -v wings="regrid ..." -f tests/lib/house.awk FILE...
#
# FILE... are all headers and sources of include/ and tools/. `rooms` are the library's from
# the ground up; a file may include faces of its own room and of rooms below, and of no wing
# but its own. A face is include/ROOM/NAME.h and is included as "ROOM/NAME.h"; a private
# header lies beside its sources and is included by its bare name. The plug-ins (gdal, hdf5, opencl) may use
# what lies below the rooms that read rasters for a purpose; the demo and the tools use all.
# No module (a header and its source) may include itself by way of others.
#
# Prints a line for each breach and exits with 1 when there are any.

function breach(text)
{
    print FILENAME (text ~ /^:/ ? "" : ": ") text
    bad = 1
}

BEGIN {
    LIBRARY_LINES = 450
    MAIN_LINES = 300
    FUNCTION_LINES = 60
    nrooms = split(rooms, room, " ")
    for (i = 1; i <= nrooms; i++)
        level[room[i]] = i
    n = split(wings, w, " ")
    for (i = 1; i <= n; i++)
        wing[w[i]] = 1
    level["gdal"] = level["hdf5"] = level["opencl"] = level["scene"]
    level["make"] = 0 # functions for make's own use, of nobody else's
    level["demo"] = nrooms
    for (i = 1; i < ARGC; i++)
        given[ARGV[i]] = 1
}

FNR == 1 {
    close_file()
    name = FILENAME
    parts = split(FILENAME, part, "/")
    own = parts > 2 ? part[2] : "tool"
    face = part[1] == "include"
    module = FILENAME
    sub(/^(include|tools)\//, "", module)
    sub(/\.(c|cc|h)$/, "", module)
    function_from = 0
}

function close_file(    most)
{
    if (name == "")
        return
    most = own == "tool" ? MAIN_LINES : LIBRARY_LINES
    if (lines > most) {
        print name ": " lines " lines, more than " most
        bad = 1
    }
}

{ lines = FNR }

/^#include "/ {
    split($0, quoted, "\"")
    k = split(quoted[2], target, "/")
    theirs = k > 1 ? target[1] : own
    if (k > 1 && !(theirs in level))
        breach(quoted[2] ": there is no room " theirs)
    else if (own != "tool" && level[theirs] > level[own])
        breach(own " lies below " theirs " and may not use " quoted[2])
    else if ((own in wing) && (theirs in wing) && own != theirs)
        breach("wings do not use each other: " quoted[2])
    else if (k > 1 && !(("include/" quoted[2]) in given))
        breach(quoted[2] " is private to " theirs ", or is not there")
    else if (k == 1 && face)
        breach("a face includes a private header: " quoted[2])
    to = k > 1 ? quoted[2] : own "/" quoted[2]
    sub(/\.h$/, "", to)
    if (to != module && !((module, to) in seen)) {
        seen[module, to] = 1
        uses[module] = uses[module] " " to
    }
}

# A function's body opens and closes in the first column.
/^\{/ { function_from = FNR }
/^\}/ && function_from {
    if (FNR - function_from + 1 > FUNCTION_LINES)
        breach(":" function_from ": a function of " FNR - function_from + 1 " lines, more than " FUNCTION_LINES)
    function_from = 0
}

# Depth first; a module that is met again on the way down closes a circle.
function visit(m, way,    i, n, next_ones)
{
    if (state[m] == "done")
        return
    if (state[m] == "open") {
        print substr(way, index(way, " " m " ") + 1) m ": a circle of includes"
        bad = 1
        return
    }
    state[m] = "open"
    n = split(uses[m], next_ones, " ")
    for (i = 1; i <= n; i++)
        visit(next_ones[i], way m " ")
    state[m] = "done"
}

END {
    close_file()
    for (m in uses)
        visit(m, " ")
    exit bad
}
