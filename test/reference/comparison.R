# Expected adjusted p-values, standardised gaps and decompositions, from base R and R survey on invented, seeded answers.
# Run from the project folder: Rscript test/reference/comparison.R
source("test/reference/json.R")
suppressMessages({library(survey)})
set.seed(20261125)
n <- 600
rows <- data.frame(
  stratum = sample(c("nord", "sud"), n, replace = TRUE),
  weight = round(runif(n, 10, 300), 2),
  place = sample(c("QPV", "hors QPV"), n, replace = TRUE, prob = c(0.4, 0.6)),
  age = sample(c("18-39", "40-59", "60+"), n, replace = TRUE),
  stringsAsFactors = FALSE)
rows$cluster <- paste0(rows$stratum, sample(1:12, n, replace = TRUE))
rows$diploma <- ifelse(runif(n) < ifelse(rows$place == "QPV", 0.7, 0.4), "sans bac", "bac ou plus")
rows$cinema <- rbinom(n, 1, plogis(0.2 + 0.9 * (rows$diploma == "bac ou plus") - 0.5 * (rows$age == "60+") - 0.2 * (rows$place == "QPV")))
rows$cell <- paste(rows$age, rows$diploma, sep = " × ")
rows$cell <- factor(rows$cell); rows$place <- factor(rows$place)
designs <- list(
  weights = svydesign(ids = ~1, weights = ~weight, data = rows),
  clusters = svydesign(ids = ~cluster, strata = ~stratum, weights = ~weight, data = rows, nest = TRUE))

p_values <- c(0.011, 0.02, 0.0004, 0.3, NA, 0.02, 0.9, 0.049, 0.0004, 1, 0)
adjusted <- list(p = p_values, holm = p.adjust(p_values, "holm"), bh = p.adjust(p_values, "BH"))

# A known population of each cell: svystandardize, with both groups at its margins.
population <- data.frame(cell = levels(rows$cell), Freq = c(1200, 900, 1500, 700, 2000, 400))
standardised <- lapply(names(designs), function(name) {
  std <- svystandardize(designs[[name]], by = ~cell, over = ~place, population = population$Freq)
  by <- svyby(~cinema, ~place, std, svymean)
  std <- update(std, w1 = as.numeric(place == "QPV"), w2 = as.numeric(place == "hors QPV"), y1 = cinema * (place == "QPV"), y2 = cinema * (place == "hors QPV"))
  gap <- svycontrast(svytotal(~ w1 + w2 + y1 + y2, std), list(x = quote(y1 / w1 - y2 / w2)))
  list(design = unbox(name), rates = by$cinema[match(c("QPV", "hors QPV"), by$place)], standardErrors = as.numeric(SE(by)[match(c("QPV", "hors QPV"), by$place)]),
       gap = unbox(as.numeric(coef(gap))), standardError = unbox(as.numeric(SE(gap))))
})

# Cells of the sample itself are estimated too: totals by group and cell, then R's symbolic derivatives (svycontrast).
cells <- levels(rows$cell); k <- length(cells)
totals <- function(design) {
  for (g in 1:2) for (c in seq_len(k)) {
    inside <- rows$place == c("QPV", "hors QPV")[g] & rows$cell == cells[c]
    design$variables[[paste0("w", g, c)]] <- as.numeric(inside); design$variables[[paste0("y", g, c)]] <- inside * rows$cinema
  }
  names <- c(paste0("w", rep(1:2, each = k), 1:k), paste0("y", rep(1:2, each = k), 1:k))
  svytotal(as.formula(paste0("~", paste(names, collapse = "+"))), design)
}
W <- function(g) paste0("(", paste0("w", g, 1:k, collapse = " + "), ")")
rate <- function(g, c) paste0("(y", g, c, "/w", g, c, ")")
share <- function(g, c) paste0("(w", g, c, "/", W(g), ")")
pool <- function(c) paste0("((w1", c, "+w2", c, ")/(", W(1), "+", W(2), "))")
sum_over <- function(term) paste(vapply(1:k, term, ""), collapse = " + ")
expressions <- list(
  raw = paste0("(", paste0("y1", 1:k, collapse = "+"), ")/", W(1), " - (", paste0("y2", 1:k, collapse = "+"), ")/", W(2)),
  pooled = sum_over(function(c) paste0(pool(c), "*(", rate(1, c), "-", rate(2, c), ")")),
  pooledFirst = sum_over(function(c) paste0(pool(c), "*", rate(1, c))),
  atFirst = sum_over(function(c) paste0(share(1, c), "*(", rate(1, c), "-", rate(2, c), ")")),
  atSecond = sum_over(function(c) paste0(share(2, c), "*(", rate(1, c), "-", rate(2, c), ")")),
  compositionAverage = sum_over(function(c) paste0("(", share(1, c), "-", share(2, c), ")*(", rate(1, c), "+", rate(2, c), ")/2")),
  compositionAtFirst = sum_over(function(c) paste0("(", share(1, c), "-", share(2, c), ")*", rate(1, c))),
  compositionAtSecond = sum_over(function(c) paste0("(", share(1, c), "-", share(2, c), ")*", rate(2, c))),
  remainingAverage = sum_over(function(c) paste0("(", share(1, c), "+", share(2, c), ")/2*(", rate(1, c), "-", rate(2, c), ")")))
cellwise <- lapply(names(designs), function(name) {
  found <- totals(designs[[name]])
  c(list(design = unbox(name)), lapply(expressions, function(text) {
    value <- svycontrast(found, list(x = parse(text = text)[[1]]))
    list(estimate = unbox(as.numeric(coef(value))), standardError = unbox(as.numeric(SE(value))))
  }))
})

# Oaxaca and Blinder with two questions that do not interact: jackknife of the whole computation.
oaxaca <- function(w, data) {
  use <- function(group) data$place == group & w > 0
  x <- model.matrix(~ age + diploma, data)
  group <- function(name) { inside <- use(name); list(mean = colSums(x[inside, ] * w[inside]) / sum(w[inside]), beta = coef(lm.wfit(x[inside, ], data$cinema[inside], w[inside]))) }
  one <- group("QPV"); two <- group("hors QPV")
  shift <- one$mean - two$mean; beta <- (one$beta + two$beta) / 2
  c(sum(one$mean * one$beta) - sum(two$mean * two$beta), sum(shift * beta), sum((one$mean + two$mean) / 2 * (one$beta - two$beta)),
    sum((shift * beta)[2:3]), sum((shift * beta)[4]), sum(shift * two$beta), sum(shift * one$beta))
}
jackknife <- withReplicates(as.svrepdesign(designs$clusters, type = "JKn"), oaxaca)
write_json(list(versions = list(R = unbox(as.character(getRversion())), survey = unbox(as.character(packageVersion("survey")))),
                rows = lapply(rows, function(x) if (is.factor(x)) as.character(x) else x), adjusted = adjusted, population = as.list(population), standardised = standardised, cellwise = cellwise,
                oaxaca = list(estimate = as.numeric(jackknife), jackknife = as.numeric(SE(jackknife)))),
           "test/reference/comparison.json")
