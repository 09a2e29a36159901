# scenes.awk: what became of each scene of a list, as records.
#
# usage: awk -v coarse=FOLDER -f scenes.awk LIST LIST
#
# Reads a list of plan.awk's (name, path, class map, what is wrong with it or NA, parts, time)
# and, for each scene, coarse/Regrid_NAME.tsv: eco-regrid's record, whose columns are found by
# their names; the first that is there gives all their legend. Prints them with the scene's time
# and class map before the message. A scene without a record has failed: coarse/Regrid_NAME.ended
# says why, if limit.sh has ended it.
BEGIN {
    FS = OFS = "\t"
    legend = "#path\tstatus\toutput\tcells\tn\tmean\tcoverage\tsize\tmtime\tmessage"
}

# Reads a record into value[column]; whether there is one.
function read_record(file,    l, i, k, field, name) {
    k = 0
    while ((getline l < file) > 0) {
        if (l ~ /^##/) continue
        if (l ~ /^#/) { if (!columns) legend = l; split(l, name, FS) }
        else k = split(l, field, FS)
    }
    close(file)
    for (i = 1; i <= k; i++) value[name[i]] = field[i]
    return k > 0
}

NR == FNR { if (!found) found = read_record(coarse "/Regrid_" $1 ".tsv"); next }
!columns {
    sub(/\tmessage$/, "\ttime\tmap\tmessage", legend)
    print legend
    columns = split(legend, column, FS)
}
{
    file = coarse "/Regrid_" $1
    for (i = 1; i <= columns; i++) value[column[i]] = "NaN"
    if ($4 == "NA" && read_record(file ".tsv")) {
        if (value["output"] != "NA") value["output"] = file ".tif" # though OUT was moved
    } else {
        why = $4
        if (why == "NA" && (getline why < (file ".ended")) <= 0) why = "not averaged"
        close(file ".ended")
        value["#path"] = $2; value["status"] = "failed"; value["output"] = "NA"; value["message"] = why
    }
    value["time"] = $6; value["map"] = $3
    l = value[column[1]]
    for (i = 2; i <= columns; i++) l = l OFS value[column[i]]
    print l
}
