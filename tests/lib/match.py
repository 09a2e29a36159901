"""eco-match a second time: every satellite record against every tower record.

    match.py made SEED SATELLITE TOWER    two sorted files with ties, gaps, duplicates
    match.py check SATELLITE TOWER PAIRS UNMATCHED RULE [NAME=VALUE]...
                                          whether the pairs are those, in any order
"""
import random
import sys
from calendar import timegm
from fractions import Fraction as F
from time import gmtime, strftime, strptime

FORM = "%Y-%m-%dT%H:%M:%SZ"


def seconds(text):
    return timegm(strptime(text, FORM))


def text(s):
    return strftime(FORM, gmtime(s))


def made(seed, satellite, tower):
    dice = random.Random(seed)
    first = 1577836800  # 2020-01-01
    sat, tow = [], []
    for site in ("B", "A", "a b", "C", "AA"):
        step = dice.choice((1800, 3600, 600))
        offset = dice.choice((0, 0, 900, 37))
        at = first + offset
        while at < first + 86400 * 2:
            if dice.random() < 0.9:
                tow.append([site, at, at + step])
            if dice.random() < 0.1:  # the same again
                tow.append([site, at, at + step])
            if dice.random() < 0.1:  # another interval about it
                tow.append([site, at, at + dice.choice((step // 2, 2 * step))])
            at += step * (dice.randint(2, 9) if dice.random() < 0.05 else 1)
        at = first - 7200
        while at < first + 86400 * 2 + 7200:
            at += dice.choice((0, 1, 52, 52, 119, 120, 121, 900, 1800, 3600, 5000))
            when = at if dice.random() < 0.6 else at // 900 * 900
            for layer in ("LST", "ET"):
                if dice.random() < 0.7:
                    sat.append([site, when, layer])
    sat = [s for s in sat if s[0] != "C"]
    tow = [t for t in tow if t[0] != "AA"]
    sat.sort(key=lambda r: (r[0].encode(), r[1]))
    dice.shuffle(tow)
    tow.sort(key=lambda r: (r[0].encode(), r[1]))
    with open(satellite, "w") as f:
        f.write("##unit.value=K\n#site\ttime\tlayer\tid\tvalue\tn\tview_zenith\tlon\n")
        for i, (site, when, layer) in enumerate(sat):
            value = dice.choice(("NaN", str(dice.randint(0, 99)), "4.5"))
            f.write("\t".join((site, text(when), layer, "s%d" % i, value, str(dice.randint(7, 9)),
                               str(dice.randint(0, 3)), str(dice.choice((-60, -59.5, 170))))) + "\n")
    with open(tower, "w") as f:
        f.write("##unit.LE=W m-2\n#end\tsite\tLE\tstart\ttid\tflag\tvalue\n")
        for i, (site, start, end) in enumerate(tow):
            le = dice.choice(("NaN", str(dice.randint(-50, 400)), "%.3f" % dice.random()))
            f.write("\t".join((text(end), site, le, text(start), "t%d" % i, dice.choice("ab"),
                               str(i))) + "\n")


def read(path):
    lines = [x.rstrip("\n") for x in open(path)]
    names = next(x[1:] for x in lines if x.startswith("#") and not x.startswith("##")).split("\t")
    return names, [dict(zip(names, x.split("\t"))) for x in lines if not x.startswith("#")]


def number(s):
    return None if s == "NaN" else F(s)


def overpasses(sat, span, rule):
    """Lists of records that are one overpass, the one that counts first."""
    done = {}
    for r in sat:
        groups = done.setdefault((r["site"], r["layer"]), [])
        t = seconds(r["time"])
        if rule != "all" and groups and t - seconds(groups[-1][0]["time"]) <= span:
            groups[-1].append(r)
        else:
            groups.append([r])
    for groups in done.values():
        for g in groups:
            if rule == "best":
                best = min(range(len(g)), key=lambda i: (sum(v == "NaN" for v in g[i].values()),
                                                         -int(g[i]["n"]), int(g[i]["view_zenith"]), i))
                g.insert(0, g.pop(best))
            yield g


def candidates(o, t, tower, lon):
    """Tower records (start, end, record) of the site that go with t, and their weights."""
    low, high = (F(x) for x in o["window"].split(","))
    middle = lambda r: F(r[0] + r[1], 2)
    at = dict(middle=middle, start=lambda r: F(r[0]), end=lambda r: F(r[1]))[o["at"]]
    if o["pick"] == "within":
        found = sorted((-r[0], r[1], i) for i, r in enumerate(tower) if r[0] < t <= r[1])
        return [tower[found[0][2]]] if found else [], at, None
    if o["pick"] == "nearest":
        found = sorted((abs(at(r) - t), at(r), i) for i, r in enumerate(tower) if low <= at(r) - t <= high)
        return [tower[found[0][2]]] if found else [], at, None
    if o["pick"] == "mean":
        return [r for r in tower if low <= middle(r) - t <= high], at, None
    if o["pick"] == "daily":
        day = t // 86400 * 86400
        return [r for r in tower if day <= middle(r) < day + 86400], at, None
    before = sorted((t - middle(r), i) for i, r in enumerate(tower) if low <= middle(r) - t <= 0)
    behind = sorted((middle(r) - t, i) for i, r in enumerate(tower) if 0 <= middle(r) - t <= high)
    if not before or not behind:
        return [], at, None
    a, b = tower[before[0][1]], tower[behind[0][1]]
    if middle(a) == middle(b):
        return [a], at, None
    share = (t - middle(a)) / (middle(b) - middle(a))
    return [a, b], at, [1 - share, share]


def together(values, weights=None, strict=False):
    numbers = [number(v) for v in values]
    there = [(n, w) for n, w in zip(numbers, weights or [1] * len(values)) if n is not None]
    if not there or (strict and len(there) < len(values)):
        return None
    return sum(n * w for n, w in there) / sum(w for _, w in there)


def expect(sat, tower, o):
    """Dicts of pairs, and (id, reason) of what has none."""
    sites = {}
    for r in tower:
        intervals = sites.setdefault(r["site"], [])
        interval = (seconds(r["start"]), seconds(r["end"]))
        if all(interval != i[:2] for i in intervals):
            intervals.append((*interval, r))
    pairs, lost = [], []
    for group in overpasses(sat, int(o["overpass"]), o["one"]):
        head, t = group[0], seconds(group[0]["time"])
        if o["one"] == "best":
            lost += [(r["id"], "repeat") for r in group[1:]]
            group = [head]
        there = sites.get(head["site"], [])
        found, at, weights = candidates(o, t, there, head["lon"])
        if not found:
            reason = ("no-site" if not there else
                      "before-first" if t <= min(r[0] for r in there) else
                      "after-last" if t > max(r[1] for r in there) else "gap")
            lost += [(r["id"], reason) for r in group]
            continue
        flags = {r[2]["flag"] for r in found}
        ids = [r["id"] for r in group]
        pairs.append(dict(
            id=ids[0] if len(ids) == 1 else "NA", time=head["time"], layer=head["layer"],
            n=together([r["n"] for r in group]), value=together([r["value"] for r in group]),
            start=text(min(r[0] for r in found)), end=text(max(r[1] for r in found)),
            LE=together([r[2]["LE"] for r in found], weights, bool(weights)),
            value_tower=together([r[2]["value"] for r in found], weights, bool(weights)),
            flag=flags.pop() if len(flags) == 1 else "NA",
            tid=found[0][2]["tid"] if len(found) == 1 else "NA",
            lag=F(0) if weights else sum(at(r) - t for r in found) / len(found) / 60,
            n_tower=F(len(found)), site=head["site"]))
    return pairs, lost


def same(a, b):
    """A value as expected and as text."""
    if isinstance(a, str):
        return a == b
    if a is None or b == "NaN":
        return a is None and b == "NaN"
    return abs(a - F(b)) <= F(1, 10 ** 12) * max(1, abs(a))


def check(satellite, tower, pairs, unmatched, *words):
    o = dict(pick="within", window="-1800,1800", at="middle", one="best", overpass="120")
    o.update(w.split("=") for w in words)
    wanted, lost = expect(read(satellite)[1], read(tower)[1], o)
    names, got = read(pairs)
    bad = 0
    key = lambda r: (r["site"], r["time"], r["layer"], r["id"])
    wanted.sort(key=key)
    got.sort(key=key)
    if len(wanted) != len(got) or not wanted:
        print(len(wanted), "pairs are wanted, there are", len(got))
        bad = 1
    for w, g in zip(wanted, got):
        wrong = [n for n in w if not same(w[n], g[n])]
        if wrong and bad < 3:
            print({n: str(w[n]) for n in wrong}, g)
            bad += 1
    found = sorted((r["id"], r["reason"]) for r in read(unmatched)[1])
    if found != sorted(lost):
        print("unmatched:", sorted(set(found) ^ set(lost))[:5])
        bad = 1
    print(len(wanted), "pairs,", len(lost), "without", sorted({r for _, r in lost}))
    return bad


if __name__ == "__main__":
    if sys.argv[1] == "made":
        made(int(sys.argv[2]), sys.argv[3], sys.argv[4])
    else:
        sys.exit(check(*sys.argv[2:]) != 0)
