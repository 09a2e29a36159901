"""The statistics of eco-stats a second time: rational arithmetic, roots to 60 digits, pairs
of pairs one by one. Slow and plain.

    skill.py FIT FILE       a line "NAME VALUE" a statistic, of a file of o, s[, w]
    skill.py interval ROUNDS SEED LEVEL FILE    low and high of bias and rmse; of a file
                                                of o, s[, block]
    skill.py same A B       whether two such outputs agree
"""
import sys
from decimal import Decimal, getcontext
from fractions import Fraction as F

getcontext().prec = 60
NAN = None


def number(x):
    return Decimal(x.numerator) / Decimal(x.denominator) if isinstance(x, F) else x


def root(x):
    return NAN if x is NAN or x < 0 else number(x).sqrt()


def over(a, b):
    if a is NAN or b is NAN or b == 0:
        return NAN
    return a / b if isinstance(a, F) and isinstance(b, F) else number(a) / number(b)


def less(a, b):
    return NAN if a is NAN or b is NAN else a - b if isinstance(a, F) and isinstance(b, F) else number(a) - number(b)


def one_less(*parts):
    """1 - sqrt(sum of (part - 1)^2)"""
    if NAN in parts:
        return NAN
    return 1 - sum((number(p) - 1) ** 2 for p in parts).sqrt()


def quantile(v, p):
    v = sorted(v)
    if not v:
        return NAN
    place = F(p) * (len(v) - 1)
    i = int(place)
    return v[i] if i + 1 == len(v) else v[i] + (place - i) * (v[i + 1] - v[i])


def weighted_quantile(pairs, p):
    """As eco-sample(1) has it: values at the middles of their weights."""
    pairs = sorted(pairs)
    if not pairs:
        return NAN
    middle, below = [], F(0)
    for v, w in pairs:
        middle.append(below + w / 2)
        below += w
    place = middle[0] + F(p) * (middle[-1] - middle[0])
    for i in range(len(pairs) - 1):
        if middle[i] <= place <= middle[i + 1]:
            t = (place - middle[i]) / (middle[i + 1] - middle[i])
            return pairs[i][0] + t * (pairs[i + 1][0] - pairs[i][0])
    return pairs[-1][0]


def ranks(v):
    return [F(sum(x < y for x in v) + sum(x <= y for x in v) + 1, 2) for y in v]


def centred(a, b, w):
    total = sum(w)
    ma, mb = sum(x * y for x, y in zip(a, w)) / total, sum(x * y for x, y in zip(b, w)) / total
    return sum((x - ma) * (y - mb) * z for x, y, z in zip(a, b, w))


def pearson(a, b, w):
    aa, bb, ab = centred(a, a, w), centred(b, b, w), centred(a, b, w)
    if aa == 0 or bb == 0:
        return NAN
    r = root(ab * ab / (aa * bb))
    return -r if ab < 0 else r


def kendall(o, s):
    n, c, ties_o, ties_s = len(o), 0, 0, 0
    for i in range(n):
        for j in range(i):
            a, b = o[i] - o[j], s[i] - s[j]
            c += (a * b > 0) - (a * b < 0)
            ties_o += a == 0
            ties_s += b == 0
    all_ = n * (n - 1) // 2
    return over(F(c), root(F((all_ - ties_o) * (all_ - ties_s))))


def line(fit, o, s, w):
    oo, ss, os = centred(o, o, w), centred(s, s, w), centred(o, s, w)
    if oo == 0:
        return NAN, NAN
    mo, ms = sum(map(F.__mul__, o, w)) / sum(w), sum(map(F.__mul__, s, w)) / sum(w)
    if fit == "ols":
        b = os / oo
    elif fit == "rma":
        b = NAN if os == 0 else root(ss / oo).copy_sign(number(os))
    elif fit == "deming":
        q = ss - oo
        b = NAN if os == 0 else (number(q) + root(q * q + 4 * os * os)) / number(2 * os)
    else:
        slopes = [(s[i] - s[j]) / (o[i] - o[j]) for i in range(len(o)) for j in range(i) if o[i] != o[j]]
        b = quantile(slopes, F(1, 2))
        return b, quantile(s, F(1, 2)) - b * quantile(o, F(1, 2))
    return b, NAN if b is NAN else less(ms, b * mo if isinstance(b, F) else number(b) * number(mo))


def statistics(fit, rows, dropped, weighted):
    o, s, w = ([r[k] for r in rows] for k in range(3))
    n, d = len(rows), [r[1] - r[0] for r in rows]
    out = dict(n=F(n), dropped=F(dropped))
    if n == 0:
        return out
    W = sum(w)
    mean = lambda v: sum(x * y for x, y in zip(v, w)) / W
    mo, ms, bias = mean(o), mean(s), mean(d)
    oo, ss, dd = centred(o, o, w), centred(s, s, w), centred(d, d, w)
    sse = sum(x * x * y for x, y in zip(d, w))
    degrees = W - sum(x * x for x in w) / W
    r, rmse = pearson(o, s, w), root(sse / W)
    alpha, beta = root(over(ss, oo)), over(ms, mo)
    gamma = over(alpha, beta)
    a, b = sum(abs(x) * y for x, y in zip(d, w)), 2 * sum(abs(x - mo) * y for x, y in zip(o, w))
    sd_o = NAN if n < 2 else root(oo / degrees)
    potential = sum((abs(x - mo) + abs(y - mo)) ** 2 * z for x, y, z in zip(s, o, w))
    error = [weighted_quantile(list(zip(d, w)), F(k, 4)) for k in range(5)]
    spread = [weighted_quantile(list(zip(o, w)), F(k, 4)) for k in range(5)]
    slope, intercept = line(fit, o, s, w)
    out.update(
        bias=bias, mae=a / W, rmse=rmse, ubrmse=NAN if n < 2 else root(dd / W),
        r=r, r2=NAN if r is NAN else centred(o, s, w) ** 2 / (oo * ss), slope=slope, intercept=intercept,
        kge=one_less(r, alpha, beta), alpha=alpha, beta=beta, kge2012=one_less(r, gamma, beta),
        gamma=gamma, nse=less(F(1), over(sse, oo)), d=less(F(1), over(sse, potential)),
        dr=less(F(1), over(a, b)) if a <= b else less(over(b, a), F(1)),
        mean_observed=mo, mean_model=ms, sd_observed=sd_o, sd_model=NAN if n < 2 else root(ss / degrees),
        error_q1=error[1], error_median=error[2], error_q3=error[3], nrmse_sd=over(rmse, sd_o),
        nrmse_range=over(rmse, max(o) - min(o)), nrmse_mean=over(rmse, mo),
        nrmse_iqr=over(rmse, spread[3] - spread[1]))
    if not weighted:
        out.update(spearman=pearson(ranks(o), ranks(s), w) if n > 1 else NAN,
                   kendall=kendall(o, s) if n > 1 else NAN)
    return out


def read(path):
    """Rows of whole numbers and decimals as the doubles that they are, and how many have none."""
    rows, dropped = [], 0
    for text in open(path):
        if not text.startswith("#"):
            fields = text.rstrip("\n").split("\t")
            if "NaN" in fields:
                dropped += 1
            else:
                rows.append([F(float(f)) for f in fields] + [F(1)] * (3 - len(fields)))
    return rows, dropped, len(fields) > 2 if rows or dropped else False


def splitmix64(seed):
    mask = 2 ** 64 - 1
    while True:
        seed = seed + 0x9E3779B97F4A7C15 & mask
        z = (seed ^ seed >> 30) * 0xBF58476D1CE4E5B9 & mask
        z = (z ^ z >> 27) * 0x94D049BB133111EB & mask
        yield z ^ z >> 31


def draw(source, n):
    while True:
        product = (next(source) >> 32) * n
        if product % 2 ** 32 >= 2 ** 32 % n:
            return product >> 32


def intervals(rounds, seed, level, path):
    blocks, source, found = {}, splitmix64(seed), ([], [])
    for k, text in enumerate(t for t in open(path) if not t.startswith("#")):
        o, s, *block = text.rstrip("\n").split("\t")
        blocks.setdefault(block[0] if block else k, []).append(F(float(s)) - F(float(o)))
    blocks = list(blocks.values())
    for _ in range(rounds):
        d = [e for _ in blocks for e in blocks[draw(source, len(blocks))]]
        found[0].append(F(float(sum(d) / len(d))))
        found[1].append(F(float(root(sum(e * e for e in d) / len(d)))))
    for name, v in zip(("bias", "rmse"), found):
        for end, p in (("low", (1 - F(level)) / 2), ("high", (1 + F(level)) / 2)):
            print(name + "_" + end, float(quantile(v, p)))


def values(path):
    return {name: value for name, value in (t.split() for t in open(path))}


def same(a, b):
    """As many digits as a double has, but for the last two bits; of what is a difference
    from 1, digits of that."""
    bad = 0
    for name in a.keys() | b.keys():
        x, y = a.get(name, "missing"), b.get(name, "missing")
        good = x == y
        if not good and "missing" not in (x, y) and "NaN" not in (x, y):
            x, y = float(x), float(y)
            floor = 1 if name in ("kge", "kge2012", "nse", "d", "dr") else 0
            good = abs(x - y) <= 5e-16 * max(abs(x), abs(y), floor)
        if not good:
            print(name, a.get(name), b.get(name))
            bad = 1
    return bad


if __name__ == "__main__":
    if sys.argv[1] == "same":
        sys.exit(same(values(sys.argv[2]), values(sys.argv[3])))
    if sys.argv[1] == "interval":
        intervals(int(sys.argv[2]), int(sys.argv[3]), sys.argv[4], sys.argv[5])
        sys.exit()
    rows, dropped, weighted = read(sys.argv[2])
    for name, value in statistics(sys.argv[1], rows, dropped, weighted).items():
        print(name, "NaN" if value is NAN else repr(float(value)))
