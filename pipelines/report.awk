# report.awk: what there is to say of one scenes.tsv.
#
# usage: awk -v task=SITE/VAR -v list=NAME -v allow=ALLOW_EMPTY -v gone=YES_IF_NO_GRID -f report.awk SCENES.tsv
#
# Prints lines that begin with "eco: " (the counts), "warning: " or "failed: ". What is said
# of more than three scenes alike is one line.
BEGIN { FS = "\t" }
/^#/ { for (i = 1; i <= NF; i++) at[$i] = i; next }
{
    n++
    status = $at["status"]
    message = $at["message"]
    count[status]++
    if (message == "NA" || gone) next
    kind = status == "failed" || status == "partial" ? "failed: " : "warning: "
    if (!alike[kind, message]++) { order[++norder] = message; kind_of[norder] = kind }
    if (alike[kind, message] <= 3) lines[kind, message] = lines[kind, message] "\n" kind $1 ": " message
}
END {
    line = "eco: " task ": " n + 0 " scenes"
    split("ok partial empty outside failed", word, " ")
    for (i = 1; i <= 5; i++)
        if (count[word[i]]) line = line (c++ ? ", " : ": ") count[word[i]] " " word[i]
    print line
    for (i = 1; i <= norder; i++) {
        k = alike[kind_of[i], order[i]]
        if (k > 3) print kind_of[i] k " scenes in " list ": " order[i]
        else print substr(lines[kind_of[i], order[i]], 2)
    }
    if (allow != "yes" && n && (count["empty"] == n || count["outside"] == n))
        print "failed: " task ": all scenes are " (count["empty"] ? "empty" : "outside of the grid") "; ALLOW_EMPTY=yes if they may be"
}
