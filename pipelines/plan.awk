# plan.awk: what plan.sh has found, as assignments for make and lists of scenes.
#
# Reads lines of a tag and fields:
#     look     N FOLDER NAMES    where the names of a pattern's scenes are looked for
#     pattern  N TEXT
#     task     SITE VAR LAYER PATTERN CLASSMAP FALLBACK READY
#     problem  TEXT              for the report
#     made     TIME FOLDER NAME  what earlier runs have left
#     scene    PATH SIZE TIME KIND, by path; odd FOLDER, for one with a name of no line
#     sum      SUM FILE          of the tools
# and, of each task, its scenes.tsv, and records that are younger than that. Has eco-index
# tell the layer and the year of each scene.
BEGIN { FS = "\t"; state = out "/.eco"; bad = ENVIRON["BAD"]; refusal = ENVIRON["REFUSAL"] }

$1 == "look" { pattern = $2; like[$3, ++nlike[$3]] = regex($4); like_id[$3, nlike[$3]] = pattern; next }
$1 == "pattern" { text[$2] = $3; next }
$1 == "task" {
    t = ntasks++
    site[t] = $2; var[t] = $3; layer[t] = $4; tasks_pattern[t] = $5
    classmap[t] = $6; fallback[t] = $7; is_ready[t] = $8 == "yes"
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
/^sum / { split($0, word, / +/); put("plan", "SUM." base(word[3]) " := " substr(word[2], 1, 16)) }

function base(p) { sub(/.*\//, "", p); return p }
function stem(name) { sub(/\.[^.]*$/, "", name); return name }
function folder(p) { return sub(/\/[^\/]*$/, "", p) ? p : "." }
function put(file, s) { line[file, ++n[file]] = s }

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

# A file that is there: a scene of each pattern that it matches.
function see(path, size, time, what,    dir, name, i, id, is_one) {
    dir = folder(path)
    name = base(path)
    sub(/^\.\//, "", path)
    for (i = 1; i <= nlike[dir]; i++) {
        if (name !~ like[dir, i] || name ~ /^[.]/ && substr(like[dir, i], 2, 3) != "[.]") continue
        id = like_id[dir, i]
        if ((path, id) in matched) continue
        matched[path, id]
        if (path ~ bad) { problem[++nproblems] = path ": " refusal; return }
        found[id, ++nfound[id]] = path
        is_one = 1
    }
    if (!is_one || path in source) return
    source[path] = size FS substr(time, 1, length(time) - 1) # find has one digit more
    kind_of[path] = what
    source_time[path] = time + 0
    print path | (index_tool " >'" tmp ".index'")
}

function read_index(    f, field) {
    close(index_tool " >'" tmp ".index'")
    f = tmp ".index"
    while ((getline text_line < f) > 0) {
        if (text_line ~ /^#/) continue
        split(text_line, field, FS)
        layer_of[field[1]] = field[4]
        year_of[field[1]] = substr(field[5], 1, 4)
    }
    close(f)
}

# ---- what the records say that rasters were made from ----

# Takes the lines of a file of records: of each its path, status and source.
function read_records(file, t,    field, i, k, l, status, size, time, said) {
    status = 0
    while ((getline l < file) > 0) {
        if (l ~ /^##/) continue
        k = split(l, field, FS)
        if (l ~ /^#/)
            for (i = 1; i <= k; i++) {
                if (field[i] == "status") status = i
                if (field[i] == "size") size = i
                if (field[i] == "mtime") time = i
                if (field[i] == "message") said = i
            }
        else if (status && size && time) {
            i = stem(base(field[1]))
            was[t, i] = field[status]
            if (was[t, i] == "failed") why[t, i] = field[said]
            made_of[t, i] = field[1] FS field[size] FS field[time]
        }
    }
    close(file)
}

# Whether a scene is to be averaged again, whatever its record's age. Its record must be of
# the file that is there now, and say that it did not fail; a raster must be there when it
# says so, and no younger.
function is_due(t, name, path,    key) {
    key = t SUBSEP name
    if (!(key in record_time)) {
        if (key in ended) failed = failed " " folder_of[t] "/Regrid_" name ".tsv"
        return 0
    }
    if (record_time[key] > ledger_time[out "/" site[t] "/" var[t] ".scenes.tsv"] + 0)
        read_records(folder_of[t] "/Regrid_" name ".tsv", t)
    if (!(key in was) || made_of[key] != path FS source[path] || kind_of[path] != "f") return 1
    if (was[key] == "failed") { failed = failed " " folder_of[t] "/Regrid_" name ".tsv"; return 1 }
    return (was[key] == "ok" || was[key] == "empty") != (key in raster_time) || \
        ((key in raster_time) && raster_time[key] > record_time[key])
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

# For make status.
function note(t, name, path, wrong) {
    print site[t] "/" var[t] FS folder_of[t] "/Regrid_" name ".tsv" FS (wrong != "NA" || (t, name) in ended ? "failed" : \
        (t, name) in record_time ? was[t, name] : "none") FS path FS (wrong != "NA" ? wrong : why[t, name] != "" ? why[t, name] : "NA") > (tmp ".status")
}

function plan_scene(t, path,    name, year, map, wrong, key, k) {
    name = stem(base(path))
    year = year_of[path]
    map = map_for(t, year)
    wrong = map == "" ? missing : "NA"
    if ((t, name) in seen) wrong = "a scene of that name is also in " seen[t, name]
    else if (kind_of[path] == "l") wrong = "a link to nothing"
    if (wrong ~ /^a scene/) problem[++nproblems] = path ": " wrong
    else seen[t, name] = folder(path)
    put(t, name "\t" path "\t" (map == "" || map == "none" ? "NA" : map) "\t" wrong)
    if (wrong != "NA") {
        if (look ~ /status/) note(t, name, path, wrong)
        return
    }
    if (!((site[t], year) in year_known)) {
        year_known[site[t], year]
        years[site[t]] = years[site[t]] " " year
        put("plan", "MAP." site[t] "." year " := " (map == "none" ? "" : map))
    }
    key = t FS folder(path) FS year FS substr(base(path), length(name) + 1)
    if (!(key in kind)) {
        kind[key] = site[t] "/" var[t] "/" ++nkinds[t]
        kinds = kinds " " kind[key]
        put("plan", kind[key] ".from := " folder(path))
        put("plan", kind[key] ".year := " year)
        put("plan", kind[key] ".ext := " substr(base(path), length(name) + 1))
    }
    k = kind[key]
    names[k, ++nnames[k]] = name
    if (is_due(t, name, path)) { again[k] = again[k] " " name; due[k]++ }
    else if (!((t, name) in record_time) || source_time[path] > record_time[t, name]) due[k]++
    if (look ~ /status/) note(t, name, path, wrong)
}

# The layers that are there instead, in the order of the alphabet.
function found_there(t, id,    i, p, l, all, k, c, a, j) {
    for (i = 1; i <= nfound[id]; i++) {
        p = found[id, i]
        if (!(p in layer_of) || layer_of[p] == "NA" || layer_of[p] in all) continue
        l = layer_of[p]
        all[l]
        for (j = ++c; j > 1 && a[j - 1] > l; j--) a[j] = a[j - 1]
        a[j] = l
    }
    p = c ? "; the layers there are " : ""
    for (i = 1; i <= c; i++) p = p (i > 1 ? ", " : "") a[i]
    return p
}

function plan_task(t,    id, i, p) {
    id = tasks_pattern[t]
    p = out "/" site[t] "/" var[t] ".scenes.tsv"
    if (p in ledger_time) read_records(p, t)
    for (i = 1; i <= nfound[id]; i++) {
        p = found[id, i]
        if (p in layer_of && layer_of[p] == layer[t]) plan_scene(t, p)
    }
    if (n[t]) tasks = tasks " " site[t] "/" var[t]
    else
        problem[++nproblems] = site[t] " " var[t] ": no scene of layer " layer[t] " matches " text[id] found_there(t, id)
}

# A list of names, joined pair by pair, since adding one by one would take its square.
function join_names(k,    i, m, step) {
    m = nnames[k]
    for (step = 1; step < m; step *= 2)
        for (i = 1; i + step <= m; i += 2 * step) names[k, i] = names[k, i] " " names[k, i + step]
    return names[k, 1]
}

# Writes lines to a file unless it has them already, or it is only to look.
function write(file, id,    i, got, old, same, aside) {
    same = 1
    i = 0
    while (same && (got = (getline old < file)) > 0) same = ++i <= n[id] && old == line[id, i]
    close(file)
    if (same && got == 0 && i == n[id] + 0) return
    if (look) { changed = changed " " file; return }
    aside = tmp ".new"
    printf "" > aside
    for (i = 1; i <= n[id]; i++) print line[id, i] > aside
    if (close(aside) != 0 || system("mv -f '" aside "' '" file "'") != 0) exit 1
}

END {
    read_index()
    for (t = 0; t < ntasks; t++) {
        if (!is_ready[t]) continue
        if (!(site[t] in ready)) { ready[site[t]]; sites = sites " " site[t] }
        plan_task(t)
        if (n[t]) write(state "/site/" site[t] "/" var[t] "/list", t)
    }
    put("plan", "READY :=" sites)
    put("plan", "TASKS :=" tasks)
    put("plan", "KINDS :=" kinds)
    put("plan", "FAILED :=" failed)
    m = split(kinds, all, " ")
    for (i = 1; i <= m; i++) {
        put("plan", all[i] ".names := " join_names(all[i]))
        put("plan", all[i] ".again :=" again[all[i]])
        put("plan", all[i] ".due := " (due[all[i]] + 0))
    }
    for (s in years) put("plan", "YEARS." s " :=" years[s])
    put("plan", "PROBLEMS := " (nproblems ? nproblems : ""))
    for (i = 1; i <= nproblems; i++) put("problems", problem[i])
    write(state "/problems", "problems")
    put("plan", "CHANGED :=" changed)
    look = ""
    write(tmp ".plan", "plan")
}
