# scenes.awk: what became of each scene of a list, as records.
#
# usage: awk -v coarse=FOLDER -f scenes.awk LIST
#
# Reads a list of plan.awk's (name, path, class map, what is wrong with it or NA, ...) and, for
# each scene, coarse/Regrid_NAME.tsv: eco-regrid's record, whose columns are found by their
# names. Prints them with the class map before the message. A scene without a record has
# failed: coarse/Regrid_NAME.ended says why, if limit.sh has ended it.
BEGIN {
    FS = OFS = "\t"
    own = "#path\tstatus\toutput\tcells\tn\tmean\tcoverage\tsize\tmtime\tmessage"
}

# Splits a record's legend and line into `name` and `field`, as many as it returns.
function read_record(file,    l, k) {
    k = 0
    while ((getline l < file) > 0) {
        if (l ~ /^##/) continue
        if (l ~ /^#/) { legend = l; split(l, name, FS) }
        else k = split(l, field, FS)
    }
    close(file)
    return k
}

function headings(l) {
    if (headed) return
    headed = 1
    sub(/\tmessage$/, "\tmap\tmessage", l)
    print l
    columns = split(l, column, FS)
}

# One line, in the order of the first record's legend.
function put(map,    i, s) {
    value["map"] = map
    for (i = 1; i <= columns; i++) s = s (i > 1 ? OFS : "") value[column[i]]
    print s
}

# A scene that has no record, and so no legend: it waits until there is one.
function put_failed(path, map, why,    i) {
    for (i = 1; i <= columns; i++) value[column[i]] = "NaN"
    value["#path"] = path; value["status"] = "failed"; value["output"] = "NA"; value["message"] = why
    put(map)
}
function put_waiting(    i, w) {
    for (i = 1; i <= nwaiting; i++) { split(waiting[i], w, FS); put_failed(w[1], w[2], w[3]) }
    nwaiting = 0
}

{
    file = coarse "/Regrid_" $1
    if ($4 == "NA" && (k = read_record(file ".tsv"))) {
        headings(legend)
        put_waiting()
        for (i = 1; i <= columns; i++) value[column[i]] = "NaN"
        for (i = 1; i <= k; i++) value[name[i]] = field[i]
        if (value["output"] != "NA") value["output"] = coarse "/Regrid_" $1 ".tif" # though OUT was moved
        put($3)
        next
    }
    why = $4
    if (why == "NA" && (getline why < (file ".ended")) <= 0) why = "not averaged"
    close(file ".ended")
    if (headed) put_failed($2, $3, why)
    else waiting[++nwaiting] = $2 FS $3 FS why
}

END { headings(own); put_waiting() }
