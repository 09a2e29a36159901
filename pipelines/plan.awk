# plan.awk: what plan.sh has found, as assignments for make and lists of scenes.
#
# usage: awk -v out=OUT -v tmp=TMP -v look=[--look[=status]] -f plan.awk FOUND TMP.index
#
# FOUND has lines of a tag and fields:
#     task     SITE VAR LAYER PATTERN CLASSMAP FALLBACK READY JOIN
#     pattern  N TEXT            from 1 on
#     problem  TEXT              for the report; refused PATH, of a name that cannot be taken
#     made     TIME FOLDER NAME  what earlier runs have left
#     sum      SUM FILE          of the tools
# TMP.index is what eco-index says of the scenes in TMP.names (PATTERN/PATH, by patterns). Of each task its scenes.tsv is read, and records that are younger.
BEGIN { FS = OFS = "\t"; state = out "/.eco"; names_file = tmp ".names"; index_file = tmp ".index" }

FILENAME == index_file && /^#/ { for (i = 1; i <= NF; i++) at[$i] = i; next }
FILENAME == index_file { take_scene(); next }
$1 == "task" {
    t = ntasks++
    task[t] = $2 "/" $3; site[t] = $2; layer[t] = $4
    tasks_of[$5] = tasks_of[$5] " " t
    classmap[t] = $6; fallback[t] = $7; is_ready[t] = $8 == "yes"; join[t] = $9
    if (join[t] == "overpass") any_overpass = 1
    coarse[t] = out "/" task[t] "/coarse"
    of_folder[coarse[t]] = t
}
$1 == "pattern" { text[++npatterns] = $3 }
$1 == "problem" { problem[++nproblems] = $2 }
$1 == "refused" { problem[++nproblems] = $2 ": " ENVIRON["REFUSAL"] }
$1 == "made" && $4 ~ /\.scenes\.tsv$/ { ledger_time[$3 "/" $4] = $2 + 0; next }
$1 == "made" && $3 in of_folder {
    match($4, /[.][^.]*$/)
    id = of_folder[$3] SUBSEP substr($4, 8, RSTART - 8)
    ext = substr($4, RSTART)
    if (ext == ".tsv") record_time[id] = $2 + 0
    else if (ext == ".tif") raster_time[id] = $2 + 0
    else if (ext == ".ended") ended[id] = "ended; " $3 "/" $4 " says why"
}
$1 == "sum" { sub(/.*\//, "", $3); put("SUM." $3 " := " substr($2, 1, 16)) }

function put(s) { line[++nlines] = s }

# ---- the scenes of a pattern ----

# A record of eco-index. It tells of the names in their order, but not of all, and of HDF5 and
# netCDF of each layer and time, as NAME:LAYER:TIME; of a name that comes again from the first.
function take_scene(    l, s, k, size, time) {
    if ($1 == first || $1 != name && index($1, name ":") != 1) {
        do {
            if ((getline l < names_file) <= 0) exit 1
            k = index(l, "/")
            name = substr(l, k + 1)
        } while ($1 != name && index($1, name ":") != 1)
        first = $1
        go_to_pattern(substr(l, 1, k - 1) + 0)
    }
    size = $at["size"]; time = $at["mtime"]
    if (size == "NaN" && time != "NaN") return # a folder
    s = ++nscenes
    path[s] = $1; layer_of[s] = $at["layer"]; time_of[s] = $at["time"]; source[s] = size FS time
    if (layer_of[s] == "NA" && name ~ /\.(h5|he5|hdf5|nc|nc4)$/)
        trouble[s] = "none of its layers can be told: it is damaged, or no HDF5 or netCDF"
    if (time == "NaN") trouble[s] = "a link to nothing, or a file that may not be read"
    if (substr($1, length(name) + 1) !~ /^[A-Za-z0-9_.:\/-]*$/) trouble[s] = "a layer whose name cannot go through make"
    if ($at["overpass"] == "NA" || $at["tile"] == "NA" && !any_overpass) return # it cannot be joined
    if ($at["tile"] != "NA") has_tile[s]
    overpass[s] = $at["product"] ($at["version"] == "NA" ? "" : "." $at["version"]) "_" layer_of[s] "_" $at["overpass"]
}

# All tasks of the patterns before are planned.
function go_to_pattern(n,    t, k, i) {
    for (; pattern < n; pattern++) {
        k = split(tasks_of[pattern], t, " ")
        for (i = 1; i <= k; i++) if (is_ready[t[i]]) plan_task(t[i])
        nscenes = 0
        split("", trouble); split("", has_tile); split("", overpass)
    }
}

# The layers that are there, in the order of the alphabet.
function found_there(    s, l, all, a, n, j, p) {
    for (s = 1; s <= nscenes; s++) {
        l = layer_of[s]
        if (l == "NA" || l in all) continue
        all[l]
        for (j = ++n; j > 1 && a[j - 1] > l; j--) a[j] = a[j - 1]
        a[j] = l
    }
    for (j = 1; j <= n; j++) p = p (j > 1 ? ", " : "; the layers there are ") a[j]
    return p
}

# ---- what the records say that rasters were made from ----

# Reads records, of one scene or of all: was[path] is size, time, status and message.
function read_records(file,    l, f, n, i, at) {
    while ((getline l < file) > 0) {
        if (l ~ /^##/) continue
        n = split(l, f, FS)
        if (l !~ /^#/) was[f[1]] = f[at["size"]] FS f[at["mtime"]] FS f[at["status"]] FS f[at["message"]]
        else for (i = 1; i <= n; i++) at[f[i]] = i
    }
    close(file)
}

# Whether a scene is to be averaged again, whatever its record's age; what that says is in status
# (none without one) and message. It must be of the file that is there now, and say that nothing
# failed; a raster must be there when it says so, and no younger.
function is_due(id, record, p, src,    f) {
    if (!(id in record_time)) {
        status = id in ended ? "failed" : "none"
        message = ended[id]
        return 0 # make sees that
    }
    if (record_time[id] > ledger) {
        delete was[p]
        read_records(record)
    }
    split(was[p], f, FS)
    status = f[3]; message = f[4]
    if (status == "failed" || status == "partial") return 1
    return f[1] FS f[2] != src || (status == "ok" || status == "empty") != (id in raster_time) || \
        (id in raster_time) && raster_time[id] > record_time[id]
}

# ---- what is to be done ----

function is_there(file,    l, got) {
    if (!(file in exists)) {
        exists[file] = (getline l < file) >= 0
        close(file)
    }
    return exists[file]
}

# The map for a year: its own, or that of the year that stands in for it; "" when
# there is none, and `missing` is what was looked for.
function map_for(t, year,    m, pair, i, k) {
    m = classmap[t]
    if (m == "NA") return "none"
    if (index(m, "{year}") && year !~ /^[0-9]+$/) { missing = "its name has no year"; return "" }
    gsub(/\{year\}/, year, m)
    if (is_there(m)) return m
    missing = "there is no class map " m
    k = split(fallback[t], pair, /[ ,]+/)
    for (i = 1; i <= k; i++)
        if (substr(pair[i], 1, 5) == year "=") {
            m = classmap[t]
            gsub(/\{year\}/, substr(pair[i], 6), m)
            if (is_there(m)) return m
            missing = missing ", nor " m
        }
    if (k == 1 && fallback[t] == "NA") missing = missing ", and FALLBACK names no other for " year
    return ""
}

# The kind of scenes in a folder, of a year, that end alike.
function kind_for(t, dir, ext, inside, step, year, map,    key, k) {
    key = t FS dir FS year FS ext FS inside
    if (key in kind) return kind[key]
    if (!((site[t], year) in year_known)) {
        year_known[site[t], year]
        years[site[t]] = years[site[t]] " " year
        put("MAP." site[t] "." year " := " (map == "none" ? "" : map))
    }
    k = kind[key] = task[t] "/" ++nkinds[t]
    kinds = kinds " " k
    put(k ".from := " dir)
    put(k ".year := " year)
    put(k ".ext := " ext)
    put(k ".inside := " inside)
    put(k ".step := " step)
    return k
}

# One target: of the scene p, or of the parts that are made as one; src is the size and time of
# their files, time when they were seen, wrong why it cannot be made, or NA. Its name is that of a
# file in a folder, without its ending, and of a time within the file.
function plan_target(t, dir, name, ext, p, src, time, parts, wrong,    id, inside, step, year, map, record, k, due) {
    if (k = index(p, ":")) inside = substr(p, k)
    if (match(inside, /:[0-9]+T[0-9]+$/)) step = "_" substr(inside, RSTART + 1)
    id = t SUBSEP name step
    year = substr(time, 1, 4)
    map = map_for(t, year)
    if (wrong == "NA" && map == "") wrong = missing
    if (id in seen) {
        if (wrong == "NA") wrong = "a scene of that name is also in " seen[id]
        problem[++nproblems] = p ": a scene of that name is also in " seen[id]
    }
    else seen[id] = dir
    list(name step FS p FS (map == "" || map == "none" ? "NA" : map) FS wrong FS (parts == "" ? "NA" : substr(parts, 2)) FS time)
    record = coarse[t] "/Regrid_" name step ".tsv"
    status = "failed"
    message = wrong
    if (wrong == "NA") {
        k = parts == "" ? kind_for(t, dir, ext, inside, step, year, map) : kind_for(t, "", "", "", "", year, map)
        if (parts != "") put("PARTS." task[t] "/" name " :=" parts)
        add_name(k, name)
        due = is_due(id, record, p, src)
        if (due) again[k] = again[k] " " name
        if (due || !(id in record_time) || substr(src, index(src, FS) + 1) + 0 > record_time[id]) ndue[k]++
        if (due && (status == "failed" || status == "partial")) failed = failed " " record
    }
    if (look ~ /status/) print task[t], record, status, p, message > (tmp ".status")
}

# Names are kept in pieces: adding one by one to a long text would take the square of its
# length.
function add_name(k, name) {
    piece[k] = piece[k] " " name
    if (length(piece[k]) < 4000) return
    names[k, ++nnames[k]] = piece[k]
    piece[k] = ""
}

# Takes a path apart: dir, stem and ext.
function part(file) {
    sub(/:.*/, "", file)
    match(file, /[^\/]*$/)
    dir = RSTART > 2 ? substr(file, 1, RSTART - 2) : RSTART == 1 ? "." : "/"
    stem = substr(file, RSTART)
    ext = match(stem, /[.][^.]*$/) ? substr(stem, RSTART) : ""
    stem = substr(stem, 1, length(stem) - length(ext))
}

function plan_scene(t, s) {
    part(path[s])
    plan_target(t, dir, stem, ext, path[s], source[s], time_of[s], "", s in trouble ? trouble[s] : "NA")
}

# Of scenes that are made as one, as eco-regrid has them: the first in the order of names, which
# stands for all; the time of the first in time; all sizes, and the last time of any.
function add_part(t, s,    g, k, old, at) {
    if (s in trouble) {
        problem[++nproblems] = path[s] ": " trouble[s]
        return
    }
    g = overpass[s]
    k = index(source[s], FS)
    at = substr(source[s], k + 1)
    if (!(g in parts)) {
        first_of[g] = s; began[g] = time_of[s]; bytes[g] = 0; last[g] = at
    }
    else {
        part(path[first_of[g]]); old = stem ext
        part(path[s])
        if (stem ext < old "") first_of[g] = s
        if (time_of[s] < began[g] "") began[g] = time_of[s]
        if (at + 0 > last[g] + 0 || at + 0 == last[g] + 0 && at "" > last[g] "") last[g] = at
    }
    parts[g] = parts[g] " " path[s]
    bytes[g] += substr(source[s], 1, k - 1)
}
function plan_overpass(t, g) {
    plan_target(t, "", g, "", path[first_of[g]], sprintf("%.0f", bytes[g]) FS last[g], began[g], parts[g], "NA")
}

# Whether a scene is of a task, or may be.
function is_of(t, s) { return layer_of[s] == layer[t] || layer_of[s] == "NA" && s in trouble }
function is_joined(t, s) {
    return (s in overpass) && (join[t] == "overpass" || join[t] == "tiles" && s in has_tile)
}

function plan_task(t,    file, s) {
    file = out "/" task[t] ".scenes.tsv"
    ledger = ledger_time[file] + 0
    split("", was); split("", parts)
    if (ledger) read_records(file)
    list_begin(state "/site/" task[t] "/list")
    for (s = 1; join[t] != "no" && s <= nscenes; s++)
        if (is_joined(t, s) && is_of(t, s)) add_part(t, s)
    for (s = 1; s <= nscenes; s++) {
        if (!is_of(t, s)) continue
        if (!is_joined(t, s)) plan_scene(t, s)
        else if (first_of[overpass[s]] == s && overpass[s] in parts) plan_overpass(t, overpass[s])
    }
    has_scenes[t] = nlisted
    if (nlisted) list_end()
    else problem[++nproblems] = site[t] " " substr(task[t], length(site[t]) + 2) ": no scene of layer " layer[t] \
        " matches " text[pattern] found_there()
}

# ---- files, which are left alone when they are as they should be ----

function list_begin(file) {
    printf "" > (tmp ".new")
    listed = file
    list_same = 1
    nlisted = 0
}
function list(l,    old) {
    nlisted++
    if (list_same && ((getline old < listed) <= 0 || old != l)) list_same = 0
    print l > (tmp ".new")
}
function list_end(    old) {
    if (list_same && (getline old < listed) > 0) list_same = 0
    close(listed)
    if (close(tmp ".new") != 0) exit 1
    if (list_same) return
    if (look) changed = changed " " listed
    else if (system("mv -f '" tmp ".new' '" listed "'") != 0) exit 1
}

END {
    go_to_pattern(npatterns + 1)
    for (t = 0; t < ntasks; t++) {
        if (has_scenes[t]) tasks = tasks " " task[t]
        if (is_ready[t] && !(site[t] in ready)) { ready[site[t]]; sites = sites " " site[t] }
    }
    list_begin(state "/problems")
    for (i = 1; i <= nproblems; i++) list(problem[i])
    list_end()
    plan = tmp ".plan"
    for (i = 1; i <= nlines; i++) print line[i] > plan
    m = split(kinds, all, " ")
    for (i = 1; i <= m; i++) {
        k = all[i]
        printf "%s", k ".names :=" > plan
        for (j = 1; j <= nnames[k]; j++) printf "%s", names[k, j] > plan
        print piece[k] > plan
        print k ".again :=" again[k] > plan
        print k ".due := " ndue[k] + 0 > plan
    }
    for (s in years) print "YEARS." s " :=" years[s] > plan
    print "READY :=" sites > plan
    print "TASKS :=" tasks > plan
    print "KINDS :=" kinds > plan
    print "FAILED :=" failed > plan
    print "CHANGED :=" changed > plan
    print "PROBLEMS := " (nproblems ? nproblems : "") > plan
    if (close(plan) != 0) exit 1
}
