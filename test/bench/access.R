# The peer of test/bench/access.mjs: reads the data once, then one measure a line of standard input; answers its milliseconds and the sum of its rows.
suppressPackageStartupMessages(library(data.table))
folder <- commandArgs(trailingOnly = TRUE)[1]
package_folder <- Sys.getenv("ACCESSIBILITY_R")
if (nzchar(package_folder)) for (f in list.files(package_folder, "\\.R$", full.names = TRUE)) source(f) else library(accessibility)
options(warn = -1)
read_all <- function() list(tm = fread(cmd = paste("gzip -dc", shQuote(file.path(folder, "travel_matrix.csv.gz")))), lu = fread(file.path(folder, "land_use_data.csv")))
data <- read_all(); tm <- data$tm; lu <- data$lu
e <- decay_exponential
measures <- list(
  read = function() nrow(read_all()$tm),
  cumulative = function() cumulative_cutoff(tm, lu, "jobs", "travel_time", 30)$jobs,
  interval = function() cumulative_interval(tm, lu, "jobs", "travel_time", c(40, 60))$jobs,
  gravity = function() gravity(tm, lu, "jobs", "travel_time", e(0.1))$jobs,
  logistic = function() gravity(tm, lu, "jobs", "travel_time", decay_logistic(30, 5))$jobs,
  closest = function() { cost <- cost_to_closest(tm, lu, "schools", "travel_time", n = 2)$travel_time; cost[is.finite(cost)] },
  balancing = function() { cost <- balancing_cost(tm, lu, "jobs", "travel_time", "population")$travel_time; cost[!is.na(cost)] },
  twoStep = function() floating_catchment_area(tm, lu, "jobs", "travel_time", "population", "2sfca", decay_binary(45))$jobs,
  balanced = function() floating_catchment_area(tm, lu, "jobs", "travel_time", "population", "bfca", e(0.05))$jobs,
  availability = function() spatial_availability(tm, lu, "jobs", "travel_time", "population", e(0.1))$jobs)
cat("prêt\n"); flush(stdout())
input <- file("stdin", "r")
while (length(name <- readLines(input, 1)) > 0) {
  # "file gravity": the same from the csv.gz.
  from_file <- startsWith(name, "file "); name <- sub("^file ", "", name)
  if (is.null(measures[[name]])) { cat("absent\n"); flush(stdout()); next }
  begin <- Sys.time()
  if (from_file) { data <- read_all(); tm <- data$tm; lu <- data$lu }
  values <- measures[[name]](); elapsed <- as.numeric(Sys.time() - begin, units = "secs") * 1000
  cat(sprintf("%.6f %.17g\n", elapsed, sum(as.numeric(values), na.rm = TRUE))); flush(stdout())
}
