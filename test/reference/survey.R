# Expected proportions, standard errors, intervals and gaps, from R survey on invented, seeded answers.
# Run from the project folder: Rscript test/reference/survey.R && biome check --write test/reference
source("test/reference/json.R")
suppressMessages({library(survey)})
set.seed(20260402)
n <- 360
rows <- data.frame(
  stratum = sample(c("nord", "sud", "est"), n, replace = TRUE),
  weight = round(runif(n, 20, 900), 3),
  domain = sample(c("sans diplôme", "bac", "supérieur"), n, replace = TRUE, prob = c(0.5, 0.3, 0.2)),
  stringsAsFactors = FALSE)
rows$cluster <- paste0(rows$stratum, sample(1:8, n, replace = TRUE))
rows$common <- rbinom(n, 1, ifelse(rows$domain == "supérieur", 0.7, 0.4))
rows$rare <- rbinom(n, 1, 0.06)
rows$unseen <- ifelse(runif(n) < 0.1, NA, rows$common)

one <- function(name, design, answer, domain, method) {
  inside <- !is.na(rows[[answer]]) & (if (is.null(domain)) TRUE else rows$domain == domain)
  part <- design[inside, ]
  fit <- svyciprop(as.formula(paste0("~", answer)), part, method = method)
  list(design = unbox(name), answer = unbox(answer), domain = unbox(if (is.null(domain)) "Ensemble" else domain),
       method = unbox(c(xlogit = "logit", mean = "mean", beta = "beta")[[method]]), estimate = unbox(as.numeric(fit)),
       standardError = unbox(sqrt(as.numeric(attr(fit, "var")))), low = unbox(as.numeric(attr(fit, "ci")[1])), high = unbox(as.numeric(attr(fit, "ci")[2])),
       df = unbox(degf(part)))
}
designs <- list(
  weights = svydesign(ids = ~1, weights = ~weight, data = rows),
  strata = svydesign(ids = ~1, strata = ~stratum, weights = ~weight, data = rows),
  clusters = svydesign(ids = ~cluster, strata = ~stratum, weights = ~weight, data = rows, nest = TRUE))
cases <- list()
for (name in names(designs)) for (answer in c("common", "rare", "unseen")) for (domain in list(NULL, "sans diplôme", "bac", "supérieur"))
  for (method in c("xlogit", "mean", "beta")) cases[[length(cases) + 1]] <- one(name, designs[[name]], answer, domain, method)

gaps <- lapply(names(designs), function(name) {
  by <- svyby(~common, ~domain, designs[[name]], svymean, covmat = TRUE)
  contrast <- svycontrast(by, c("supérieur" = 1, "sans diplôme" = -1))
  list(design = unbox(name), estimate = unbox(as.numeric(coef(contrast))), standardError = unbox(as.numeric(SE(contrast))))
})

# A stratum with one primary unit, under each rule.
small <- data.frame(stratum = c("a", "a", "a", "b", "b", "c"), cluster = c("1", "2", "2", "1", "2", "1"), weight = c(3, 1, 2, 5, 4, 6), answer = c(1, 0, 1, 1, 0, 1))
lonely <- lapply(c(certainty = "certainty", centred = "adjust", average = "average"), function(rule) {
  options(survey.lonely.psu = rule)
  fit <- svymean(~answer, svydesign(ids = ~cluster, strata = ~stratum, weights = ~weight, data = small, nest = TRUE))
  unbox(as.numeric(SE(fit)))
})
write_json(list(versions = list(R = unbox(as.character(getRversion())), survey = unbox(as.character(packageVersion("survey")))),
                rows = rows, cases = cases, gaps = gaps, lonely = list(rows = small, standardError = lonely)),
           "test/reference/survey.json")
