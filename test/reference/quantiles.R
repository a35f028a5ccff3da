# Expected values of weighted quantiles, monotone interpolation and distribution functions, from R.
# Run from the project folder: Rscript test/reference/quantiles.R && biome check --write test/reference
source("test/reference/json.R")
suppressMessages({library(laeken)})
set.seed(20260401)
versions <- list(R = as.character(getRversion()), laeken = as.character(packageVersion("laeken")))

weighted <- lapply(1:6, function(case) {
  n <- c(1, 2, 7, 40, 101, 300)[case]
  values <- if (case %% 2 == 0) round(rexp(n, 1 / 10)) else rnorm(n, 20, 8)
  weights <- if (case == 6) runif(n, 1, 50) else as.numeric(sample(1:9, n, replace = TRUE))
  probabilities <- c(0, 0.1, 0.25, 0.5, 0.75, 0.9, 1)
  list(values = values, weights = weights, probabilities = probabilities,
       # Whole weights: type 2 on repeated rows. Others: laeken, which departs from type 2 at an exact tie only (it takes the upper value).
       expected = as.numeric(if (case == 6) laeken::weightedQuantile(values, weights, probabilities)
                             else quantile(rep(values, weights), probabilities, type = 2)))
})

knots <- list(
  list(p = seq(0.1, 0.9, 0.1), y = c(5900, 7800, 9350, 10800, 12300, 14050, 16200, 19400, 25300)),
  list(p = c(0.1, 0.5, 0.9), y = c(6421, 13305, 25058)),
  list(p = c(0.1, 0.25, 0.5, 0.75, 0.9), y = c(0, 4000, 4000, 16000, 52000)),
  list(p = c(0.1, 0.5), y = c(7000, 12000)),
  list(p = c(0.1, 0.2, 0.5, 0.9), y = c(1000, 9000, 9100, 30000)))
interpolated <- lapply(knots, function(k) {
  at <- seq(min(k$p), max(k$p), length.out = 41)
  list(probabilities = k$p, values = k$y, at = at,
       hyman = splinefun(k$p, k$y, method = "hyman")(at),
       fritschCarlson = splinefun(k$p, k$y, method = "monoH.FC")(at))
})

p <- c(1e-12, 1e-6, 0.005, 0.025, 0.2, 0.5, 0.8, 0.95, 0.975, 0.999, 1 - 1e-9)
df <- c(0.7, 1, 2, 3.5, 10, 29, 120, 2000, 100000)
student <- do.call(rbind, lapply(df, function(d) data.frame(p = p, df = d, t = qt(p, d), cdf = pt(qt(p, d) * 0.9, d))))
shapes <- expand.grid(a = c(0.3, 1, 2.5, 40, 900), b = c(0.5, 1, 7, 300), p = c(1e-8, 0.025, 0.5, 0.975, 1 - 1e-6))
shapes$quantile <- qbeta(shapes$p, shapes$a, shapes$b)
shapes$cdf <- pbeta(shapes$a / (shapes$a + shapes$b) * 0.8, shapes$a, shapes$b)
z <- c(-37, -12, -5, -2.5, -1, -0.3, 0, 0.7, 2.4999, 3, 8)
normal <- data.frame(z = z, cdf = pnorm(z))
normalQuantiles <- data.frame(p = c(1e-300, 1e-20, p), z = qnorm(c(1e-300, 1e-20, p)))
write_json(list(versions = lapply(versions, unbox), weighted = weighted, interpolated = interpolated, student = student, beta = shapes,
                normal = normal, normalQuantiles = normalQuantiles), "test/reference/quantiles.json")
