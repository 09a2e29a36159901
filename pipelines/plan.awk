# plan.awk: what plan.sh has found, as assignments for make and lists of scenes.
#
# Reads lines of a tag and fields:
#     look     N FOLDER NAMES    where the names of a pattern's scenes are looked for
#     pattern  N TEXT
#     task     SITE VAR LAYER PATTERN CLASSMAP FALLBACK READY JOIN
#     problem  TEXT              for the report
#     made     TIME FOLDER NAME  what earlier runs have left
#     scene    PATH SIZE TIME KIND, by path; odd FOLDER, for one with a name of no line
#     sum      SUM FILE          of the tools
# and, of each task, its scenes.tsv, and records that are younger than that. Has eco-index
# tell the layer, the year and the overpass of each scene.
BEGIN { FS = "\t"; state = out "/.eco"; bad = ENVIRON["BAD"]; refusal = ENVIRON["REFUSAL"] }

$1 == "look" { pattern = $2; like[$3, ++nlike[$3]] = regex($4); like_id[$3, nlike[$3]] = pattern; next }
$1 == "pattern" { text[$2] = $3; next }
$1 == "task" {
    t = ntasks++
    site[t] = $2; var[t] = $3; layer[t] = $4; tasks_pattern[t] = $5
    classmap[t] = $6; fallback[t] = $7; is_ready[t] = $8 == "yes"; join[t] = $9
    if (join[t] == "overpass") any_overpass = 1
    folder_of[t] = out "/" $2 "/" $3 "/coarse"
    task_of[folder_of[t]] = t
    next
}
$1 == "problem" { problem[++nproblems] = $2; next }
$1 == "made" && $4 ~ /\.scenes\.tsv$/ { ledger_time[$3 "/" $4] = $2 + 0; next }
$1 == "made" && $3 in task_of {
    name = stem(substr($4, 8))
    if ($4 ~ /\.tsv$/) record_time[task_of[$3], name] = $2 + 0
    else if ($4 ~ /\.ended$/) { ended[task_of[$3], name]; why[task_of[$3], name] = "ended; " $3 "/" $4 " says why" }
    else if ($4 ~ /\.tif$/) raster_time[task_of[$3], name] = $2 + 0
    next
}
$1 == "odd" { problem[++nproblems] = $2 ": a file whose name has control characters: " refusal; next }
$1 == "scene" { see($2, $3, $4, $5); next }
$1 == "sum" { next }
/^sum / { split($0, word, / +/); put("SUM." base(word[3]) " := " substr(word[2], 1, 16)) }

function base(p) { sub(/.*\//, "", p); return p }
# Takes a path apart: dir, name and ext.
function part(path) {
    match(path, /[^\/]*$/)
    dir = RSTART > 2 ? substr(path, 1, RSTART - 2) : RSTART == 1 ? "." : "/"
    name = substr(path, RSTART)
    ext = match(name, /[.][^.]*$/) ? substr(name, RSTART) : ""
    name = substr(name, 1, length(name) - length(ext))
}
function stem(name) { sub(/\.[^.]*$/, "", name); return name }
function put(s) { line[++nlines] = s }

# A shell's pattern for a name, as a regular expression.
function regex(glob,    r, i, c, k) {
    r = "^"
    for (i = 1; i <= length(glob); i++) {
        c = substr(glob, i, 1)
        k = c == "[" ? index(substr(glob, i + 2), "]") : 0
        if (c == "*") r = r ".*"
        else if (c == "?") r = r "."
        else if (k) {
            c = substr(glob, i, k + 2)
            sub(/^\[!/, "[^", c)
            r = r c
            i += k + 1
        }
        else r = r (c ~ /[A-Za-z0-9_]/ ? c : "[" c "]")
    }
    gsub(/\[\^\]/, "\\^", r)
    gsub(/\[\\\]/, "\\\\", r)
    return r "$"
}

# A file that is there: a scene of each pattern that it matches. Scenes are numbered, by
# their paths from first to last.
function see(p, size, time, what,    i, id, s) {
    part(p)
    if (dir == ".") p = name ext
    s = nscenes + 1
    for (i = 1; i <= nlike[dir]; i++) {
        id = like_id[dir, i]
        if (last[id] == s || (name ext) !~ like[dir, i] || name ~ /^[.]/ && substr(like[dir, i], 2, 3) != "[.]") continue
        if (p ~ bad) { problem[++nproblems] = p ": " refusal; return }
        last[id] = s
        add_name("/" id, s)
        nscenes = s
    }
    if (nscenes < s) return
    path[s] = p
    source[s] = size FS substr(time, 1, length(time) - 1) # find has one digit more
    kind_of[s] = what
    print p | (index_tool " >'" tmp ".index'")
}

# The tool tells of scenes in their order, and not of all; of HDF5 and netCDF of each layer,
# as PATH:LAYER, and of each time of it behind that.
function read_index(    f, field, l, s, inside) {
    close(index_tool " >'" tmp ".index'")
    f = tmp ".index"
    s = 1
    while ((getline l < f) > 0) {
        if (l ~ /^#/) continue
        split(l, field, FS)
        while (s <= nscenes && path[s] != field[1] && index(field[1], path[s] ":") != 1) s++
        layer_of[s] = field[4]
        inside = path[s] ":" field[4]
        if (field[1] != path[s] && (field[1] == inside || index(field[1], inside ":") == 1)) {
            if (!times[s, field[4]]++) layers_of[s] = layers_of[s] FS field[4]
        }
        time_of[s] = field[5]
        if (field[10] == "NA" || field[8] == "NA" && !any_overpass) continue # it cannot be joined
        tile_of[s] = field[8]
        product_of[s] = field[2] (field[3] == "NA" ? "" : "." field[3])
        overpass_of[s] = field[10]
    }
    close(f)
}

# ---- what the records say that rasters were made from ----

# Reads the next line of a file of records into was_path, was_source, status and message;
# "" when there is none.
function next_record(file,    field, i, k, l) {
    was_path = ""
    while ((getline l < file) > 0) {
        if (l ~ /^##/) continue
        k = split(l, field, FS)
        if (l ~ /^#/) {
            for (i = 1; i <= k; i++) at[file == ledger_file, field[i]] = i
            continue
        }
        was_path = field[1]
        k = file == ledger_file
        was_source = field[at[k, "size"] + 0] FS field[at[k, "mtime"] + 0]
        status = field[at[k, "status"] + 0]
        message = field[at[k, "message"] + 0]
        return
    }
}

# What the record of a scene says, in status and message: "none" without one. The ledger,
# scenes.tsv, has the scenes in their order; what is younger has a record of its own.
function look_up(p, id) {
    while (ledger && ledger_path != "" && ledger_path < p "") advance()
    if (!(id in record_time)) {
        status = id in ended ? "failed" : "none"
        message = ended[id]
    } else if (record_time[id] > ledger) {
        next_record(record)
        close(record)
    } else if (ledger_path == p "") {
        was_path = ledger_path; was_source = ledger_source; status = ledger_status; message = ledger_message
    } else was_path = was_source = status = ""
}
function advance() {
    next_record(ledger_file)
    ledger_path = was_path; ledger_source = was_source; ledger_status = status; ledger_message = message
}

# Whether a scene is to be averaged again, whatever its record's age. Its record must be of
# the file that is there now, and say that nothing failed; a raster must be there when it says
# so, and no younger.
function is_due(p, src, what, id) {
    if (status == "failed" || status == "partial") failed = failed " " record
    if (!(id in record_time)) return 0
    return status == "failed" || status == "partial" || was_path != p || was_source != src || what != "f" || \
        (status == "ok" || status == "empty") != (id in raster_time) || \
        ((id in raster_time) && raster_time[id] > record_time[id])
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

# The kind of scenes in a folder, of a year, with an ending.
function kind_for(t, key, dir, year, ext, map, inside,    k) {
    if (key in kind) return kind[key]
    if (!((site[t], year) in year_known)) {
        year_known[site[t], year]
        years[site[t]] = years[site[t]] " " year
        put("MAP." site[t] "." year " := " (map == "none" ? "" : map))
    }
    k = kind[key] = site[t] "/" var[t] "/" ++nkinds[t]
    kinds = kinds " " k
    put(k ".from := " dir)
    put(k ".year := " year)
    put(k ".ext := " ext)
    if (inside) put(k ".layer := " layer[t])
    return k
}

# Whether a file should have layers, and none could be told.
function is_unread(s) { return layer_of[s] == "NA" && path[s] ~ /\.(h5|he5|hdf5|nc|nc4)$/ }

# One scene, and a line of the list.
function plan_scene(t, s) {
    part(path[s])
    plan_target(t, name, dir, ext, of_layer(t, s), source[s], kind_of[s], substr(time_of[s], 1, 4), "", \
        (s, layer[t]) in times, \
        is_unread(s) ? "none of its layers can be told: it is damaged, or no HDF5 or netCDF" : \
        (s, layer[t]) in times && times[s, layer[t]] > 1 ? "it has " times[s, layer[t]] " times; the flow takes files of one" : "")
}
# A scene as eco-regrid calls it, and whether it is of a task.
function of_layer(t, s) { return (s, layer[t]) in times ? path[s] ":" layer[t] : path[s] }
function is_of(t, s) { return layer_of[s] == layer[t] || (s, layer[t]) in times || is_unread(s) }
function overpass(t, s) { return product_of[s] "_" layer[t] "_" overpass_of[s] }


# Of scenes that are made as one: the first in the order of names, which stands for all; the
# year of the first in time; all sizes, and the last time of any. As eco-regrid has them.
function add_to_overpass(t, s,    g, k, old, at) {
    g = t SUBSEP overpass(t, s)
    if (kind_of[s] == "l") {
        problem[++nproblems] = path[s] ": a link to nothing"
        return
    }
    k = index(source[s], FS)
    at = substr(source[s], k + 1)
    if (!(g in parts)) {
        first[g] = s; began[g] = time_of[s]; bytes[g] = 0; last_time[g] = at; what_of[g] = "f"
    }
    else {
        part(path[first[g]]); old = name ext
        part(path[s])
        if (name ext < old "") first[g] = s
        if (time_of[s] < began[g] "") began[g] = time_of[s]
        if (at + 0 > last_time[g] + 0 || at + 0 == last_time[g] + 0 && at "" > last_time[g] "") last_time[g] = at
    }
    parts[g] = parts[g] " " path[s]
    bytes[g] += substr(source[s], 1, k - 1)
    if (kind_of[s] != "f") what_of[g] = kind_of[s]
}
function plan_overpass(t, s,    g) {
    g = t SUBSEP overpass(t, s)
    plan_target(t, overpass(t, s), "", "", of_layer(t, s), sprintf("%.0f", bytes[g]) FS last_time[g], what_of[g], \
        substr(began[g], 1, 4), parts[g], (s, layer[t]) in times, "")
}
function is_joined(t, s) {
    return (s in overpass_of) && !is_unread(s) && (join[t] == "overpass" || join[t] == "tiles" && tile_of[s] != "NA")
}

# The scenes of an overpass as eco-regrid calls each, parted by blanks; NA of a single scene.
function all_parts(of, suffix,    n, i, path, l) {
    n = split(of, path, " ")
    for (i = 1; i <= n; i++) l = l (i > 1 ? " " : "") path[i] suffix
    return n ? l : "NA"
}

# One target: of a scene in a folder, or of the parts that are made as one.
function plan_target(t, name, dir, ext, p, src, what, year, of, inside, trouble,    id, map, wrong, k) {
    id = t SUBSEP name
    map = map_for(t, year)
    wrong = map == "" ? missing : "NA"
    if (id in seen) {
        wrong = "a scene of that name is also in " seen[id]
        problem[++nproblems] = p ": " wrong
    }
    else seen[id] = dir
    if (what == "l") wrong = "a link to nothing"
    if (trouble != "") wrong = trouble
    list(name FS p FS (map == "" || map == "none" ? "NA" : map) FS wrong FS all_parts(of, inside ? ":" layer[t] : ""))
    record = folder_of[t] "/Regrid_" name ".tsv"
    status = "failed"
    message = wrong
    if (wrong == "NA") {
        look_up(p, id)
        k = kind_for(t, t FS dir FS year FS ext FS (of != ""), dir, year, ext, map, inside)
        add_name(k, name)
        if (of != "") put("PARTS." site[t] "/" var[t] "/" name " :=" of)
        if (is_due(p, src, what, id)) { again[k] = again[k] " " name; due[k]++ }
        else if (!(id in record_time) || substr(src, index(src, FS) + 1) + 0 > record_time[id]) due[k]++
    }
    if (look ~ /status/) print site[t] "/" var[t], record, status, p, message > (tmp ".status")
}

# Names are kept in pieces: adding one by one to a long text would take the square of its
# length.
function add_name(k, name) {
    piece[k] = piece[k] " " name
    if (length(piece[k]) < 4000) return
    names[k, ++nnames[k]] = piece[k]
    piece[k] = ""
}

# The layers that are there instead, in the order of the alphabet.
function found_there(t, id,    i, p, l, all, k, c, a, j, n, inside, g, m, found) {
    for (g = 1; m = found_in(id, g, found); g++)
        for (i = 1; i <= m; i++) {
            n = split(layer_of[found[i] + 0] layers_of[found[i] + 0], inside, FS)
            for (k = 1; k <= n; k++) {
                l = inside[k]
                if (l == "" || l == "NA" || l in all) continue
                all[l]
                for (j = ++c; j > 1 && a[j - 1] > l; j--) a[j] = a[j - 1]
                a[j] = l
            }
        }
    p = c ? "; the layers there are " : ""
    for (i = 1; i <= c; i++) p = p (i > 1 ? ", " : "") a[i]
    return p
}

# The scenes of a pattern, in pieces: how many the g-th has, and their numbers. A large array whose
# keys are texts takes much longer.
function found_in(id, g, found,    k) {
    k = "/" id
    return split(g <= nnames[k] ? names[k, g] : g == nnames[k] + 1 ? piece[k] : "", found, " ")
}

function plan_task(t,    id, i, s, g, n, found) {
    id = tasks_pattern[t]
    ledger_file = out "/" site[t] "/" var[t] ".scenes.tsv"
    ledger = ledger_time[ledger_file] + 0
    if (ledger) advance()
    list_begin(state "/site/" site[t] "/" var[t] "/list")
    for (g = 1; join[t] != "no" && (n = found_in(id, g, found)); g++)
        for (i = 1; i <= n; i++) {
            s = found[i] + 0
            if (is_of(t, s) && is_joined(t, s)) add_to_overpass(t, s)
        }
    for (g = 1; n = found_in(id, g, found); g++)
        for (i = 1; i <= n; i++) {
            s = found[i] + 0
            if (!is_of(t, s)) continue
            if (!is_joined(t, s)) plan_scene(t, s)
            else if (first[t, overpass(t, s)] == s) plan_overpass(t, s)
        }
    if (ledger) close(ledger_file)
    if (nlisted) { tasks = tasks " " site[t] "/" var[t]; list_end() }
    else
        problem[++nproblems] = site[t] " " var[t] ": no scene of layer " layer[t] " matches " text[id] found_there(t, id)
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
    read_index()
    OFS = FS
    for (t = 0; t < ntasks; t++) {
        if (!is_ready[t]) continue
        if (!(site[t] in ready)) { ready[site[t]]; sites = sites " " site[t] }
        plan_task(t)
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
        print k ".due := " due[k] + 0 > plan
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
