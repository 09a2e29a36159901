# csvw.awk: CSV on the Web's metadata of tables, of a heading and then their names, a line each.
#
# usage: UNIT=UNIT awk -v var=NAME -f column-types.awk -f csvw.awk
#
# UNIT is that of the values, in the column NAME and those of statistics in the same unit.
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
NR == 1 { n = split($0, name, ","); next }
{ table[++tables] = $0 }
END {
    print "{\n  \"@context\": \"http://www.w3.org/ns/csvw\",\n  \"tables\": ["
    for (t = 1; t <= tables; t++) {
        print "    {\"url\": " json(table[t]) ", \"tableSchema\": {\"columns\": ["
        for (i = 1; i <= n; i++)
            print "      {\"titles\": " json(name[i]) ", \"datatype\": \"" datatype[type_of(name[i])] "\", \"null\": [\"NaN\", \"NA\"]" \
                (has_unit(name[i]) ? ", \"schema:unitText\": " json(unit) : "") "}" (i < n ? "," : "")
        print "    ]}}" (t < tables ? "," : "")
    }
    print "  ]\n}"
}
