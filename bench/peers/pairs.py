"""Pairs of overpasses and half hours, and their skill, as a notebook does it with pandas."""
import sys

import pandas

satellite, tower = (pandas.read_csv(path, sep="\t") for path in sys.argv[1:])
for table, columns in ((satellite, ["time"]), (tower, ["start", "end"])):
    table.rename(columns={"#site": "site"}, inplace=True)
    for column in columns:
        table[column] = pandas.to_datetime(table[column])
pairs = pandas.merge_asof(satellite.sort_values("time"), tower.sort_values("start"),
                          left_on="time", right_on="start", by="site")
pairs = pairs[pairs.time <= pairs.end]
error = pairs.ETinst - pairs.LE
print(len(pairs), error.mean(), error.abs().mean(), (error ** 2).mean() ** 0.5,
      *(pairs.LE.corr(pairs.ETinst, method) for method in ("pearson", "spearman", "kendall")),
      *error.quantile([0.25, 0.5, 0.75]), sep="\t")
