# Statistics of a grid's cells by exact overlaps, as a judge: nothing here is shared with
# what it judges. Reads the corners of a source's pixels in the grid's columns and rows,
# (COLUMNS + 1) x (ROWS + 1) lines "x y" row after row, then its pixels, one a line (nan is
# none). Variables: columns, rows of the source; across, down of the grid; pixel_area,
# when all pixels have one area. Prints a line a cell: n coverage mean sum stddev min max
# median q1 q3 mode, "nan" where no pixel is in it.

# The part of the polygon px, py of n corners with side * (u - edge) >= 0, u being x or y.
function cut(side, edge, vertical,    i, j, m, a, b, t, nx, ny) {
    m = 0
    for (i = 1; i <= n; i++) {
        j = i > 1 ? i - 1 : n
        a = side * ((vertical ? py[j] : px[j]) - edge)
        b = side * ((vertical ? py[i] : px[i]) - edge)
        if (a * b < 0) {
            t = a / (a - b)
            m++
            nx[m] = px[j] + t * (px[i] - px[j])
            ny[m] = py[j] + t * (py[i] - py[j])
        }
        if (b >= 0) {
            m++
            nx[m] = px[i]
            ny[m] = py[i]
        }
    }
    n = m
    for (i = 1; i <= m; i++) {
        px[i] = nx[i]
        py[i] = ny[i]
    }
}

function area(    i, j, s) {
    for (i = 1; i <= n; i++) {
        j = i < n ? i + 1 : 1
        s += (px[i] - px[1]) * (py[j] - py[1]) - (px[j] - px[1]) * (py[i] - py[1])
    }
    return s < 0 ? -s / 2 : s / 2
}

function quad(c, r) {
    n = 4
    px[1] = x[r, c]; py[1] = y[r, c]
    px[2] = x[r, c + 1]; py[2] = y[r, c + 1]
    px[3] = x[r + 1, c + 1]; py[3] = y[r + 1, c + 1]
    px[4] = x[r + 1, c]; py[4] = y[r + 1, c]
}

function least(a, b) {return a < b ? a : b}
function most(a, b) {return a > b ? a : b}
function down_to(v) {return v < 0 && v != int(v) ? int(v) - 1 : int(v)}

# Hands a pixel's area out.
function hand_out(c, r, v,    whole, x0, x1, y0, y1, i, j, a) {
    quad(c, r)
    whole = area()
    x0 = least(least(px[1], px[2]), least(px[3], px[4]))
    x1 = most(most(px[1], px[2]), most(px[3], px[4]))
    y0 = least(least(py[1], py[2]), least(py[3], py[4]))
    y1 = most(most(py[1], py[2]), most(py[3], py[4]))
    for (i = most(0, down_to(y0)); i <= y1 && i < down; i++)
        for (j = most(0, down_to(x0)); j <= x1 && j < across; j++) {
            quad(c, r)
            cut(1, j, 0); cut(-1, j + 1, 0); cut(1, i, 1); cut(-1, i + 1, 1)
            a = n > 2 ? area() : 0
            if (a < 1e-9 && a < 1e-9 * whole)
                continue
            items[i, j]++
            item_v[i, j, items[i, j]] = v
            item_w[i, j, items[i, j]] = a
            item_n[i, j, items[i, j]] = a / whole
        }
}

# Of the m items in v[] and w[], which are in order.
function quantile(p, total,    k, place, below, middle, next_) {
    place = w[1] / 2 + p * (total - w[m] / 2 - w[1] / 2)
    for (k = 1; k < m && below + w[k] + w[k + 1] / 2 <= place; k++)
        below += w[k]
    if (k == m)
        return v[m]
    middle = below + w[k] / 2
    next_ = below + w[k] + w[k + 1] / 2
    return v[k] + (place - middle) / (next_ - middle) * (v[k + 1] - v[k])
}

function put(i, j,    k, l, t, weight, count, sum, share_sum, square, mode, heaviest, run) {
    m = items[i, j]
    if (!m) {
        print "0 0 nan nan nan nan nan nan nan nan nan"
        return
    }
    for (k = 1; k <= m; k++) {
        v[k] = item_v[i, j, k]
        w[k] = item_w[i, j, k]
        weight += w[k]
        count += item_n[i, j, k]
        sum += w[k] * v[k]
        share_sum += item_n[i, j, k] * v[k]
        for (l = k; l > 1 && (v[l] < v[l - 1] || v[l] == v[l - 1] && w[l] < w[l - 1]); l--) {
            t = v[l]; v[l] = v[l - 1]; v[l - 1] = t
            t = w[l]; w[l] = w[l - 1]; w[l - 1] = t
        }
    }
    for (k = 1; k <= m; k++) {
        square += w[k] * (v[k] - sum / weight) ^ 2
        run = k > 1 && v[k] == v[k - 1] ? run + w[k] : w[k]
        if (run > heaviest * (1 + 1e-9)) {
            heaviest = run
            mode = v[k]
        }
    }
    printf "%.17g %.17g %.17g %.17g %.17g %.17g %.17g %.17g %.17g %.17g %.17g\n", count,
        weight, sum / weight, share_sum, sqrt(square / weight), v[1], v[m],
        quantile(0.5, weight), quantile(0.25, weight), quantile(0.75, weight), mode
}

NR <= (columns + 1) * (rows + 1) {
    r = int((NR - 1) / (columns + 1))
    x[r, (NR - 1) % (columns + 1)] = $1
    y[r, (NR - 1) % (columns + 1)] = $2
    next
}
$1 != "nan" {
    i = NR - (columns + 1) * (rows + 1) - 1
    hand_out(i % columns, int(i / columns), $1)
}
END {
    for (i = 0; i < down; i++)
        for (j = 0; j < across; j++)
            put(i, j)
}
