# Expected values of the regressions: base R's glm (converged to rounding), Firth's penalised fit written out, R survey's svyglm, and average marginal effects with
# their variances by numeric gradients. Data are seeded and of our own; those read from the shared folder are kept as expected values only.
# Run from the project folder: Rscript test/reference/regression.R <folder of lung.csv, cbpp.csv, apistrat.csv, apiclus2.csv, poison.csv>
source("test/reference/json.R")
suppressMessages(library(survey))
folder <- commandArgs(trailingOnly = TRUE)[1]
number <- function(x) unbox(as.numeric(x))
plain <- function(x) as.numeric(x)
exact <- glm.control(epsilon = 1e-15, maxit = 100)
fit_values <- function(f) {
  rule <- update(f, control = glm.control(), start = NULL)
  s <- summary(f)
  list(names = names(coef(f)), coefficients = plain(coef(f)), standardErrors = plain(s$coefficients[, 2]), covariance = plain(s$cov.scaled), dispersion = number(s$dispersion),
       deviance = number(f$deviance), nullDeviance = number(f$null.deviance), aic = number(f$aic), logLikelihood = number(logLik(f)), degreesOfFreedom = number(f$df.residual),
       nullDegreesOfFreedom = number(f$df.null), iterations = number(rule$iter), fitted = plain(fitted(f))[seq_len(min(40, length(fitted(f))))])
}

# --- Seeded rows: a practice, by sex, diploma, age and minutes ---------------------------------------------------------------------------------------------
set.seed(20261124)
n <- 400
rows <- data.frame(sex = sample(0:1, n, TRUE), diploma = sample(0:3, n, TRUE, c(.3, .3, .25, .15)), age = round(runif(n, 15, 90)), minutes = round(rexp(n, 1 / 15), 1))
rows$weight <- round(rgamma(n, 2, 0.002), 2); rows$weight[c(5, 77, 301)] <- 0
rows$exposure <- round(runif(n, 0.5, 3), 2)
eta <- with(rows, -0.4 + 0.3 * sex + c(0, .4, .8, 1.4)[diploma + 1] - 0.01 * (age - 40) - 0.03 * minutes)
rows$practice <- rbinom(n, 1, plogis(eta))
rows$trials <- sample(0:6, n, TRUE, c(1, 5, 5, 5, 5, 5, 5)); rows$successes <- rbinom(n, rows$trials, plogis(eta))
rows$count <- rpois(n, rows$exposure * exp(0.5 * eta + 0.7))
rows$score <- round(10 + 3 * eta + rnorm(n, 0, 2), 3)
given <- lapply(rows, plain)
rows$sex <- factor(rows$sex, 0:1, c("homme", "femme")); rows$diploma <- relevel(factor(rows$diploma, 0:3, c("aucun", "bac", "licence", "master")), "bac")
rows$scaled <- rows$weight / mean(rows$weight)
main <- ~ sex + diploma + age + minutes
crossed <- ~ sex + diploma + age + minutes + sex:diploma + diploma:minutes + I(age^2)
# A link that is not canonical converges by a constant factor: started again until nothing moves.
again <- function(f) { for (k in 1:12) f <- update(f, start = coef(f)); f }
fit <- function(left, right, ...) again(do.call(glm, list(reformulate(attr(terms(right), "term.labels"), left), data = quote(rows), control = quote(exact), ...)))
suppressWarnings({
fits <- list(
  logit = fit("practice", main, family = quote(binomial)),
  probit = fit("practice", main, family = quote(binomial("probit"))),
  cloglog = fit("practice", main, family = quote(binomial("cloglog"))),
  crossed = fit("practice", crossed, family = quote(binomial)),
  weighted = fit("practice", main, family = quote(quasibinomial), weights = quote(scaled)),
  trials = fit("cbind(successes, trials - successes)", main, family = quote(binomial)),
  trialsProbit = fit("cbind(successes, trials - successes)", crossed, family = quote(binomial("probit"))),
  poisson = fit("count", main, family = quote(poisson), offset = quote(log(exposure))),
  quasipoisson = fit("count", crossed, family = quote(quasipoisson), offset = quote(log(exposure)), weights = quote(scaled)),
  gaussian = fit("score", crossed, family = quote(gaussian)),
  gaussianWeighted = do.call(glm, list(score ~ sex + diploma + age + minutes, data = quote(rows[rows$weight > 0, ]), weights = quote(scaled), control = quote(exact)))
)
glms <- lapply(fits, fit_values)
})
small <- glm(practice ~ sex + age, binomial, rows, control = exact)
lrt <- anova(small, fits$logit, test = "LRT")
smallScore <- glm(score ~ sex + age, gaussian, rows, control = exact); largeScore <- glm(score ~ sex + age + diploma, gaussian, rows, control = exact)
f_test <- anova(smallScore, largeScore, test = "F")
wald <- function(b, V, which) { q <- plain(t(b[which]) %*% solve(V[which, which]) %*% b[which]); list(statistic = number(q), p = number(pchisq(q, length(which), lower.tail = FALSE))) }
tests <- list(likelihoodRatio = list(statistic = number(lrt$Deviance[2]), df = number(lrt$Df[2]), p = number(lrt$`Pr(>Chi)`[2])),
  f = list(statistic = number(f_test$F[2]), df = number(f_test$Df[2]), p = number(f_test$`Pr(>F)`[2])),
  wald = wald(coef(fits$logit), vcov(fits$logit), 3:5),
  table = list(statistic = plain(summary(fits$logit)$coefficients[, 3]), p = plain(summary(fits$logit)$coefficients[, 4]), lower = plain(confint.default(fits$logit)[, 1]), upper = plain(confint.default(fits$logit)[, 2])),
  tableGaussian = list(statistic = plain(summary(fits$gaussian)$coefficients[, 3]), p = plain(summary(fits$gaussian)$coefficients[, 4])),
  chiSquaredTails = plain(pchisq(c(0.1, 3, 20, 50, 400), c(1, 2, 7, 60, 300), lower.tail = FALSE)), fTails = plain(pf(c(0.1, 3, 20, 2), c(1, 2, 7, 60), c(5, 10, 3, 2000), lower.tail = FALSE)))

# --- Firth, written out ------------------------------------------------------------------------------------------------------------------------------------
firth <- function(X, y, m = rep(1, length(y))) {
  b <- rep(0, ncol(X))
  penal <- function(b) { p <- plogis(plain(X %*% b)); w <- m * p * (1 - p); sum(m * (y * plogis(plain(X %*% b), log.p = TRUE) + (1 - y) * plogis(-plain(X %*% b), log.p = TRUE))) + 0.5 * plain(determinant(crossprod(X * w, X))$modulus) }
  for (step in 1:2000) {
    p <- plogis(plain(X %*% b)); w <- m * p * (1 - p); I <- crossprod(X * w, X)
    h <- rowSums((X %*% solve(I)) * X) * w
    move <- solve(I, crossprod(X, m * (y - p) + h * (0.5 - p)))
    half <- 1; while (penal(b + half * move) < penal(b) - 1e-12 && half > 1e-8) half <- half / 2
    b <- b + half * plain(move)
    if (max(abs(move)) < 1e-15) break
  }
  list(coefficients = plain(b), standardErrors = plain(sqrt(diag(solve(I)))), penalised = number(penal(b)))
}
X <- model.matrix(main, rows)
separated <- rows$practice; separated[rows$diploma == "master"] <- 1
firths <- list(plain = firth(X, rows$practice), separated = firth(X, separated), trials = firth(X, ifelse(rows$trials > 0, rows$successes / pmax(rows$trials, 1), 0), rows$trials))
firths$separated$outcome <- plain(separated)

# --- Designs -------------------------------------------------------------------------------------------------------------------------------------------------
positive <- rows[rows$weight > 0, ]
positive$stratum <- rep(1:6, length.out = nrow(positive)); positive$cluster <- rep(1:33, length.out = nrow(positive), each = 4)
designRows <- list(stratum = plain(positive$stratum), cluster = plain(positive$cluster))
design <- svydesign(~cluster, strata = ~stratum, weights = ~weight, data = positive, nest = TRUE)
survey_values <- function(f) list(names = names(coef(f)), coefficients = plain(coef(f)), standardErrors = plain(SE(f)), covariance = plain(vcov(f)), degreesOfFreedom = number(f$df.residual),
  p = plain(summary(f)$coefficients[, 4]))
svy <- function(formula, d, family) {
  f <- svyglm(formula, design = d, family = family, control = exact)
  for (k in 1:12) f <- do.call(svyglm, list(formula, design = d, family = family, control = exact, start = coef(f)))
  f
}
surveys <- list(
  logit = svy(practice ~ sex + diploma + age + minutes, design, quasibinomial()),
  crossed = svy(practice ~ sex + diploma + age + minutes + diploma:minutes, design, quasibinomial()),
  probit = svy(practice ~ sex + diploma + age + minutes, design, quasibinomial("probit")),
  poisson = svy(count ~ sex + diploma + age + minutes, design, quasipoisson()),
  gaussian = svy(score ~ sex + diploma + age + minutes, design, gaussian()),
  domain = svy(practice ~ diploma + age + minutes, subset(design, sex == "femme"), quasibinomial()))
surveyFits <- lapply(surveys, survey_values)
term <- regTermTest(surveys$logit, ~diploma)
surveyTerm <- list(f = number(term$Ftest), df = number(term$df), ddf = number(term$ddf), p = number(term$p))

# --- Average marginal effects: numeric gradients of the whole computation --------------------------------------------------------------------------------------
gradient <- function(f, b, steps) { sapply(seq_along(b), function(k) { h <- steps[k]; e <- replace(0 * b, k, h); (8 * (f(b + e) - f(b - e)) - (f(b + 2 * e) - f(b - 2 * e))) / (12 * h) }) }
effect <- function(f, data, w, change, d = NULL) {
  right <- delete.response(terms(f)); mean_at <- f$family$linkinv
  gaps <- function(b) change(b, function(data) mean_at(plain(model.matrix(right, data, xlev = f$xlevels) %*% b)))
  overall <- function(b) { g <- gaps(b); sum(w * g) / sum(w) }
  b <- coef(f); V <- vcov(f); g <- gradient(overall, b, 3e-3 * sqrt(diag(V))); estimate <- overall(b)
  answer <- list(estimate = number(estimate), standardError = number(sqrt(t(g) %*% V %*% g)))
  if (!is.null(d)) {
    # Linearised: the gap of each person, and the influence of each person on the coefficients.
    influence <- model.matrix(f) * residuals(f, "working") * f$weights
    u <- (gaps(b) - estimate) / sum(w) * w + plain(influence %*% summary.glm(f)$cov.unscaled %*% g)
    answer$sampledCovariates <- number(sqrt(plain(vcov(svytotal(u / w, d)))))
  }
  answer
}
to <- function(data, name, value) { data[[name]] <- if (is.factor(data[[name]])) factor(value, levels(data[[name]])) else value; data }
contrast <- function(name, level, reference) function(data) function(b, p) p(to(data, name, level)) - p(to(data, name, reference))
plus <- function(name, by) function(data) function(b, p) p(to(data, name, data[[name]] + by)) - p(data)
slope <- function(name) function(data) function(b, p) (8 * (p(to(data, name, data[[name]] + 1e-3)) - p(to(data, name, data[[name]] - 1e-3))) - (p(to(data, name, data[[name]] + 2e-3)) - p(to(data, name, data[[name]] - 2e-3)))) / 0.012
at_level <- function(name, level) function(data) function(b, p) p(to(data, name, level))
changes <- list(bac_aucun = contrast("diploma", "aucun", "bac"), bac_licence = contrast("diploma", "licence", "bac"), bac_master = contrast("diploma", "master", "bac"), sex = contrast("sex", "femme", "homme"),
  plus10 = plus("minutes", 10), slopeMinutes = slope("minutes"), slopeAge = slope("age"), marginAucun = at_level("diploma", "aucun"), marginBac = at_level("diploma", "bac"), marginMaster = at_level("diploma", "master"))
one <- rep(1, n)
all_effects <- function(f, data, w, d = NULL) lapply(changes, function(change) effect(f, data, w, change(data), d))
effects <- list(logit = all_effects(fits$logit, rows, one), crossed = all_effects(fits$crossed, rows, one), probit = all_effects(fits$probit, rows, one), cloglog = all_effects(fits$cloglog, rows, one),
  survey = all_effects(surveys$logit, positive, positive$weight, design), surveyCrossed = all_effects(surveys$crossed, positive, positive$weight, design))

# --- Real data: expected values only ---------------------------------------------------------------------------------------------------------------------------
real <- NULL
if (!is.na(folder)) {
  read <- function(name) read.csv(file.path(folder, name), stringsAsFactors = FALSE)
  lung <- read("lung.csv"); cbpp <- read("cbpp.csv"); poison <- read("poison.csv"); strat <- read("apistrat.csv"); clus2 <- read("apiclus2.csv"); qpv <- read("synth_qpv_culture_survey.csv")
  dstrat <- svydesign(id = ~1, strata = ~stype, weights = ~pw, data = strat)
  dclus2 <- svydesign(id = ~dnum, weights = ~pw, data = clus2)
  real <- list(
    lung = c(fit_values(glm(status == 2 ~ age + factor(sex) + ph.ecog + wt.loss, binomial, lung, control = exact)), list(rows = number(nrow(na.omit(lung[, c("age", "sex", "ph.ecog", "wt.loss")]))))),
    cbpp = fit_values(glm(cbind(incidence, size - incidence) ~ factor(period), binomial, cbpp, control = exact)),
    poison = fit_values(glm(Sick == "Sick_y" ~ Age + Sex + Cheese + Icecream, binomial, poison, control = exact)),
    apistrat = survey_values(svy(I(sch.wide == "Yes") ~ ell + meals + mobility, dstrat, quasibinomial())),
    apistratMean = survey_values(svy(api00 ~ ell + meals + mobility + stype, dstrat, gaussian())),
    qpv = survey_values(svy(library ~ diploma + age + sex + walk_min_library, svydesign(id = ~qpv + id, strata = ~dep, fpc = ~fpc1 + fpc2, weights = ~w, data = qpv), quasibinomial())),
    apiclus2 = survey_values(svy(api00 ~ ell + meals + mobility, dclus2, gaussian())))
}
write_json(list(versions = list(R = unbox(R.version.string), survey = unbox(as.character(packageVersion("survey")))), rows = given, glms = glms, tests = tests, firth = firths, designRows = designRows, surveys = surveyFits, surveyTerm = surveyTerm,
  effects = effects, real = real), "test/reference/regression.json")
