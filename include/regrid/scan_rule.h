/* scan_rule: which pixels of a swath count where its scans overlap. */
#ifndef ECO_REGRID_SCAN_RULE_H
#define ECO_REGRID_SCAN_RULE_H

/* All of them; not those with their centre in a pixel of the scan before; not those with
 * their centre in a pixel of the scan before or behind that was seen at a smaller zenith,
 * or, of two equal, in that of the scan before. */
enum scan_rule { SCANS_ALL, SCANS_FIRST, SCANS_NADIR };

/* Their names, NULL-terminated. */
extern const char *const scan_rules[];

#endif
