# Expected weights from R survey (calibrate) and sampling (calib) on invented, seeded households.
# Run from the project folder: Rscript test/reference/calibration.R
source("test/reference/json.R")
suppressMessages({library(survey); library(sampling)})
set.seed(20260711)

seed <- function(n, margin_noise) {
  rows <- data.frame(weight = round(runif(n, 5, 60), 3))
  rows$size <- sample(1:4, n, replace = TRUE, prob = c(0.38, 0.32, 0.17, 0.13))
  rows$tenure <- sample(0:2, n, replace = TRUE, prob = c(0.45, 0.35, 0.2))
  rows$family <- sample(0:1, n, replace = TRUE, prob = c(0.8, 0.2))
  rows$rooms <- round(runif(n, 1, 6), 2)
  persons <- data.frame(household = rep(seq_len(n), rows$size))
  persons$age <- sample(0:2, nrow(persons), replace = TRUE, prob = c(0.25, 0.55, 0.2))
  # Totals of another weighting of the same households, so that they agree with each other and can be met.
  true <- rows$weight * exp(margin_noise * (0.3 * (rows$size > 2) - 0.4 * (rows$tenure == 1) + 0.5 * rows$family + rnorm(n, 0, 0.3)))
  list(rows = rows, persons = persons, true = true)
}
counts <- function(s) table(factor(s$persons$household, levels = seq_len(nrow(s$rows))), factor(s$persons$age, levels = 0:2))

one <- function(name, n, noise, persons, quantity, bounds) {
  s <- seed(n, noise)
  rows <- s$rows
  dummies <- cbind(outer(rows$size, 1:4, "==") * 1, outer(rows$tenure, 0:2, "==") * 1, outer(rows$family, 0:1, "==") * 1)
  colnames(dummies) <- c(paste0("size", 1:4), paste0("tenure", 0:2), paste0("family", 0:1))
  x <- dummies
  if (persons) {
    ages <- unclass(counts(s)); colnames(ages) <- paste0("age", 0:2)
    x <- cbind(x, matrix(as.numeric(ages), nrow(ages), dimnames = list(NULL, colnames(ages))))
  }
  if (quantity) x <- cbind(x, rooms = rows$rooms)
  totals <- colSums(x * s$true)
  # survey and sampling want columns that do not follow from each other.
  basis <- setdiff(colnames(x), c("tenure2", "family1", if (persons) "age2" else NULL))
  if (persons) basis <- c(basis, "age2")
  keep <- qr(x[, basis])$pivot[seq_len(qr(x[, basis])$rank)]
  basis <- basis[sort(keep)]
  b <- x[, basis]
  frame <- as.data.frame(b)
  design <- svydesign(ids = ~1, weights = rows$weight, data = frame)
  formula <- as.formula(paste("~", paste(basis, collapse = " + "), "- 1"))
  by_survey <- function(calfun, bounds = c(-Inf, Inf))
    as.numeric(weights(calibrate(design, formula, population = totals[basis], calfun = calfun, bounds = bounds, epsilon = 1e-12, maxit = 500)))
  by_sampling <- function(method, ...) rows$weight * as.numeric(calib(b, rows$weight, totals[basis], method = method, max_iter = 2000, ...))
  expected <- list(
    survey = list(raking = by_survey("raking"), linear = by_survey("linear"), truncated = by_survey("linear", bounds), logit = by_survey("logit", bounds)),
    sampling = list(raking = by_sampling("raking"), linear = by_sampling("linear"), truncated = by_sampling("truncated", bounds = bounds), logit = by_sampling("logit", bounds = bounds)))
  for (w in unlist(expected, recursive = FALSE)) {
    gap <- if (length(w) == 0) NA else max(abs(colSums(x * w) / totals - 1))
    cat(name, "largest gap of R's weights:", format(gap), "\n")
  }
  list(name = unbox(name), rows = as.list(rows), persons = as.list(s$persons), withPersons = unbox(persons), withRooms = unbox(quantity),
       bounds = bounds, totals = as.numeric(totals), expected = expected)
}
cases <- list(
  one("households", 120, 0.4, FALSE, FALSE, c(0.4, 2.4)),
  one("households and persons", 150, 0.4, TRUE, FALSE, c(0.4, 2.4)),
  one("with a quantity", 200, 0.3, TRUE, TRUE, c(0.5, 2)))

# Raking of two classifications by loglin (iterative proportional fitting).
table0 <- matrix(c(12, 3, 7, 5, 9, 14), 2)
fitted <- loglin(outer(c(40, 60), c(30, 25, 45)) / 100, list(1, 2), start = table0, fit = TRUE, eps = 1e-13, iter = 1000, print = FALSE)$fit

write_json(list(
  versions = list(R = unbox(as.character(getRversion())), survey = unbox(as.character(packageVersion("survey"))), sampling = unbox(as.character(packageVersion("sampling")))),
  cases = cases,
  loglin = list(start = as.numeric(t(table0)), rows = c(40, 60), columns = c(30, 25, 45), fit = as.numeric(t(fitted)))),
  "test/reference/calibration.json")
