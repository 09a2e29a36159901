# Runs of one command at many sizes in (contender NAME@SIZE), one record a size out, with
# the fit cost = fixed + factor x size ^ exponent. The fit is the one whose relative
# errors have the least sum of squares, among exponents in steps of 0.005.

$4 { bad[$2] = 1 }
!($2 in seen) {
    seen[$2] = 1
    order[++sizes] = $2
    split($2, part, "@")
    name[$2] = part[1]
    size[$2] = part[2]
}
$3 > 0 {
    time[$2, $3] = $6 + $7
    wall[$2, $3] = $5
    if ($8 / 1024 > peak[$2])
        peak[$2] = $8 / 1024
    if ($3 > rounds)
        rounds = $3
    task = $1
}

END {
    OFS = "\t"
    for (k = 1; k <= sizes; k++)
        if (!bad[order[k]])
            measure(order[k])
    for (k = 1; k <= sizes; k++) {
        c = order[k]
        if (bad[c])
            continue
        if (!(name[c] in done)) {
            fit(name[c])
            done[name[c]] = 1
        }
        print task, name[c], unit, size[c], cpu[c], least[c], most[c], walls[c], \
            sprintf("%.1f", peak[c]), sprintf("%.6g", fixed), sprintf("%.6g", factor), \
            sprintf("%.3f", exponent), about
    }
}

function measure(c,    r, n, v, w) {
    for (r = 1; r <= rounds; r++)
        if ((c, r) in time) {
            v[++n] = time[c, r]
            w[n] = wall[c, r]
        }
    cpu[c] = sprintf("%.6g", median(v, n))
    walls[c] = sprintf("%.6g", median(w, n))
    least[c] = sprintf("%.6g", v[1])
    most[c] = sprintf("%.6g", v[n])
}

# Linear least squares for fixed and factor at each exponent, weights 1 / cost^2; fixed
# cannot be negative.
function fit(who,    e, k, c, w, x, s, sx, sxx, sy, sxy, a, b, d, error, best) {
    best = -1
    for (e = 0.5; e <= 2; e += 0.005) {
        s = sx = sxx = sy = sxy = error = 0
        for (k = 1; k <= sizes; k++) {
            c = order[k]
            if (bad[c] || name[c] != who)
                continue
            w = 1 / (cpu[c] * cpu[c])
            x = size[c] ^ e
            s += w; sx += w * x; sxx += w * x * x; sy += w * cpu[c]; sxy += w * x * cpu[c]
        }
        d = s * sxx - sx * sx
        a = d > 0 ? (sxx * sy - sx * sxy) / d : 0
        if (a < 0)
            a = 0
        b = sxx > 0 ? (sxy - a * sx) / sxx : 0
        for (k = 1; k <= sizes; k++) {
            c = order[k]
            if (bad[c] || name[c] != who)
                continue
            d = (a + b * size[c] ^ e) / cpu[c] - 1
            error += d * d
        }
        if (best < 0 || error < best) {
            best = error
            fixed = a
            factor = b
            exponent = e
        }
    }
}
