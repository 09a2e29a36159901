# skill-csv.awk: tables of skill as one CSV (RFC 4180).
#
# usage: awk -v site=SITE -f skill-csv.awk VAR.skill.tsv...
BEGIN { FS = "\t" }
function csv(s) {
    if (s !~ /[",]/) return s
    gsub(/"/, "\"\"", s)
    return "\"" s "\""
}
function put(first,    i) {
    printf "%s", csv(first)
    for (i = 1; i <= NF; i++) printf ",%s", csv($i)
    printf "\r\n"
}
/^##/ { next }
/^#/ { sub(/^#/, ""); if (!headed++) put("site"); next }
{ put(site) }
