# Expected totals, means, ratios, quantiles, design effects and covariances from R survey: on invented, seeded surveys of every kind of draw, and on the api samples of
# R survey where the machine has them (their values are kept here, the rows are not).
# Run from the project folder: Rscript test/reference/survey-estimates.R
source("test/reference/json.R")
suppressMessages({library(survey)})
options(warn = -1)

# Three strata of blocks, blocks of dwellings, dwellings of persons; sizes of the populations at each stage.
set.seed(20261124)
blocks <- data.frame(stratum = rep(c("centre", "bord", "campagne"), c(5, 4, 6)), N1 = rep(c(12, 9, 40), c(5, 4, 6)))
blocks$block <- paste0("b", seq_len(nrow(blocks)))
dwellings <- do.call(rbind, lapply(seq_len(nrow(blocks)), function(b) {
  m <- sample(2:5, 1)
  data.frame(blocks[b, ], dwelling = paste0("d", seq_len(m)), m = m, N2 = m + sample(0:6, 1))
}))
rows <- do.call(rbind, lapply(seq_len(nrow(dwellings)), function(d) {
  k <- sample(1:3, 1)
  data.frame(dwellings[d, ], person = seq_len(k))
}))
n <- nrow(rows)
units <- tapply(blocks$block, blocks$stratum, length)
rows$n1 <- as.numeric(units[rows$stratum])
rows$weight <- round(rows$N1 / rows$n1 * rows$N2 / rows$m * runif(n, 0.8, 1.3), 4)
rows$f1 <- rows$n1 / rows$N1
rows$domain <- sample(c("jeunes", "adultes", "retraités"), n, replace = TRUE, prob = c(0.3, 0.5, 0.2))
rows$x <- round(rgamma(n, 3, 0.2), 2)
rows$y <- round(2 * rows$x + as.numeric(factor(rows$stratum)) * 5 + rnorm(n, 0, 8), 2)
rows$y[sample(n, 7)] <- NA
rows$zero <- ifelse(runif(n) < 0.12, 0, rows$weight)
rows$Nsrs <- 2000

number <- function(x) unbox(as.numeric(x))
part <- function(design, domain, domainName, drop = TRUE) {
  inside <- !is.na(design$variables$y) & !is.na(design$variables$x) & weights(design, "sampling") != 0
  if (domain != "Ensemble") inside <- inside & as.character(design$variables[[domainName]]) == domain & !is.na(design$variables[[domainName]])
  # A calibrated design keeps the rows outside the domain, with no weight: their missing values must not spread.
  for (name in c("x", "y")) design$variables[[name]][is.na(design$variables[[name]])] <- 0
  if (drop) design[inside, ] else design[inside, , drop = FALSE]
}
estimate <- function(design, statistic, deff) switch(statistic,
  total = svytotal(~y, design, deff = deff), mean = svymean(~y, design, deff = deff), ratio = svyratio(~y, ~x, design, deff = deff))
cases <- function(design, label, domainName = "domain", drop = TRUE) {
  out <- list()
  for (name in c("Ensemble", sort(unique(as.character(na.omit(design$variables[[domainName]])))))) {
    domain <- part(design, name, domainName, drop)
    for (statistic in c("total", "mean", "ratio")) {
      ratio <- statistic == "ratio"
      # R survey 4.1.1 stops on the design effect of a ratio of replicates.
      none <- ratio && inherits(design, "svyrep.design")
      found <- estimate(domain, statistic, !none)
      replace <- estimate(domain, statistic, if (none) FALSE else "replace")
      out[[length(out) + 1]] <- list(design = unbox(label), domain = unbox(name), statistic = unbox(statistic),
        estimate = number(coef(found)), standardError = number(SE(found)),
        high = number(coef(found) + qt(0.975, degf(domain)) * SE(found)),
        designEffect = number(if (none) NA else if (ratio) attr(found, "deff") else deff(found)),
        designEffectReplace = number(if (none) NA else if (ratio) attr(replace, "deff") else deff(replace)),
        df = number(degf(domain)), respondents = number(sum(weights(domain, "sampling") != 0)), weightSum = number(sum(weights(domain, "sampling"))))
    }
  }
  out
}
rules <- c("math", "school", "hf3", "hf4", "hf5", "hf6", "hf7", "hf8", "hf9")
intervals <- c(mean = "mean", logit = "xlogit", beta = "beta", asin = "asin")
quantiles <- function(design, label, domainName = "domain", every = FALSE) {
  out <- list()
  names <- c("Ensemble", sort(unique(as.character(na.omit(design$variables[[domainName]])))))
  for (name in names) for (rule in (if (every) rules else "math")) for (interval in (if (every) names(intervals) else "mean")) {
    domain <- part(design, name, domainName)
    probabilities <- c(0.25, 0.5, 0.9)
    found <- svyquantile(~y, domain, probabilities, qrule = rule, interval.type = intervals[[interval]], ci = TRUE)$y
    for (q in seq_along(probabilities)) out[[length(out) + 1]] <- list(design = unbox(label), domain = unbox(name), rule = unbox(rule), interval = unbox(interval),
      probability = number(probabilities[q]), estimate = number(found[q, 1]), low = number(found[q, 2]), high = number(found[q, 3]), standardError = number(found[q, 4]))
  }
  out
}
# Covariance of the means of domains, and a ratio of means and a log by linearisation, with the influence of each.
together <- function(design, label, domainName = "domain") {
  inside <- design[!is.na(design$variables$y) & !is.na(design$variables$x), ]
  by <- svyby(~y, as.formula(paste0("~", domainName)), inside, svymean, covmat = TRUE, influence = TRUE)
  means <- svymean(~y + x, inside, influence = TRUE)
  totals <- svytotal(~y + x, inside)
  smooth <- svycontrast(totals, quote(log(y / x) + y / (x + 1000)))
  list(design = unbox(label), domains = rownames(by), estimates = as.numeric(coef(by)), covariance = as.numeric(vcov(by)),
       means = as.numeric(coef(means)), meansCovariance = as.numeric(vcov(means)), smooth = number(coef(smooth)), smoothError = number(SE(smooth)))
}

designs <- list(
  independent = svydesign(ids = ~1, weights = ~weight, data = rows),
  random = svydesign(ids = ~1, weights = ~weight, fpc = ~Nsrs, data = rows),
  strata = svydesign(ids = ~1, strata = ~stratum, weights = ~weight, data = rows),
  clusters = svydesign(ids = ~block, strata = ~stratum, weights = ~weight, data = rows),
  clustersFpc = svydesign(ids = ~block, strata = ~stratum, fpc = ~N1, weights = ~weight, data = rows),
  fractions = svydesign(ids = ~block, strata = ~stratum, fpc = ~f1, weights = ~weight, data = rows),
  twoStages = svydesign(ids = ~block + dwelling, strata = ~stratum, fpc = ~N1 + N2, weights = ~weight, data = rows),
  threeStages = svydesign(ids = ~block + dwelling + person, strata = ~stratum, fpc = ~N1 + N2 + N3, weights = ~weight, data = transform(rows, N3 = 3)),
  zeroWeights = svydesign(ids = ~block, strata = ~stratum, fpc = ~N1, weights = ~zero, data = rows))
# Dwellings of blocks where one was seen of several: a rule is needed at the second stage too.
options(survey.lonely.psu = "adjust")
own <- list(rows = rows[c("stratum", "block", "dwelling", "person", "N1", "N2", "f1", "weight", "zero", "domain", "x", "y")])
own$cases <- do.call(c, lapply(names(designs), function(name) cases(designs[[name]], name)))
own$quantiles <- do.call(c, lapply(c("independent", "twoStages"), function(name) quantiles(designs[[name]], name, every = TRUE)))
own$together <- lapply(c("strata", "clusters", "twoStages"), function(name) together(designs[[name]], name))
options(survey.ultimate.cluster = TRUE)
own$ultimate <- cases(designs$twoStages, "ultimate")
options(survey.ultimate.cluster = FALSE)

# A stratum with one block of several, and one that is a census of one block.
small <- rows[!(rows$stratum == "bord" & rows$block != "b6"), ]
small$N1[small$stratum == "bord"] <- 9
census <- rows[rows$block %in% c("b1", "b2", "b6", "b10", "b11"), ]
census$N1 <- c(centre = 12, bord = 1, campagne = 40)[census$stratum]
lonely <- list()
for (rule in c("remove", "certainty", "adjust", "average")) {
  options(survey.lonely.psu = rule)
  lonely <- c(lonely, lapply(cases(svydesign(ids = ~block, strata = ~stratum, fpc = ~N1, weights = ~weight, data = small), "lonely", drop = FALSE), function(case) c(case, rule = unbox(rule))))
  lonely <- c(lonely, lapply(cases(svydesign(ids = ~block, strata = ~stratum, fpc = ~N1, weights = ~weight, data = census), "census", drop = FALSE), function(case) c(case, rule = unbox(rule))))
}
# By default R looks at the strata of the domain's rows for "average"; drop = FALSE keeps the whole design, as we do.
own$lonely <- lonely
own$smallRows <- which(!(rows$stratum == "bord" & rows$block != "b6")) - 1
own$censusRows <- which(rows$block %in% c("b1", "b2", "b6", "b10", "b11")) - 1
options(survey.lonely.psu = "fail")

# Replicate weights: made by R from the design, and the same given as a matrix.
complete <- rows[!is.na(rows$y), ]
base <- list(
  jk1 = svydesign(ids = ~block, weights = ~weight, data = complete),
  jk1Fpc = svydesign(ids = ~block, weights = ~weight, fpc = ~I(rep(60, nrow(complete))), data = complete),
  jkn = svydesign(ids = ~block, strata = ~stratum, weights = ~weight, data = complete),
  jknFpc = svydesign(ids = ~block, strata = ~stratum, fpc = ~N1, weights = ~weight, data = complete))
replicated <- list()
for (mse in c(FALSE, TRUE)) for (name in names(base)) {
  design <- as.svrepdesign(base[[name]], type = if (grepl("jk1", name)) "JK1" else "JKn", mse = mse)
  found <- cases(design, name)
  replicated <- c(replicated, lapply(found, function(case) c(case, list(mse = unbox(mse)))))
}
own$complete <- which(!is.na(rows$y)) - 1
own$replicated <- replicated
set.seed(7)
boot <- as.svrepdesign(base$jkn, type = "subbootstrap", replicates = 12)
own$given <- list(matrix = as.list(as.data.frame(unname(weights(boot, "analysis")))), scale = number(boot$scale), replicateScales = boot$rscales, cases = cases(boot, "given"),
  quantiles = quantiles(boot, "given"))
names(own$given$matrix) <- NULL

# Two units a stratum: balanced replicates with Sylvester's matrix, and Fay's.
set.seed(11)
pairs <- data.frame(stratum = rep(c("a", "b", "c", "d", "e"), each = 8), unit = rep(1:10, each = 4))
pairs$weight <- round(runif(40, 5, 40), 3); pairs$x <- round(rgamma(40, 3, 0.1), 2); pairs$y <- round(pairs$x * 1.5 + rnorm(40, 10, 12), 2)
pairs$domain <- sample(c("jeunes", "adultes"), 40, replace = TRUE)
sylvester <- matrix(1); for (k in 1:3) sylvester <- rbind(cbind(sylvester, sylvester), cbind(sylvester, -sylvester))
paired <- svydesign(ids = ~unit, strata = ~stratum, weights = ~weight, data = pairs)
own$pairs <- list(rows = pairs, cases = c(
  cases(as.svrepdesign(paired, type = "BRR", hadamard.matrix = sylvester, mse = TRUE), "brr"),
  cases(as.svrepdesign(paired, type = "Fay", fay.rho = 0.3, hadamard.matrix = sylvester, mse = TRUE), "fay")))

# Calibration: residuals on the margins.
calibrated <- list()
margins <- list(domain = c(adultes = 620, jeunes = 330, retraités = 200), stratum = c(bord = 250, campagne = 600, centre = 300))
totals <- c(`(Intercept)` = 1150, domainjeunes = 330, domainretraités = 200, stratumcampagne = 600, stratumcentre = 300, x = 17500)
for (fun in c("linear", "raking", "logit")) {
  bounds <- if (fun == "logit") c(0.2, 6) else c(-Inf, Inf)
  for (name in c("clusters", "twoStages")) {
    options(survey.lonely.psu = "adjust")
    design <- calibrate(designs[[name]], ~domain + stratum + x, population = totals, calfun = fun, bounds = bounds, epsilon = 1e-13, maxit = 200)
    calibrated <- c(calibrated, lapply(cases(design, name), function(case) c(case, list(fun = unbox(fun)))))
  }
}
own$calibrated <- calibrated
# The same for replicates: each is calibrated.
own$calibratedReplicates <- list()
for (fun in c("linear", "raking")) {
  design <- calibrate(as.svrepdesign(base$jkn, type = "JKn"), ~domain + stratum + x, population = totals, calfun = fun, epsilon = 1e-13, maxit = 200)
  own$calibratedReplicates <- c(own$calibratedReplicates, lapply(cases(design, "jkn"), function(case) c(case, list(fun = unbox(fun)))))
}
options(survey.lonely.psu = "fail")

api <- NULL
folder <- "../shared/data/reference/statistics"
if (file.exists(file.path(folder, "apistrat.csv"))) {
  read <- function(name) {
    rows <- read.csv(file.path(folder, paste0(name, ".csv")), stringsAsFactors = TRUE)
    rows$y <- rows$api00; rows$x <- rows$enroll; rows
  }
  strat <- read("apistrat"); clus1 <- read("apiclus1"); clus2 <- read("apiclus2"); srs <- read("apisrs")
  sets <- list(
    apistrat = svydesign(ids = ~1, strata = ~stype, weights = ~pw, fpc = ~fpc, data = strat),
    apiclus1 = svydesign(ids = ~dnum, weights = ~pw, fpc = ~fpc, data = clus1),
    apiclus2 = svydesign(ids = ~dnum + snum, fpc = ~fpc1 + fpc2, weights = ~pw, data = clus2),
    apisrs = svydesign(ids = ~1, weights = ~pw, fpc = ~fpc, data = srs))
  api <- list(cases = list(), quantiles = list())
  for (name in names(sets)) {
    api$cases <- c(api$cases, cases(sets[[name]], name, "stype"))
    api$quantiles <- c(api$quantiles, quantiles(sets[[name]], name, "stype"))
  }
  api$together <- lapply(names(sets), function(name) together(sets[[name]], name, "stype"))
  options(survey.ultimate.cluster = TRUE)
  api$ultimate <- cases(sets$apiclus2, "apiclus2", "stype")
  options(survey.ultimate.cluster = FALSE)
  population <- c(`(Intercept)` = 6194, stypeH = 755, stypeM = 1018, api99 = 3914069)
  api$calibrated <- list()
  for (fun in c("linear", "raking")) for (name in c("apistrat", "apiclus1", "apiclus2")) {
    design <- calibrate(sets[[name]], ~stype + api99, population, calfun = fun, epsilon = 1e-13, maxit = 200)
    api$calibrated <- c(api$calibrated, lapply(cases(design, name, "stype"), function(case) c(case, list(fun = unbox(fun)))))
  }
  api$replicated <- list()
  for (name in c("apistrat", "apiclus1")) api$replicated <- c(api$replicated, cases(as.svrepdesign(sets[[name]]), name, "stype"))
}
write_json(list(versions = list(R = unbox(as.character(getRversion())), survey = unbox(as.character(packageVersion("survey")))), own = own, api = api),
           "test/reference/survey-estimates.json")
