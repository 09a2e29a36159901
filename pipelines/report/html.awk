# html.awk: what the writers of pages share: text as HTML, tables of records, pictures, frames.
#
# Awk writes the pages, since all that they show is lines of records already, and each text goes
# through html() on its way into a page: the only place where < or & becomes harmless.

function html(s) {
    gsub(/&/, "\\&amp;", s)
    gsub(/</, "\\&lt;", s)
    gsub(/>/, "\\&gt;", s)
    gsub(/"/, "\\&quot;", s)
    return s
}

# The texts of records have escapes for TAB, newline and backslash.
function plain(s,    r, c) {
    while (match(s, /\\[tn\\]/)) {
        c = substr(s, RSTART + 1, 1)
        r = r substr(s, 1, RSTART - 1) (c == "\\" ? c : " ")
        s = substr(s, RSTART + 2)
    }
    return r s
}

# Four digits for people; the tables beside the page have all.
function short(v) { return v == "" || v == "NaN" || v == "NA" ? "–" : sprintf("%.4g", v) }
function share(v) { return v == "NaN" ? "–" : sprintf("%.0f %%", 100 * v) }
function when(t) { t = substr(t, 1, 16); sub(/T/, " ", t); return t == "NA" || t == "" ? "time unknown" : t ~ / / ? t " UTC" : t }
function many(n, one, more) { return n " " (n == 1 ? one : more) }

# Reads records into cell[row, name], rows from 1, meta[key] and column[1..columns]; returns
# the number of rows.
function read_table(file,    l, f, i, k, n) {
    split("", cell); split("", meta); split("", column)
    columns = n = 0
    while ((getline l < file) > 0) {
        if (l ~ /^##/) {
            k = index(l, "=")
            if (k && !(substr(l, 3, k - 3) in meta)) meta[substr(l, 3, k - 3)] = substr(l, k + 1)
        } else if (l ~ /^#/) columns = split(substr(l, 2), column, "\t")
        else {
            split(l, f, "\t")
            n++
            for (i = 1; i <= columns; i++) cell[n, column[i]] = f[i]
        }
    }
    close(file)
    return n
}

# A picture of gnuplot's in the page: its size is the page's matter, its names are its own, and
# what it shows is said in words, too.
function picture(file, id, words,    l, on) {
    while ((getline l < file) > 0) {
        if (!on && l !~ /^<svg/) continue
        if (!on) {
            on = 1
            print "<svg role=\"img\" aria-label=\"" html(words) "\""
            continue
        }
        if (on == 1 && l ~ /^ *width=/) continue
        if (l ~ />/) on = 2
        if (l ~ /^<title>Gnuplot|^<desc>Produced/) continue
        gsub(/id='gp/, "id='" id "gp", l)
        gsub(/id="gnuplot/, "id=\"" id "gnuplot", l)
        gsub(/id='(text|grey)box/, "&" id, l)
        gsub(/href='#gp/, "href='#" id "gp", l)
        gsub(/url\(#gp/, "url(#" id "gp", l)
        gsub(/url\(#(text|grey)box/, "&" id, l)
        print l
    }
    close(file)
    return on
}

# A table whose columns sort: the names of its columns, then cells. Numbers sort by their value
# and stand to the right; on a narrow screen each cell has its column's name before it.
function head(name) {
    label[++labels] = name
    print "<th scope=\"col\">" html(name) "</th>"
}
function head_number(name) {
    label[++labels] = name
    print "<th scope=\"col\" class=\"n\">" html(name) "</th>"
}
function begin_table(caption) { labels = 0; print "<table class=\"sort\"><caption>" html(caption) "</caption><thead><tr>" }
function begin_rows() { print "</tr></thead><tbody>" }
function begin_row() { at_cell = 0; print "<tr>" }
function put_cell(content, value) {
    print "<td data-label=\"" html(label[++at_cell]) "\"" (value == "" ? "" : " class=\"n\" data-v=\"" html(value) "\"") ">" content "</td>"
}
function end_row() { print "</tr>" }
function end_table() { print "</tbody></table>" }
function put_number(v) { put_cell(short(v), v == "" ? "NaN" : v) }
function put_text(v) { put_cell(html(plain(v)), "") }

# What became of a scene, in words; and whether that of a row was used.
function is_used(row) { return cell[row, "status"] == "ok" || cell[row, "status"] == "partial" }
function fate(status, message) {
    if (status == "ok") return "used"
    if (status == "partial") return "used in part: " message
    if (status == "empty") return "no cell is covered enough"
    if (status == "outside") return "does not reach the grid"
    return message == "NA" ? status : message
}

# The rows of a table of skill as read: NAME is what the rows are called.
function skill_heads(    n, i, name) {
    n = split("pairs dropped bias MAE RMSE ubRMSE R² slope intercept KGE NSE", name, " ")
    for (i = 1; i <= n; i++) head_number(name[i])
}
function skill_cells(r,    n, i, name) {
    n = split("n dropped bias mae rmse ubrmse r2 slope intercept kge nse", name, " ")
    for (i = 1; i <= n; i++) put_number(cell[r, name[i]])
}

function begin_page(title) {
    print "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
    print "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
    print "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:\">"
    print "<meta name=\"color-scheme\" content=\"light dark\">"
    print "<link rel=\"icon\" href=\"data:,\">"
    print "<title>" html(title) "</title>\n<style>\n" ENVIRON["ECO_PAGE_STYLE"] "\n</style></head><body>"
    print "<a class=\"skip\" href=\"#main\">To the content</a>"
}

function end_page() {
    print "</main><footer><p>Made by " html(ENVIRON["ECO_PAGE_VERSIONS"]) ".</p></footer>"
    print "<script>\n" ENVIRON["ECO_PAGE_SCRIPT"] "\n</script></body></html>"
}

# What the plan found wrong, of one site or of all ("").
function problems(site,    l, n) {
    while ((getline l < (out "/.eco/problems")) > 0) {
        if (site != "" && index(l, site " ") != 1 && index(l, site ":") != 1) continue
        if (!n++) print "<section class=\"problems\"><h2>What was wrong</h2><ul>"
        print "<li>" html(l) "</li>"
    }
    close(out "/.eco/problems")
    if (n) print "</ul></section>"
}

# A table of scenes in numbers: of how many, and how many were used.
function used_scenes(rows,    i, n) {
    for (i = 1; i <= rows; i++) n += is_used(i)
    return n + 0
}
