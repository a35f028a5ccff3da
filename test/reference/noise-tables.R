# Perturbation tables of counts by R ptable (equality of variance, no monotony): writes noise-tables.json beside this file.
# Run from the project folder: Rscript test/reference/noise-tables.R
# Package: sdcTools/ptable 0.3.3. Its solver (SLSQP) keeps every probability above 1e-8, and rounds bounds to 8 digits: compare to 1e-6.
source("test/reference/json.R")
suppressMessages(library(ptable))
number <- function(x) unbox(as.numeric(x))
one <- function(D, V, js) {
  made <- create_cnt_ptable(D = D, V = V, js = js, optim = 4, mono = FALSE)
  rows <- lapply(seq_len(nrow(made@pMatrix)) - 1, function(n) {
    row <- made@pTable[made@pTable$i == n, ]
    list(deviations = as.numeric(row$v), probabilities = as.numeric(row$p))
  })
  list(greatest = number(D), variance = number(V), smallest = number(js), rows = rows)
}
write_json(list(version = unbox(paste("ptable", packageVersion("ptable"))),
  tables = list(one(2, 1, 0), one(3, 2, 0), one(5, 3, 0), one(5, 3, 2), one(8, 3, 2), one(10, 5, 1))), "test/reference/noise-tables.json")
