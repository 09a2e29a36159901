# terra's means in polygons, by the centres of pixels.
#
#     Rscript polygons.R GEOJSON RASTER OUT
suppressMessages(suppressWarnings(library(terra)))
args <- commandArgs(TRUE)
means <- extract(rast(args[2]), vect(args[1]), mean, na.rm = TRUE)
write.table(means, args[3], row.names = FALSE, col.names = FALSE)
