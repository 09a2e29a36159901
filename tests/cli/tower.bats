# eco-tower: the networks' files, their odd variants, offsets and order; against what the
# files say, by awk and date(1).
load ../lib/common

setup() {
    cd "$BATS_TEST_TMPDIR"
}

bad() { ends "$1" "$2" eco-tower "${@:3}"; }

# The records alone.
records() {
    eco-tower "$@" | grep -v '^##'
}

fluxnet() {
    cat >FLX_XX-Abc_FLUXNET2015_SUBSET_HH_2019-2019_1-4.csv <<'END'
TIMESTAMP_START,TIMESTAMP_END,LE_F_MDS,LE_F_MDS_QC,LE_CORR,LE_CORR_25,H_F_MDS,H_F_MDS_QC,TA_F,TA_F_QC,G_1_1_1,G_2_1_1,SW_IN_1_1_1
201912312230,201912312300,100,0,110,105,50,0,20.5,0,1,2,3
201912312300,201912312330,101,1,-9999,-9999,51,3,20.25,2,1,2,4
201912312330,202001010000,102,2,112,107,-9999,-9999,-9999,-9999,1,2,-9999
202001010000,202001010030,103,-9999,113,108,53,1,NA,,1,2,5
END
    hh=FLX_XX-Abc_FLUXNET2015_SUBSET_HH_2019-2019_1-4.csv
}

@test "the sample of AmeriFlux BASE, value by value" {
    need_data tower
    file=$DATA/tower/AMF_US-CRT_BASE_HH_2-5.csv
    run --separate-stderr eco-tower --utc-offset -5 "$file"
    [ "$status" -eq 0 ]
    [ "$(grep -c 'has no value in any record$' <<<"$stderr")" -eq 2 ]
    [ "${lines[0]}" = '##format=AmeriFlux BASE' ]
    # All columns in order, -9999 being NaN, and nothing else changed.
    grep -v '^##' <<<"$output" | cut -f 4- >ours
    tail -n +3 "$file" | cut -d, -f 3- | tr , '\t' | sed '1s/^//; s/\(^\|\t\)-9999\(\t\|$\)/\1NaN\2/g; s/\(^\|\t\)-9999\(\t\|$\)/\1NaN\2/g' >theirs
    [ "$(wc -l <ours)" -eq 97 ]
    paste ours theirs | awk -F '\t' 'NR == 1 { for (i = 1; i <= NF / 2; i++) if ($i != $(i + NF / 2)) bad = 1; next }
        { for (i = 1; i <= NF / 2; i++) { a = $i; b = $(i + NF / 2)
            if ((a == "NaN") != (b == "NaN") || (a != "NaN" && a + 0 != b + 0)) { print NR, i, a, b; bad = 1 } } } END { exit bad }'
    # Both ends of each interval, five hours later in UTC.
    grep -v '^#' <<<"$output" | cut -f 2,3 | tr '\t' '\n' >both.txt
    tail -n +4 "$file" | cut -d, -f 1,2 | tr , '\n' |
        sed 's/\(....\)\(..\)\(..\)\(..\)\(..\)/\1-\2-\3 \4:\5 -0500/' | date -u -f - +%Y-%m-%dT%H:%M:%SZ | diff both.txt -
    [ "$(grep -v '^#' <<<"$output" | cut -f 1 | sort -u)" = US-CRT ]
    # The facts that are known of it.
    [ "$(eco-tower --utc-offset -5 --vars LE "$file" | awk -F '\t' '/^#/ || $4 == "NaN" { next }
        { n++; if (n == 1) first = $2; if (n == 1 || $4 < min) min = $4; if (n == 1 || $4 > max) max = $4 }
        END { print n, first, min, max }')" = '40 2011-01-01T12:00:00Z -16.13360765 52.54880063' ]
    # As another program would have left it.
    eco-tower --utc-offset -5 --no-provenance "$file" 2>/dev/null >plain
    { printf '\xef\xbb\xbf'; sed 's/$/\r/; 4,$s/,/ , /g' "$file"; } >AMF_US-CRT_BASE_HH_1.csv
    eco-tower --utc-offset -5 --no-provenance AMF_US-CRT_BASE_HH_1.csv 2>/dev/null | diff plain -
    tr '\n' '\r' <"$file" >AMF_US-CRT_BASE_HH_1.csv
    eco-tower --utc-offset -5 --no-provenance AMF_US-CRT_BASE_HH_1.csv 2>/dev/null | diff plain -
    sed '4,$s/$/,,/; 10s/^/,,,\n/' "$file" >AMF_US-CRT_BASE_HH_1.csv
    eco-tower --utc-offset -5 --no-provenance AMF_US-CRT_BASE_HH_1.csv 2>/dev/null | diff plain -
}

@test "variables of FLUXNET are chosen by a rule that is recorded" {
    fluxnet
    eco-tower --no-provenance --utc-offset 1 --vars LE,H,TA,SW_IN,LE_CORR_25 $hh >out
    diff out - <<'END'
##format=FLUXNET
##flux=corrected
##source.LE=LE_CORR
##unit.LE=W m-2
##source.H=H_F_MDS
##unit.H=W m-2
##source.TA=TA_F
##unit.TA=degC
##source.SW_IN=SW_IN_1_1_1
##unit.SW_IN=W m-2
##source.LE_CORR_25=LE_CORR_25
##unit.LE_CORR_25=W m-2
#site	start	end	LE	LE_QC	H	H_QC	TA	TA_QC	SW_IN	LE_CORR_25	LE_CORR_25_QC
XX-Abc	2019-12-31T21:30:00Z	2019-12-31T22:00:00Z	110	0	50	0	20.5	0	3	105	0
XX-Abc	2019-12-31T22:00:00Z	2019-12-31T22:30:00Z	NaN	1	51	3	20.25	2	4	NaN	1
XX-Abc	2019-12-31T22:30:00Z	2019-12-31T23:00:00Z	112	2	NaN	NaN	NaN	NaN	NaN	107	2
XX-Abc	2019-12-31T23:00:00Z	2019-12-31T23:30:00Z	113	NaN	53	1	NaN	NaN	5	108	NaN
END
    [ "$(records --utc-offset 1 --flux filled --vars LE $hh | cut -f 4,5 | paste -sd' ')" = $'LE\tLE_QC 100\t0 101\t1 102\t2 103\tNaN' ]
    # What passes a quality of 1: a flag that is not there does not.
    [ "$(records --utc-offset 1 --quality '<=1' --vars LE,H $hh | cut -f 4,6 | paste -sd' ')" = $'LE\tH 110\t50 NaN\tNaN NaN\tNaN NaN\t53' ]
    [ "$(records --utc-offset 1 --quality '>=1' --vars H $hh | cut -f 4 | paste -sd' ')" = 'H NaN 51 NaN 53' ]
    [ "$(records --utc-offset 1 --quality '=0' --vars LE_F_MDS,LE_F_MDS_QC $hh | cut -f 4- | paste -sd' ')" = $'LE_F_MDS\tLE_F_MDS_QC 100\t0 NaN\t1 NaN\t2 NaN\tNaN' ]
    [ "$(records --utc-offset 1 --quality '=0' $hh | cut -f 4- | head -n 1)" = "$(head -n 1 $hh | cut -d, -f 3- | tr , '\t')" ]
    bad 1 'there is no variable "LE" (--flux measured)' --utc-offset 1 --flux measured --vars LE $hh
    bad 1 '"G" may be any of G_1_1_1, G_2_1_1: name one' --utc-offset 1 --vars G $hh
    bad 1 'none of the variables has a column of its quality' --utc-offset 1 --quality '<=1' --vars SW_IN $hh
    bad 2 '"LE" twice' --utc-offset 1 --vars LE,LE $hh
    bad 2 'not a rule such as <=1' --quality 1 $hh
}

@test "days, ICOS, one end only, and text of REddyProc" {
    fluxnet
    printf 'TIMESTAMP,LE_F_MDS,LE_F_MDS_QC\n20190228,50,0.9\n20190301,60,0.4\n' >FLX_XX-Abc_FLUXNET2015_SUBSET_DD_2019-2019_1-4.csv
    eco-tower --no-provenance --utc-offset 5.75 --quality '>=0.5' --vars LE FLX_*_DD_* | grep -v '^##\(flux\|source\|unit\)' >out
    diff out - <<'END'
##format=FLUXNET by days
##quality=>=0.5
#site	start	end	LE	LE_QC
XX-Abc	2019-02-27T18:15:00Z	2019-02-28T18:15:00Z	50	0.9
XX-Abc	2019-02-28T18:15:00Z	2019-03-01T18:15:00Z	NaN	0.4
END
    cp $hh ICOSETC_BE-Bra_FLUXES_L2.csv
    eco-tower --utc-offset 1 --vars LE ICOSETC_BE-Bra_FLUXES_L2.csv >out
    grep -qx '##format=ICOS ETC' out && [ "$(tail -n 1 out | cut -f 1)" = BE-Bra ]
    # One end of the intervals is enough where their length is known.
    cut -d, -f 2- $hh >FLX_XX-Abc_FLUXNET2015_SUBSET_HH_x.csv
    records --utc-offset 1 --vars LE FLX_XX-Abc_FLUXNET2015_SUBSET_HH_x.csv | diff - <(records --utc-offset 1 --vars LE $hh)
    cut -d, -f 1,3- $hh >other.csv
    records --utc-offset 1 --vars LE --site XX-Abc --step 30 other.csv | diff - <(records --utc-offset 1 --vars LE $hh)
    bad 1 'how long are its intervals? --step says so' --utc-offset 1 --vars LE --site X other.csv

    # Hour is the end; the last of a year is hour 0 of its day 366.
    printf '%s\n' 'Year DoY	Hour  LE' '-- -- -- Wm-2' '1998 365 23.5 -9999.0' '1998  366 0 12.5' '1999 1 0.5 13' >red.txt
    eco-tower --no-provenance --site DE-Tha --utc-offset 1 red.txt >out
    diff out - <<'END'
##format=REddyProc text
##unit.LE=Wm-2
#site	start	end	LE
DE-Tha	1998-12-31T22:00:00Z	1998-12-31T22:30:00Z	NaN
DE-Tha	1998-12-31T22:30:00Z	1998-12-31T23:00:00Z	12.5
DE-Tha	1998-12-31T23:00:00Z	1998-12-31T23:30:00Z	13
END
    tr '\n' '\r' <red.txt | eco-tower --no-provenance --site DE-Tha --utc-offset 1 | diff out -
    bad 1 'neither its name nor its head says which site it is of' --utc-offset 1 red.txt
    sed 's/ 23.5 / 25 /' red.txt >wrong.txt
    bad 1 'wrong.txt:3: Hour: not an hour: "25"' --site X --utc-offset 1 --step 30 wrong.txt
    printf '%s\n' 'Year Day Hour LE' '-- -- -- W' '1998 5 1 1' >wrong.txt
    bad 1 'wrong.txt: text that begins with Year has no columns Year, DoY and Hour' --site X --utc-offset 1 wrong.txt
    printf '%s\n' 'Years DoY Hour LE' '-- -- -- W' '1998 5 1 1' >wrong.txt
    bad 1 'wrong.txt: no tower file that is known' --site X --utc-offset 1 wrong.txt
    printf '%s\n' 'Year DoY Hour LE' '-- -- -- W' '1998 5 1 1' '1998 5 1.5 2' >wrong.txt
    bad 1 'wrong.txt:4: out of order' --site X --utc-offset 1 wrong.txt
    eco-tower --site X --utc-offset 1 --step 30 wrong.txt | grep -vc '^#' | grep -qx 2
}

@test "other tables, by the columns of time that are named" {
    # As a spreadsheet keeps it: no-break spaces, an unnamed column, a line of commas.
    printf ',when,LE\xc2\xa0,\xc2\xa0site\n1,12/31/2019 23:30,5,\xc2\xa0A\xc2\xa0\n,\n2,1/1/2020 0:00,,A\n3,1/1/2020 0:30,7,<b>&amp;\n' >us.csv
    records --utc-offset -3.5 --dates mdy --end when --step 30 --site-column site --vars LE us.csv >out
    printf '%s\n' $'#site\tstart\tend\tLE' $'A\t2020-01-01T02:30:00Z\t2020-01-01T03:00:00Z\t5' \
        $'A\t2020-01-01T03:00:00Z\t2020-01-01T03:30:00Z\tNaN' \
        $'<b>&amp;\t2020-01-01T03:30:00Z\t2020-01-01T04:00:00Z\t7' | diff - out
    bad 1 'day and month may be either: say --dates mdy or dmy' --utc-offset 1 --end when --step 30 --site X us.csv
    bad 1 'us.csv:2: when: there is no such day: "12/31/2019 23:30"' --utc-offset 1 --end when --step 30 --site X --dates dmy us.csv
    # A middle; ISO times; Z needs no offset.
    printf 't,LE\n2020-02-29 00:15,1\n2020-02-29T00:45:00,2\n' >iso.csv
    [ "$(records --site X --utc-offset 0 --time t --step 30 iso.csv | cut -f 2- | tail -n 2)" = $'2020-02-29T00:00:00Z\t2020-02-29T00:30:00Z\t1\n2020-02-29T00:30:00Z\t2020-02-29T01:00:00Z\t2' ]
    printf 's,e,LE\n2020-02-29T00:00:00Z,2020-02-29T00:30:00Z,1\n' >zulu.csv
    [ "$(records --site X --start s --end e zulu.csv | tail -n 1)" = $'X\t2020-02-29T00:00:00Z\t2020-02-29T00:30:00Z\t1' ]
    [ "$(eco-tower --csv --site X --start s --end e zulu.csv)" = $'site,start,end,LE\nX,2020-02-29T00:00:00Z,2020-02-29T00:30:00Z,1' ]
    bad 1 'iso.csv: how long are its intervals?' --site X --utc-offset 0 --time t iso.csv
    bad 1 'iso.csv: no tower file that is known' --site X --utc-offset 0 iso.csv
    bad 1 'iso.csv: --end: there is no column "x"' --site X --utc-offset 0 --end x iso.csv
    bad 2 'either --time or --start and --end' --time t --end e iso.csv
}

@test "the offset is said once and for all, or nothing is" {
    fluxnet
    bad 1 'how far is the clock of XX-Abc ahead of UTC? Say so by --utc-offset or --sites' $hh
    when() { records --vars LE "$@" | sed -n 2p | cut -f 2; }
    [ "$(when --utc-offset 0 $hh)" = 2019-12-31T22:30:00Z ]
    [ "$(when --utc-offset -9.5 $hh)" = 2020-01-01T08:00:00Z ]
    [ "$(when --utc-offset 5.75 $hh)" = 2019-12-31T16:45:00Z ]
    printf 'SITE_ID,UTC_OFFSET\nXX-Other,1\nXX-Abc,5.5\nXX-Abc,5.50\n' >table.csv
    [ "$(when --sites table.csv $hh)" = 2019-12-31T17:00:00Z ]
    printf '#site\tutc_offset\nXX-Abc\t-3\n' >table.tsv
    [ "$(when --sites table.tsv $hh)" = 2020-01-01T01:30:00Z ]
    printf 'SITE_ID,GROUP_ID,VARIABLE_GROUP,VARIABLE,DATAVALUE\n%s\n' XX-Abc,1,GRP_LOCATION,LOCATION_LAT,41.6 XX-Abc,2,GRP_UTC_OFFSET,UTC_OFFSET,-5 | sed '2q' >badm.csv
    printf 'XX-Abc,2,GRP_UTC_OFFSET,UTC_OFFSET,-5\n' >>badm.csv
    [ "$(when --sites badm.csv $hh)" = 2020-01-01T03:30:00Z ]
    printf 'XX-Abc,3,GRP_UTC_OFFSET,UTC_OFFSET,-4\n' >>badm.csv
    bad 1 'badm.csv:4: DATAVALUE: another offset than before for this site: "-4"' --sites badm.csv $hh
    printf 'SITE_ID,UTC_OFFSET\nXX-Other,1\n' >other.csv
    bad 1 'how far is the clock of XX-Abc' --sites other.csv $hh
    bad 1 'no columns of sites and of utc_offset' --sites $hh $hh
    bad 2 'either --sites or --utc-offset' --sites table.csv --utc-offset 1 $hh
    bad 2 'utc-offset' --utc-offset 15 $hh
    # A column of the file itself, and one that says otherwise.
    awk -F, -v OFS=, 'NR == 1 { print $0, "UTC_OFFSET"; next } { print $0, -6 }' $hh >FLX_XX-Abc_with.csv
    [ "$(when FLX_XX-Abc_with.csv)" = 2020-01-01T04:30:00Z ]
    [ "$(when --utc-offset -6 FLX_XX-Abc_with.csv)" = 2020-01-01T04:30:00Z ]
    bad 1 'FLX_XX-Abc_with.csv:2: UTC_OFFSET: another offset than that of --utc-offset or --sites: "-6"' --utc-offset -5 --vars LE FLX_XX-Abc_with.csv
    bad 1 'FLX_XX-Abc_with.csv:2: UTC_OFFSET: another offset' --sites table.csv FLX_XX-Abc_with.csv
}

@test "hours that are missing, doubled or out of order are told with their lines" {
    head() { echo 'TIMESTAMP_START,TIMESTAMP_END,LE'; }
    row() { printf '20200101%s,20200101%s,%s\n' "$1" "$2" "$3"; }
    { head; row 0000 0030 1; row 0030 0100 2; row 0300 0330 3; } >FLX_A_gap.csv
    run --separate-stderr eco-tower --utc-offset 0 FLX_A_gap.csv
    [ "$status" -eq 0 ]
    one_message 'FLX_A_gap.csv:4: 120 minutes are missing before it'
    { head; row 0000 0030 1; row 0000 0030 1; row 0030 0100 2; } >FLX_A_twice.csv
    bad 1 'FLX_A_twice.csv:3: out of order: the same interval as in the record before' --utc-offset 0 FLX_A_twice.csv
    run --separate-stderr eco-tower --keep-going --utc-offset 0 FLX_A_twice.csv
    [ "$status" -eq 1 ] && [ "$(grep -vc '^#' <<<"$output")" -eq 2 ]
    { head; row 0030 0100 1; row 0000 0030 1; } >FLX_A_back.csv
    bad 1 'FLX_A_back.csv:3: out of order: it begins before the record before' --utc-offset 0 FLX_A_back.csv
    { head; row 0000 0100 1; row 0030 0130 1; } >FLX_A_over.csv
    bad 1 'FLX_A_over.csv:3: out of order: it begins before the record before ends' --utc-offset 0 FLX_A_over.csv
    # Also from file to file of one site; another site begins anew.
    bad 1 'FLX_A_gap.csv:2: out of order' --utc-offset 0 FLX_A_gap.csv FLX_A_gap.csv 2>/dev/null || [[ $stderr == *'FLX_A_gap.csv:2: out of order'* ]]
    cp FLX_A_gap.csv FLX_B_gap.csv
    eco-tower --utc-offset 0 FLX_A_gap.csv FLX_B_gap.csv 2>/dev/null | grep -vc '^#' | grep -qx 6
    { head; for h in 00 02 04 06 08 10 12 14; do row ${h}00 ${h}30 1; done; } >FLX_A_many.csv
    run --separate-stderr eco-tower --utc-offset 0 FLX_A_many.csv
    [ "$status" -eq 0 ] && [ "$(wc -l <<<"$stderr")" -eq 6 ] && [[ $stderr == *'7 gaps in all' ]]
}

@test "bad fields, columns and times are told" {
    one() { printf 'TIMESTAMP_START,TIMESTAMP_END,LE\n%s\n' "$1" >FLX_A_one.csv; }
    one 202001012330,202001012400,5
    [ "$(records --utc-offset 0 FLX_A_one.csv | tail -n 1)" = $'A\t2020-01-01T23:30:00Z\t2020-01-02T00:00:00Z\t5' ]
    one 202002282330,202002290000,5
    [ "$(records --utc-offset 0 FLX_A_one.csv | tail -n 1)" = $'A\t2020-02-28T23:30:00Z\t2020-02-29T00:00:00Z\t5' ]
    # A clock that says itself that it is UTC needs no offset.
    for zone in Z +00:00; do
        printf 'start,end,LE\n2020-01-01 01:00:00%s,2020-01-01 01:30:00%s,5\n' $zone $zone >utc.csv
        [ "$(records --site A --start start --end end utc.csv | tail -n 1)" = $'A\t2020-01-01T01:00:00Z\t2020-01-01T01:30:00Z\t5' ]
    done
    printf 'start,end,LE\n2020-01-01 01:00:00+01:00,2020-01-01 01:30:00+01:00,5\n' >utc.csv
    bad 1 'not a time such as' --site A --start start --end end utc.csv
    one 201902290000,201902290030,5
    bad 1 'FLX_A_one.csv:2: TIMESTAMP_START: there is no such day: "201902290000"' --utc-offset 0 FLX_A_one.csv
    one 202001012430,202001012500,5
    bad 1 'there is no such time of day: "202001012430"' --utc-offset 0 FLX_A_one.csv
    one 2.01101E+11,2.01101E+11,5
    bad 1 'no time but a rounded number, as spreadsheets save it: "2.01101E+11"' --utc-offset 0 FLX_A_one.csv
    one 20200101,20200102,5
    bad 1 'a day without a time of day' --utc-offset 0 FLX_A_one.csv
    one 202001010030,202001010000,5
    bad 1 'TIMESTAMP_END: an interval that does not end behind its start' --utc-offset 0 FLX_A_one.csv
    one '202001010000,202001010030,5 W'
    bad 1 'FLX_A_one.csv:2: LE: not a number: "5 W"' --utc-offset 0 FLX_A_one.csv
    one 202001010000,202001010030,5,5
    bad 1 'FLX_A_one.csv:2: 4 fields where the heading names 3' --utc-offset 0 FLX_A_one.csv
    one 202001010000,202001010030
    bad 1 'FLX_A_one.csv:2: 2 fields where the heading names 3' --utc-offset 0 FLX_A_one.csv
    printf 'TIMESTAMP_START;TIMESTAMP_END;LE\n202001010000;202001010030;5,5\n' >FLX_A_one.csv
    bad 1 "FLX_A_one.csv:1: parted by semicolons, not commas; tr ',;' '.,' mends that" --utc-offset 0 FLX_A_one.csv
    tr ',;' '.,' <FLX_A_one.csv | eco-tower --site A --utc-offset 0 | tail -n 1 | grep -qx $'A\t.*\t5.5'
    printf 'TIMESTAMP_START,TIMESTAMP_END,LE,LE\n' >FLX_A_one.csv
    bad 1 'FLX_A_one.csv:1: two columns are named "LE"' --utc-offset 0 FLX_A_one.csv
    printf '# Site: A\n# Version: 1\n' >FLX_A_one.csv
    bad 1 'FLX_A_one.csv: no line that names its columns' --utc-offset 0 FLX_A_one.csv
    bad 1 'No such file' --utc-offset 0 none.csv
    # Columns without any value are told; so are files that do not go together.
    one 202001010000,202001010030,-9999
    bad 0 'LE has no value in any record' --utc-offset 0 FLX_A_one.csv
    printf 'TIMESTAMP_START,TIMESTAMP_END,LE_F_MDS\n202001010000,202001010030,5\n' >FLX_B_two.csv
    one 202001010000,202001010030,5
    bad 1 'FLX_B_two.csv: LE is LE_F_MDS here and LE before: name what all files have' --utc-offset 0 --vars LE FLX_A_one.csv FLX_B_two.csv
    printf 'TIMESTAMP,LE\n20200101,5\n' >FLX_C_three.csv
    bad 1 'FLX_C_three.csv: FLUXNET by days, where the files before are FLUXNET' --utc-offset 0 FLX_A_one.csv FLX_C_three.csv
    eco-tower --utc-offset 0 FLX_A_one.csv >/dev/full 2>err || [ $? -eq 3 ]
    grep -q 'stdout: cannot write' err
}

@test "from a tower's file to skill, in one pipeline" {
    printf 'TIMESTAMP_START,TIMESTAMP_END,LE\n201907010800,201907010830,200\n201907010830,201907010900,220\n201907020800,201907020830,100\n' >FLX_A_HH_.csv
    printf '##unit.ETinst=W m-2\n#site\ttime\tETinst\nA\t2019-07-01T13:10:00Z\t210\nA\t2019-07-01T13:30:01Z\t200\nA\t2019-07-02T13:29:00Z\t120\nA\t2019-07-03T13:29:00Z\t120\n' >sat.tsv
    eco-tower --utc-offset -5 --vars LE FLX_A_HH_.csv 2>err | eco-match --unmatched lost sat.tsv - |
        eco-stats --observed LE --model ETinst --stats n,bias,mae >out
    grep -qx '##unit.bias=W m-2' out
    grep -qx '##tower.format=FLUXNET' out
    [ "$(tail -n 1 out)" = $'ETinst\t3\t3.3333333333333335\t16.666666666666668\tNA' ]
    grep -qx $'A\t2019-07-03T13:29:00Z\t120\tafter-last' lost
}
