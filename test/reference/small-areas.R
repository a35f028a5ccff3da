# Expected values of small area models: Fay-Herriot and nested errors from R sae, random effects from R lme4, beta-binomial and second order errors from
# base R written out with whole matrices. Two published data sets (milk, cornsoybean) are read from their package: their expected values are kept, not they.
# Run from the project folder: Rscript test/reference/small-areas.R <folder of mrp_cells.csv>
source("test/reference/json.R")
suppressMessages({library(lme4); library(sae)})
number <- function(x) unbox(as.numeric(x))
plain <- function(x) as.numeric(x)

# --- Area level ---------------------------------------------------------------------------------------------------------------------------------------
sae_fit <- function(direct, X, variance, method) {
  fit <- mseFH(direct ~ X - 1, variance, method = method, MAXITER = 2000, PRECISION = 1e-13)
  stopifnot(fit$est$fit$convergence)
  list(areaVariance = number(fit$est$fit$refvar), coefficients = plain(fit$est$fit$estcoef$beta),
       standardErrors = plain(fit$est$fit$estcoef$std.error), estimates = plain(fit$est$eblup), mse = plain(fit$mse),
       logLikelihood = number(fit$est$fit$goodness[["loglike"]]), aic = number(fit$est$fit$goodness[["AIC"]]))
}
area_methods <- function(direct, X, variance)
  list("reml" = sae_fit(direct, X, variance, "REML"), "ml" = sae_fit(direct, X, variance, "ML"), "fay-herriot" = sae_fit(direct, X, variance, "FH"))
data(milk)
milk_X <- model.matrix(~ as.factor(MajorArea), milk)
milk_fit <- area_methods(milk$yi, milk_X, milk$SD^2)

set.seed(20261124)
m <- 40
poverty <- round(runif(m, 0.15, 0.6), 4)
tenants <- round(runif(m, 0.1, 0.9), 4)
variance <- round(0.05 + rgamma(m, 2, 8), 5)
direct <- round(-1 + 3 * poverty - tenants + rnorm(m, 0, 0.5) + rnorm(m, 0, sqrt(variance)), 5)
seeded <- list(poverty = poverty, tenants = tenants, variance = variance, direct = direct,
               fits = area_methods(direct, cbind(1, poverty, tenants), variance))
# The areas differ less than their sampling errors: the variance between them is 0.
flat_direct <- round(-1 + 3 * poverty + rnorm(m, 0, sqrt(variance) / 3), 5)
restricted <- function(A) {
  X <- cbind(1, poverty); W <- 1 / (A + variance); G <- crossprod(X * W, X); b <- solve(G, crossprod(X * W, flat_direct))
  -0.5 * (sum(log(A + variance)) + determinant(G)$modulus + sum(W * (flat_direct - X %*% b)^2))
}
stopifnot(restricted(0) > restricted(1e-4), all(diff(sapply(seq(0, 2, 0.01), restricted)) < 0))
W <- 1 / variance; X <- cbind(1, poverty); beta0 <- solve(crossprod(X * W, X), crossprod(X * W, flat_direct))
flat <- list(direct = flat_direct, coefficients = plain(beta0), estimates = plain(X %*% beta0))

# --- Unit level ----------------------------------------------------------------------------------------------------------------------------------------
lmer_exact <- lmerControl(optimizer = "bobyqa", optCtrl = list(rhobeg = 0.1, rhoend = 1e-10, maxfun = 1e5), calc.derivs = FALSE)
nested <- function(y, X, area, Xbar, N) {
  fit <- lmer(y ~ X - 1 + (1 | area), REML = TRUE, control = lmer_exact)
  sv <- as.numeric(VarCorr(fit)$area); se <- sigma(fit)^2; n <- as.numeric(table(area)); D <- length(n); p <- ncol(X)
  beta <- fixef(fit); effect <- ranef(fit)$area[, 1]; gamma <- sv / (sv + se / n)
  means <- plain(Xbar %*% beta + effect)
  xbar <- apply(X, 2, function(column) tapply(column, area, mean)); ybar <- as.numeric(tapply(y, area, mean))
  # Second order error, by whole matrices: V, its derivatives, the information of REML without the coefficients (Prasad and Rao 1990).
  Z <- model.matrix(~ factor(area) - 1); V <- sv * tcrossprod(Z) + se * diag(length(y)); Vi <- solve(V)
  Q <- solve(t(X) %*% Vi %*% X)
  parts <- list(tcrossprod(Z), diag(length(y)))
  information <- outer(1:2, 1:2, Vectorize(function(i, j) 0.5 * sum(diag(Vi %*% parts[[i]] %*% Vi %*% parts[[j]]))))
  C <- solve(information)
  error <- function(Xat) {
    difference <- Xat - gamma * xbar
    g3 <- n^-2 * (sv + se / n)^-3 * (se^2 * C[1, 1] + sv^2 * C[2, 2] - 2 * se * sv * C[1, 2])
    (1 - gamma) * sv + rowSums((difference %*% Q) * difference) + 2 * g3
  }
  f <- n / N; rest <- (N * Xbar - n * xbar) / (N - n)
  list(areaVariance = number(sv), unitVariance = number(se), coefficients = plain(beta), standardErrors = plain(sqrt(diag(as.matrix(vcov(fit))))),
       effects = plain(effect), means = means, mse = plain(error(Xbar)), logLikelihood = number(logLik(fit)),
       finite = list(means = plain(f * ybar + (1 - f) * (rest %*% beta + effect)), mse = plain((1 - f)^2 * error(rest) + (N - n) / N^2 * se)))
}
data(cornsoybean)
corn <- cornsoybean[-33, ]
corn_Xbar <- cbind(1, 280 + 5 * (1:12), 210 - 6 * (1:12)); corn_N <- 400 + 10 * (1:12)
corn_fit <- nested(corn$CornHec, cbind(1, corn$CornPix, corn$SoyBeansPix), corn$County, corn_Xbar, corn_N)
corn_fit$populationMeans <- list(CornPix = corn_Xbar[, 2], SoyBeansPix = corn_Xbar[, 3]); corn_fit$populationSizes <- corn_N
published <- eblupBHF(CornHec ~ CornPix + SoyBeansPix, dom = County, meanxpop = data.frame(1:12, corn_Xbar[, 2:3]), popnsize = data.frame(1:12, corn_N), data = corn)
corn_fit$sae <- list(means = plain(published$eblup$eblup), areaVariance = number(published$fit$refvar))

D <- 15; sizes <- c(1, 2, 3, 4, 5, 6, 7, 8, 2, 3, 1, 4, 9, 12, 5); area <- rep(1:D, sizes)
size <- round(rnorm(length(area), 3, 1), 3); tenant <- rbinom(length(area), 1, 0.6)
income <- round(18 - 1.2 * size - 3 * tenant + rnorm(D, 0, 1.5)[area] + rnorm(length(area), 0, 3), 4)
unit_Xbar <- cbind(1, round(rnorm(D, 3, 0.3), 3), round(runif(D, 0.4, 0.8), 3)); unit_N <- 50 + 20 * (1:D)
units <- list(area = area - 1, size = size, tenant = tenant, income = income, populationSize = unit_N,
              meanSize = unit_Xbar[, 2], meanTenant = unit_Xbar[, 3], fit = nested(income, cbind(1, size, tenant), area, unit_Xbar, unit_N))

# --- Proportions: beta-binomial ---------------------------------------------------------------------------------------------------------------------------
trials <- c(5, 12, 30, 8, 100, 45, 20, 3, 60, 15, 25, 200, 9, 40, 18, 33, 70, 6, 11, 50)
successes <- rbinom(20, trials, rbeta(20, 4, 6))
beta_log <- function(mean, theta) { a <- mean / theta; b <- (1 - mean) / theta; sum(lbeta(a + successes, b + trials - successes) - lbeta(a, b)) }
inner <- function(theta) optimize(beta_log, c(0.01, 0.99), theta = theta, maximum = TRUE, tol = 1e-12)
start <- optimize(function(t) inner(exp(t))$objective, log(c(1e-4, 10)), maximum = TRUE, tol = 1e-10)
polish <- optim(c(inner(exp(start$maximum))$maximum, start$maximum), function(q) -beta_log(q[1], exp(q[2])), method = "BFGS", control = list(reltol = 1e-16, ndeps = c(1e-6, 1e-6)))
score <- function(q, h = 1e-4) sapply(1:2, function(k) { e <- replace(c(0, 0), k, h)
  f <- function(s) beta_log(q[1] + s * e[1], exp(q[2] + s * e[2])); (8 * (f(1) - f(-1)) - (f(2) - f(-2))) / (12 * h) })
q <- polish$par
for (step in 1:20) { J <- sapply(1:2, function(k) { e <- replace(c(0, 0), k, 1e-4); (score(q + e) - score(q - e)) / 2e-4 }); q <- q - solve(J, score(q)) }
a <- q[1] / exp(q[2]); b <- (1 - q[1]) / exp(q[2])
H <- -sapply(1:2, function(k) { e <- replace(c(0, 0), k, 1e-4); (score(q + e) - score(q - e)) / 2e-4 })
eb <- function(q) { a <- q[1] / exp(q[2]); b <- (1 - q[1]) / exp(q[2]); (a + successes) / (a + b + trials) }
slopes <- sapply(1:2, function(k) { e <- replace(c(0, 0), k, 1e-5); (eb(q + e) - eb(q - e)) / 2e-5 })
eb_variance <- (a + successes) * (b + trials - successes) / ((a + b + trials)^2 * (a + b + trials + 1))
eb_mse <- eb_variance + rowSums((slopes %*% solve((H + t(H)) / 2)) * slopes); size <- eb(q) * (1 - eb(q)) / eb_mse - 1
proportions <- list(trials = trials, successes = successes, mean = number(q[1]), theta = number(exp(q[2])), logLikelihood = number(beta_log(q[1], exp(q[2])) + sum(lchoose(trials, successes))),
  estimates = eb(q), posteriorVariance = eb_variance, mse = eb_mse, low = qbeta(0.05, eb(q) * size, (1 - eb(q)) * size), high = qbeta(0.95, eb(q) * size, (1 - eb(q)) * size))

# --- Random-intercept logit ---------------------------------------------------------------------------------------------------------------------------------
glmer_exact <- glmerControl(optimizer = c("bobyqa", "bobyqa"), optCtrl = list(rhobeg = 0.05, rhoend = 1e-9, maxfun = 1e5), tolPwrss = 1e-13, check.conv.grad = "ignore")
logit <- function(y, n, X, area) lapply(c(laplace = 1, quadrature = 10), function(nodes) {
  fit <- glmer(cbind(y, n - y) ~ X - 1 + (1 | area), family = binomial, nAGQ = nodes, control = glmer_exact)
  effects <- ranef(fit, condVar = TRUE)$area
  list(nodes = number(nodes), coefficients = plain(fixef(fit)), standardErrors = plain(sqrt(diag(as.matrix(vcov(fit))))), deviation = number(attr(VarCorr(fit)$area, "stddev")),
       logLikelihood = number(logLik(fit)), effects = plain(effects[, 1]), effectVariances = plain(attr(effects, "postVar")))
})
G <- 25; cells <- expand.grid(area = 1:G, old = 0:1, alone = 0:1)
cells$n <- rpois(nrow(cells), 4)
cells <- cells[cells$n > 0, ]
cells$y <- rbinom(nrow(cells), cells$n, plogis(-0.4 + 0.8 * cells$old - 0.5 * cells$alone + rnorm(G, 0, 0.9)[cells$area]))
takeup <- list(area = cells$area - 1, old = cells$old, alone = cells$alone, n = cells$n, y = cells$y, fits = logit(cells$y, cells$n, cbind(1, cells$old, cells$alone), cells$area))
folder <- commandArgs(TRUE)[1]
mrp <- read.csv(file.path(folder, "mrp_cells.csv"))
mrp_fit <- logit(mrp$y, mrp$n, model.matrix(~ age, mrp), mrp$area)

write_json(list(versions = list(R = unbox(as.character(getRversion())), lme4 = unbox(as.character(packageVersion("lme4"))), sae = unbox(as.character(packageVersion("sae")))),
                milk = milk_fit, areas = seeded, flat = flat, corn = corn_fit, units = units, proportions = proportions, takeup = takeup, mrp = mrp_fit),
           "test/reference/small-areas.json")
