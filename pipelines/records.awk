# records.awk: one file a scene for the records of regrid.sh.
#
# Reads the paths of the scenes that were due, eco-regrid's messages, and its records.
# Writes new/NAME.record or new/NAME.outside; lists on stdout the files that must go; and
# passes on, on stderr, all messages but those of failed scenes, which the report tells.
BEGIN { FS = OFS = "\t" }
FNR == 1 { file++ }
FILENAME ~ /\/due$/ { due[++n] = $0; next }
FILENAME ~ /\/said$/ { said[++nsaid] = $0; next }
/^##/ { next }
/^#/ { for (i = 1; i <= NF; i++) column[i == 1 ? "path" : $i] = i; next }
{
    how[$1] = $column["status"]
    record[$1] = $1 OFS how[$1] OFS $column["output"] OFS $column["cells"] OFS $column["n"] OFS \
        $column["mean"] OFS $column["coverage"]
}

function name_of(path) {
    sub(/.*\//, "", path)
    sub(/\.[^.]*$/, "", path)
    return path
}

function is_there(path,    line, got) {
    got = getline line < path
    close(path)
    return got >= 0
}

# What was said about a scene.
function message_of(path,    i, at, text) {
    text = ""
    for (i = 1; i <= nsaid; i++)
        if (at = index(said[i], path ": ")) {
            taken[i]
            text = text (text == "" ? "" : "; ") substr(said[i], at + length(path) + 2)
        }
    return text
}

END {
    for (i = 1; i <= n; i++) text[i] = message_of(due[i])
    for (i = 1; i <= nsaid; i++)
        if (!(i in taken)) rest = rest (rest == "" ? "" : "; ") said[i]
    for (i = 1; i <= n; i++) {
        path = due[i]
        name = name_of(path)
        if (!(path in how)) {
            how[path] = "failed"
            record[path] = path OFS "failed" OFS "NA" OFS "NaN" OFS "NaN" OFS "NaN" OFS "NaN"
            if (text[i] == "" && rest == "") text[i] = "eco-regrid was ended (" status ")"
        }
        else if (text[i] != "" && how[path] != "failed")
            print "eco: " path ": " text[i] > "/dev/stderr"
        if (text[i] == "" && how[path] == "failed" && rest != "") {
            text[i] = rest
            told = 1
        }
        if (text[i] == "") text[i] = "NA"
        to = new "/" name (how[path] == "outside" ? ".outside" : ".record")
        print record[path], text[i] > to
        if (close(to) != 0) exit 1
        if (how[path] != "ok" && how[path] != "empty") print coarse "/Regrid_" name ".tif"
        other = records "/" name (how[path] == "outside" ? ".record" : ".outside")
        if (is_there(other)) print other
    }
    if (rest != "" && !told) print rest > "/dev/stderr"
}
