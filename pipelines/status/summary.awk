# summary.awk: where the time of all runs went, by site and variable, as records.
#
# usage: awk -f summary.awk LIST... JOBLOG
#
# LIST... are plan.awk's, OUT/.eco/site/SITE/VAR/list; JOBLOG is eco-regrid's.
BEGIN { FS = OFS = "\t" }
FILENAME ~ /\/list$/ { n = split(FILENAME, part, "/"); task[$2] = part[n - 2] "/" part[n - 1]; next }
/^#/ { for (i = 1; i <= NF; i++) at[$i] = i; next }
{
    t = $at["#path"] in task ? task[$at["#path"]] : "NA"
    s = $at["seconds"] + 0
    if (!(t in scenes)) order[++tasks] = t
    scenes[t]++
    seconds[t] += s
    if (s >= most[t] + 0) { most[t] = s; slowest[t] = $at["#path"] }
    if ($at["memory"] + 0 > memory[t] + 0) memory[t] = $at["memory"] + 0
    if ($at["status"] == "failed") failed[t]++
}
END {
    print "#task", "averaged", "failed", "seconds", "mean", "longest", "memory", "slowest"
    for (i = 1; i <= tasks; i++) {
        t = order[i]
        print t, scenes[t], failed[t] + 0, sprintf("%.2f", seconds[t]), sprintf("%.4f", seconds[t] / scenes[t]), \
            sprintf("%.4f", most[t]), sprintf("%.1f", memory[t]), slowest[t]
    }
}
