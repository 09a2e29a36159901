# status.awk: how far each site and variable is, a line each, and why scenes have failed.
#
# usage: awk -v due=FILE -f status.awk STATUS
#
# STATUS is what plan.awk knows of each scene: SITE/VAR, its record, what that says (none
# without one), its path and a message. DUE lists the records that make would make: of
# those that are not failed it is because they are stale, or missing.
BEGIN {
    FS = OFS = "\t"
    while ((getline l < due) > 0) is_due[l]
    close(due)
    print "#task", "done", "stale", "missing", "failed", "empty", "outside"
}
!($1 in n) { order[++tasks] = $1 }
{
    n[$1]++
    what = $3 == "failed" || $3 == "partial" ? "failed" : $2 in is_due ? ($3 == "none" ? "missing" : "stale") : $3 == "ok" ? "done" : $3
    count[$1, what]++
    if (what == "failed") print "# " $4 ": " $5 > "/dev/stderr"
}
END {
    for (i = 1; i <= tasks; i++) {
        t = order[i]
        print t, count[t, "done"] + 0, count[t, "stale"] + 0, count[t, "missing"] + 0, count[t, "failed"] + 0, \
            count[t, "empty"] + 0, count[t, "outside"] + 0
    }
}
