"""Swaths for tests: made-up granules, and what eco should make of them, by brute force.

    swath.py granule DIR [SCANS COLUMN COLUMNS [MISSING]]
        L1B_GEO and L2_LSTE of some of the 5400 columns, laid out as JPL's programs write
        them, with footprints that are known: the platform on a circle over a sphere
    swath.py mesh FILE SCANS ROWS COLUMNS LON LAT SEED
        one file with latitude, longitude, view_zenith and value: pixels of about 0.02
        degrees with corners anywhere, scans that overlap
    swath.py area GRID BANDS FILE|GEO,LAYER ROWS [all|first|nadir] [CRS]
        the cells' statistics, row by row, as text: areas by rational numbers where there is
        no CRS, else of doubles with places by cs2cs
    swath.py points TABLE FILE ROWS
        row and column of the pixel that holds each point
    swath.py window FILE OUT
        the part of the VIIRS window that expected values are there for
    swath.py orbit FILE OUT
        the left beams of the ASCAT orbit, around the earth, with numbers for values
    swath.py near GRID FILE CRS RADIUS
        the value of the nearest centre within so many metres of each cell's, by scipy's k-d
        tree
    swath.py cdo FILE ROWS OUT
        its footprints as cdo wants them; and what cdo made: cdo-values FILE
    swath.py raster FILE
        the values of a raster, cell by cell
    swath.py same OURS THEIRS TOLERANCE
"""
import math
import subprocess
import sys
import tempfile
from fractions import Fraction

import h5py
import numpy as np

# ---- granules ----------------------------------------------------------------------------

R, HEIGHT = 6371000.0, 415000.0


def position(s, i, j):
    """Latitude and longitude of sample j of line i of scan s, which may be fractions."""
    a = R + HEIGHT
    w = math.sqrt(3.986004418e14 / a**3)
    t = s * 60 / 50.8 + j * 3.21875e-5
    u = math.radians(30) + w * t
    inclination, earth = math.radians(51.6), 7.2921159e-5
    zero = 0 * u
    z = np.array([np.cos(u), np.sin(u) * math.cos(inclination),
                  np.sin(u) * math.sin(inclination)] + [zero])[:3]
    v = np.array([-np.sin(u), np.cos(u) * math.cos(inclination),
                  np.cos(u) * math.sin(inclination)])
    c = np.cross(v, z, axis=0)
    phi = np.arctan((i - 63.5) * 0.08 / 431.38)
    theta = np.radians((j - 2699.5) * 52.976211335702346 / 5400)
    look = np.sin(phi) * v + np.cos(phi) * (np.sin(theta) * c - np.cos(theta) * z)
    q = np.cos(phi) * np.cos(theta)
    rho = a * q - np.sqrt(R**2 - a**2 * (1 - q**2))
    p = a * z + rho * look
    lat = np.degrees(np.arcsin(p[2] / R))
    lon = np.degrees(np.arctan2(p[1], p[0]) - earth * t) - 110
    zenith = np.degrees(np.arccos(np.clip(-(look * p).sum(axis=0) / R, -1, 1)))
    return lat, (lon + 180) % 360 - 180, zenith


def granule(folder, scans=3, column=5300, columns=60, missing=None):
    j = column + np.arange(columns) + 0.0
    lat, lon, zenith = (np.empty((scans * 128, columns)) for _ in range(3))
    for s in range(scans):
        jj, ii = np.meshgrid(j, np.arange(128) + 0.0)
        at = slice(s * 128, (s + 1) * 128)
        lat[at], lon[at], zenith[at] = position(s, ii, jj)
    if missing is not None:
        at = slice(missing * 128, (missing + 1) * 128)
        lat[at] = lon[at] = -9999
    geo = "ECOSTRESS_L1B_GEO_21485_013_20220420T211350_0601_01.h5"
    lste = "ECOSTRESS_L2_LSTE_21485_013_20220420T211350_0601_02.h5"
    with h5py.File(f"{folder}/{geo}", "w") as f:
        g = f.create_group("Geolocation")
        for name, values, units, low, high in (
                ("latitude", lat, "degrees", -90, 90),
                ("longitude", lon, "degrees", -180, 180),
                ("view_zenith", zenith.astype("f4"), "degrees", -90, 90)):
            d = g.create_dataset(name, data=values, compression="gzip")
            d.attrs["Units"], d.attrs["valid_min"], d.attrs["valid_max"] = units, low, high
        for name, text in (("FieldOfViewObstruction", "NO"), ("StartOrbitNumber", "21485")):
            f[f"StandardMetadata/{name}"] = text
        f["L1GEOMetadata/GeolocationAccuracyQA"] = "Good"
    row, col = np.mgrid[0:scans * 128, 0:columns]
    packed = (14000 + (row * 37 + col * 101) % 997).astype("u2")
    packed[(row * 7 + col * 3) % 53 == 0] = 0
    with h5py.File(f"{folder}/{lste}", "w") as f:
        d = f.create_dataset("SDS/LST", data=packed, compression="gzip",
                             chunks=(max(1, scans * 128 // 10), max(1, columns // 10)))
        d.attrs["_FillValue"] = np.array([0], "u2")
        d.attrs["valid_range"] = np.array([7500, 65535], "u2")
        d.attrs["scale_factor"], d.attrs["add_offset"] = np.array([0.02]), np.array([0.0])
        d.attrs["units"] = np.bytes_("K")
        f["StandardMetadata/FieldOfViewObstruction"] = "NO"
        f.create_dataset("SDS/QC", data=(row % 4).astype("u2"))
    print(geo, lste)


def mesh(path, scans, rows, columns, lon0, lat0, seed):
    dice = np.random.default_rng(seed)
    lat, lon, zenith = (np.empty((scans * rows, columns)) for _ in range(3))
    for s in range(scans):
        r, c = np.mgrid[0:rows, 0:columns].astype(float)
        middle = (rows - 1) / 2
        y = (s * rows * 0.8 + middle + (r - middle) * 1.1)
        at = slice(s * rows, (s + 1) * rows)
        lon[at] = lon0 + 0.02 * (c + 0.3 * y) + dice.uniform(-0.004, 0.004, r.shape)
        lat[at] = lat0 - 0.02 * (y - 0.2 * c) + dice.uniform(-0.004, 0.004, r.shape)
        zenith[at] = 10 + abs(r - middle) + 0.1 * s
    lon = (lon + 180) % 360 - 180
    value = dice.uniform(270, 330, lat.shape)
    value[dice.uniform(size=lat.shape) < 0.05] = np.nan
    lat[dice.uniform(size=lat.shape) < 0.01] = -9999
    with h5py.File(path, "w") as f:
        f["latitude"], f["longitude"], f["value"] = lat, lon, value
        f["view_zenith"] = zenith.astype("f4")


# ---- footprints --------------------------------------------------------------------------

def near(v, middle, turn):
    return v + turn * round((middle - v) / turn) if turn and abs(v - middle) > turn / 2 else v


def quads(x, y, rows, turn=0):
    """Corners of each pixel, or None: {(row, column): [(x, y)] * 4}."""
    found = {}
    height, width = len(x), len(x[0])
    for first in range(0, height, rows):
        px = [[None] * (width + 2) for _ in range(rows + 2)]
        py = [[None] * (width + 2) for _ in range(rows + 2)]
        for r in range(rows):
            for c in range(width):
                if x[first + r][c] is not None:
                    px[r + 1][c + 1], py[r + 1][c + 1] = x[first + r][c], y[first + r][c]

        def beyond(to, last, before):
            (tr, tc), (lr, lc), (br, bc) = to, last, before
            if px[lr][lc] is None or px[br][bc] is None:
                return
            px[tr][tc] = px[lr][lc] + near(px[lr][lc] - px[br][bc], 0, turn)
            py[tr][tc] = py[lr][lc] + (py[lr][lc] - py[br][bc])

        for r in range(1, rows + 1):
            beyond((r, 0), (r, 1), (r, 2))
            beyond((r, width + 1), (r, width), (r, width - 1))
        for c in range(width + 2):
            beyond((0, c), (1, c), (2, c))
            beyond((rows + 1, c), (rows, c), (rows - 1, c))

        def corner(r, c):
            at = [(r, c), (r, c + 1), (r + 1, c + 1), (r + 1, c)]
            if any(px[i][j] is None for i, j in at):
                return None
            xs = [near(px[i][j], px[r][c], turn) for i, j in at]
            return near(sum(xs) / 4, 0, turn), sum(py[i][j] for i, j in at) / 4

        corners = [[corner(r, c) for c in range(width + 1)] for r in range(rows + 1)]
        for r in range(rows):
            for c in range(width):
                q = [corners[r][c], corners[r][c + 1], corners[r + 1][c + 1], corners[r + 1][c]]
                if x[first + r][c] is not None and all(k is not None for k in q):
                    q = [(near(k[0], q[0][0], turn), k[1]) for k in q]
                    found[first + r, c] = q
    return found


def area_of(shape):
    return sum(shape[i - 1][0] * shape[i][1] - shape[i][0] * shape[i - 1][1]
               for i in range(len(shape))) / 2


def cut(shape, axis, edge, side):
    out = []
    for i in range(len(shape)):
        p, q = shape[i - 1], shape[i]
        a, b = side * (p[axis] - edge), side * (q[axis] - edge)
        if (a < 0 < b) or (b < 0 < a):
            t = a / (a - b)
            at = [p[0] + (q[0] - p[0]) * t, p[1] + (q[1] - p[1]) * t]
            at[axis] = edge
            out.append(tuple(at))
        if b >= 0:
            out.append(q)
    return out


def parts(quad, columns, rows):
    """(column, row, area) of a quadrilateral in unit cells."""
    xs, ys = [p[0] for p in quad], [p[1] for p in quad]
    for c in range(max(0, math.floor(min(xs))), min(columns - 1, math.floor(max(xs))) + 1):
        strip = cut(cut(quad, 0, c, 1), 0, c + 1, -1)
        for r in range(max(0, math.floor(min(ys))), min(rows - 1, math.floor(max(ys))) + 1):
            piece = cut(cut(strip, 1, r, 1), 1, r + 1, -1) if strip else []
            if len(piece) > 2 and area_of(piece):
                yield c, r, abs(area_of(piece))


def holds(quad, x, y):
    signs = []
    for i in range(4):
        (ax, ay), (bx, by) = quad[i - 1], quad[i]
        signs.append((bx - ax) * (y - ay) - (x - ax) * (by - ay))
    return all(s >= 0 for s in signs) or all(s <= 0 for s in signs)


# ---- what eco should make of it ----------------------------------------------------------

def read_grid(path):
    g = {}
    for line in open(path):
        if line.startswith("##") and "=" in line:
            key, _, value = line[2:].strip().partition("=")
            g[key] = value
    return {k: float(g[k]) if k in ("x0", "y0", "dx", "dy") else
            int(g[k]) if k in ("columns", "rows") else v for k, v in g.items()}


def find(f, name):
    hit = []
    f.visititems(lambda path, d: hit.append(d) if path.split("/")[-1] == name else None)
    return hit[0] if hit else None


def read_swath(files):
    files = files.split(",")
    geo = h5py.File(files[0])
    lat = find(geo, "latitude") or find(geo, "lat")
    lon = find(geo, "longitude") or find(geo, "lon")
    lat, lon = np.array(lat[()], "f8"), np.array(lon[()], "f8")
    zenith = find(geo, "view_zenith")
    zenith = None if zenith is None else zenith[()]
    if len(files) > 1:
        d = h5py.File(files[1])["SDS/LST"]
        value = np.where(d[()] == 0, np.nan, d[()] * 0.02)
    else:
        value = find(geo, "value")[()]
    return lat, lon, zenith, value


def to_plane(lat, lon, crs):
    good = abs(lat) <= 90
    text = "\n".join(f"{a!r} {b!r}" for a, b in zip(lon[good].tolist(), lat[good].tolist()))
    out = subprocess.run(["cs2cs", "-f", "%.17g", "+proj=longlat +datum=WGS84", "+to", crs],
                         input=text, capture_output=True, text=True, check=True).stdout
    x, y = np.full(lat.shape, np.nan), np.full(lat.shape, np.nan)
    x[good], y[good] = np.array([line.split()[:2] for line in out.splitlines()], "f8").T
    return x, y


def in_cells(files, grid, crs):
    lat, lon, zenith, value = read_swath(files)
    number = float if crs else Fraction
    if crs:
        x, y = to_plane(lat, lon, crs)
    else:
        x, y = np.where(abs(lat) <= 90, lon, np.nan), lat
    def cell(v, origin, step):
        return None if np.isnan(v) else (number(float(v)) - number(origin)) / number(step)
    cx = [[cell(v, grid["x0"], grid["dx"]) for v in row] for row in x]
    cy = [[None if a is None else cell(v, grid["y0"], -grid["dy"])
           for a, v in zip(xs, ys)] for xs, ys in zip(cx, y)]
    return cx, cy, zenith, value


def displaced(q, cx, cy, zenith, rows, overlap):
    """Pixels whose centre is another scan's."""
    out = set()
    by_scan = {}
    for (r, c), quad in q.items():
        by_scan.setdefault(r // rows, []).append((r, c, quad))
    for (r, c), quad in q.items():
        scan = r // rows
        for s in ([scan - 1] if overlap == "first" else [scan - 1, scan + 1]):
            for rr, cc, other in by_scan.get(s, []):
                xs, ys = [p[0] for p in other], [p[1] for p in other]
                if not (min(xs) <= cx[r][c] <= max(xs) and min(ys) <= cy[r][c] <= max(ys)):
                    continue
                if not holds(other, cx[r][c], cy[r][c]):
                    continue
                if overlap == "first" or zenith[rr][cc] < zenith[r][c] or (
                        zenith[rr][cc] == zenith[r][c] and s < scan):
                    out.add((r, c))
                break
    return out


def area(grid_path, bands, files, rows, overlap="all", crs=None):
    g = read_grid(grid_path)
    turn = 0
    cx, cy, zenith, value = in_cells(files, g, crs)
    q = quads(cx, cy, rows, turn)
    away = set() if overlap == "all" else displaced(q, cx, cy, zenith, rows, overlap)
    cells = {}
    centre = {}
    for (r, c), quad in sorted(q.items()):
        v = value[r][c]
        if np.isnan(v):
            continue
        v = float(v) if crs else Fraction(float(v))
        xs, ys = [p[0] for p in quad], [p[1] for p in quad]
        for i in range(max(0, math.ceil(min(ys) - 0.5)),
                       min(g["rows"] - 1, math.floor(max(ys) - 0.5)) + 1):
            for j in range(max(0, math.ceil(min(xs) - 0.5)),
                           min(g["columns"] - 1, math.floor(max(xs) - 0.5)) + 1):
                half = 0.5 if crs else Fraction(1, 2)
                rank = zenith[r][c] if overlap == "nadir" else 0
                if holds(quad, j + half, i + half) and (
                        (j, i) not in centre or rank < centre[j, i][1]):
                    centre[j, i] = (v, rank)
        if (r, c) in away:
            continue
        whole = abs(area_of(quad))
        for j, i, a in parts(quad, g["columns"], g["rows"]):
            cells.setdefault((j, i), []).append((a, a / whole, v))
    for i in range(g["rows"]):
        for j in range(g["columns"]):
            seen = [p for p in cells.get((j, i), []) if p[0] >= 1e-9 or p[1] >= 1e-9]
            w = sum(p[0] for p in seen)
            row = []
            for b in bands.split(","):
                if b == "nearest":
                    row.append(float(centre[j, i][0]) if (j, i) in centre else math.nan)
                elif b == "coverage":
                    row.append(min(1.0, float(w)))
                elif b == "coverage_raw":
                    row.append(float(w))
                elif b == "n":
                    row.append(float(sum(p[1] for p in seen)))
                elif not seen or w < 1e-9:
                    row.append(math.nan)
                elif b == "mean":
                    row.append(float(sum(p[0] * p[2] for p in seen) / w))
                elif b == "sum":
                    row.append(float(sum(p[1] * p[2] for p in seen)))
                elif b == "variance":
                    m = sum(p[0] * p[2] for p in seen) / w
                    row.append(float(sum(p[0] * (p[2] - m) ** 2 for p in seen) / w))
                elif b in ("min", "max"):
                    row.append(float({"min": min, "max": max}[b](p[2] for p in seen)))
            print(*row)


def points(table, files, rows):
    lat, lon, _, value = read_swath(files)
    cx = [[None if abs(a) > 90 else Fraction(float(o)) for a, o in zip(x, y)]
          for x, y in zip(lat, lon)]
    cy = [[None if a is None else Fraction(float(v)) for a, v in zip(x, y)]
          for x, y in zip(cx, lat)]
    q = quads(cx, cy, rows, 360)
    for line in open(table):
        if line.startswith("#"):
            continue
        x, y = (Fraction(float(v)) for v in line.split()[:2])
        at = None
        for (r, c), quad in sorted(q.items()):
            k = [(near(px, x, 360), py) for px, py in quad]
            if holds(k, x, y) and (at is None or np.isnan(value[at])):
                if at is None or not np.isnan(value[r, c]):
                    at = (r, c)
        print(*(at if at else ("NaN", "NaN")),
              value[at] if at else "NaN")


def window(path, out):
    src = h5py.File(path)
    at = (slice(320, 400), slice(1100, 1300))
    with h5py.File(out, "w") as f:
        f["lat"], f["lon"] = src["lat"][at].astype("f8"), src["lon"][at].astype("f8")
        f["value"] = (np.arange(80 * 200).reshape(80, 200) % 97).astype("f8")
        f["satellite_zenith_angle"] = src["satellite_zenith_angle"][0][at]


def orbit(path, out):
    from scipy.io import netcdf_file
    with netcdf_file(path, mmap=False) as src, h5py.File(out, "w") as f:
        for name in ("lat", "lon"):
            f[name] = src.variables[name][:, :21] * 1e-5
        f["value"] = (np.arange(f["lat"].size).reshape(f["lat"].shape) % 997).astype("f8")


def nearest_centres(grid_path, path, crs, radius):
    from scipy.spatial import cKDTree
    g = read_grid(grid_path)
    x, y, _, value = in_cells(path, g, crs)
    x, y, v = np.ravel(x).astype("f8"), np.ravel(y).astype("f8"), np.ravel(value)
    good = np.isfinite(x) & np.isfinite(y)
    rows, columns = np.mgrid[0:g["rows"], 0:g["columns"]] + 0.5
    d, at = cKDTree(np.column_stack([x[good], y[good]])).query(
        np.column_stack([columns.ravel(), rows.ravel()]))
    for far, k in zip(d * float(g["dx"]) > radius, at):
        print("nan" if far else v[good][k])


def cdo_bounds(path, rows, out):
    """The footprints of a swath's pixels as bounds of an unstructured grid."""
    import netCDF4
    lat, lon, _, value = read_swath(path)
    q = quads(lon.tolist(), lat.tolist(), rows)
    at = sorted(q)
    with netCDF4.Dataset(out, "w") as f:
        f.createDimension("cell", len(at))
        f.createDimension("corner", 4)
        for name, k, unit in (("lon", 0, "degrees_east"), ("lat", 1, "degrees_north")):
            v = f.createVariable(name, "f8", ("cell",))
            v.units, v.standard_name = unit, {"lon": "longitude", "lat": "latitude"}[name]
            v.bounds = name + "_bnds"
            v[:] = [sum(p[k] for p in q[p0]) / 4 for p0 in at]
            # counter-clockwise
            f.createVariable(name + "_bnds", "f8", ("cell", "corner"))[:] = [
                [p[k] for p in (q[p0] if area_of(q[p0]) > 0 else q[p0][::-1])] for p0 in at]
        v = f.createVariable("value", "f8", ("cell",), fill_value=-9999.0)
        v.coordinates = "lon lat"
        v[:] = [value[p0] for p0 in at]


def cdo_values(path):
    import netCDF4
    with netCDF4.Dataset(path) as f:
        v = np.ma.filled(f["value"][:].astype("f8"), np.nan)
        for x in (v if f["lat"][0] > f["lat"][-1] else v[::-1]).ravel():
            print(x)


def raster(path):
    """The bands of a raster of doubles, as GDAL has them, cell by cell."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["gdal_translate", "-q", "-of", "ENVI", "-ot", "Float64", "-co",
                        "INTERLEAVE=BIP", path, f"{folder}/raw"], check=True)
        bands = open(f"{folder}/raw.hdr").read().split("bands")[1].split()[1]
        values = np.fromfile(f"{folder}/raw", "f8").reshape(-1, int(bands))
    for row in values.tolist():
        print(*row)


def same(ours, theirs, tolerance):
    a = [line.split() for line in open(ours)]
    b = [line.split() for line in open(theirs)]
    if len(a) != len(b) or not a:
        sys.exit(f"{len(a)} records, and {len(b)}")
    worst, values = 0.0, 0
    for n, (p, q) in enumerate(zip(a, b)):
        for k, (u, v) in enumerate(zip(p, q)):
            u, v = float(u), float(v)
            if math.isnan(u) != math.isnan(v):
                sys.exit(f"record {n}, field {k}: {u} and {v}")
            if not math.isnan(u):
                values += 1
                worst = max(worst, abs(u - v) / max(1, abs(v)))
                if abs(u - v) > tolerance * max(1, abs(v)):
                    sys.exit(f"record {n}, field {k}: {u} and {v}")
    if not values:
        sys.exit("nothing has a value")
    print(f"{values} values, {worst:.2g} apart at most")


def main(command, *a):
    if command == "granule":
        granule(a[0], *map(int, a[1:]))
    elif command == "mesh":
        mesh(a[0], *map(int, a[1:4]), float(a[4]), float(a[5]), int(a[6]))
    elif command == "area":
        area(a[0], a[1], a[2], int(a[3]), *a[4:])
    elif command == "points":
        points(a[0], a[1], int(a[2]))
    elif command == "window":
        window(*a)
    elif command == "orbit":
        orbit(*a)
    elif command == "near":
        nearest_centres(a[0], a[1], a[2], float(a[3]))
    elif command == "cdo":
        cdo_bounds(a[0], int(a[1]), a[2])
    elif command == "cdo-values":
        cdo_values(a[0])
    elif command == "raster":
        raster(a[0])
    elif command == "same":
        same(a[0], a[1], float(a[2]))


main(*sys.argv[1:])
