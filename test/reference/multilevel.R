# Expected values of mixed models from R lme4, with optimisers pushed to their last digits. Seeded cells and rows of ours are kept with their values; of the
# published sets (cbpp, verbagg, sleepstudy) and of the invented neighbourhoods only the values are kept.
# Run from the project folder: Rscript test/reference/multilevel.R <folder of the sets>
source("test/reference/json.R")
suppressMessages(library(lme4))
number <- function(x) unbox(as.numeric(x))
plain <- function(x) as.numeric(x)
folder <- commandArgs(TRUE)[1]
read <- function(name) read.csv(file.path(folder, paste0(name, ".csv")), stringsAsFactors = TRUE)

glmer_exact <- glmerControl(optimizer = c("bobyqa", "bobyqa"), optCtrl = list(rhobeg = 0.05, rhoend = 1e-9, maxfun = 1e5), tolPwrss = 1e-13, check.conv.grad = "ignore", check.conv.singular = "ignore")
lmer_exact <- lmerControl(optimizer = "bobyqa", optCtrl = list(rhobeg = 0.05, rhoend = 1e-10, maxfun = 1e5), calc.derivs = FALSE, check.conv.singular = "ignore")

effects_of <- function(fit) lapply(ranef(fit, condVar = TRUE), function(part)
  list(modes = plain(t(as.matrix(part))), variances = plain(unlist(attr(part, "postVar"))), levels = rownames(part)))
logit_of <- function(fit) list(
  names = names(fixef(fit)), coefficients = plain(fixef(fit)), covariance = plain(as.matrix(vcov(fit))),
  deviations = as.list(sapply(VarCorr(fit), function(v) number(attr(v, "stddev")), simplify = FALSE)),
  logLikelihood = number(logLik(fit)), effects = effects_of(fit))
linear_of <- function(fit) list(
  names = names(fixef(fit)), coefficients = plain(fixef(fit)), covariance = plain(as.matrix(vcov(fit))), residual = number(sigma(fit)),
  effectCovariance = lapply(VarCorr(fit), function(v) plain(as.matrix(v))), logLikelihood = number(logLik(fit)), effects = effects_of(fit))
glm_mixed <- function(formula, data, nAGQ = 1) logit_of(glmer(formula, data, family = binomial, nAGQ = nAGQ, control = glmer_exact))
lm_mixed <- function(formula, data, REML) linear_of(lmer(formula, data, REML = REML, control = lmer_exact))

# --- Seeded: two and three crossed factors, cells of several persons ----------------------------------------------------------------------------------
set.seed(20261124)
area <- 1:30; diploma <- 1:6
cells <- expand.grid(area = area, diploma = diploma, age = 1:5)
cells$minutes <- round(runif(30, 2, 30), 1)[cells$area]
cells$n <- rpois(nrow(cells), 1.5)
cells$y <- rbinom(nrow(cells), cells$n, plogis(-0.2 - 0.04 * cells$minutes + rnorm(30, 0, 0.5)[cells$area] + rnorm(6, 0, 0.8)[cells$diploma] + rnorm(5, 0, 0.6)[cells$age]))
kept <- cells[cells$n > 0, ]
# glmer stops the search of its modes early in sparse crossed cells: its log-likelihood is 1e-6 off, its covariance 3e-4. Laplace's approximation written out
# with whole matrices decides.
exact_laplace <- function(fit, k, groups) {
  indicators <- lapply(groups, function(group) model.matrix(~ factor(k[[group]]) - 1)); X <- model.matrix(~ minutes, k); q <- length(groups)
  log_likelihood <- function(x) {
    Z <- do.call(cbind, Map(`*`, indicators, x[1:q])); fixed <- X %*% x[-(1:q)]; u <- rep(0, ncol(Z))
    at <- function() { p <- plogis(fixed + Z %*% u); w <- as.numeric(k$n * p * (1 - p)); list(p = p, M = crossprod(Z * w, Z) + diag(ncol(Z))) }
    for (step in 1:30) { a <- at(); u <- u + solve(a$M, crossprod(Z, k$y - k$n * a$p) - u) }
    a <- at(); sum(dbinom(k$y, k$n, a$p, log = TRUE)) - sum(u^2) / 2 - as.numeric(determinant(a$M)$modulus) / 2
  }
  start <- c(getME(fit, "theta")[paste0(groups, ".(Intercept)")], fixef(fit)); scale <- c(rep(1, q + 1), 0.05)
  best <- optim(start, log_likelihood, method = "BFGS", control = list(fnscale = -1, reltol = 1e-16, parscale = scale, ndeps = rep(1e-4, q + 2)))
  information <- -optimHess(best$par, log_likelihood, control = list(parscale = scale, ndeps = rep(1e-3, q + 2)))
  list(deviations = as.list(setNames(lapply(best$par[1:q], number), groups)), coefficients = plain(best$par[-(1:q)]), covariance = plain(solve(information)[-(1:q), -(1:q)]), logLikelihood = number(best$value))
}
two_fit <- glmer(cbind(y, n - y) ~ minutes + (1 | area) + (1 | diploma), kept, family = binomial, control = glmer_exact)
three_fit <- glmer(cbind(y, n - y) ~ minutes + (1 | area) + (1 | diploma) + (1 | age), kept, family = binomial, control = glmer_exact)
crossed <- list(area = kept$area - 1, diploma = kept$diploma - 1, age = kept$age - 1, minutes = kept$minutes, n = kept$n, y = kept$y,
  two = logit_of(two_fit), three = logit_of(three_fit),
  exactTwo = exact_laplace(two_fit, kept, c("area", "diploma")), exactThree = exact_laplace(three_fit, kept, c("area", "diploma", "age")),
  quadrature = glm_mixed(cbind(y, n - y) ~ minutes + factor(age) + (1 | area), kept, 25))
# Rates of a population of every cell at the modes, by area: what R's predict gives.
population <- unique(cells[c("area", "diploma", "age", "minutes")]); population$persons <- 1 + (population$area * 7 + population$diploma * 3 + population$age) %% 11
population$p <- predict(three_fit, population, type = "response")
poststratified <- list(area = population$area - 1, diploma = population$diploma - 1, age = population$age - 1, minutes = population$minutes, persons = population$persons,
  rates = plain(with(population, tapply(p * persons, area, sum) / tapply(persons, area, sum))), overall = number(with(population, sum(p * persons) / sum(persons))))

# --- Seeded: linear, slopes and crossed intercepts, unequal groups -------------------------------------------------------------------------------------
groups <- rep(1:12, times = c(3, 9, 4, 7, 5, 6, 8, 2, 5, 6, 7, 4)); size <- length(groups)
rows <- data.frame(group = groups, item = sample(1:5, size, TRUE), days = round(runif(size, 0, 9), 2), kind = sample(0:1, size, TRUE))
rows$y <- round(20 + 3 * rows$kind + (2 + rnorm(12, 0, 1.2)[rows$group]) * rows$days + rnorm(12, 0, 6)[rows$group] + rnorm(5, 0, 4)[rows$item] + rnorm(size, 0, 3), 3)
linear <- list(group = rows$group - 1, item = rows$item - 1, days = rows$days, kind = rows$kind, y = rows$y,
  slopeReml = lm_mixed(y ~ days + kind + (days | group), rows, TRUE), slopeMl = lm_mixed(y ~ days + kind + (days | group), rows, FALSE),
  independentReml = lm_mixed(y ~ days + kind + (1 | group) + (0 + days | group), rows, TRUE),
  interceptReml = lm_mixed(y ~ days + kind + (1 | group), rows, TRUE), interceptMl = lm_mixed(y ~ days + kind + (1 | group), rows, FALSE),
  crossedReml = lm_mixed(y ~ days + kind + (1 | group) + (1 | item), rows, TRUE), crossedMl = lm_mixed(y ~ days + kind + (1 | group) + (1 | item), rows, FALSE))

# --- Published sets ------------------------------------------------------------------------------------------------------------------------------------
cbpp <- read("cbpp"); cbpp$herd <- factor(cbpp$herd, levels = 1:15); cbpp$period <- factor(cbpp$period)
herds <- list(laplace = glm_mixed(cbind(incidence, size - incidence) ~ period + (1 | herd), cbpp),
              quadrature = glm_mixed(cbind(incidence, size - incidence) ~ period + (1 | herd), cbpp, 25))
sleep <- read("sleepstudy"); sleep$Subject <- factor(sleep$Subject)
sleepers <- list(correlatedReml = lm_mixed(Reaction ~ Days + (Days | Subject), sleep, TRUE), correlatedMl = lm_mixed(Reaction ~ Days + (Days | Subject), sleep, FALSE),
  independentReml = lm_mixed(Reaction ~ Days + (1 | Subject) + (0 + Days | Subject), sleep, TRUE), independentMl = lm_mixed(Reaction ~ Days + (1 | Subject) + (0 + Days | Subject), sleep, FALSE),
  interceptReml = lm_mixed(Reaction ~ Days + (1 | Subject), sleep, TRUE), interceptMl = lm_mixed(Reaction ~ Days + (1 | Subject), sleep, FALSE))
verbagg <- read("verbagg"); verbagg$id <- factor(verbagg$id); verbagg$y <- as.integer(verbagg$r2 == "Y")
verbal <- glm_mixed(y ~ Anger + Gender + btype + situ + (1 | id) + (1 | item), verbagg)
survey <- read("synth_qpv_culture_survey")
qpv <- list(library = glm_mixed(library ~ sex + walk_min_library + (1 | age) + (1 | diploma) + (1 | qpv), survey),
            concert = glm_mixed(live_show ~ age + diploma + sex + (1 | qpv), survey))

write_json(list(versions = list(R = unbox(as.character(getRversion())), lme4 = unbox(as.character(packageVersion("lme4")))),
                crossed = crossed, poststratified = poststratified, linear = linear, cbpp = herds, sleepstudy = sleepers, verbagg = verbal, qpv = qpv),
           "test/reference/multilevel.json")
