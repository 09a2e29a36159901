# plan.awk: what plan.sh has found, as assignments for make and lists of scenes.
#
# Reads lines of a tag and fields:
#     task     SITE VAR LAYER PATTERN CLASSMAP FALLBACK READY, numbered from 0
#     file     TIME FOLDER NAME    what earlier runs have left
#     map      0 PATH       a class map that is there
#     problem  0 TEXT       for the report
#     pattern  N TEXT       of scenes
#     scene    N PATH       what it matches
#     refused  N PATH       what it matches and make cannot take
# then eco-index's records of all scenes, then "sums" and lines of a sum and a file.
BEGIN { FS = "\t"; ntasks = 0; state = out "/.eco" }

summing { split($0, word, / +/); add_sum(word[1], word[2]); next }
/^sums$/ { summing = 1; next }
/^#/ { next }
$1 == "task" {
    site[ntasks] = $2; var[ntasks] = $3; layer[ntasks] = $4; pattern[ntasks] = $5
    classmap[ntasks] = $6; fallback[ntasks] = $7; is_ready[ntasks] = $8 == "yes"
    coarse[out "/" $2 "/" $3 "/coarse"] = ntasks
    records[state "/site/" $2 "/" $3 "/records"] = ntasks
    ntasks++
    next
}
$1 == "file" && $3 in coarse {
    if ($4 ~ /^Regrid_.*\.tif$/) raster_time[coarse[$3], stem(substr($4, 8))] = $2
    next
}
$1 == "file" {
    if ($4 ~ /\.record$/) record_time[records[$3], stem($4)] = $2
    if ($4 ~ /\.outside$/) outside[records[$3], stem($4)]
    next
}
$1 == "map" { there[$3]; next }
$1 == "problem" { problem[++nproblems] = $3; next }
$1 == "pattern" { text[$2] = $3; next }
$1 == "scene" { path[$2, ++npaths[$2]] = $3; next }
$1 == "refused" { problem[++nproblems] = $3 ": " ENVIRON["REFUSAL"]; next }
# an eco-index record: path product version layer time ...
{ layer_of[$1] = $4; year_of[$1] = substr($5, 1, 4); zone_of[$1] = $9 }

function base(p) { sub(/.*\//, "", p); return p }
function stem(name) { sub(/\.[^.]*$/, "", name); return name }
function folder(p) { return sub(/\/[^\/]*$/, "", p) ? p : "." }

function add_sum(sum, file) { line["plan", ++n["plan"]] = "SUM." base(file) " := " substr(sum, 1, 16) }
function put(file, s) { line[file, ++n[file]] = s }

# The map for a year: its own, or that of the year that stands in for it; "" when
# there is none, and `missing` is what was looked for.
function map_for(t, year,    m, pair, i, k) {
    m = classmap[t]
    if (m == "NA") return "none"
    if (index(m, "{year}") && year !~ /^[0-9]+$/) { missing = "its name has no year"; return "" }
    gsub(/\{year\}/, year, m)
    if (m in there) return m
    missing = "there is no class map " m
    k = split(fallback[t], pair, /[ ,]+/)
    for (i = 1; i <= k; i++)
        if (substr(pair[i], 1, 5) == year "=") {
            m = classmap[t]
            gsub(/\{year\}/, substr(pair[i], 6), m)
            if (m in there) return m
            missing = missing ", nor " m
        }
    if (k == 1 && fallback[t] == "NA") missing = missing ", and FALLBACK names no other for " year
    return ""
}

# Puts a scene among those that lie in one folder, use one map and share a grid.
function place(t, p, name, year, map,    key, ext) {
    ext = substr(base(p), length(name) + 1)
    key = folder(p) FS year FS map FS ext FS zone_of[p]
    if (!((t, key) in size)) { kind[t, ++kinds[t]] = key }
    member[t, key, ++size[t, key]] = name
}

function plan_scene(t, p,    name, year, map) {
    name = stem(base(p))
    year = year_of[p]
    if (name in seen && seen[name] == folder(p)) return
    if (name in seen) {
        problem[++nproblems] = p ": a scene of that name is also in " seen[name]
        return
    }
    seen[name] = folder(p)
    map = map_for(t, year)
    put(t, name "\t" p "\t" (map == "" || map == "none" ? "NA" : map) "\t" (map == "" ? missing : "NA"))
    if (map == "") return
    if (!((site[t], year) in year_known)) {
        year_known[site[t], year]
        years[site[t]] = years[site[t]] " " year
        put("plan", "MAP." site[t] "." year " := " (map == "none" ? "" : map))
    }
    place(t, p, name, year, map)
}

# One part: some scenes of one kind.
function plan_part(t, key, from, to,    id, f, i, name, in_grid, out_of_grid, redo) {
    id = site[t] "/" var[t] "/" ++nparts[t]
    split(key, f, FS)
    in_grid = out_of_grid = redo = ""
    for (i = from; i <= to; i++) {
        name = member[t, key, i]
        if ((t, name) in outside) out_of_grid = out_of_grid " " name
        else in_grid = in_grid " " name
        if ((t, name) in again) redo = redo " " name
    }
    put("plan", id ".from := " f[1])
    put("plan", id ".year := " f[2])
    put("plan", id ".ext := " f[4])
    put("plan", id ".names :=" in_grid)
    put("plan", id ".outside :=" out_of_grid)
    put("plan", id ".again :=" redo)
    parts = parts " " id
}

function plan_task(t,    i, k, p, key, count, m, from, to) {
    delete seen
    for (i = 1; i <= npaths[pattern[t]]; i++) {
        p = path[pattern[t], i]
        if (!(p in layer_of)) continue
        if (layer_of[p] == layer[t]) plan_scene(t, p)
        else if (layer_of[p] != "NA") others[t, layer_of[p]]
    }
    if (!n[t]) {
        problem[++nproblems] = site[t] " " var[t] ": no scene of layer " layer[t] " matches " text[pattern[t]] found_there(t)
        return
    }
    tasks = tasks " " site[t] "/" var[t]
    for (k = 1; k <= kinds[t]; k++) {
        key = kind[t, k]
        count = size[t, key]
        m = int((count + batch - 1) / batch) # parts, all about as large
        for (i = 0; i < m; i++) {
            from = int(count * i / m) + 1
            to = int(count * (i + 1) / m)
            plan_part(t, key, from, to)
        }
    }
}

# The layers that are there instead, in the order of the alphabet.
function found_there(t,    k, f, all, a, c, i, j, swap) {
    c = 0
    for (k in others) { split(k, f, SUBSEP); if (f[1] == t) a[++c] = f[2] }
    for (i = 1; i <= c; i++)
        for (j = i + 1; j <= c; j++)
            if (a[j] < a[i]) { swap = a[i]; a[i] = a[j]; a[j] = swap }
    for (i = 1; i <= c; i++) all = all (i > 1 ? ", " : "; the layers there are ") a[i]
    return all
}

# Writes lines to a file unless it has them already.
function write(file, id,    i, got, old, same, aside) {
    same = 1
    i = 0
    while (same && (got = getline old < file) > 0) same = ++i <= n[id] && old == line[id, i]
    close(file)
    if (same && got == 0 && i == n[id] + 0) return
    aside = state "/tmp/" self
    printf "" > aside
    for (i = 1; i <= n[id]; i++) print line[id, i] > aside
    if (close(aside) != 0 || system("mv -f '" aside "' '" file "'") != 0) exit 1
}

# A coarse raster without its record, or newer than that, is to be made again; one that is
# there belongs to a scene that is not outside, whatever a record says. Times are compared
# as text: they have all digits, and as many before the point.
function compare_made(    key) {
    for (key in raster_time) {
        if (!(key in record_time) || raster_time[key] "" > record_time[key] "") again[key]
        delete outside[key]
    }
}

END {
    compare_made()
    for (t = 0; t < ntasks; t++) {
        if (!is_ready[t]) continue
        if (!(site[t] in ready)) { ready[site[t]]; sites = sites " " site[t] }
        plan_task(t)
        if (n[t]) write(state "/site/" site[t] "/" var[t] "/list", t)
    }
    put("plan", "READY :=" sites)
    put("plan", "TASKS :=" tasks)
    put("plan", "PARTS :=" parts)
    for (s in years) put("plan", "YEARS." s " :=" years[s])
    put("plan", "PROBLEMS := " (nproblems ? nproblems : ""))
    write(state "/plan.mk", "plan")
    for (i = 1; i <= nproblems; i++) put("problems", problem[i])
    write(state "/problems", "problems")
}
