# Runs of one task in, one record a contender out: medians, and eco's time over its.
# A ratio is of two runs of one round, so that what slows the machine for a while slows
# both; ratio, ratio_least and ratio_most are the median and the ends of these.

function number(v) { return v == "" ? "NaN" : sprintf("%.6g", v) }

BEGIN {
    OFS = "\t"
    for (n = split(kinds, pair, " "); n; n--) {
        split(pair[n], part, "=")
        kind[part[1]] = part[2]
    }
    for (n = split(aims, pair, " "); n; n--) {
        split(pair[n], part, "=")
        aim[part[1]] = part[2]
    }
}

$4 { bad[$2] = 1 }
!($2 in seen) { seen[$2] = 1; name[++names] = $2 }
$3 > 0 {
    time[$2, $3] = by == "wall" ? $5 : $6 + $7
    wall[$2, $3] = $5
    if ($8 / 1024 > peak[$2])
        peak[$2] = $8 / 1024
    if ($3 > rounds)
        rounds = $3
    task = $1
}

END {
    # eco first, then in the order of the task
    for (k = 1; k <= names; k++)
        if (kind[name[k]] == "eco" && !bad[name[k]])
            put(name[k])
    for (k = 1; k <= names; k++)
        if (kind[name[k]] != "eco" && !bad[name[k]])
            put(name[k])
}

function put(c,    r, n, m, v, w, q, least, most, low, high, ratio, goal, met) {
    for (r = 1; r <= rounds; r++) {
        if (!((c, r) in time))
            continue
        v[++n] = time[c, r]
        w[n] = wall[c, r]
        if (("eco", r) in time && c != "eco" && time[c, r] > 0)
            q[++m] = time["eco", r] / time[c, r]
    }
    if (!n)
        return
    v[0] = median(v, n)
    w[0] = median(w, n)
    if (m) {
        ratio = median(q, m)
        low = q[1]
        high = q[m]
    }
    goal = c == "eco" ? aim["peak"] : aim[c]
    met = goal == "" ? "NA" : (c == "eco" ? peak[c] : ratio) <= goal ? "yes" : "no"
    print task, c, kind[c], by, number(v[0]), number(v[1]), number(v[n]), number(w[0]), \
        sprintf("%.1f", peak[c]), number(ratio), number(low), number(high), number(goal), \
        met, about
}
