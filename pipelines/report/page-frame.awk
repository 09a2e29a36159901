# page-frame.awk: how a page begins and ends.

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
