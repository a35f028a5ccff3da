# The peer of test/bench/survey-estimates.mjs: reads the rows and makes the designs once, then does the task named on each line of standard input; answers its milliseconds and its numbers.
suppressMessages(library(survey))
input <- commandArgs(trailingOnly = TRUE)
n <- as.integer(input[2])
columns <- matrix(readBin(input[1], "double", n * 8), n, dimnames = list(NULL, c("stratum", "cluster", "dwelling", "N1", "N2", "weight", "domain", "y")))
rows <- as.data.frame(columns)
one <- svydesign(ids = ~cluster, strata = ~stratum, weights = ~weight, data = rows, nest = TRUE)
two <- svydesign(ids = ~cluster + dwelling, strata = ~stratum, fpc = ~N1 + N2, weights = ~weight, data = rows, nest = TRUE)
replicates <- as.svrepdesign(one, type = "JKn")
tasks <- list(
  domains = function() { found <- svyby(~y, ~domain, one, svymean); c(coef(found), SE(found)) },
  stages = function() { found <- svytotal(~y, two); c(coef(found), SE(found)) },
  quantiles = function() { found <- svyquantile(~y, one, c(0.25, 0.5, 0.75))$y; c(found[, 1], found[, 4]) },
  jackknife = function() { found <- svymean(~y, replicates); c(coef(found), SE(found)) })
cat("prêt\n"); flush(stdout())
lines <- file("stdin", "r")
while (length(task <- readLines(lines, 1)) > 0) {
  begin <- Sys.time()
  numbers <- tasks[[task]]()
  elapsed <- as.numeric(Sys.time() - begin, units = "secs") * 1000
  cat(sprintf("%.6f", elapsed), sprintf("%.17g", as.numeric(numbers)), "\n"); flush(stdout())
}
