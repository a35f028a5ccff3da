# Expected values of multiple correspondence analyses: FactoMineR's MCA where it has the method, the definitions in base R for specific and class-specific analyses, v-tests of weighted rows and ellipses.
# Run from the project folder: Rscript test/reference/mca.R
# GDATOOLS=<folder of GDAtools' R files> also holds the base R definitions to speMCA and csMCA. The classic sets are read from the shared data when they are there; their values go in the JSON, not their rows.
source("test/reference/json.R")
suppressMessages(library(FactoMineR))
set.seed(20261124)

row_major <- function(m) as.numeric(t(as.matrix(m)))
coded <- function(frame) lapply(names(frame), function(name) list(
  name = unbox(name), levels = levels(frame[[name]]), codes = ifelse(is.na(frame[[name]]), -1, as.integer(frame[[name]]) - 1)))
named_levels <- function(frame) lapply(names(frame), function(name) list(name = unbox(name), levels = levels(frame[[name]])))
explicit <- function(frame) as.data.frame(lapply(frame, function(x) if (anyNA(x)) factor(ifelse(is.na(x), "sans réponse", as.character(x)), levels = c(levels(x), "sans réponse")) else droplevels(x)), check.names = FALSE)

# --- FactoMineR's result in our order. Its v-test takes the sum of weights for n: brought back to a number of people.
factominer <- function(frame, active, ..., rows = NULL, people = NULL) {
  r <- MCA(frame, graph = FALSE, ...)
  w <- r$call$row.w
  n <- if (is.null(people)) length(w) else people
  retest <- sqrt((n - 1) / (sum(w) - 1))
  ind <- function(x) row_major(if (is.null(rows)) x else as.matrix(x)[rows, , drop = FALSE])
  out <- list(
    axes = unbox(ncol(as.matrix(r$ind$coord))), eigenvalues = as.numeric(r$eig[, 1]),
    coordinates = row_major(r$var$coord), contributions = row_major(r$var$contrib), cos2 = row_major(r$var$cos2),
    tests = row_major(r$var$v.test * retest), eta2 = row_major(r$var$eta2),
    rows = list(coordinates = ind(r$ind$coord), contributions = ind(r$ind$contrib), cos2 = ind(r$ind$cos2)))
  if (!is.null(r$quali.sup)) out$supplementary <- list(coordinates = row_major(r$quali.sup$coord), cos2 = row_major(r$quali.sup$cos2),
    tests = row_major(r$quali.sup$v.test * retest), eta2 = row_major(r$quali.sup$eta2))
  if (!is.null(r$quanti.sup)) out$numbers <- row_major(r$quanti.sup$coord)
  if (!is.null(r$ind.sup)) out$supplementaryRows <- list(coordinates = row_major(r$ind.sup$coord), cos2 = row_major(r$ind.sup$cos2))
  out
}

# --- Definitions (Le Roux and Rouanet 2010): SVD of the centred table; `passive` are column numbers, `inside` the class.
by_definition <- function(frame, passive = integer(0), inside = rep(TRUE, nrow(frame)), w = rep(1, nrow(frame)), ncp = 5, supplementary = NULL, rows = NULL) {
  Q <- ncol(frame)
  Z <- tab.disjonctif(frame)
  kept <- setdiff(seq_len(ncol(Z)), passive)
  reference <- colSums(w * Z) / sum(w)
  m <- w[inside] / sum(w[inside])
  f <- colSums(m * Z[inside, ])
  H <- sqrt(m) * sweep(Z[inside, kept], 2, f[kept]) %*% diag(1 / sqrt(Q * reference[kept]))
  s <- svd(H)
  ncp <- min(ncp, sum(s$d^2 > 1e-12))
  lambda <- s$d^2
  v <- s$v[, 1:ncp]
  g <- diag(sqrt(Q / reference[kept])) %*% v %*% diag(s$d[1:ncp])
  everyone <- sweep(Z[, kept], 2, f[kept]) %*% diag(1 / sqrt(Q * reference[kept])) %*% v
  distance <- rowSums(sweep(Z[, kept], 2, f[kept])^2 %*% diag(1 / (Q * reference[kept])))
  F <- everyone[inside, ]
  n <- sum(inside)
  place <- function(z) {
    share <- colSums(m * z[inside, ]); all <- colSums(w * z) / sum(w)
    means <- (t(z[inside, ]) %*% (m * F)) / share
    standard <- means %*% diag(1 / s$d[1:ncp])
    list(means = means, coordinates = standard * share / all, cos2 = standard^2 * share / (1 - share), tests = standard * sqrt((n - 1) * share / (1 - share)))
  }
  every <- place(Z)
  ratio <- function(x) sapply(seq_len(ncp), function(a) { means <- tapply(m * F[, a], x[inside], sum) / tapply(m, x[inside], sum); sum(tapply(m, x[inside], sum) * means^2, na.rm = TRUE) / sum(m * F[, a]^2) })
  rate <- function() { e <- lambda[lambda > 1 / Q]; 100 * (e - 1 / Q)^2 / sum((e - 1 / Q)^2) }
  if (is.null(rows)) rows <- seq_len(nrow(frame))
  out <- list(axes = unbox(ncp), eigenvalues = lambda[lambda > 1e-12], inertia = unbox(sum(lambda)), benzecri = rate(),
    coordinates = row_major(every$coordinates), contributions = row_major({ x <- matrix(0, ncol(Z), ncp); x[kept, ] <- 100 * v^2; x }),
    cos2 = row_major(every$cos2), tests = row_major(every$tests), means = row_major(every$means), eta2 = row_major(t(sapply(frame, ratio))),
    rows = list(coordinates = row_major(everyone[rows, ]), cos2 = row_major((everyone^2 / distance)[rows, ])))
  if (!is.null(supplementary)) {
    sup <- place(tab.disjonctif(supplementary))
    out$supplementary <- list(coordinates = row_major(sup$coordinates), cos2 = row_major(sup$cos2), tests = row_major(sup$tests), eta2 = row_major(t(sapply(supplementary, ratio))))
  }
  attr(out, "check") <- list(g = g, F = F)
  out
}

# --- GDAtools beside the definitions, when its sources are given.
gdatools <- Sys.getenv("GDATOOLS")
if (gdatools != "") for (file in c("dichotom.R", "speMCA.R", "csMCA.R")) source(file.path(gdatools, file))
gap <- function(a, b) max(abs(abs(as.matrix(a)) - abs(as.matrix(b))))
beside_gdatools <- function(what, frame, passive, inside = NULL, ours, w = rep(1, nrow(frame))) {
  if (gdatools == "") return(invisible())
  check <- attr(ours, "check")
  theirs <- if (is.null(inside)) speMCA(frame, excl = passive, ncp = ncol(check$F), row.w = w) else csMCA(frame, subcloud = inside, excl = passive, ncp = ncol(check$F), row.w = w)
  cat(what, "gap with GDAtools:", format(c(gap(theirs$var$coord, check$g), gap(theirs$ind$coord, check$F), max(abs(theirs$eig$eigen[1:2] - ours$eigenvalues[1:2])))), "\n")
}

# --- Our own seeded case: five questions on two hidden traits, a missing level, weights, other questions and numbers.
n <- 90
trait <- rnorm(n); other <- rnorm(n)
cut3 <- function(x, labels) cut(x, c(-Inf, -0.5, 0.7, Inf), labels = labels)
yes <- function(x) factor(ifelse(x > 0, "oui", "non"), levels = c("non", "oui"))
survey <- data.frame(cinema = yes(trait + rnorm(n)), musee = yes(trait + 0.7 * rnorm(n) - 0.8), sport = yes(other + rnorm(n)),
  lecture = cut3(0.7 * trait + 0.5 * other + 0.6 * rnorm(n), c("jamais", "parfois", "souvent")), jeux = cut3(other - 0.4 * trait + 0.6 * rnorm(n), c("aucun", "peu", "beaucoup")))
survey$lecture[c(4, 17, 33, 56, 71, 88)] <- NA
survey$age <- cut3(0.5 * other + rnorm(n), c("jeune", "adulte", "aine"))
survey$diplome <- yes(trait + rnorm(n))
survey$heures <- round(5 + 2 * trait - other + rnorm(n), 2)
weights <- round(runif(n, 0.3, 4), 2)
actives <- 1:5; full <- explicit(survey[, 1:7]); full$heures <- survey$heures
J <- sum(sapply(full[, actives], nlevels))
outside <- c(3, 20, 41, 77)
class <- full$diplome == "oui"
passive_of <- function(frame, wanted) which(unlist(lapply(names(frame), function(name) paste(name, levels(frame[[name]])))) %in% wanted)
specific <- by_definition(full[, actives], passive_of(full[, actives], c("lecture sans réponse", "jeux beaucoup")), ncp = J, supplementary = full[, 6:7])
classed <- by_definition(full[, actives], passive_of(full[, actives], "lecture sans réponse"), inside = class, w = weights, ncp = J, supplementary = full["age"])
beside_gdatools("specific", full[, actives], passive_of(full[, actives], c("lecture sans réponse", "jeux beaucoup")), ours = specific)
beside_gdatools("class", full[, actives], passive_of(full[, actives], "lecture sans réponse"), inside = class, ours = classed, w = weights)
excl <- MCA(full[, actives], excl = passive_of(full[, actives], c("lecture sans réponse", "jeux beaucoup")), graph = FALSE)
cat("specific, gap of FactoMineR excl:", format(gap(excl$ind$coord[, 1:2], attr(specific, "check")$F[, 1:2])), "\n")

# --- Ellipses of the mean points of age on axes 1 and 2, from FactoMineR's coordinates: points of coord.ellipse.
plain <- MCA(full[, actives], graph = FALSE)
points <- data.frame(age = full$age, plain$ind$coord[, 1:2])
population <- coord.ellipse(points, level.conf = 0.9, npoint = 5)$res
confidence <- coord.ellipse(points, bary = TRUE, level.conf = 0.95, npoint = 5)$res

# --- Eigenvalues again with ade4; Greenacre's rate from the mean of phi² over the pairs of questions, which is what it divides by.
acm <- function(...) ade4::dudi.acm(full[, actives], scannf = FALSE, ...)$eig
pairs <- combn(actives, 2)
phi2 <- apply(pairs, 2, function(p) suppressWarnings(chisq.test(table(full[[p[1]]], full[[p[2]]]), correct = FALSE)$statistic) / n)
lambda <- acm(); Q <- length(actives)
rates <- list(ade4 = lambda, ade4Weighted = acm(row.w = weights / sum(weights)), greenacre = 100 * (Q / (Q - 1) * (lambda[lambda > 1 / Q] - 1 / Q))^2 / mean(phi2))

own <- list(rates = rates, variables = coded(survey[, c(actives, 6, 7)]), heures = survey$heures, weights = weights, outside = outside - 1, class = which(class) - 1,
  plain = factominer(full[, actives], ncp = J),
  supplementary = factominer(full, quali.sup = 6:7, quanti.sup = 8, ind.sup = outside, ncp = J),
  weighted = factominer(full, quali.sup = 6:7, quanti.sup = 8, row.w = weights, ncp = J),
  effective = factominer(full, quali.sup = 6:7, quanti.sup = 8, row.w = weights, ncp = J, people = sum(weights)^2 / sum(weights^2)),
  burt = factominer(full, quali.sup = 6:7, quanti.sup = 8, method = "Burt", ncp = J),
  specific = specific, classed = classed,
  ellipses = list(population = row_major(population[, 2:3]), confidence = row_major(confidence[, 2:3])))

out <- list(versions = list(R = unbox(as.character(getRversion())), FactoMineR = unbox(as.character(packageVersion("FactoMineR"))), ade4 = unbox(as.character(packageVersion("ade4")))), own = own)

# --- Classic sets.
shared <- "../shared/data"
if (dir.exists(shared)) {
  read <- function(file) as.data.frame(lapply(read.csv(file.path(shared, file), check.names = FALSE, na.strings = "NA"), function(x) if (is.numeric(x)) x else factor(x)), check.names = FALSE)
  tea <- read("reference/statistics/tea.csv")
  poison <- read("reference/statistics/poison.csv")
  hobbies <- read("insee_enquetes_loisirs/hobbies.csv")
  hobbies[1:18] <- lapply(hobbies[1:18], factor)
  hobbies <- cbind(explicit(hobbies[1:22]), hobbies["nb.activitees"])
  hdv <- read("insee_enquetes_loisirs/hdv2003.csv")
  practices <- c("hard.rock", "lecture.bd", "peche.chasse", "cuisine", "bricol", "cinema", "sport")
  hdv2003 <- cbind(explicit(hdv[c(practices, "sexe", "nivetud", "qualif")]), hdv["age"])
  taste <- explicit(read("reference/statistics/gdatools_taste.csv"))
  likes <- taste[, 1:11]
  junk <- which(unlist(lapply(likes, levels)) == "sans réponse")
  some <- function(frame) { at <- round(seq(1, nrow(frame), length.out = 25)); list(at = at - 1, r = at) }
  pick <- some(taste); women <- taste$Gender == "Women"
  likes_specific <- by_definition(likes, junk, supplementary = taste[, 12:14], rows = pick$r)
  likes_class <- by_definition(likes, junk, inside = women, supplementary = taste[, 13:14], rows = pick$r)
  beside_gdatools("taste specific", likes, junk, ours = likes_specific)
  beside_gdatools("taste class", likes, junk, inside = women, ours = likes_class)
  out$tea <- list(variables = named_levels(tea[, -19]), at = some(tea)$at, result = factominer(tea, quanti.sup = 19, quali.sup = 20:36, rows = some(tea)$r))
  out$poison <- list(variables = named_levels(poison[, -(1:2)]), at = some(poison)$at, result = factominer(poison, quanti.sup = 1:2, quali.sup = 3:4, rows = some(poison)$r))
  out$hobbies <- list(variables = named_levels(hobbies[, 1:22]), at = some(hobbies)$at, result = factominer(hobbies, quali.sup = 19:22, quanti.sup = 23, rows = some(hobbies)$r))
  out$hdv2003 <- list(variables = named_levels(hdv2003[, 1:10]), at = some(hdv)$at, result = factominer(hdv2003, quali.sup = 8:10, quanti.sup = 11, row.w = hdv$poids, people = sum(hdv$poids)^2 / sum(hdv$poids^2), rows = some(hdv)$r))
  out$taste <- list(variables = named_levels(taste), at = pick$at, women = unbox(sum(women)), specific = likes_specific, classed = likes_class)
}
write_json(out, "test/reference/mca.json")
