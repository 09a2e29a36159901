# columns.sh: what the columns of tables of cells are and in which units, as W3C's Metadata
# Vocabulary for Tabular Data has it (CSV on the Web), on stdout.
#
# usage: columns.sh VAR VAR.scenes.tsv TABLE...
#
# Tables are CSV, or compressed CSV, with one heading. The unit is that of the first raster, in
# the column VAR and those of statistics in the same unit.
# shellcheck shell=sh
set -u
here=${0%/*} var=$1 scenes=$2
shift 2
unit=$(sh "$here/rasters.sh" "$scenes" | head -n 1 | eco-sample --cells --no-provenance | sed -n 's/^##unit[.][^=]*=//p')
{
    case ${1-} in
        '') echo ;;
        *.gz) gzip -dc "$1" 2>/dev/null ;;
        *) cat "$1" ;;
    esac | head -n 1
    for table; do printf '%s\n' "${table##*/}"; done
} | UNIT=$unit awk -v var="$var" -f "$here/column-types.awk" -f /dev/fd/3 3<<'PROGRAM'
BEGIN {
    unit = ENVIRON["UNIT"]
    datatype["Date"] = "date"; datatype["DateTime"] = "datetime"; datatype["Integer"] = "integer"
    datatype["String"] = "string"; datatype["Real"] = "number"
}
function json(s) {
    gsub(/\\/, "\\\\", s)
    gsub(/"/, "\\\"", s)
    return "\"" s "\""
}
function has_unit(name) {
    return unit != "" && (name == var || index(name, var "_") == 1 && name !~ /_(n|coverage|variance|sum)$/)
}
NR == 1 { n = split($0, name, ","); print "{\n  \"@context\": \"http://www.w3.org/ns/csvw\",\n  \"tables\": ["; next }
{
    if (NR > 2) print ","
    print "    {\"url\": " json($0) ", \"tableSchema\": {\"columns\": ["
    for (i = 1; i <= n; i++)
        print "      {\"titles\": " json(name[i]) ", \"datatype\": \"" datatype[type_of(name[i])] "\", \"null\": [\"NaN\", \"NA\"]" \
            (has_unit(name[i]) ? ", \"schema:unitText\": " json(unit) : "") "}" (i < n ? "," : "")
    printf "    ]}}"
}
END { print "\n  ]\n}" }
PROGRAM
