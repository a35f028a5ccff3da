# Expected proportion intervals, Rao-Scott and Wald tests and proportions of many groups, from R survey: on invented, seeded answers, and on its api data (whose rows stay out).
# Run from the project folder: Rscript test/reference/survey-tests.R
source("test/reference/json.R")
suppressMessages({library(survey)})
set.seed(20261124)
n <- 420
rows <- data.frame(
  stratum = sample(c("nord", "sud", "est"), n, replace = TRUE),
  weight = round(runif(n, 20, 900), 3),
  diploma = sample(c("aucun", "bac", "supérieur"), n, replace = TRUE, prob = c(0.5, 0.3, 0.2)),
  stringsAsFactors = FALSE)
rows$cluster <- paste0(rows$stratum, sample(1:9, n, replace = TRUE))
shift <- ave(rnorm(n), rows$cluster)
rows$cinema <- ifelse(runif(n) < plogis(-0.4 + 0.6 * (rows$diploma == "bac") + 1.1 * (rows$diploma == "supérieur") + 2 * shift), "oui", "non")
rows$often <- sample(c("jamais", "parfois", "souvent"), n, replace = TRUE, prob = c(0.6, 0.3, 0.1))
rows$work <- sample(c("ouvrier", "employé", "cadre", "sans"), n, replace = TRUE, prob = c(0.3, 0.3, 0.1, 0.3))
rows$partial <- ifelse(runif(n) < 0.12, NA, rows$cinema)
rows$rare <- as.numeric(runif(n) < 0.03)
rows$common <- as.numeric(rows$cinema == "oui")
rows$group <- sample(1:60, n, replace = TRUE)

designs <- list(
  weights = svydesign(ids = ~1, weights = ~weight, data = rows),
  strata = svydesign(ids = ~1, strata = ~stratum, weights = ~weight, data = rows),
  clusters = svydesign(ids = ~cluster, strata = ~stratum, weights = ~weight, data = rows, nest = TRUE))
designs$finite <- svydesign(ids = ~cluster, strata = ~stratum, weights = ~weight, fpc = rep(30, n), data = rows, nest = TRUE)
designs$jackknife <- as.svrepdesign(designs$clusters, type = "JKn")

# "likelihood" is profiled with a fine step: R's default one is a spline through five points a side, three digits less exact.
interval <- function(design, formula, method) {
  if (method != "likelihood") return(as.numeric(attr(svyciprop(formula, design, method = method), "ci")))
  fit <- eval(bquote(svyglm(.(formula[[2]]) ~ 1, design, family = quasibinomial, control = list(epsilon = 1e-14))))
  as.numeric(plogis(suppressMessages(confint(fit, 1, method = "likelihood", ddf = degf(design), del = 0.005, maxsteps = 20000))))
}
methods <- c("logit", "likelihood", "asin", "beta", "mean", "xlogit")
intervals <- list()
for (name in names(designs)) for (answer in c("common", "rare")) for (domain in list(NULL, "bac")) for (method in methods) {
  # With replicates R has no profile, and its "logit" takes the variance of the log-odds of each: ours is its "xlogit".
  if (name == "jackknife" && method %in% c("likelihood", "logit")) next
  part <- if (is.null(domain)) designs[[name]] else designs[[name]][rows$diploma == domain, ]
  formula <- as.formula(paste0("~", answer))
  ci <- interval(part, formula, method)
  fit <- svyciprop(formula, part, method = "mean")
  if (method == "asin") { # R folds an angle under 0 back above it: such cases are left out
    angle <- asin(sqrt(as.numeric(fit))); half <- qt(0.975, degf(part)) * sqrt(as.numeric(attr(fit, "var"))) / (2 * sqrt(fit * (1 - fit)))
    if (angle - half < 0) next
  }
  intervals[[length(intervals) + 1]] <- list(design = unbox(name), answer = unbox(answer), domain = unbox(if (is.null(domain)) "" else domain), method = unbox(method),
    estimate = unbox(as.numeric(fit)), standardError = unbox(sqrt(as.numeric(attr(fit, "var")))), low = unbox(ci[1]), high = unbox(ci[2]), df = unbox(degf(part)))
}

one_test <- function(formula, design) {
  tests <- lapply(c(F = "F", Chisq = "Chisq", Wald = "Wald", adjWald = "adjWald"), function(statistic) {
    found <- svychisq(formula, design, statistic = statistic)
    list(statistic = unbox(as.numeric(found$statistic)), parameter = as.numeric(found$parameter), pValue = unbox(as.numeric(found$p.value)))
  })
  tests
}
pairs <- list(c("diploma", "cinema"), c("work", "often"), c("work", "partial"), c("diploma", "often"))
tests <- list()
for (name in names(designs)) for (pair in pairs) for (domain in list(NULL, "sud")) {
  part <- if (is.null(domain)) designs[[name]] else designs[[name]][rows$stratum == domain, ]
  tests[[length(tests) + 1]] <- c(list(design = unbox(name), first = unbox(pair[1]), second = unbox(pair[2]), domain = unbox(if (is.null(domain)) "" else domain)),
    one_test(as.formula(paste0("~", pair[1], "+", pair[2])), part))
}

groups <- lapply(names(designs), function(name) {
  by <- svyby(~common, ~group, designs[[name]], svymean, keep.names = FALSE)
  list(design = unbox(name), group = as.integer(by$group), estimate = as.numeric(by$common), standardError = as.numeric(by$se))
})

data(api)
api_designs <- list(
  apisrs = svydesign(id = ~1, weights = ~pw, data = apisrs),
  apistrat = svydesign(id = ~1, strata = ~stype, weights = ~pw, data = apistrat),
  apiclus1 = svydesign(id = ~dnum, weights = ~pw, data = apiclus1),
  apiclus2 = svydesign(id = ~dnum, weights = ~pw, data = apiclus2))
api <- list()
for (name in names(api_designs)) for (pair in list(c("sch.wide", "comp.imp"), c("stype", "awards"))) {
  design <- api_designs[[name]]
  api[[length(api) + 1]] <- c(list(data = unbox(name), first = unbox(pair[1]), second = unbox(pair[2])), one_test(as.formula(paste0("~", pair[1], "+", pair[2])), design))
}
api_intervals <- list()
for (name in names(api_designs)) for (method in methods) {
  design <- update(api_designs[[name]], answer = as.numeric(sch.wide == "Yes"))
  ci <- interval(design, ~answer, method)
  api_intervals[[length(api_intervals) + 1]] <- list(data = unbox(name), method = unbox(method), estimate = unbox(as.numeric(coef(svymean(~answer, design)))), low = unbox(ci[1]), high = unbox(ci[2]))
}
write_json(list(versions = list(R = unbox(as.character(getRversion())), survey = unbox(as.character(packageVersion("survey")))),
                rows = rows, intervals = intervals, tests = tests, groups = groups, api = api, apiIntervals = api_intervals),
           "test/reference/survey-tests.json")
