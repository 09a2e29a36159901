# terra's means in polygons, by the centres of pixels.
#
#     Rscript polygons.R LAYER RASTER|LIST OUT
#
# A list, of one raster a line, makes layers: a column each.
suppressMessages(suppressWarnings(library(terra)))
args <- commandArgs(TRUE)
rasters <- if (grepl("\\.tif$", args[2])) args[2] else readLines(args[2])
means <- extract(rast(rasters), vect(args[1]), mean, na.rm = TRUE)
write.table(means, args[3], row.names = FALSE, col.names = FALSE)
