# page.awk: a site's page; page.sh runs it with html.awk.
#
# usage: awk -v out=OUT ... -f page.awk SITE HOW-MANY-SITES VAR[=COLUMN]... -- CONFIG... -- [SETTING=VALUE]...

function arguments(    i, part, pair) {
    site = ARGV[1]
    sites = ARGV[2]
    for (i = 3; i < ARGC; i++)
        if (ARGV[i] == "--") part++
        else if (!part) { split(ARGV[i], pair, "="); vars[++nvars] = pair[1]; matched[nvars] = pair[2] != "" }
        else if (part == 1) config[++nconfigs] = ARGV[i]
        else set[++nset] = ARGV[i]
}

# A variable's section, or why there is none.
function section(var,    l, from, n) {
    from = out "/.eco/site/" site "/" var "/section."
    while ((getline l < (from "html")) > 0) { n++; print l }
    close(from "html")
    if (n) return
    print "<section id=\"v-" html(var) "\" class=\"problems\"><h2>" html(var) "</h2><p>This could not be made:</p><pre>"
    while ((getline l < (from "failed")) > 0) print html(l)
    print "</pre></section>"
}

function overview(    k, n, i) {
    print "<ul class=\"tiles\">"
    for (k = 1; k <= nvars; k++) {
        n = read_table(out "/" site "/" vars[k] ".scenes.tsv")
        print "<li><a href=\"#v-" html(vars[k]) "\">" html(vars[k]) "</a><b>" used_scenes(n) "</b> of " many(n, "scene", "scenes") " used"
        n = matched[k] ? read_table(out "/" site "/" vars[k] ".skill.tsv") : 0
        for (i = 1; i <= n; i++) if (cell[i, "season"] == "all")
            print "<br><b>" cell[i, "n"] "</b> " (cell[i, "n"] == 1 ? "pair" : "pairs") " with the tower<br>bias <b>" short(cell[i, "bias"]) "</b>, RMSE <b>" short(cell[i, "rmse"]) "</b>" \
                (("unit.bias") in meta ? " " html(meta["unit.bias"]) : "")
        print "</li>"
    }
    print "</ul>"
}

# Text as the body of a data: link.
function percent(s) {
    gsub(/%/, "%25", s); gsub(/#/, "%23", s); gsub(/"/, "%22", s); gsub(/&/, "%26", s); gsub(/</, "%3C", s); gsub(/>/, "%3E", s)
    gsub(/ /, "%20", s); gsub(/\r/, "%0D", s)
    return s
}

function skill_table(    k, n, i, l, any, link) {
    for (k = 1; k <= nvars; k++) {
        n = matched[k] ? read_table(out "/" site "/" vars[k] ".skill.tsv") : 0
        if (n && !any++) {
            print "<section id=\"skill\"><h2>Skill against the tower</h2>"
            begin_table("Each variable, all pairs and by season")
            head("variable"); head("season"); head("unit"); skill_heads(); head("note")
            begin_rows()
        }
        for (i = 1; i <= n; i++) {
            begin_row()
            put_text(vars[k]); put_text(cell[i, "season"])
            put_text(("unit.bias") in meta ? meta["unit.bias"] : "–")
            skill_cells(i)
            put_text(cell[i, "note"] == "NA" ? "" : cell[i, "note"])
            end_row()
        }
    }
    if (!any) return
    end_table()
    while ((getline l < (out "/" site "/skill.csv")) > 0) link = link percent(l) "%0A"
    print "<p class=\"fine\">Satellite less tower: bias is the mean difference, MAE the mean of its size, RMSE the root of the mean square (divisor n), ubRMSE the same without the bias; " \
        "R² is the square of the correlation; slope and intercept are of least squares, satellite on tower; KGE is of Gupta and others 2009, NSE of Nash and Sutcliffe 1970. " \
        "Dropped: pairs that lack a value on one side. All statistics and all digits: " \
        "<a download=\"" html(site) ".skill.csv\" href=\"data:text/csv;charset=utf-8," link "\">the table as CSV</a>, which also lies beside this page as skill.csv.</p></section>"
}

# The values of a column of the table that was read, and how often each is there.
function tally(rows, name,    i, v, n) {
    split("", times); split("", value)
    for (i = 1; i <= rows; i++) if (!times[v = cell[i, name]]++) value[++n] = v
    return n + 0
}

function input_row(kind, what, count) {
    begin_row()
    put_text(kind); put_text(what); put_cell(html(count), count + 0)
    end_row()
}

function inputs(    k, n, i, j, p, folders, first, last, rows) {
    begin_table("Inputs")
    head("kind"); head("what"); head_number("how many")
    begin_rows()
    for (k = 1; k <= nvars; k++) {
        rows = read_table(out "/" site "/" vars[k] ".scenes.tsv")
        for (i = 1; i <= rows; i++) { p = plain(cell[i, "path"]); if (!sub(/\/[^\/]*$/, "", p)) p = "."; cell[i, "folder"] = p }
        n = tally(rows, "folder")
        for (i = 1; i <= n; i++) input_row("scenes of " vars[k], value[i], many(times[value[i]], "scene", "scenes"))
        n = tally(rows, "map")
        for (i = 1; i <= n; i++) if (value[i] != "NA" && value[i] != "none")
            input_row("class map for " vars[k], plain(value[i]), many(times[value[i]], "scene", "scenes"))
        rows = matched[k] ? read_table(out "/" site "/" vars[k] ".tower.tsv") : 0
        if (rows) input_row("tower for " vars[k], ("format" in meta ? meta["format"] : "") ", " substr(cell[1, "start"], 1, 10) " to " substr(cell[rows, "end"], 1, 10), many(rows, "record", "records"))
    }
    rows = read_table(out "/" site "/grid.txt")
    input_row("grid", out "/" site "/grid.txt, " meta["crs"], meta["columns"] " × " meta["rows"] " cells")
    end_table()
}

function how(    i, l) {
    print "<section id=\"how\"><h2>How it was made</h2>"
    inputs()
    for (i = 1; i <= nconfigs; i++) {
        print "<h3>Configuration " html(config[i]) "</h3><pre>"
        while ((getline l < config[i]) > 0) print html(l)
        print "</pre>"
    }
    if (nset) {
        print "<h3>Set on the command line</h3><pre>"
        for (i = 1; i <= nset; i++) print html(set[i])
        print "</pre>"
    }
    print "<p class=\"fine\">Each coarse raster's own tags say how it was made; eco-flow(7), eco-regrid(1) and eco-stats(1) have the definitions.</p></section>"
}

BEGIN {
    arguments()
    begin_page(site " – ECOSTRESS on the ground")
    print "<header><h1>" html(site) "</h1>" (sites > 1 ? "<nav><a href=\"../report.html\">All sites</a></nav>" : "") "</header><main id=\"main\">"
    overview()
    problems(site)
    skill_table()
    for (k = 1; k <= nvars; k++) section(vars[k])
    how()
    end_page()
}
